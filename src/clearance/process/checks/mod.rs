//! One file a check, named for what it finds, and the list of them all.
//!
//! The order is that of the work: recording, keeping, documents, review.

use super::ProcessCheck;

mod altered_recording;
mod discussion_out_of_order;
mod foreign_document_form;
mod incomplete_archiving;
mod incomplete_evidence_note;
mod incomplete_legal_review;
mod late_recording_hand_over;
mod missing_recording;
mod open_review_problem;
mod partial_recording;
mod recording_out_of_step;
mod recording_without_backup;
mod reviewer_handled_case;
mod short_recording_retention;
mod thin_recording;
mod unapproved_viewing;
mod unexplained_gap;
mod unfounded_recording_waiver;
mod unnamed_review_responsibility;
mod unqualified_reviewer;
mod unrecorded_refused_service;
mod unwritten_review_opinion;

/// Every check of one entry.
pub(super) const CHECKS: &[&dyn ProcessCheck] = &[
    &missing_recording::MissingRecording,
    &unfounded_recording_waiver::UnfoundedRecordingWaiver,
    &partial_recording::PartialRecording,
    &recording_out_of_step::RecordingOutOfStep,
    &unexplained_gap::UnexplainedGap,
    &altered_recording::AlteredRecording,
    &thin_recording::ThinRecording,
    &late_recording_hand_over::LateRecordingHandOver,
    &recording_without_backup::RecordingWithoutBackup,
    &incomplete_evidence_note::IncompleteEvidenceNote,
    &short_recording_retention::ShortRecordingRetention,
    &unapproved_viewing::UnapprovedViewing,
    &unrecorded_refused_service::UnrecordedRefusedService,
    &foreign_document_form::ForeignDocumentForm,
    &incomplete_archiving::IncompleteArchiving,
    &reviewer_handled_case::ReviewerHandledCase,
    &unqualified_reviewer::UnqualifiedReviewer,
    &incomplete_legal_review::IncompleteLegalReview,
    &unwritten_review_opinion::UnwrittenReviewOpinion,
    &open_review_problem::OpenReviewProblem,
    &unnamed_review_responsibility::UnnamedReviewResponsibility,
    &discussion_out_of_order::DiscussionOutOfOrder,
];
