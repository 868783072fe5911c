//! For whom a report is: what other roles see to is counted, not listed. Exit codes never ask here.

use std::collections::BTreeMap;

use crate::diag::render::Sheet;
use crate::diag::{Finding, Findings, Lang};
use crate::law::Role;

use super::super::root::Root;

/// A site root and the one role that reads, or all.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Reader<'r> {
    /// The root.
    pub(in crate::cli) root: &'r Root,
    /// The role; none reads everything.
    pub(in crate::cli) role: Option<Role>,
}

impl<'r> Reader<'r> {
    /// Everybody.
    pub(in crate::cli) fn everybody(root: &'r Root) -> Self {
        Self { root, role: None }
    }

    /// Whether the role sees to what this check finds. A check without a row is everybody's.
    fn sees(self, check: &str) -> bool {
        let row = self.root.law.check(check);
        self.role.is_none_or(|role| row.is_none_or(|row| row.roles.contains(&role)))
    }

    /// What the role sees to, and how much is left out.
    pub(super) fn kept(self, findings: &Findings) -> (Findings, usize) {
        let kept: Vec<Finding> = findings.iter().filter(|f| self.sees(f.check)).cloned().collect();
        let hidden = findings.len() - kept.len();
        (Findings::from(kept), hidden)
    }

    /// The sheet without the results of other roles: their checks are neither passed nor failed in it.
    pub(super) fn sheet(self, mut sheet: Sheet) -> Sheet {
        let mut hidden: BTreeMap<String, usize> = BTreeMap::new();
        for rule in sheet.rules.iter().filter(|rule| !self.sees(&rule.id)) {
            hidden.insert(rule.id.clone(), sheet.of(&rule.id).count());
        }
        sheet.outcomes.retain(|outcome| !hidden.contains_key(&outcome.rule));
        for (id, count) in hidden {
            let text = match sheet.lang {
                Lang::Zh => format!("归其他岗位处理，此处不列（{count} 处）"),
                Lang::En => format!("for other roles: not listed here ({count})"),
            };
            sheet.unchecked.insert(id, text);
        }
        sheet
    }

    /// The sentence on what is left out; empty where a report is for everybody.
    pub(in crate::cli) fn left_out(self, hidden: usize, lang: Lang) -> String {
        match (self.role, lang) {
            (None, _) => String::new(),
            (Some(role), Lang::Zh) => format!(
                "以上为{}处理的；另有 {hidden} 处归其他岗位，未列出（不加 --for 则全部列出）\n",
                role.name(lang)
            ),
            (Some(role), Lang::En) => format!(
                "the above is for the {}; {hidden} more for other roles are not listed (without --for all are)\n",
                role.name(lang)
            ),
        }
    }
}
