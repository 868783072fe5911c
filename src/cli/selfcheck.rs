//! `gongshi selfcheck`: how a year's duties were kept, and a sample of its case files for review (domain D42, D27).
//!
//! Reads the ledger only. The report is for the bureau: it names cases that are not public, by number.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clearance::{CaseKind, RecordKey};
use crate::diag::{Exit, Failure, Lang};
use crate::law::Day;
use crate::ledger::{Digest, Ledger, LineHead, State};

use super::args::{Common, Format, SelfcheckArgs};
use super::root::Root;
use super::terminal::Terminal;

/// The report of one year.
#[derive(Serialize)]
struct Report {
    version: u32,
    year: i32,
    as_of: Day,
    penalties: Figures,
    inspections: Figures,
    /// Cases of no year, since their day cannot be read.
    undated: usize,
    /// What the sample was drawn with; the same seed draws the same files from the same ledger.
    seed: String,
    sample: Vec<Sampled>,
}

/// How the duties of one kind of case were kept.
#[derive(Default, Serialize)]
struct Figures {
    received: u64,
    /// First published by the last lawful day.
    on_time: u64,
    /// Published after it.
    late: u64,
    /// Not published although the day has passed.
    missing: u64,
    /// Not published, and the day has not passed.
    running: u64,
    /// The last lawful day is not known.
    unknown: u64,
    /// Corrections, one for each day and case.
    corrections: u64,
    taken_down: u64,
    /// Taken down after the last lawful day.
    taken_down_late: u64,
    expired: u64,
    /// Withheld, by ground.
    withheld: BTreeMap<String, u64>,
    /// Held, by check.
    held: BTreeMap<String, u64>,
    /// Numbers of those that are late or missing.
    to_explain: Vec<String>,
}

/// One case file of the sample.
#[derive(Serialize)]
struct Sampled {
    kind: CaseKind,
    number: String,
    state: State,
    timing: Timing,
    decided_on: Option<Day>,
    due_on: Option<Day>,
    published_on: Option<Day>,
    corrections: usize,
    /// Checks that hold it.
    held_by: Vec<String>,
    /// Whether a legal review is recorded as passed.
    legal_review: bool,
}

/// How the disclosure of a case stands to its last lawful day.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Timing {
    OnTime,
    Late,
    Missing,
    Running,
    Unknown,
    /// Nothing is to be published.
    None,
}

/// Runs the verb.
///
/// # Errors
/// The ledger cannot be read.
pub(super) fn run(
    common: &Common,
    args: &SelfcheckArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let ledger = Ledger::open(&root.ledger())?;
    let heads: Vec<&LineHead> =
        ledger.slots.iter().map(|slot| &slot.head).filter(|h| h.year() == args.year).collect();
    let today = root.today.day();
    let of = |kind| figures(heads.iter().copied().filter(|h| h.key.kind == kind), today);
    let seed = args.seed.clone().unwrap_or_else(|| args.year.to_string());
    let report = Report {
        version: 1,
        year: args.year,
        as_of: today,
        penalties: of(CaseKind::Penalty),
        inspections: of(CaseKind::Inspection),
        undated: ledger.slots.iter().filter(|slot| slot.head.count.on.is_none()).count(),
        sample: sample(&heads, args.sample, &seed, today),
        seed,
    };
    terminal.result(&match format {
        Format::Json => serde_json::to_string_pretty(&report)
            .map(|text| text + "\n")
            .map_err(|e| Failure::Internal(format!("the report does not serialize: {e}")))?,
        _ => text(&report, terminal.lang),
    })?;
    Ok(Exit::Done)
}

fn timing(head: &LineHead, today: Day) -> Timing {
    match (head.state, head.published_on, head.due_on) {
        (State::Withheld, ..) => Timing::None,
        (_, _, None) => Timing::Unknown,
        (_, Some(on), Some(due)) if on <= due => Timing::OnTime,
        (_, Some(_), Some(_)) => Timing::Late,
        (_, None, Some(due)) if due < today => Timing::Missing,
        (_, None, Some(_)) => Timing::Running,
    }
}

fn figures<'h>(heads: impl Iterator<Item = &'h LineHead>, today: Day) -> Figures {
    let mut figures = Figures::default();
    for head in heads {
        figures.received += 1;
        let timing = timing(head, today);
        match timing {
            Timing::OnTime => figures.on_time += 1,
            Timing::Late => figures.late += 1,
            Timing::Missing => figures.missing += 1,
            Timing::Running => figures.running += 1,
            Timing::Unknown => figures.unknown += 1,
            Timing::None => {}
        }
        if matches!(timing, Timing::Late | Timing::Missing) {
            figures.to_explain.push(head.key.number.clone());
        }
        figures.corrections += head.revisions.len() as u64;
        figures.expired += u64::from(head.state == State::Expired);
        if let Some(tombstone) = &head.tombstone {
            figures.taken_down += 1;
            let late = tombstone.due_on.is_some_and(|due| tombstone.taken_down_on > due);
            figures.taken_down_late += u64::from(late);
        }
        if let (State::Withheld, Some(ground)) = (head.state, head.withheld) {
            *figures.withheld.entry(ground.zh().to_owned()).or_default() += 1;
        }
        if head.state == State::Held {
            for check in &head.held_by {
                *figures.held.entry(check.clone()).or_default() += 1;
            }
        }
    }
    figures.to_explain.sort();
    figures
}

/// Case files in the order of a digest of seed and key: anybody who knows the seed draws the same.
fn sample(heads: &[&LineHead], most: usize, seed: &str, today: Day) -> Vec<Sampled> {
    let mut drawn: Vec<(Digest, &LineHead)> =
        heads.iter().map(|head| (lot(seed, &head.key), *head)).collect();
    drawn.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
    drawn.truncate(most);
    let sampled = |(_, head): (Digest, &LineHead)| Sampled {
        kind: head.key.kind,
        number: head.key.number.clone(),
        state: head.state,
        timing: timing(head, today),
        decided_on: head.count.on,
        due_on: head.due_on,
        published_on: head.published_on,
        corrections: head.revisions.len(),
        held_by: head.held_by.clone(),
        legal_review: head.count.reviewed,
    };
    drawn.into_iter().map(sampled).collect()
}

fn lot(seed: &str, key: &RecordKey) -> Digest {
    let kind = match key.kind {
        CaseKind::Penalty => "penalty",
        CaseKind::Inspection => "inspection",
    };
    let parts = [seed, kind, &key.organ, &key.number, &key.party];
    let pieces: Vec<&[u8]> = parts.iter().flat_map(|part| [part.as_bytes(), b"\n"]).collect();
    Digest::of_all(&pieces)
}

/// Share of those that should stand public and do so in time, in tenths of a percent.
fn rate(figures: &Figures) -> Option<String> {
    let due = figures.on_time + figures.late + figures.missing;
    let tenths = (figures.on_time * 1000).checked_div(due)?;
    Some(format!("{}.{}%", tenths / 10, tenths % 10))
}

fn text(report: &Report, lang: Lang) -> String {
    let mut out = match lang {
        Lang::Zh => format!("{} 年公示自查  截至 {}\n", report.year, report.as_of),
        Lang::En => format!("self-check of {} as of {}\n", report.year, report.as_of),
    };
    let kinds = [
        (&report.penalties, ["行政处罚", "penalties"]),
        (&report.inspections, ["双随机检查", "inspections"]),
    ];
    for (figures, name) in kinds {
        out.push_str(&kind_text(figures, name[usize::from(lang == Lang::En)], lang));
    }
    if report.undated > 0 {
        out.push_str(&match lang {
            Lang::Zh => format!("\n另有 {} 件日期无法识别，未计入任何年度\n", report.undated),
            Lang::En => format!("\n{} more without a readable day, of no year\n", report.undated),
        });
    }
    out.push_str(&match lang {
        Lang::Zh => format!(
            "\n评查样本 {} 件（种子 {}；同一台账用同一种子必得同一样本）\n",
            report.sample.len(),
            report.seed
        ),
        Lang::En => format!(
            "\nsample of {} case files (seed {}: the same ledger gives the same sample)\n",
            report.sample.len(),
            report.seed
        ),
    });
    for one in &report.sample {
        out.push_str(&sampled_text(one, lang));
    }
    out
}

fn kind_text(figures: &Figures, name: &str, lang: Lang) -> String {
    let Figures { received, on_time, late, missing, running, unknown, .. } = figures;
    let Figures { corrections, taken_down, taken_down_late, expired, .. } = figures;
    let share = rate(figures).unwrap_or_else(|| "—".into());
    let withheld: u64 = figures.withheld.values().sum();
    let held = figures.held.iter().map(|(check, n)| format!("{check} {n}")).collect::<Vec<_>>();
    let grounds =
        figures.withheld.iter().map(|(ground, n)| format!("{ground} {n}")).collect::<Vec<_>>();
    let mut out = match lang {
        Lang::Zh => format!(
            "\n{name} {received} 件\n  及时公示率 {share}（按时 {on_time}，逾期 {late}，应公示未公示 {missing}；未到期 {running}，期限不明 {unknown}，不予公开 {withheld}）\n  更正 {corrections} 次 · 撤下 {taken_down} 件（逾期 {taken_down_late}） · 期满 {expired} 件\n"
        ),
        Lang::En => format!(
            "\n{name}: {received}\n  published in time {share} (in time {on_time}, late {late}, missing {missing}; not yet due {running}, unknown {unknown}, withheld {withheld})\n  corrections {corrections} · taken down {taken_down} (late {taken_down_late}) · expired {expired}\n"
        ),
    };
    let lists = [
        ("不予公开", "withheld", grounds),
        ("扣留", "held", held),
        ("须说明", "to explain", figures.to_explain.clone()),
    ];
    for (zh, en, list) in lists.into_iter().filter(|(.., list)| !list.is_empty()) {
        let word = if lang == Lang::Zh { zh } else { en };
        out.push_str(&format!("  {word}  {}\n", list.join("，")));
    }
    out
}

fn sampled_text(one: &Sampled, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let state = match one.state {
        State::Held => ["扣留", "held"],
        State::Withheld => ["不予公开", "withheld"],
        State::Published => ["公示", "published"],
        State::TakenDown => ["撤下", "taken down"],
        State::Suppressed => ["移除", "removed"],
        State::Expired => ["期满", "expired"],
    };
    let timing = match one.timing {
        Timing::OnTime => ["按时", "in time"],
        Timing::Late => ["逾期", "late"],
        Timing::Missing => ["应公示未公示", "missing"],
        Timing::Running => ["未到期", "not yet due"],
        Timing::Unknown => ["期限不明", "unknown"],
        Timing::None => ["—", "—"],
    };
    let review = match (one.legal_review, zh) {
        (true, true) => "  有法制审核",
        (true, false) => "  legal review",
        (false, _) => "",
    };
    let day = |day: Option<Day>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
    let word = |words: [&'static str; 2]| words[usize::from(!zh)];
    format!(
        "  {}  {}  {} → {}  {}{review}{}\n",
        one.number,
        word(state),
        day(one.decided_on),
        day(one.published_on),
        word(timing),
        if one.held_by.is_empty() { String::new() } else { format!("  {}", one.held_by.join(" ")) }
    )
}
