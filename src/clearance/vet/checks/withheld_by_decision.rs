//! `withheld-by-decision`: the bureau decided, with ground and approver, not to disclose the record
//! (信息公开条例 14, 15).

use super::super::super::record::{CaseFile, Field};
use super::super::review::flag;
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;
use crate::vocab::WithholdGround;

/// The check.
pub(super) struct WithheldByDecision;

impl Check for WithheldByDecision {
    fn id(&self) -> &'static str {
        "withheld-by-decision"
    }

    fn check(&self, file: &CaseFile, _: &Context<'_>) -> Verdict {
        let no = file.look(Field::Disclose).and_then(flag) == Some(false);
        let decided = file.look(Field::WithholdGround).is_some()
            && file.look(Field::WithholdApprover).is_some();
        if no && decided {
            return Verdict::one(Finding::new(self.id(), file.at(Field::Disclose)));
        }
        Verdict::Passed
    }

    fn ground(&self, file: &CaseFile) -> WithholdGround {
        ground(file.look(Field::WithholdGround).unwrap_or_default())
    }
}

/// The ground that the words name; a decision of another kind where they name none.
fn ground(words: &str) -> WithholdGround {
    const GROUNDS: [(&[&str], WithholdGround); 3] = [
        (&["未成年"], WithholdGround::Minor),
        (&["国家秘密", "商业秘密", "个人隐私"], WithholdGround::Secret),
        (&["国家安全", "公共安全", "经济安全", "社会稳定"], WithholdGround::Security),
    ];
    let named = GROUNDS.into_iter().find(|(names, _)| names.iter().any(|n| words.contains(n)));
    named.map_or(WithholdGround::Decided, |(_, ground)| ground)
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Build, Said, ask, penalty};
    use super::*;

    fn no(ground: &str, approver: &str) -> Build {
        penalty()
            .put(Field::Disclose, "否")
            .put(Field::WithholdGround, ground)
            .put(Field::WithholdApprover, approver)
    }

    #[test]
    fn a_whole_decision_withholds() {
        let whole = no("涉及个人隐私", "测试丙").file();
        assert_eq!(ask(&WithheldByDecision, &whole), Said::at(&[Field::Disclose]));
        assert_eq!(WithheldByDecision.ground(&whole), WithholdGround::Secret);
        assert_eq!(ask(&WithheldByDecision, &no("", "测试丙").file()), Said::Passed);
        assert_eq!(ask(&WithheldByDecision, &penalty().file()), Said::Passed);
    }

    #[test]
    fn grounds_are_read_from_words() {
        assert_eq!(ground("可能危及社会稳定"), WithholdGround::Security);
        assert_eq!(ground("当事人系未成年人"), WithholdGround::Minor);
        assert_eq!(ground("领导批示"), WithholdGround::Decided);
    }
}
