//! Markdown to HTML. The one hand on pulldown-cmark. Raw HTML is dropped, links are checked, no image
//! is loaded, and nothing is written that a strict Content-Security-Policy would block.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// Schemes a link may have; others lose the link and keep the words.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Links as the page writes them, each with its byte in the text.
pub(super) type Links = Vec<(usize, String)>;

/// Text as HTML, with what the page needs to know of it.
pub(super) struct Rendered {
    /// The HTML.
    pub(super) html: String,
    /// Its links.
    pub(super) links: Links,
    /// Its headings of the second level: name of the anchor, words.
    pub(super) headings: Vec<(String, String)>,
}

/// The HTML of `text`, for a page in `folder` whose file is `name` below `content/`, its links and headings.
pub(super) fn html(text: &str, folder: &str, name: &str) -> Rendered {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let level = |event: Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
        _ => None,
    };
    let highest = Parser::new_ext(text, options).filter_map(level).min().unwrap_or(1);
    let mut filter = Filter { folder, name, highest, headings: 0, dropped: Vec::new() };
    let mut links = Links::new();
    let (mut headings, mut open) = (Vec::new(), false);
    let events = Parser::new_ext(text, options).into_offset_iter().filter_map(|(event, at)| {
        let event = filter.pass(event);
        if let Some(Event::Start(Tag::Link { dest_url, .. })) = &event {
            links.push((at.start, dest_url.to_string()));
        }
        match &event {
            Some(Event::Start(Tag::Heading { level: HeadingLevel::H2, id: Some(id), .. })) => {
                headings.push((id.to_string(), String::new()));
                open = true;
            }
            Some(Event::End(TagEnd::Heading(_))) => open = false,
            Some(Event::Text(words) | Event::Code(words)) if open => {
                headings.last_mut().iter_mut().for_each(|(_, said)| said.push_str(words));
            }
            _ => {}
        }
        event
    });
    let mut out = String::with_capacity(text.len() * 2);
    push_html(&mut out, events);
    let html = out.replace("<table>", OPENING).replace("</table>", "</table></div>");
    let html = html.replace("<th></th>", "<td></td>").replace("<th>", "<th scope=\"col\">");
    Rendered { html, links, headings }
}

/// What opens a table: wide ones scroll by themselves, and the keyboard must reach what scrolls.
const OPENING: &str =
    "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table>";

struct Filter<'a> {
    folder: &'a str,
    name: &'a str,
    /// Level of the text's highest heading, which becomes the second level of the page.
    highest: usize,
    headings: usize,
    /// For each open link, whether its tags are dropped.
    dropped: Vec<bool>,
}

impl Filter<'_> {
    fn pass<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => None,
            Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::MetadataBlock(_))
            | Event::End(TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_)) => None,
            Event::Start(Tag::Heading { level, .. }) => {
                self.headings += 1;
                let id = Some(CowStr::from(format!("s{}", self.headings)));
                let level = self.placed(level);
                Some(Event::Start(Tag::Heading { level, id, classes: vec![], attrs: vec![] }))
            }
            Event::End(TagEnd::Heading(level)) => {
                Some(Event::End(TagEnd::Heading(self.placed(level))))
            }
            // Alignment would be written as an inline style.
            Event::Start(Tag::Table(columns)) => {
                Some(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()])))
            }
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                let dest = self.destination(&dest_url);
                self.dropped.push(dest.is_none());
                let dest_url = CowStr::from(dest?);
                Some(Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id }))
            }
            Event::End(TagEnd::Link) => {
                let dropped = self.dropped.pop().unwrap_or(true);
                (!dropped).then_some(Event::End(TagEnd::Link))
            }
            other => Some(other),
        }
    }

    /// The address as the page must write it, or `None` where it must not link there.
    fn destination(&self, raw: &str) -> Option<String> {
        let dest: Cow<'_, str> = raw.chars().filter(|c| !c.is_control() && *c != '\\').collect();
        let dest = dest.trim();
        if dest.starts_with("//") {
            return None;
        }
        let head = dest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((scheme, _)) = head.split_once(':') {
            let scheme = scheme.to_ascii_lowercase();
            return SCHEMES.contains(&scheme.as_str()).then(|| dest.to_owned());
        }
        let up = super::super::paths::up(&format!("{}index.html", self.folder));
        if let Some(from_root) = dest.strip_prefix('/') {
            return Some(format!("{up}{from_root}"));
        }
        let (path, fragment) = dest.split_once('#').map_or((dest, None), |(p, f)| (p, Some(f)));
        let Some(stem) = path.strip_suffix(".md") else { return Some(dest.to_owned()) };
        let target = super::folder_of(&self.beside(stem)?, None).0;
        let tail = fragment.map(|f| format!("#{f}")).unwrap_or_default();
        Some(format!("{up}{target}{tail}"))
    }

    /// The page's title is its only first-level heading; the text's highest comes right below it.
    fn placed(&self, level: HeadingLevel) -> HeadingLevel {
        let at = (level as usize + 2).saturating_sub(self.highest).clamp(2, 6);
        HeadingLevel::try_from(at).unwrap_or(HeadingLevel::H6)
    }

    /// `relative` as seen from the file, from `content/` down; `None` when it leads out of it.
    fn beside(&self, relative: &str) -> Option<String> {
        let mut parts: Vec<&str> = self.name.split('/').collect();
        parts.pop();
        for part in relative.split('/') {
            match part {
                "." | "" => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        html(text, "shiqian/yiju/", "shiqian/yiju.md").html
    }

    #[test]
    fn markup_of_others_is_dropped() {
        for text in [
            "<script>alert(1)</script>\n\n正文",
            "正文<img src=x onerror=alert(1)>",
            "[点](javascript:alert(1))",
            "[点](java&#9;script:alert(1))",
            "[点](<data:text/html,x>)",
            "[点](vbscript:x)",
            "[点](//evil.example/)",
            "![图](https://evil.example/x.png)",
            "<!-- 注释 -->正文",
        ] {
            let html = of(text);
            for bad in ["<script", "onerror", "script:", "data:", "evil", "<img", "注释"] {
                assert!(!html.contains(bad), "{text} -> {html}");
            }
        }
        assert_eq!(of("{{ 1 + 1 }}").trim(), "<p>{{ 1 + 1 }}</p>");
    }

    #[test]
    fn tables_have_no_inline_style_and_links_are_relative() {
        let html = of("|甲|乙|\n|:-:|--:|\n|1|2|");
        assert!(html.contains("<table>") && !html.contains("style"));
        assert!(of("[图](/liucheng/)").contains("href=\"../../liucheng/\""));
        assert!(of("[图](jiuji.md#s2)").contains("href=\"../../shiqian/jiuji/#s2\""));
        for text in ["# 一\n## 二", "## 一\n### 二"] {
            let html = of(text);
            assert_eq!(html.trim(), "<h2 id=\"s1\">一</h2>\n<h3 id=\"s2\">二</h3>");
        }
    }
}
