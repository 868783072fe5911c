//! A built site on its way to the public: to folders, packages and branches, looked at where it stands, taken
//! down there, and proven gone.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::support::{HEADERS, Row, Site, csv, csv_with, is_case_page, revoke, tree};
use crate::visitor::{Files, serve};

const FIRST: &str = "示清城管罚决字〔2024〕第1号";

/// A bureau with this list of targets and three cases, built.
fn bureau(targets: &str) -> Site {
    let site = Site::new();
    let facts = site.read("site.yml");
    site.write("site.yml", format!("{facts}targets:\n{targets}"));
    let rows: Vec<Row> = (1..=3).map(Row::sound).collect();
    site.write("drops/2024-05-20/处罚.csv", csv(&rows));
    site.build().ends(0);
    site
}

fn folder() -> Site {
    bureau("  - {name: portal, kind: folder, path: www}\n")
}

/// The page of the case that holds this text.
fn page_with(files: &BTreeMap<String, Vec<u8>>, text: &str) -> String {
    let has = |body: &[u8]| String::from_utf8_lossy(body).contains(text);
    let mut pages = files.iter().filter(|(name, body)| is_case_page(name) && has(body));
    pages.next().expect("a case page").0.clone()
}

fn take_down(site: &Site) {
    let mut args = revoke(FIRST);
    args.push("--yes");
    site.run(&args).ends(0);
}

#[test]
fn a_folder_shows_exactly_the_built_site_and_what_is_down_leaves_it() {
    let site = folder();
    site.run(&["publish"]).ends(0).says("未发布").says("新公示       3");
    assert!(!site.path("www").exists(), "nothing is sent without --yes");
    site.run(&["publish", "--yes", "--by", "网站管理员"]).ends(0).says("已发布到 portal");
    assert_eq!(tree(&site.path("www")), site.site(), "byte for byte");
    assert!(site.read("ledger/receipts.jsonl").contains("\"by\":\"网站管理员\""));
    site.run(&["verify"]).ends(0).says("一致");
    site.run(&["publish", "--yes"]).ends(0).says("已是最新");

    let page = page_with(&site.site(), "青标001");
    take_down(&site);
    site.run(&["due"]).says("待 gongshi verify 核对目标");
    site.run(&["verify"]).ends(5).says("已撤下的内容仍可看到").says(&page);
    site.run(&["diff"]).ends(0).says("撤下         1").never_says("青标001");
    site.run(&["publish", "--yes"]).ends(0);
    assert_eq!(tree(&site.path("www")), site.site());
    let everywhere = tree(&site.path(".www.generations"));
    let kept =
        everywhere.iter().find(|(_, body)| String::from_utf8_lossy(body).contains("青标001"));
    assert!(kept.is_none(), "an earlier site that shows it is not kept: {:?}", kept.map(|k| k.0));
    site.run(&["due"]).says("待 gongshi verify 核对目标");
    site.run(&["verify"]).ends(0).says("一致");
    site.run(&["due"]).never_says("待 gongshi verify 核对目标");
}

#[test]
fn verify_tells_what_is_not_as_it_was_built() {
    let site = folder();
    site.run(&["publish", "--yes"]).ends(0);
    let case = page_with(&site.site(), "青标002");
    site.write("www/extra.html", format!("<p>{}</p>", crate::support::id_number(7)));
    std::fs::remove_file(site.path("www/robots.txt")).expect("removed");
    // Not through the name: the same file stands in the output folder.
    std::fs::remove_file(site.path("www").join(&case)).expect("removed");
    site.write(&format!("www/{case}"), "other words");
    let ran = site.run(&["verify"]).ends(1);
    let said = ran.said();
    for (fault, path) in [
        ("多出的文件", "extra.html"),
        ("未经审计的内容中有个人号码的形状", "extra.html"),
        ("文件缺失", "robots.txt"),
        ("文件内容不同", &case),
    ] {
        assert!(said.contains(fault) && said.contains(path), "{fault} {path}:\n{said}");
    }
    assert!(!said.contains(&crate::support::id_number(7)), "where, never what");
    assert!(site.read("ledger/receipts.jsonl").contains("\"deed\":\"differed\""));
    let json = site.run(&["verify", "--format", "json"]).ends(1);
    assert!(json.said().contains("\"fault\": \"personal_number\""), "{}", json.said());
    // What is told is mended by the next run.
    site.run(&["publish", "--yes"]).ends(0).says("写入");
    site.run(&["verify"]).ends(0);
    site.run(&["publish", "--yes"]).ends(0).says("未传任何文件");
}

#[test]
fn what_was_not_built_and_audited_is_not_sent() {
    let site = folder();
    site.write("public/index.html", "somebody else's");
    site.run(&["publish", "--yes"]).ends(1).says("index.html").says("与生成时不同");
    assert!(!site.path("www").exists());
    site.build().ends(0);
    site.write("public/secret.txt", "not of the site");
    site.run(&["publish", "--yes"]).ends(0);
    assert!(!site.path("www/secret.txt").exists(), "it is in no manifest");
}

#[test]
fn a_site_of_another_day_or_another_ledger_stays_here() {
    let site = folder();
    site.run_on("2024-05-24", &["publish", "--yes"]).ends(1).says("2024-05-23");
    site.run_on("2024-05-24", &["publish", "--yes", "--stale-ok"]).ends(0);
    let before = site.copy();
    take_down(&site);
    site.run(&["publish", "--yes"]).ends(0);
    // The old ledger, put back: what was taken down would come back.
    for name in ["ledger", "public"] {
        std::fs::remove_dir_all(site.path(name)).expect("removed");
        let from = before.path(name);
        let copied = Command::new("cp").arg("-a").arg(from).arg(site.root()).status();
        assert!(copied.is_ok_and(|status| status.success()));
    }
    site.run(&["publish", "--yes"]).ends(1).says("请先恢复台账");
    // A ledger that went on while the built site did not.
    std::fs::rename(site.path("public"), site.path("aside")).expect("moved");
    take_down(&site);
    std::fs::remove_dir_all(site.path("public")).expect("removed");
    std::fs::rename(site.path("aside"), site.path("public")).expect("moved");
    site.run(&["publish", "--yes"]).ends(1).says("请先重新运行 gongshi build");
}

#[test]
fn a_mass_change_waits_for_a_word() {
    let site = Site::new();
    let facts = site.read("site.yml");
    site.write(
        "site.yml",
        format!(
            "{facts}targets:\n  - {{name: portal, kind: folder, path: www, guard: {{cases: 1}}}}\n"
        ),
    );
    let rows = [
        Row::sound(1),
        Row::sound(2).with("公示截止期", "2024-06-30"),
        Row::sound(3).with("公示截止期", "2024-06-30"),
    ];
    site.write("drops/2024-05-20/处罚.csv", csv(&rows));
    site.build().ends(0);
    site.run(&["publish", "--yes"]).ends(0);
    site.run_on("2024-07-01", &["build"]).ends(0);
    site.run_on("2024-07-01", &["diff"]).ends(6).says("大批撤下").says("现有 3 件，将有 2 件");
    site.run_on("2024-07-01", &["publish", "--yes"]).ends(6);
    assert!(
        page_with(&tree(&site.path("www")), "青标002").ends_with("index.html"),
        "it still stands"
    );
    let confirmed = ["publish", "--yes", "--confirm-mass-change"];
    site.run_on("2024-07-01", &confirmed).ends(0).says("期满         2");
    assert_eq!(tree(&site.path("www")), site.site());
}

#[test]
fn one_goes_back_only_where_nothing_came_down_since() {
    let site = folder();
    site.run(&["publish", "--yes"]).ends(0);
    let first = tree(&site.path("www"));
    site.run(&["publish", "--rollback", "--yes"]).ends(1).says("没有可以退回的旧版本");
    site.write("drops/2024-05-22/处罚.csv", csv(&[Row::sound(4)]));
    site.build().ends(0);
    site.run(&["publish", "--yes"]).ends(0);
    site.run(&["publish", "--rollback"]).ends(0).says("未执行");
    site.run(&["publish", "--rollback", "--yes"]).ends(0);
    assert_eq!(tree(&site.path("www")), first);
    site.run(&["publish", "--rollback", "--yes"]).ends(1).says("没有可以退回的旧版本");
    site.run(&["publish", "--yes"]).ends(0);
    take_down(&site);
    site.run(&["publish", "--yes"]).ends(0);
    site.run(&["publish", "--rollback", "--yes"]).ends(1).says("没有可以退回的旧版本");
}

#[test]
fn a_package_tells_editors_what_to_do_with_each_page() {
    let site = bureau("  - {name: cms, kind: zip, path: out/site.zip}\n");
    site.run(&["publish", "--yes"]).ends(0);
    let first = std::fs::read(site.path("out/site.zip")).expect("a package");
    std::fs::remove_file(site.path("out/site.zip")).expect("removed");
    site.run(&["publish", "--yes"]).ends(0);
    let again = std::fs::read(site.path("out/site.zip")).expect("a package");
    assert!(first == again, "the same site gives the same bytes");
    site.run(&["verify"]).ends(0).says("一致");
    let page = page_with(&site.site(), "青标001");
    take_down(&site);
    site.run(&["publish", "--yes"]).ends(0);
    let unzip = Command::new("python3")
        .args(["-c", "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); sys.stdout.buffer.write(z.read('meta.csv')); assert 'manifest.json' in z.namelist()"])
        .arg(site.path("out/site.zip"))
        .output()
        .expect("python runs");
    assert!(unzip.status.success(), "{}", String::from_utf8_lossy(&unzip.stderr));
    let meta = String::from_utf8_lossy(&unzip.stdout).into_owned();
    assert!(meta.starts_with("\u{feff}\"路径\""), "{meta}");
    let row = meta.lines().find(|line| line.contains(&page)).expect("a row");
    assert!(row.ends_with("\"更新\""), "{row}");
    assert!(meta.lines().any(|l| l.contains("chexia/") && l.ends_with("\"新增\"")), "{meta}");
    assert!(!meta.contains("青标001"), "nothing of what is down");
    // The program's own copy proves nothing of what the public sees.
    site.run(&["verify"]).ends(0).says("一致");
    site.run(&["due"]).says("待 gongshi verify 核对目标");
}

#[test]
fn a_branch_has_no_history_of_what_came_down() {
    let site = bureau("  - {name: pages, kind: git, repository: pages.git, branch: pages}\n");
    let git = |args: &[&str]| {
        let ran =
            Command::new("git").arg("--git-dir").arg(site.path("pages.git")).args(args).output();
        let ran = ran.expect("git runs");
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8_lossy(&ran.stdout).into_owned()
    };
    let init =
        Command::new("git").args(["init", "-q", "--bare"]).arg(site.path("pages.git")).status();
    assert!(init.is_ok_and(|status| status.success()));
    site.run(&["publish", "--yes"]).ends(0);
    site.run(&["verify"]).ends(0).says("一致");
    take_down(&site);
    site.run(&["publish", "--yes"]).ends(0);
    site.run(&["verify"]).ends(0).says("一致");
    assert_eq!(git(&["rev-list", "--count", "pages"]).trim(), "1", "one commit, without a parent");
    let names = git(&["ls-tree", "-r", "--name-only", "pages"]);
    assert_eq!(names.lines().count(), site.site().len() + 1, "the site and .nojekyll");
    assert!(!git(&["grep", "-c", "", "pages"]).is_empty());
    let found = Command::new("git")
        .arg("--git-dir")
        .arg(site.path("pages.git"))
        .args(["grep", "青标001", "pages"])
        .output()
        .expect("git runs");
    assert!(found.stdout.is_empty(), "{}", String::from_utf8_lossy(&found.stdout));
    // A branch of somebody else is not replaced.
    let site = bureau("  - {name: pages, kind: git, repository: pages.git, branch: pages}\n");
    let script = "git init -q w && cd w && echo a >a && git add a && git -c user.name=a -c user.email=a@localhost commit -qm a && git init -q --bare ../pages.git && git push -q ../pages.git HEAD:pages";
    let made = Command::new("sh").args(["-c", script]).current_dir(site.root()).status();
    assert!(made.is_ok_and(|status| status.success()));
    site.run(&["publish", "--yes"]).ends(1).says("不是 gongshi 发布的网站");
}

#[test]
fn an_address_is_looked_at_as_a_visitor() {
    let site = folder();
    site.run(&["publish", "--yes"]).ends(0);
    let files: Files = Arc::new(Mutex::new(tree(&site.path("www"))));
    let address = format!("{}/gongshi/", serve(&files));
    site.run(&["verify", &address]).ends(0).says("一致").says("建议设置响应头");
    let receipts = site.read("ledger/receipts.jsonl");
    take_down(&site);
    site.run(&["verify", &address]).ends(5).says("已撤下的内容仍可看到");
    site.run(&["publish", "--yes"]).ends(0);
    *files.lock().expect("files") = tree(&site.path("www"));
    site.run(&["verify", &address]).ends(0).says("一致");
    assert!(!receipts.contains("verified"), "an address is no target");
    let note = site.read("report/verify.note.txt");
    assert!(note.contains("gongshi verify\n"), "{note}");
}

#[test]
fn the_day_of_publication_is_the_day_of_the_first_delivery() {
    let site = folder();
    site.run(&["publish", "--yes"]).ends(0);
    let day_of = |text: &str| {
        let record = page_with(&site.site(), text).replace("index.html", "index.json");
        let record = site.read(&format!("public/{record}"));
        record.split_once("\"published_on\":\"").expect("a day").1[..10].to_owned()
    };
    assert_eq!(day_of("青标001"), "2024-05-23");
    site.write("drops/2024-05-24/处罚.csv", csv(&[Row::sound(4)]));
    site.run_on("2024-05-24", &["build"]).ends(0);
    assert_eq!(day_of("青标004"), "2024-05-24");
    // Nobody delivered it that day.
    site.run_on("2024-05-27", &["build"]).ends(0);
    assert_eq!(day_of("青标004"), "2024-05-27");
    site.run_on("2024-05-27", &["publish", "--yes"]).ends(0);
    site.run_on("2024-05-29", &["build"]).ends(0);
    assert_eq!((day_of("青标004"), day_of("青标001")), ("2024-05-27".into(), "2024-05-23".into()));
    // One that was public, was withheld, and comes back keeps its first day.
    let headers = [&HEADERS[..], &["是否公开", "不予公开理由", "不予公开批准人"]].concat();
    let open = Row::sound(1).with("是否公开", "是");
    let withheld = Row::sound(1)
        .with("是否公开", "否")
        .with("不予公开理由", "国家秘密")
        .with("不予公开批准人", "批准人甲");
    site.write("drops/2024-05-29/处罚.csv", csv_with(&headers, &[withheld]));
    site.run_on("2024-05-29", &["build"]).ends(0).says("不予公开 1");
    site.run_on("2024-05-29", &["publish", "--yes"]).ends(0);
    site.write("drops/2024-05-30/处罚.csv", csv_with(&headers, &[open]));
    site.run_on("2024-05-30", &["build"]).ends(0);
    site.run_on("2024-05-31", &["build"]).ends(0);
    assert_eq!(day_of("青标001"), "2024-05-23");
    site.run_on("2024-05-29", &["log", "verify"]).ends(0);
    site.run_on("2024-05-29", &["doctor"]).says("0 处损坏");
}

#[test]
fn targets_are_told_in_words() {
    let site = Site::new();
    site.build().ends(0);
    site.run(&["publish"]).ends(2).says("targets");
    let site =
        bureau("  - {name: a, kind: folder, path: a}\n  - {name: b, kind: folder, path: b}\n");
    site.run(&["publish"]).ends(2).says("--to").says("a、b");
    site.run(&["publish", "--to", "c"]).ends(2).says("没有名为 c 的目标");
    site.write("a/index.html", "of somebody else");
    site.run(&["publish", "--to", "a", "--yes"]).ends(1).says("不是 gongshi 发布的文件");
    std::fs::remove_dir_all(site.path("public")).expect("removed");
    site.run(&["publish", "--to", "b"]).ends(2).says("请先运行 gongshi build");
}
