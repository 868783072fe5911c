//! Which fields of a disclosure changed: names of columns, never values.

use serde_json::Value;

/// Column names of the public fields, by their name in the ledger.
const COLUMNS: [(&str, &str); 24] = [
    ("party", "当事人"),
    ("party_kind", "行政相对人类别"),
    ("credit_code", "统一社会信用代码"),
    ("violation", "违法行为类型"),
    ("facts", "违法事实"),
    ("basis", "处罚依据"),
    ("kinds", "处罚类别"),
    ("content", "处罚内容"),
    ("fine", "罚款金额"),
    ("confiscated", "没收金额"),
    ("permit", "暂扣或吊销证照名称及编号"),
    ("procedure", "适用程序"),
    ("organ", "执法机关"),
    ("unit", "办案单位"),
    ("officers", "执法人员"),
    ("decided_on", "处罚决定日期"),
    ("valid_until", "处罚有效期"),
    ("until", "公示截止期"),
    ("result", "检查结果"),
    ("item", "抽查事项"),
    ("plan", "抽查计划"),
    ("method", "检查方式"),
    ("inspected_on", "检查日期"),
    ("result_on", "检查结果作出日期"),
];

/// What is said where no column of the list changed.
pub(super) const OTHER: &str = "其他公示内容";

/// Words of the decision that redaction does not touch.
const PLAIN: [&str; 7] =
    ["party_kind", "credit_code", "kinds", "fine", "confiscated", "decided_on", "result_on"];
/// Texts of the decision, which other rules of redaction may write otherwise.
const TEXTS: [&str; 3] = ["party", "content", "result"];

/// What redaction writes for what it takes out.
const MASKS: [char; 6] = ['某', '×', '*', '＊', '■', '□'];

/// The column's name, by the field's name in the ledger.
pub(super) fn column(key: &str) -> &'static str {
    COLUMNS.iter().find(|(known, _)| *known == key).map_or(OTHER, |(_, name)| *name)
}

/// Two disclosures, and the fields in which they differ, as the page shows them.
pub(super) struct Difference {
    old: Value,
    new: Value,
    keys: Vec<&'static str>,
}

impl Difference {
    /// Compares two disclosures as JSON.
    pub(super) fn of(old: &str, new: &str) -> Self {
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
        let (old, new) = (read(old), read(new));
        let changed = COLUMNS.iter().filter(|(key, _)| old.get(key) != new.get(key));
        let keys = changed.map(|(key, _)| *key).collect();
        Self { old, new, keys }
    }

    /// The fields that differ.
    pub(super) fn keys(&self) -> &[&'static str] {
        &self.keys
    }

    /// Of them, those that are the decision itself. The same export reads otherwise where the rules of
    /// redaction changed, or where somebody edited it: rules only cut, a person writes other words.
    pub(super) fn of_the_decision(&self, is_new_export: bool) -> impl Iterator<Item = &str> {
        self.keys.iter().copied().filter(move |key| {
            let is_redaction =
                || self.is_cut_otherwise(key) || !is_new_export && self.is_masked_otherwise(key);
            PLAIN.contains(key) || TEXTS.contains(key) && !is_redaction()
        })
    }

    /// Whether a text that has cuts says nothing but what it said before, more or less of it masked.
    fn is_masked_otherwise(&self, key: &str) -> bool {
        let plain = |disclosure: &Value| -> Vec<char> {
            let text = disclosure.get(key).and_then(Value::as_str).unwrap_or_default();
            text.chars().filter(|c| !MASKS.contains(c)).collect()
        };
        let (old, new) = (plain(&self.old), plain(&self.new));
        !cuts(&self.new, key).is_empty() && (is_within(&old, &new) || is_within(&new, &old))
    }

    /// Whether redaction has treated a text otherwise than before: other cuts, or a natural person's name
    /// that is masked in another way and begins alike.
    fn is_cut_otherwise(&self, key: &str) -> bool {
        if cuts(&self.old, key) != cuts(&self.new, key) {
            return true;
        }
        let text = |disclosure: &Value| {
            disclosure.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let is_person = self.new.get("party_kind").is_some_and(|kind| kind == "natural_person");
        let (old, new) = (text(&self.old), text(&self.new));
        key == "party" && is_person && old.chars().next() == new.chars().next()
    }
}

/// What redaction took out of a field.
fn cuts<'d>(disclosure: &'d Value, key: &str) -> Vec<&'d Value> {
    let all = disclosure.get("cuts").and_then(Value::as_array).into_iter().flatten();
    all.filter(|cut| cut.get("field").is_some_and(|f| f == key)).collect()
}

/// Whether the characters of `part` stand in `whole` in their order.
fn is_within(part: &[char], whole: &[char]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(old: &str, new: &str, is_new_export: bool) -> Vec<String> {
        let difference = Difference::of(old, new);
        difference.of_the_decision(is_new_export).map(str::to_owned).collect()
    }

    #[test]
    fn only_names_are_told() {
        let old = r#"{"party":"张某","facts":"甲","fine":20000}"#;
        let new = r#"{"party":"张某","facts":"乙","fine":30000}"#;
        let names: Vec<&str> = Difference::of(old, new).keys().iter().map(|k| column(k)).collect();
        assert_eq!(names, ["违法事实", "罚款金额"]);
        assert!(Difference::of(old, old).keys().is_empty());
    }

    #[test]
    fn the_decision_is_party_amount_and_conclusion() {
        let old = r#"{"party":"甲公司","facts":"甲","fine":20000,"content":"罚款"}"#;
        let new = r#"{"party":"乙公司","facts":"乙","fine":30000,"content":"警告"}"#;
        assert_eq!(decision(old, new, true), ["party", "content", "fine"]);
        assert_eq!(decision(old, new, false), ["party", "content", "fine"]);
    }

    #[test]
    fn another_way_of_redacting_is_no_other_decision() {
        let kind = r#""party_kind":"natural_person""#;
        let person = |name: &str| format!(r#"{{"party":"{name}",{kind}}}"#);
        assert!(decision(&person("张某"), &person("张某某"), true).is_empty());
        assert_eq!(decision(&person("张某"), &person("李某"), true), ["party"]);
        let cut = r#""cuts":[{"rule":"person-name","field":"content","count":1}]"#;
        let conclusion = |text: &str| format!(r#"{{"content":"{text}",{cut}}}"#);
        let old = conclusion("对张某罚款5000元");
        assert!(decision(&old, &conclusion("对张某某罚款5000元"), false).is_empty());
        assert!(decision(&old, &conclusion("对×罚款5000元"), false).is_empty());
        assert_eq!(decision(&old, &conclusion("对张某罚款8000元"), false), ["content"]);
        let old = r#"{"content":"罚款，住某地","cuts":[]}"#;
        let new =
            r#"{"content":"罚款，住","cuts":[{"rule":"address","field":"content","count":1}]}"#;
        assert!(decision(old, new, true).is_empty());
    }
}
