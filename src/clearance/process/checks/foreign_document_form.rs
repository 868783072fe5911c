//! `foreign-document-form`: a document that is on no uniform list of forms (domain A18).

use super::super::model::Case;
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct ForeignDocumentForm;

impl ProcessCheck for ForeignDocumentForm {
    fn id(&self) -> &'static str {
        "foreign-document-form"
    }

    fn look(&self, case: &Case, law: &Law, said: &mut Said<'_>) {
        let Some(documents) = &case.documents else {
            return said.missing();
        };
        let forms = &law.process.forms.value;
        for (number, document) in (1..).zip(documents) {
            let said_form = document.look();
            if !forms.iter().any(|form| form.id == said_form || form.zh == said_form) {
                said.found(
                    "第 {} 件文书 {}：不在统一文书式样之内",
                    "case {}, document {}: not on the uniform list of forms",
                    number,
                );
            }
        }
    }
}
