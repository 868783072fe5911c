//! The one hand on standard output and standard error.
//!
//! Results go to stdout, messages to stderr. A closed or full output is an error, never a panic.

use std::io::{IsTerminal as _, Write as _};

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

    /// The word in the language of messages.
    pub(super) fn word<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
