//! Which placards hang there in an old version, and which should hang there no more.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Failure, Lang};
use crate::law::Day;
use crate::ledger::{PlacardBook, Stale};
use crate::site::Placards;

use super::super::args::{Format, PlacardsArgs};
use super::super::root::Root;
use super::{differences, lines};

/// The answer.
#[derive(Serialize)]
pub(super) struct Answer {
    version: u32,
    as_of: Day,
    since: Option<Day>,
    code: Option<String>,
    #[serde(flatten)]
    stale: Stale,
    /// Whether the site does not show all of this yet.
    before_build: bool,
}

/// Asks the book, as it will be after the next build.
///
/// # Errors
/// No placard ever had the code.
pub(super) fn ask(
    root: &Root,
    args: &PlacardsArgs,
    placards: &Placards,
    mut book: PlacardBook,
) -> Result<Answer, Failure> {
    let today = root.today.day();
    let pending = differences(&book, placards);
    let before_build = !pending.is_empty();
    book.see(&placards.sheets(), |sheet| placards.ended(sheet), today);
    let code = args.version.as_deref().map(|code| code.trim().to_ascii_lowercase());
    let stale = match (args.since, code.as_deref()) {
        (Some(day), _) => book.changed_after(day),
        (None, Some(code)) if book.with_code(code).is_empty() => return Err(unknown()),
        (None, Some(code)) => book.since_code(code),
        (None, None) => pending,
    };
    Ok(Answer { version: 1, as_of: today, since: args.since, code, stale, before_build })
}

fn unknown() -> Failure {
    Failure::Usage {
        zh: "没有公示牌用过这个版本号：请核对牌上的六位版本号，或者改用 --since 日期".into(),
        en: "no placard ever had this version: look at the six characters again, or use --since"
            .into(),
    }
}

impl Answer {
    /// The answer in the format asked for.
    ///
    /// # Errors
    /// Never in practice: every field serializes.
    pub(super) fn render(
        &self,
        format: Format,
        placards: &Placards,
        lang: Lang,
    ) -> Result<String, Failure> {
        if format == Format::Json {
            return serde_json::to_string_pretty(self)
                .map(|text| text + "\n")
                .map_err(|e| Failure::Internal(format!("placards: {e}")));
        }
        let zh = lang == Lang::Zh;
        let [reprint, recall] = lines(&self.stale, placards, lang);
        let mut out = String::new();
        let parts = [
            (if zh { "要重新打印的" } else { "to print again" }, reprint),
            (if zh { "要收回的" } else { "to take off" }, recall),
        ];
        for (title, all) in parts {
            let _ = writeln!(out, "{title} {}", all.len());
            for line in all {
                let _ = writeln!(out, "  {line}");
            }
        }
        if self.before_build {
            out.push_str(if zh {
                "名单有改动，网站还没有重新生成：请先 gongshi build\n"
            } else {
                "the list has changed since the site was built: build it first\n"
            });
        }
        Ok(out)
    }
}
