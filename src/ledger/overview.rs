//! The ledger's whole in figures: what home, lists, register and statistics print.

use std::collections::BTreeMap;

use crate::clearance::CaseKind;
use crate::law::Day;
use crate::vocab::{CaseId, WithholdGround};

use super::{Digest, FormRow, PlacardBook, PublicLog, Standing, Years};

/// Everything the fixed pages need to know about the cases.
#[derive(Debug, Default)]
pub(crate) struct Overview {
    /// Figures of penalties by year of decision.
    pub(crate) penalties: BTreeMap<i32, YearFigures>,
    /// Figures of inspections by year of result.
    pub(crate) inspections: BTreeMap<i32, YearFigures>,
    /// The latest published cases of both kinds, newest publication or reinstatement first, at most ten.
    pub(crate) latest: Vec<Standing>,
    /// The latest published cases of each kind, likewise, at most fifty.
    pub(crate) latest_of: BTreeMap<CaseKind, Vec<Standing>>,
    /// Taken-down cases, newest first.
    pub(crate) taken_down: Vec<Standing>,
    /// Cases removed without a word about which they were.
    pub(crate) suppressed: u64,
    /// Corrected cases that stand published, newest correction first.
    pub(crate) corrected: Vec<Standing>,
    /// One small entry for each published case, in list order: for sitemap and index pages.
    pub(crate) entries: Vec<Entry>,
    /// One small entry for each dead address, with the day it died.
    pub(crate) gone: Vec<Entry>,
    /// The figures of years as they were published, with what changed since.
    pub(crate) years: Years,
    /// The versions of placards that the site shows and has shown.
    pub(crate) placards: PlacardBook,
    /// What happened, as far as it is public.
    pub(crate) log: PublicLog,
    /// The files that were written case by case, by path.
    pub(crate) files: BTreeMap<String, WrittenFile>,
    /// The last lawful day for the figures of each year.
    pub(crate) due: BTreeMap<i32, Day>,
}

/// A whole file of the site, for pages that list files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenFile {
    /// Its size in bytes.
    pub(crate) bytes: u64,
    /// Digest of its bytes.
    pub(crate) sha256: Digest,
    /// How many pieces it was written in.
    pub(crate) pieces: u64,
}

impl WrittenFile {
    /// The file with these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, sha256: Digest::of(bytes), pieces: 1 }
    }
}

/// What an index needs of one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Kind of case.
    pub(crate) kind: CaseKind,
    /// Year of decision or result.
    pub(crate) year: i32,
    /// Name in addresses.
    pub(crate) id: CaseId,
    /// Day of publication, of the last correction, or of the end.
    pub(crate) changed_on: Day,
}

/// The figures of one year and kind of case. `received` is the sum of the six states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct YearFigures {
    /// Cases known of this year.
    pub(crate) received: u64,
    /// Public today.
    pub(crate) published: u64,
    /// Not disclosed, by ground.
    pub(crate) withheld: BTreeMap<WithholdGround, u64>,
    /// Waiting.
    pub(crate) held: u64,
    /// Taken down, with or without a public notice.
    pub(crate) taken_down: u64,
    /// Of those taken down: ordered down before they were ever public; no notice names them.
    pub(crate) never_public: u64,
    /// Disclosure period over.
    pub(crate) expired: u64,
    /// Of those ever published: by the last lawful day.
    pub(crate) on_time: u64,
    /// Of those ever published: later.
    pub(crate) late: u64,
    /// Of those public today: corrected at least once.
    pub(crate) corrected: u64,
    /// Of those public today: a newer export waits.
    pub(crate) waiting: u64,
    /// Penalties in the columns of the bureau's form; empty for inspections.
    pub(crate) row: FormRow,
    /// Decisions by month, 1 to 12.
    pub(crate) by_month: BTreeMap<u32, u64>,
    /// Decisions by the bureau's unit that handled them; under the empty name those whose unit is not known.
    pub(crate) by_unit: BTreeMap<String, u64>,
    /// The row of each organ, by its credit code, where the form asks for one.
    pub(crate) organs: BTreeMap<String, FormRow>,
}

impl Overview {
    /// Random inspections with a result in a year.
    pub(crate) fn random_inspections(&self, year: i32) -> u64 {
        self.inspections.get(&year).map_or(0, |figures| figures.by_month.values().sum())
    }
}

impl YearFigures {
    /// Withheld on any ground.
    pub(crate) fn withheld_total(&self) -> u64 {
        self.withheld.values().sum()
    }
}
