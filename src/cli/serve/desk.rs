//! What the preview says beside its pages: which day it shows, what was found, and that there is a new build.
//! Only the preview says it; a built site knows nothing of it.

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::diag::render::{Format, Renderer};
use crate::diag::{Failure, Findings, Lang};

use super::super::root::Root;

/// Folder of the preview's own addresses.
pub(super) const FOLDER: &str = "/_yulan/";
/// The script that reloads and shows.
pub(super) const SCRIPT: &str = include_str!("preview.js");
/// Its look.
pub(super) const STYLE: &str = include_str!("preview.css");

/// The present state, told to every open page.
pub(super) struct Desk(watch::Sender<State>);

/// One build, or one attempt.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Counts builds and attempts, from 1.
    pub(super) version: u64,
    /// What pages read.
    pub(super) json: String,
}

impl Desk {
    /// Nothing built yet.
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(State::default()))
    }

    /// A listener of its own for one request.
    pub(super) fn listen(&self) -> watch::Receiver<State> {
        self.0.subscribe()
    }

    /// Tells a build, or with `failure` that a change was not taken.
    pub(super) fn tell(
        &self,
        root: &Root,
        findings: &Findings,
        failure: Option<&Failure>,
        lang: Lang,
    ) {
        let renderer = Renderer::new(&root.law, lang, root.today.day().into());
        let report = renderer.render(findings, Format::Json);
        let mut report: Value = serde_json::from_str(&report).unwrap_or_default();
        let found = report["findings"].take();
        self.put(Some(root.today.day().to_string()), found, failure.map(|f| f.sentence(lang)));
    }

    /// Tells a change that leaves nothing to read: not even the site's own settings.
    pub(super) fn tell_broken(&self, failure: &Failure, lang: Lang) {
        self.put(None, json!([]), Some(failure.sentence(lang)));
    }

    fn put(&self, day: Option<String>, findings: Value, failure: Option<String>) {
        self.0.send_modify(|state| {
            let version = state.version + 1;
            let day = day.unwrap_or_else(|| shown_day(&state.json));
            let json = json!({
                "version": version,
                "day": day,
                "findings": findings,
                "failure": failure,
            });
            *state = State { version, json: json.to_string() };
        });
    }
}

/// The day that is on show.
fn shown_day(json: &str) -> String {
    let state: Value = serde_json::from_str(json).unwrap_or_default();
    state["day"].as_str().unwrap_or_default().to_owned()
}

/// A page with the preview's script and look. Its policy lets in these and nothing from elsewhere.
pub(super) fn dressed(page: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(page) else { return Vec::new() };
    let mut text = admitting(text);
    // A fragment for a portal has no head: there it stands in front.
    let at = text.find("</head>").unwrap_or_default();
    text.insert_str(
        at,
        &format!(
            "<link rel=\"stylesheet\" href=\"{FOLDER}preview.css\"><script src=\"{FOLDER}preview.js\" defer></script>\n"
        ),
    );
    text.into_bytes()
}

/// The page with a policy that admits scripts and requests of its own host.
fn admitting(mut text: String) -> String {
    const HEAD: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    let Some(from) = text.find(HEAD).map(|at| at + HEAD.len()) else { return text };
    let Some(to) = text[from..].find('"').map(|n| from + n) else { return text };
    let lacking = |name: &&str| !text[from..to].contains(&format!("{name} "));
    let added: String = ["script-src", "connect-src"]
        .iter()
        .filter(|name| lacking(name))
        .map(|name| format!("; {name} 'self'"))
        .collect();
    text.insert_str(to, &added);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_dressed_and_its_policy_admits_no_more_than_it_must() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\"></head><body>";
        let dressed = String::from_utf8(dressed(page.into())).unwrap();
        assert!(dressed.contains("script-src 'self'; connect-src 'self'\""), "{dressed}");
        assert_eq!(dressed.matches("script-src").count(), 1);
        assert!(dressed.contains("defer></script>\n</head>"));
        assert!(!dressed.contains("unsafe"));
    }
}
