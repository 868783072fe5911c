//! The guard against a mass change: a mistake in an export must not empty the site at one stroke.

use std::path::PathBuf;

use crate::clearance::DropFolder;
use crate::diag::{Exit, Lang};
use crate::publish::Difference;
use crate::vocab::Guard;

use super::super::terminal::Terminal;

/// Cases that may leave or change at once where the target says nothing.
const CASES: u32 = 50;
/// The same as a part of the cases shown, in percent.
const PERCENT: u8 = 20;
/// Below so many cases a part of all says nothing: of four cases, one is a quarter.
const FEW: u64 = 5;
/// A file of a drop below this part of the one before it, in percent of its bytes, may be cut off.
const SHRUNKEN: u64 = 20;
/// A file before it of so many bytes at most says nothing.
const SMALL: u64 = 64 << 10;

/// Why somebody should look first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alarm {
    /// So many cases leave.
    Leaving(u64, u64),
    /// So many cases are shown in other words.
    Changing(u64, u64),
    /// The newest drop is far smaller than the one before.
    Shrunken(String),
}

/// What there is to be alarmed about. Of drops only the sizes of files are looked at.
pub(super) fn alarms(difference: &Difference, guard: Guard, drops: &[DropFolder]) -> Vec<Alarm> {
    let shown = difference.shown;
    let most = u64::from(guard.cases.unwrap_or(CASES));
    let percent = u64::from(guard.percent.unwrap_or(PERCENT));
    let is_many = |n: u64| n > most || n >= FEW && n * 100 > shown * percent;
    let [leaving, changing] = difference.leaving_and_changing();
    let mut alarms = Vec::new();
    if is_many(leaving) {
        alarms.push(Alarm::Leaving(leaving, shown));
    }
    if is_many(changing) {
        alarms.push(Alarm::Changing(changing, shown));
    }
    alarms.extend(shrunken(drops));
    alarms
}

/// The newest drop, where one of its files is far smaller than the last one of the same name before it.
fn shrunken(drops: &[DropFolder]) -> Option<Alarm> {
    let (last, earlier) = drops.split_last()?;
    let is_cut = |file: &PathBuf| {
        let same = |other: &&PathBuf| other.file_name() == file.file_name();
        let before = earlier.iter().rev().find_map(|drop| drop.files.iter().find(same));
        before.map(size).is_some_and(|old| old > SMALL && size(file) * 100 < old * SHRUNKEN)
    };
    last.files.iter().any(is_cut).then(|| Alarm::Shrunken(last.name.to_string()))
}

fn size(path: &PathBuf) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}

/// Tells the alarms; stops unless they are confirmed.
pub(super) fn stop(alarms: &[Alarm], is_confirmed: bool, terminal: &Terminal) -> Exit {
    for alarm in alarms {
        terminal.complain(&alarm.sentence(terminal.lang));
    }
    if alarms.is_empty() || is_confirmed {
        return Exit::Done;
    }
    terminal.complain(terminal.word(
        "请先核对；确认无误再加 --confirm-mass-change",
        "look at it first; then add --confirm-mass-change",
    ));
    Exit::MassChange
}

impl Alarm {
    fn sentence(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Leaving(n, of), Lang::Zh) => {
                format!("大批撤下：目标现有 {of} 件，将有 {n} 件不再公示")
            }
            (Self::Leaving(n, of), Lang::En) => {
                format!("mass change: {n} of {of} cases would leave")
            }
            (Self::Changing(n, of), Lang::Zh) => {
                format!("大批变动：目标现有 {of} 件，将有 {n} 件改变内容")
            }
            (Self::Changing(n, of), Lang::En) => {
                format!("mass change: {n} of {of} cases would change")
            }
            (Self::Shrunken(name), Lang::Zh) => {
                format!("批次 {name} 比上一批小得多，导出可能不完整")
            }
            (Self::Shrunken(name), Lang::En) => {
                format!("drop {name} is far smaller than the one before: its export may be cut off")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{CaseFate, Fate};

    fn leaving(n: usize, shown: u64) -> Difference {
        let fate = |i| CaseFate { fate: Fate::TakenDown, id: format!("{i:08}") };
        Difference { shown, cases: (0..n).map(fate).collect(), ..Difference::default() }
    }

    #[test]
    fn a_few_cases_may_leave_and_many_stop_the_run() {
        let of = |n, shown| alarms(&leaving(n, shown), Guard::default(), &[]);
        assert!(of(1, 3).is_empty(), "one of three says nothing");
        assert!(of(20, 100).is_empty());
        assert_eq!(of(21, 100), [Alarm::Leaving(21, 100)]);
        assert!(of(50, 10_000).is_empty());
        assert_eq!(of(51, 10_000), [Alarm::Leaving(51, 10_000)]);
        let strict = Guard { cases: Some(0), percent: None };
        assert_eq!(alarms(&leaving(1, 3), strict, &[]), [Alarm::Leaving(1, 3)]);
    }
}
