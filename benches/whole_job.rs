//! The whole job — read, vet, redact, ledger, print, audit, write — on synthetic drops.
//!
//! `cargo bench --bench whole_job`. The first build starts from nothing; the second finds everything
//! unchanged. Folders lie in `/dev/shm` where there is one, so that the disk is not measured.
#![expect(clippy::expect_used, reason = "a bench stands outside the house")]

use std::path::{Path, PathBuf};
use std::process::Command;

use divan::Bencher;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn first_build(bencher: Bencher<'_, '_>, cases: usize) {
    bencher
        .with_inputs(|| load(cases))
        .bench_values(|dir| {
            build(dir.path());
            dir
        });
}

#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn unchanged_build(bencher: Bencher<'_, '_>, cases: usize) {
    bencher
        .with_inputs(|| {
            let dir = load(cases);
            build(dir.path());
            dir
        })
        .bench_values(|dir| {
            build(dir.path());
            dir
        });
}

/// A site root with one drop of this many cases.
fn load(cases: usize) -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let dir = tempfile::tempdir_in(base).expect("a folder");
    let made = Command::new(synthesize()).arg(cases.to_string()).arg(dir.path()).status();
    assert!(made.expect("the generator starts").success());
    dir
}

/// The generator, built on the first call as the example it is.
fn synthesize() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--example", "synthesize"])
        .current_dir(root)
        .status();
    assert!(built.expect("cargo starts").success());
    root.join("target/release/examples/synthesize")
}

fn build(root: &Path) {
    let quiet = Command::new(env!("CARGO_BIN_EXE_gongshi"))
        .args(["build", "--as-of", "2026-11-23", "--root"])
        .arg(root)
        .output()
        .expect("the program starts");
    assert!(quiet.status.success(), "{}", String::from_utf8_lossy(&quiet.stderr));
}
