//! The public texts of a takedown order: the document's name and its authority, redacted like any text.

use crate::clearance::record::{CaseFile, Field};
use crate::diag::Finding;
use crate::vocab::{PartyKind, document_name};

use super::redactor::{Redactor, texts_of};
use super::text::Pen;
use super::write::Draft;

/// What stands where neither kind nor number of a document can be told.
const UNTOLD: &str = "有权机关的决定";

/// The texts of an order.
const ORDER_TEXTS: [Field; 2] = [Field::TakedownDocument, Field::TakedownAuthority];

/// What the notice may print of an order.
pub(in crate::clearance) struct OrderTexts {
    /// Kind and number of the document.
    pub(in crate::clearance) document: String,
    /// Who issued it.
    pub(in crate::clearance) authority: Option<String>,
    /// Why something is not shown.
    pub(in crate::clearance) findings: Vec<Finding>,
}

impl Redactor {
    /// Redacts the texts of an order's row.
    pub(in crate::clearance) fn order(&self, file: &CaseFile) -> OrderTexts {
        let known = self.known(file, PartyKind::Organization, texts_of(file, &ORDER_TEXTS));
        let mut draft = Draft::new(file, Pen::new(self, &known));
        let document = draft.text(Field::TakedownDocument).map(|t| t.as_str().to_owned());
        let authority = draft.text(Field::TakedownAuthority).map(|t| t.as_str().to_owned());
        let (findings, ..) = draft.close();
        // A doubtful text is not shown, but the order stands: what is revoked must leave.
        let is_clear = findings.is_empty();
        let document = document.filter(|_| is_clear).and_then(|d| document_name(&d));
        let document = document.unwrap_or_else(|| UNTOLD.to_owned());
        let authority = authority.filter(|_| is_clear);
        OrderTexts { document, authority, findings }
    }
}
