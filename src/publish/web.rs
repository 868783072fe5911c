//! The one hand on HTTP: fetches files of a published site as any visitor, and hands messages to the endpoint that a
//! bureau names. It sends no cookie and nothing of a drop, follows no redirection, and reads no more than it needs.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use ureq::http::Response;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

use crate::diag::Failure;

/// Longest time for one file, in seconds.
const LONGEST: Duration = Duration::from_secs(60);
/// Most bytes of one file.
const MOST: u64 = 256 << 20;

/// Most bytes of an answer to a message.
const MOST_ANSWERED: u64 = 4 << 20;

/// A message on its way, with what goes along with it.
pub(crate) struct Parcel<'p> {
    /// What tells a repeated message from a new one.
    pub(crate) key: &'p str,
    /// Media type.
    pub(crate) media_type: &'p str,
    /// Token of the sender. It stands in no address and no message of this program.
    pub(crate) bearer: Option<&'p str>,
    /// The message.
    pub(crate) body: &'p [u8],
}

/// A site that is reached by its address.
pub(crate) struct Web {
    agent: Agent,
    base: String,
}

/// What a site answered.
pub(crate) struct Answer {
    /// Status code.
    pub(crate) status: u16,
    /// Its headers, by name in small letters; one that is no text is left out.
    pub(crate) headers: BTreeMap<String, String>,
    /// Its body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Reads a response of at most so many bytes.
    fn read(mut response: Response<Body>, most: u64) -> Result<Self, ureq::Error> {
        let status = response.status().as_u16();
        let named = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        };
        let headers = response.headers().iter().filter_map(named).collect();
        let body = response.body_mut().with_config().limit(most).read_to_vec()?;
        Ok(Self { status, headers, body })
    }
}

impl Web {
    /// The site at `base`, an address that begins with `http://` or `https://`. Certificates are held
    /// against the roots that this machine trusts.
    ///
    /// # Errors
    /// The address carries a name and a password: they would stand in logs and process lists.
    pub(crate) fn at(base: &str) -> Result<Self, Failure> {
        Self::reached(format!("{}/", base.trim_end_matches('/')), LONGEST)
    }

    /// An endpoint that takes messages, at exactly this address.
    ///
    /// # Errors
    /// As [`Web::at`]; or the address is no `http://` or `https://` one.
    pub(crate) fn endpoint(url: &str, longest: Duration) -> Result<Self, Failure> {
        if url.starts_with("http://") || url.starts_with("https://") {
            return Self::reached(url.to_owned(), longest);
        }
        Err(Failure::Usage {
            zh: "网址应当以 https:// 开头".into(),
            en: "an address begins with https://".into(),
        })
    }

    fn reached(base: String, longest: Duration) -> Result<Self, Failure> {
        let authority = base.split("://").nth(1).and_then(|rest| rest.split('/').next());
        if authority.is_none_or(|name| name.is_empty() || name.contains('@')) {
            return Err(Failure::Usage {
                zh: "网址应当形如 https://www.example.gov.cn/gongshi/，不带用户名和密码".into(),
                en: "an address looks like https://www.example.gov.cn/gongshi/, without name or password"
                    .into(),
            });
        }
        let agent = Agent::config_builder()
            .timeout_global(Some(longest))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("gongshi/", env!("CARGO_PKG_VERSION")))
            .tls_config(trusting())
            .build();
        Ok(Self { agent: agent.into(), base })
    }

    /// Hands a message to the endpoint, once.
    ///
    /// # Errors
    /// Why there is no answer, in words that hold neither token nor message.
    pub(crate) fn post(&self, parcel: &Parcel<'_>) -> Result<Answer, String> {
        let told = |cause: ureq::Error| cause.to_string();
        let mut request = self
            .agent
            .post(&self.base)
            .header("Content-Type", parcel.media_type)
            .header("Idempotency-Key", parcel.key);
        if let Some(token) = parcel.bearer {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let response = request.send(parcel.body).map_err(told)?;
        Answer::read(response, MOST_ANSWERED).map_err(told)
    }

    /// Whether nobody on the way can read along: it is encrypted, or does not leave this machine or its network.
    pub(crate) fn is_private(&self) -> bool {
        is_private(&self.base)
    }

    /// Fetches the file of this name below the address.
    ///
    /// # Errors
    /// No answer, or one that breaks off or is too long.
    pub(crate) fn get(&self, name: &str) -> Result<Answer, Failure> {
        let url = format!("{}{name}", self.base);
        let fail = |cause: ureq::Error| Failure::State {
            zh: format!("无法取得 {url}：{cause}"),
            en: format!("cannot fetch {url}: {cause}"),
        };
        let response = self.agent.get(&url).call().map_err(fail)?;
        Answer::read(response, MOST).map_err(fail)
    }

    /// The address of a file of this name.
    pub(crate) fn address(&self, name: &str) -> String {
        format!("{}{name}", self.base)
    }
}

/// Whether nobody on the way to an address can read along: it is encrypted, or does not leave this machine or its
/// network.
pub(super) fn is_private(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return true };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost"
        || host.parse::<IpAddr>().is_ok_and(|address| match address {
            IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
            IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
        })
}

/// Trust in the certificates of this machine's store, and the provider of ciphers.
pub(super) fn trusting() -> TlsConfig {
    let roots: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
        .certs
        .into_iter()
        .map(|der| Certificate::from_der(&der).to_owned())
        .collect();
    TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&roots))
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .build()
}
