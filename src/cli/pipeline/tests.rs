//! A redactor that fails: the audit must see it, and nothing may be written.

use std::path::Path;

use clap::Parser as _;

use crate::clearance::{ClearedRecord, Fate, readmit};
use crate::cli::args::{Cli, DropArgs};

use super::*;

const ROW: &str = "行政处罚决定书文号,行政相对人名称,行政相对人类别,法定代表人,证件号码,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚机关\n示清城管罚决字〔2024〕第1号,上官试文,自然人,,11010519491231002X,占道经营,上官试文在通源大道占道经营。,《城市道路管理条例》第四十二条,罚款,罚款200元,0.02,2024-05-20,示例市清源区城市管理局\n";

fn site_root() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
    };
    write("site.yml", "name: 示例市清源区城市管理局\ndistrict: 示例市清源区\n");
    write("drops/a/a.csv", ROW);
    dir
}

/// Stages a site with a redactor whose work goes through `spoil`; says what came of it.
fn staged(dir: &Path, spoil: impl Fn(&str) -> String) -> Result<(), Failure> {
    let root_flag = dir.to_string_lossy().into_owned();
    let args = ["gongshi", "check", "--as-of", "2024-05-23", "--root", &root_flag];
    let root = Root::open(&Cli::try_parse_from(args).expect("flags").common)?;
    let aside = dir.join("aside");
    let clearing = Clearing::new(root.rules())?;
    let ledger = Ledger::open(&root.ledger())?;
    let mut settling = Settling::begin(ledger, &aside, (&root.law, &root.retention), root.today)?;
    let drops = root.drops(&DropArgs { drops: None })?;
    let report =
        clearing.run(&drops, &|_| None, &mut |record| settling.take(spoiled(record, &spoil)))?;
    settling.apply(&report)?;
    settling.finish();
    let settled = ledger::close(settling, &aside, root.today.day())?;
    assert_eq!(settled.cases.len(), 1, "{:?}", report.findings);
    let timings = Timings::new(false);
    stage_site(&root, &settled, &[], &dir.join("public"), &timings).map(|_| ())
}

fn spoiled(mut record: ClearedRecord, spoil: &impl Fn(&str) -> String) -> ClearedRecord {
    if let Fate::Ready { disclosure, .. } = &mut record.fate {
        let json = serde_json::to_string(disclosure).expect("a disclosure serializes");
        **disclosure = readmit(&spoil(&json)).expect("a spoiled disclosure is still one");
    }
    record
}

#[test]
fn a_sound_redactor_passes_the_audit() {
    let dir = site_root();
    staged(dir.path(), str::to_owned).expect("nothing is spoiled");
}

/// What a broken redactor would have written.
type Spoil<'s> = &'s dyn Fn(&str) -> String;

#[test]
fn every_broken_redactor_is_seen() {
    let breaks: [(&str, Spoil<'_>); 6] = [
        ("the party's name in full", &|json| {
            json.replace("\"party\":\"上官某\"", "\"party\":\"上官试文\"")
        }),
        ("a name in the facts", &|json| json.replace("占道经营。", "占道经营，上官试文承认。")),
        ("a name spaced out", &|json| json.replace("占道经营。", "占道经营，上官 试 文承认。")),
        ("an identity number", &|json| {
            json.replace("占道经营。", "占道经营（11010519491231002X）。")
        }),
        ("a number in full width", &|json| {
            json.replace("占道经营。", "占道经营１１０１０５１９４９１２３１００２Ｘ。")
        }),
        ("a stranger's telephone", &|json| {
            json.replace("占道经营。", "占道经营，电话13800138000。")
        }),
    ];
    for (what, spoil) in breaks {
        let dir = site_root();
        match staged(dir.path(), spoil) {
            Err(Failure::Leak(found)) => assert!(!found.is_empty()),
            Err(other) => panic!("{what}: stopped for another reason: {other}"),
            Ok(()) => panic!("{what}: not seen"),
        }
        assert!(!dir.path().join("public").exists(), "{what}: something was written");
    }
}

mod lives;
mod model;
