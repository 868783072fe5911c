//! The public log verified over the network, as anyone can, from a server on loopback.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::support::{Row, Site, csv, tree};

pub(crate) type Files = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// Serves these files below `/gongshi/`, a folder by its page; what begins with `away` is answered with a redirection, and with
/// `ill` by a fault of the server.
pub(crate) fn serve(files: &Files) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let files = Arc::clone(files);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a visitor");
            let (mut first, mut line) = (String::new(), String::from("-"));
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            reader.read_line(&mut first).expect("a request");
            while line.trim() != "" {
                line.clear();
                reader.read_line(&mut line).expect("headers");
            }
            let path = first.split(' ').nth(1).expect("a path").to_owned();
            let files = files.lock().expect("files");
            let body = path.strip_prefix("/gongshi/").map(|name| name.trim_start_matches("soft/"));
            let body = body.and_then(|name| match name {
                "" => files.get("index.html"),
                folder if folder.ends_with('/') => files.get(&format!("{folder}index.html")),
                name => files.get(name),
            });
            let (status, extra) = match body {
                _ if path.starts_with("/away") => ("302 Found", "Location: /gongshi/\r\n"),
                _ if path.starts_with("/ill") => ("503 Service Unavailable", ""),
                Some(_) => ("200 OK", ""),
                // As hosts do that answer with a page of theirs for whatever is not there.
                None if path.starts_with("/gongshi/soft/") => ("200 OK", ""),
                None => ("404 Not Found", ""),
            };
            let body = body.cloned().unwrap_or_else(|| b"<!doctype html>lost".to_vec());
            let head = format!(
                "HTTP/1.1 {status}\r\n{extra}Connection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    format!("http://{address}")
}

#[test]
fn the_log_of_a_portal_is_verified_where_it_stands() {
    let site = Site::new();
    let rows: Vec<Row> = (1..=3).map(Row::sound).collect();
    site.write("drops/2024-05-22/处罚.csv", csv(&rows));
    site.build().ends(0);
    let files: Files = Arc::new(Mutex::new(tree(&site.path("public"))));
    let host = serve(&files);
    let address = format!("{host}/gongshi");
    site.run(&["log", "verify", &address]).ends(0).says("3 行").says("台账：一致");
    // Somebody who has nothing but the address.
    let stranger = Site::new();
    std::fs::remove_file(stranger.path("site.yml")).expect("no bureau");
    stranger.run(&["log", "verify", &format!("{address}/")]).ends(0).says("台账：未比对");
    let log = site.read("public/rizhi/log-0001.jsonl");
    let id = log.split_once("\"id\":\"").expect("an id").1[..8].to_owned();
    stranger.run(&["log", "inclusion", &id, &address]).ends(0).says(&id);

    stranger.run(&["log", "verify", &format!("{address}/soft")]).ends(0).says("3 行");

    let part = "rizhi/log-0001.jsonl";
    let bad = log.replacen("\"revision\":1", "\"revision\":2", 1);
    files.lock().expect("files").insert(part.to_owned(), bad.into_bytes());
    stranger.run(&["log", "verify", &address]).ends(1).says("log-0001.jsonl 第 1 行");
    files.lock().expect("files").remove(part);
    stranger.run(&["log", "verify", &address]).ends(1).says("第 1 行起缺失");

    stranger.run(&["log", "verify", &format!("{host}/elsewhere/")]).ends(1).says("没有公示日志");
    stranger.run(&["log", "verify", &format!("{host}/away/")]).ends(1).says("302");
    stranger.run(&["log", "verify", &format!("{host}/ill/")]).ends(1).says("503");
    let named = host.replacen("//", "//name:secret@", 1);
    stranger.run(&["log", "verify", &named]).ends(2).never_says("secret");
    stranger.run(&["log", "verify", "http://127.0.0.1:1/"]).ends(1).says("无法取得");
}
