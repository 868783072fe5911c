//! A sheet as JUnit XML, the form build servers read: one test case a rule.
//!
//! A rule with errors or warnings has failed; one that was not checked is skipped, never passed.

use super::super::{Lang, Place};
use super::marks::escaped;
use super::sheet::{Level, Outcome, Rule};
use super::{Sheet, file_of};

/// At most so many results of one rule are listed.
const SHOWN: usize = 50;

/// What became of one rule.
struct Case {
    group: &'static str,
    failed: bool,
    skipped: bool,
    xml: String,
}

/// The whole document, with its declaration and a line end.
pub(crate) fn render(sheet: &Sheet) -> String {
    let cases: Vec<Case> = sheet.rules.iter().map(|rule| case(sheet, rule)).collect();
    let mut groups: Vec<&str> = Vec::new();
    for case in &cases {
        if !groups.contains(&case.group) {
            groups.push(case.group);
        }
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<testsuites name=\"gongshi\" {}>\n", tally(cases.iter()).0));
    for group in groups {
        let of_group = || cases.iter().filter(|case| case.group == group);
        let (counts, skipped) = tally(of_group());
        out.push_str(&format!("  <testsuite name=\"{group}\" {counts} skipped=\"{skipped}\">\n"));
        of_group().for_each(|case| out.push_str(&case.xml));
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Numbers of tests, of those that failed and of those skipped; the schema knows the last of a suite only.
fn tally<'c>(cases: impl Iterator<Item = &'c Case>) -> (String, usize) {
    let (mut tests, mut failures, mut skipped) = (0_usize, 0_usize, 0_usize);
    for case in cases {
        tests += 1;
        failures += usize::from(case.failed);
        skipped += usize::from(case.skipped);
    }
    (format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\""), skipped)
}

fn case(sheet: &Sheet, rule: &Rule) -> Case {
    let outcomes: Vec<&Outcome> = sheet.of(&rule.id).collect();
    let is_fault = |o: &&Outcome| matches!(o.level, Level::Error | Level::Warning);
    let (faults, others): (Vec<&Outcome>, Vec<&Outcome>) = outcomes.into_iter().partition(is_fault);
    let open = others.iter().any(|o| o.level == Level::Open);
    let reason = sheet.unchecked.get(&rule.id).map(String::as_str);
    let failed = !faults.is_empty();
    let skipped = !failed && (reason.is_some() || open);
    let mut body = String::new();
    if failed {
        let level =
            if faults.iter().any(|o| o.level == Level::Error) { "error" } else { "warning" };
        let mut lines = lines(&faults, sheet.lang);
        lines.extend(reason.map(str::to_owned));
        lines.extend(sheet.bases(&rule.id).into_iter().map(|basis| based(basis, sheet.lang)));
        body.push_str(&format!(
            "      <failure type=\"{level}\" message=\"{}\">{}</failure>\n",
            escaped(&headline(rule, faults.len(), sheet.lang)),
            escaped(&lines.join("\n")),
        ));
    } else if skipped {
        let unknown =
            if sheet.lang == Lang::Zh { "尚不能判断" } else { "cannot be judged yet" };
        let reason = escaped(reason.unwrap_or(unknown));
        body.push_str(&format!("      <skipped message=\"{reason}\"/>\n"));
    }
    if !others.is_empty() {
        let lines = lines(&others, sheet.lang).join("\n");
        body.push_str(&format!("      <system-out>{}</system-out>\n", escaped(&lines)));
    }
    let head = format!("    <testcase classname=\"gongshi.{}\" name=\"{}\"", rule.group, rule.id);
    let xml = if body.is_empty() {
        format!("{head}/>\n")
    } else {
        format!("{head}>\n{body}    </testcase>\n")
    };
    Case { group: rule.group, failed, skipped, xml }
}

fn based(basis: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("依据：{basis}"),
        Lang::En => format!("basis: {basis}"),
    }
}

fn headline(rule: &Rule, count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（{count} 处）", rule.title),
        Lang::En => format!("{} ({count})", rule.title),
    }
}

fn lines(outcomes: &[&Outcome], lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> =
        outcomes.iter().take(SHOWN).map(|outcome| line(outcome, lang)).collect();
    if outcomes.len() > SHOWN {
        let more = outcomes.len() - SHOWN;
        lines.push(match lang {
            Lang::Zh => format!("另有 {more} 处"),
            Lang::En => format!("and {more} more"),
        });
    }
    lines
}

fn line(outcome: &Outcome, lang: Lang) -> String {
    let at = outcome.place.as_ref().map(|place| file_of(place, lang)).unwrap_or_default();
    let row = match (&outcome.place, lang) {
        (Some(Place::Cell { row, .. }), Lang::Zh) => format!(" 第 {row} 行 "),
        (Some(Place::Cell { row, .. }), Lang::En) => format!(" row {row} "),
        (Some(_), _) => " ".to_owned(),
        (None, _) => String::new(),
    };
    format!("{at}{row}{}", outcome.message)
}
