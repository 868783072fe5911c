//! `gongshi export credit --restricted`: the credit system's sheet with what identifies the parties, for its receiver alone.
//!
//! Nothing of what it holds passes through here: `clearance` reads it from the drops and writes it. What is printed are
//! counts, no digest and no size of a file.

use std::path::Path;

use serde::Serialize;

use crate::clearance::{Clearing, RestrictedTally};
use crate::diag::{Exit, Failure, Lang};
use crate::site::{Press, Receiver};

use super::super::args::{Common, CreditArgs, DropArgs, Format};
use super::super::report;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::material::{Gone, Material};
use super::outcome::{headline, print};
use super::place;

/// Runs the verb.
///
/// # Errors
/// The folder is not fit for it, what keeps the public sheet from being written, or the drops cannot be read.
pub(super) fn run(
    common: &Common,
    args: &CreditArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let drops = DropArgs { drops: args.drops.clone() };
    let asked = args.to.out.as_deref().unwrap_or(Path::new(""));
    let folder = place::fit(&root, asked, (args.to.site.as_deref(), &root.drops_folder(&drops)))?;
    let press = Press::new(root.setup(None))?;
    let material = Material::open(&root, args.to.site.as_deref())?;
    let (mut public, mut rows) = (press.credit_sheet(), Vec::new());
    for slot in material.live_penalties(args.year) {
        let case = material.read(slot)?;
        material.hold(&case, &public.add(&case))?;
        rows.extend(press.restricted_row(&case));
    }
    // The public half must be fit for the public: the audit reads it as it reads the public sheet.
    material.audited(public.documents(args.year)?, Gone::Never)?;
    let receiver = press.receiver(&root.law);
    let sheet = press.restricted_sheet(rows, args.year, &receiver);
    let files = sheet.files();
    place::refuse_tracked(&folder, &files)?;
    let filled = match Clearing::new(root.rules())?.fill(&root.drops(&drops)?, sheet) {
        Ok(filled) => filled,
        Err(failure) => {
            report::failure(&failure, &root, common, terminal)?;
            return Err(failure);
        }
    };
    let tally = filled.write(&folder)?;
    terminal.complain(&warning(&receiver, tally, terminal.lang));
    let files = files.iter().map(|file| file.display().to_string()).collect();
    let folder = folder.display().to_string();
    let held_against_site = material.held();
    Filled { version: 1, channel: "credit-restricted", folder, held_against_site, files, tally }
        .print(format, terminal)?;
    Ok(Exit::Done)
}

/// What whoever holds the files must know.
fn warning(receiver: &Receiver, tally: RestrictedTally, lang: Lang) -> String {
    let (rows, with, without) = (tally.rows, tally.with_number, tally.without_number());
    match lang {
        Lang::Zh => format!(
            "注意：写出的表含个人信息（证件号码、法定代表人等）。\n  只报送给{}；不得公开，不得放进网站、代码仓库、网盘和聊天软件；报送后立即删除。\n  依据：{}。\n  共 {rows} 行：有证件号码 {with} 行，没有 {without} 行。",
            receiver.name.0, receiver.basis.0
        ),
        Lang::En => format!(
            "WARNING: the sheet holds personal information (identity numbers, representatives).\n  It goes to {} and to nobody else; never publish it, never put it into a site, a repository, a shared disk or a chat; delete it once it is reported.\n  Basis: {}.\n  Rows {rows}: with an identity number {with}, without {without}.",
            receiver.name.1, receiver.basis.1
        ),
    }
}

/// The result: as of other channels, without digests and sizes.
#[derive(Debug, Serialize)]
struct Filled {
    version: u32,
    channel: &'static str,
    folder: String,
    /// Cases whose values were held against their pages; none where no site stands.
    held_against_site: Option<usize>,
    files: Vec<String>,
    #[serde(flatten)]
    tally: RestrictedTally,
}

impl Filled {
    fn print(&self, format: Format, terminal: &Terminal) -> Result<(), Failure> {
        let mut out = headline(self.tally.rows, self.held_against_site, terminal.lang);
        for file in &self.files {
            out.push_str(&format!("  {}/{file}\n", self.folder));
        }
        for (zh, en, count) in notes(&self.tally).into_iter().filter(|(.., count)| *count > 0) {
            out.push_str(&match terminal.lang {
                Lang::Zh => format!("  {zh}：{count}\n"),
                Lang::En => format!("  {en}: {count}\n"),
            });
        }
        print(self, &out, format, terminal)
    }
}

/// What was left out, and why.
fn notes(tally: &RestrictedTally) -> [(&'static str, &'static str, u64); 5] {
    [
        (
            "批次中找不到记录、证件号码未填的行",
            "identity numbers not found in the drops, rows",
            tally.not_found,
        ),
        (
            "批次中的记录与公示的不一致或者不得公开、未填的行（先 gongshi build）",
            "the drops say something else now, or it is held; not filled, rows (build first)",
            tally.changed,
        ),
        (
            "校验位不对、未填的证件号码",
            "identity numbers left out for a wrong check character",
            tally.wrong_check,
        ),
        (
            "不像证件号码、登记号码、姓名，未填的格",
            "other cells left out, not of the column's form",
            tally.unfit,
        ),
        (
            "有号码而批次中没有证件类型的行",
            "numbers whose type of document no drop tells, rows",
            tally.without_type,
        ),
    ]
}
