//! `gongshi export board` and `gongshi export digest`: what changed in a period, for the hall and as text.

use std::path::{Path, PathBuf};

use crate::diag::{Exit, Failure};
use crate::ledger::{LineHead, Standing, State};
use crate::site::{Changes, Period, Press, Unset};

use super::super::args::{BoardArgs, Common, PeriodArgs};
use super::super::placards::fonts;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::index::{About, write};
use super::material::{Document, Gone, Material, folder};
use super::outcome::{Outcome, Said};

/// A period of a site, ready to be written about.
struct News<'r> {
    folder: PathBuf,
    press: Press,
    material: Material<'r>,
    period: Period,
}

impl<'r> News<'r> {
    fn open(root: &'r Root, args: &PeriodArgs) -> Result<Self, Failure> {
        let today = root.today.day();
        let period = match args.since {
            Some(since) if since > today => return Err(not_begun()),
            Some(since) => Period { since, until: today },
            None if args.week => Period::week(today),
            None => Period::month(today),
        };
        let folder = folder(root, args.to.out.as_deref())?;
        let press = Press::new(root.setup(None))?;
        let material = Material::open(root, args.to.site.as_deref())?;
        Ok(Self { folder, press, material, period })
    }

    /// The public cases that fit, newest decision first, each held against its page.
    fn cases(&self, fits: impl Fn(&LineHead) -> bool) -> Result<Vec<Standing>, Failure> {
        let slots = self.material.live().filter(|slot| fits(&slot.head));
        let mut cases =
            slots.map(|slot| self.material.read(slot)).collect::<Result<Vec<_>, _>>()?;
        cases.sort_by(|a, b| (b.count.on, &a.key).cmp(&(a.count.on, &b.key)));
        let held = cases
            .iter()
            .try_for_each(|case| self.material.hold(case, &self.press.statements(case)));
        held.map(|()| cases)
    }

    fn changes(&self) -> Result<Changes, Failure> {
        let (period, today) = (self.period, self.period.until);
        let heads = || self.material.ledger.slots.iter();
        let is_down = |head: &LineHead| {
            let day = head.tombstone.as_ref().map(|stone| stone.taken_down_on);
            // One that never was public has no notice, and no name here.
            head.state == State::TakenDown
                && head.id.is_some()
                && day.is_some_and(|day| period.has(day))
        };
        let down = heads().filter(|slot| is_down(&slot.head)).map(|slot| self.material.read(slot));
        let ended = |head: &LineHead| {
            let is_over = head.state == State::Expired || head.is_over(today);
            is_over && head.until.is_some_and(|until| period.has(until.next()))
        };
        Ok(Changes {
            published: self.cases(|head| period.brought(head))?,
            corrected: self.cases(|head| period.corrected(head))?,
            taken_down: down.collect::<Result<Vec<_>, _>>()?,
            expired: heads().filter(|slot| ended(&slot.head)).count(),
        })
    }
}

/// Runs `export digest`.
///
/// # Errors
/// The ledger cannot be read, the site tells something else, or the audit refuses the text.
pub(super) fn digest(
    common: &Common,
    args: &PeriodArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let news = News::open(&root, args)?;
    let changes = news.changes()?;
    let page = news.press.digest(news.period, &changes);
    let documents = news.material.audited(vec![page], Gone::Tombstones)?;
    let shown: Vec<&Standing> = changes.published.iter().chain(&changes.corrected).collect();
    let about = About::of(shown, &changes.taken_down).named_as(&documents);
    write(&news.folder, &about, &documents)?;
    let Changes { published, corrected, taken_down, .. } = &changes;
    let cases = published.len() + corrected.len() + taken_down.len();
    let mut told = Outcome::new("digest", &news.folder, (cases, news.material.held()));
    told.wrote(&documents);
    told.print(format, terminal)?;
    Ok(Exit::Done)
}

/// Runs `export board`.
///
/// # Errors
/// As [`digest`]; or a PDF file cannot be made of the font.
pub(super) fn board(
    common: &Common,
    args: &BoardArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let font = args.pdf.then(|| fonts::find(&root, args.font.as_deref())).transpose()?;
    let news = News::open(&root, &args.period)?;
    let cases = news.cases(|head| news.period.brought(head))?;
    let board = news.press.notice_board(news.period, &cases);
    let mut told = Outcome::new("board", &news.folder, (cases.len(), news.material.held()));
    let about = About::of(&cases, &[]).named(board.name());
    if board.is_empty() {
        write(&news.folder, &about, &[])?;
        told.note(Said::new(
            "这段时间没有公示新的结果，没有写出",
            "nothing was published in the period: nothing written",
        ));
    } else {
        let mut documents = news.material.audited(vec![board.page()?], Gone::Never)?;
        if let Some(font) = &font {
            let made = board.pdf(font).map_err(|unset| lacking(unset, font.path()))?;
            documents.push(Document { path: made.0, body: made.1 });
        }
        write(&news.folder, &about, &documents)?;
        told.wrote(&documents);
    }
    told.print(format, terminal)?;
    Ok(Exit::Done)
}

fn lacking(unset: Unset, font: &Path) -> Failure {
    let font = font.display();
    match unset {
        Unset::Font => Failure::State {
            zh: format!("字体文件 {font} 不能嵌入 PDF；请用 --font 指定另一个"),
            en: format!("the font {font} cannot be embedded; name another with --font"),
        },
        Unset::Characters(n) => Failure::State {
            zh: format!("字体文件 {font} 缺 {n} 个字，未写出；请用 --font 指定收字齐全的字体"),
            en: format!(
                "the font {font} lacks {n} characters: nothing written; name another with --font"
            ),
        },
    }
}

fn not_begun() -> Failure {
    Failure::Usage {
        zh: "--since 不能晚于今天".into(), en: "--since is later than today".into()
    }
}
