//! Rule files of the site root that are broken on purpose: the audit, which does not read them, must see
//! what they let through and stop the build with nothing written.

use crate::support::{Row, Site, csv, id_number};

/// The rules that travel in the program.
const RULES: &str = include_str!("../../data/redact/policy.yml");

/// A penalty of a person, with a private value that stands in no column.
fn person(value: &str) -> Row {
    Row::sound(1)
        .with("行政相对人名称", "上官试文")
        .with("行政相对人类别", "自然人")
        .with("行政相对人代码_1(统一社会信用代码)", "")
        .with("法定代表人", "")
        .with("违法事实", format!("上官试文（{value}）在通源大道占道经营。"))
}

/// The rules, with one of them in force for organizations only.
fn without(rule: &str) -> String {
    let broken = |line: &str| {
        let is_rule = line.starts_with(&format!("- {{id: {rule},"));
        let kinds = "[natural_person, individual_business, organization]";
        if is_rule { line.replace(kinds, "[organization]") } else { line.to_owned() }
    };
    let rules = RULES.lines().map(broken).collect::<Vec<_>>().join("\n");
    assert_ne!(rules.trim(), RULES.trim(), "{rule} is broken");
    rules
}

#[test]
fn a_rule_broken_on_purpose_stops_the_build() {
    let id = id_number(31);
    for (rule, value) in [("id-number", id.as_str()), ("phone", "19900001234")] {
        let site = Site::new();
        site.write("data/redact/policy.yml", without(rule));
        site.write("drops/a/a.csv", csv(&[person(value), Row::sound(2)]));
        let ran = site.build().ends(4).never_says(value).never_says("试文");
        assert!(!site.path("public").exists(), "{rule}: something was written");
        assert!(site.ledger().is_empty(), "{rule}: something was written down");
        drop(ran);
        site.write("data/redact/policy.yml", RULES);
        site.build().ends(0).says("公示 2");
        assert!(site.files_with(value).is_empty());
    }
}

#[test]
fn a_rule_broken_later_leaves_what_stood() {
    let site = Site::new();
    site.write("drops/a/a.csv", csv(&[Row::sound(2)]));
    site.build().ends(0);
    let stood = (site.site(), site.ledger());
    site.write("data/redact/policy.yml", without("id-number"));
    site.write("drops/b/b.csv", csv(&[person(&id_number(31))]));
    site.build().ends(4);
    assert!((site.site(), site.ledger()) == stood, "what stood was changed");
}

#[test]
fn a_rule_file_that_lacks_a_rule_is_refused() {
    let site = Site::new();
    let rules: Vec<&str> = RULES.lines().filter(|line| !line.contains("id: id-number")).collect();
    site.write("data/redact/policy.yml", rules.join("\n"));
    site.write("drops/a/a.csv", csv(&[Row::sound(1)]));
    site.build().ends(2).says("id-number");
    assert!(!site.path("public").exists());
}
