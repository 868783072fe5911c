//! Whole drops through intake: what must come out, and what must be named where.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::clearance::record::{CaseKind, Field};
use crate::diag::Place;

const HEADER: &str = "行政处罚决定书文号,行政相对人名称,行政相对人类别,行政相对人代码_1(统一社会信用代码),违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚机关,备注";

/// A penalty row whose facts and remark are given.
fn row(number: u32, facts: &str, remark: &str) -> String {
    format!(
        "示城管罚决字〔2026〕第{number}号,示例{number}运输有限公司,法人及非法人组织,91230500MA1B3N1N2M,占道经营,{facts},《条例》第一条,罚款,处以罚款人民币5000元,0.5,2026-05-20,示例市清源区城市管理局,{remark}"
    )
}

fn table(rows: &[String]) -> String {
    format!("{HEADER}\r\n{}\r\n", rows.join("\r\n"))
}

/// What came out of a drop.
struct Out {
    cases: Vec<CaseFile>,
    report: IntakeReport,
}

impl Out {
    /// Check and row of each finding, 0 for the file as a whole.
    fn found(&self) -> Vec<(&'static str, u32)> {
        let row = |place: &Place| match place {
            Place::Cell { row, .. } => *row,
            Place::File { .. } | Place::Page { .. } => 0,
        };
        self.report.findings.iter().map(|f| (f.check, row(&f.place))).collect()
    }

    fn look(&self, case: usize, field: Field) -> Option<&str> {
        self.cases[case].look(field)
    }

    fn rows(&self) -> Vec<u32> {
        self.cases
            .iter()
            .map(|c| match c.place {
                Place::Cell { row, .. } => row,
                _ => 0,
            })
            .collect()
    }
}

fn try_read(files: &[(&str, &[u8])]) -> Result<Out, Failure> {
    let root = tempfile::tempdir().expect("a folder");
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files {
        let path = root.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        paths.push(path);
    }
    let drop = DropFolder { files: paths, ..DropFolder::empty("2026-05".into()) };
    let mut cases = Vec::new();
    let intake = Intake::new(&Shelf::embedded()).expect("the dictionary loads");
    let report = intake.read(&drop, &mut |case| {
        cases.push(case);
        Ok(())
    })?;
    Ok(Out { cases, report })
}

fn read(name: &str, text: &str) -> Out {
    try_read(&[(name, text.as_bytes())]).unwrap_or_else(|f| panic!("{f}"))
}

#[test]
fn a_plain_table_is_read() {
    let out =
        read("a.csv", &table(&[row(1, "事实一", ""), row(2, "\"引号\"\"内\n第二行\"", "无")]));
    assert_eq!(out.found(), []);
    assert_eq!((out.rows(), out.report.rows, out.report.held_rows), (vec![2, 3], 2, 0));
    assert_eq!(out.look(0, Field::Facts), Some("事实一"));
    assert_eq!(out.look(1, Field::Facts), Some("引号\"内 第二行"));
    assert_eq!(out.look(1, Field::Remark), None);
    assert_eq!(out.cases[0].words.fine.word().map(|m| m.as_fen()), Some(500_000));
    assert!(!out.report.refused);
}

#[test]
fn noise_around_the_table_is_passed_over() {
    let text = format!(
        "某局行政处罚公示表,,\n填报单位：某局\n{HEADER}\n1,2,3,4,5,6,7,8,9,10,11,12,13\n{}\n\n,,,,,,,,,,,,\n{HEADER}\n{}\n合计,,,,,,,,,1.0,,,\n备注：以上为一季度数据\n填表日期：2026-05-31\n",
        row(1, "一", ""),
        row(2, "二", "")
    );
    let out = read("a.csv", &text);
    assert_eq!(out.found(), []);
    assert_eq!(out.rows(), [5, 9]);
}

#[test]
fn other_delimiters_and_blank_extra_cells_are_taken() {
    let tabs = table(&[row(1, "一", "")]).replace(',', "\t");
    assert_eq!(read("a.tsv", &tabs).rows(), [2]);
    let semicolons = table(&[row(1, "一", "")]).replace(',', ";");
    assert_eq!(read("a.csv", &semicolons).rows(), [2]);
    let out = read("a.csv", &table(&[format!("{},,", row(1, "一", ""))]));
    assert_eq!((out.found(), out.rows()), (vec![], vec![2]));
}

#[test]
fn swallowed_rows_refuse_the_file() {
    let open =
        table(&[row(1, "一", ""), row(2, "二", "\"他说"), row(3, "三", ""), row(4, "四", "\"")]);
    assert_eq!(read("a.csv", &open).found(), [("swallowed-rows", 3)]);
    let unclosed = table(&[row(1, "一", "\"Q"), row(2, "二", ""), row(3, "三", "")]);
    let out = read("a.csv", &unclosed);
    assert_eq!(out.found(), [("swallowed-rows", 2)]);
    assert!(out.report.refused && out.cases.is_empty());
    let after = table(&[row(1, "\"一\"后", ""), row(2, "二", "")]);
    assert_eq!(read("a.csv", &after).found(), [("swallowed-rows", 2)]);
    let stray = table(&[row(1, "他说\"一,二\"", ""), row(2, "二", "")]);
    assert_eq!(read("a.csv", &stray).found(), [("swallowed-rows", 2)]);
    let middle = table(&[row(1, "\"一", ""), row(2, "二\"", ""), row(3, "三", "")]);
    assert_eq!(read("a.csv", &middle).found(), [("swallowed-rows", 2)]);
}

#[test]
fn a_cut_file_is_refused_and_a_ragged_row_is_held() {
    let whole = table(&[row(1, "一", ""), row(2, "二", "")]);
    let cut = whole.split_at(whole.len() - 50).0;
    let cut = &cut[..cut.rfind(',').expect("a comma")];
    let out = read("a.csv", cut);
    assert_eq!(out.found()[0], ("truncated-file", 3));
    assert!(out.report.refused);
    let in_quotes = format!("{HEADER}\r\n{}\r\n示〔2026〕2号,甲,\"乙", row(1, "一", ""));
    assert_eq!(read("a.csv", &in_quotes).found()[0], ("truncated-file", 3));
    let ragged = table(&[
        row(1, "一,多", ""),
        row(2, "二", ""),
        "示〔2026〕3号,甲".into(),
        row(4, "四", ""),
    ]);
    let out = read("a.csv", &ragged);
    assert_eq!(out.found(), [("ragged-row", 2), ("ragged-row", 4)]);
    assert_eq!((out.rows(), out.report.held_rows, out.report.rows), (vec![3, 5], 2, 4));
    assert!(!out.report.refused);
}

#[test]
fn a_file_without_rows_or_header_is_refused() {
    for (text, found) in [
        ("", ("empty-table", 1)),
        (" \n\n", ("empty-table", 1)),
        (HEADER, ("empty-table", 1)),
        ("甲,乙,丙\n一,二,三\n", ("unknown-columns", 1)),
    ] {
        let out = read("a.csv", text);
        assert_eq!(out.found(), [found], "{text}");
        assert!(out.report.refused);
    }
}

#[test]
fn control_characters_are_stripped_and_nul_holds() {
    let out = read(
        "a.csv",
        &table(&[row(1, "甲\u{1}乙\u{202e}", ""), row(2, "丙\0", ""), row(3, "丁\u{fffd}", "")]),
    );
    let want = [("control-character", 3), ("undecodable-file", 4), ("control-character", 2)];
    let mut found = out.found();
    found.sort_unstable_by_key(|f| (f.1 == 2, f.1));
    assert_eq!(found, want);
    assert_eq!(out.look(0, Field::Facts), Some("甲乙"));
    assert_eq!((out.rows(), out.report.held_rows), (vec![2], 2));
}

#[test]
fn a_cell_of_megabytes_is_held_at_once() {
    for facts in ["1".repeat(4_000_000), "毒".repeat(2_000_000), "\"\"".repeat(1_000_000)] {
        let out = read("a.csv", &table(&[row(1, &format!("\"{facts}\""), ""), row(2, "二", "")]));
        assert_eq!(out.found(), [("overlong-cell", 2)]);
        assert_eq!(out.rows(), [3]);
    }
}

#[test]
fn marks_stop_the_drop_before_anything_else_is_said() {
    for mark in ["机密★10年", "内部资料 注意保管", "秘密"] {
        let good = table(&[row(1, "一", "")]);
        let foreign = format!("{HEADER},内部\r\n{},{mark}\r\n", row(1, "一", ""));
        let marked: [(&str, &[u8]); 2] =
            [("a.csv", good.as_bytes()), ("b.csv", foreign.as_bytes())];
        let failure = try_read(&marked).err().expect("a failure");
        assert!(
            matches!(failure, Failure::SecrecyMark { ref file } if file.ends_with("b.csv")),
            "{mark}"
        );
    }
    let escaped = "- \"\\u673a\\u5bc6\\u2605\": x\n";
    assert!(matches!(try_read(&[("a.yml", escaped.as_bytes())]), Err(Failure::SecrecyMark { .. })));
    let name = try_read(&[("机密★10年.csv", b"x")]).err().expect("a failure");
    assert!(matches!(name, Failure::SecrecyMark { ref file } if file == "#1"));
}

#[test]
fn what_resembles_a_mark_holds_its_row() {
    let rows = [row(1, "商业秘密", "机密标甲20"), row(2, "印有绝密★启用前", "")];
    let out = read("a.csv", &table(&rows));
    assert_eq!(out.found(), [("suspected-secrecy-word", 3)]);
    assert_eq!(out.rows(), [2]);
}

#[test]
fn foreign_columns_are_dropped() {
    let text = format!("{HEADER},内部办案意见,\r\n{},甲,乙\r\n", row(1, "一", ""));
    let out = read("a.csv", &text);
    assert_eq!(out.found(), [("unknown-column", 1), ("unknown-column", 1)]);
    assert_eq!(out.rows(), [2]);
}

#[test]
fn yaml_is_read_as_a_table() {
    let cells = |n: u32| {
        let row = row(n, "事实", "");
        let pairs = HEADER.split(',').zip(row.split(','));
        pairs.map(|(k, v)| format!("{k}: \"{v}\"")).collect::<Vec<_>>().join("\n  ")
    };
    let list = format!("# 注\n- {}\n- {}\n", cells(1), cells(2));
    let out = read("a.yml", &list);
    assert_eq!((out.found(), out.rows()), (vec![], vec![2, 15]));
    let wrapped = format!("处罚:\n- {}\n", cells(1));
    assert_eq!(read("a.yaml", &wrapped).rows(), [2]);
    let plain = list.replace("\"2026-05-20\"", "2026-05-20").replace("\"0.5\"", "0.5");
    assert!(read("a.yml", &plain).cases[0].words.decided_on.word().is_some());
    for (text, line) in [
        (format!("{list}  备注: 又一次\n"), 28),
        (format!("{list}---\n- a: b\n"), 29),
        (format!("{list}- &a {{x: y}}\n"), 28),
        (format!("{list}- x: [1, 2]\n"), 28),
        (format!("{list}- x: !!str y\n"), 28),
        (format!("{list}- <<: y\n"), 28),
        (format!("{list}- [x]: y\n"), 28),
        ("a: b\n".into(), 1),
        ("{".repeat(300_000), 1),
        (format!("- &a x\n{}", "- *a\n".repeat(20_000)), 1),
    ] {
        let out = read("a.yml", &text);
        assert_eq!(out.found(), [("yaml-structure", line)]);
        assert!(out.report.refused && out.cases.is_empty());
    }
    for text in ["", "[]", "处罚: []", "~"] {
        assert_eq!(read("a.yml", text).found().first().map(|f| f.1), Some(1), "{text}");
    }
    assert_eq!(read("a.yml", "- a: b\n  c: d\0\n  e: f\n").found(), [("control-character", 2)]);
}

#[test]
fn orders_are_read_apart() {
    let text = "行政处罚决定书文号,撤下事由,依据文书,文书日期,生效日期\n示城管罚决字(2026)第1号,撤销,示复决〔2026〕1号,2026-06-01,\n,撤销,,2026-06-31,\n清检〔2026〕2号,发布错误,示撤〔2026〕2号,2026-06-02,2026-06-03\n";
    let out = read("撤销.csv", text);
    assert_eq!(out.report.rows, 0);
    let orders: Vec<(&str, CaseKind)> =
        out.report.orders.iter().map(|o| (o.number.as_str(), o.kind)).collect();
    assert_eq!(
        orders,
        [
            ("示城管罚决字〔2026〕第1号", CaseKind::Penalty),
            ("清检〔2026〕2号", CaseKind::Inspection)
        ]
    );
    assert_eq!(out.report.orders[0].effective_on, out.report.orders[0].decided_on);
    assert_eq!(out.report.faulty_orders, 1);
    assert_eq!(out.found(), [("missing-field", 3), ("missing-field", 3), ("bad-date", 3)]);
}

#[test]
fn a_faulty_file_leaves_the_others_alone() {
    let good = table(&[row(1, "一", "")]);
    let out = try_read(&[("a.csv", b"PK\x03\x04"), ("b.csv", good.as_bytes()), ("c.pdf", b"%PDF")])
        .unwrap_or_else(|f| panic!("{f}"));
    assert_eq!(out.found(), [("unsupported-file", 0), ("unsupported-file", 0)]);
    assert_eq!(out.rows(), [2]);
    assert!(out.report.refused);
}

#[test]
fn a_workbook_is_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "公示表").expect("a cell");
    for (line, text) in [(2, HEADER.to_owned()), (3, row(1, "一", "")), (4, row(2, "二", ""))] {
        for (column, cell) in (0..).zip(text.split(',')) {
            sheet.write(line, column, cell).expect("a cell");
        }
    }
    sheet.write(4, 3, 115_000_000_000_000_000_i64).expect("a cell");
    sheet.write(4, 9, 0.5).expect("a cell");
    book.add_worksheet().write(0, 0, "填表说明").expect("a cell");
    let hidden = book.add_worksheet();
    hidden.write(0, 0, "草稿").expect("a cell");
    hidden.set_hidden(true);
    let bytes = book.save_to_buffer().expect("a workbook");
    let out = try_read(&[("a.xlsx", &bytes)]).unwrap_or_else(|f| panic!("{f}"));
    assert_eq!(out.rows(), [4, 5]);
    assert_eq!(out.look(1, Field::CreditCode), Some("1.15000E+17"));
    assert_eq!(out.cases[1].words.fine.word().map(|m| m.as_fen()), Some(500_000));
    assert_eq!(out.found(), [("unknown-column", 1), ("hidden-sheet", 1)]);
}

#[test]
fn findings_hold_nothing_of_the_rows() {
    let secret = "500199199108221312";
    let text =
        table(&[row(1, secret, ""), format!("{secret},甲"), row(3, &format!("{secret}\0"), "")]);
    let out = read("a.csv", &text);
    assert_eq!(out.found().len(), 2);
    assert!(!format!("{:?}", out.report.findings).contains(secret));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let headed = [HEADER.as_bytes(), b"\n", &bytes].concat();
        for file in [&bytes, &headed] {
            for name in ["a.csv", "a.yml", "a.xlsx", "a.xls"] {
                let _ = try_read(&[(name, file)]);
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-:{}&*!|>\"',\n\t 密机★内部资料0-9年]{0,60}") {
        let headed = format!("{HEADER}\n{text}");
        for file in [&text, &headed] {
            for name in ["a.csv", "a.yml"] {
                let _ = try_read(&[(name, file.as_bytes())]);
            }
        }
    }
}
