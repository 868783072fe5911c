//! Figures and attachments in a row of Markdown events: an image that stands alone becomes a figure with its caption,
//! and the words of a link to a file become its name in the list of downloads.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diag::Note;

use super::super::render::attribute;
use super::files::{Files, Ready};

/// What a page shows and offers.
#[derive(Default)]
pub(super) struct Enclosed {
    /// Images that cannot be shown: byte in the text, and why.
    pub(super) unshown: Vec<(usize, Note)>,
    /// Files it offers, in the order of their first link: the words that lead there, the file.
    pub(super) attached: Vec<(String, Ready)>,
}

/// Puts figures in place of images, whose address is here the name of the file below `content/`, empty where there
/// is none. `sent` are the names of the files that links lead to, by address.
pub(super) fn drawn<'e>(
    events: Vec<(Event<'e>, usize)>,
    up: &str,
    sent: &BTreeMap<String, String>,
    files: &mut Files,
) -> (Vec<Event<'e>>, Enclosed) {
    let (mut out, mut enclosed) = (Vec::with_capacity(events.len()), Enclosed::default());
    let mut i = 0;
    while let Some((event, at)) = events.get(i) {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else {
            out.push(event.clone());
            i += 1;
            continue;
        };
        let inner = events[i + 1..].iter().take_while(|(e, _)| *e != Event::End(TagEnd::Image));
        let inner: Vec<&Event<'e>> = inner.map(|(event, _)| event).collect();
        let alternative = words(&inner);
        let told = if dest_url.is_empty() {
            Err(Note::new("content/ 中没有这个图片文件", "content/ has no such picture"))
        } else {
            shown((dest_url, up), &alternative, files)
        };
        let next = i + 1 + inner.len() + 1;
        match told {
            Ok(image) => {
                let is_alone = matches!(out.last(), Some(Event::Start(Tag::Paragraph)))
                    && matches!(events.get(next), Some((Event::End(TagEnd::Paragraph), _)));
                if is_alone {
                    out.pop();
                    out.push(Event::Html(figure(&image, title).into()));
                    i = next + 1;
                    continue;
                }
                out.push(Event::InlineHtml(image.into()));
            }
            Err(note) => {
                enclosed.unshown.push((*at, note));
                out.extend(inner.into_iter().cloned());
            }
        }
        i = next;
    }
    enclosed.attached = offered(&out, sent, files);
    (out, enclosed)
}

/// The image as HTML; an error where it must not be shown. A fault of the file itself is told by the file.
fn shown((name, up): (&str, &str), alternative: &str, files: &mut Files) -> Result<String, Note> {
    let own = name.rsplit('/').next().unwrap_or(name);
    if alternative.trim().is_empty() || alternative.trim() == own {
        return Err(Note::new(
            "插图没有替代文字：写作 ![图中内容的文字说明](文件)",
            "the figure has no alternative text: ![what it shows](file)",
        ));
    }
    let mut html = String::from("<img");
    if let Some(ready) = files.figure(name) {
        attribute(&mut html, "src", format_args!("{up}{}", ready.path));
        if let Some((width, height)) = ready.size {
            attribute(&mut html, "width", width);
            attribute(&mut html, "height", height);
        }
    }
    attribute(&mut html, "alt", alternative.trim());
    html.push_str(" loading=\"lazy\">");
    Ok(html)
}

fn figure(image: &str, caption: &str) -> String {
    let mut html = format!("<figure>{image}");
    if !caption.trim().is_empty() {
        html.push_str("<figcaption>");
        super::super::render::escape_into(&mut html, caption.trim());
        html.push_str("</figcaption>");
    }
    html.push_str("</figure>\n");
    html
}

/// The files that links lead to.
fn offered(
    events: &[Event<'_>],
    sent: &BTreeMap<String, String>,
    files: &mut Files,
) -> Vec<(String, Ready)> {
    let mut attached: Vec<(String, Ready)> = Vec::new();
    for (i, event) in events.iter().enumerate() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let Some(ready) = sent.get(dest_url.as_ref()).and_then(|name| files.attachment(name))
        else {
            continue;
        };
        if attached.iter().any(|(_, known)| known.path == ready.path) {
            continue;
        }
        let inner = events[i + 1..].iter().take_while(|e| **e != Event::End(TagEnd::Link));
        let said = words(&inner.collect::<Vec<_>>());
        attached.push((said.trim().to_owned(), ready.clone()));
    }
    attached
}

fn words(events: &[&Event<'_>]) -> String {
    let word = |event: &&Event<'_>| match event {
        Event::Text(words) | Event::Code(words) => words.to_string(),
        Event::SoftBreak | Event::HardBreak => " ".into(),
        _ => String::new(),
    };
    events.iter().map(word).collect()
}
