//! Records of the whole process as tables: the same records as YAML and as CSV or Excel meet the same
//! checks, and what is wrong with a table is told by its cell.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::Value;

use crate::support::{Ran, Site};

/// Canonical headers of a records table, as in `data/intake/records.yml`.
const HEADERS: [&str; 53] = [
    "类型",
    "决定书文号",
    "环节序号",
    "音像序号",
    "环节类型",
    "开始",
    "结束",
    "全程",
    "剪辑",
    "音像内容",
    "移交时校验值",
    "现校验值",
    "记录人",
    "作为证据",
    "保管期限",
    "删除时间",
    "恢复",
    "原因",
    "语音说明",
    "报告时间",
    "说明",
    "时间",
    "保管员",
    "存储编号",
    "地点",
    "执法事项",
    "相对人",
    "附卷",
    "查阅人",
    "批准人",
    "批准人是负责人",
    "事由",
    "送达方式",
    "拍照",
    "文书名称",
    "档号",
    "归档日期",
    "审核情形",
    "办案人",
    "办案机构",
    "审批人",
    "审核内容",
    "集体讨论日期",
    "决定日期",
    "审核人姓名",
    "审核人机构",
    "法律职业资格",
    "初次审核日期",
    "意见日期",
    "意见",
    "意见书",
    "处理",
    "备注",
];

/// Where a key of the YAML form stands in a table.
fn header(kind: &str, key: &str) -> &'static str {
    let other = match (kind, key) {
        ("环节", "类型") => "环节类型",
        ("音像" | "免录", "环节") => "环节序号",
        ("音像", "内容") => "音像内容",
        ("免录", "理由") => "原因",
        ("间断", "书面说明") => "说明",
        ("存储" | "备份", "编号") => "存储编号",
        ("送达", "方式") => "送达方式",
        ("审核人", "姓名") => "审核人姓名",
        ("审核人", "机构") => "审核人机构",
        ("审核意见", "日期") => "意见日期",
        _ => key,
    };
    HEADERS.iter().find(|h| **h == other).copied().unwrap_or_else(|| panic!("no column {other}"))
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(true) => "是".into(),
        Value::Bool(false) => "否".into(),
        Value::Number(n) => n.to_string(),
        Value::String(s) if s.is_empty() => "无".into(),
        Value::String(s) => s.clone(),
        Value::Sequence(list) if list.is_empty() => "无".into(),
        Value::Sequence(list) => list.iter().map(scalar).collect::<Vec<_>>().join("、"),
        _ => panic!("no scalar"),
    }
}

type Cells = BTreeMap<&'static str, String>;

/// A table made of the YAML form, row by row.
#[derive(Default)]
struct Table(Vec<Cells>);

impl Table {
    fn of(yaml: &str) -> Self {
        let mut table = Self::default();
        let cases: Vec<BTreeMap<String, Value>> = serde_yaml::from_str(yaml).expect("records");
        for case in &cases {
            let number = scalar(&case["文号"]);
            for (key, value) in case {
                table.part(&number, key, value, case);
            }
        }
        table
    }

    fn part(&mut self, number: &str, key: &str, value: &Value, case: &BTreeMap<String, Value>) {
        match key {
            "文号" => {}
            "环节" | "免录" => self.list(key, number, None, value),
            "文书" => {
                let empty = Vec::new();
                let list = value.as_sequence().unwrap_or(&empty);
                for name in list {
                    self.row("文书", number, None, vec![("文书名称", scalar(name))]);
                }
            }
            "音像记录" => self.recordings(number, value),
            "送达" => self.list(key, number, None, &Value::Sequence(vec![value.clone()])),
            "案卷保管期限" if case.contains_key("归档") => {}
            "案卷保管期限" => {
                self.row("归档", number, None, vec![("保管期限", scalar(value))]);
            }
            "归档" => {
                self.list(key, number, None, &Value::Sequence(vec![value.clone()]));
                if let (Some(kept), Some(row)) = (case.get("案卷保管期限"), self.0.last_mut())
                {
                    row.insert("保管期限", scalar(kept));
                }
            }
            "法制审核" => self.review(number, value),
            _ => panic!("no part {key}"),
        }
    }

    fn recordings(&mut self, number: &str, value: &Value) {
        let list = value.as_sequence().expect("a list");
        if list.is_empty() {
            self.row("音像", number, None, vec![("环节序号", "无".into())]);
        }
        for (shot, value) in (1_usize..).zip(list) {
            let (mut own, mut parts) = (Vec::new(), Vec::new());
            for (key, value) in value.as_mapping().expect("a map") {
                let key = key.as_str().expect("a key");
                match key {
                    "中断" | "查阅" => {
                        parts.push((if key == "中断" { "间断" } else { "调阅" }, value.clone()));
                    }
                    "移交" | "书面说明" => parts.push((
                        if key == "移交" { "移交" } else { "书面说明" },
                        Value::Sequence(vec![value.clone()]),
                    )),
                    "存储" => {
                        for store in value.as_sequence().expect("a list") {
                            let kind =
                                if store["用途"] == "备份" { "备份" } else { "存储" };
                            let mut store = store.as_mapping().expect("a map").clone();
                            store.remove("用途");
                            parts.push((kind, Value::Sequence(vec![Value::Mapping(store)])));
                        }
                        if value.as_sequence().is_some_and(Vec::is_empty) {
                            parts.push(("备份", value.clone()));
                        }
                    }
                    _ => own.push((header("音像", key), scalar(value))),
                }
            }
            self.row("音像", number, Some(shot), own);
            for (kind, value) in parts {
                self.list(kind, number, Some(shot), &value);
            }
        }
    }

    fn review(&mut self, number: &str, value: &Value) {
        let mut own = Vec::new();
        for (key, value) in value.as_mapping().expect("a map") {
            match key.as_str().expect("a key") {
                "审核人" => self.list("审核人", number, None, value),
                "轮次" => self.list("审核意见", number, None, value),
                key => own.push((header("法制审核", key), scalar(value))),
            }
        }
        if !own.is_empty() {
            self.row("法制审核", number, None, own);
        }
    }

    fn list(&mut self, kind: &str, number: &str, shot: Option<usize>, value: &Value) {
        let list = value.as_sequence().expect("a list");
        for item in list {
            let map = item.as_mapping().expect("a map");
            let cells = map
                .iter()
                .map(|(key, value)| (header(kind, key.as_str().expect("a key")), scalar(value)));
            self.row(kind, number, shot, cells.collect());
        }
        if list.is_empty() {
            self.row(kind, number, shot, vec![("说明", "无".into())]);
        }
    }

    fn row(
        &mut self,
        kind: &str,
        number: &str,
        shot: Option<usize>,
        cells: Vec<(&'static str, String)>,
    ) {
        let mut row: Cells = cells.into_iter().collect();
        row.insert("类型", kind.into());
        row.insert("决定书文号", number.into());
        if let Some(shot) = shot {
            row.insert("音像序号", shot.to_string());
        }
        self.0.push(row);
    }

    /// As delimited text.
    fn csv(&self, is_mine: impl Fn(&str) -> bool) -> String {
        let mut text = HEADERS.join(",") + "\r\n";
        for row in self.0.iter().filter(|row| is_mine(&row["类型"])) {
            let cells = HEADERS.iter().map(|h| row.get(h).map_or("", String::as_str));
            text += &(cells.collect::<Vec<_>>().join(",") + "\r\n");
        }
        text
    }

    /// As a workbook with a sheet for the recordings and one for all else.
    fn xlsx(&self, folder: &Path) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, is_shot) in [("音像", true), ("其他", false)] {
            let sheet = book.add_worksheet().set_name(name).expect("a name");
            for (column, header) in (0..).zip(HEADERS) {
                sheet.write(0, column, header).expect("a cell");
            }
            let mine = self.0.iter().filter(|row| row.contains_key("音像序号") == is_shot);
            for (line, row) in (1..).zip(mine) {
                for (column, header) in (0..).zip(HEADERS) {
                    if let Some(text) = row.get(header) {
                        sheet.write(line, column, text).expect("a cell");
                    }
                }
            }
        }
        let path = folder.join("book.xlsx");
        book.save(&path).expect("saved");
        std::fs::read(path).expect("read")
    }
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    std::fs::read_to_string(path).expect("a fixture")
}

fn check(files: &[(&str, Vec<u8>)]) -> Ran {
    let site = Site::new();
    site.write("site.yml", fixture("fixture-root/site.yml"));
    site.write("data/staff.yml", fixture("fixture-root/data/staff.yml"));
    site.write("drops/2026-03/process.csv", fixture("checks/process.csv"));
    for (name, bytes) in files {
        site.write(&format!("drops/2026-03/{name}"), bytes);
    }
    site.run_on("2026-03-04", &["check"])
}

/// All that a run says, without the places: findings, notes, what was not checked.
fn told(ran: &Ran) -> Vec<String> {
    let said = ran.said();
    let lines = said.lines().filter(|line| !line.trim_start().starts_with("位置"));
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The cases of all fixtures of the checks of the process in one file, each with a number of its own, and
/// the checks.
fn all_fixtures() -> (String, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks");
    let (mut yaml, mut checks, mut number) = (String::new(), Vec::new(), 1);
    for entry in std::fs::read_dir(&folder).expect("fixtures") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        // A fixture of the vet has a table of its own, which these runs do not read.
        if folder.join(&name).join("bad.csv").is_file() {
            continue;
        }
        for file in ["bad.yml", "good.yml"] {
            if folder.join(&name).join(file).is_file() {
                let text = fixture(&format!("checks/{name}/{file}"));
                yaml += &text.replace("第1号", &format!("第{number}号"));
                number += 1;
                checks.push(name.clone());
            }
        }
    }
    (yaml, checks)
}

#[test]
fn a_table_says_the_same_as_the_yaml_file() {
    let (yaml, checks) = all_fixtures();
    assert!(checks.len() > 40, "{checks:?}");
    let table = Table::of(&yaml);
    let want = told(&check(&[("全过程记录.yml", yaml.into())]));
    for name in checks {
        assert!(want.iter().any(|line| line.contains(&format!("[{name}]"))), "{name} is not found");
    }
    let is_shot =
        |kind: &str| ["音像", "间断", "移交", "存储", "备份", "书面说明", "调阅"].contains(&kind);
    let scratch = tempfile::tempdir().expect("a folder");
    for files in [
        vec![("records.csv", table.csv(|_| true).into_bytes())],
        vec![
            ("全过程记录-1文书.csv", table.csv(|kind| !is_shot(kind)).into_bytes()),
            ("全过程记录-2音像.csv", table.csv(is_shot).into_bytes()),
        ],
        vec![("全过程记录.xlsx", table.xlsx(scratch.path()))],
    ] {
        assert_eq!(told(&check(&files)), want, "{}", files[0].0);
    }
}

#[test]
fn a_table_in_gbk_with_the_dates_of_a_spreadsheet_is_read() {
    let yaml = fixture("checks/altered-recording/bad.yml");
    let want = told(&check(&[("全过程记录.yml", yaml.clone().into())]));
    let table = Table::of(&yaml).csv(|_| true);
    let table =
        table.replace("2026-02-10 09:00", "2026/2/10 9:00").replace("2026-03-04", "2026/3/4");
    let table = table.replace(",30,", ",30年,").replace("是,", "√,");
    let (bytes, _, lost) = encoding_rs::GB18030.encode(&table);
    assert!(!lost && table.contains("2026/2/10 9:00"));
    let titled = encoding_rs::GB18030.encode("全过程记录表\r\n").0.into_owned();
    let got = check(&[("全过程记录.csv", [titled, bytes.into_owned()].concat())]);
    let got = told(&got.ends(0).says("assumed-encoding"));
    let lost = want.iter().filter(|line| !got.contains(line) && !line.starts_with("共 "));
    assert_eq!(lost.count(), 0, "{got:#?}");
}

#[test]
fn what_is_wrong_with_a_table_is_told_by_its_cell_and_not_repeated() {
    let table = Table::of(&fixture("checks/altered-recording/bad.yml")).csv(|_| true);
    let first = table.lines().nth(1).expect("a row");
    let row = |kind: &str, rest: &str| {
        table.clone() + &format!("{kind},{rest}") + &",".repeat(HEADERS.len())
    };
    let short = |text: String| {
        let lines =
            text.lines().map(|l| l.split(',').take(HEADERS.len()).collect::<Vec<_>>().join(","));
        lines.collect::<Vec<_>>().join("\r\n") + "\r\n"
    };
    let number = "示城管罚决字〔2026〕第1号";
    for (text, says) in [
        (table.replacen("2026-02-10 09:00", "2026-02-10", 1), "「开始」"),
        (table.replacen("现场检查", "暗号检查", 1), "「环节类型」"),
        (table.replacen("示城管罚决字〔2026〕第1号", "暗号", 1), "「决定书文号」"),
        (table.replacen("类型,", "种类,", 1), "[unknown-columns]"),
        (short(row("暗号", number)), "「类型」"),
        (short(row("移交", &format!("{number},,9"))), "「音像序号」"),
        (short(row("移交", &format!("{number},,1"))), "「时间」"),
        (short(row("送达", &format!("{number},,,,,,暗号"))), "[bad-process-records]"),
        (short(row("免录", &format!("{number},无"))), "「类型」"),
        (format!("{table}{first},,,暗号\r\n"), "[ragged-row]"),
        (table.replacen("2026-02-10 09:00", "\"2026-02-10 09:00", 1), "[swallowed-rows]"),
        (table.replacen("测试甲", "测试\u{fffd}", 1), "[undecodable-file]"),
    ] {
        assert_ne!(text, table, "{says}");
        let site = Site::new();
        site.write("drops/2026-03/process.csv", fixture("checks/process.csv"));
        site.write("drops/2026-03/全过程记录.csv", &text);
        let ran = site.run_on("2026-03-04", &["check"]).ends(1).says(says).says("全过程记录.csv");
        for raw in ["暗号", "09:00", "测试甲", "柜一"] {
            assert!(!ran.said().contains(raw), "{raw} for {says}");
        }
    }
    let marked = table.replacen("询问室当日停电", "机密★10年", 1);
    check(&[("records.csv", marked.into())]).ends(7).never_says("10年");
}

#[test]
fn a_case_in_both_forms_is_refused_and_a_foreign_column_is_named() {
    let yaml = fixture("checks/altered-recording/bad.yml");
    let table = Table::of(&yaml).csv(|_| true);
    let both = [("全过程记录.yml", yaml.into()), ("全过程记录.csv", table.clone().into())];
    check(&both).ends(1).says("bad-process-records").says("文号重复");
    let foreign = table.replacen("备注", "内部批示", 1);
    check(&[("records.csv", foreign.into())]).ends(0).says("unknown-column");
}
