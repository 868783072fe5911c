//! `gongshi explain`: the page of a check, or the list of all.

use crate::diag::{Exit, Failure, Lang};
use crate::law::{self, Law, Shelf};

use super::args::Common;
use super::terminal::Terminal;

/// Runs the verb. It needs no site root.
///
/// # Errors
/// There is no such check.
pub(super) fn run(common: &Common, id: Option<&str>, terminal: &Terminal) -> Result<Exit, Failure> {
    let law = Law::load(&Shelf::at(&common.root), &[])?;
    let Some(id) = id else { return list(&law, terminal) };
    let page =
        law::explain(&law, id, common.as_of, terminal.lang).ok_or_else(|| Failure::Usage {
            zh: format!("没有编号为 {id} 的检查；不带编号运行可列出全部"),
            en: format!("there is no check {id}; run without an id to list all"),
        })?;
    terminal.result(&page)?;
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
