//! The one hand on standard output and standard error.
//!
//! Results go to stdout, messages to stderr. A closed or full output is an error, never a panic.

use std::io::{IsTerminal as _, Write as _};

use crate::clearance;
use crate::diag::{Failure, Lang};

use super::args::Common;

/// Where a run speaks.
pub(super) struct Terminal {
    /// Language of messages.
    pub(super) lang: Lang,
    quiet: bool,
    color: bool,
}

impl Terminal {
    /// A terminal as the flags and the environment want it.
    pub(super) fn new(common: &Common) -> Self {
        let color = !common.no_color
            && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            && std::io::stdout().is_terminal();
        Self { lang: common.lang(), quiet: common.quiet, color }
    }

    /// Whether results may be colored.
    pub(super) fn color(&self) -> bool {
        self.color
    }

    /// A person's screen, where standard output is a terminal and nothing else.
    pub(super) fn screen(&self) -> Option<Screen<'_>> {
        std::io::stdout().is_terminal().then_some(Screen(self))
    }

    /// Prints a result.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Prints a result that is bytes.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(|cause| Failure::Write { path: "<stdout>".into(), cause })
    }

    /// Prints a message, unless the run is quiet. A closed standard error is not worth a failure.
    pub(super) fn say(&self, zh: &str, en: &str) {
        if !self.quiet {
            self.complain(match self.lang {
                Lang::Zh => zh,
                Lang::En => en,
            });
        }
    }

    /// Prints what must be said even when the run is quiet.
    pub(super) fn complain(&self, text: &str) {
        let mut err = anstream::AutoStream::auto(std::io::stderr().lock());
        let _ = writeln!(err, "{text}");
    }

    /// Asks a person for a line; `None` where nobody sits at the terminal.
    ///
    /// # Errors
    /// Standard input or standard error is closed.
    pub(super) fn ask(&self, zh: &str, en: &str) -> Result<Option<String>, Failure> {
        if !std::io::stdin().is_terminal() {
            return Ok(None);
        }
        self.complain(match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        });
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|cause| Failure::Read { path: "<stdin>".into(), cause })?;
        Ok(Some(line.trim().to_owned()))
    }

    /// The word in the language of messages.
    pub(super) fn word<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A person's screen: the only place where a doubtful stretch is shown.
pub(super) struct Screen<'t>(&'t Terminal);

impl clearance::Screen for Screen<'_> {
    fn stretch(&mut self, before: &str, stretch: &str, after: &str) -> Result<(), Failure> {
        let (on, off) = if self.0.color { ("\u{1b}[1;7m", "\u{1b}[0m") } else { ("⟦", "⟧") };
        self.0.result(&format!("   …{before}{on}{stretch}{off}{after}…\n"))
    }
}

impl Screen<'_> {
    /// Waits until the person has read the screen; whether another is wanted.
    ///
    /// # Errors
    /// Standard output is closed.
    pub(super) fn wait(&self) -> Result<bool, Failure> {
        if !std::io::stdin().is_terminal() {
            return Ok(true);
        }
        self.0
            .result(self.0.word("   回车看下一处，q 结束 ", "   Enter for the next, q to stop "))?;
        let mut line = String::new();
        Ok(std::io::stdin().read_line(&mut line).is_ok() && line.trim() != "q")
    }
}
