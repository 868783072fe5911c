//! How requests to object stores and WebDAV travel: over the HTTP client that the program has already,
//! within bounds of time, without following redirections, which would carry signatures elsewhere.
//!
//! A refusal is told by its number and by the store's own word for it; its text is dropped.

use std::time::Duration;

use opendal::{Buffer, Error, ErrorKind, HttpBody, HttpTransport, HttpTransporter, Operator};
use ureq::Agent;
use ureq::http::{Request, Response, StatusCode};

use super::Patience;
use crate::publish::store::Trouble;
use crate::publish::web::trusting;

/// Most bytes of one answer.
const MOST: u64 = 512 << 20;
/// What the message of a refusal begins with.
const ANSWERED: &str = "answered ";
/// The same where no answer came.
const SILENT: &str = "silent ";

/// The client, and how long it waits.
#[derive(Clone)]
pub(super) struct Line {
    agent: Agent,
    patience: Patience,
}

impl Line {
    /// A client that trusts what this machine trusts.
    pub(super) fn new(patience: Patience) -> Self {
        Self { agent: Agent::new_with_config(config(patience)), patience }
    }

    /// The same, which finds every host at one address, as a test needs it.
    #[cfg(test)]
    pub(super) fn to(place: std::net::SocketAddr, patience: Patience) -> Self {
        let connector = ureq::unversioned::transport::DefaultConnector::default();
        let agent = Agent::with_parts(config(patience), connector, super::tests::Everywhere(place));
        Self { agent, patience }
    }

    /// The operator, whose requests travel here.
    pub(super) fn carry(self, operator: Operator) -> Operator {
        let context = operator.base_context().with_http_transport(HttpTransporter::new(self));
        operator.with_context(context)
    }

    /// Sends a request and reads the whole answer.
    fn exchange(&self, request: Request<Buffer>) -> Result<Response<Vec<u8>>, ureq::Error> {
        let (parts, body) = request.into_parts();
        let limit = self.patience.whole(body.len());
        let has_body = !body.is_empty() || parts.method == "PUT" || parts.method == "POST";
        let answer = if has_body {
            let bytes = body.to_bytes();
            let request = Request::from_parts(parts, &*bytes);
            self.agent.run(self.timed(request, limit))?
        } else {
            self.agent.run(self.timed(Request::from_parts(parts, ()), limit))?
        };
        let (parts, mut body) = answer.into_parts();
        let bytes = body.with_config().limit(MOST).read_to_vec()?;
        Ok(Response::from_parts(parts, bytes))
    }

    fn timed<S: ureq::AsSendBody>(&self, request: Request<S>, limit: Duration) -> Request<S> {
        self.agent.configure_request(request).timeout_send_body(Some(limit)).build()
    }
}

fn config(patience: Patience) -> ureq::config::Config {
    Agent::config_builder()
        .timeout_connect(Some(patience.connect))
        .timeout_recv_response(Some(patience.answer))
        .timeout_per_read(Some(patience.answer))
        .timeout_per_write(Some(patience.answer))
        .timeout_recv_body(Some(patience.whole(64 << 20)))
        .max_redirects(0)
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .user_agent(concat!("gongshi/", env!("CARGO_PKG_VERSION")))
        .tls_config(trusting())
        .build()
}

impl HttpTransport for Line {
    async fn fetch(&self, request: Request<Buffer>) -> opendal::Result<Response<HttpBody>> {
        let line = self.clone();
        let answer = tokio::task::spawn_blocking(move || line.exchange(request)).await;
        let answer = match answer {
            Ok(Ok(answer)) => answer,
            Ok(Err(cause)) => return Err(silent(&cause)),
            Err(_) => return Err(Error::new(ErrorKind::Unexpected, SILENT)),
        };
        if let Some(word) = refusal(answer.status(), answer.body()) {
            return Err(Error::new(ErrorKind::Unexpected, format!("{ANSWERED}{word}")));
        }
        let (parts, bytes) = answer.into_parts();
        let length = bytes.len() as u64;
        let bytes = futures_util::stream::iter([Ok(Buffer::from(bytes))]);
        Ok(Response::from_parts(parts, HttpBody::new(bytes, Some(length))))
    }
}

fn silent(cause: &ureq::Error) -> Error {
    let word = match cause {
        ureq::Error::Timeout(_) => "timeout",
        ureq::Error::HostNotFound => "host",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "tls",
        _ => "cut",
    };
    Error::new(ErrorKind::Unexpected, format!("{SILENT}{word}"))
}

/// The number of an answer that no operation can use, and the store's word for why.
fn refusal(status: StatusCode, body: &[u8]) -> Option<String> {
    let word = code_word(body);
    let told = match status.as_u16() {
        // What these mean depends on what was asked.
        100..=299 | 304 | 405 | 409 | 412 | 416 => false,
        404 => word == Some("NoSuchBucket"),
        _ => true,
    };
    told.then(|| match word {
        Some(word) => format!("{} {word}", status.as_u16()),
        None => status.as_u16().to_string(),
    })
}

/// The word in the `Code` element of an error, where it is one plain word.
fn code_word(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body.get(..4096).unwrap_or(body)).ok()?;
    let word = text.split_once("<Code>")?.1.split_once("</Code>")?.0;
    let plain = (1..=40).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then_some(word)
}

/// What follows this word in an error or in what caused it.
fn said<'e>(error: &'e Error, word: &str) -> Option<&'e str> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(found) = cause {
        let own = found.downcast_ref::<Error>().and_then(|e| e.message().strip_prefix(word));
        if own.is_some() {
            return own;
        }
        cause = found.source();
    }
    None
}

/// Whether a server says that this must not be done.
pub(super) fn is_forbidden(error: &Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied
        || said(error, ANSWERED).is_some_and(|answer| answer.starts_with("403"))
}

/// An error of the library in our own words.
pub(super) fn trouble(shown: &str, error: &Error) -> Trouble {
    if let Some(answer) = said(error, ANSWERED) {
        return answered(shown, answer);
    }
    if let Some(word) = said(error, SILENT) {
        return unanswered(shown, word);
    }
    match error.kind() {
        ErrorKind::PermissionDenied => answered(shown, "403"),
        ErrorKind::RateLimited => answered(shown, "429"),
        ErrorKind::NotFound => answered(shown, "404"),
        ErrorKind::Conflict => answered(shown, "409"),
        ErrorKind::ConfigInvalid => Trouble::lasting(
            format!("{shown}：目标的设置不完整"),
            format!("{shown}: the target's settings are incomplete"),
        ),
        _ => Trouble::passing(
            format!("{shown}：服务器的回答不能理解"),
            format!("{shown}: the server's answer makes no sense"),
        ),
    }
}

fn unanswered(shown: &str, word: &str) -> Trouble {
    match word {
        "tls" => Trouble::lasting(
            format!(
                "{shown}：不能建立加密连接，请核对服务器证书（本机信任的根证书、主机名、有效期）"
            ),
            format!(
                "{shown}: no encrypted connection; look at the server's certificate (trusted root, host name, term)"
            ),
        ),
        "host" => Trouble::passing(
            format!("{shown}：解析不到这个主机名"),
            format!("{shown}: the host name cannot be resolved"),
        ),
        "timeout" => Trouble::passing(
            format!("{shown}：等候超时"),
            format!("{shown}: the server took too long"),
        ),
        _ => {
            Trouble::passing(format!("{shown}：连接中断"), format!("{shown}: the connection broke"))
        }
    }
}

fn answered(shown: &str, answer: &str) -> Trouble {
    let (status, word) = answer.split_once(' ').unwrap_or((answer, ""));
    // Words of S3 that stand beside 400 and pass by themselves.
    let passes = matches!(word, "RequestTimeout" | "SlowDown" | "IncompleteBody" | "BadDigest");
    match status {
        "507" => Trouble::passing(
            format!("{shown}：服务器空间不足（{answer}）"),
            format!("{shown}: the server has no room left ({answer})"),
        ),
        "401" | "403" => Trouble::lasting(
            format!(
                "{shown}：服务器不接受凭证，或者凭证没有这项权限（{answer}）；凭证可能已经过期"
            ),
            format!(
                "{shown}: the credentials are not accepted, or do not allow this ({answer}); they may have expired"
            ),
        ),
        status if status.starts_with('5') || matches!(status, "408" | "425" | "429") || passes => {
            Trouble::passing(
                format!("{shown}：服务器暂时不能处理（{answer}）"),
                format!("{shown}: the server cannot do it now ({answer})"),
            )
        }
        status if status.starts_with('3') => Trouble::lasting(
            format!("{shown}：服务器要求改到别处（{answer}），请核对 endpoint 和 region"),
            format!("{shown}: the server sends elsewhere ({answer}); look at endpoint and region"),
        ),
        _ => Trouble::lasting(
            format!("{shown}：服务器拒绝（{answer}）"),
            format!("{shown}: the server refuses ({answer})"),
        ),
    }
}
