//! What each kind of row adds to its case.

use crate::diag::Place;

use super::super::model::{
    Archive, Case, Event, EvidenceNote, Gap, HandOver, Recording, Review, Reviewer, Role, Round,
    Service, Store, View, Waiver,
};
use super::Numbered;
use super::cells::{Fault, Row};
use super::form::{Head, Kind};

/// A case whose rows are still coming.
pub(super) struct Draft {
    index: usize,
    place: Place,
    case: Case,
}

impl Draft {
    /// A case of which nothing is told yet.
    pub(super) fn new(index: usize, place: Place, case: Case) -> Self {
        Self { index, place, case }
    }

    /// The case, told.
    pub(super) fn finish(self) -> Numbered {
        (self.index, self.place, self.case)
    }

    /// Takes one row.
    pub(super) fn take(&mut self, kind: Kind, row: &Row<'_>) -> Result<(), Fault> {
        if row.is_none() {
            return self.none(kind, row);
        }
        match kind {
            Kind::Event => self.event(row)?,
            Kind::Document => {
                let text = row.must(Head::Document, Ok(row.text(Head::Document)))?;
                self.case.documents.get_or_insert_default().push(text);
            }
            Kind::Recording => self.recording(row)?,
            Kind::Gap | Kind::HandOver | Kind::Store | Kind::Backup | Kind::Note | Kind::View => {
                let shot = self.shot(row)?;
                of_recording(shot, kind, row)?;
            }
            Kind::Waiver => {
                let waiver = Waiver {
                    event: row.must(Head::Event, row.count(Head::Event))?,
                    reason: row.must(Head::Reason, row.word(Head::Reason))?,
                    text: row.text(Head::Text),
                };
                self.case.waivers.get_or_insert_default().push(waiver);
            }
            Kind::Service => {
                let service = Service {
                    method: row.must(Head::Method, row.word(Head::Method))?,
                    photographed: row.yes(Head::Photographed)?,
                };
                once(&mut self.case.service, service, row)?;
            }
            Kind::Archive => {
                let number = row.text(Head::ArchiveNumber);
                let date = row.day(Head::Archived)?;
                let kept = row.keep(Head::Retention)?;
                // How long the file is kept may be told before it is archived.
                if kept.is_none() || number.is_some() || date.is_some() {
                    once(&mut self.case.archive, Archive { number, date }, row)?;
                }
                if let Some(kept) = kept {
                    once(&mut self.case.retention, kept, row)?;
                }
            }
            Kind::Review | Kind::Reviewer | Kind::Round => self.of_review(kind, row)?,
        }
        row.misplaced().map_or(Ok(()), Err)
    }

    /// Nothing of this kind: an empty list, which is not the same as no word about it.
    fn none(&mut self, kind: Kind, row: &Row<'_>) -> Result<(), Fault> {
        let case = &mut self.case;
        let is_empty = match kind {
            Kind::Event => case.events.get_or_insert_default().is_empty(),
            Kind::Document => case.documents.get_or_insert_default().is_empty(),
            Kind::Recording => case.recordings.get_or_insert_default().is_empty(),
            Kind::Waiver => case.waivers.get_or_insert_default().is_empty(),
            Kind::Gap => self.shot(row)?.gaps.get_or_insert_default().is_empty(),
            Kind::View => self.shot(row)?.views.get_or_insert_default().is_empty(),
            Kind::Store | Kind::Backup => {
                self.shot(row)?.stores.get_or_insert_default();
                true
            }
            Kind::HandOver
            | Kind::Note
            | Kind::Service
            | Kind::Archive
            | Kind::Review
            | Kind::Reviewer
            | Kind::Round => {
                return Err(row.fault(
                    Head::Kind,
                    "这一类行不能写“无”",
                    "this kind cannot be none",
                ));
            }
        };
        let fault =
            || row.fault(Head::Kind, "写了“无”，又另有同类的行", "none, and yet there are some");
        if is_empty { Ok(()) } else { Err(fault()) }
    }

    fn event(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let event = Event {
            scene: row.must(Head::Scene, row.word(Head::Scene))?,
            start: row.must(Head::Start, row.moment(Head::Start))?,
            end: row.must(Head::End, row.moment(Head::End))?,
        };
        let events = self.case.events.get_or_insert_default();
        events.push(event);
        in_order(row, Head::Event, events.len())
    }

    fn recording(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let shot = Recording {
            event: row.must(Head::Event, row.count(Head::Event))?,
            start: row.must(Head::Start, row.moment(Head::Start))?,
            end: row.must(Head::End, row.moment(Head::End))?,
            full: row.yes(Head::Full)?,
            edited: row.yes(Head::Edited)?,
            gaps: None,
            contents: row.words(Head::Contents)?,
            hash_at_hand_over: row.text(Head::HashAtHandOver),
            hash_now: row.text(Head::HashNow),
            recorder: row.text(Head::Recorder),
            hand_over: None,
            stores: None,
            evidence: row.yes(Head::Evidence)?,
            note: None,
            retention: row.keep(Head::Retention)?,
            deleted: row.moment(Head::Deleted)?,
            views: None,
        };
        let shots = self.case.recordings.get_or_insert_default();
        shots.push(shot);
        in_order(row, Head::Recording, shots.len())
    }

    /// The recording that a row speaks of.
    fn shot(&mut self, row: &Row<'_>) -> Result<&mut Recording, Fault> {
        let number = row.must(Head::Recording, row.count(Head::Recording))?;
        let shots = self.case.recordings.as_mut();
        let shot = number.checked_sub(1).and_then(|index| shots?.get_mut(index));
        shot.ok_or_else(|| {
            row.fault(Head::Recording, "没有这一段音像", "there is no such recording")
        })
    }

    fn of_review(&mut self, kind: Kind, row: &Row<'_>) -> Result<(), Fault> {
        if kind == Kind::Review {
            let review = Review {
                required: row.words(Head::Required)?,
                handlers: row.names(Head::Handlers),
                handling_unit: row.text(Head::HandlingUnit),
                reviewers: None,
                signer: row.text(Head::Signer),
                items: row.words(Head::Items)?,
                rounds: Vec::new(),
                discussed: row.day(Head::Discussed)?,
                decided: row.day(Head::Decided)?,
            };
            return once(&mut self.case.review, review, row);
        }
        let review = self.case.review.get_or_insert_with(Review::bare);
        if kind == Kind::Reviewer {
            let reviewer = Reviewer {
                name: row.must(Head::Name, Ok(row.text(Head::Name)))?,
                unit: row.text(Head::Unit),
                qualified: row.yes(Head::Qualified)?,
                first_review: row.day(Head::FirstReview)?,
            };
            review.reviewers.get_or_insert_default().push(reviewer);
        } else {
            review.rounds.push(Round {
                date: row.must(Head::Date, row.day(Head::Date))?,
                result: row.must(Head::Result, row.word(Head::Result))?,
                document: row.text(Head::Opinion),
                disposition: row.text(Head::Disposition),
            });
        }
        Ok(())
    }
}

fn of_recording(shot: &mut Recording, kind: Kind, row: &Row<'_>) -> Result<(), Fault> {
    match kind {
        Kind::Gap => shot.gaps.get_or_insert_default().push(Gap {
            start: row.must(Head::Start, row.moment(Head::Start))?,
            resumed: row.moment(Head::Resumed)?,
            reason: row.word(Head::Reason)?,
            voice_note: row.yes(Head::VoiceNote)?,
            reported: row.moment(Head::Reported)?,
            note: row.text(Head::Text),
        }),
        Kind::HandOver => {
            let time = row.must(Head::Time, row.moment(Head::Time))?;
            let custodian = row.text(Head::Custodian);
            return once(&mut shot.hand_over, HandOver { time, custodian }, row);
        }
        Kind::Store | Kind::Backup => {
            let id = row.must(Head::Device, Ok(row.text(Head::Device)))?;
            let role = if kind == Kind::Store { Role::Primary } else { Role::Backup };
            shot.stores.get_or_insert_default().push(Store { id, role });
        }
        Kind::Note => {
            let note = EvidenceNote {
                recorder: row.text(Head::Recorder),
                time: row.moment(Head::Time)?,
                place: row.text(Head::Place),
                matter: row.text(Head::Matter),
                party: row.text(Head::Party),
                filed: row.yes(Head::Filed)?,
            };
            return once(&mut shot.note, note, row);
        }
        _ => shot.views.get_or_insert_default().push(View {
            viewer: row.text(Head::Viewer),
            approver: row.text(Head::Approver),
            approver_is_head: row.yes(Head::ApprovedByChief)?,
            reason: row.text(Head::Purpose),
            time: row.moment(Head::Time)?,
        }),
    }
    Ok(())
}

/// Puts what a case or a recording has but one of.
fn once<T>(slot: &mut Option<T>, value: T, row: &Row<'_>) -> Result<(), Fault> {
    if slot.is_some() {
        return Err(row.fault(
            Head::Kind,
            "这一类行只能有一行",
            "there can be but one row of this kind",
        ));
    }
    *slot = Some(value);
    Ok(())
}

/// A number that is written must be the one that the order of rows gives.
fn in_order(row: &Row<'_>, head: Head, number: usize) -> Result<(), Fault> {
    match row.count(head)? {
        Some(written) if written != number => {
            Err(row.fault(head, "序号应当从 1 起逐行增加", "numbers go up by one, from 1"))
        }
        _ => Ok(()),
    }
}
