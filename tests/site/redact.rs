//! `gongshi redact` from outside: lines of records go in, as many lines come out.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Map, Value, json};

use crate::support::{Ran, Site, credit_code, id_number};

/// A record that may be published, with an invented person in its facts.
fn record(id: usize) -> Value {
    json!({"id": format!("甲-{id}"), "fields": {
        "行政处罚决定书文号": format!("示清城管罚决字〔2024〕第{id}号"),
        "行政相对人名称": "上官试文",
        "行政相对人类别": "自然人",
        "证件号码": id_number(id),
        "联系电话": format!("1990000{id:04}"),
        "处罚决定日期": "2024-05-20",
        "违法事实": format!("上官试文（电话1990000{id:04}）占道经营，标记青标{id:03}。"),
    }})
}

/// The record with another cell.
fn with(mut record: Value, header: &str, cell: impl Into<Value>) -> Value {
    record["fields"][header] = cell.into();
    record
}

/// Runs the filter over lines.
fn filtered(site: &Site, args: &[&str], lines: &str) -> Ran {
    let args = [&["redact", "--as-of", "2024-05-23"], args].concat();
    let mut command = site.command(&args);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let lines = lines.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let ran = Ran(child.wait_with_output().expect("it ends"));
    writer.join().expect("no panic").expect("all is read");
    ran
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

/// The answers of a run, in order.
fn answers(ran: &Ran) -> Vec<Value> {
    let text = String::from_utf8(ran.0.stdout.clone()).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The answer to one record.
fn answer(site: &Site, record: &Value) -> Value {
    answers(&filtered(site, &[], &lines(std::slice::from_ref(record))).ends(0)).remove(0)
}

fn field<'a>(answer: &'a Value, header: &str) -> &'a str {
    answer["fields"][header].as_str().expect("a text")
}

#[test]
fn there_is_one_line_for_each_in_their_order() {
    let site = Site::new();
    let records: Vec<Value> = (1..400).map(record).collect();
    let ran = filtered(&site, &[], &(lines(&records) + "\n \n")).ends(0);
    let answers = answers(&ran);
    assert_eq!(answers.len(), records.len());
    for (record, answer) in records.iter().zip(&answers) {
        assert_eq!(record["id"], answer["id"]);
        assert_eq!(answer["status"], "published");
        let headers = |v: &Value| v["fields"].as_object().map(|f| f.keys().cloned().collect());
        let (before, after): (Option<Vec<String>>, _) = (headers(record), headers(answer));
        assert_eq!(before, after);
        assert!(field(answer, "违法事实").starts_with("上官某占道经营，标记青标"));
    }
    ran.says("可公开 399 · 不得公开 0 · 待复核 0 · 无法读取 0").never_says("试文");
}

#[test]
fn the_order_of_columns_stays() {
    let line = r#"{"fields":{"丙":"1","甲":"2","违法事实":"3","乙":"4"},"id":7}"#;
    let ran = filtered(&Site::new(), &[], line).ends(0);
    let out = String::from_utf8_lossy(&ran.0.stdout).into_owned();
    assert_eq!(
        out,
        "{\"id\":7,\"status\":\"published\",\"fields\":{\"丙\":\"1\",\"甲\":\"2\",\"违法事实\":\"3\",\"乙\":\"4\"}}\n"
    );
}

#[test]
fn a_record_is_redacted_alike_wherever_it_stands() {
    let site = Site::new();
    let minor = with(record(501), "违法事实", "当事人上官试文系未成年人。");
    let mut records: Vec<Value> = (1..60).map(record).collect();
    records.push(minor);
    records.push(with(record(502), "违法事实", "证人赵明远证实。"));
    let run = |records: &[Value]| {
        let ran = filtered(&site, &[], &lines(records)).ends(0);
        answers(&ran).iter().map(Value::to_string).collect::<BTreeSet<String>>()
    };
    let stood = run(&records);
    assert_eq!(stood.len(), records.len());
    records.reverse();
    assert_eq!(run(&records), stood);
    let (odd, even): (Vec<_>, Vec<_>) =
        records.into_iter().enumerate().partition(|(at, _)| at % 3 == 1);
    let mixed: Vec<Value> = odd.into_iter().chain(even).map(|(_, record)| record).collect();
    assert_eq!(run(&mixed), stood);
}

#[test]
fn a_line_that_is_no_record_is_answered_and_not_repeated() {
    let site = Site::new();
    let broken = [
        "毒标甲13800138000",
        r#"{"id":"毒标甲","fields":{"违法事实":"毒标乙13800138000""#,
        r#"{"id":"毒标甲","fields":["毒标乙13800138000"]}"#,
        r#"{"id":"毒标甲","fields":{"备注":"毒标乙","备注":"13800138000"}}"#,
        r#"{"id":"毒标甲","fields":{"备注":{"内":"13800138000"}}}"#,
        r#"{"id":"毒标甲"}"#,
        "[]",
        "null",
    ];
    let text = lines(&[record(1)]) + &broken.join("\n") + "\n" + &lines(&[record(2)]);
    let ran = filtered(&site, &[], &text).ends(1).never_says("毒标").never_says("13800138000");
    let answers = answers(&ran);
    assert_eq!(answers.len(), broken.len() + 2);
    let (first, last) = (&answers[0], &answers[broken.len() + 1]);
    assert_eq!((first["status"].as_str(), last["id"].as_str()), (Some("published"), Some("甲-2")));
    let unreadable = json!({
        "id": null, "status": "review", "fields": {}, "reasons": [{"check": "unreadable-file"}],
    });
    assert!(answers[1..=broken.len()].iter().all(|answer| *answer == unreadable));
    ran.says("可公开 2 · 不得公开 0 · 待复核 0 · 无法读取 8");
}

#[test]
fn bytes_that_are_no_text_are_one_bad_line() {
    let site = Site::new();
    let mut command = site.command(&["redact", "--as-of", "2024-05-23"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"{\"id\":1,\"fields\":{\"a\":\"\xff\xfe\"}}\n\x00\n").expect("written");
    stdin.write_all(lines(&[record(1)]).as_bytes()).expect("written");
    drop(stdin);
    let ran = Ran(child.wait_with_output().expect("it ends")).ends(1);
    let said: Vec<Value> = answers(&ran).iter().map(|a| a["status"].clone()).collect();
    assert_eq!(said, ["review", "review", "published"]);
}

#[test]
fn unknown_columns_are_redacted_as_texts() {
    let answer =
        answer(&Site::new(), &with(record(1), "内部办案意见", "上官试文在场，证人赵明远证实。"));
    assert_eq!(field(&answer, "内部办案意见"), "上官某在场，证人赵某证实。");
}

#[test]
fn numbers_flags_and_nothing_are_values() {
    let record = with(record(1), "罚款金额（万元）", 0.5);
    let record = with(with(record, "件数", 12), "是否听证", false);
    let answer = answer(&Site::new(), &with(with(record, "附记", Value::Null), "税额", -3));
    for (header, text) in [
        ("罚款金额（万元）", "0.5"),
        ("件数", "12"),
        ("是否听证", "false"),
        ("附记", ""),
        ("税额", "-3"),
    ] {
        assert_eq!(field(&answer, header), text, "{header}");
    }
    let number = json!({"id": 3, "fields": {"联系电话": 19_900_001_234_u64}});
    assert_eq!(answer_of(&number), "");
    let number = json!({"id": 3, "fields": {"说明": 19_900_001_234_u64}});
    assert_eq!(answer_of(&number), "");
}

/// The one text of a record of one column.
fn answer_of(record: &Value) -> String {
    let answer = answer(&Site::new(), record);
    let fields: &Map<String, Value> = answer["fields"].as_object().expect("fields");
    fields.values().next().and_then(Value::as_str).expect("a text").to_owned()
}

#[test]
fn private_columns_leave_empty() {
    let record = with(record(1), "电子邮箱", "wang.wu@example.cn");
    let answer = answer(&Site::new(), &with(record, "车牌号", "渝A67890"));
    for header in ["证件号码", "联系电话", "车牌号"] {
        assert_eq!(field(&answer, header), "", "{header}");
    }
    assert!(!answer.to_string().contains("wang.wu"));
}

#[test]
fn the_organs_own_values_come_from_json_or_yaml() {
    let text = "证人赵明远致电0888-66001100，邮箱cg@example.cn，缴至示例银行（户名：示例市丙局，账号：60010101200100002）。";
    let record = with(record(1), "违法事实", text);
    let public = "证人赵某致电0888-66001100，邮箱cg@example.cn，缴至示例银行（户名：示例市丙局，账号：60010101200100002）。";
    let site = Site::new();
    let own = json!({
        "authority": ["示例市丙局", "丙局"], "authority_emails": ["cg@example.cn"],
        "authority_phones": ["0888-66001100"], "note": "其余忽略",
    });
    site.write("own.json", own.to_string());
    site.write("own.yml", "authority: [示例市丙局]\nauthority_emails: [cg@example.cn]\nauthority_phones: [0888-66001100]\n");
    site.write(
        "bureau.yml",
        "name: 示例市丙局\ncontact:\n  telephone: 0888-66001100\npublic_numbers: [cg@example.cn]\n",
    );
    for name in ["own.json", "own.yml", "bureau.yml"] {
        let path = site.path(name);
        let args = ["--site", path.to_str().expect("a path")];
        let ran = filtered(&site, &args, &lines(std::slice::from_ref(&record))).ends(0);
        assert_eq!(field(&answers(&ran)[0], "违法事实"), public, "{name}");
    }
    let answer = answer(&site, &record);
    let without = field(&answer, "违法事实");
    assert!(!without.contains("66001100") && !without.contains("cg@"), "{without}");
    site.write("broken.yml", "name: [");
    let path = site.path("broken.yml");
    filtered(&site, &["--site", path.to_str().expect("a path")], &lines(&[record])).ends(2);
    filtered(&site, &["--site", "/nowhere/site.yml"], "").never_says("{");
}

#[test]
fn a_blocked_record_gives_nothing_away() {
    let site = Site::new();
    let mut blocked = Vec::new();
    for (check, raw) in withheld() {
        let kind = if raw.contains("张三") { "自然人" } else { "法人及非法人组织" };
        let name =
            if raw.contains("张三") { "张三" } else { "示例市毒标运输有限公司" };
        let one = with(with(record(7), "行政相对人名称", name), "行政相对人类别", kind);
        let one = with(with(one, "处罚决定日期", "2026-11-02"), "备注", "毒标备注");
        let one = with(one, "违法事实", format!("{name}标记毒标。"));
        let one = with(one, "证件号码", "");
        blocked.push((check, with(one, "决定书全文", raw)));
    }
    assert!(blocked.len() >= 5);
    let records: Vec<Value> = blocked.iter().map(|(_, record)| record.clone()).collect();
    let ran = filtered(&site, &[], &lines(&records)).ends(0);
    let ran = ran.never_says("毒标").never_says("张三").never_says("19900000007");
    for ((check, record), answer) in blocked.iter().zip(answers(&ran)) {
        assert_eq!(answer["status"], "blocked", "{record}");
        assert_eq!(answer["fields"], json!({}), "{record}");
        assert_eq!(answer["reasons"], json!([{"check": check}]), "{record}");
    }
    let born = with(with(record(8), "出生日期", "2010-05-01"), "处罚决定日期", "2024-05-20");
    assert_eq!(answer(&site, &born)["status"], "blocked");
    let grown = with(with(record(8), "出生日期", "2000-05-01"), "处罚决定日期", "2024-05-20");
    assert_eq!(answer(&site, &grown)["status"], "published");
    let code = with(record(9), "统一社会信用代码", credit_code("91", 9));
    assert_eq!(answer(&site, &code)["status"], "published");
}

/// Rule and text of each row of `tests/redact/withheld.md`.
fn withheld() -> Vec<(String, String)> {
    let table = include_str!("../redact/withheld.md");
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(2);
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        assert_eq!((cells.len(), cells[4]), (6, "（整件不公开）"), "{line}");
        (cells[3].to_owned(), cells[1].replace("<br>", "\n"))
    };
    rows.map(row).collect()
}
