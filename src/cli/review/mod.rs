//! `gongshi review`: what redaction doubts, and what people decide about it.
//!
//! A decision file holds places and posts, never a value. What stands at a place is shown on a terminal
//! only, and enters a file only as a word of the dictionary and only when somebody orders it.

pub(super) mod book;
mod list;
mod sheet;

use std::path::Path;

use crate::clearance::{Clearing, Decision, Entry, Item, Queue, Verdict};
use crate::diag::render::{junit, sarif};
use crate::diag::{Exit, Failure};
use crate::vocab::post_name;

use super::args::{Common, DecideArgs, DropArgs, Format, ReviewArgs, ReviewVerb};
use super::report;
use super::root::Root;
use super::terminal::{Screen, Terminal};

/// Runs the verb.
///
/// # Errors
/// Arguments that cannot be, drops that cannot be read or must be refused, a file that cannot be written.
pub(super) fn run(
    common: &Common,
    args: &ReviewArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let screen = screen(common, args, terminal)?;
    let mut desk = Desk { root: Root::open(common)?, common, terminal, drops: &args.drops };
    match (&args.what, &args.export, &args.import) {
        (Some(ReviewVerb::Decide(decide)), ..) => {
            if decide.drops.drops.is_some() {
                desk.drops = &decide.drops;
            }
            desk.decide(decide)
        }
        (None, Some(path), _) => desk.export(path),
        (None, None, Some(path)) => desk.import(path),
        (None, None, None) if args.prune => desk.prune(),
        (None, None, None) => desk.list(screen),
    }
}

/// The screen for `--show`, which goes to a person's eyes or nowhere.
fn screen<'t>(
    common: &Common,
    args: &ReviewArgs,
    terminal: &'t Terminal,
) -> Result<Option<Screen<'t>>, Failure> {
    if !args.show {
        return Ok(None);
    }
    let screen = terminal.screen().filter(|_| common.format == Format::Text && args.what.is_none());
    screen.map(Some).ok_or_else(|| Failure::Usage {
        zh: "原文片段只在终端上显示：--show 不能重定向，也不能用其他格式".into(),
        en:
            "stretches are shown on a terminal only: no redirection and no other format with --show"
                .into(),
    })
}

/// What the tasks of the verb work with.
struct Desk<'d> {
    root: Root,
    common: &'d Common,
    terminal: &'d Terminal,
    drops: &'d DropArgs,
}

impl Desk<'_> {
    fn queue(&self) -> Result<Queue, Failure> {
        let folders = self.root.drops(self.drops)?;
        Clearing::new(self.root.rules())?.queue(&folders).inspect_err(|failure| {
            // The failure itself is told by the caller; a closed output adds nothing to it.
            let _ = report::failure(failure, &self.root, self.common, self.terminal);
        })
    }

    fn list(&self, screen: Option<Screen<'_>>) -> Result<Exit, Failure> {
        let queue = self.queue()?;
        let open = queue.items.iter().filter(|item| item.decided.is_none()).count();
        let (law, today) = (&self.root.law, self.root.today.day());
        let list = list::List { queue: &queue, law, today, lang: self.terminal.lang };
        match (screen, self.common.format) {
            (Some(screen), _) => self.show(&list, screen)?,
            (None, Format::Text) => self.terminal.result(&list.text())?,
            (None, Format::Json) => self.terminal.result(&list.json()?)?,
            (None, Format::Github) => self.terminal.result(&list.github())?,
            (None, Format::Sarif) => self.terminal.result(&sarif::render(&list.sheet()))?,
            (None, Format::Junit) => self.terminal.result(&junit::render(&list.sheet()))?,
        }
        self.warn(&queue);
        Ok(if open > 0 { Exit::Leak } else { Exit::Done })
    }

    /// Every open doubt with what stands around it, one after the other.
    fn show(&self, list: &list::List<'_>, mut screen: Screen<'_>) -> Result<(), Failure> {
        let open = |(_, item): &(usize, &Item)| item.decided.is_none();
        let mut waiting = (1..).zip(&list.queue.items).filter(open).peekable();
        while let Some((number, item)) = waiting.next() {
            self.terminal.result(&list.block(number, item))?;
            item.show(&mut screen)?;
            if waiting.peek().is_some() && !screen.wait()? {
                break;
            }
        }
        Ok(())
    }

    /// Tells of decisions that do not count.
    fn warn(&self, queue: &Queue) {
        let stale = queue.stale.len();
        if stale > 0 && !self.root.reviews.has_key() {
            self.terminal.say(
                &format!("没有 data/review.key，{stale} 条旧决定一律不算"),
                &format!("without data/review.key none of {stale} old decision(s) counts"),
            );
        } else if stale > 0 {
            self.terminal.say(
                &format!("{stale} 条决定已失效（记录已变更或不在批次中），可用 --prune 删去"),
                &format!(
                    "{stale} stale decision(s): the record changed or left; drop them with --prune"
                ),
            );
        }
    }

    fn decide(&mut self, args: &DecideArgs) -> Result<Exit, Failure> {
        let verdict = Verdict {
            decision: if args.keep { Decision::Keep } else { Decision::Redact },
            role: post_name(&args.role).ok_or_else(faulty_role)?,
            on: self.root.today.day(),
            reason: args.reason.as_deref().map(book::reason).transpose()?,
        };
        book::with_key(&mut self.root)?;
        let queue = self.queue()?;
        let item = args.number.checked_sub(1).and_then(|at| queue.items.get(at));
        let item = item.ok_or_else(|| Failure::Usage {
            zh: format!("队列中没有第 {} 处，共 {} 处", args.number, queue.items.len()),
            en: format!("the queue has no number {}; it has {}", args.number, queue.items.len()),
        })?;
        if args.keep && !item.may_stay {
            return Err(Failure::Usage {
                zh: "这一处可读出证件、电话或银行卡号的形式，不能保留；请删除，或在办案系统中改写后重新导出"
                    .into(),
                en: "an identity, telephone or card number can be read there: it cannot be kept; redact it, or mend the record and export again".into(),
            });
        }
        if args.add_redact && !item.may_stay {
            return Err(Failure::Usage {
                zh: "这一处可读出证件、电话或银行卡号的形式，不写入词表；只用 --redact".into(),
                en: "an identity, telephone or card number can be read there: no file may hold it; use --redact alone".into(),
            });
        }
        let mut dictionary = self.root.dictionary.clone();
        if args.add_keep {
            item.add_to(&mut dictionary.keep);
        }
        if args.add_redact {
            item.add_to(&mut dictionary.redact);
        }
        if dictionary != self.root.dictionary {
            book::write_dictionary(&self.root.dir, &dictionary)?;
        }
        self.note(item.entry(verdict).into_iter().collect())?;
        self.terminal.say(
            &format!("已记录第 {} 处的决定；运行 gongshi build 生效", args.number),
            &format!(
                "noted the decision about number {}; gongshi build puts it into force",
                args.number
            ),
        );
        Ok(Exit::Done)
    }

    /// Adds decisions to the file, in the place of older ones about the same stretches.
    fn note(&self, new: Vec<Entry>) -> Result<(), Failure> {
        let mut all = self.root.reviews.entries();
        all.retain(|old| !new.iter().any(|new| new.is_about(old)));
        all.extend(new);
        book::write(&self.root.dir, all)
    }

    fn export(&mut self, path: &Path) -> Result<Exit, Failure> {
        book::with_key(&mut self.root)?;
        let queue = self.queue()?;
        sheet::export(path, &queue.items, &self.root.law)?;
        self.terminal.say(
            &format!("已导出 {} 处到 {}", queue.items.len(), path.display()),
            &format!("wrote {} row(s) to {}", queue.items.len(), path.display()),
        );
        self.warn(&queue);
        Ok(Exit::Done)
    }

    fn import(&mut self, path: &Path) -> Result<Exit, Failure> {
        let queue = self.queue()?;
        let entries = sheet::import(path, &queue.items, self.root.today.day())?;
        let count = entries.len();
        if count > 0 {
            self.note(entries)?;
        }
        self.terminal.say(
            &format!("已记录 {count} 条新的决定；运行 gongshi build 生效"),
            &format!("noted {count} new decision(s); gongshi build puts them into force"),
        );
        Ok(Exit::Done)
    }

    fn prune(&self) -> Result<Exit, Failure> {
        let queue = self.queue()?;
        if !self.root.reviews.has_key() || queue.received == 0 {
            return Err(Failure::Usage {
                zh: "没有 data/review.key 或没有读到任何记录，无法判断哪些决定已失效，未删除".into(),
                en: "without data/review.key, or without any record, nothing can be told stale; nothing was dropped".into(),
            });
        }
        let (count, mut all) = (queue.stale.len(), self.root.reviews.entries());
        all.retain(|entry| !queue.stale.contains(entry));
        if count > 0 {
            book::write(&self.root.dir, all)?;
        }
        self.terminal.say(
            &format!("已删去 {count} 条失效的决定"),
            &format!("dropped {count} stale decision(s)"),
        );
        Ok(Exit::Done)
    }
}

fn faulty_role() -> Failure {
    Failure::Usage {
        zh: "职务写 2 至 20 个字，不含数字和标点，不写姓名，如 法制科科长".into(),
        en: "a post has 2 to 20 letters, no digits, no marks, and is no name".into(),
    }
}
