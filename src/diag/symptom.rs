//! A symptom: what is wrong with a site root itself, where, and what to do. Never what a file says.

use super::{Failure, Lang, Note, SafeWord, Severity, shown_file_name};

/// Which part of a site root is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The ledger.
    Ledger,
    /// The built site.
    Site,
    /// What must be there before a site opens.
    Launch,
}

impl Part {
    /// All parts, in the order of a report, with their names in both languages and for programs.
    pub(crate) const ALL: [(Part, &'static str, &'static str, &'static str); 3] = [
        (Part::Ledger, "台账", "Ledger", "ledger"),
        (Part::Site, "已生成的网站", "Built site", "site"),
        (Part::Launch, "上线事项", "Launch", "launch"),
    ];
}

/// A thing that can be wrong: a row of [`super::ailments`].
#[derive(Debug)]
pub(crate) struct Ailment {
    /// Its name for programs.
    pub(crate) id: &'static str,
    /// Where it belongs.
    pub(crate) part: Part,
    /// How much it weighs; with a notice a site root is still well.
    pub(crate) severity: Severity,
    /// What is wrong, in Chinese and English; `{}` takes a word.
    pub(crate) says: (&'static str, &'static str),
    /// What to do.
    pub(crate) remedy: (&'static str, &'static str),
    /// Whether `doctor --repair` mends it.
    pub(crate) is_mendable: bool,
}

/// An ailment at a place.
#[derive(Debug)]
pub(crate) struct Symptom {
    /// What.
    pub(crate) ailment: &'static Ailment,
    /// The file, from the site root, as shown.
    pub(crate) file: String,
    /// Its line, from 1.
    pub(crate) line: Option<u64>,
    note: Note,
    cause: Option<(String, String)>,
}

/// An ailment without words yet.
pub(super) const fn ailment(id: &'static str, part: Part, severity: Severity) -> Ailment {
    Ailment { id, part, severity, says: ("", ""), remedy: ("", ""), is_mendable: false }
}

impl Ailment {
    /// The same with what is wrong.
    pub(super) const fn says(mut self, zh: &'static str, en: &'static str) -> Self {
        self.says = (zh, en);
        self
    }

    /// The same with what to do.
    pub(super) const fn remedy(mut self, zh: &'static str, en: &'static str) -> Self {
        self.remedy = (zh, en);
        self
    }

    /// The same as one that is mended.
    pub(super) const fn mendable(mut self) -> Self {
        self.is_mendable = true;
        self
    }

    /// This ailment at a file.
    pub(crate) fn at(&'static self, file: &str) -> Symptom {
        let note = Note::new(self.says.0, self.says.1);
        let file = shown_file_name(file);
        Symptom { ailment: self, file, line: None, note, cause: None }
    }
}

impl Symptom {
    /// The same in a line.
    pub(crate) fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same with the next gap filled.
    pub(crate) fn with(mut self, word: impl SafeWord) -> Self {
        self.note = self.note.with(word);
        self
    }

    /// The same with the failure that showed it.
    pub(crate) fn because(mut self, failure: &Failure) -> Self {
        self.cause = Some((failure.sentence(Lang::Zh), failure.sentence(Lang::En)));
        self
    }

    /// What is wrong, in `lang`.
    pub(crate) fn text(&self, lang: Lang) -> String {
        let text = self.note.text(lang);
        match (&self.cause, lang) {
            (None, _) => text,
            (Some((zh, _)), Lang::Zh) => format!("{text}：{zh}"),
            (Some((_, en)), Lang::En) => format!("{text}: {en}"),
        }
    }

    /// What to do, in `lang`.
    pub(crate) fn remedy(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.ailment.remedy.0,
            Lang::En => self.ailment.remedy.1,
        }
    }
}
