//! The head of a page: title, the meta tags of government sites (domain 5.1), canonical address.

use serde_json::Value;

use super::linked::script_text;
use super::render::{attribute, escape_into};
use crate::law::Day;
use crate::vocab::Bureau;

/// What a page says of itself to machines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head<'a> {
    /// Title without the site's name.
    pub(super) title: &'a str,
    /// The column, for lists and articles.
    pub(super) column: Option<Column<'a>>,
    /// First publication, for articles. It comes from the ledger or the front matter, never from the build.
    pub(super) article: Option<Day>,
    /// Whether search engines are told to leave the page out.
    pub(super) noindex: bool,
    /// Path of a further stylesheet.
    pub(super) sheet: Option<&'a str>,
    /// The same for programs: type and path.
    pub(super) alternate: Option<(&'a str, &'a str)>,
    /// What it is for search engines.
    pub(super) linked: Option<&'a Value>,
    /// Path of the stylesheet that sets the paper, for what is made to be printed.
    pub(super) paper: Option<&'a str>,
}

/// A column of the portal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    /// Name.
    pub(super) name: &'a str,
    /// What it holds.
    pub(super) describes: &'a str,
    /// Keywords, joined by commas.
    pub(super) keywords: &'a str,
}

/// The type the design norm gives to columns of this kind.
const COLUMN_TYPE: &str = "政务公开";

impl Head<'_> {
    /// The tags between `<head>` and the stylesheets of the frame.
    pub(super) fn html(&self, bureau: &Bureau, site_title: &str, path: &str) -> String {
        let mut out = String::with_capacity(1024);
        out.push_str("<title>");
        escape_into(&mut out, self.title);
        if self.title != site_title {
            out.push_str(" - ");
            escape_into(&mut out, site_title);
        }
        out.push_str("</title>\n");
        meta(&mut out, "SiteName", Some(site_title));
        meta(&mut out, "SiteDomain", bureau.domain.as_deref());
        meta(&mut out, "SiteIDCode", bureau.site_code.as_deref());
        if let Some(column) = self.column {
            meta(&mut out, "ColumnName", Some(column.name));
            meta(&mut out, "ColumnDescription", Some(column.describes));
            meta(&mut out, "ColumnKeywords", Some(column.keywords));
            meta(&mut out, "ColumnType", Some(COLUMN_TYPE));
        }
        if let Some(day) = self.article {
            meta(&mut out, "ArticleTitle", Some(self.title));
            meta(&mut out, "PubDate", Some(&format!("{day} 00:00")));
            meta(&mut out, "ContentSource", Some(&bureau.name));
        }
        if self.noindex {
            meta(&mut out, "robots", Some("noindex, noarchive"));
        } else if let Some(base) = &bureau.base_url {
            out.push_str("<link rel=\"canonical\"");
            let at = path.strip_suffix("index.html").unwrap_or(path);
            attribute(&mut out, "href", format_args!("{base}{at}"));
            out.push_str(">\n");
        }
        if let Some((kind, path_of_it)) = self.alternate {
            out.push_str("<link rel=\"alternate\"");
            attribute(&mut out, "type", kind);
            attribute(&mut out, "href", format_args!("{}{path_of_it}", super::paths::up(path)));
            out.push_str(">\n");
        }
        if let Some(value) = self.linked {
            out.push_str("<script type=\"application/ld+json\">");
            out.push_str(&script_text(value));
            out.push_str("</script>\n");
        }
        for sheet in self.sheet.into_iter().chain(self.paper) {
            out.push_str("<link rel=\"stylesheet\"");
            attribute(&mut out, "href", format_args!("{}{sheet}", super::paths::up(path)));
            out.push_str(">\n");
        }
        out
    }
}

fn meta(out: &mut String, name: &str, content: Option<&str>) {
    let Some(content) = content else { return };
    out.push_str("<meta");
    attribute(out, "name", name);
    attribute(out, "content", content);
    out.push_str(">\n");
}
