//! The one hand on the web server: loopback only, pages and what the preview says of them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, Uri, header};
use axum::routing::get;

use crate::diag::Failure;

use super::desk::{Desk, FOLDER, SCRIPT, STYLE, dressed};
use super::files::{Answer, Preview};

/// How long a page waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);

/// What requests are answered from.
#[derive(Clone)]
pub(super) struct Counter {
    /// The pages.
    pub(super) preview: Arc<Preview>,
    /// What is said of them.
    pub(super) desk: Arc<Desk>,
}

/// A server that runs until it is dropped.
pub(super) struct Server {
    address: SocketAddr,
    _threads: tokio::runtime::Runtime,
}

impl Server {
    /// The port it listens on.
    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }
}

/// Serves the preview on 127.0.0.1.
pub(super) fn serve(counter: Counter, port: u16) -> Result<Server, Failure> {
    let internal = |e: std::io::Error| Failure::Internal(format!("preview server: {e}"));
    let threads = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(internal)?;
    let asked = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener =
        threads.block_on(tokio::net::TcpListener::bind(asked)).map_err(|e| Failure::Usage {
            zh: format!("无法使用端口 {port}（{e}）；换一个：gongshi serve --port 8200"),
            en: format!("cannot use port {port} ({e}); try --port 8200"),
        })?;
    let address = listener.local_addr().map_err(internal)?;
    let app = Router::new()
        .route(&format!("{FOLDER}state"), get(state))
        .route(&format!("{FOLDER}preview.js"), get(async || own("text/javascript", SCRIPT.into())))
        .route(&format!("{FOLDER}preview.css"), get(async || own("text/css", STYLE.into())))
        .fallback(page)
        .layer(axum::middleware::from_fn(for_this_machine))
        .with_state(counter);
    threads.spawn(async move { axum::serve(listener, app).await });
    Ok(Server { address, _threads: threads })
}

/// Refuses who asks for another host: a page from elsewhere, open in the same browser, may have its name point
/// at this machine, and must not read what is not published yet.
async fn for_this_machine(
    headers: axum::http::HeaderMap,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response<Body> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if matches!(name, "127.0.0.1" | "localhost") {
        return next.run(request).await;
    }
    let text = "only for this machine\n".as_bytes().to_vec();
    answered(StatusCode::MISDIRECTED_REQUEST, HeaderValue::from_static("text/plain"), text)
}

async fn page(State(counter): State<Counter>, uri: Uri) -> Response<Body> {
    let Answer { status, media, body } = counter.preview.answer(uri.path());
    let body = if media.starts_with("text/html") { dressed(body) } else { body };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    answered(status, HeaderValue::from_static(media), body)
}

/// The present state, as soon as it is another than the page has seen.
async fn state(State(counter): State<Counter>, uri: Uri) -> Response<Body> {
    let seen = uri.query().and_then(|query| query.strip_prefix("after=")?.parse::<u64>().ok());
    let mut news = counter.desk.listen();
    let is_new = |state: &super::desk::State| Some(state.version) != seen;
    // Without news the page gets what it has and asks again; the sender lives as long as the server.
    let _ = tokio::time::timeout(PATIENCE, news.wait_for(is_new)).await;
    let json = news.borrow().json.clone();
    own("application/json", json)
}

fn own(media: &'static str, body: String) -> Response<Body> {
    answered(StatusCode::OK, HeaderValue::from_static(media), body.into_bytes())
}

fn answered(status: StatusCode, media: HeaderValue, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
