//! Delivers messages one by one, in order. An answer is read by the names in its receipts, never by its place: it may
//! be late, repeated or about another message. What fails is tried again, a bounded number of times.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::diag::Failure;
use crate::ledger::log_path;
use crate::publish::{Parcel, Web, pause as wait, refuse_unended};
use crate::vocab::{PushFormat, PushSettings};

use super::super::super::root::Root;
use super::super::super::secret::credential;
use super::Progress;
use super::mail::Letter;
use super::outbox::Outbox;
use super::receipts::Reconciled;

/// Longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// The way to the platform.
pub(super) struct Courier<'r> {
    root: &'r Root,
    web: Web,
    token: Option<String>,
    settings: &'r PushSettings,
    /// Length of the ledger's log when the messages were made.
    log_len: u64,
}

/// What became of one message.
enum Sent {
    /// The platform took it and answered this.
    Taken(Vec<u8>),
    /// It will never take it so.
    Refused(u16),
    /// It did not answer, or not in order, as often as it was asked.
    Failed(String),
}

impl<'r> Courier<'r> {
    /// The way that `site.yml` names.
    ///
    /// # Errors
    /// It names none, or one that would carry a token in the open; the token cannot be read.
    pub(super) fn new(root: &'r Root, log_len: u64) -> Result<Self, Failure> {
        let settings = &root.bureau.push;
        let url = settings.url.as_deref().ok_or_else(nowhere)?;
        let token = token(root)?;
        let web = Web::endpoint(url, Duration::from_millis(settings.timeout_ms.max(1)))?;
        if token.is_some() && !web.is_private() {
            return Err(Failure::Usage {
                zh: "push: url 须为 https；http 只可用于本机或内网地址，否则令牌会被看见".into(),
                en: "push: url must be https; http only to this machine or a private address, else the token shows".into(),
            });
        }
        Ok(Self { root, web, token, settings, log_len })
    }

    /// Delivers what the outbox holds, in order, until something cannot be delivered.
    ///
    /// # Errors
    /// The ledger changed meanwhile, or the outbox cannot be written.
    pub(super) fn deliver(
        &self,
        outbox: &mut Outbox,
        letters: &[Letter],
        known: &BTreeMap<&str, u64>,
    ) -> Result<Progress, Failure> {
        let mut progress = Progress::default();
        for letter in letters {
            if outbox.book.has(letter.seq, &letter.name) {
                continue; // An answer to another message has told of this one.
            }
            match self.send(letter)? {
                Sent::Taken(answer) => {
                    progress.delivered += 1;
                    let said = self.answer(outbox, &answer, known)?;
                    progress.said.add(said);
                }
                Sent::Refused(status @ (401 | 403)) => {
                    progress.stopped = Some(format!("HTTP {status}"));
                    break;
                }
                Sent::Refused(status) => {
                    let code = format!("http-{status}");
                    outbox.book.refuse(&letter.name, self.root.today.day(), code.clone());
                    progress.said.rejected.insert(letter.name.clone(), Some(code));
                    outbox.keep_book()?;
                }
                Sent::Failed(why) => {
                    progress.stopped = Some(why);
                    break;
                }
            }
        }
        Ok(progress)
    }

    /// Reads the receipts of an answer; one without any leaves its message to be asked about again.
    fn answer(
        &self,
        outbox: &mut Outbox,
        answer: &[u8],
        known: &BTreeMap<&str, u64>,
    ) -> Result<Reconciled, Failure> {
        let said = outbox.book.take(answer, known, self.root.today.day()).unwrap_or_default();
        outbox.keep_book()?;
        Ok(said)
    }

    /// A message must not leave when its case was taken down after it was made.
    fn refuse_stale(&self) -> Result<(), Failure> {
        refuse_unended(&self.root.ledger())?;
        let path = log_path(&self.root.ledger());
        let now = std::fs::metadata(&path).map(|meta| meta.len());
        match now {
            Ok(now) if now == self.log_len => Ok(()),
            Ok(_) => Err(Failure::State {
                zh: "推送途中台账有变动，已停下；请重新运行，按新的台账推送".into(),
                en: "the ledger changed during delivery: run again, so that what is sent is what stands".into(),
            }),
            Err(cause) => Err(Failure::Read { path, cause }),
        }
    }

    /// Sends a message, as often as may be; before each try the ledger is looked at again.
    fn send(&self, letter: &Letter) -> Result<Sent, Failure> {
        let document = match self.settings.format {
            PushFormat::Json => &letter.json,
            PushFormat::Xml => &letter.xml,
        };
        let mut pause = Duration::from_millis(self.settings.pause_ms);
        let mut why = String::new();
        for attempt in 0..self.settings.attempts.max(1) {
            if attempt > 0 {
                wait(pause.min(LONGEST_PAUSE));
                pause = pause.saturating_mul(2);
            }
            self.refuse_stale()?;
            let parcel = Parcel {
                key: &letter.name,
                media_type: self.settings.format.media_type(),
                bearer: self.token.as_deref(),
                body: &document.body,
            };
            match self.web.post(&parcel) {
                Ok(answer) if (200..300).contains(&answer.status) => {
                    return Ok(Sent::Taken(answer.body));
                }
                Ok(answer) if is_passing(answer.status) => why = format!("HTTP {}", answer.status),
                Ok(answer) => return Ok(Sent::Refused(answer.status)),
                Err(cause) => why = cause,
            }
        }
        Ok(Sent::Failed(why))
    }
}

/// Whether a status says that another try may succeed.
const fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
}

/// The token, from where it is kept.
fn token(root: &Root) -> Result<Option<String>, Failure> {
    let Some(secret) = &root.bureau.push.token else { return Ok(None) };
    let text = credential(root, secret)?;
    let token = text.trim();
    let sound = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    sound.then(|| Some(token.to_owned())).ok_or_else(|| Failure::Usage {
        zh: "push 的令牌是空的，或者含有空白、非 ASCII 字符".into(),
        en: "the token of push is empty, or holds blanks or characters beyond ASCII".into(),
    })
}

fn nowhere() -> Failure {
    Failure::Usage {
        zh: "site.yml 没有写 push: {url: …}，不知道送到哪里".into(),
        en: "site.yml has no push: {url: …}: nowhere to deliver to".into(),
    }
}
