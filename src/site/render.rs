//! The one hand on Tera: templates go in, bytes come out. Sees only views made of public text.
//!
//! Every template is escaped whatever its name; the `safe` filter is taken away. Only [`Markup`], which
//! this room makes out of its own drawings and Markdown, passes unescaped. Tera 2 offers templates no
//! environment and no files; its `__tera_context` dump is refused here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use tera::{Context, ErrorKind, Tera, Value};

use crate::diag::Failure;

/// Text that is HTML or SVG of our own making.
#[derive(Clone, Debug)]
pub(super) struct Markup(Value);

impl Markup {
    /// Declares `html` to be well-formed markup made by this program out of escaped text.
    pub(super) fn ours(html: &str) -> Self {
        Self(Value::safe_string(html))
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The frame around a page, cut into the three pieces between head and main.
#[derive(Debug)]
struct Shell {
    before_head: String,
    between: String,
    after_main: String,
}

/// Marks in the shell template; no text of ours holds these characters.
const HEAD_MARK: &str = "\u{2}";
const MAIN_MARK: &str = "\u{3}";

/// Words of Tera that a template must not use.
const REFUSED: [&str; 4] = ["| safe", "|safe", "__tera_context", "autoescape"];

/// Frame template, depth of the page, section.
pub(super) type ShellKey = (&'static str, usize, &'static str);

/// Templates, compiled, with the frames of all depths and sections.
pub(super) struct Printer {
    tera: Tera,
    shells: BTreeMap<ShellKey, Shell>,
}

impl Printer {
    /// Compiles the templates. `site` holds what every template may use under the name `site`, `labels`
    /// under the name `word`.
    ///
    /// # Errors
    /// A template that cannot be read, or that asks for unescaped text.
    pub(super) fn new<S: Serialize>(
        templates: &BTreeMap<String, String>,
        site: &S,
        labels: &BTreeMap<String, String>,
    ) -> Result<Self, Failure> {
        let mut tera = Tera::new();
        tera.autoescape_on([""]);
        tera.set_escape_fn(escape_bytes);
        for (name, text) in templates {
            if let Some(word) = REFUSED.iter().find(|w| text.contains(*w)) {
                return Err(broken(name, format!("`{word}` is not allowed in a template")));
            }
        }
        tera.add_raw_templates(templates.iter().map(|(n, t)| (n.as_str(), t.as_str())))
            .map_err(|e| broken(&named(&e), said(&e)))?;
        tera.global_context().insert("site", site);
        tera.global_context().insert("word", labels);
        Ok(Self { tera, shells: BTreeMap::new() })
    }

    /// Cuts the frame of this key.
    ///
    /// # Errors
    /// A broken frame.
    pub(super) fn add_shell<V: Serialize>(
        &mut self,
        key: ShellKey,
        view: &V,
    ) -> Result<(), Failure> {
        let template = key.0;
        let mut context = Context::new();
        context.insert("v", view);
        context.insert_value("head", Value::safe_string(HEAD_MARK));
        context.insert_value("main", Value::safe_string(MAIN_MARK));
        let text = self.tera.render(template, &context).map_err(|e| broken(template, said(&e)))?;
        let cut = text
            .split_once(HEAD_MARK)
            .and_then(|(a, rest)| rest.split_once(MAIN_MARK).map(|(b, c)| (a, b, c)));
        let (before, between, after) =
            cut.ok_or_else(|| broken(template, "needs {{ head }} and then {{ main }}".into()))?;
        let shell =
            Shell { before_head: before.into(), between: between.into(), after_main: after.into() };
        self.shells.insert(key, shell);
        Ok(())
    }

    /// Renders `template` into `out`, with `view` under the name `v` and `up` for the way to the root.
    fn render<V: Serialize>(
        &self,
        (template, up): (&str, &str),
        view: &V,
        out: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let mut context = Context::new();
        context.insert_value("up", Value::from(up));
        let value = Value::try_from_serializable(view)
            .map_err(|_| broken(template, "its view cannot be read".into()))?;
        context.insert_value("v", value);
        self.tera.render_to(template, &context, out).map_err(|e| broken(template, said(&e)))
    }

    /// A template by itself, without a frame.
    ///
    /// # Errors
    /// A template that asks for what the view does not have.
    pub(super) fn alone<V: Serialize>(&self, template: &str, view: &V) -> Result<String, Failure> {
        let mut out = Vec::with_capacity(MAIN);
        self.render((template, ""), view, &mut out)?;
        String::from_utf8(out).map_err(|_| broken(template, "its bytes are no text".into()))
    }

    /// Puts a head, and the main part rendered from its template with `view`, into the frame of this
    /// key. The template comes with the way up to the root.
    ///
    /// # Errors
    /// No such frame; a template that asks for what the view does not have.
    pub(super) fn page<V: Serialize>(
        &self,
        key: ShellKey,
        head: &str,
        main: (&str, &str),
        view: &V,
    ) -> Result<Vec<u8>, Failure> {
        let shell = self
            .shells
            .get(&key)
            .ok_or_else(|| Failure::Internal("no frame of this depth".into()))?;
        let frame = shell.before_head.len() + shell.between.len() + shell.after_main.len();
        let mut body = Vec::with_capacity(frame + head.len() + MAIN);
        body.extend_from_slice(shell.before_head.as_bytes());
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(shell.between.as_bytes());
        self.render(main, view, &mut body)?;
        body.extend_from_slice(shell.after_main.as_bytes());
        Ok(body)
    }
}

/// Room for a main part of the usual size, in bytes.
const MAIN: usize = 6 << 10;

fn broken(template: &str, message: String) -> Failure {
    Failure::Template { template: template.into(), message }
}

/// The template an error speaks of.
fn named(error: &tera::Error) -> String {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            report.filename().to_owned()
        }
        _ => "theme".to_owned(),
    }
}

/// What is wrong, without values: Tera's rendering messages may quote one, so only the line is told.
fn said(error: &tera::Error) -> String {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            format!("line {}: {}", report.span().start_line, report.message())
        }
        ErrorKind::RenderingError(report) => {
            let line = report.span().start_line;
            format!("{}, line {line}: cannot be rendered with its view", report.filename())
        }
        _ => "cannot be compiled or rendered".to_owned(),
    }
}

/// What stands for a character in markup, where something must.
const fn stand_in(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        _ => return None,
    })
}

/// Writes `text` escaped, in runs: Tera's own way writes byte by byte, which costs half a page's time.
fn escape_bytes(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| MARKUP[usize::from(*byte)]) {
        out.write_all(&rest[..at])?;
        out.write_all(stand_in(rest[at]).unwrap_or_default().as_bytes())?;
        rest = &rest[at + 1..];
    }
    out.write_all(rest)
}

/// Bytes that something else stands for in markup.
static MARKUP: [bool; 256] = markup();

const fn markup() -> [bool; 256] {
    let mut markup = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        markup[byte as usize] = stand_in(byte).is_some();
        byte += 1;
    }
    markup
}

/// The text that was escaped for a page.
pub(crate) fn plain(escaped: &str) -> String {
    let text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
}

/// Appends `text` to `out`, escaped and without control characters, for heads and drawings.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let asks = |c: char| u8::try_from(c).is_ok_and(|b| MARKUP[usize::from(b)]) || c.is_control();
    let mut rest = text;
    while let Some(at) = rest.find(asks) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let Some(c) = after.chars().next() else { break };
        match u8::try_from(c).ok().and_then(stand_in) {
            Some(instead) => out.push_str(instead),
            None if matches!(c, '\n' | '\t') => out.push(c),
            None => {}
        }
        rest = &after[c.len_utf8()..];
    }
    out.push_str(rest);
}

/// Text that is escaped on its way into a page.
struct Escaping<'a>(&'a mut String);

impl std::fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        escape_into(self.0, text);
        Ok(())
    }
}

/// Appends ` name="value"` with the value escaped.
pub(super) fn attribute(out: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = write!(out, " {name}=\"");
    let _ = write!(Escaping(out), "{value}");
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(name: &str, text: &str) -> Result<Printer, Failure> {
        let templates = BTreeMap::from([(name.to_owned(), text.to_owned())]);
        Printer::new(&templates, &"site", &BTreeMap::new())
    }

    fn rendered<V: Serialize>(p: &Printer, name: &str, view: &V) -> Result<String, Failure> {
        let mut out = Vec::new();
        p.render((name, "./"), view, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn every_suffix_is_escaped_and_markup_passes() {
        for name in ["a.html", "a.xml", "a.svg", "a.json", "a"] {
            let p = printer(name, "{{ v.text }}{{ v.drawing }}").unwrap();
            let view = BTreeMap::from([
                ("text", Markup(Value::from("<b>'\"&{{ up }}"))),
                ("drawing", Markup::ours("<svg/>")),
            ]);
            assert_eq!(
                rendered(&p, name, &view).unwrap(),
                "&lt;b&gt;&#39;&quot;&amp;{{ up }}<svg/>",
                "{name}"
            );
        }
    }

    #[test]
    fn a_template_cannot_ask_for_more() {
        for text in [
            "{{ v | safe }}",
            "{{ __tera_context }}",
            "{{ get_env(name='HOME') }}",
            "{% include '/etc/hostname' %}",
            "{{ load('/etc/hostname') }}",
        ] {
            let told = printer("a.html", text).and_then(|p| rendered(&p, "a.html", &"x"));
            assert!(matches!(told, Err(Failure::Template { .. })), "{text}");
        }
    }

    #[test]
    fn a_rendering_failure_tells_no_value() {
        let p = printer("a.html", "{{ v.name | round }}").unwrap();
        let view = BTreeMap::from([("name", "张三丰")]);
        let told = rendered(&p, "a.html", &view).map_err(|f| f.to_string());
        assert!(told.is_err_and(|m| !m.contains("张三丰") && m.contains("line 1")));
    }
}
