//! The power goes: of what was not yet durable any part may be lost, in any order, or stand with its length and
//! without its bytes. What stands is the whole old or the whole new site, and the next build ends what was begun.

mod disk;

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use crate::support::{Row, Site, csv, has_strace};

use disk::{CALLS, Fate, Recording, all_files, lay_out};

type Tree = BTreeMap<String, Vec<u8>>;

const LOG: &str = "ledger/events.jsonl";
/// Losses tried at each cut.
const ROUNDS: u32 = 5;
/// One state in so many is tried where nothing was noted yet, or all is done.
const SPARSE: u64 = 12;

/// A build, recorded call by call, with what stood before it and after.
struct Recorded {
    run: Recording,
    old: Tree,
    old_log: usize,
    new: (Tree, Tree),
    rest: Tree,
}

impl Recorded {
    /// Records a build that publishes, corrects and takes down; none where calls cannot be watched.
    fn build(more: &[&str]) -> Option<Self> {
        if !has_strace() {
            return None;
        }
        let site = Site::new();
        site.write("drops/a/a.csv", csv(&(1..=3).map(Row::sound).collect::<Vec<_>>()))
            .build()
            .ends(0);
        let corrected = Row::sound(1).with("违法行为类型", "未按规定时间运输建筑垃圾");
        let rows: Vec<Row> = std::iter::once(corrected).chain((3..=5).map(Row::sound)).collect();
        site.write("drops/b/b.csv", csv(&rows));
        let before = all_files(site.root());
        let trace = site.root().with_extension("trace");
        let file = trace.to_str().expect("a path");
        let whole = ["-y", "-xx", "-s", "50000000", "-e", "signal=none", "-e", CALLS, "-o", file];
        let ran = site.traced(&[&whole[..], more].concat(), &["build"]);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let told = std::fs::read_to_string(&trace).expect("a trace");
        std::fs::remove_file(&trace).expect("removed");
        let run = Recording::of(&told, site.root(), &before);
        // The model is worth nothing where it does not tell what the disk holds.
        let (mut modelled, after) = (run.cut(run.len(), || Fate::Kept), all_files(site.root()));
        modelled.remove("ledger/.lock");
        assert!(modelled == after, "the model and the disk differ");
        let rest =
            before.iter().filter(|(name, _)| name.starts_with("drops/") || *name == "site.yml");
        Some(Self {
            run,
            old: below(&before, "public/"),
            old_log: before[LOG].len(),
            new: (below(&after, "public/"), site.ledger()),
            rest: rest.map(|(name, bytes)| (name.clone(), bytes.clone())).collect(),
        })
    }

    /// Cuts at every step that matters, each with every kind of loss. `may_be_absent` where the file system cannot
    /// exchange two folders in one step.
    fn cut_everywhere(&self, may_be_absent: bool) {
        let (mut chance, mut seen) = (Chance(20_260_213), BTreeMap::<u64, (usize, Tree)>::new());
        let (mut stayed, mut changed) = (0, 0);
        let (first, last) = self.run.first_and_last_durable();
        let before = (0..first).step_by(1 + first / 4);
        let after = (last + 1..self.run.len()).step_by(1 + self.run.len() / 12);
        for at in before.chain(first..=last).chain(after).chain([self.run.len()]) {
            for round in 0..ROUNDS {
                let files = self.run.cut(at, || chance.fate(round));
                let public = below(&files, "public/");
                let (is_old, is_new) = (public == self.old, public == self.new.0);
                let is_known = is_old || is_new || (may_be_absent && public.is_empty());
                assert!(is_known, "cut {at}: a mixture stands");
                stayed += u32::from(is_old);
                changed += u32::from(is_new);
                let mut hasher = DefaultHasher::new();
                files.hash(&mut hasher);
                // Between the first and the last moment that all is durable, every state is tried.
                let every = if (first..=last).contains(&at) { 1 } else { SPARSE };
                if hasher.finish().is_multiple_of(every) {
                    seen.entry(hasher.finish()).or_insert((at, files));
                }
            }
        }
        assert!(
            stayed > 20 && changed > 20,
            "{stayed} stayed, {changed} changed: this shows nothing"
        );
        seen.into_values().for_each(|(at, files)| self.mends(at, files));
    }

    /// The next build ends what was begun, whatever the cut left.
    fn mends(&self, at: usize, mut files: Tree) {
        let site = Site::new();
        files.extend(self.rest.clone());
        lay_out(&files, site.root());
        // Whoever only mends puts site and ledger in place together.
        let said = site.run(&["doctor", "--no-launch", "--repair", "--yes"]).said();
        let (is_told, is_shown) = (site.ledger() == self.new.1, site.site() == self.new.0);
        assert!(
            is_told == is_shown,
            "cut {at}: ledger told {is_told}, site shown {is_shown}\n{said}"
        );
        site.build().ends(0);
        assert!(site.site() == self.new.0, "cut {at}: another site stands");
        assert!(site.ledger() == self.new.1, "cut {at}: another ledger stands");
        site.run(&["log", "verify"]).ends(0);
    }
}

/// The files below a folder.
fn below(files: &Tree, folder: &str) -> Tree {
    let own = |name: &String| name.strip_prefix(folder).map(str::to_owned);
    files.iter().filter_map(|(name, bytes)| Some((own(name)?, bytes.clone()))).collect()
}

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// In round 0 nothing is lost, in round 1 everything, in round 2 all bytes and no name, then some of it.
    fn fate(&mut self, round: u32) -> Fate {
        match (round, self.next() % 4) {
            (0, _) | (3.., 0 | 1) => Fate::Kept,
            (2, _) | (3.., 2) => Fate::Zeros,
            _ => Fate::Lost,
        }
    }
}

#[test]
fn a_power_cut_leaves_the_old_or_the_new_state() {
    if let Some(recorded) = Recorded::build(&[]) {
        recorded.cut_everywhere(false);
    }
}

#[test]
fn a_power_cut_is_mended_where_folders_cannot_be_exchanged() {
    if let Some(recorded) = Recorded::build(&["-e", "inject=renameat2:error=EINVAL"]) {
        recorded.cut_everywhere(true);
    }
}

#[test]
fn the_log_grows_by_its_new_lines_only() {
    let Some(recorded) = Recorded::build(&[]) else { return };
    let pieces = recorded.run.pieces_of(LOG).expect("the log is not replaced");
    let new = recorded.new.1["events.jsonl"].len();
    assert!(pieces.iter().all(|(at, _)| *at >= recorded.old_log), "{pieces:?}");
    assert_eq!(pieces.iter().map(|(_, len)| len).sum::<usize>(), new - recorded.old_log);
    assert!(new > recorded.old_log, "the build told nothing");
}
