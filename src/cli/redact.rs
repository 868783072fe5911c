//! `gongshi redact`: the redaction engine as a filter for other programs.

use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::clearance::{Filter, Reviews, Rules, Tally};
use crate::diag::{Exit, Failure};
use crate::law::{Day, Law, Shelf, parse_rules};
use crate::vocab::{Bureau, Dictionary, Officer, Policy, Retention};

use super::args::{Common, RedactArgs};
use super::terminal::Terminal;
use super::{clock, root};

/// What a bureau's own names and numbers may come as, besides its `site.yml`.
#[derive(Deserialize)]
struct OwnNames {
    authority: Vec<String>,
    #[serde(default)]
    authority_emails: Vec<String>,
    #[serde(default)]
    authority_phones: Vec<String>,
    #[serde(default)]
    public_numbers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Site {
    Own(OwnNames),
    Bureau(Box<Bureau>),
}

/// Runs the verb.
///
/// # Errors
/// A rule file is broken, or input or output fails.
pub(super) fn run(
    common: &Common,
    args: &RedactArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let shelf = Shelf::at(&common.root);
    let bureau = match &args.site {
        Some(path) => site(path)?,
        None => shelf.config("site.yml")?.unwrap_or_default(),
    };
    let shelf = shelf.of_region(bureau.region.as_deref())?;
    let policy: Policy = shelf.config("data/policy.yml")?.unwrap_or_default();
    let staff: Vec<Officer> = shelf.config("data/staff.yml")?.unwrap_or_default();
    let dictionary: Dictionary = shelf.guarded_config(Dictionary::FILE)?.unwrap_or_default();
    let law = Law::load(&shelf, &root::extra_days(&policy)?)?;
    let today = clock::today(common.as_of)?;
    let retention = Retention::load(&shelf, &law, policy.retention)?;
    let rules = Rules {
        law: &law,
        bureau: &bureau,
        staff: &staff,
        policy: &policy,
        retention: &retention,
        dictionary: &dictionary,
        // A record of the filter stands in no drop that anybody has reviewed.
        reviews: &Reviews::default(),
        shelf: &shelf,
        today,
    };
    let filter = Filter::new(&rules)?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let tally = match &args.file {
        Some(path) => filter.table(path, &mut out)?,
        None => {
            let mut input = BufReader::with_capacity(1 << 16, std::io::stdin().lock());
            filter.lines(&mut input, &mut out)?
        }
    };
    say(&tally, terminal);
    Ok(if tally.faulty > 0 { Exit::Refused } else { Exit::Done })
}

/// Redacts lines as the verb does in a folder with nothing in it: what a fuzz target needs, which cannot
/// start the program for every input. Nothing where the program's own rules are broken.
pub fn redact_lines(lines: &[u8]) -> Vec<u8> {
    static FILTER: OnceLock<Option<Filter<'static>>> = OnceLock::new();
    let mut out = Vec::new();
    if let Some(filter) = FILTER.get_or_init(|| bare_filter().ok()) {
        let mut lines = lines;
        // A buffer in memory neither ends early nor fails.
        let _ = filter.lines(&mut lines, &mut out);
    }
    out
}

/// A filter that lasts as long as the process, of a fixed day.
fn bare_filter() -> Result<Filter<'static>, Failure> {
    let shelf: &'static Shelf = Box::leak(Box::new(Shelf::at(Path::new("no-such-folder"))));
    let law: &'static Law = Box::leak(Box::new(Law::load(shelf, &[])?));
    let (bureau, policy) = (Box::leak(Box::default()), Box::leak(Box::default()));
    let today = clock::today(Day::new(2026, 11, 23))?;
    let (dictionary, reviews) = (Box::leak(Box::default()), Box::leak(Box::default()));
    let retention = Box::leak(Box::new(Retention::load(shelf, law, None)?));
    Filter::new(&Rules {
        law,
        bureau,
        staff: &[],
        policy,
        retention,
        dictionary,
        reviews,
        shelf,
        today,
    })
}

fn say(tally: &Tally, terminal: &Terminal) {
    let Tally { published, blocked, review, faulty } = tally;
    terminal.say(
        &format!("可公开 {published} · 不得公开 {blocked} · 待复核 {review} · 无法读取 {faulty}"),
        &format!(
            "{published} published, {blocked} blocked, {review} for review, {faulty} unreadable"
        ),
    );
}

fn site(path: &Path) -> Result<Bureau, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| Failure::Read { path: path.to_path_buf(), cause })?;
    let shown = path.display().to_string();
    Ok(match parse_rules::<Site>(&shown, &text)? {
        Site::Bureau(bureau) => *bureau,
        Site::Own(own) => own.bureau(),
    })
}

impl OwnNames {
    fn bureau(self) -> Bureau {
        let mut names = self.authority.into_iter();
        let name = names.next().unwrap_or_default();
        let mut bureau = Bureau { name, aliases: names.collect(), ..Bureau::default() };
        bureau.public_numbers = self.public_numbers;
        bureau.public_numbers.extend(self.authority_phones);
        bureau.public_numbers.extend(self.authority_emails);
        bureau
    }
}
