//! Officers by name, for the checks that look one up; and the names in an officers' cell.

use std::collections::BTreeMap;

use crate::law::Day;
use crate::vocab::Officer;

/// The bureau's officers, by name.
pub(in crate::clearance) struct StaffIndex(BTreeMap<String, Vec<Officer>>);

impl StaffIndex {
    /// Indexes `officers`; several may share a name.
    pub(in crate::clearance) fn new(officers: &[Officer]) -> Self {
        let mut by_name = BTreeMap::<String, Vec<Officer>>::new();
        for officer in officers {
            by_name.entry(officer.name.clone()).or_default().push(officer.clone());
        }
        Self(by_name)
    }

    /// Whether the bureau lists nobody.
    pub(in crate::clearance) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether someone of this name is listed.
    pub(in crate::clearance) fn lists(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether someone of this name was in service on `day`.
    pub(in crate::clearance) fn serves_on(&self, name: &str, day: Day) -> bool {
        self.0.get(name).is_some_and(|all| all.iter().any(|officer| officer.serves_on(day)))
    }

    /// Whether everyone of this name is auxiliary staff.
    pub(in crate::clearance) fn only_assists(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|all| all.iter().all(|officer| officer.auxiliary))
    }

    /// Whether a certificate of someone with this name covers `day`; `None` where nobody of the
    /// name is listed or no dates are known.
    pub(in crate::clearance) fn certified_on(&self, name: &str, day: Day) -> Option<bool> {
        let known = self.0.get(name)?.iter().filter_map(|o| o.certified_on(day));
        known.reduce(|any, this| any || this)
    }
}

/// The names in a cell of officers, in order: joined by 、 and its like, numbers in brackets dropped.
pub(super) fn names(cell: &str) -> impl Iterator<Item = &str> {
    let bracket = |part: &str| part.find(['(', '（']).unwrap_or(part.len());
    let mut inside = false;
    cell.split(move |c| {
        inside = matches!(c, '(' | '（') || (inside && !matches!(c, ')' | '）'));
        !inside && matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | ' ' | '\u{3000}' | '\n')
    })
    .map(move |part| part[..bracket(part)].trim())
    .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_out_of_a_cell() {
        let found: Vec<&str> = names("测试甲（证号 0001、有效）、测试乙, 测试丙").collect();
        assert_eq!(found, ["测试甲", "测试乙", "测试丙"]);
        assert_eq!(names(" 、").count(), 0);
    }
}
