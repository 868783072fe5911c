//! `gongshi export credit`: the credit system's sheet of penalties.

use crate::diag::{Exit, Failure};
use crate::site::Press;

use super::super::args::{Common, CreditArgs};
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::index::{About, write};
use super::material::{Gone, Material, folder};
use super::outcome::{Outcome, Said};

/// Runs the verb.
///
/// # Errors
/// The ledger cannot be read, the site tells something else, or the audit refuses the sheet.
pub(super) fn run(
    common: &Common,
    args: &CreditArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let folder = folder(&root, args.to.out.as_deref())?;
    let press = Press::new(root.setup(None))?;
    let material = Material::open(&root, args.to.site.as_deref())?;
    let mut sheet = press.credit_sheet();
    let mut about = About::default();
    for slot in material.live_penalties(args.year) {
        let case = material.read(slot)?;
        let statements = sheet.add(&case);
        material.hold(&case, &statements)?;
        about.shows(&case);
    }
    let (gaps, long) = (sheet.gaps(), sheet.too_long());
    let rows = sheet.len();
    let documents = material.audited(sheet.documents(args.year)?, Gone::Never)?;
    write(&folder, &about.named_as(&documents), &documents)?;
    let mut told = Outcome::new("credit", &folder, (rows, material.held()));
    told.wrote(&documents);
    for note in gaps {
        told.note(Said::new(
            format!(
                "应填而空缺：{}　{} 行（公示数据中没有，报送前由办案系统补）",
                note.column, note.rows
            ),
            format!(
                "required and empty: {}, rows {} (not in the public data)",
                note.column, note.rows
            ),
        ));
    }
    for note in long {
        told.note(Said::new(
            format!("超过所见字段长度：{}　{} 行", note.column, note.rows),
            format!("longer than systems take: {}, rows {}", note.column, note.rows),
        ));
    }
    told.print(format, terminal)?;
    Ok(Exit::Done)
}
