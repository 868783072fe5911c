//! Documents for other channels: the credit system's sheet, messages to the supervision platform, an article, a
//! notice board, a digest, a sign-off sheet. Each is made of what stands published, like the pages of the site.
//!
//! Nothing here writes to disk or reads the clock; `cli` has the audit read each document before it is written.

mod board;
mod credit;
mod digest;
mod period;
mod push;
mod signoff;
mod weixin;

pub(super) use credit::CreditForm;
pub(crate) use credit::Receiver;
pub(crate) use period::{Changes, Period};
pub(crate) use push::{PUSH_FORMS, Subject};
pub(crate) use signoff::{Coming, Item, page_of};

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::Standing;

use super::downloads::{filled, own_name};
use super::{Page, Press, Scope};

/// A value that a document has of a case, and that the site must tell of it, too.
#[derive(Debug)]
pub(crate) struct Told {
    /// What it is.
    pub(crate) what: String,
    /// The value as the site tells it.
    pub(crate) text: String,
    /// Whether only the record beside the page tells it: where the open data leave the case out, nothing does.
    pub(crate) in_record: bool,
}

impl Press {
    /// What documents tell of a case that the site must tell, too.
    pub(crate) fn told(&self, case: &Standing) -> Vec<Told> {
        match case.key.kind {
            CaseKind::Penalty => self.credit_sheet().add(case),
            CaseKind::Inspection => self.told_of_inspection(case),
        }
    }

    /// The fields of the open data; those about a person stand on the page in any case.
    fn told_of_inspection(&self, case: &Standing) -> Vec<Told> {
        let fields = self.forms.fields.of(case.key.kind);
        let personal = |name: &str| fields.iter().any(|f| f.personal && f.name == name);
        let told = |(name, title, text): (&str, &str, String)| Told {
            what: title.to_owned(),
            text,
            in_record: !personal(name),
        };
        let own = |(name, ..): &(&str, &str, String)| *name != own_name::STATUS;
        filled(fields, case).into_iter().filter(own).map(told).collect()
    }

    /// A template by itself: a document, or a block of one.
    fn block<V: Serialize>(&self, template: &str, view: &V) -> Result<String, Failure> {
        self.printer.alone(template, view)
    }
}

/// A document of no particular case.
fn document(path: String, body: Vec<u8>) -> Page {
    Page { path, body, scope: Scope::Open, append: false }
}
