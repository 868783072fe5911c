//! Sites mirrored to a store in memory that fails wherever it can: nothing is lost, nothing that is down stays, and
//! nothing of anybody else's is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::manifest::{FileEntry, Manifest};
use super::super::store::{Store, Trouble};
use super::*;
use crate::law::Day;
use crate::ledger::{Digest, Head};

/// A place in memory that does so many operations and then nothing more; and notes what it did.
#[derive(Default)]
struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    done: Mutex<Vec<String>>,
    left: AtomicUsize,
    /// Every so many operations one is refused that would do at the next try.
    stumbles: usize,
}

impl Memory {
    fn new() -> Self {
        Self { left: AtomicUsize::new(usize::MAX), ..Self::default() }
    }

    fn step(&self, what: String) -> Result<(), Trouble> {
        let done = self.done.lock().expect("done").len();
        if self.stumbles > 0 && done % self.stumbles == 1 {
            self.done.lock().expect("done").push("stumbled".into());
            return Err(Trouble::passing("忙", "busy"));
        }
        let had = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        had.map_err(|_| Trouble::lasting("断了", "gone"))?;
        self.done.lock().expect("done").push(what);
        Ok(())
    }

    fn holds(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.lock().expect("files").clone()
    }
}

impl Store for Memory {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.files.lock().expect("files").get(name).cloned())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.step(format!("+{name}"))?;
        self.files.lock().expect("files").insert(name.into(), bytes.into());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), Trouble> {
        self.step(format!("-{name}"))?;
        self.files.lock().expect("files").remove(name);
        Ok(())
    }

    fn list(&self) -> Result<Vec<String>, Trouble> {
        Ok(self.holds().into_keys().collect())
    }

    fn shown(&self, name: &str) -> String {
        format!("memory:{name}")
    }
}

const DEAD: &str = "shihou/chufa/2026/aaaaaaaa/";

/// A built site of these files, in a folder of its own.
fn built(dir: &Path, files: &[(&str, &str)]) -> Built {
    std::fs::create_dir_all(dir).expect("a folder");
    let entry = |(path, text): &(&str, &str)| {
        let at = dir.join(path);
        std::fs::create_dir_all(at.parent().expect("a parent")).expect("folders");
        std::fs::write(at, text).expect("a file");
        FileEntry {
            path: (*path).into(),
            sha256: Digest::of(text.as_bytes()),
            bytes: text.len() as u64,
        }
    };
    let day = Day::new(2026, 2, 13).expect("a day");
    let manifest = Manifest::new(day, Head::EMPTY, files.iter().map(entry).collect());
    manifest.write(dir).expect("a manifest");
    Built::open(dir).expect("a site")
}

/// Two sites, one after the other: a case comes down, one is new, one leaves, a style changes its name.
fn sites(dir: &Path) -> (Built, Built) {
    let case = format!("{DEAD}index.html");
    let first = [
        ("assets/a.1.css", "one"),
        ("index.html", "lists a and c"),
        (&*case, "a, as it was"),
        ("shihou/chufa/2026/cccccccc/index.html", "c"),
        ("same.txt", "same"),
    ];
    let second = [
        ("assets/a.2.css", "two"),
        ("index.html", "lists b"),
        (&*case, "taken down"),
        ("shihou/chufa/2026/bbbbbbbb/index.html", "b"),
        ("same.txt", "same"),
    ];
    (built(&dir.join("first"), &first), built(&dir.join("second"), &second))
}

fn expected(site: &Built, dir: PathBuf) -> BTreeMap<String, Vec<u8>> {
    let read = |path: &str| (path.to_owned(), std::fs::read(dir.join(path)).expect("a file"));
    let files = site.manifest.files.iter().map(|file| read(&file.path));
    files.chain([read("manifest.json")]).collect()
}

fn send(store: &Memory, site: &Built, ledger: &Path) -> Result<Sent, Failure> {
    let text = store.read("manifest.json").expect("read");
    let stands = text.map(|text| Stands::of(&text, "memory").expect("a manifest"));
    let mut held = Held::open(ledger, "memory", stands.as_ref())?;
    let dead = BTreeSet::from([DEAD.to_owned()]);
    let steps = Steps::plan(&site.manifest, &held.files, &dead);
    let claim = Claim::take(store, "one", 1_000)?;
    let run = mirror::Mirror { store, claim: &claim, site, at_once: 3 };
    let sent = run.carry_out(&mut held, &steps);
    claim.release();
    sent
}

#[test]
fn a_run_that_breaks_off_anywhere_is_ended_by_the_next() {
    let dir = tempfile::tempdir().expect("a folder");
    let (first, second) = sites(dir.path());
    let wanted = expected(&second, dir.path().join("second"));
    let mut broke_off = 0;
    for left in 1..14 {
        let ledger = dir.path().join(format!("ledger-{left}"));
        let mut store = Memory::new();
        store.files.lock().expect("files").insert("theirs.html".into(), b"not ours".to_vec());
        send(&store, &first, &ledger).expect("the first");
        store.left = AtomicUsize::new(left);
        let ended = send(&store, &second, &ledger);
        broke_off += usize::from(ended.is_err());
        let holds = store.holds();
        let is_down = holds[&format!("{DEAD}index.html")] == b"taken down"
            && !holds.contains_key("shihou/chufa/2026/cccccccc/index.html");
        assert!(is_down || !holds.contains_key("assets/a.2.css"), "{left}: new before it was down");
        store.left = AtomicUsize::new(usize::MAX);
        send(&store, &second, &ledger).expect("the next run");
        let mut holds = store.holds();
        assert_eq!(holds.get(claim::CLAIM), None, "given back");
        assert_eq!(holds.remove("theirs.html").as_deref(), Some(&b"not ours"[..]));
        assert_eq!(holds, wanted, "broken off after {left}");
    }
    assert!(broke_off > 5, "it broke off {broke_off} times");
}

#[test]
fn a_run_that_breaks_off_leaves_no_orphans_of_a_site_that_never_came() {
    let dir = tempfile::tempdir().expect("a folder");
    let (first, second) = sites(dir.path());
    let wanted = expected(&first, dir.path().join("first"));
    for left in 2..9 {
        let ledger = dir.path().join(format!("ledger-{left}"));
        let mut store = Memory::new();
        send(&store, &first, &ledger).expect("the first");
        store.left = AtomicUsize::new(left);
        let _ = send(&store, &second, &ledger);
        store.left = AtomicUsize::new(usize::MAX);
        send(&store, &first, &ledger).expect("back to the first");
        assert_eq!(store.holds(), wanted, "broken off after {left}");
    }
}

#[test]
fn only_what_changed_travels_and_a_busy_place_is_tried_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (first, second) = sites(dir.path());
    let store = Memory { stumbles: 3, ..Memory::new() };
    send(&store, &first, &dir.path().join("ledger")).expect("the first");
    store.done.lock().expect("done").clear();
    let sent = send(&store, &second, &dir.path().join("ledger")).expect("the second");
    assert_eq!((sent.written, sent.removed), (5, 2), "four files, the manifest; two gone");
    let done = store.done.lock().expect("done").clone();
    assert!(done.contains(&"stumbled".to_owned()));
    assert!(!done.contains(&"+same.txt".to_owned()));
    let last = done.iter().rfind(|d| *d != "stumbled" && !d.contains(claim::CLAIM));
    assert_eq!(last.map(String::as_str), Some("+manifest.json"));
}

#[test]
fn a_site_that_somebody_else_has_replaced_meanwhile_is_not_written_over() {
    let dir = tempfile::tempdir().expect("a folder");
    let (first, second) = sites(dir.path());
    let (store, ledger) = (Memory::new(), dir.path().join("ledger"));
    send(&store, &second, &ledger).expect("the other's");
    let before = store.holds();
    let outlet = Outlet::Mirror(Box::new(store));
    let dead = BTreeSet::new();
    let errand = |expected| Errand {
        site: &first,
        expected,
        ledger: &ledger,
        target: "memory",
        at_once: 3,
        dead: &dead,
        publisher: "one",
        now: 1_000,
    };
    for stale in [None, Some(first.digest())] {
        assert!(outlet.send(&errand(stale)).is_err(), "it was held against another site");
    }
    for (name, bytes) in before {
        assert_eq!(outlet.reading().expect("open").read(&name).expect("read"), Some(bytes));
    }
    assert!(outlet.send(&errand(Some(second.digest()))).is_ok());
}

#[test]
fn one_publisher_at_a_time_and_a_dead_one_holds_nobody_up() {
    let store = Memory::new();
    let first = Claim::take(&store, "one", 1_000).expect("free");
    assert!(Claim::take(&store, "two", 1_010).is_err(), "somebody is at work");
    first.release();
    // It dies before it gives the place back.
    assert!(Claim::take(&store, "two", 1_020).is_ok());
    assert!(Claim::take(&store, "two", 1_021).is_ok(), "what the same one left is its own");
    assert!(Claim::take(&store, "three", 1_020 + 29 * 60).is_err());
    let third = Claim::take(&store, "three", 1_020 + 31 * 60).expect("half an hour is enough");
    third.hold().expect("its own");
    // Of two that found the place free at once, one has written over the other.
    let other = serde_json::json!({"publisher": "four", "since": 1_020 + 31 * 60}).to_string();
    store.files.lock().expect("files").insert(claim::CLAIM.into(), other.clone().into_bytes());
    assert!(third.hold().is_err() && Claim::take(&store, "five", 1_020 + 32 * 60).is_err());
    third.release();
    assert_eq!(store.holds()[claim::CLAIM], other.as_bytes(), "the other's claim stays");
}
