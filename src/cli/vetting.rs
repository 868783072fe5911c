//! The checks without the rest of the way, for a bench: a site root and its drops, vetted again and again.

use std::path::Path;

use clap::Parser as _;

use crate::clearance::{Clearing, DropFolder, Rows};
use crate::diag::Failure;

use super::args::{Cli, DropArgs};
use super::root::Root;

/// A site root with its rules loaded, which lasts as long as the process.
pub struct Vetting {
    clearing: Clearing<'static>,
    drops: Vec<DropFolder>,
}

/// Rows that were read and not yet vetted.
pub struct VettingRows(Vec<Rows>);

impl Vetting {
    /// The root at this path, as of this day; `None` where it cannot be opened.
    #[must_use]
    pub fn open(root: &Path, day: &str) -> Option<Self> {
        let args = ["gongshi", "check", "--as-of", day, "--root"];
        let args = args.iter().map(Into::into).chain([root.as_os_str().to_owned()]);
        let cli = Cli::try_parse_from(args).ok()?;
        Self::load(Box::leak(Box::new(Root::open(&cli.common).ok()?))).ok()
    }

    fn load(root: &'static Root) -> Result<Self, Failure> {
        let drops = root.drops(&DropArgs { drops: None })?;
        Ok(Self { clearing: Clearing::new(root.rules())?, drops })
    }

    /// Reads all rows; `None` where a file cannot be read.
    #[must_use]
    pub fn rows(&self) -> Option<VettingRows> {
        let rows: Result<Vec<Rows>, Failure> =
            self.drops.iter().map(|drop| self.clearing.rows(drop)).collect();
        rows.ok().map(VettingRows)
    }

    /// Vets rows: how many there were, how much was found, how many checks could not be made.
    #[must_use]
    pub fn vet(&self, rows: VettingRows) -> (usize, usize, usize) {
        let said = rows.0.into_iter().map(|rows| self.clearing.vet_alone(rows));
        said.fold((0, 0, 0), |sum, one| {
            (sum.0 + one.rows, sum.1 + one.found, sum.2 + one.not_checked)
        })
    }
}
