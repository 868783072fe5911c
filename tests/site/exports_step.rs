//! What other channels were given keeps in step with the ledger: who may be told of a case, of which ledger an outbox was
//! made, and what a fault, another run or a late receipt does to it.

use serde_json::{Value, json};

use crate::exports::bureau;
use crate::exports_push::{Platform, Reply, deliver, keep, messages, name, outbox, receipts};
use crate::support::{Row, Site, csv, gongshi, has_strace, revoke, tree};

const FIRST: &str = "示清城管罚决字〔2024〕第1号";

fn take_down(site: &Site) {
    site.run(&[&revoke(FIRST)[..], &["--yes"]].concat()).ends(0);
}

fn of_case<'m>(all: &'m [Value], number: &str) -> Vec<&'m Value> {
    all.iter().filter(|m| m["case"]["number"] == number).collect()
}

#[test]
fn what_no_target_has_shown_is_told_to_nobody() {
    let site = bureau();
    let facts = site.read("site.yml");
    site.write(
        "site.yml",
        format!("{facts}targets:\n  - {{name: portal, kind: folder, path: www}}\n"),
    );
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0).says("待网站发布  5").says("待回执  0");
    assert!(!outbox(&site).contains("青标"));
    site.run(&["publish", "--yes"]).ends(0);
    site.run(&["export", "push"]).ends(0).says("待回执  5").says("待网站发布  0");
    // What came after the last delivery waits; a takedown does not.
    site.write("drops/b/处罚.csv", csv(&[Row::sound(7), Row::sound(8)]));
    site.run_on("2024-05-24", &["build"]).ends(0);
    let order = [&revoke(FIRST)[..], &["--yes"]].concat();
    site.run_on("2024-05-24", &order).ends(0);
    site.run_on("2024-05-24", &["export", "push"]).ends(0).says("待网站发布  2").says("撤下  1");
    for waiting in ["青标001", "青标007", "青标008"] {
        assert!(!outbox(&site).contains(waiting), "{waiting}");
    }
    // What was gone before anybody delivered it is never told; the others are told of the day of delivery.
    let order = [&revoke("示清城管罚决字〔2024〕第7号")[..], &["--yes"]].concat();
    site.run_on("2024-05-24", &order).ends(0);
    site.run_on("2024-05-27", &["build"]).ends(0);
    site.run_on("2024-05-27", &["publish", "--yes"]).ends(0);
    site.run_on("2024-05-27", &["export", "push"]).ends(0).says("待网站发布  0");
    let all = messages(&site);
    assert!(of_case(&all, "示清城管罚决字〔2024〕第7号").is_empty());
    let days = |number| of_case(&all, number).iter().map(|m| m["on"].clone()).collect::<Vec<_>>();
    assert_eq!(days("示清城管罚决字〔2024〕第8号"), ["2024-05-27"], "the day that its page says");
    assert_eq!(days(FIRST), ["2024-05-23", "2024-05-24"]);
    // Receipts of all that was sent leave nothing behind: the numbers say it all.
    let rows: Vec<_> = all.iter().map(|m| (name(m), "acknowledged")).collect();
    site.write("back.json", receipts(&rows));
    let back = ["export", "push", "--receipts", "back.json"];
    site.run_on("2024-05-27", &back).ends(0).says("待回执  0");
    let book: Value = serde_json::from_str(&site.read("outbox/receipts.json")).expect("JSON");
    assert_eq!(book["acknowledged"], json!([]));
}

#[test]
fn an_outbox_of_another_ledger_is_refused() {
    let site = bureau();
    site.build().ends(0);
    let backup = site.copy();
    site.write("drops/b/处罚.csv", csv(&[Row::sound(7)]));
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    let all = messages(&site);
    let rows: Vec<_> = all.iter().map(|m| (name(m), "acknowledged")).collect();
    site.write("back.json", receipts(&rows));
    site.run(&["export", "push", "--receipts", "back.json"]).ends(0).says("待回执  0");
    // An older ledger comes back and goes on in another way: its sixth event is another one.
    std::fs::remove_dir_all(site.path("ledger")).expect("removed");
    for (file, body) in backup.ledger() {
        site.write(&format!("ledger/{file}"), body);
    }
    site.write("drops/b/处罚.csv", csv(&[Row::sound(8)]));
    site.build().ends(0).says("不是这本台账的");
    let before = tree(&site.path("outbox"));
    let ran = site.run(&["export", "push"]).ends(1).says("第 6 条").says("从备份恢复");
    assert!(!ran.said().contains("青标"));
    assert_eq!(before, tree(&site.path("outbox")));
    std::fs::remove_dir_all(site.path("outbox")).expect("removed");
    site.run(&["export", "push"]).ends(0).says("待回执  6");
    assert!(outbox(&site).contains("青标008"));
}

#[test]
fn a_fault_in_the_outbox_leaves_no_message_of_a_case_that_is_gone() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    let live = messages(&site);
    site.write("outbox/receipts.json", "{ half");
    let order = [&revoke(FIRST)[..], &["--yes"]].concat();
    site.run(&order).ends(0).says("已损坏");
    assert!(!outbox(&site).contains("青标001"));
    assert_eq!(messages(&site).len(), live.len() - 1, "what stands published stays");
    // Nor does a kill before the outbox was ever whole.
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    std::fs::remove_file(site.path("outbox/receipts.json")).expect("removed");
    take_down(&site);
    assert!(!outbox(&site).contains("青标001"));
}

#[test]
fn no_outbox_lies_where_a_build_would_not_find_it() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push", "--outbox", "elsewhere"]).ends(2);
    assert!(!site.path("elsewhere").exists());
}

#[test]
fn nothing_is_read_or_written_while_another_run_changes_the_ledger() {
    let site = bureau();
    site.build().ends(0);
    let file = std::fs::File::options().write(true).open(site.path("ledger/.lock"));
    let file = file.expect("the lock");
    file.lock().expect("held");
    for verb in ["push", "credit", "wechat", "board", "digest", "signoff"] {
        site.run(&["export", verb]).ends(1).says("另一个 gongshi");
    }
    assert!(!site.path("outbox").exists() && !site.path("exports").exists());
}

#[test]
fn a_case_that_went_between_two_tries_is_not_sent_again() {
    let site = bureau();
    site.build().ends(0);
    let root = site.root().to_path_buf();
    let platform = Platform::new(Box::new(move |n, _| {
        if n == 0 {
            let order = [&revoke(FIRST)[..], &["--yes", "--as-of", crate::support::TODAY]].concat();
            let ran = gongshi().args(order).arg("--root").arg(&root).output();
            assert!(ran.is_ok_and(|ran| ran.status.success()), "taken down meanwhile");
        }
        Reply::Answer(503, String::new())
    }));
    platform.configure(&site);
    site.write("site.yml", site.read("site.yml").replace("timeout_ms: 1500", "timeout_ms: 60000"));
    deliver(&site).ends(1).says("台账有变动");
    assert_eq!(platform.seen().len(), 1, "no second try");
    assert!(!outbox(&site).contains("青标001"));
}

#[test]
fn a_message_that_is_acknowledged_in_the_end_is_not_told_as_rejected() {
    let site = bureau();
    site.build().ends(0);
    let mut first = String::new();
    let platform = Platform::new(Box::new(move |n, request| {
        let own = name(&request.body).to_owned();
        let rows = match n {
            0 => {
                first.clone_from(&own);
                vec![(own.as_str(), "rejected")]
            }
            1 => vec![(own.as_str(), "acknowledged"), (first.as_str(), "acknowledged")],
            _ => vec![(own.as_str(), "acknowledged")],
        };
        Reply::Answer(200, receipts(&rows))
    }));
    platform.configure(&site);
    deliver(&site).ends(0).says("待回执  0").says("退回  0").says("本次确认  5");
}

#[test]
fn a_decision_that_replaces_another_is_named_once_it_stands() {
    let site = bureau();
    site.build().ends(0);
    let by = "示清城管罚决字〔2024〕第77号";
    site.run(&[&revoke(FIRST)[..], &["--replaced-by", by, "--yes"]].concat()).ends(0);
    site.run(&["export", "push"]).ends(0);
    let last = messages(&site).pop().expect("a message");
    assert_eq!((&last["event"], &last["replaced_by"]), (&json!("superseded"), &Value::Null));
    assert!(!outbox(&site).contains("第77号"));
    site.write("drops/b/处罚.csv", csv(&[Row::sound(77)]));
    site.build().ends(0);
    let all = messages(&site);
    let told = all.iter().find(|m| m["event"] == "superseded").expect("its message");
    let id = &of_case(&all, by)[0]["case"]["id"];
    assert_eq!(told["replaced_by"], json!({ "number": by, "id": id }));
    keep(&site);
}

#[test]
fn nothing_is_told_while_a_takedown_is_noted_and_not_carried_out() {
    if !has_strace() {
        return;
    }
    let site = bureau();
    site.build().ends(0);
    let kill = ["-e", "trace=renameat2", "-e", "inject=renameat2:signal=SIGKILL:when=1"];
    site.traced(&kill, &[&revoke(FIRST)[..], &["--yes"]].concat());
    assert!(site.path("ledger/.next/COMMIT").is_file(), "it died after the point of no return");
    assert!(!site.files_with("青标001").is_empty(), "site and ledger are still those of before");
    for channel in [&["credit"][..], &["push"], &["digest", "--week"], &["wechat"], &["board"]] {
        site.run(&[&["export"], channel].concat()).ends(1).says("上次运行中断");
    }
    site.build().ends(0).says("上次运行中断");
    site.run(&["export", "credit"]).ends(0).says("4 件");
}
