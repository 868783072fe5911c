//! Orders given by hand: finds the case, shows what would change, and does it with `--yes`.

use crate::clearance::{CaseKind, TakedownOrder};
use crate::diag::{Exit, Failure, Place};
use crate::ledger::Ledger;
use crate::vocab::{Act, CaseId, DecisionNumber, authority_name, document_name};

use super::args::{Common, Format, OrderArgs};
use super::build::{Built, Work};
use super::plan::Plan;
use super::report::{self, Reader};
use super::root::Root;
use super::terminal::Terminal;
use super::timings::Timings;

/// The one case an order means.
pub(super) struct Meant {
    /// Its kind.
    pub(super) kind: CaseKind,
    /// Its number.
    pub(super) number: String,
    /// Its id, once it has one.
    pub(super) id: Option<CaseId>,
    /// Whether it was asked for by its id.
    by_id: bool,
}

impl Meant {
    /// The case by its id or its number.
    ///
    /// # Errors
    /// The ledger knows no such case.
    pub(super) fn find(root: &Root, asked: &str) -> Result<Self, Failure> {
        let ledger = Ledger::open(&root.ledger())?;
        let id = CaseId::parse(asked);
        let number = DecisionNumber::parse(asked).ok();
        let found = ledger.slots.iter().find(|slot| {
            (id.is_some() && slot.head.id == id)
                || slot.head.key.number == asked
                || number.as_ref().is_some_and(|n| n.as_str() == slot.head.key.number)
        });
        let found = found.ok_or_else(|| Failure::Usage {
            zh: "台账中没有这个编号或文号的案件".into(),
            en: "the ledger knows no case by this id or number".into(),
        })?;
        let key = &found.head.key;
        let by_id = id.is_some() && found.head.id == id;
        Ok(Self { kind: key.kind, number: key.number.clone(), id: found.head.id, by_id })
    }

    /// The order about it.
    ///
    /// # Errors
    /// A document that cannot be told, has not taken effect, or is dated after it did.
    pub(super) fn order(
        &self,
        root: &Root,
        (act, verb): (Act, &'static str),
        args: &OrderArgs,
    ) -> Result<TakedownOrder, Failure> {
        let effective_on = args.effective_on.unwrap_or(args.decided_on);
        if effective_on > root.today.day() || args.decided_on > effective_on {
            return Err(Failure::Usage {
                zh: "所依据的文书须已生效，文书日期不得晚于生效日期".into(),
                en: "the document must have taken effect, and not be dated after it did".into(),
            });
        }
        let document = document_name(&args.document).ok_or_else(|| Failure::Usage {
            zh: "请写明文书的种类和文号，如 行政复议决定书 示府复〔2026〕3号；公告只登载这两项".into(),
            en: "give kind and number of the document, as in 行政复议决定书 示府复〔2026〕3号; only these are published".into(),
        })?;
        // It is public as it stands: no name of a person, no number.
        let organ = |text: &String| {
            authority_name(text).ok_or_else(|| Failure::Usage {
            zh: "--authority 只写作出文书的机关全称，如 示例市人民政府；公告照登".into(),
            en: "--authority is the full name of an organ, as in 示例市人民政府; it is published".into(),
        })
        };
        let authority = args.authority.as_ref().map(organ).transpose()?;
        Ok(TakedownOrder {
            kind: self.kind,
            number: self.number.clone(),
            act,
            document,
            authority,
            decided_on: args.decided_on,
            effective_on,
            replaced_by: None,
            place: Place::File { file: verb.into() },
            party: None,
            id: self.id.filter(|_| self.by_id),
        })
    }
}

/// Shows what the order would change; with `--yes`, carries it out.
///
/// # Errors
/// The case's state does not admit it, or a build that fails.
pub(super) fn carry_out(
    (root, common): (&Root, &Common),
    order: TakedownOrder,
    args: &OrderArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let build = args.doing.build();
    let orders = [order];
    let timings = Timings::new(false);
    let work = Work { root, args: &build, orders: &orders, extra: None, timings: &timings };
    if !args.doing.yes {
        let plan = work.rehearse(terminal, |settled, site| {
            Plan::of(root, settled, site, (&orders[0].document, terminal.lang))
        })?;
        return show(&plan, common, terminal);
    }
    let built = work.carry_out(terminal).inspect_err(|failure| {
        // The failure itself is told by the caller; a closed output adds nothing to it.
        let _ = report::failure(failure, root, common, terminal);
    })?;
    tell_built(&built, (root, common), terminal)
}

/// Shows what would change.
pub(super) fn show(plan: &Plan, common: &Common, terminal: &Terminal) -> Result<Exit, Failure> {
    let text = match common.format.of_figures()? {
        Format::Json => plan.json()?,
        _ => plan.text(terminal.lang),
    };
    terminal.result(&text).map(|()| Exit::Done)
}

/// Tells what the build that carried something out has found.
pub(super) fn tell_built(
    built: &Built,
    (root, common): (&Root, &Common),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let (summary, reader) = (Some(&built.summary), Reader::everybody(root));
    report::outcome(&built.findings, summary, reader, common, terminal)?;
    Ok(Exit::Done)
}
