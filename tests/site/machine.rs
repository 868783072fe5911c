//! The forms that machines read, from outside: SARIF by what its standard asks, JUnit by its counts.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::support::{Row, Site, csv};

/// Three rows: one sound, one without a kind of party (held), one with a number nothing explains.
fn mixed() -> Site {
    let site = Site::new();
    let facts = "当事人在通源大道倾倒渣土，现场留有一张写着9832174655028的纸条。";
    let rows = [
        Row::sound(1),
        Row::sound(2).with("行政相对人类别", ""),
        Row::sound(3).with("违法事实", facts),
        Row::sound(4).with("处罚决定日期", "2024-02-20"),
    ];
    site.write("drops/a/处罚.csv", csv(&rows));
    site
}

/// Numbers of a row of a Markdown table.
fn numbers(row: &str) -> Vec<usize> {
    row.split('|').filter_map(|cell| cell.trim().parse().ok()).collect()
}

/// The table of a summary, which adds up in both directions; the sum of all.
fn assert_adds_up(summary: &str) -> usize {
    let rows: Vec<Vec<usize>> = summary
        .lines()
        .filter(|line| line.starts_with("| `") || line.starts_with("| **"))
        .map(numbers)
        .collect();
    let (total, rows) = rows.split_last().expect("a table");
    assert!(!rows.is_empty());
    for (at, sum) in total.iter().enumerate() {
        assert_eq!(rows.iter().map(|row| row[at]).sum::<usize>(), *sum, "{summary}");
    }
    for row in rows.iter().chain([total]) {
        let (sum, counts) = row.split_last().expect("a sum");
        assert_eq!(counts.iter().sum::<usize>(), *sum, "{summary}");
    }
    *total.last().expect("a sum")
}

const VALUES: [&str; 4] = ["98321746", "青标", "通源大道", "测试甲"];

fn sarif(site: &Site, args: &[&str], code: i32) -> Value {
    let ran = site.run(&[args, &["--format", "sarif"]].concat()).ends(code);
    let text = String::from_utf8(ran.0.stdout).expect("UTF-8");
    VALUES.iter().for_each(|value| assert!(!text.contains(value), "{value} is in:\n{text}"));
    let log = serde_json::from_str(&text).expect("JSON");
    assert_sarif(&log);
    log
}

/// What the schema of SARIF 2.1.0 asks of the parts that are used: required properties, closed words,
/// bounds of numbers, references that point somewhere.
fn assert_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().expect("runs are required");
    for run in runs {
        let driver = &run["tool"]["driver"];
        assert!(driver["name"].is_string(), "tool.driver.name is required");
        let words = ["utf16CodeUnits", "unicodeCodePoints"];
        assert!(words.contains(&run["columnKind"].as_str().expect("a word")));
        let rules = driver["rules"].as_array().expect("rules");
        let mut ids: Vec<&str> = rules.iter().filter_map(|r| r["id"].as_str()).collect();
        assert_eq!(ids.len(), rules.len(), "every rule has an id");
        for rule in rules {
            for text in ["shortDescription", "fullDescription", "help"] {
                let text = rule[text]["text"].as_str().expect("a message has a text");
                assert!(!text.is_empty());
            }
            assert!(rule.get("helpUri").is_none());
            assert_level(&rule["defaultConfiguration"]["level"]);
        }
        for invocation in run["invocations"].as_array().expect("invocations") {
            assert!(invocation["executionSuccessful"].is_boolean(), "required");
            for said in invocation["toolExecutionNotifications"].as_array().expect("a list") {
                assert!(said["message"]["text"].is_string(), "required");
                assert_level(&said["level"]);
                assert_reference(
                    rules,
                    &said["associatedRule"]["id"],
                    &said["associatedRule"]["index"],
                );
            }
        }
        let results = run["results"].as_array().expect("results");
        results.iter().for_each(|result| assert_result(rules, result));
        let mut marks: Vec<&str> = results
            .iter()
            .map(|r| r["partialFingerprints"]["gongshiPlace/v1"].as_str().expect("a string"))
            .collect();
        for list in [&mut ids, &mut marks] {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), count, "each stands once");
        }
    }
}

fn assert_level(level: &Value) {
    let word = level.as_str().expect("a word");
    assert!(["none", "note", "warning", "error"].contains(&word), "{word}");
}

fn assert_reference(rules: &[Value], id: &Value, index: &Value) {
    let index = usize::try_from(index.as_u64().expect("not negative")).expect("small");
    assert_eq!(&rules[index]["id"], id);
}

fn assert_result(rules: &[Value], result: &Value) {
    assert!(!result["message"]["text"].as_str().expect("required").is_empty());
    assert_level(&result["level"]);
    let kind = result["kind"].as_str().expect("a word");
    let kinds = ["notApplicable", "pass", "fail", "review", "open", "informational"];
    assert!(kinds.contains(&kind), "{kind}");
    assert!(kind == "fail" || result["level"] == "none", "no level but where it failed");
    assert_reference(rules, &result["ruleId"], &result["ruleIndex"]);
    for location in result["locations"].as_array().expect("locations") {
        let physical = &location["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().expect("a reference");
        assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
        assert!(!uri.starts_with('/'));
        if let Some(region) = physical.get("region") {
            let line = region.get("startLine").and_then(Value::as_u64);
            let byte = region.get("byteOffset").and_then(Value::as_u64);
            assert!(line.is_some_and(|line| line >= 1) || byte.is_some(), "{region}");
        }
    }
}

fn results<'l>(log: &'l Value, rule: &str) -> Vec<&'l Value> {
    let all = log["runs"][0]["results"].as_array().expect("results");
    all.iter().filter(|result| result["ruleId"] == rule).collect()
}

#[test]
fn check_speaks_sarif() {
    let log = sarif(&mixed(), &["check"], 1);
    let held = results(&log, "undeclared-party-kind");
    assert_eq!(held.len(), 1);
    assert_eq!(held[0]["level"], "error");
    let place = &held[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 3, "the row as a spreadsheet counts it");
    assert_eq!(place["artifactLocation"]["uri"], "a/%E5%A4%84%E7%BD%9A.csv");
    assert_eq!(results(&log, "late-penalty")[0]["level"], "warning");
    let said = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(said.contains("missing-legal-review"), "what was not checked is told: {said}");
    let english = sarif(&mixed(), &["check", "--lang", "en"], 1);
    assert_eq!(english["runs"][0]["language"], "en");
}

#[test]
fn other_verbs_speak_sarif() {
    let site = mixed();
    let due = sarif(&site, &["due"], 3);
    assert_eq!(results(&due, "late-penalty").len(), 4);
    sarif(&site, &["review"], 4);
    sarif(&site, &["build"], 0);
    site.write("drops/a/空.csv", "");
    let refused = sarif(&site, &["check"], 1);
    assert_eq!(refused["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let said = refused["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array();
    let rules = refused["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len);
    assert_eq!(said.map(Vec::len), rules, "a run that stopped has checked nothing to the end");
}

/// One element of a JUnit document: its counts as stated and as found.
#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    skipped: usize,
}

fn stated(element: &BytesStart<'_>) -> Counts {
    let attributes: BTreeMap<String, String> = element
        .attributes()
        .map(|a| a.expect("an attribute"))
        .map(|a| {
            let key = a.key.as_ref().to_owned();
            (key, a.value.to_string())
        })
        .collect();
    let number = |key: &str| attributes[key].parse().expect("a number");
    assert_eq!(number("errors"), 0);
    // The schema has no number skipped of all suites together.
    let skipped = attributes.get("skipped").map_or(0, |n| n.parse().expect("a number"));
    Counts { tests: number("tests"), failures: number("failures"), skipped }
}

/// Reads the document, compares its counts with its cases, and says what became of each case.
fn cases(xml: &str) -> BTreeMap<String, &'static str> {
    let mut reader = Reader::from_str(xml);
    let (mut cases, mut open) = (BTreeMap::new(), None::<String>);
    let (mut whole, mut suite, mut sum) = (Counts::default(), Counts::default(), Counts::default());
    let mut depth = 0_usize;
    let name = |element: &BytesStart<'_>| {
        let name = element.try_get_attribute("name").expect("attributes").expect("a name");
        name.value.to_string()
    };
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(e) => {
                depth += 1;
                match e.name().as_ref() {
                    "testsuites" => whole = stated(&e),
                    "testsuite" => suite = stated(&e),
                    "testcase" => {
                        open = Some(name(&e));
                        assert!(cases.insert(name(&e), "passed").is_none(), "one case a check");
                        suite.tests -= 1;
                        sum.tests += 1;
                    }
                    "failure" => {
                        cases.insert(open.clone().expect("inside a case"), "failed");
                        suite.failures -= 1;
                        sum.failures += 1;
                    }
                    "system-out" => {}
                    other => panic!("{other}"),
                }
            }
            Event::Empty(e) => match e.name().as_ref() {
                "testcase" => {
                    assert!(cases.insert(name(&e), "passed").is_none(), "one case a check");
                    suite.tests -= 1;
                    sum.tests += 1;
                }
                "skipped" => {
                    cases.insert(open.clone().expect("inside a case"), "skipped");
                    suite.skipped -= 1;
                    sum.skipped += 1;
                }
                other => panic!("{other}"),
            },
            Event::End(e) => {
                depth -= 1;
                if e.name().as_ref() == "testsuite" {
                    let left = (suite.tests, suite.failures, suite.skipped);
                    assert_eq!(left, (0, 0, 0), "a suite's counts are those of its cases");
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let counts = |c: &Counts| (c.tests, c.failures);
    assert_eq!(counts(&whole), counts(&sum));
    assert_eq!(cases.len(), whole.tests);
    cases
}

fn junit(site: &Site, args: &[&str], code: i32) -> BTreeMap<String, &'static str> {
    let ran = site.run(&[args, &["--format", "junit"]].concat()).ends(code);
    let text = String::from_utf8(ran.0.stdout).expect("UTF-8");
    VALUES.iter().for_each(|value| assert!(!text.contains(value), "{value} is in:\n{text}"));
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    cases(&text)
}

#[test]
fn check_speaks_junit_and_calls_nothing_passed_that_was_not_checked() {
    let site = mixed();
    let cases = junit(&site, &["check"], 1);
    let of = |id: &str| cases[id];
    for failed in ["undeclared-party-kind", "unexplained-number", "late-penalty"] {
        assert_eq!(of(failed), "failed", "{failed}");
    }
    for passed in ["bad-date", "empty-table", "unknown-takedown-case"] {
        assert_eq!(of(passed), "passed", "{passed}");
    }
    // No column; made elsewhere; made by no one yet; made when the site is built.
    let skipped = ["missing-legal-review", "stale-review", "late-takedown", "dead-link"];
    // No records of the process, and no prose.
    for skipped in skipped.into_iter().chain(["late-recording-hand-over", "missing-column"]) {
        assert_eq!(of(skipped), "skipped", "{skipped}");
    }
    let built = junit(&site, &["build"], 0);
    assert_eq!((built["dead-link"], built["missing-column"]), ("passed", "skipped"));
    let nothing = junit(&Site::new(), &["check"], 0);
    assert!(nothing.values().all(|v| *v == "skipped" || *v == "passed"));
    assert_eq!(nothing["bad-date"], "skipped", "nothing was read");
}

#[test]
fn a_run_that_stopped_has_passed_nothing() {
    let site = mixed();
    site.write("drops/a/空.csv", "");
    let cases = junit(&site, &["check"], 1);
    assert!(cases.values().all(|v| *v != "passed"), "{cases:?}");
    assert_eq!(cases["empty-table"], "failed");
}

#[test]
fn due_speaks_junit() {
    let site = mixed();
    let cases = junit(&site, &["due"], 3);
    assert_eq!(cases["late-penalty"], "failed");
    assert_eq!(cases["late-takedown"], "passed");
    assert_eq!(cases["expired-certificate"], "skipped", "no list of officers");
    assert_eq!(cases["late-annual-report"], "skipped", "out of season");
    assert_eq!(junit(&Site::new(), &["due"], 0)["late-penalty"], "skipped", "no case");
}

#[test]
fn a_job_has_a_summary_that_adds_up_and_holds_no_value() {
    let site = mixed();
    site.run(&["check", "--summary", "out/摘要.md"]).ends(1);
    let summary = site.read("out/摘要.md");
    let json = site.run(&["check", "--format", "json"]).ends(1).0.stdout;
    let json: Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(assert_adds_up(&summary) as u64, json["summary"]["findings"].as_u64().expect("n"));
    assert!(
        summary.contains("| `undeclared-party-kind`") && summary.contains("收到 4 件"),
        "{summary}"
    );
    assert!(
        summary.contains("不等于通过") && summary.contains("`missing-legal-review`"),
        "{summary}"
    );
    site.run(&["due", "--summary", "out/期限.md"]).ends(3);
    let due = site.read("out/期限.md");
    assert_eq!(assert_adds_up(&due), 4, "{due}");
    assert!(due.contains("逾期 1，临近 0，进行中 3，待定 0"), "{due}");
    site.run(&["check", "--lang", "en", "--summary", "out/en.md"]).ends(1);
    assert!(site.read("out/en.md").contains("which is not passed"));
    for text in [summary, due] {
        VALUES.iter().for_each(|value| assert!(!text.contains(value), "{value} is in:\n{text}"));
        assert!(!text.contains("罚决字"), "no case is named");
    }
}

#[test]
fn the_summary_of_a_run_that_stopped_says_so() {
    let site = mixed();
    site.run(&["check", "--summary", "out/a.md"]).ends(1);
    site.write("drops/a/空.csv", "");
    for verb in ["check", "due"] {
        site.run(&[verb, "--summary", "out/a.md"]).ends(1);
        let summary = site.read("out/a.md");
        assert!(summary.contains("中途停止") && summary.contains("`empty-table`"), "{summary}");
        assert!(!summary.contains("收到 4 件"), "the old one is gone");
    }
}
