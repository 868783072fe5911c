//! The masks of names (domain 2.2): the one place where a mask is made.

use std::collections::BTreeMap;
use std::ops::Range;

use super::known::Name;
use super::tables::Tables;
use crate::clearance::fold::is_han;
use crate::vocab::MaskNumbers;

const DOTS: [char; 8] = ['·', '•', '‧', '∙', '⋅', '・', '．', '.'];

/// The mask of one name: surname and 某 (S1(一)), the first character of a name with dots or of a
/// foreign name (S1(二)(三)), the first letter of a Latin one (S1b).
pub(super) fn mask(name: &str, tables: &Tables) -> String {
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return "某".into() };
    if !is_han(first) {
        return format!("{}.", first.to_uppercase());
    }
    let dotted = name.contains(DOTS);
    if !dotted && name.chars().count() >= 3 && tables.has_compound_surname(name) {
        return name.chars().take(2).chain(['某']).collect();
    }
    if chars.next().is_none() {
        return "某".into();
    }
    format!("{first}某")
}

/// Whether a name is a mask already: redacting twice changes nothing.
pub(super) fn is_mask(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name.trim_end_matches(['某', '甲', '乙', '丙', '丁', '×', '*']).chars().count()
        < name.chars().count()
        && name.contains(['某', '×', '*'])
}

/// Where masks stand in a folded text: `张某`, `欧阳某2`, `某`.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('某').map(|(at, mou)| {
        let before = text[..at].chars().next_back().filter(|c| is_han(*c));
        let after = &text[at + mou.len()..];
        let number = after.bytes().take_while(|b| b.is_ascii_digit()).count();
        at - before.map_or(0, char::len_utf8)..at + mou.len() + number
    })
}

/// Gives each name its mask, numbered in the order of the list, and puts the longest name first. Until
/// then `mask` holds the name as written, or nothing where the fold is all there is.
pub(super) fn give(names: &mut [Name], tables: &Tables, style: MaskNumbers) {
    let written = |n: &Name| if n.mask.is_empty() { n.folded.clone() } else { n.mask.clone() };
    let mut masks: Vec<String> = names.iter().map(|n| mask(&written(n), tables)).collect();
    tell_apart(&mut masks, style);
    for (name, mask) in names.iter_mut().zip(masks) {
        name.mask = mask;
    }
    names.sort_by(|a, b| b.folded.len().cmp(&a.folded.len()).then(a.folded.cmp(&b.folded)));
}

/// Tells masks apart that two people share, in order of appearance: 张某1, 张某2 (S1b), or 张某甲, 张某乙 (S4).
pub(super) fn tell_apart(masks: &mut [String], style: MaskNumbers) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for mask in masks.iter() {
        *count.entry(mask.clone()).or_default() += 1;
    }
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for mask in masks.iter_mut().filter(|m| count.get(*m).is_some_and(|n| *n > 1)) {
        let n = next.entry(mask.clone()).or_default();
        *n += 1;
        *mask = match style.stem(*n) {
            Some(stem) => format!("{mask}{stem}"),
            None => format!("{mask}{n}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Shelf;

    #[test]
    fn names_are_masked_by_their_kind() {
        let tables = Tables::load(&Shelf::embedded()).expect("tables");
        for (name, masked) in [
            ("张三", "张某"),
            ("张三丰", "张某"),
            ("欧阳修", "欧阳某"),
            ("欧阳", "欧某"),
            ("古丽米娜·艾合买提", "古某"),
            ("史密斯", "史某"),
            ("John Smith", "J."),
            ("张", "某"),
        ] {
            assert_eq!(mask(name, &tables), masked);
        }
        assert!(is_mask("张某") && is_mask("张某某") && is_mask("张某2") && is_mask("张某甲"));
        assert!(!is_mask("张三") && !is_mask("刘甲"));
    }

    #[test]
    fn equal_masks_are_numbered() {
        let mut masks = ["张某", "李某", "张某"].map(String::from);
        tell_apart(&mut masks, MaskNumbers::Arabic);
        assert_eq!(masks, ["张某1", "李某", "张某2"]);
        let mut masks = ["张某", "李某", "张某"].map(String::from);
        tell_apart(&mut masks, MaskNumbers::Stems);
        assert_eq!(masks, ["张某甲", "李某", "张某乙"]);
    }
}
