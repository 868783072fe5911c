//! `gongshi takedown`: shows what would change; with `--yes`, does it and rebuilds the site.

use crate::diag::{Exit, Failure};
use crate::vocab::{Act, CaseId, DecisionNumber, Ground};

use super::args::{Common, TakedownArgs};
use super::order::{self, Meant};
use super::root::Root;
use super::terminal::Terminal;

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
    let ground = Ground::parse(&args.reason).ok_or_else(|| {
        let known: Vec<&str> = Ground::ALL.iter().map(|g| g.code()).collect();
        Failure::Usage {
            zh: format!("没有这种撤下事由；可用：{}", known.join("、")),
            en: format!("no such ground; use one of {}", known.join(", ")),
        }
    })?;
    let meant = Meant::find(&root, &args.id)?;
    let mut order = meant.order(&root, (Act::TakeDown(ground), "takedown"), &args.order)?;
    order.replaced_by = args.replaced_by.as_deref().map(replacement).transpose()?;
    if args.order.doing.yes && ground == Ground::PersonalInformation {
        confirm(&meant, args.confirm.as_deref(), terminal)?;
    }
    order::carry_out((&root, common), order, &args.order, terminal)
}

fn replacement(text: &str) -> Result<String, Failure> {
    match DecisionNumber::parse(text) {
        Ok(number) => Ok(number.as_str().to_owned()),
        Err(_) => Err(Failure::Usage {
            zh: "替代文号不是决定书文号".into(),
            en: "the replacement is no decision number".into(),
        }),
    }
}

/// What leaves without a notice cannot be found again by the public: the case id must be given twice.
fn confirm(meant: &Meant, given: Option<&str>, terminal: &Terminal) -> Result<(), Failure> {
    let Some(id) = meant.id else { return Ok(()) };
    let typed = match given {
        Some(given) => Some(given.to_owned()),
        None => terminal.ask(
            &format!("移除后不留公告。请再输入一遍案件编号 {id}："),
            &format!("No notice will be left. Type the case id {id} once more: "),
        )?,
    };
    if typed.as_deref().and_then(CaseId::parse) == Some(id) {
        return Ok(());
    }
    Err(Failure::Usage {
        zh: format!("未执行：请用 --confirm {id} 再写一遍案件编号"),
        en: format!("not done: give the case id once more with --confirm {id}"),
    })
}
