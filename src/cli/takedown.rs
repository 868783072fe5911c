//! `gongshi takedown`: shows what would change; with `--yes`, does it and rebuilds the site.

use crate::clearance::{CaseKind, TakedownOrder};
use crate::diag::{Exit, Failure, Place};
use crate::ledger::{Ledger, State};
use crate::vocab::{CaseId, DecisionNumber, Ground, document_name};

use super::args::{BuildArgs, Common, TakedownArgs};
use super::build::Work;
use super::report;
use super::root::Root;
use super::terminal::Terminal;
use super::timings::Timings;

/// Runs the verb.
///
/// # Errors
/// No such published case, no such ground, a date that cannot be, or a build that fails.
pub(super) fn run(
    common: &Common,
    args: &TakedownArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let order = order(&root, args)?;
    if !args.yes {
        plan(&root, &order, terminal)?;
        return Ok(Exit::Done);
    }
    let build = BuildArgs {
        drops: args.drops.clone(),
        out: args.out.clone(),
        strict: false,
        fail_on: Vec::new(),
        key: None,
        timings: false,
    };
    let orders = [order];
    let timings = Timings::new(false);
    let work = Work { root: &root, args: &build, orders: &orders, timings: &timings };
    let built = work.carry_out(terminal).inspect_err(|failure| {
        // The failure itself is told by the caller; a closed output adds nothing to it.
        let _ = report::failure(failure, &root, common, terminal);
    })?;
    report::outcome(&built.findings, Some(&built.summary), &root.law, common, terminal)?;
    Ok(Exit::Done)
}

fn order(root: &Root, args: &TakedownArgs) -> Result<TakedownOrder, Failure> {
    let ground = Ground::parse(&args.reason).ok_or_else(|| {
        let known: Vec<&str> = Ground::ALL.iter().map(|g| g.code()).collect();
        Failure::Usage {
            zh: format!("没有这种撤下事由；可用：{}", known.join("、")),
            en: format!("no such ground; use one of {}", known.join(", ")),
        }
    })?;
    let effective_on = args.effective_on.unwrap_or(args.decided_on);
    let document = document_name(&args.document);
    if effective_on > root.today.day() || args.decided_on > effective_on {
        return Err(Failure::Usage {
            zh: "撤下所依据的文书须已生效，文书日期不得晚于生效日期".into(),
            en: "a takedown needs a document that has taken effect, not dated after it".into(),
        });
    }
    let document = document.ok_or_else(|| Failure::Usage {
        zh: "请写明文书的种类和文号，如 行政复议决定书 示府复〔2026〕3号；公告只登载这两项".into(),
        en: "give kind and number of the document, as in 行政复议决定书 示府复〔2026〕3号; only these are published".into(),
    })?;
    let (kind, number, id) = find(root, &args.id)?;
    Ok(TakedownOrder {
        kind,
        number,
        ground,
        document,
        authority: args.authority.clone(),
        decided_on: args.decided_on,
        effective_on,
        place: Place::File { file: "takedown".into() },
        id,
    })
}

/// The case by its id or its number, if it stands published.
fn find(root: &Root, asked: &str) -> Result<(CaseKind, String, Option<CaseId>), Failure> {
    let ledger = Ledger::open(&root.ledger())?;
    let id = CaseId::parse(asked);
    let number = DecisionNumber::parse(asked).ok();
    let found = ledger.slots.iter().find(|slot| {
        (id.is_some() && slot.head.id == id)
            || number.as_ref().is_some_and(|n| n.as_str() == slot.head.key.number)
    });
    match found.map(|slot| (slot.head.state, &slot.head.key)) {
        Some((State::Published | State::Expired | State::TakenDown, key)) => {
            Ok((key.kind, key.number.clone(), id))
        }
        Some((State::Held | State::Withheld, _)) => Err(Failure::Usage {
            zh: "该案尚未公示，无需撤下".into(),
            en: "this case is not published".into(),
        }),
        None => Err(Failure::Usage {
            zh: "台账中没有这个编号或文号的案件".into(),
            en: "the ledger knows no case by this id or number".into(),
        }),
    }
}

/// Says what `--yes` would do.
fn plan(root: &Root, order: &TakedownOrder, terminal: &Terminal) -> Result<(), Failure> {
    let due =
        root.law.term("takedown").and_then(|t| t.due(&root.law.calendar, order.effective_on).ok());
    let due = due.map_or_else(String::new, |d| d.on.to_string());
    let text = match terminal.lang {
        crate::diag::Lang::Zh => format!(
            "将撤下 {}\n  事由    {}（{}）\n  文书    {}\n  应于    {due} 前撤下\n  改动    案件页改为撤下说明；列表、统计之外的下载、订阅、站点地图中移除；/chexia/ 增加公告\n  未执行  确认请加 --yes\n",
            order.number,
            order.ground.zh(),
            order.ground.code(),
            order.document,
        ),
        crate::diag::Lang::En => format!(
            "would take down {}\n  ground    {}\n  document  {}\n  due       {due}\n  changes   the case page becomes a notice; lists, downloads, feed and sitemap lose it; /chexia/ gains a notice\n  nothing done: add --yes\n",
            order.number,
            order.ground.code(),
            order.document,
        ),
    };
    terminal.result(&text)
}
