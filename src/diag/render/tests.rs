//! Tests of the three forms against a small table of titles.

use std::sync::Arc;

use super::super::{Finding, Note};
use super::*;

const TODAY: OnDay = OnDay { year: 2026, month: 3, day: 4 };

struct Table;

impl Titles for Table {
    fn title(&self, id: &str, lang: Lang) -> Option<&str> {
        (id != "unknown").then_some(if lang == Lang::Zh { "标题" } else { "Title" })
    }
    fn severity(&self, id: &str) -> Severity {
        if id == "late-penalty" { Severity::Warning } else { Severity::Error }
    }
    fn word(&self, id: &str, lang: Lang) -> &'static str {
        match (self.severity(id), lang) {
            (Severity::Warning, Lang::Zh) => "提醒",
            (_, Lang::Zh) => "扣留",
            (_, Lang::En) => "held",
        }
    }
    fn remedy(&self, _: &str, _: Lang) -> Option<&str> {
        Some("补齐。")
    }
    fn cites(&self, _: &str, on: OnDay, _: Lang) -> String {
        if on < TODAY {
            "《旧法》第一条".into()
        } else {
            "《行政处罚法》第五十八条".into()
        }
    }
    fn rules(&self, on: OnDay, lang: Lang) -> Vec<Rule> {
        let rule = |id: &str| Rule {
            id: id.into(),
            group: "vet",
            title: self.title(id, lang).unwrap_or_default().into(),
            looks_for: "查 <甲> & \"乙\"".into(),
            remedy: "补齐。".into(),
            basis: self.cites(id, on, lang),
            severity: self.severity(id),
        };
        ["bad-date", "late-penalty", "single-officer"].map(rule).to_vec()
    }
}

fn cell(check: &'static str, row: u32) -> Finding {
    let file: Arc<str> = "处罚.csv".into();
    let column = Column::Known("法制审核日期".into());
    Finding::new(check, Place::row(&file, None, row).at(column))
}

fn render(findings: Vec<Finding>, lang: Lang, format: Format) -> String {
    Renderer::new(&Table, lang, TODAY).render(&Findings::from(findings), format)
}

#[test]
fn a_finding_is_a_block() {
    let finding = cell("missing-legal-review", 14)
        .shaped("测试")
        .noted(Note::new("缺 {} 项", "{} missing").with(1_u32));
    let text = render(vec![finding], Lang::Zh, Format::Text);
    let want = "扣留[missing-legal-review] 标题\n  位置  处罚.csv 第 14 行「法制审核日期」  形状 □□□\n  说明  缺 1 项\n  \
                依据  《行政处罚法》第五十八条\n  改法  补齐。详见 gongshi explain missing-legal-review\n\n共 1 处：错误 1 · 提醒 0 · 提示 0\n";
    assert_eq!(text, want);
}

#[test]
fn many_alike_share_a_block_with_runs_of_rows() {
    let rows = [2, 3, 4, 7, 9, 10];
    let text = render(rows.map(|r| cell("late-penalty", r)).to_vec(), Lang::Zh, Format::Text);
    assert!(text.contains("处罚.csv 第 2–4、7、9–10 行「法制审核日期」\n"), "{text}");
    assert_eq!(text.matches("late-penalty]").count(), 1);
    let five = render((2..7).map(|r| cell("late-penalty", r)).collect(), Lang::Zh, Format::Text);
    assert_eq!(five.matches("late-penalty]").count(), 5);
    let scattered = (0..40).map(|i| cell("late-penalty", 2 + 2 * i)).collect();
    let text = render(scattered, Lang::Zh, Format::Text);
    assert!(text.contains("第 2、4、") && text.contains("、60 等 40 行"), "{text}");
}

#[test]
fn color_is_only_where_asked() {
    let findings = Findings::from(vec![cell("late-penalty", 2)]);
    let plain = Renderer::new(&Table, Lang::En, TODAY).render(&findings, Format::Text);
    assert!(!plain.contains('\u{1b}') && plain.contains("row 2 \"法制审核日期\""));
    let colored =
        Renderer::new(&Table, Lang::En, TODAY).colored(true).render(&findings, Format::Text);
    assert!(colored.contains('\u{1b}'));
    assert_eq!(render(Vec::new(), Lang::Zh, Format::Text), "");
}

#[test]
fn json_is_version_one() {
    let json = render(vec![cell("unknown", 3).shaped("")], Lang::Zh, Format::Json);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["version"], 1);
    assert_eq!(value["findings"][0]["place"]["row"], 3);
    assert_eq!(value["findings"][0]["place"]["kind"], "cell");
    assert_eq!(value["findings"][0]["title"], "unknown");
    assert_eq!(value["summary"]["errors"], 1);
}

#[test]
fn annotations_are_escaped_and_capped() {
    let file: Arc<str> = "a,b:100%.csv".into();
    let one = Finding::new("bad-date", Place::row(&file, None, 3));
    let text = render(vec![one], Lang::Zh, Format::Github);
    let head = "::error file=a%2Cb%3A100%25.csv,line=3,title=扣留[bad-date]::标题 a,b:100%25.csv 第 3 行%0A《行政处罚法》第五十八条%0A补齐。\n";
    assert_eq!(text, head);
    let many = render((0..13).map(|r| cell("bad-date", r)).collect(), Lang::En, Format::Github);
    assert_eq!(many.lines().count(), 10, "the runner shows ten");
    assert!(many.ends_with("::error::and 4 more: see the full report\n"));
    let ten = render((0..10).map(|r| cell("bad-date", r)).collect(), Lang::En, Format::Github);
    assert!(ten.lines().count() == 10 && !ten.contains("more:"));
}

fn sheet(findings: Vec<Finding>, unchecked: &[(&str, &str)]) -> Sheet {
    let unchecked = unchecked.iter().map(|(id, why)| ((*id).into(), (*why).into())).collect();
    Renderer::new(&Table, Lang::Zh, TODAY).sheet(&Findings::from(findings), unchecked, true)
}

#[test]
fn a_rule_that_was_not_checked_is_skipped_and_never_passed() {
    let found = vec![cell("bad-date", 3)];
    let xml = junit::render(&sheet(found, &[("late-penalty", "未检查 <1> 件")]));
    let counts = "tests=\"3\" failures=\"1\" errors=\"0\"";
    assert_eq!(xml.matches(counts).count(), 2, "{xml}");
    assert_eq!(xml.matches(" skipped=\"1\"").count(), 1, "of the suite alone: {xml}");
    assert!(
        xml.contains("name=\"late-penalty\">\n      <skipped message=\"未检查 &lt;1&gt; 件\"/>"),
        "{xml}"
    );
    assert!(xml.contains("name=\"single-officer\"/>"), "{xml}");
    assert!(
        xml.contains(
            "处罚.csv 第 3 行 标题「法制审核日期」\n依据：《行政处罚法》第五十八条</failure>"
        ),
        "{xml}"
    );
    let both = junit::render(&sheet(vec![cell("bad-date", 3)], &[("bad-date", "2 件未检查")]));
    assert!(
        both.contains("failures=\"1\" errors=\"0\" skipped=\"0\"")
            && both.contains("2 件未检查\n依据：")
    );
}

#[test]
fn sarif_marks_are_places_and_told_apart() {
    let found = vec![cell("bad-date", 3), cell("bad-date", 3), cell("late-penalty", 9)];
    let log: serde_json::Value =
        serde_json::from_str(&sarif::render(&sheet(found, &[]))).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let marks: Vec<&str> = results
        .iter()
        .filter_map(|r| r["partialFingerprints"]["gongshiPlace/v1"].as_str())
        .collect();
    let first = "bad-date:处罚.csv::3:\"法制审核日期\"";
    assert_eq!(marks[0], first);
    assert_eq!(marks[1], format!("{first}:2"));
    assert_eq!(results[2]["locations"][0]["physicalLocation"]["region"]["startLine"], 9);
    let uri = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "%E5%A4%84%E7%BD%9A.csv");
}

#[test]
fn every_form_cites_by_the_day_of_the_finding() {
    let old = OnDay { year: 2020, month: 1, day: 2 };
    let mut early = cell("bad-date", 3);
    early.on = Some(old);
    for finding in [early.clone(), cell("bad-date", 3)] {
        let (has, lacks) = match finding.on {
            Some(_) => ("《旧法》第一条", "《行政处罚法》"),
            None => ("《行政处罚法》第五十八条", "《旧法》"),
        };
        let forms = [Format::Text, Format::Json, Format::Github]
            .map(|form| render(vec![finding.clone()], Lang::Zh, form));
        let sheet = sheet(vec![finding.clone()], &[]);
        let log: serde_json::Value = serde_json::from_str(&sarif::render(&sheet)).expect("JSON");
        let result = log["runs"][0]["results"][0].to_string();
        let sheets = [junit::render(&sheet), summary::render(&sheet, "x", ""), result];
        for text in forms.iter().chain(&sheets) {
            assert!(text.contains(has) && !text.contains(lacks), "{text}");
        }
    }
    let many: Vec<Finding> = (0..12)
        .map(|row| Finding { on: (row < 6).then_some(old), ..cell("bad-date", row) })
        .collect();
    let text = render(many, Lang::Zh, Format::Text);
    assert_eq!(text.matches("扣留[").count(), 2, "what cites differently stands apart: {text}");
}
