//! Which fields of a disclosure changed: names of columns, never values.

use serde_json::Value;

/// Column names of the public fields, by their name in the ledger.
const COLUMNS: [(&str, &str); 20] = [
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
];

/// Names of the columns in which two disclosures, as JSON, differ; sorted as the page shows them.
pub(crate) fn changed_fields(old: &str, new: &str) -> Vec<String> {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    let (old, new) = (read(old), read(new));
    let changed = |key: &str| old.get(key) != new.get(key);
    let mut names: Vec<String> = COLUMNS
        .iter()
        .filter(|(key, _)| changed(key))
        .map(|(_, name)| (*name).to_owned())
        .collect();
    if names.is_empty() {
        names.push("其他公示内容".to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::changed_fields;

    #[test]
    fn only_names_are_told() {
        let old = r#"{"party":"张某","facts":"甲","fine":20000}"#;
        let new = r#"{"party":"张某","facts":"乙","fine":30000}"#;
        assert_eq!(changed_fields(old, new), ["违法事实", "罚款金额"]);
        assert_eq!(changed_fields(old, old), ["其他公示内容"]);
    }
}
