//! One file a check, named for what it finds, and the list of them all.
//!
//! The order is that of a report's questions: what is there, whether it is sound, whether it may be
//! public, whether it is in time.

use super::Check;

mod auxiliary_officer;
mod bad_amount;
mod bad_credit_code;
mod bad_date;
mod bad_decision_number;
mod duplicate_decision_number;
mod expired_certificate;
mod fine_text_mismatch;
mod fine_unit_suspicious;
mod foreign_organ;
mod future_decision_date;
mod id_number_in_credit_code;
mod late_inspection;
mod late_penalty;
mod minor_party;
mod missing_credit_code;
mod missing_field;
mod missing_legal_review;
mod missing_review_opinion;
mod missing_secrecy_review;
mod overlong_publicity;
mod party_below_penalty_age;
mod review_after_decision;
mod single_officer;
mod slight_case_published;
mod slight_case_undecided;
mod slight_case_withheld;
mod spreadsheet_number_damage;
mod summary_fine_too_large;
mod undecided_withholding;
mod undeclared_party_kind;
mod undelegated_decision;
mod unknown_penalty_kind;
mod unknown_working_year;
mod unlisted_officer;
mod withheld_by_decision;

pub(in crate::clearance) use duplicate_decision_number::{Repeat, Seen};

/// Every check of one case file.
pub(in crate::clearance) const CHECKS: &[&dyn Check] = &[
    &missing_field::MissingField,
    &bad_decision_number::BadDecisionNumber,
    &bad_date::BadDate,
    &bad_amount::BadAmount,
    &spreadsheet_number_damage::SpreadsheetNumberDamage,
    &future_decision_date::FutureDecisionDate,
    &foreign_organ::ForeignOrgan,
    &undelegated_decision::UndelegatedDecision,
    &undeclared_party_kind::UndeclaredPartyKind,
    &bad_credit_code::BadCreditCode,
    &missing_credit_code::MissingCreditCode,
    &id_number_in_credit_code::IdNumberInCreditCode,
    &unknown_penalty_kind::UnknownPenaltyKind,
    &fine_unit_suspicious::FineUnitSuspicious,
    &fine_text_mismatch::FineTextMismatch,
    &summary_fine_too_large::SummaryFineTooLarge,
    &minor_party::MinorParty,
    &party_below_penalty_age::PartyBelowPenaltyAge,
    &undecided_withholding::UndecidedWithholding,
    &withheld_by_decision::WithheldByDecision,
    &slight_case_published::SlightCasePublished,
    &slight_case_undecided::SlightCaseUndecided,
    &slight_case_withheld::SlightCaseWithheld,
    &missing_secrecy_review::MissingSecrecyReview,
    &missing_legal_review::MissingLegalReview,
    &review_after_decision::ReviewAfterDecision,
    &missing_review_opinion::MissingReviewOpinion,
    &single_officer::SingleOfficer,
    &unlisted_officer::UnlistedOfficer,
    &expired_certificate::ExpiredCertificate,
    &auxiliary_officer::AuxiliaryOfficer,
    &overlong_publicity::OverlongPublicity,
    &late_penalty::LatePenalty,
    &late_inspection::LateInspection,
    &unknown_working_year::UnknownWorkingYear,
];

/// The id of the check across records, which stands in no list of checks of one.
#[cfg(test)]
pub(super) const ACROSS: &str = duplicate_decision_number::ID;
