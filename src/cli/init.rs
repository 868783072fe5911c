//! `gongshi init`: writes a site root that builds. It never overwrites a file.

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::diag::{Exit, Failure};

use super::args::{Common, InitArgs};
use super::terminal::Terminal;

/// Name of the demonstration bureau, which a new site's prose replaces by its own.
const DEMO_NAME: &str = "示例市清源区城市管理局";
/// Its district, likewise.
const DEMO_DISTRICT: &str = "示例市清源区";

/// Prose that a new site begins with.
#[derive(RustEmbed)]
#[folder = "content"]
#[include = "*.md"]
struct Content;

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
/// The folder holds a site already, the name is empty, or the disk is full.
pub(super) fn run(common: &Common, args: &InitArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let name = args.name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::Usage {
            zh: "请用 --name 给出执法机关全称".into(),
            en: "give the organ's full name with --name".into(),
        });
    }
    let dir = if args.dir.is_absolute() { args.dir.clone() } else { common.root.join(&args.dir) };
    if dir.join("site.yml").exists() {
        return Err(Failure::Usage {
            zh: format!("{} 已有 site.yml，不覆盖", dir.display()),
            en: format!("{} has a site.yml already; nothing is overwritten", dir.display()),
        });
    }
    let files = files(name);
    if !args.yes {
        let list: Vec<String> =
            files.iter().map(|(path, _)| format!("  {}\n", path.display())).collect();
        terminal.result(&list.concat())?;
        terminal.say("以上文件未写出，确认请加 --yes", "nothing written: add --yes");
        return Ok(Exit::Done);
    }
    for (path, text) in &files {
        let path = dir.join(path);
        if !path.exists() {
            write_new(&path, text)?;
        }
    }
    terminal.result(&next_steps(&dir, terminal))?;
    Ok(Exit::Done)
}

/// Every file of a new site, with its text.
fn files(name: &str) -> Vec<(PathBuf, String)> {
    let mut files: Vec<(PathBuf, String)> = vec![
        ("site.yml".into(), site(name)),
        (".gitignore".into(), IGNORE.into()),
        ("data/staff.yml".into(), STAFF.into()),
        ("data/policy.yml".into(), POLICY.into()),
        ("drops/README.md".into(), DROPS.into()),
    ];
    let own = |text: &[u8]| {
        let text = String::from_utf8_lossy(text).replace(DEMO_NAME, name);
        text.replace(DEMO_DISTRICT, district(name))
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
    files.sort();
    files
}

/// The place in an organ's name, as in 甲市乙区 of 甲市乙区城市管理局; 本区 where there is none.
fn district(name: &str) -> &str {
    let office = ["城市管理", "综合行政", "行政执法", "综合执法"].iter().find_map(|w| name.find(w));
    let place = &name[..office.unwrap_or(name.len())];
    let end = ["区", "县", "市"].iter().find_map(|end| place.rfind(end).map(|at| at + end.len()));
    end.map_or("本区", |end| &place[..end])
}

fn site(name: &str) -> String {
    format!(
        "# 站点配置。带 # 的行填好后去掉 # 即可；全部内容均为公开信息。\n\
         name: {}\n\
         # credit_code: 本机关统一社会信用代码\n\
         # site_code: \"10 位网站标识码\"\n\
         # domain: www.example.gov.cn\n\
         # base_url: https://www.example.gov.cn/xzzfgs/\n\
         district: {}\n\
         # region: chongqing   # 地方包：chongqing（默认）｜zhejiang｜自建的\n\
         # colour: \"#0b4a8f\"   # 主色，须与白字有 4.5:1 以上的对比度\n\
         # theme: plain          # 只出正文片段，嵌进门户自己的页眉页脚\n\
         # aliases: [简称, 原名称, 受委托执法的支队]\n\
         # formerly:\n\
         #   - {{name: 原单位名称, until: 2023-12-31}}\n\
         # units:\n\
         #   - {{name: 受委托单位, letters: [{{number: 委托书文号, from: 2024-01-01, until: 2026-12-31}}]}}\n\
         contact:\n  \
         # address: 办公地址\n  \
         # telephone: 023-00000000\n  \
         # complaint_telephone: \"12345\"\n  \
         # reconsideration_organ: 行政复议机关\n  \
         # court: 有管辖权的人民法院\n\
         footer:\n  \
         # icp: ICP 备案号\n  \
         # police: 公安备案号\n",
        quoted(name),
        quoted(district(name)),
    )
}

/// A YAML scalar in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

const IGNORE: &str = "# 原始导出、内部报告和构建结果不进版本库\n/drops/*\n!/drops/README.md\n/report/\n/data/review.key\n/public/\n/ledger/.lock\n/ledger/.next/\n";
const STAFF: &str = "# 执法人员，一人一项；清单、公示牌与检查共用。\n# - {name: 姓名, unit: 单位, post: 职务, badge_number: 胸牌号码, certificate_number: 执法证号, certificate_from: 2024-01-01, certificate_until: 2028-12-31}\n";
const POLICY: &str = "# 法律留给本机关选择的事项；不写即用默认值。\n# natural_person_party: surname_mou   # 自然人当事人姓名：keep 保留｜surname_mou 留姓隐名｜withhold 不公开\n# open_data_persons: reduced          # 开放数据中的自然人案件：full 与案件页相同｜reduced 不列当事人、事实、结论｜omitted 整行不列\n";
const DROPS: &str = "# 数据批次\n\n每次导出放一个子目录，目录名按日期排序，例如 2026-02-13/处罚.csv。原始数据不进版本库。\n";

fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    let fail = |cause| Failure::Write { path: path.to_path_buf(), cause };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(fail)?;
    }
    let mut file = std::fs::File::create_new(path).map_err(fail)?;
    file.write_all(text.as_bytes()).map_err(fail)
}

fn next_steps(dir: &Path, terminal: &Terminal) -> String {
    let dir = dir.display();
    match terminal.lang {
        crate::diag::Lang::Zh => format!(
            "已建立 {dir}\n接下来：\n  1. 填写 site.yml（信用代码、网站标识码、联系方式、备案号）与 data/staff.yml\n  2. 修改 content/ 中的事前公开内容，换成本机关的实际情况\n  3. 把导出的案件表放进 drops/日期/，运行 gongshi check --root {dir}\n  4. gongshi build --root {dir}\n"
        ),
        crate::diag::Lang::En => format!(
            "made {dir}\nnext:\n  1. fill in site.yml and data/staff.yml\n  2. adapt the prose in content/\n  3. put exports into drops/DATE/ and run gongshi check --root {dir}\n  4. gongshi build --root {dir}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_read_out_of_a_name() {
        assert_eq!(district("某省甲市乙区城市管理局"), "某省甲市乙区");
        assert_eq!(district("丙县综合行政执法局"), "丙县");
        assert_eq!(district("城管支队"), "本区");
    }
}
