//! `gongshi explain`: the page of a check or an instrument, or the list of all.

use crate::diag::{Exit, Failure, Lang};
use crate::law::{self, Law, Shelf};

use super::args::Common;
use super::terminal::Terminal;

/// Runs the verb. It needs no site root.
///
/// # Errors
/// There is no such check or instrument, or none in force on the day asked for.
pub(super) fn run(
    common: &Common,
    (id, sources): (Option<&str>, bool),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let (shelf, lang, on) = (Shelf::open(&common.root)?, terminal.lang, common.as_of);
    let law = Law::load(&shelf, &[])?;
    let page = match id {
        None if sources => Some(law::explain_sources(&law, &shelf, on, lang)?),
        None => return list(&law, terminal),
        Some(key) if sources => law::explain_source(&law, &shelf, key, lang)?,
        Some(id) => match law::explain(&law, id, on, lang) {
            None => law::explain_source(&law, &shelf, id, lang)?,
            page => page,
        },
    };
    let id = id.unwrap_or_default();
    terminal.result(&page.ok_or_else(|| Failure::Usage {
        zh: format!("没有编号为 {id} 的检查或者法律依据；不带编号运行可列出全部检查，加 --sources 列出全部依据"),
        en: format!("there is no check or instrument {id}; run without an id to list all checks, with --sources all instruments"),
    })?)?;
    Ok(Exit::Done)
}

fn list(law: &Law, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut out = String::new();
    for row in law.checks() {
        let title = match terminal.lang {
            Lang::Zh => &row.title.zh,
            Lang::En => &row.title.en,
        };
        out.push_str(&format!("{:<28} {title}\n", row.id));
    }
    terminal.result(&out)?;
    Ok(Exit::Done)
}
