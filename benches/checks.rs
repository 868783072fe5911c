//! Every check of a case on 100,000 records that have all columns: the checks alone, without intake
//! and redaction.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench checks` gives CPU time; the reading of rows is not measured.
#![expect(clippy::expect_used, reason = "a bench stands outside the house")]

use std::fs;
use std::path::Path;
use std::process::Command;

use divan::Bencher;
use gongshi::Vetting;

const DAY: &str = "2026-11-23";
/// What a full export says beside the columns of the generator.
const MORE: [(&str, &str); 8] = [
    ("执法人员", "沈示明、韩样青"),
    ("执法证号", "5001990101、5001990102"),
    ("是否重大执法决定", "否"),
    ("法制审核结果", "通过"),
    ("法制审核日期", "2022-01-04"),
    ("法制审核人员", "谢例章"),
    ("是否公开", "是"),
    ("不予公开理由", ""),
];
const STAFF: &str = "\
- {name: 沈示明, unit: 一大队, post: 大队长, badge_number: QY001, certificate_number: '5001990101', certificate_from: 2019-07-01, certificate_until: 2028-06-30}
- {name: 韩样青, unit: 一大队, post: 队员, badge_number: QY002, certificate_number: '5001990102', certificate_from: 2019-07-01, certificate_until: 2028-06-30}
";

fn main() {
    divan::main();
}

#[divan::bench(args = [10_000, 100_000], sample_count = 5, sample_size = 1)]
fn all_checks(bencher: Bencher<'_, '_>, cases: usize) {
    let dir = load(cases);
    let vetting = Vetting::open(dir.path(), DAY).expect("a site root");
    bencher.with_inputs(|| vetting.rows().expect("rows")).bench_values(|rows| {
        let said = vetting.vet(rows);
        assert_eq!(said.0, cases);
        said
    });
}

/// A site root with one drop of this many cases, every column filled.
fn load(cases: usize) -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
    let dir = tempfile::tempdir_in(base).expect("a folder");
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let made = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--example", "synthesize", "--", &cases.to_string()])
        .arg(dir.path())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(made.expect("cargo starts").success());
    let table = dir.path().join("drops/2026-11-20/penalties.csv");
    let rows = fs::read_to_string(&table).expect("the drop");
    let (headers, cells): (Vec<_>, Vec<_>) = MORE.into_iter().unzip();
    let mut more = [headers.join(",")].into_iter().chain(std::iter::repeat(cells.join(",")));
    let full: String =
        rows.lines().filter_map(|row| Some(format!("{row},{}\n", more.next()?))).collect();
    fs::write(&table, full).expect("written");
    fs::create_dir(dir.path().join("data")).expect("made");
    fs::write(dir.path().join("data/staff.yml"), STAFF).expect("written");
    dir
}
