//! `gongshi doctor` from outside: every kind of damage is named at its place, what is safe is mended, and
//! a sound site root is called well.

use std::collections::BTreeMap;

use crate::support::{Ran, Row, Site, csv, has_strace, tree};

const LOG: &str = "ledger/events.jsonl";
const STANDINGS: &str = "ledger/standings-2024.jsonl";

/// A built site with three published cases and one that is held.
fn built() -> Site {
    let site = Site::new();
    let held = Row::sound(4).with("处罚依据", "");
    let rows = [Row::sound(1), Row::sound(2), Row::sound(3), held];
    site.write("drops/a/处罚.csv", csv(&rows)).build().ends(0);
    site
}

fn look(site: &Site) -> Ran {
    site.run(&["doctor", "--no-launch"])
}

/// What is found at which file and line, as `id file:line`.
fn found(site: &Site) -> Vec<String> {
    let ran = site.run(&["doctor", "--no-launch", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_slice(&ran.0.stdout).expect("JSON");
    let symptoms = whole["symptoms"].as_array().expect("a list");
    let line =
        |s: &serde_json::Value| s["line"].as_u64().map_or(String::new(), |l| format!(":{l}"));
    let one = |s: &serde_json::Value| {
        let text = |key: &str| s[key].as_str().expect("text").to_owned();
        format!("{} {}{}", text("id"), text("file"), line(s))
    };
    let all: Vec<String> = symptoms.iter().map(one).collect();
    let serious = symptoms.iter().any(|s| s["severity"] != "notice");
    assert_eq!(whole["well"], serde_json::Value::Bool(!serious));
    assert_eq!(ran.code(), i32::from(serious), "{all:?}");
    all
}

#[track_caller]
fn finds(site: &Site, what: &str) {
    let all = found(site);
    assert!(all.iter().any(|one| one == what), "{what} is not in {all:?}");
}

fn lines(site: &Site, name: &str) -> Vec<String> {
    site.read(name).split_inclusive('\n').map(str::to_owned).collect()
}

/// Puts a folder's bytes back.
fn restore(site: &Site, folder: &str, files: &BTreeMap<String, Vec<u8>>) {
    std::fs::remove_dir_all(site.path(folder)).expect("it stands");
    for (name, body) in files {
        site.write(&format!("{folder}/{name}"), body);
    }
}

fn take_down(site: &Site) {
    let ask = ["takedown", "示清城管罚决字〔2024〕第1号", "--reason", "revoked"];
    let by =
        ["--document", "行政复议决定书 示府复〔2024〕3号", "--decided-on", "2024-05-22", "--yes"];
    site.run(&[&ask[..], &by[..]].concat()).ends(0);
}

#[test]
fn a_sound_site_root_is_well_and_is_not_touched() {
    let site = built();
    take_down(&site);
    let before = tree(site.root());
    look(&site).ends(0).says("事件 5，案件 4").says("结论：良好");
    site.run(&["doctor", "--no-launch", "--lang", "en"]).ends(0).says("all is well");
    assert!(found(&site).is_empty());
    assert!(tree(site.root()) == before);
    let new = Site::new();
    look(&new).ends(0).says("还没有台账");
    assert!(!new.path("ledger").exists());
}

#[test]
fn a_damaged_log_is_told_by_line_and_kind() {
    let site = built();
    let sound = site.read(LOG);
    let lines = lines(&site, LOG);
    site.write(LOG, sound.replacen("\"published\"", "\"corrected\"", 1));
    let at = 1 + lines.iter().position(|l| l.contains("\"published\"")).expect("an event");
    finds(&site, &format!("log-digest {LOG}:{at}"));
    site.write(LOG, [&lines[0][..], &lines[2], &lines[1], &lines[3]].concat());
    finds(&site, &format!("log-chain {LOG}:2"));
    site.write(LOG, [&lines[0][..], "x\n", &lines[2]].concat());
    finds(&site, &format!("log-unreadable {LOG}:2"));
    site.write(LOG, &sound[..sound.len() - 5]);
    finds(&site, &format!("log-torn {LOG}:4"));
    look(&site).ends(1).says("gongshi log repair --yes").says("未与各案件比对");
    // Doctor never mends the log.
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(1);
    assert_eq!(site.read(LOG), &sound[..sound.len() - 5]);
}

#[test]
fn standings_are_held_against_their_own_digests_and_the_log() {
    let site = built();
    let sound = lines(&site, STANDINGS);
    let published = sound.iter().position(|l| l.contains("\"published\"")).expect("a case");
    let at = |i: usize| format!("{STANDINGS}:{}", i + 1);
    let with = |i: usize, line: String| {
        let mut bad = sound.clone();
        bad[i] = line;
        site.write(STANDINGS, bad.concat());
    };
    with(published, sound[published].replace("5000", "4000"));
    finds(&site, &format!("standing-content {}", at(published)));
    let state = sound[published].replacen("\"state\":\"published\"", "\"state\":\"held\"", 1);
    with(published, state);
    finds(&site, &format!("standing-unlawful {}", at(published)));
    finds(&site, &format!("standing-disagrees {}", at(published)));
    with(published, sound[published][..40].to_owned() + "\n");
    finds(&site, &format!("standing-unreadable {}", at(published)));
    assert!(found(&site).iter().any(|s| s.starts_with("case-lost ledger/events.jsonl:")));
    with(published, sound[published].clone() + &sound[published]);
    finds(&site, &format!("standing-twice {}", at(published + 1)));
    with(published, sound[published].replacen("号\"", "9号\"", 1));
    finds(&site, &format!("standing-unlogged {}", at(published)));
    site.write(STANDINGS, sound[1..].concat());
    assert!(found(&site).iter().any(|s| s.starts_with("case-lost")));
    std::fs::rename(site.path(STANDINGS), site.path("ledger/standings-2023.jsonl")).expect("moved");
    finds(&site, "standing-misplaced ledger/standings-2023.jsonl:1");
}

#[test]
fn years_strangers_and_leftovers_of_the_ledger_are_told() {
    let site = built();
    site.write("ledger/years.json", "{");
    finds(&site, "years-damaged ledger/years.json");
    std::fs::remove_file(site.path("ledger/years.json")).expect("it stands");
    site.write("ledger/notes.txt", "x");
    assert_eq!(found(&site), ["ledger-foreign ledger/notes.txt"]);
    site.write("ledger/.tmpAb12Cd", "x").write("ledger/.next/spool", "x");
    finds(&site, "ledger-leftover ledger/.tmpAb12Cd");
    finds(&site, "ledger-leftover ledger/.next");
    site.write(".public.next/a.html", "x").write(".public.old/a.html", "x");
    finds(&site, "site-leftover .public.next");
    finds(&site, "site-leftover .public.old");
    let (public, ledger) = (site.site(), site.read(LOG));
    site.run(&["doctor", "--no-launch", "--repair"]).ends(1).says("可修复").says("--yes");
    assert!(site.path(".public.next").exists(), "nothing is done without --yes");
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(0).says("良好");
    for gone in [".public.next", ".public.old", "ledger/.next", "ledger/.tmpAb12Cd"] {
        assert!(!site.path(gone).exists(), "{gone}");
    }
    assert!(site.path("ledger/notes.txt").exists() && site.site() == public);
    assert_eq!(site.read(LOG), ledger);
}

#[test]
fn the_only_copy_of_a_site_is_never_removed() {
    let site = built();
    std::fs::rename(site.path("public"), site.path(".public.old")).expect("moved");
    finds(&site, "site-old-only .public.old");
    finds(&site, "site-absent public");
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(1);
    assert!(site.path(".public.old/index.html").exists());
    site.build().ends(0);
    look(&site).ends(0);
}

#[test]
fn changed_missing_and_foreign_files_of_the_site_are_told() {
    let site = built();
    site.write("public/index.html", "x").write("public/secret/张三.csv", "x");
    std::fs::remove_file(site.path("public/404.html")).expect("it stands");
    let all = found(&site);
    let expected = [
        "file-missing public/404.html",
        "file-changed public/index.html",
        "file-foreign public/secret/张三.csv",
    ];
    assert_eq!(all, expected);
    site.build().ends(0);
    assert!(found(&site).is_empty(), "build mends a site");
    let link = site.path("public/index.html");
    std::fs::rename(&link, site.path("elsewhere.html")).expect("moved");
    std::os::unix::fs::symlink(site.path("elsewhere.html"), &link).expect("a link");
    assert_eq!(found(&site), ["file-changed public/index.html"]);
    std::fs::remove_file(site.path("public/manifest.json")).expect("it stands");
    assert_eq!(found(&site), ["manifest-absent public/manifest.json"]);
}

#[test]
fn a_lost_or_rolled_back_ledger_and_an_old_site_are_told_apart() {
    let site = built();
    let (ledger, public) = (site.ledger(), site.site());
    take_down(&site);
    let (newer_ledger, newer_public) = (site.ledger(), site.site());
    restore(&site, "ledger", &ledger);
    finds(&site, "ledger-rolled-back public/manifest.json");
    look(&site).ends(1).says("记载台账有 5 条事件，台账只有 4 条").says("不要 build");
    std::fs::remove_dir_all(site.path("ledger")).expect("it stands");
    finds(&site, "ledger-rolled-back public/manifest.json");
    std::fs::create_dir(site.path("ledger")).expect("a folder");
    restore(&site, "ledger", &newer_ledger);
    restore(&site, "public", &public);
    assert_eq!(found(&site), ["site-behind public/manifest.json"]);
    restore(&site, "public", &newer_public);
    assert!(found(&site).is_empty());
    let part = site.read("public/rizhi/log-0001.jsonl");
    site.write("public/rizhi/log-0001.jsonl", part.replacen("revoked", "altered", 1));
    finds(&site, "public-log public/rizhi");
}

#[test]
fn an_interrupted_commit_is_told_and_ended() {
    if !has_strace() {
        return;
    }
    let goal = built();
    goal.write("drops/b/处罚.csv", csv(&[Row::sound(7)])).build().ends(0);
    let site = built();
    site.write("drops/b/处罚.csv", csv(&[Row::sound(7)]));
    site.run_without_log("EIO", &["build"]);
    finds(&site, "commit-pending ledger/.next");
    let note = site.read("ledger/.next/COMMIT");
    site.write("ledger/.next/COMMIT", "{");
    finds(&site, "commit-damaged ledger/.next");
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(1).says("提交记录已损坏");
    site.write("ledger/.next/COMMIT", note);
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(0).says("良好");
    assert!(site.site() == goal.site() && site.ledger() == goal.ledger());
}

#[test]
fn a_log_cut_under_an_interrupted_commit_stops_it_before_anything_is_put_in_place() {
    let site = built();
    let (public, ledger) = (site.site(), site.ledger());
    let sound = site.read(LOG);
    let n = sound.len();
    let note = format!(
        "{{\"ledger\":{{\"dir\":\"ledger\",\"standings\":[\"standings-2024.jsonl\"],\"emptied\":[],\
         \"log_before\":{n},\"log_after\":{},\"head\":{{\"events\":5,\"digest\":\"{}\"}}}},\"site\":null}}",
        n + 9,
        "0".repeat(64)
    );
    site.write("ledger/.next/COMMIT", note).write("ledger/.next/standings-2024.jsonl", "");
    site.write(LOG, &sound[..n - 1]);
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(1).says("长度与提交记录不符");
    assert!(site.site() == public);
    assert!(site.read(STANDINGS).as_bytes() == ledger["standings-2024.jsonl"]);
}

#[test]
fn a_ledger_in_use_is_not_called_well() {
    let site = built();
    let lock =
        std::fs::File::options().write(true).open(site.path("ledger/.lock")).expect("a lock");
    lock.lock().expect("the lock");
    assert_eq!(found(&site), ["lock-held ledger/.lock"]);
    look(&site).ends(1).says("未检查");
    site.run(&["doctor", "--no-launch", "--repair", "--yes"]).ends(1).says("另一个 gongshi");
    drop(lock);
    look(&site).ends(0);
}

#[test]
fn what_a_launch_needs_is_listed_until_it_is_there() {
    let site = built();
    let ran = site.run(&["doctor"]).ends(1);
    let ran =
        ["site_code", "footer.icp", "contact.complaint_telephone", "base_url", "[columns-none]"]
            .iter()
            .fold(ran, |ran, fact| ran.says(fact));
    ran.says("[staff-empty]").never_says("[calendar-n");
    site.run(&["doctor", "--lang", "en"]).ends(1).says("is not filled in").says("no officers");
    site.run_on("2027-05-23", &["doctor"]).ends(1).says("[calendar-next]").says("2028");
    site.write("site.yml", "name: [");
    site.run(&["doctor"]).ends(1).says("[config-broken]").says("事件 4，案件 4");
    site.write("site.yml", WHOLE);
    site.write("data/staff.yml", STAFF);
    for slug in COLUMNS {
        let text = "---\ntitle: 栏目\ndate: 2024-01-15\nbasis: [《行政处罚法》第四十二条]\n---\n本局的内容。\n";
        site.write(&format!("content/shiqian/{slug}.md"), text);
    }
    site.build().ends(0);
    site.run(&["doctor"]).ends(0).says("良好");
    site.write("site.yml", WHOLE.replace("5001990001", "500199"));
    site.run(&["doctor"]).ends(1).says("[site-code]");
    site.write("site.yml", WHOLE);
    std::fs::remove_file(site.path("content/shiqian/jiuji.md")).expect("it stands");
    site.run(&["doctor"]).ends(1).says("content/shiqian/jiuji.md");
}

#[test]
fn dead_addresses_ask_for_the_files_of_the_server() {
    let site = built();
    take_down(&site);
    site.run(&["doctor"]).never_says("[server-files]");
    std::fs::remove_dir_all(site.path("report/server")).expect("it stands");
    site.run(&["doctor"]).ends(1).says("[server-files]").says("有 1 件");
}

const COLUMNS: [&str; 11] = [
    "zhuti", "renyuan", "zhize", "quanxian", "yiju", "cailiang", "chengxu", "jiuji", "suiji",
    "fuwu", "liucheng",
];
const STAFF: &str = "- {name: 测试甲, unit: 综合执法一大队, post: 队员, badge_number: CG-001, certificate_number: 示执001, certificate_from: 2024-01-01, certificate_until: 2028-12-31}\n";
const WHOLE: &str = "name: 示例市清源区城市管理局
targets: [{name: portal, kind: folder, path: www}]
credit_code: 11500199MB1A0001X0
domain: www.qingyuan-cgj.example
base_url: https://www.qingyuan-cgj.example/gongshi/
site_code: \"5001990001\"
district: 示例市清源区
contact:
  address: 示例市清源区清源大道1号
  telephone: 0100-66001100
  complaint_telephone: \"12319\"
  email: gongshi@qingyuan-cgj.example
  reconsideration_organ: 示例市清源区人民政府
  court: 示例市清源区人民法院
footer:
  host: 示例市清源区城市管理局
  icp: 示ICP备00000000号-1
  police: 示公网安备00000000000001号
";
