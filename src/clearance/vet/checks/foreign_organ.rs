//! `foreign-organ`: a record of an organ that is not the bureau whose site this is.

use super::super::super::record::{CaseFile, Field};
use super::super::{Check, Context, Verdict, clock};
use crate::diag::{Finding, Note};

/// The check.
pub(super) struct ForeignOrgan;

impl Check for ForeignOrgan {
    fn id(&self) -> &'static str {
        "foreign-organ"
    }

    fn check(&self, file: &CaseFile, cx: &Context<'_>) -> Verdict {
        let Some(organ) = file.look(Field::Organ) else { return Verdict::NotChecked };
        let bureau = cx.bureau;
        let day = clock::day_zero(file).word();
        if let Some(former) = bureau.predecessors().find(|former| former.name == organ) {
            let Some(day) = day else { return Verdict::NotChecked };
            if *day <= former.until {
                return Verdict::Passed;
            }
            let note = Note::new(
                "用的是原单位名称，决定之日已经停用",
                "a former name, no longer borne on the day of decision",
            );
            return Verdict::one(Finding::new(self.id(), file.at(Field::Organ)).noted(note));
        }
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
