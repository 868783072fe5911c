//! `unapproved-viewing`: a look at a recording that the head did not allow or the register does not tell (domain A13).

use super::super::model::{Case, View, says};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct UnapprovedViewing;

impl ProcessCheck for UnapprovedViewing {
    fn id(&self) -> &'static str {
        "unapproved-viewing"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        for (number, shot) in said.shots(case) {
            let Some(views) = &shot.views else {
                said.missing();
                continue;
            };
            for _ in views.iter().filter(|view| !is_registered(view)) {
                said.found(
                    "第 {} 件音像 {}：有一次查阅未经负责人批准，或者登记不全",
                    "case {}, recording {}: a viewing not allowed by the head, or not fully registered",
                    number,
                );
            }
        }
    }
}

fn is_registered(view: &View) -> bool {
    let texts = [&view.viewer, &view.approver, &view.reason];
    texts.into_iter().all(|text| says(text.as_ref()))
        && view.time.is_some()
        && view.approver_is_head == Some(true)
}
