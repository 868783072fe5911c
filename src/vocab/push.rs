//! Where messages to the supervision platform go: `push` of `site.yml`.

use serde::Deserialize;

use super::Secret;

/// How messages are delivered. Nothing of it is printed on a page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PushSettings {
    /// Address that takes messages, one in each request.
    pub(crate) url: Option<String>,
    /// Where the token is kept.
    pub(crate) token: Option<Secret>,
    /// Form of what is delivered.
    pub(crate) format: PushFormat,
    /// How often a message is tried before the run gives up.
    pub(crate) attempts: u32,
    /// Pause before the second try, in milliseconds; each further one is twice as long, at most a minute.
    pub(crate) pause_ms: u64,
    /// Longest time for one request, in milliseconds.
    pub(crate) timeout_ms: u64,
}

/// The form of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PushFormat {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

impl PushFormat {
    /// Ending of its files.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }

    /// Its media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }
}

impl Default for PushSettings {
    fn default() -> Self {
        Self {
            url: None,
            token: None,
            format: PushFormat::default(),
            attempts: 5,
            pause_ms: 1000,
            timeout_ms: 30_000,
        }
    }
}
