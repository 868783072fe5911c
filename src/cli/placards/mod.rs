//! `gongshi placards`: lists the sheets that are printed, writes them, and says which hang there in an old version.

pub(super) mod fonts;
mod list;
mod stale;
mod write;

use crate::diag::render::{Format as Form, Renderer};
use crate::diag::{Exit, Failure, Finding, Lang};
use crate::ledger::{Ended, PlacardBook, Stale};
use crate::site::{Placards, Press};

use super::args::{Common, PlacardsArgs};
use super::root::Root;
use super::terminal::Terminal;

/// Runs the verb.
///
/// # Errors
/// A file cannot be read or written, or a PDF file cannot be made of the font.
pub(super) fn run(
    common: &Common,
    args: &PlacardsArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let mut root = Root::open(common)?;
    let font = args.pdf.then(|| fonts::find(&root, args.font.as_deref())).transpose()?;
    // What a PDF file is made of is held against the font it is made with.
    if let Some(font) = &font {
        root.bureau.placards.font = Some(font.path().to_owned());
    }
    let press = Press::new(root.setup(None))?;
    let placards = press.placards();
    let book = PlacardBook::open(&root.ledger())?;
    if args.stale {
        let told = stale::ask(&root, args, placards, book)?;
        terminal.result(&told.render(format, placards, terminal.lang)?)?;
        return Ok(Exit::Done);
    }
    let layouts = args.layouts();
    let pending = differences(&book, placards);
    terminal.result(&list::render(&root, placards, &layouts, format, terminal.lang)?)?;
    let about: Vec<Finding> = press.findings().iter().filter(|f| is_about(f)).cloned().collect();
    let lacks = about.iter().any(|f| f.check == "missing-glyph");
    if !about.is_empty() {
        let renderer = Renderer::new(&root.law, terminal.lang, root.today.day().into());
        terminal.complain(renderer.render(&about.into(), Form::Text).trim_end());
    }
    if let Some(out) = &args.out {
        match &font {
            Some(_) if lacks => {
                terminal.complain(terminal.word(
                    "字体缺字，未写出 PDF：请用 --font 指定收有这些字的字体文件",
                    "the font lacks characters: no PDF was written; name another with --font",
                ));
                return Ok(Exit::Refused);
            }
            Some(font) => write::pdf(&root, &press, &layouts, out, font)?,
            None => write::pages(&root, &press, out)?,
        }
        terminal.say("已写出", "written");
        if !pending.is_empty() {
            terminal.say(
                "名单有改动，网站还没有重新生成：请先 gongshi build，否则扫码看到的是旧版本",
                "the list has changed since the site was built: build it, else the codes lead to the old version",
            );
        }
    }
    Ok(Exit::Done)
}

/// Findings that speak of placards.
fn is_about(finding: &Finding) -> bool {
    [
        "officer-not-shown",
        "missing-glyph",
        "unusable-font",
        "unusable-photo",
        "duplicate-badge-number",
    ]
    .contains(&finding.check)
}

/// What the files say now and the site does not show yet.
pub(super) fn differences(book: &PlacardBook, placards: &Placards) -> Stale {
    book.differences(&placards.sheets(), |sheet| placards.ended(sheet))
}

/// Lines about the sheets to print and those to take off, one list each.
pub(super) fn lines(stale: &Stale, placards: &Placards, lang: Lang) -> [Vec<String>; 2] {
    let reprint = stale.reprint.iter().map(|sheet| {
        let from = sheet.from.as_deref().unwrap_or("—");
        let (name, to) = (placards.label(&sheet.sheet), &sheet.to);
        format!("{name}  {from} → {to}{}", day(sheet.since, lang))
    });
    let recall = stale.recall.iter().map(|sheet| {
        let (name, code) = (placards.label(&sheet.sheet), &sheet.code);
        format!("{name}  {code}  {}{}", ended(sheet.ended, lang), day(sheet.since, lang))
    });
    [reprint.collect(), recall.collect()]
}

fn day(since: Option<crate::law::Day>, lang: Lang) -> String {
    match (since, lang) {
        (None, _) => String::new(),
        (Some(day), Lang::Zh) => format!("  {day} 起"),
        (Some(day), Lang::En) => format!("  since {day}"),
    }
}

fn ended(why: Ended, lang: Lang) -> &'static str {
    let (zh, en) = match why {
        Ended::Left => ("已不在岗", "has left"),
        Ended::Suspended => ("暂停执法", "suspended"),
        Ended::Expired => ("执法证不在有效期内", "certificate not valid"),
        Ended::Unqualified => ("不具备公示条件", "may not be shown"),
        Ended::Removed => ("已从名单删除", "no longer on file"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
