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
pub(crate) use weixin::article_name;

use serde::Serialize;

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::Standing;

use super::downloads::{filled, own_name};
use super::{Page, Press, Scope};

/// A value that a document has of a case, and that the site must tell of it, too.
#[derive(Debug)]
pub(crate) struct Statement {
    /// What it is.
    pub(crate) what: String,
    /// The value as the site tells it.
    pub(crate) text: String,
    /// Whether only the record beside the page tells it: where the open data leave the case out, nothing does.
    pub(crate) in_record: bool,
}

/// The content of a case: code, title and value of each filled column, and what of it the site must tell, too.
pub(crate) struct Content<'p> {
    /// What the site must tell, too.
    pub(crate) statements: Vec<Statement>,
    record: Vec<(&'p str, &'p str, String)>,
}

impl Press {
    /// What documents tell of a case that the site must tell, too.
    pub(crate) fn statements(&self, case: &Standing) -> Vec<Statement> {
        self.content(case).statements
    }

    /// The content of a case that stands published: of a penalty in the columns of the credit system's sheet, of an
    /// inspection in the fields of the open data.
    pub(crate) fn content(&self, case: &Standing) -> Content<'_> {
        match case.key.kind {
            CaseKind::Penalty => self.content_of_penalty(case),
            CaseKind::Inspection => self.content_of_inspection(case),
        }
    }

    /// Fields about a person stand on the page in any case.
    fn content_of_inspection(&self, case: &Standing) -> Content<'_> {
        let fields = self.forms.fields.of(case.key.kind);
        let personal = |name: &str| fields.iter().any(|f| f.personal && f.name == name);
        let record = filled(fields, case);
        let own = record.iter().filter(|(name, ..)| *name != own_name::STATUS);
        let statements = own.map(|(name, title, text)| Statement {
            what: (*title).to_owned(),
            text: text.clone(),
            in_record: !personal(name),
        });
        Content { statements: statements.collect(), record }
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
