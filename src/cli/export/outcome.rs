//! What a run of `export` ends with: files, cases, what was held against the site, and what to know.

use serde::Serialize;

use crate::diag::{Failure, Lang};
use crate::ledger::Digest;
use crate::publish::FileEntry;

use super::super::args::Format;
use super::super::terminal::Terminal;
use super::material::Document;

/// The result of one channel.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    version: u32,
    channel: &'static str,
    folder: String,
    cases: usize,
    /// Cases whose values were held against their pages; none where no site stands.
    held_against_site: Option<usize>,
    files: Vec<FileEntry>,
    notes: Vec<Said>,
    #[serde(skip)]
    is_to_come: bool,
}

/// A sentence in both languages.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    zh: String,
    en: String,
}

impl Said {
    /// A sentence.
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// It in a language.
    fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Outcome {
    /// Nothing written yet.
    pub(super) fn new(
        channel: &'static str,
        folder: &std::path::Path,
        (cases, held): (usize, Option<usize>),
    ) -> Self {
        Self {
            version: 1,
            channel,
            folder: folder.display().to_string(),
            cases,
            held_against_site: held,
            files: Vec::new(),
            notes: Vec::new(),
            is_to_come: false,
        }
    }

    /// Sets the number of cases.
    pub(super) fn count(&mut self, cases: usize) {
        self.cases = cases;
    }

    /// Declares that the cases are of a build that is to come, of which no site stands yet.
    pub(super) fn coming(self) -> Self {
        Self { is_to_come: true, ..self }
    }

    /// Adds files.
    pub(super) fn wrote(&mut self, documents: &[Document]) {
        self.files.extend(documents.iter().map(|doc| FileEntry {
            path: doc.path.clone(),
            bytes: doc.body.len() as u64,
            sha256: Digest::of(&doc.body),
        }));
    }

    /// Adds what to know.
    pub(super) fn note(&mut self, said: Said) {
        self.notes.push(said);
    }

    /// Prints it.
    ///
    /// # Errors
    /// Standard output is closed.
    pub(super) fn print(&self, format: Format, terminal: &Terminal) -> Result<(), Failure> {
        let lang = terminal.lang;
        let mut out = match lang {
            Lang::Zh if self.is_to_come => format!("{} 件有变动\n", self.cases),
            Lang::En if self.is_to_come => format!("cases that change: {}\n", self.cases),
            Lang::Zh | Lang::En => headline(self.cases as u64, self.held_against_site, lang),
        };
        for file in &self.files {
            out.push_str(&format!("  {}/{}  {} B\n", self.folder, file.path, file.bytes));
        }
        for said in &self.notes {
            out.push_str(&format!("  {}\n", said.in_lang(lang)));
        }
        print(self, &out, format, terminal)
    }
}

/// How many cases, and how many of them were held against the site.
pub(super) fn headline(cases: u64, held: Option<usize>, lang: Lang) -> String {
    match (lang, held) {
        (Lang::Zh, Some(held)) => format!("{cases} 件；已与网站逐项核对 {held} 件\n"),
        (Lang::Zh, None) => format!("{cases} 件；没有已生成的网站可以核对\n"),
        (Lang::En, Some(held)) => format!("cases {cases}; held against the site {held}\n"),
        (Lang::En, None) => format!("cases {cases}; no built site to hold them against\n"),
    }
}

/// Prints a result, for programs or for people.
///
/// # Errors
/// Standard output is closed.
pub(super) fn print(
    result: &impl Serialize,
    text: &str,
    format: Format,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if format != Format::Json {
        return terminal.result(text);
    }
    let json = serde_json::to_string_pretty(result)
        .map_err(|e| Failure::Internal(format!("the result does not serialize: {e}")))?;
    terminal.result(&(json + "\n"))
}
