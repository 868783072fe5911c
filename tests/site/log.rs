//! The public log from outside: what it tells and what it does not, its proofs, its signature, and that
//! nothing can be changed in it unseen.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Row, Site, csv, revoke};

const PART: &str = "public/rizhi/log-0001.jsonl";
const CHECKPOINT: &str = "public/rizhi/checkpoint.txt";

/// A site with three published cases, and one that is held.
fn published() -> Site {
    let site = Site::new();
    let held = Row::sound(4).with("处罚依据", "");
    let rows = [Row::sound(1), Row::sound(2), Row::sound(3), held];
    site.write("drops/2024-05-22/处罚.csv", csv(&rows));
    site.build().ends(0).says("3");
    site
}

fn take_down(site: &Site, number: usize) {
    let number = format!("示清城管罚决字〔2024〕第{number}号");
    site.run(&[&revoke(&number)[..], &["--yes"]].concat()).ends(0);
}

fn first_id(site: &Site) -> String {
    let log = site.read(PART);
    let (_, rest) = log.split_once("\"id\":\"").expect("an id");
    rest[..8].to_owned()
}

#[test]
fn the_public_log_tells_what_was_public_and_nothing_else() {
    let site = published();
    take_down(&site, 1);
    let log = site.read(PART);
    assert!(site.read("ledger/events.jsonl").contains("held"), "the case is held");
    assert_eq!(log.lines().count(), 4, "{log}");
    assert!(log.lines().last().expect("a line").contains("\"reason\":\"revoked\""));
    for private in ["示清城管罚决字", "青标", "91500199", "held", "withheld", "处罚依据"]
    {
        assert!(!log.contains(private), "{private} is in the public log");
    }
    let page = site.read("public/rizhi/index.html");
    assert!(page.contains("撤下") && page.contains("未签名") && !page.contains("第1号"));
    site.run(&["log", "verify", "public"]).ends(0).says("4 行").says("没有").says("台账：一致");
    let before = site.site();
    site.build().ends(0);
    assert!(site.site() == before, "building again changes nothing");
}

#[test]
fn every_change_of_the_public_log_is_found_and_located() {
    let site = published();
    let sound = site.read(PART);
    let lines: Vec<&str> = sound.split_inclusive('\n').collect();
    let verify = |bad: String| {
        site.write(PART, bad);
        site.run(&["log", "verify", "public"]).ends(1)
    };
    verify(sound.replacen("\"revision\":1", "\"revision\":2", 1)).says("log-0001.jsonl 第 1 行");
    verify([lines[0], lines[2], lines[1]].concat()).says("第 2 行");
    verify([lines[0], lines[2]].concat()).says("第 2 行");
    verify([lines[0], lines[1]].concat()).says("第 3 行起缺失");
    verify(sound[..sound.len() - 9].to_owned()).says("第 3 行");
    verify(String::new()).says("第 1 行起缺失");
    site.write(PART, &sound);
    let checkpoint = site.read(CHECKPOINT);
    site.write(CHECKPOINT, checkpoint.replacen("\n3\n", "\n03\n", 1));
    site.run(&["log", "verify", "public"]).ends(1).says("不是检查点");
    site.write(CHECKPOINT, &checkpoint);
    site.run(&["log", "verify", "public"]).ends(0);
}

#[test]
fn a_log_made_anew_does_not_pass_for_the_ledgers() {
    let (site, other) = (published(), published());
    take_down(&other, 2);
    for name in [PART, CHECKPOINT] {
        site.write(name, other.read(name));
    }
    site.run(&["log", "verify", "public"]).ends(1).says("自第 4 行起与台账不符");
}

#[test]
fn a_key_is_made_once_and_signs_every_build() {
    let site = published();
    site.run(&["log", "keygen", "log.key"]).ends(0);
    let mode = std::fs::metadata(site.path("log.key")).expect("a key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let key = site.read("log.key");
    site.run(&["log", "keygen", "log.key"]).ends(2).says("不覆盖");
    assert_eq!(site.read("log.key"), key);
    let yml = site.read("site.yml");
    site.write("site.yml", format!("{yml}log:\n  key_file: log.key\n"));
    take_down(&site, 1);
    let secret = key.trim_end().rsplit(' ').next().expect("the secret").to_owned();
    assert!(site.files_with(&secret).is_empty(), "the secret key is in the site");
    let public = site.read("public/rizhi/log-key.txt");
    site.write("trusted.txt", &public);
    let verify = ["log", "verify", "public", "--pubkey", "trusted.txt"];
    site.run(&verify).ends(0).says("有效（所给公钥）");
    site.run(&["log", "verify", "public"]).ends(0).says("网站自带的公钥");
    let signed = site.read(CHECKPOINT);
    site.write(CHECKPOINT, signed.replacen("2024-05-23", "2024-05-24", 1));
    site.run(&verify).ends(1).says("有效签名");
    let unsigned = signed.split("— ").next().expect("a body").to_owned();
    site.write(CHECKPOINT, unsigned);
    site.run(&verify).ends(1).says("有效签名");
    site.run(&["log", "keygen", "other.key"]).ends(0);
    site.run(&["build", "--key", "other.key"]).ends(0);
    site.run(&verify).ends(1).says("有效签名");
    std::fs::remove_file(site.path("log.key")).expect("the key goes");
    site.build().ends(2).says("log.key");
}

#[test]
fn a_log_is_signed_with_the_national_algorithms_on_request() {
    let site = published();
    site.run(&["log", "keygen", "log.key", "--sm2"]).ends(0).says("不是经检测认证的商用密码产品");
    site.run(&["build", "--key", "log.key"]).ends(0);
    site.run(&["log", "verify", "public"]).ends(0).says("网站自带的公钥");
    let signed = site.read(CHECKPOINT);
    assert!(!site.read("public/rizhi/index.html").contains("Ed25519"), "it names what signs");
    site.run(&["build", "--key", "log.key"]).ends(0);
    assert_eq!(site.read(CHECKPOINT), signed, "a second build signs the same bytes");
    site.write(CHECKPOINT, signed.replacen("2024-05-23", "2024-05-24", 1));
    site.run(&["log", "verify", "public"]).ends(1).says("有效签名");
}

#[test]
fn an_event_is_proved_to_others_and_an_altered_proof_is_not() {
    let site = published();
    let ran = site.run(&["log", "inclusion", &first_id(&site), "public"]).ends(0);
    let proof = String::from_utf8(ran.0.stdout).expect("text");
    let elsewhere = Site::new();
    let verify = |text: &str| {
        elsewhere.write("proof.json", text);
        elsewhere.run(&["log", "verify", "--proof", "proof.json"])
    };
    verify(&proof).ends(0).says("第 1 行").says("签名：没有");
    verify(&proof.replacen("published", "corrected", 1)).ends(1);
    verify(&proof.replacen("\"index\":0", "\"index\":1", 1)).ends(1);
    let (head, path) = proof.split_once("\"path\":[\"").expect("a path");
    let other = if path.starts_with('0') { "1" } else { "0" };
    verify(&format!("{head}\"path\":[\"{other}{}", &path[1..])).ends(1).says("根摘要");
    verify("").ends(1).says("空");
    site.run(&["log", "inclusion", "22222222", "public"]).ends(1).says("没有这件案件");
    site.run(&["log", "inclusion", "x", "public"]).ends(2);
}

#[test]
fn an_older_checkpoint_is_proved_to_be_a_beginning_and_a_rewritten_log_is_not() {
    let (site, other) = (published(), Site::new());
    site.write("old.txt", site.read(CHECKPOINT));
    take_down(&site, 1);
    let run = |old: &str| site.run(&["log", "consistency", old, CHECKPOINT, "public"]);
    run("old.txt").ends(0).says("3 行的旧日志是 4 行");
    run(CHECKPOINT).ends(0);
    site.run(&["log", "consistency", CHECKPOINT, "old.txt", "public"]).ends(1);
    // Another history of the same length.
    let rows = [Row::sound(1), Row::sound(2)];
    other.write("drops/2024-05-22/处罚.csv", csv(&rows));
    other.build().ends(0);
    take_down(&other, 2);
    site.write("foreign.txt", other.read(CHECKPOINT));
    run("foreign.txt").ends(1).says("不是从旧检查点延续");
}

#[test]
fn a_torn_log_is_repaired_by_order_only_and_the_repair_is_an_event() {
    let site = published();
    let sound = site.read("ledger/events.jsonl");
    let torn = &sound[..sound.len() - 20];
    site.write("ledger/events.jsonl", torn);
    site.build().ends(1).says("被截断");
    site.run(&["log", "repair"]).ends(1).says("--yes");
    assert_eq!(site.read("ledger/events.jsonl"), torn, "nothing is changed without the order");
    site.run(&["log", "repair", "--yes"]).ends(0).says("events.jsonl.damaged-1");
    assert_eq!(site.read("ledger/events.jsonl.damaged-1"), torn);
    let mended = site.read("ledger/events.jsonl");
    assert_eq!(mended.lines().count(), sound.lines().count());
    assert!(mended.lines().last().expect("a line").contains("\"event\":\"repaired\""));
    site.build().ends(0);
    site.run(&["log", "verify"]).ends(0);
    assert!(site.read(PART).contains("\"event\":\"repaired\""), "the public sees it");
    site.run(&["log", "repair", "--yes"]).ends(0).says("无需修复");
    let flipped = mended.replacen("published", "withheld", 1);
    site.write("ledger/events.jsonl", &flipped);
    site.run(&["log", "repair", "--yes"]).ends(1).says("备份");
    assert_eq!(site.read("ledger/events.jsonl"), flipped);
}
