//! An article for the bureau's public account: one case in full, or a year's cases in rows. Styles stand in the elements,
//! nothing is linked or loaded, and addresses are text: the editor there keeps nothing else.

use std::fmt::Display;

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::Standing;

use super::super::paths::{case_folder, year_of};
use super::super::render::Markup;
use super::super::view::{Fact, Part, Row, facts_of, parts_of};
use super::super::{Page, Press};
use super::document;

/// Most characters of one article, markup included: what the editor takes.
const MOST: usize = 20_000;

#[derive(Serialize)]
struct ArticleView<'a> {
    title: &'a str,
    /// Which part of how many; none for a whole article.
    part: Option<(usize, usize)>,
    blocks: Markup,
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct RowView<'a> {
    case: Row<'a>,
    address: Option<String>,
}

#[derive(Serialize)]
struct CaseView<'a> {
    facts: Vec<Fact<'a>>,
    parts: Vec<Part<'a>>,
    address: Option<String>,
}

/// Name of the article about a year or a case, without its ending.
pub(crate) fn article_name(about: impl Display) -> String {
    format!("weixin/{about}")
}

impl Press {
    /// The cases of a year in rows, in as many articles as it takes.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn weixin_year(&self, year: i32, cases: &[Standing]) -> Result<Vec<Page>, Failure> {
        let title = format!("{}{year}年行政执法结果公示", self.bureau.name);
        let block = |case: &Standing| match Row::of(case) {
            Some(row) => {
                let view = RowView { case: row, address: self.permalink(case) };
                self.block("export-weixin-row.html", &view).map(Some)
            }
            None => Ok(None),
        };
        let blocks = cases.iter().filter_map(|case| block(case).transpose());
        self.articles(&article_name(year), &title, &blocks.collect::<Result<Vec<_>, _>>()?)
    }

    /// One case in full.
    ///
    /// # Errors
    /// A template that does not fit its view.
    pub(crate) fn weixin_case(&self, case: &Standing) -> Result<Vec<Page>, Failure> {
        let (Some(id), Some(disclosure)) = (case.id, &case.disclosure) else {
            return Ok(Vec::new());
        };
        let title = format!("{} {}", disclosure.number(), disclosure.party());
        let view = |facts, parts| CaseView { facts, parts, address: self.permalink(case) };
        let facts = || facts_of(disclosure, case.until);
        let whole = self.block("export-weixin-case.html", &view(facts(), parts_of(disclosure)))?;
        let articles = self.articles(&article_name(id), &title, &[whole])?;
        let fits = |page: &Page| String::from_utf8_lossy(&page.body).chars().count() <= MOST;
        if articles.iter().all(fits) {
            return Ok(articles);
        }
        // Too long for one: each part of the text begins a new block, and long ones are parted between paragraphs.
        let mut blocks = vec![self.block("export-weixin-case.html", &view(facts(), Vec::new()))?];
        for part in parts_of(disclosure) {
            for piece in part.pieces(MOST / 2) {
                blocks.push(self.block("export-weixin-case.html", &view(Vec::new(), vec![piece]))?);
            }
        }
        self.articles(&article_name(id), &title, &blocks)
    }

    /// Articles that hold these blocks, none of them longer than may be.
    fn articles(&self, name: &str, title: &str, blocks: &[String]) -> Result<Vec<Page>, Failure> {
        let address = self.bureau.base_url.as_deref();
        let empty = ArticleView { title, part: Some((99, 99)), blocks: Markup::ours(""), address };
        let room = MOST.saturating_sub(self.block("export-weixin.html", &empty)?.chars().count());
        let mut bodies: Vec<String> = vec![String::new()];
        let mut used = 0;
        for block in blocks {
            let length = block.chars().count();
            if used > 0 && used + length > room {
                bodies.push(String::new());
                used = 0;
            }
            used += length;
            bodies.last_mut().into_iter().for_each(|body| body.push_str(block));
        }
        let count = bodies.len();
        let page = |(at, body): (usize, &String)| {
            let part = (count > 1).then_some((at + 1, count));
            let name = part.map_or_else(|| name.to_owned(), |(at, _)| format!("{name}-{at}"));
            let view = ArticleView { title, part, blocks: Markup::ours(body), address };
            let text = self.block("export-weixin.html", &view)?;
            Ok(document(format!("{name}.html"), text.into_bytes()))
        };
        bodies.iter().enumerate().map(page).collect()
    }

    fn permalink(&self, case: &Standing) -> Option<String> {
        let folder = case_folder(case.key.kind, year_of(case), case.id?);
        self.bureau.base_url.as_ref().map(|base| format!("{base}{folder}"))
    }
}
