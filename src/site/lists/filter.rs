//! What cases of a selection have in common, and its name in addresses.

use std::fmt::Write as _;

use crate::vocab::PenaltyKind;

use super::super::theme::fingerprint;
use super::ListForm;

/// One thing that cases of a year have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) enum Filter {
    /// The whole year.
    Year,
    /// A month of it.
    Month(u32),
    /// A kind of penalty.
    Kind(PenaltyKind),
    /// The result of an inspection.
    Result(Box<str>),
    /// A band of amounts, by its place and name in addresses.
    Amount(usize, Box<str>),
    /// The unit that handled the case.
    Unit(Box<str>),
    /// The violation, or what was inspected.
    Subject(Box<str>),
}

/// By what a year is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::site) enum Side {
    /// Not at all.
    Whole,
    /// By month.
    Month,
    /// By kind of penalty.
    Kind,
    /// By result.
    Result,
    /// By amount.
    Amount,
    /// By unit.
    Unit,
    /// By subject.
    Subject,
}

impl Side {
    /// What visitors read.
    pub(in crate::site) const fn zh(self, is_penalty: bool) -> &'static str {
        match self {
            Self::Whole => "全年",
            Self::Month => "月份",
            Self::Kind => "处罚类别",
            Self::Result => "检查结果",
            Self::Amount => "罚没金额",
            Self::Unit => "办案单位",
            Self::Subject if is_penalty => "违法行为",
            Self::Subject => "抽查事项",
        }
    }
}

impl Filter {
    /// By what it divides.
    pub(in crate::site) const fn side(&self) -> Side {
        match self {
            Self::Year => Side::Whole,
            Self::Month(_) => Side::Month,
            Self::Kind(_) => Side::Kind,
            Self::Result(_) => Side::Result,
            Self::Amount(..) => Side::Amount,
            Self::Unit(_) => Side::Unit,
            Self::Subject(_) => Side::Subject,
        }
    }

    /// What visitors read.
    pub(in crate::site) fn title(&self, form: &ListForm) -> String {
        match self {
            Self::Year => "全年".into(),
            Self::Month(month) => format!("{month}月"),
            Self::Kind(kind) => kind.zh().into(),
            Self::Amount(at, _) => form.band(*at).title.clone(),
            Self::Result(text) | Self::Unit(text) | Self::Subject(text) => text.to_string(),
        }
    }

    /// Folder below the year's, ended by `/`; empty for the whole year.
    pub(super) fn folder(&self) -> String {
        match self {
            Self::Year => String::new(),
            Self::Month(month) => format!("{month:02}/"),
            Self::Kind(kind) => format!("lei/{}/", slug(*kind)),
            Self::Result(text) => format!("jieguo/{}/", spelt(text)),
            Self::Amount(_, slug) => format!("jine/{slug}/"),
            Self::Unit(text) => format!("danwei/{}/", spelt(text)),
            Self::Subject(text) => format!("shiyou/{}/", spelt(text)),
        }
    }
}

/// The name of a kind of penalty in addresses.
const fn slug(kind: PenaltyKind) -> &'static str {
    match kind {
        PenaltyKind::Warning => "jinggao",
        PenaltyKind::CirculatedCriticism => "tongbao",
        PenaltyKind::Fine => "fakuan",
        PenaltyKind::ConfiscatedGains => "moshou-suode",
        PenaltyKind::ConfiscatedProperty => "moshou-caiwu",
        PenaltyKind::PermitSuspended => "zankou-xuke",
        PenaltyKind::QualificationLowered => "jiangdi-zizhi",
        PenaltyKind::PermitRevoked => "diaoxiao-xuke",
        PenaltyKind::BusinessRestricted => "xianzhi-jingying",
        PenaltyKind::BusinessSuspended => "tingchan-tingye",
        PenaltyKind::BusinessClosed => "guanbi",
        PenaltyKind::EmploymentRestricted => "xianzhi-congye",
        PenaltyKind::Detention => "juliu",
        PenaltyKind::Other => "qita",
    }
}

/// Syllables of a spelt name.
const SYLLABLES: usize = 6;
const CONSONANTS: &[u8; 16] = b"bcdfghjklmnprstz";
const VOWELS: &[u8; 4] = b"aiou";

/// A name in addresses for any text: the same on every day, and, with a vowel at every second place, never
/// the name of a case.
fn spelt(text: &str) -> String {
    let mut rest = fingerprint(text.as_bytes());
    let mut name = String::new();
    for _ in 0..SYLLABLES {
        let (first, second) = (rest % 16, rest / 16 % 4);
        rest /= 64;
        let at =
            |letters: &[u8], n: u64| usize::try_from(n).ok().and_then(|n| letters.get(n)).copied();
        for letter in [at(CONSONANTS, first), at(VOWELS, second)].into_iter().flatten() {
            let _ = write!(name, "{}", char::from(letter));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn kinds_have_names_of_their_own() {
        let names: BTreeSet<&str> = PenaltyKind::ALL.iter().map(|k| slug(*k)).collect();
        assert_eq!(names.len(), PenaltyKind::ALL.len());
    }

    #[test]
    fn a_spelt_name_is_stable_and_no_name_of_a_case() {
        let name = spelt("占用城市道路经营");
        assert_eq!((name.len(), &name), (12, &spelt("占用城市道路经营")));
        assert_ne!(name, spelt("占用城市道路"));
        assert!(name.bytes().skip(1).step_by(2).all(|b| VOWELS.contains(&b)));
    }
}
