//! The one hand on the web server: loopback only, one handler.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode, Uri, header};
use tower_livereload::LiveReloadLayer;

use crate::diag::Failure;

use super::files::Preview;

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
pub(super) fn serve(
    preview: Arc<Preview>,
    layer: LiveReloadLayer,
    port: u16,
) -> Result<Server, Failure> {
    let internal = |e: std::io::Error| Failure::Internal(format!("preview server: {e}"));
    let threads = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(internal)?;
    let asked = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = threads.block_on(tokio::net::TcpListener::bind(asked)).map_err(|e| Failure::Usage {
        zh: format!("无法使用端口 {port}（{e}）；换一个：gongshi serve --port 8200"),
        en: format!("cannot use port {port} ({e}); try --port 8200"),
    })?;
    let address = listener.local_addr().map_err(internal)?;
    let app = Router::new().fallback(answer).layer(layer).with_state(preview);
    threads.spawn(async move { axum::serve(listener, app).await });
    Ok(Server { address, _threads: threads })
}

async fn answer(State(preview): State<Arc<Preview>>, uri: Uri) -> Response<Body> {
    let answer = preview.answer(uri.path());
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(answer.media));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
