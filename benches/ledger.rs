//! A long log, opened and read whole.
//!
//! `cargo bench --bench ledger`. The log holds events of as many cases, in the form the ledger writes. `opened` is a
//! takedown of a case that is not there: the ledger is opened as every build does it, each line held against its digest
//! and its place. `verified` is `gongshi log verify`, which reads what the lines say too. Folders lie in `/dev/shm` where
//! there is one, so that the disk is not measured.
#![expect(clippy::expect_used, reason = "a bench stands outside the house")]

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use divan::Bencher;
use sha2::{Digest as _, Sha256};

fn main() {
    divan::main();
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn opened(bencher: Bencher<'_, '_>, events: usize) {
    let dir = ledger(events);
    std::fs::write(dir.path().join("site.yml"), SITE).expect("a file");
    bencher.bench(|| {
        let args =
            ["takedown", "无", "--reason", "revoked", "--document", "复议决定书", "--decided-on"];
        let ran = run(dir.path(), &[&args[..], &["2026-02-13", "--as-of", "2026-02-13"]].concat());
        assert!(!ran.status.success(), "there is no such case");
    });
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn verified(bencher: Bencher<'_, '_>, events: usize) {
    let dir = ledger(events);
    bencher.bench(|| {
        let ran = run(dir.path(), &["log", "verify"]);
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && said.contains(&events.to_string()), "{said}");
    });
}

const SITE: &str =
    "name: 示例市清源区城市管理局\ndistrict: 示例市清源区\ncontact:\n  telephone: 023-48600000\n";

/// A site root whose log has this many events.
fn ledger(events: usize) -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let dir = tempfile::tempdir_in(base).expect("a folder");
    std::fs::create_dir(dir.path().join("ledger")).expect("a folder");
    let file = std::fs::File::create(dir.path().join("ledger/events.jsonl")).expect("a file");
    let mut log = BufWriter::new(file);
    let mut prev = "0".repeat(64);
    for seq in 1..=events {
        let body = format!(
            "{{\"seq\":{seq},\"on\":\"2026-02-13\",\"event\":\"published\",\"case\":{{\"kind\":\"penalty\",\
             \"organ\":\"11500199MB1A0001X0\",\"number\":\"示城管罚决字〔2026〕第{seq}号\"}},\"id\":\"{}\",\
             \"role\":\"build\",\"content\":\"{prev}\",\"prev\":\"{prev}\"",
            id(seq)
        );
        prev = hex(&Sha256::new().chain_update(&body).chain_update("}").finalize());
        writeln!(log, "{body},\"hash\":\"{prev}\"}}").expect("a line");
    }
    log.flush().expect("a file");
    dir
}

/// A name of a case: eight of the letters and figures that names are made of.
fn id(seq: usize) -> String {
    const LETTERS: &[u8] = b"bcdfghjkmnpqrstvwxyz23456789";
    let letter = |place: u32| char::from(LETTERS[seq / LETTERS.len().pow(place) % LETTERS.len()]);
    (0..8).map(letter).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    })
}

fn run(root: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongshi"))
        .args(args)
        .arg("--root")
        .arg(root)
        .output()
        .expect("the program starts")
}
