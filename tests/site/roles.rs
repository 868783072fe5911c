//! `--for`, from outside: what other roles see to is counted and not listed, and nothing else changes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Row, Site, csv};

/// A row without a kind of party (the clerk's), a party said to be a minor (the legal office's, too), a late
/// row (everybody's) and a page that names no basis (the webmaster's and the legal office's).
fn mixed() -> Site {
    let site = Site::new();
    let rows = [
        Row::sound(1).with("行政相对人类别", ""),
        Row::sound(2).with("公示截止期", "2039-01-01"),
        Row::sound(3).with("处罚决定日期", "2024-02-20"),
    ];
    site.write("data/policy.yml", "retention: credit\n");
    site.write("content/fagui.md", "---\ntitle: 执法依据\n---\n\n暂无。\n");
    site.write("drops/a/处罚.csv", csv(&rows));
    site
}

fn json(site: &Site, args: &[&str], code: i32) -> Value {
    let ran = site.run(&[args, &["--format", "json"]].concat()).ends(code);
    serde_json::from_slice(&ran.0.stdout).expect("JSON")
}

fn found(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().map(Value::to_string).collect()
}

#[test]
fn shown_and_left_out_add_up_for_every_role_and_every_finding_is_somebodys() {
    let site = mixed();
    let code = site.run(&["check"]).code();
    assert_ne!(code, 0);
    let all = found(&json(&site, &["check"], code));
    assert!(all.len() >= 4, "{all:?}");
    let mut seen = BTreeSet::new();
    for role in ["clerk", "legal", "webmaster"] {
        let report = json(&site, &["check", "--for", role], code);
        let (shown, hidden) = (found(&report), report["summary"]["hidden"].as_u64());
        let (counted, hidden) = (report["summary"]["findings"].as_u64(), hidden.expect("a count"));
        assert_eq!(counted, Some(shown.len() as u64));
        assert_eq!(shown.len() as u64 + hidden, all.len() as u64, "{role}");
        assert!(hidden > 0 && !shown.is_empty(), "{role}: {report}");
        assert_eq!(report["run"], json(&site, &["check"], code)["run"], "the figures stay");
        seen.extend(shown);
    }
    assert_eq!(seen, all.into_iter().collect());
}

#[test]
fn the_text_says_for_whom_it_is_and_how_much_is_left_out() {
    let site = mixed();
    let code = site.run(&["check"]).code();
    let clerk = site.run(&["check", "--for", "clerk"]).ends(code);
    let clerk = clerk.says("[undeclared-party-kind]").never_says("[missing-column]");
    let clerk = clerk.says("以上为案件管理员处理的；另有");
    let web = site.run(&["check", "--for", "webmaster", "--lang", "en"]).ends(code);
    web.says("[missing-column]")
        .says("[late-penalty]")
        .never_says("[undeclared-party-kind]")
        .says("more for other roles are not listed");
    drop(clerk);
    site.run(&["check"]).never_says("其他岗位");
    site.run(&["check", "--for", "mayor"]).ends(2);
}

#[test]
fn what_is_left_out_is_not_called_passed() {
    let site = mixed();
    let code = site.run(&["check"]).code();
    let ran = site.run(&["check", "--for", "webmaster", "--format", "junit"]).ends(code);
    let xml = String::from_utf8(ran.0.stdout).expect("UTF-8");
    let case = xml.split("<testcase").find(|c| c.contains("name=\"undeclared-party-kind\""));
    let case = case.expect("a case");
    assert!(case.contains("<skipped message=\"归其他岗位处理，此处不列（1 处）\"/>"), "{case}");
}

#[test]
fn a_build_for_a_role_is_the_same_build() {
    let (whole, partly) = (mixed(), mixed());
    let first = whole.run(&["build"]).ends(0);
    first.says("[missing-column]");
    partly.run(&["build", "--for", "clerk"]).ends(0).never_says("[missing-column]");
    assert_eq!(whole.site(), partly.site());
}

#[test]
fn clocks_of_a_role_are_listed_and_the_exit_code_stays() {
    let site = mixed();
    site.build().ends(0);
    site.write("data/staff.yml", "- {name: 测试甲, unit: 一中队, post: 队员, badge_number: \"QY001\", certificate_number: \"5001990101\", certificate_from: 2020-01-01, certificate_until: 2024-05-25}\n");
    let all = site.run(&["due"]);
    let code = all.code();
    let all = json(&site, &["due"], code);
    let count = |report: &Value| report["clocks"].as_array().expect("clocks").len();
    let mut lists = BTreeSet::new();
    for role in ["clerk", "legal", "webmaster"] {
        let report = json(&site, &["due", "--for", role], code);
        let hidden = usize::try_from(report["hidden"].as_u64().expect("a count")).expect("small");
        assert_eq!(count(&report) + hidden, count(&all), "{role}");
        lists.insert(count(&report));
    }
    assert!(lists.len() > 1, "some role sees to less: {lists:?}");
}
