//! The difference as a page to be looked at before the button is pressed. Of cases it names ids; before and after
//! stand side by side for prose and figures only, which are about nobody.

use crate::diag::render::html;
use crate::diag::{Failure, Lang};
use crate::publish::{Built, Change, Difference};
use crate::site::plain;

use super::super::plan::part_of;
use super::told::{Preview, fate_word};

/// Folders of prose: no page below them is about a case or an officer.
const PROSE: [&str; 7] =
    ["shiqian/", "shizhong/", "jubao/", "guanyu/", "bangzhu/", "liucheng/", "wuzhangai/"];
/// How many pages are shown with their lines.
const MOST_PAGES: usize = 30;
/// How many lines of a page are shown.
const MOST_LINES: usize = 60;

/// A page of prose that changes, with the lines that go and the lines that come.
pub(super) struct Changed {
    path: String,
    before: Vec<String>,
    after: Vec<String>,
}

/// The pages of prose that change; `read` reads what stands at the target.
///
/// # Errors
/// The target does not answer.
pub(super) fn changed_prose(
    difference: &Difference,
    site: &Built,
    read: impl Fn(&str) -> Result<Option<Vec<u8>>, Failure>,
) -> Result<Vec<Changed>, Failure> {
    let is_prose =
        |path: &str| path.ends_with(".html") && PROSE.iter().any(|folder| path.starts_with(folder));
    let mut changed = Vec::new();
    for (path, _) in difference
        .files
        .iter()
        .filter(|(path, change)| **change == Change::Changed && is_prose(path))
        .take(MOST_PAGES)
    {
        let before = lines(&read(path)?.unwrap_or_default());
        let after = lines(&site.file(path)?);
        let only = |these: &[String], those: &[String]| {
            let apart = these.iter().filter(|line| !those.contains(line));
            apart.take(MOST_LINES).cloned().collect::<Vec<_>>()
        };
        changed.push(Changed {
            path: path.clone(),
            before: only(&before, &after),
            after: only(&after, &before),
        });
    }
    Ok(changed)
}

/// The text of a page's main part, a line a block.
fn lines(page: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(page);
    let main = text.split_once("<main").map_or("", |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut out = String::new();
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        let is_inline = ["a", "b", "em", "strong", "span", "abbr", "code", "time", "sup"];
        if !is_inline.contains(&name) {
            out.push('\n');
        }
        out.push_str(text);
    }
    let plain = plain(&out);
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The page.
pub(super) fn render(told: &Preview<'_>, changed: &[Changed], lang: Lang) -> String {
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let heading = format!("{} {}", word("发布变动", "What changes at"), told.target);
    let mut page = html::Page::new(&heading, lang);
    page.note(word(
        "发布之前供审阅。只含公开的文字；撤下、更正的案件只列编号。",
        "To be looked at before publishing. Public text only; cases that leave or change are named by id.",
    ));
    page.section(word("案件", "Cases"));
    let cases = told.cases();
    let rows = cases.iter().map(|(fate, ids)| {
        vec![fate_word(*fate, lang).to_owned(), ids.len().to_string(), ids.join(" ")]
    });
    page.table(&[word("变动", "change"), word("件数", "count"), word("编号", "ids")], rows);
    page.section(word("文件", "Files"));
    let rows = told.parts().into_iter().map(|(name, counts)| {
        let name = super::super::plan::part(name, lang == Lang::Zh).to_owned();
        std::iter::once(name).chain(counts.iter().map(u64::to_string)).collect()
    });
    page.table(
        &[
            word("部分", "part"),
            word("新增", "new"),
            word("变动", "changed"),
            word("移除", "removed"),
        ],
        rows,
    );
    page.section(word("统计数字", "Figures"));
    let none = word("（无）", "(none)");
    let rows = told.difference.cells.iter().map(|cell| {
        let said = |text: &Option<String>| text.as_deref().unwrap_or(none).to_owned();
        vec![cell.file.clone(), cell.cell.clone(), said(&cell.before), said(&cell.after)]
    });
    page.table(
        &[
            word("文件", "file"),
            word("位置", "place"),
            word("原来", "before"),
            word("现在", "after"),
        ],
        rows,
    );
    page.section(word("文字", "Prose"));
    let rows = changed
        .iter()
        .map(|one| vec![one.path.clone(), one.before.join("\n"), one.after.join("\n")]);
    page.table(&[word("页面", "page"), word("删去", "gone"), word("加上", "new")], rows);
    page.section(word("全部文件", "All files"));
    let rows = told.difference.files.iter().map(|(path, change)| {
        let sign = match change {
            Change::Added => "+",
            Change::Changed => "~",
            Change::Removed => "-",
        };
        vec![sign.to_owned(), path.clone(), part_of(path).to_owned()]
    });
    page.table(&["", word("路径", "path"), word("部分", "part")], rows);
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_block_by_block() {
        let page = "<nav>x</nav><main id=\"main\"><h1>办事<b>指南</b></h1><p>第一段 &amp; 第二</p></main><footer>";
        assert_eq!(lines(page.as_bytes()), ["办事指南", "第一段 & 第二"]);
    }
}
