//! From nothing to the portal with the real program: what `init` writes, by the steps it writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::sha256_of;

const SETUP: &str = r#"set -eu
"$GONGSHI" init site --name 示例市清源区城市管理局 --district 示例市清源区 --telephone 023-48600000 --ci shell --yes >/dev/null
cd site
printf 'targets:\n  - {name: portal, kind: folder, path: ../www}\n' >>site.yml
git init --quiet --initial-branch main
git config user.name clerk
git config user.email clerk@example.invalid
git add --all
git commit --quiet --message begin
git init --quiet --bare --initial-branch main ../origin.git
git remote add origin ../origin.git
git push --quiet --set-upstream origin main
today=$(TZ=Asia/Shanghai date +%F)
later=$(TZ=Asia/Shanghai date -d '+700 days' +%F)
mkdir -p "../drops/$today"
{
    echo '行政处罚决定书文号,行政相对人名称,行政相对人类别,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),处罚决定日期,公示截止期,处罚机关'
    echo "示清城管罚决字〔${today%%-*}〕第1号,示例市青标001运输有限公司,法人及非法人组织,未按规定运输建筑垃圾,当事人运输建筑垃圾时未密闭。,《城市建筑垃圾管理规定》第二十五条,罚款,处以罚款人民币5000元,0.5,$today,$later,示例市清源区城市管理局"
} >"../drops/$today/处罚.csv"
"#;

/// Runs a script in `dir`; what it said, after it ended well.
#[track_caller]
fn shell(dir: &Path, script: &str, more: &[(&str, &str)]) -> String {
    let mut run = Command::new("bash");
    run.args(["-c", script]).current_dir(dir).env("GONGSHI", env!("CARGO_BIN_EXE_gongshi"));
    run.env("GONGSHI_DROPS", dir.join("drops")).env("GONGSHI_TARGET", "portal");
    let ran = run.envs(more.iter().copied()).output().expect("bash runs");
    let said = String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    said.into_owned()
}

#[test]
fn a_new_bureau_comes_from_its_first_drop_to_the_portal() {
    let dir = tempfile::tempdir().expect("a folder");
    let dir = dir.path();
    shell(dir, SETUP, &[]);
    let said = shell(dir, "sh site/ci/gongshi.sh drop", &[("GONGSHI_FIGURES", "figures")]);
    assert!(said.contains("公示 1"), "{said}");
    assert!(!dir.join("www").exists(), "published before it was approved");
    let approved = sha256_of(&dir.join("site/public/manifest.json"));
    let figures = fs::read_to_string(dir.join("figures")).expect("figures");
    assert!(figures.contains(&approved), "{figures}");
    shell(dir, "sh site/ci/gongshi.sh release", &[("GONGSHI_APPROVED", &approved)]);
    assert_eq!(sha256_of(&dir.join("www/manifest.json")), approved);
    // What the clock says is added to a log: it does not wipe what stands there.
    shell(dir, "echo yesterday >log && sh site/ci/gongshi.sh expire due >>log", &[]);
    let log = fs::read_to_string(dir.join("log")).expect("a log");
    assert!(
        log.starts_with("yesterday\n")
            && log.contains("没有进行中的期限")
            && log.contains("已是最新"),
        "{log}"
    );
    let prose = dir.join("site/content/index.md");
    let old = fs::read_to_string(&prose).expect("prose");
    fs::write(&prose, old.clone() + "\n没有批准的话。\n").expect("written");
    assert!(shell(dir, "sh site/ci/gongshi.sh expire", &[]).contains("上次生成之后改过"));
    let home = fs::read_to_string(dir.join("www/index.html")).expect("a page");
    assert!(!home.contains("没有批准的话"), "what nobody approved is public");
    fs::write(&prose, old).expect("written");
    let pushed = shell(&dir.join("origin.git"), "git ls-tree -r --name-only HEAD", &[]);
    assert!(pushed.contains("ledger/receipts.jsonl") && !pushed.contains("public/"), "{pushed}");
    assert_eq!(shell(&dir.join("site"), "git status --porcelain", &[]), "");
}
