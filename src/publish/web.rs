//! The one hand on HTTP as a visitor: fetches files of a published site. It sends no cookie, no
//! credentials and nothing of a drop, follows no redirection, and reads no more than a file may be long.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::diag::Failure;

/// Longest time for one file, in seconds.
const LONGEST: Duration = Duration::from_secs(60);
/// Most bytes of one file.
const MOST: u64 = 256 << 20;

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

impl Web {
    /// The site at `base`, an address that begins with `http://` or `https://`. Certificates are held
    /// against the roots that this machine trusts.
    ///
    /// # Errors
    /// The address carries a name and a password: they would stand in logs and process lists.
    pub(crate) fn at(base: &str) -> Result<Self, Failure> {
        let authority = base.split("://").nth(1).and_then(|rest| rest.split('/').next());
        if authority.is_none_or(|name| name.is_empty() || name.contains('@')) {
            return Err(Failure::Usage {
                zh: "网址应当形如 https://www.example.gov.cn/gongshi/，不带用户名和密码".into(),
                en: "an address looks like https://www.example.gov.cn/gongshi/, without name or password"
                    .into(),
            });
        }
        let agent = Agent::config_builder()
            .timeout_global(Some(LONGEST))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("gongshi/", env!("CARGO_PKG_VERSION")))
            .tls_config(trusting())
            .build();
        Ok(Self { agent: agent.into(), base: format!("{}/", base.trim_end_matches('/')) })
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
        let mut response = self.agent.get(&url).call().map_err(fail)?;
        let status = response.status().as_u16();
        let named = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        };
        let headers = response.headers().iter().filter_map(named).collect();
        let body = response.body_mut().with_config().limit(MOST).read_to_vec().map_err(fail)?;
        Ok(Answer { status, headers, body })
    }

    /// The address of a file of this name.
    pub(crate) fn address(&self, name: &str) -> String {
        format!("{}{name}", self.base)
    }
}

/// Trust in the certificates of this machine's store, and the provider of ciphers.
fn trusting() -> TlsConfig {
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
