//! An object store on loopback that holds its clients to their signatures, as the services document them:
//! AWS Signature Version 4, and the HMAC-SHA1 signatures of Aliyun OSS, Tencent COS and Huawei OBS.
//! It can break off, stall, be full, or take no key any more.

#[path = "bucket/signature.rs"]
mod signature;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use signature::{decoded, pairs, signed};

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
    /// What will ail it, and after how many requests more.
    later: Option<(usize, Mood)>,
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

impl State {
    /// How it is at the next request.
    fn next_mood(&mut self) -> Mood {
        match self.later {
            Some((0, mood)) => (self.mood, self.later) = (mood, None),
            Some((left, mood)) => self.later = Some((left - 1, mood)),
            None => {}
        }
        self.mood
    }
}

impl Bucket {
    pub(crate) fn open(maker: Maker) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let place = listener.local_addr().expect("an address");
        let state =
            State { files: BTreeMap::new(), mood: Mood::Well, later: None, wrong: Vec::new() };
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
        let mut state = self.state.lock().expect("the state");
        (state.mood, state.later) = (mood, None);
    }

    /// Ails so from the request of this number on.
    pub(crate) fn set_after(&self, requests: usize, mood: Mood) {
        self.state.lock().expect("the state").later = Some((requests, mood));
    }

    /// Puts other bytes in the place of a file, as somebody with another tool.
    pub(crate) fn put(&self, key: &str, bytes: &[u8]) {
        let mut state = self.state.lock().expect("the state");
        let file = state.files.get_mut(key).expect("a file");
        file.bytes = bytes.to_vec();
    }

    /// The files below a prefix, without it.
    pub(crate) fn below(&self, prefix: &str) -> BTreeMap<String, Vec<u8>> {
        let state = self.state.lock().expect("the state");
        let below = state.files.iter().filter_map(|(name, file)| {
            Some((name.strip_prefix(prefix)?.to_owned(), file.bytes.clone()))
        });
        below.collect()
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
        let mood = state.lock().expect("the state").next_mood();
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
