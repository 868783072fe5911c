//! `gongshi correct`: corrects one column of a published case, on a document.
//!
//! The correction is written into the drop that the case stands from, as 更正.yml: raw text stays among raw
//! data, is vetted and redacted with its row, and holds as often as the drop is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::clearance::DropFolder;
use crate::diag::{Exit, Failure, Lang};
use crate::law::written_rules;
use crate::ledger::{Ledger, LineHead, Move};
use crate::publish;
use crate::vocab::{
    CaseId, CorrectionReason, CreditCode, DecisionNumber, document_name, post_alone,
};

use super::args::{Common, CorrectArgs};
use super::build::Work;
use super::check::aside;
use super::order;
use super::plan::Plan;
use super::report;
use super::root::Root;
use super::terminal::Terminal;
use super::timings::Timings;

/// The file a correction is written to.
const FILE: &str = "更正.yml";

/// One entry of that file.
#[derive(Serialize)]
struct Entry<'a> {
    #[serde(rename = "文号")]
    number: &'a str,
    #[serde(rename = "统一社会信用代码", skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(rename = "栏目")]
    field: &'a str,
    #[serde(rename = "内容")]
    text: &'a str,
    #[serde(rename = "事由")]
    reason: &'static str,
    #[serde(rename = "依据文书")]
    document: &'a str,
    #[serde(rename = "文书日期")]
    decided_on: String,
    #[serde(rename = "批准人职务", skip_serializing_if = "Option::is_none")]
    approved_by: Option<&'a str>,
}

/// Runs the verb.
///
/// # Errors
/// No such published case, a drop that is not there, a correction that changes nothing or is refused, or a
/// build that fails.
pub(super) fn run(
    common: &Common,
    args: &CorrectArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let (head, has_others) = standing(&root, &args.id)?;
    let entry = entry(&root, (&head, has_others), args)?;
    let drops = root.drops(&args.doing.drops)?;
    let file = place(&drops, &head)?;
    let build = args.doing.build();
    let timings = Timings::new(false);
    // Raw text of this run only, in a folder that goes with it.
    let aside = aside()?;
    let draft = aside.path().join(FILE);
    publish::replace(&draft, entry.as_bytes())?;
    let extra = Some((Arc::clone(&head.drop), draft));
    let mut work = Work { root: &root, args: &build, orders: &[], extra, timings: &timings };
    let plan = work
        .rehearse(terminal, |settled, site| {
            Plan::of(&root, settled, site, (&args.document, terminal.lang))
        })
        .inspect_err(|failure| tell(failure, &root, common, terminal))?;
    if !plan.touches(head.id) {
        return Err(no_effect());
    }
    if !args.doing.yes {
        return order::show(&plan, common, terminal);
    }
    work.extra = None;
    let written = Written::put(&file, &entry)?;
    match work.carry_out(terminal) {
        Ok(built) => order::tell_built(&built, (&root, common), terminal),
        Err(failure) => {
            tell(&failure, &root, common, terminal);
            written.take_back()?;
            Err(failure)
        }
    }
}

fn tell(failure: &Failure, root: &Root, common: &Common, terminal: &Terminal) {
    // The failure itself is told by the caller; a closed output adds nothing to it.
    let _ = report::failure(failure, root, common, terminal);
}

/// The case, which must stand published, and whether its number has other cases.
fn standing(root: &Root, asked: &str) -> Result<(LineHead, bool), Failure> {
    let ledger = Ledger::open(&root.ledger())?;
    let numbers: Vec<String> = ledger.slots.iter().map(|s| s.head.key.number.clone()).collect();
    let id = CaseId::parse(asked);
    let number = DecisionNumber::parse(asked).ok();
    let found = ledger.slots.into_iter().map(|slot| slot.head).find(|head| {
        (id.is_some() && head.id == id)
            || head.key.number == asked
            || number.as_ref().is_some_and(|n| n.as_str() == head.key.number)
    });
    let head = found.ok_or_else(|| Failure::Usage {
        zh: "台账中没有这个编号或文号的案件".into(),
        en: "the ledger knows no case by this id or number".into(),
    })?;
    match Move::Correct.refusal(head.state) {
        None => {
            let has_others =
                numbers.iter().filter(|number| **number == head.key.number).count() > 1;
            Ok((head, has_others))
        }
        Some(refusal) => Err(Failure::State {
            zh: format!("未执行（unlawful-transition）：{}", refusal.note().text(Lang::Zh)),
            en: format!("not done (unlawful-transition): {}", refusal.note().text(Lang::En)),
        }),
    }
}

/// The entry as text, checked as far as the command line can.
fn entry(
    root: &Root,
    (head, has_others): (&LineHead, bool),
    args: &CorrectArgs,
) -> Result<String, Failure> {
    let code = CreditCode::parse(&head.key.party).map(|_| head.key.party.as_str());
    if has_others && code.is_none() {
        return Err(Failure::Usage {
            zh: format!(
                "同一编号有多个检查对象，而该对象没有统一社会信用代码；请在 {FILE} 中以“检查对象”写明是哪一个"
            ),
            en: format!(
                "this number has several parties and this one no credit code: name it in {FILE} by 检查对象"
            ),
        });
    }
    let reason = CorrectionReason::parse(&args.reason).ok_or_else(|| {
        let known: Vec<&str> = CorrectionReason::ALL.iter().map(|r| r.code()).collect();
        Failure::Usage {
            zh: format!(
                "没有这种更正事由；可用：{}。决定被变更的，用 gongshi takedown --reason altered --replaced-by 新文号",
                known.join("、")
            ),
            en: format!(
                "no such reason; use one of {}. What was altered is taken down: gongshi takedown --reason altered --replaced-by NUMBER",
                known.join(", ")
            ),
        }
    })?;
    if document_name(&args.document).is_none() {
        return Err(Failure::Usage {
            zh: "请写明文书的种类和文号，如 更正通知书 示城管更〔2026〕3号".into(),
            en: "give kind and number of the document, as in 更正通知书 示城管更〔2026〕3号".into(),
        });
    }
    if args.approved_by.as_deref().is_some_and(|post| post_alone(post).is_none()) {
        return Err(Failure::Usage {
            zh: "批准人只写职务，如 法制科科长，不写姓名".into(),
            en: "the approver is a post, as in 法制科科长, never a name".into(),
        });
    }
    let today = root.today.day();
    let decided_on = args.decided_on.unwrap_or(today);
    if decided_on > today {
        return Err(Failure::Usage {
            zh: "文书日期不得晚于今天".into(),
            en: "the document is dated after today".into(),
        });
    }
    let entry = Entry {
        number: &head.key.number,
        code,
        field: &args.field,
        text: &args.to,
        reason: reason.zh(),
        document: &args.document,
        decided_on: decided_on.to_string(),
        approved_by: args.approved_by.as_deref(),
    };
    written_rules(FILE, &[entry])
}

/// The file of corrections of the drop that the case stands from.
fn place(drops: &[DropFolder], head: &LineHead) -> Result<PathBuf, Failure> {
    let drop = drops.iter().find(|drop| drop.name == head.drop);
    let known = drop.and_then(|d| d.corrections.first().cloned());
    let beside = || drop?.files.first()?.parent().map(|folder| folder.join(FILE));
    known.or_else(beside).ok_or_else(|| Failure::Usage {
        zh: format!(
            "该案出自批次 {}，它不在数据目录中；更正须连同原数据重新脱敏，请放回后再试",
            head.drop
        ),
        en: format!(
            "the case stands from the drop {}, which is not there; a correction is redacted together with its row: put it back",
            head.drop
        ),
    })
}

fn no_effect() -> Failure {
    Failure::State {
        zh: "未执行：更正后公示内容没有变化，或者更正后的内容未通过检查；用 gongshi check 查看".into(),
        en: "not done: the public content would not change, or the corrected row is held; see gongshi check".into(),
    }
}

/// A file with the entry added, and how to have it as it was.
struct Written {
    path: PathBuf,
    before: Option<Vec<u8>>,
}

impl Written {
    fn put(path: &Path, entry: &str) -> Result<Self, Failure> {
        let before = path.exists().then(|| std::fs::read(path)).transpose();
        let before = before.map_err(|cause| Failure::Read { path: path.to_path_buf(), cause })?;
        let mut text = before.clone().unwrap_or_default();
        if text.last().is_some_and(|b| *b != b'\n') {
            text.push(b'\n');
        }
        text.extend_from_slice(entry.as_bytes());
        publish::replace(path, &text)?;
        Ok(Self { path: path.to_path_buf(), before })
    }

    fn take_back(self) -> Result<(), Failure> {
        match self.before {
            Some(bytes) => publish::replace(&self.path, &bytes),
            None => std::fs::remove_file(&self.path)
                .map_err(|cause| Failure::Write { path: self.path, cause }),
        }
    }
}
