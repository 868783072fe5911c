//! The page of a published case: summary, facts, basis, outcome, remedies, clock, legend, history.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::{
    CaseKind, ClearText, Cut, Disclosure, InspectionDisclosure, PenaltyDisclosure,
};
use crate::diag::Failure;
use crate::law::Day;
use crate::ledger::Standing;
use crate::vocab::{CaseId, CorrectionReason};

use super::super::beside::{Beside, Step};
use super::super::downloads::own_code;
use super::super::forms::LegendRow;
use super::super::head::{Column, Head};
use super::super::paths::{
    case_folder, case_json, column, download, kind_folder, list_folder, year_of,
};
use super::super::press::{Press, READING, Sheet};
use super::super::render::Markup;
use super::super::{Page, Scope, linked};
use super::Crumb;
use super::part::Part;
use super::row::{amount, kinds};

/// One line of the summary.
#[derive(Serialize)]
pub(in crate::site) struct Fact<'a> {
    label: &'static str,
    value: std::borrow::Cow<'a, str>,
}

/// A part is long from so many characters on; so many of it stand open.
const LONG: usize = 1200;
const OPEN: usize = 500;

/// A case beside this one in its year's list.
#[derive(Serialize)]
struct StepView<'a> {
    href: String,
    number: &'a str,
}

impl<'a> StepView<'a> {
    fn of(kind: CaseKind, year: i32, step: &'a Step) -> Self {
        Self { href: case_folder(kind, year, step.id), number: &step.number }
    }
}

/// How the publication term was kept.
#[derive(Serialize)]
struct ClockView<'a> {
    start: String,
    due: Option<String>,
    published: String,
    on_time: Option<bool>,
    length: Option<u32>,
    unit: Option<&'a str>,
    cite: &'a str,
}

#[derive(Serialize)]
struct LegendView<'a> {
    row: &'a LegendRow,
    count: u32,
}

#[derive(Serialize)]
pub(in crate::site) struct RevisionView {
    on: String,
    fields: String,
    reason: Option<&'static str>,
    document: Option<String>,
    /// The post of who approved it.
    pub(in crate::site) approved_by: Option<String>,
}

/// A time during which the case was down.
#[derive(Serialize)]
struct GapView {
    from: String,
    until: String,
    ground: &'static str,
    set_aside: String,
    decided_on: String,
}

#[derive(Serialize)]
struct CaseView<'a> {
    crumbs: Vec<Crumb>,
    id: &'a str,
    penalty: bool,
    column: &'static str,
    year: i32,
    number: &'a str,
    party: &'a str,
    parties: Vec<&'a str>,
    about: &'a str,
    facts: Vec<Fact<'a>>,
    parts: Vec<Part<'a>>,
    clock: ClockView<'a>,
    legend: Vec<LegendView<'a>>,
    revisions: Vec<RevisionView>,
    waits: bool,
    gaps: Vec<GapView>,
    permalink: String,
    qr: Option<Markup>,
    csv: String,
    json: String,
    newer: Option<StepView<'a>>,
    older: Option<StepView<'a>>,
}

/// The page.
pub(in crate::site) fn page(
    press: &Press,
    case: &Standing,
    beside: &Beside,
) -> Result<Page, Failure> {
    let not_published =
        || Failure::Internal("a case page was asked for an unpublished case".into());
    let disclosure = case.disclosure.as_ref().ok_or_else(not_published)?;
    let id = case.id.ok_or_else(not_published)?;
    let (kind, year) = (case.key.kind, year_of(case));
    let folder = case_folder(kind, year, id);
    let permalink = format!("{}{folder}", press.bureau.base_url.as_deref().unwrap_or("/"));
    let step = |step: Option<_>| step.map(|s| StepView::of(kind, year, s));
    let view = CaseView {
        crumbs: crumbs(kind, year),
        id: id.as_str(),
        penalty: kind == CaseKind::Penalty,
        column: column(kind),
        year,
        number: disclosure.number(),
        party: disclosure.party(),
        parties: parties(disclosure.party()),
        about: about(disclosure),
        facts: facts(disclosure, case.until),
        parts: parts(disclosure),
        clock: clock(press, case, disclosure),
        legend: legend(press, cuts(disclosure)),
        revisions: case.revisions.iter().rev().map(RevisionView::of).collect(),
        waits: case.waits,
        gaps: case.gaps.iter().rev().map(gap).collect(),
        qr: own_address(press, (kind, year), id),
        permalink,
        csv: download(kind, year, "csv"),
        json: download(kind, year, "json"),
        newer: step(beside.newer.as_ref()),
        older: step(beside.older.as_ref()),
    };
    let title = format!("{} {}", view.number, view.party);
    let open_data = press.lists(case).then(|| case_json(kind, year, id));
    let of_kind = kind_folder(kind);
    let steps = [("事后公开", "shihou/"), (view.column, &of_kind), (view.number, &folder)];
    let trail = linked::trail(press, &steps);
    let head = Head {
        title: &title,
        column: Some(Column {
            name: view.column,
            describes: "行政执法结果公示",
            keywords: view.column,
        }),
        article: case.published_on,
        alternate: open_data.as_deref().map(|path| ("application/json", path)),
        linked: trail.as_ref(),
        ..Head::default()
    };
    let sheet = Sheet {
        path: format!("{folder}index.html"),
        scope: Scope::Case(id),
        template: "case.html",
        shell: READING,
        section: "shihou",
        head,
    };
    press.print(sheet, &view)
}

/// The lists the case stands in.
fn crumbs(kind: CaseKind, year: i32) -> Vec<Crumb> {
    let of_kind = Crumb::new(column(kind), kind_folder(kind));
    vec![Crumb::after(), of_kind, Crumb::new(format!("{year}年"), list_folder(kind, year, 1))]
}

/// The code that leads to the page, where the site's address is known.
fn own_address(press: &Press, (kind, year): (CaseKind, i32), id: CaseId) -> Option<Markup> {
    let base = press.bureau.base_url.as_ref()?;
    press.codes.drawing(&format!("{base}{}{year}/", kind_folder(kind)), id)
}

/// The parties one by one, where the export names several; none for one alone.
fn parties(party: &str) -> Vec<&str> {
    let all: Vec<&str> =
        party.split(['；', ';', '\n']).map(str::trim).filter(|p| !p.is_empty()).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

fn about(disclosure: &Disclosure) -> &str {
    match disclosure {
        Disclosure::Penalty(p) => p.violation().as_str(),
        Disclosure::Inspection(i) => i.item().as_str(),
    }
}

fn cuts(disclosure: &Disclosure) -> &[Cut] {
    match disclosure {
        Disclosure::Penalty(p) => p.cuts(),
        Disclosure::Inspection(i) => i.cuts(),
    }
}

/// Collects the lines that have a value.
struct Facts<'a>(Vec<Fact<'a>>);

impl<'a> Facts<'a> {
    fn text(&mut self, label: &'static str, value: Option<&'a str>) {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            self.0.push(Fact { label, value: value.into() });
        }
    }

    fn made(&mut self, label: &'static str, value: Option<String>) {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            self.0.push(Fact { label, value: value.into() });
        }
    }
}

/// The lines of the summary.
pub(in crate::site) fn facts(disclosure: &Disclosure, until: Option<Day>) -> Vec<Fact<'_>> {
    let mut facts = Facts(match disclosure {
        Disclosure::Penalty(p) => penalty_facts(p),
        Disclosure::Inspection(i) => inspection_facts(i),
    });
    facts.made("公示截止日期", until.map(|d| d.to_string()));
    facts.0
}

fn penalty_facts(p: &PenaltyDisclosure) -> Vec<Fact<'_>> {
    let yuan = |m: &Option<crate::vocab::Money>| m.map(|m| format!("{} 元", m.yuan_text()));
    let mut facts = Facts(Vec::with_capacity(16));
    facts.text("执法机关", Some(p.organ().as_str()));
    facts.text("办案单位", p.unit().as_ref().map(|t| t.as_str()));
    facts.text("行政相对人", Some(p.party().as_str()));
    facts.text("相对人类别", Some(p.party_kind().zh()));
    facts.text("统一社会信用代码", own_code(p.credit_code().as_ref()).map(|c| c.as_str()));
    facts.text("违法行为", Some(p.violation().as_str()));
    facts.made("处罚类别", Some(kinds(p.kinds())));
    facts.text("处罚程序", p.procedure().map(|k| k.zh()));
    facts.made("罚款金额", yuan(p.fine()));
    facts.made("没收金额", yuan(p.confiscated()));
    if p.fine().is_some() && p.confiscated().is_some() {
        facts.made("罚没合计", amount(*p.fine(), *p.confiscated()).map(|a| format!("{a} 元")));
    }
    facts.text("涉及的许可证件", p.permit().as_ref().map(|t| t.as_str()));
    facts.made("执法人员", Some(names(p.officers())));
    facts.made("决定日期", Some(p.decided_on().to_string()));
    facts.made("处罚有效期至", p.valid_until().map(|d| d.to_string()));
    facts.0
}

fn inspection_facts(i: &InspectionDisclosure) -> Vec<Fact<'_>> {
    let mut facts = Facts(Vec::with_capacity(12));
    facts.text("检查机关", Some(i.organ().as_str()));
    facts.text("检查对象", Some(i.party().as_str()));
    facts.text("对象类别", Some(i.party_kind().zh()));
    facts.text("统一社会信用代码", own_code(i.credit_code().as_ref()).map(|c| c.as_str()));
    facts.text("抽查计划", i.plan().as_ref().map(|t| t.as_str()));
    facts.text("抽查事项", Some(i.item().as_str()));
    facts.text("检查方式", i.method().as_ref().map(|t| t.as_str()));
    facts.made("检查人员", Some(names(i.officers())));
    facts.made("检查日期", i.inspected_on().map(|d| d.to_string()));
    facts.made("结果作出日期", Some(i.result_on().to_string()));
    facts.0
}

fn names(officers: &[ClearText]) -> String {
    officers.iter().map(|o| o.as_str()).collect::<Vec<_>>().join("、")
}

fn part<'a>(title: &'static str, text: &'a ClearText) -> Option<Part<'a>> {
    let lines = text.as_str().lines().map(str::trim);
    let mut paragraphs: Vec<&str> = lines.filter(|l| !l.is_empty()).collect();
    if paragraphs.is_empty() {
        return None;
    }
    let length = |p: &&str| p.chars().count();
    let mut more = Vec::new();
    if paragraphs.iter().map(length).sum::<usize>() >= LONG {
        let mut open = 0;
        let mut fits = |p: &&str| {
            let before = open;
            open += length(p);
            before < OPEN
        };
        more = paragraphs.split_off(paragraphs.iter().take_while(|p| fits(p)).count());
    }
    Some(Part { title, paragraphs, more })
}

/// The parts of the text.
pub(in crate::site) fn parts(disclosure: &Disclosure) -> Vec<Part<'_>> {
    let all = match disclosure {
        Disclosure::Penalty(p) => vec![
            part("违法事实", p.facts()),
            part("处罚依据", p.basis()),
            part("处罚结论", p.content()),
        ],
        Disclosure::Inspection(i) => vec![part("检查结果", i.result())],
    };
    all.into_iter().flatten().collect()
}

fn clock<'a>(press: &'a Press, case: &Standing, disclosure: &Disclosure) -> ClockView<'a> {
    let term = press.forms.clock(match case.key.kind {
        CaseKind::Penalty => "penalty-disclosure",
        CaseKind::Inspection => "inspection-disclosure",
    });
    ClockView {
        start: disclosure.day_zero().to_string(),
        due: case.due_on.map(|d| d.to_string()),
        published: case.published_on.map(|d| d.to_string()).unwrap_or_default(),
        on_time: case.on_time(),
        length: term.and_then(|t| t.length),
        unit: term.and_then(|t| t.unit.as_deref()),
        cite: term.map_or("", |t| t.cite.as_str()),
    }
}

/// One row for each thing that was left out, with how often.
fn legend<'a>(press: &'a Press, cuts: &[Cut]) -> Vec<LegendView<'a>> {
    let mut counts: BTreeMap<&str, LegendView<'_>> = BTreeMap::new();
    for cut in cuts {
        let row = press.forms.legend.row(cut.rule());
        counts.entry(row.zh.as_str()).or_insert(LegendView { row, count: 0 }).count += cut.count();
    }
    counts.into_values().collect()
}

/// The fields of a correction; one that protects a person is not described beyond its reason.
pub(in crate::site) fn fields_of(revision: &crate::ledger::Revision) -> String {
    match revision.reason {
        Some(CorrectionReason::PersonalInformation) => "不列明".to_owned(),
        _ => revision.fields.join("、"),
    }
}

impl RevisionView {
    /// What is told of a correction.
    pub(in crate::site) fn of(revision: &crate::ledger::Revision) -> Self {
        let protects = revision.reason == Some(CorrectionReason::PersonalInformation);
        let is_described = !protects && !revision.fields.is_empty();
        Self {
            on: revision.on.to_string(),
            fields: fields_of(revision),
            reason: revision.reason.map(CorrectionReason::zh),
            document: revision.document.clone().filter(|_| is_described),
            approved_by: revision.approved_by.clone().filter(|_| is_described),
        }
    }
}

fn gap(gap: &crate::ledger::Gap) -> GapView {
    GapView {
        from: gap.from.to_string(),
        until: gap.until.to_string(),
        ground: gap.ground.zh(),
        set_aside: gap.set_aside.document.clone(),
        decided_on: gap.set_aside.decided_on.to_string(),
    }
}
