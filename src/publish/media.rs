//! With what headers a file goes to whoever asks for it. No file is looked into.

/// `Content-Type` by the ending of a name.
pub(crate) fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "jsonl" => "text/plain; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "zip" => "application/zip",
        // What has no ending is text: no other file of a site lacks one.
        "" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `Cache-Control` by the ending of a name: what names cases is asked for again each time, so that a
/// taken-down case leaves caches at once; styles, scripts and fonts may be kept for a day.
#[cfg_attr(not(feature = "remote"), expect(dead_code, reason = "remote storage alone sets it"))]
pub(super) fn cache_control(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" | "js" | "woff2" | "ico" => "public, max-age=86400",
        _ => "no-cache",
    }
}
