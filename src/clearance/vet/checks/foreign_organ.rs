//! `foreign-organ`: a record of an organ that is not the bureau whose site this is.

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict};
use crate::diag::Finding;

/// The check.
pub(super) struct ForeignOrgan;

impl Check for ForeignOrgan {
    fn id(&self) -> &'static str {
        "foreign-organ"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(organ) = file.look(Field::Organ) else { return Verdict::NotChecked };
        let bureau = cx.bureau;
        let code = file.words.organ_code.word();
        let ours = organ == bureau.name
            || bureau.aliases.iter().any(|alias| alias == organ)
            || bureau.units.iter().any(|unit| unit.name == organ)
            || (code.is_some() && code == bureau.credit_code.as_ref());
        if ours {
            return Verdict::Passed;
        }
        Verdict::one(Finding::new(self.id(), file.at(Field::Organ)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build::{Said, ask, penalty};
    use super::*;

    #[test]
    fn the_bureau_s_own_name_passes() {
        assert_eq!(ask(&ForeignOrgan, &penalty().file()), Said::Passed);
        let other = penalty().put(Field::Organ, "示例市白塔区城市管理局").file();
        assert_eq!(ask(&ForeignOrgan, &other), Said::at(&[Field::Organ]));
    }
}
