//! Markdown to HTML. Raw HTML is dropped, links are checked, no image is loaded from elsewhere, and nothing is
//! written that a strict Content-Security-Policy would block.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

use super::files::{Files, Ready, address};
use super::images::{Enclosed, drawn};
use crate::diag::Note;

/// Schemes a link may have; others lose the link and keep the words.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

fn is_known(scheme: &str) -> bool {
    SCHEMES.contains(&scheme)
}

/// Whether a link leads where a reader may follow: to an address of a known scheme, not to a file of somebody's
/// machine.
pub(super) fn is_followed(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| is_known(&scheme.to_ascii_lowercase()))
}

/// Links as the page writes them, each with its byte in the text.
pub(super) type Links = Vec<(usize, String)>;

/// Text as HTML, with what the page needs to know of it.
pub(super) struct Rendered {
    /// The HTML.
    pub(super) html: String,
    /// Its links.
    pub(super) links: Links,
    /// Names that links can point to.
    pub(super) anchors: Vec<String>,
    /// Its headings of the second level: name of the anchor, words.
    pub(super) headings: Vec<(String, String)>,
    /// Bytes at which HTML stood that was left out.
    pub(super) raw: Vec<usize>,
    /// Files it offers: the words that lead there, the file.
    pub(super) attached: Vec<(String, Ready)>,
    /// Images that cannot be shown: byte in the text, and why.
    pub(super) unshown: Vec<(usize, Note)>,
}

/// The HTML of `text`, for a page in `folder` whose file is `name` below `content/`.
pub(super) fn html(
    text: &str,
    (folder, name): (&str, &str),
    numbered: bool,
    files: &mut Files,
) -> Rendered {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let level = |event: Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
        _ => None,
    };
    let highest = Parser::new_ext(text, options).filter_map(level).min().unwrap_or(1);
    let mut filter = Filter {
        up: super::super::paths::up(&format!("{folder}index.html")),
        name,
        files,
        sent: BTreeMap::new(),
        highest,
        headings: 0,
        numbers: numbered.then_some([0; 7]),
        anchors: Vec::new(),
        notes: Vec::new(),
        dropped: Vec::new(),
    };
    let (mut links, mut raw, mut outline) = (Links::new(), Vec::new(), Outline::default());
    let mut events: Vec<(Event<'_>, usize)> = Vec::new();
    for (event, at) in Parser::new_ext(text, options).into_offset_iter() {
        if is_markup(&event) {
            raw.push(at.start);
        }
        let prefix = filter.number(&event);
        let event = filter.pass(event);
        if let Some(Event::Start(Tag::Link { dest_url, .. })) = &event {
            links.push((at.start, dest_url.to_string()));
        }
        let passed = event.into_iter().chain(prefix.map(|number| Event::Text(number.into())));
        events.extend(passed.inspect(|event| outline.see(event)).map(|event| (event, at.start)));
    }
    let Filter { up, sent, anchors, .. } = filter;
    let (events, Enclosed { attached, unshown }) = drawn(events, &up, &sent, files);
    let mut out = String::with_capacity(text.len() * 2);
    push_html(&mut out, events.into_iter());
    let html = out.replace("<table>", OPENING).replace("</table>", "</table></div>");
    let html = html.replace("<th></th>", "<td></td>").replace("<th>", "<th scope=\"col\">");
    raw.dedup();
    Rendered { html, links, anchors, headings: outline.headings, raw, attached, unshown }
}

/// Headings of the second level, as they pass.
#[derive(Default)]
struct Outline {
    headings: Vec<(String, String)>,
    is_open: bool,
}

impl Outline {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, id: Some(id), .. }) => {
                self.headings.push((id.to_string(), String::new()));
                self.is_open = true;
            }
            Event::End(TagEnd::Heading(_)) => self.is_open = false,
            Event::Text(words) | Event::Code(words) if self.is_open => {
                self.headings.last_mut().iter_mut().for_each(|(_, said)| said.push_str(words));
            }
            _ => {}
        }
    }
}

/// HTML by hand. Comments are notes of the author and say nothing to anyone.
fn is_markup(event: &Event<'_>) -> bool {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            !html.trim().is_empty() && !html.trim_start().starts_with("<!--")
        }
        _ => false,
    }
}

/// What opens a table: wide ones scroll by themselves, and the keyboard must reach what scrolls.
const OPENING: &str =
    "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table>";

struct Filter<'a> {
    /// The way from the page up to the site's root.
    up: String,
    name: &'a str,
    /// What lies beside the text.
    files: &'a Files,
    /// Names of the files that links lead to, by address.
    sent: BTreeMap<String, String>,
    /// Level of the text's highest heading, which becomes the second level of the page.
    highest: usize,
    headings: usize,
    /// Numbers of the headings above, by level, where headings are numbered.
    numbers: Option<[usize; 7]>,
    anchors: Vec<String>,
    /// Footnotes in the order they are cited or stand.
    notes: Vec<String>,
    /// For each open link, whether its tags are dropped.
    dropped: Vec<bool>,
}

impl Filter<'_> {
    fn pass<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => None,
            Event::Start(Tag::HtmlBlock | Tag::MetadataBlock(_))
            | Event::End(TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => None,
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = CowStr::from(self.file(&dest_url).unwrap_or_default());
                Some(Event::Start(Tag::Image { link_type, dest_url, title, id }))
            }
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.headings += 1;
                let id = self.anchor(id.as_deref());
                let (level, id) = (self.placed(level), Some(CowStr::from(id)));
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
            Event::FootnoteReference(label) => Some(Event::InlineHtml(self.cite(&label).into())),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let note = self.note(&label);
                let html = format!("<div class=\"footnote\" id=\"zhu{note}\"><sup>{note}</sup> ");
                Some(Event::Html(html.into()))
            }
            Event::End(TagEnd::FootnoteDefinition) => Some(Event::Html("</div>\n".into())),
            other => Some(other),
        }
    }

    /// Number of a footnote, from 1.
    fn note(&mut self, label: &str) -> usize {
        let known = self.notes.iter().position(|note| note == label);
        known.unwrap_or_else(|| {
            self.notes.push(label.to_owned());
            self.notes.len() - 1
        }) + 1
    }

    fn cite(&mut self, label: &str) -> String {
        let note = self.note(label);
        format!("<sup><a href=\"#zhu{note}\" title=\"注释{note}\">{note}</a></sup>")
    }

    /// The name a heading is linked by: its own where that is plain and new, else by its number.
    fn anchor(&mut self, own: Option<&str>) -> String {
        let fits = |id: &&str| super::address::is_safe(id) && !self.anchors.iter().any(|a| a == id);
        let own = own.filter(fits).map(str::to_owned);
        let id = own.unwrap_or_else(|| format!("s{}", self.headings));
        self.anchors.push(id.clone());
        id
    }

    /// What is put before the words of a heading, as official documents number them: 一、（一）1. （1）.
    fn number(&mut self, event: &Event<'_>) -> Option<String> {
        let Event::Start(Tag::Heading { level, .. }) = event else { return None };
        let level = self.placed(*level) as usize;
        let numbers = self.numbers.as_mut()?;
        numbers[level] += 1;
        numbers[level + 1..].fill(0);
        let number = numbers[level];
        Some(match level {
            0..=2 => format!("{}、", han(number)),
            3 => format!("（{}）", han(number)),
            4 => format!("{number}. "),
            _ => format!("（{number}）"),
        })
    }

    /// The address as the page must write it, or `None` where it must not link there.
    fn destination(&mut self, raw: &str) -> Option<String> {
        let dest: Cow<'_, str> = raw.chars().filter(|c| !c.is_control() && *c != '\\').collect();
        let dest = dest.trim();
        if dest.starts_with("//") {
            return None;
        }
        let head = dest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((scheme, _)) = head.split_once(':') {
            let scheme = scheme.to_ascii_lowercase();
            return is_known(&scheme).then(|| dest.to_owned());
        }
        let up = self.up.clone();
        if let Some(name) = self.file(dest) {
            let href = format!("{up}{}", address(&name));
            self.sent.insert(href.clone(), name);
            return Some(href);
        }
        if let Some(from_root) = dest.strip_prefix('/') {
            return Some(format!("{up}{from_root}"));
        }
        let (path, fragment) = dest.split_once('#').map_or((dest, None), |(p, f)| (p, Some(f)));
        let Some(stem) = path.strip_suffix(".md") else { return Some(dest.to_owned()) };
        let target = super::address::folder_of(&self.beside(stem)?, None).0;
        let tail = fragment.map(|f| format!("#{f}")).unwrap_or_default();
        Some(format!("{up}{target}{tail}"))
    }

    /// The page's title is its only first-level heading; the text's highest comes right below it.
    fn placed(&self, level: HeadingLevel) -> HeadingLevel {
        let at = (level as usize + 2).saturating_sub(self.highest).clamp(2, 6);
        HeadingLevel::try_from(at).unwrap_or(HeadingLevel::H6)
    }

    /// The file below `content/`, other than prose, that an address means.
    fn file(&self, dest: &str) -> Option<String> {
        let decoded = super::address::unescaped(dest.trim());
        let name = match decoded.strip_prefix('/') {
            Some(from_root) => from_root.to_owned(),
            None => self.beside(&decoded)?,
        };
        self.files.has(&name).then_some(name)
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

/// A number below a hundred in Han characters.
fn han(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, one) => DIGITS[one].to_owned(),
        (1, one) => format!("十{}", DIGITS[one]),
        (tens @ 2..=9, one) => format!("{}十{}", DIGITS[tens], DIGITS[one]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str, at: (&str, &str), numbered: bool) -> Rendered {
        html(text, at, numbered, &mut Files::default())
    }

    fn of(text: &str) -> String {
        rendered(text, ("shiqian/yiju/", "shiqian/yiju.md"), false).html
    }

    #[test]
    fn headings_are_numbered_as_official_documents_are() {
        let text = "## 甲\n### 子\n### 丑\n## 乙 {#yi}\n### 寅\n#### 卯";
        let Rendered { html, anchors, .. } = rendered(text, ("a/", "a.md"), true);
        for words in ["一、甲", "（一）子", "（二）丑", "id=\"yi\">二、乙", "（一）寅", "1. 卯"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(anchors, ["s1", "s2", "s3", "yi", "s5", "s6"]);
        assert_eq!((han(9), han(10), han(21)), ("九".into(), "十".into(), "二十一".into()));
    }

    #[test]
    fn footnotes_have_names_of_their_own() {
        let html = of("正文[^甲]。\n\n[^甲]: 见<b>第三条</b>。\n");
        assert!(html.contains("<sup><a href=\"#zhu1\" title=\"注释1\">1</a></sup>"), "{html}");
        assert!(html.contains("<div class=\"footnote\" id=\"zhu1\"><sup>1</sup> "), "{html}");
        assert!(!html.contains("<b>"));
    }

    #[test]
    fn markup_by_hand_is_told_and_comments_are_not() {
        let raw = |text: &str| rendered(text, ("a/", "a.md"), false).raw.len();
        assert_eq!(raw("正文<br>正文\n\n<div>块</div>\n"), 2);
        assert_eq!(raw("<!-- 注 -->\n\n正文"), 0);
    }

    #[test]
    fn an_address_means_the_file_beside_the_text() {
        let mut files = Files::default();
        files.know("shiqian/表 1.docx".into(), "none".into());
        let sent = |text: &str, files: &mut Files| {
            html(text, ("shiqian/yiju/", "shiqian/yiju.md"), false, files).links[0].1.clone()
        };
        for dest in ["%E8%A1%A8%201.docx", "</shiqian/表 1.docx>", "../shiqian/%e8%a1%a8%201.docx"]
        {
            let href = sent(&format!("[申请表]({dest})"), &mut files);
            assert_eq!(href, "../../wenjian/shiqian/u8868-1.docx", "{dest}");
        }
        assert_eq!(sent("[甲](b.docx)", &mut files), "b.docx");
        assert_eq!(super::super::address::unescaped("%zz%4"), "%zz%4");
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
