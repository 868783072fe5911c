//! `gongshi init`: writes a site root that builds. It never overwrites a file.

mod ci;
mod facts;

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::diag::{Exit, Failure, Lang};

use super::args::{CiArg, Common, InitArgs};
use super::doctor;
use super::terminal::Terminal;

use facts::Facts;

/// Name of the demonstration bureau, which a new site's prose replaces by its own.
const DEMO_NAME: &str = "示例市清源区城市管理局";
/// Its district, likewise.
const DEMO_DISTRICT: &str = "示例市清源区";

/// Prose that a new site begins with, with its figures and forms.
#[derive(RustEmbed)]
#[folder = "content"]
struct Content;

/// A file of a new site: path below its root, and bytes.
type Begun = (PathBuf, Vec<u8>);

/// Flowcharts and lists that a new site begins with.
#[derive(RustEmbed)]
#[folder = "data"]
#[include = "flow/*.yml"]
#[include = "inspection-list.yml"]
#[include = "legal-review-catalogue.yml"]
#[include = "discretion.yml"]
struct Data;

/// Runs the verb.
///
/// # Errors
/// The folder holds a site already, a fact is missing or has not its form, or the disk is full.
pub(super) fn run(common: &Common, args: &InitArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let dir = if args.dir.is_absolute() { args.dir.clone() } else { common.root.join(&args.dir) };
    let is_site = dir.join("site.yml").exists();
    if is_site && (args.ci.is_none() || args.facts.name.is_some()) {
        return Err(Failure::Usage {
            zh: format!("{} 已有 site.yml，不覆盖", dir.display()),
            en: format!("{} has a site.yml already; nothing is overwritten", dir.display()),
        });
    }
    let mut files: Vec<Begun> =
        args.ci.map(ci::files).unwrap_or_default().into_iter().map(of_text).collect();
    if !is_site {
        files.extend(of_site(&Facts::of(args.facts.clone(), asking(args, terminal)?)?));
    }
    files.retain(|(path, _)| !dir.join(path).exists());
    files.sort();
    if !is_meant(args, &files, terminal)? {
        return Ok(Exit::Done);
    }
    for (path, bytes) in &files {
        write_new(&dir.join(path), bytes)?;
    }
    terminal.result(&next_steps(&dir, (args, is_site), terminal))?;
    if !is_site {
        let common = Common { root: dir, ..common.clone() };
        terminal.result(&doctor::launch_list(&common, terminal.lang)?)?;
    }
    Ok(Exit::Done)
}

/// Whom the facts are asked of: a person at a terminal, else nobody.
fn asking<'t>(
    args: &InitArgs,
    terminal: &'t Terminal,
) -> Result<impl FnMut(&str, &str) -> Result<Option<String>, Failure> + 't, Failure> {
    let is_silent = args.yes || terminal.screen().is_none();
    if !is_silent {
        terminal.say(
            "请逐项填写，不知道的直接回车，以后再补",
            "answer, or press Enter to leave it for later",
        );
    }
    Ok(move |zh: &str, en: &str| if is_silent { Ok(None) } else { terminal.ask(zh, en) })
}

/// Whether to write: `--yes`, or a person who has seen the list says so.
fn is_meant(args: &InitArgs, files: &[Begun], terminal: &Terminal) -> Result<bool, Failure> {
    if args.yes {
        return Ok(true);
    }
    let list: Vec<String> =
        files.iter().map(|(path, _)| format!("  {}\n", path.display())).collect();
    terminal.result(&list.concat())?;
    if terminal.screen().is_some() {
        let answer =
            terminal.ask("写出以上文件？输入 y 确认", "write these files? y to confirm")?;
        if answer.is_some_and(|answer| answer == "y") {
            return Ok(true);
        }
    }
    terminal.say("以上文件未写出，确认请加 --yes", "nothing written: add --yes");
    Ok(false)
}

/// Every file of a new site, with its text.
fn of_site(facts: &Facts) -> Vec<Begun> {
    let texts = [
        ("site.yml", facts.site()),
        (".gitignore", IGNORE.into()),
        ("data/staff.yml", STAFF.into()),
        ("data/policy.yml", POLICY.into()),
        ("drops/README.md", DROPS.into()),
    ];
    let mut files: Vec<Begun> =
        texts.into_iter().map(|(path, text)| of_text((path.into(), text))).collect();
    // A form or a photograph is taken as it is: it names no bureau.
    let own = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text
            .replace(DEMO_NAME, &facts.name)
            .replace(DEMO_DISTRICT, &facts.district)
            .into_bytes(),
        Err(_) => bytes.to_vec(),
    };
    for path in Content::iter() {
        if let Some(file) = Content::get(&path) {
            files.push((Path::new("content").join(path.as_ref()), own(&file.data)));
        }
    }
    for path in Data::iter() {
        if let Some(file) = Data::get(&path) {
            files.push((Path::new("data").join(path.as_ref()), own(&file.data)));
        }
    }
    files
}

const IGNORE: &str = "# 原始导出、受限表、内部报告和构建结果不进版本库\n/drops/*\n!/drops/README.md\n/report/\n/exports/\n/outbox/\n/restricted/\n*.restricted.csv\n*.restricted.xlsx\n/data/review.key\n/public/\n/ledger/*\n!/ledger/receipts.jsonl\n";
const STAFF: &str = "# 执法人员，一人一项；清单、公示牌与检查共用。\n# - {name: 姓名, unit: 单位, post: 职务, badge_number: 胸牌号码, certificate_number: 执法证号, certificate_from: 2024-01-01, certificate_until: 2028-12-31}\n";
const POLICY: &str = "# 法律留给本机关选择的事项；不写即用默认值。\n# natural_person_party: surname_mou   # 自然人当事人姓名：keep 保留｜surname_mou 留姓隐名｜withhold 不公开\n# open_data_persons: reduced          # 开放数据中的自然人案件：full 与案件页相同｜reduced 不列当事人、事实、结论｜omitted 整行不列\n";
const DROPS: &str = "# 数据批次\n\n每次导出放一个子目录，目录名按日期排序，例如 2026-02-13/处罚.csv。原始数据不进版本库。\n";

fn of_text((path, text): (PathBuf, String)) -> Begun {
    (path, text.into_bytes())
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    let fail = |cause| Failure::Write { path: path.to_path_buf(), cause };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(fail)?;
    }
    let mut file = std::fs::File::create_new(path).map_err(fail)?;
    file.write_all(bytes).map_err(fail)
}

fn next_steps(dir: &Path, (args, is_site): (&InitArgs, bool), terminal: &Terminal) -> String {
    let shown = dir.display();
    let zh = terminal.lang == Lang::Zh;
    let mut out = match (is_site, zh) {
        (true, _) => String::new(),
        (false, true) => format!(
            "已建立 {shown}\n接下来：\n  1. 补全 site.yml 与 data/staff.yml\n  2. 修改 content/ 中的事前公开内容，换成本机关的实际情况\n  3. 把导出的案件表放进 drops/日期/，运行 gongshi check --root {shown}\n  4. gongshi build --root {shown}\n"
        ),
        (false, false) => format!(
            "made {shown}\nnext:\n  1. fill in site.yml and data/staff.yml\n  2. adapt the prose in content/\n  3. put exports into drops/DATE/ and run gongshi check --root {shown}\n  4. gongshi build --root {shown}\n"
        ),
    };
    let settings = args.ci.map(|ci| match ci {
        CiArg::Github => ".github/workflows/gongshi-publish.yml",
        CiArg::Gitlab => ".gitlab-ci.yml",
        CiArg::Shell => "ci/README.md",
    });
    if let Some(file) = settings {
        out.push_str(&if zh {
            format!("流水线：要设置的变量和环境写在 {file} 开头\n")
        } else {
            format!("pipeline: what to set up stands at the top of {file}\n")
        });
    }
    out
}
