//! What the public reads of a document that orders a takedown: its kind and its number.
//!
//! Titles name parties (关于某某的复议决定书); a notice and the log must not (domain 10.8). What is
//! neither kind nor number is left out.

/// Kinds of documents, longer ones first.
const KINDS: [&str; 17] = [
    "行政复议决定书",
    "行政判决书",
    "行政裁定书",
    "行政调解书",
    "更正通知书",
    "更正决定书",
    "撤销决定书",
    "变更决定书",
    "复议决定书",
    "判决书",
    "裁定书",
    "决定书",
    "通知书",
    "意见书",
    "会议纪要",
    "批复",
    "通知",
];
/// Longest word before the year of a number, in characters.
const LONGEST_WORD: usize = 6;
/// Longest number behind its year, in characters.
const LONGEST_SERIAL: usize = 16;

/// Kind and number of a document, in the order they stand; `None` where neither can be told.
pub(crate) fn document_name(text: &str) -> Option<String> {
    let kind = KINDS.iter().find_map(|kind| text.find(kind).map(|at| (at, *kind)));
    let number = text.char_indices().find_map(|(at, _)| number(text, at));
    match (kind, number) {
        (Some((at, kind)), Some((start, number))) if at < start => Some(format!("{kind} {number}")),
        (Some((_, kind)), Some((_, number))) => Some(format!("{number}{kind}")),
        (Some((_, kind)), None) => Some(kind.to_owned()),
        (None, Some((_, number))) => Some(number.to_owned()),
        (None, None) => None,
    }
}

/// Last words of organs that issue such documents.
const ORGANS: [&str; 12] =
    ["政府", "法院", "检察院", "局", "厅", "委员会", "委", "部", "署", "办公室", "总队", "支队"];
/// Longest name of an organ, in characters.
const LONGEST_ORGAN: usize = 40;

/// The name of the organ that issued a document; `None` for anything else, a person or a number above all.
pub(crate) fn authority_name(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '（' | '）');
    let is_organ = text.chars().all(plain)
        && (4..=LONGEST_ORGAN).contains(&text.chars().count())
        && ORGANS.iter().any(|end| text.ends_with(end));
    is_organ.then(|| text.to_owned())
}

/// The number whose year in brackets begins at `at`, with where it starts.
fn number(text: &str, at: usize) -> Option<(usize, &str)> {
    let behind = text[at..].strip_prefix(['〔', '（', '(', '[', '［'])?;
    let year = behind.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = behind[year.len()..].strip_prefix(['〕', '）', ')', ']', '］'])?;
    let serial = rest.char_indices().take(LONGEST_SERIAL).find(|(_, c)| *c == '号')?.0;
    let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if !rest[..serial].chars().all(|c| plain(c) || c == '-') {
        return None;
    }
    let end = text.len() - rest.len() + serial + '号'.len_utf8();
    let word =
        |c: &(usize, char)| plain(c.1) && !matches!(c.1, '的' | '于' | '对' | '与' | '书' | '诉');
    let before = text[..at].char_indices().rev().take(LONGEST_WORD).take_while(word);
    let start = before.last().map_or(at, |(start, _)| start);
    Some((start, &text[start..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_organ_is_an_authority() {
        for organ in ["示例市清源区人民政府", " 示例市中级人民法院 ", "示例市城市管理委员会"]
        {
            assert_eq!(authority_name(organ).as_deref(), Some(organ.trim()));
        }
        for other in ["测试甲", "测试甲（19900001234）", "示例市政府 张某", "<b>政府", "局", ""]
        {
            assert_eq!(authority_name(other), None, "{other}");
        }
    }

    #[test]
    fn only_kind_and_number_are_told() {
        for (text, told) in [
            ("示清府复决〔2025〕9号行政复议决定书", Some("示清府复决〔2025〕9号行政复议决定书")),
            ("（2026）示0199行初6号行政判决书", Some("（2026）示0199行初6号行政判决书")),
            ("行政复议决定书 示府复〔2024〕3号", Some("行政复议决定书 示府复〔2024〕3号")),
            ("关于欧阳测试的复议决定书", Some("复议决定书")),
            ("更正通知书 示清城管更〔2026〕3号", Some("更正通知书 示清城管更〔2026〕3号")),
            ("对张三作出的示府复〔2024〕3号决定", Some("示府复〔2024〕3号")),
            ("电话13800138000", None),
            ("", None),
        ] {
            assert_eq!(document_name(text).as_deref(), told, "{text}");
        }
    }
}
