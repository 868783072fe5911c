//! An object store on loopback that holds its clients to their signatures, as the services document them:
//! AWS Signature Version 4, and the HMAC-SHA1 signatures of Aliyun OSS, Tencent COS and Huawei OBS.
//! It can break off, stall, be full, or take no key any more.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// The key that the store takes.
pub(crate) const KEY_ID: &str = "AKIDtest";
pub(crate) const KEY_SECRET: &str = "geheim-hunter2";
pub(crate) const BUCKET: &str = "cgj-1250000000";
/// How many names one answer lists.
const PAGE: usize = 300;

/// Whose signature is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Maker {
    S3,
    Oss,
    Cos,
    Obs,
}

/// What ails the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    /// It answers with this number and word.
    Says(u16, &'static str),
    /// It closes the line in the middle of its answer.
    BreaksOff,
    /// It never answers.
    Stalls,
}

/// A file as it is stored.
#[derive(Clone)]
pub(crate) struct Stored {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: String,
    pub(crate) cache_control: String,
}

struct State {
    files: BTreeMap<String, Stored>,
    mood: Mood,
    /// Requests whose signature was wrong.
    wrong: Vec<String>,
}

/// The store; its threads end with the test's process.
pub(crate) struct Bucket {
    pub(crate) place: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct Asked {
    method: String,
    /// As it was sent.
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Bucket {
    pub(crate) fn open(maker: Maker) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let place = listener.local_addr().expect("an address");
        let state = State { files: BTreeMap::new(), mood: Mood::Well, wrong: Vec::new() };
        let state = Arc::new(Mutex::new(state));
        let shared = state.clone();
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let state = shared.clone();
                std::thread::spawn(move || serve(line, maker, &state));
            }
        });
        Self { place, state }
    }

    pub(crate) fn set(&self, mood: Mood) {
        self.state.lock().expect("the state").mood = mood;
    }

    pub(crate) fn file(&self, key: &str) -> Option<Stored> {
        self.state.lock().expect("the state").files.get(key).cloned()
    }

    pub(crate) fn wrong(&self) -> Vec<String> {
        self.state.lock().expect("the state").wrong.clone()
    }
}

fn serve(mut line: TcpStream, maker: Maker, state: &Mutex<State>) {
    let mut reader = BufReader::new(line.try_clone().expect("a second hand"));
    while let Some(asked) = read(&mut reader) {
        let mood = state.lock().expect("the state").mood;
        let (status, body) = match mood {
            Mood::Well => answer(&asked, maker, &mut state.lock().expect("the state")),
            Mood::Says(status, word) => (status, fault(word)),
            Mood::Stalls => {
                std::thread::sleep(std::time::Duration::from_secs(60));
                return;
            }
            Mood::BreaksOff => {
                let _ = line.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
                return;
            }
        };
        let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n", body.len());
        let body = if asked.method == "HEAD" { Vec::new() } else { body };
        if line.write_all(head.as_bytes()).and_then(|()| line.write_all(&body)).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        let old = headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        assert!(old.is_none(), "{name} is sent twice");
    }
    let length = headers.get("content-length").map_or(0, |l: &String| l.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, path: path.into(), query: query.into(), headers, body })
}

fn answer(asked: &Asked, maker: Maker, state: &mut State) -> (u16, Vec<u8>) {
    let Some(path) = resource(asked, maker) else { return (404, fault("NoSuchBucket")) };
    if let Err(why) = signed(asked, maker) {
        state.wrong.push(format!("{} {}?{}: {why}", asked.method, asked.path, asked.query));
        return (403, fault("SignatureDoesNotMatch"));
    }
    match (asked.method.as_str(), path.as_str()) {
        ("GET", "") => (200, list(asked, maker, &state.files)),
        ("GET" | "HEAD", key) => match state.files.get(key) {
            Some(stored) => (200, stored.bytes.clone()),
            None => (404, fault("NoSuchKey")),
        },
        ("PUT", key) => {
            let header = |name: &str| asked.headers.get(name).cloned().unwrap_or_default();
            let stored = Stored {
                bytes: asked.body.clone(),
                content_type: header("content-type"),
                cache_control: header("cache-control"),
            };
            state.files.insert(key.into(), stored);
            (200, Vec::new())
        }
        ("DELETE", key) => {
            state.files.remove(key);
            (204, Vec::new())
        }
        (method, key) => panic!("{method} {key} is not known here"),
    }
}

/// The key that is meant; `None` where it is another bucket's.
fn resource(asked: &Asked, maker: Maker) -> Option<String> {
    let path = decoded(&asked.path);
    if maker == Maker::S3 {
        let rest = path.strip_prefix('/')?.strip_prefix(BUCKET)?;
        return Some(rest.strip_prefix('/').unwrap_or(rest).to_owned());
    }
    asked.headers["host"].strip_prefix(BUCKET)?.strip_prefix('.')?;
    Some(path.strip_prefix('/')?.to_owned())
}

fn list(asked: &Asked, maker: Maker, files: &BTreeMap<String, Stored>) -> Vec<u8> {
    let query: BTreeMap<String, String> = pairs(&asked.query).into_iter().collect();
    let get = |name: &str| query.get(name).cloned().unwrap_or_default();
    let second = matches!(maker, Maker::S3 | Maker::Oss);
    assert_eq!(second, get("list-type") == "2", "{}", asked.query);
    let after = get(if second { "continuation-token" } else { "marker" });
    let mut all = files.keys().filter(|k| k.starts_with(&get("prefix")) && **k > after);
    let page: Vec<&String> = all.by_ref().take(PAGE).collect();
    let more = all.next().is_some();
    let mut xml = format!(
        "<?xml version=\"1.0\"?><ListBucketResult><Name>{BUCKET}</Name><Prefix>{}</Prefix><MaxKeys>{PAGE}</MaxKeys><IsTruncated>{more}</IsTruncated>",
        get("prefix")
    );
    if let (true, Some(last)) = (more, page.last()) {
        let element = if second { "NextContinuationToken" } else { "NextMarker" };
        let _ = write!(xml, "<{element}>{last}</{element}>");
    }
    for key in page {
        let size = files[key].bytes.len();
        let _ = write!(
            xml,
            "<Contents><Key>{key}</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>\"0\"</ETag><Size>{size}</Size></Contents>"
        );
    }
    xml.push_str("</ListBucketResult>");
    xml.into_bytes()
}

fn fault(word: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?><Error><Code>{word}</Code><Message>private words of the server</Message></Error>").into_bytes()
}

/// Whether the request is signed as its service documents it.
fn signed(asked: &Asked, maker: Maker) -> Result<(), String> {
    let given = asked.headers.get("authorization").ok_or("no signature")?;
    let (expected, told) = match maker {
        Maker::S3 => aws(asked, given)?,
        // The one signs a name as it is, the other as it is sent.
        Maker::Oss => {
            let path = decoded(&asked.path);
            (simple(asked, &path, ["OSS", "x-oss-", "continuation-token"]), given.clone())
        }
        Maker::Obs => (simple(asked, &asked.path, ["OBS", "x-obs-", "-"]), given.clone()),
        Maker::Cos => tencent(asked, given)?,
    };
    match expected == told {
        true => Ok(()),
        false => Err(format!("expected {expected}, given {told}")),
    }
}

/// AWS Signature Version 4: what the signature must be, and what it is.
fn aws(asked: &Asked, given: &str) -> Result<(String, String), String> {
    let rest = given.strip_prefix("AWS4-HMAC-SHA256 ").ok_or("another algorithm")?;
    let fields: BTreeMap<&str, &str> =
        rest.split(',').filter_map(|field| field.trim().split_once('=')).collect();
    let get = |name: &str| fields.get(name).copied().ok_or(format!("no {name}"));
    let scope = get("Credential")?.strip_prefix(&format!("{KEY_ID}/")).ok_or("another key")?;
    let names = get("SignedHeaders")?;
    let payload = &asked.headers["x-amz-content-sha256"];
    if payload != "UNSIGNED-PAYLOAD" && *payload != hex(&Sha256::digest(&asked.body)) {
        return Err("the body is another".into());
    }
    for needed in ["host", "x-amz-date", "x-amz-content-sha256"] {
        if !names.split(';').any(|name| name == needed) {
            return Err(format!("{needed} is not signed"));
        }
    }
    let mut query: Vec<String> = pairs(&asked.query)
        .into_iter()
        .map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value)))
        .collect();
    query.sort();
    let headers: String =
        names.split(';').map(|name| format!("{name}:{}\n", asked.headers[name])).collect();
    let canonical = format!(
        "{}\n{}\n{}\n{headers}\n{names}\n{payload}",
        asked.method,
        encoded(&decoded(&asked.path)).replace("%2F", "/"),
        query.join("&")
    );
    let text = format!(
        "AWS4-HMAC-SHA256\n{}\n{scope}\n{}",
        asked.headers["x-amz-date"],
        hex(&Sha256::digest(canonical.as_bytes()))
    );
    let mut key = format!("AWS4{KEY_SECRET}").into_bytes();
    for part in scope.split('/') {
        key = sha256_mac(&key, part);
    }
    Ok((hex(&sha256_mac(&key, &text)), get("Signature")?.to_owned()))
}

/// The signature in a header that OSS and OBS share: `WORD id:base64(HMAC-SHA1(...))`.
fn simple(asked: &Asked, path: &str, [word, prefix, subresource]: [&str; 3]) -> String {
    let header = |name: &str| asked.headers.get(name).cloned().unwrap_or_default();
    let own: String = asked
        .headers
        .iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let signed: Vec<String> = pairs(&asked.query)
        .into_iter()
        .filter(|(name, _)| name == subresource)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = if signed.is_empty() { String::new() } else { format!("?{}", signed.join("&")) };
    let text = format!(
        "{}\n{}\n{}\n{}\n{own}/{BUCKET}{path}{query}",
        asked.method,
        header("content-md5"),
        header("content-type"),
        header("date")
    );
    format!("{word} {KEY_ID}:{}", base64(&sha1_mac(KEY_SECRET.as_bytes(), &text)))
}

/// The signature of COS: what it must be, and what it is.
fn tencent(asked: &Asked, given: &str) -> Result<(String, String), String> {
    let fields: BTreeMap<&str, &str> =
        given.split('&').filter_map(|field| field.split_once('=')).collect();
    let get = |name: &str| fields.get(name).copied().ok_or(format!("no {name}"));
    if get("q-ak")? != KEY_ID || get("q-sign-algorithm")? != "sha1" {
        return Err("another key".into());
    }
    let mut of_query: Vec<(String, String)> = pairs(&asked.query)
        .into_iter()
        .map(|(name, value)| (encoded(&name).to_lowercase(), encoded(&value)))
        .collect();
    of_query.sort();
    let names: Vec<&str> = of_query.iter().map(|(name, _)| name.as_str()).collect();
    if names.join(";") != get("q-url-param-list")? {
        return Err("not all of the query is signed".into());
    }
    let query: Vec<String> = of_query.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let headers: Vec<String> = get("q-header-list")?
        .split(';')
        .filter(|name| !name.is_empty())
        .map(|name| format!("{name}={}", encoded(&asked.headers[name])))
        .collect();
    let http = format!(
        "{}\n{}\n{}\n{}\n",
        asked.method.to_lowercase(),
        decoded(&asked.path),
        query.join("&"),
        headers.join("&")
    );
    let time = get("q-key-time")?;
    let key = hex(&sha1_mac(KEY_SECRET.as_bytes(), time));
    let text = format!("sha1\n{time}\n{}\n", hex(&Sha1::digest(http.as_bytes())));
    Ok((hex(&sha1_mac(key.as_bytes(), &text)), get("q-signature")?.to_owned()))
}

fn sha256_mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn sha1_mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let word =
            (0..3).fold(0_u32, |w, n| w << 8 | u32::from(three.get(n).copied().unwrap_or(0)));
        for n in 0..4 {
            let sign = SIGNS[(word >> (18 - 6 * n) & 63) as usize] as char;
            text.push(if n <= three.len() { sign } else { '=' });
        }
    }
    text
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|p| p.split_once('=').unwrap_or((p, "")))
        .map(|(n, v)| (decoded(n), decoded(v)))
        .collect()
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let pair = (bytes[at] == b'%').then(|| u8::from_str_radix(&text[at + 1..at + 3], 16));
        match pair {
            Some(byte) => out.push(byte.expect("two digits")),
            None => out.push(bytes[at]),
        }
        at += if bytes[at] == b'%' { 3 } else { 1 };
    }
    String::from_utf8(out).expect("UTF-8")
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let signs = text.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    signs.collect()
}
