//! Messages to a platform, from outside: what stands in the outbox, what receipts do to it, and delivery to a real server
//! on loopback that fails, stalls, repeats and reorders.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::exports::{bureau, json as printed};
use crate::support::{Ran, Site, TODAY, revoke, tree};

const TOKEN: &str = "s3cret-of-the-test";

/// Messages in the outbox by number, as JSON.
pub(crate) fn messages(site: &Site) -> Vec<Value> {
    let files = tree(&site.path("outbox/messages"));
    let json = files.iter().filter(|(name, _)| name.ends_with(".json"));
    json.map(|(_, body)| serde_json::from_slice(body).expect("JSON")).collect()
}

/// Everything in the outbox as text.
pub(crate) fn outbox(site: &Site) -> String {
    let files = tree(&site.path("outbox"));
    files.values().map(|body| String::from_utf8_lossy(body).into_owned()).collect()
}

pub(crate) fn name(message: &Value) -> &str {
    message["message"].as_str().expect("a name")
}

pub(crate) fn receipts(rows: &[(&str, &str)]) -> String {
    let rows: Vec<Value> =
        rows.iter().map(|(name, status)| json!({ "message": name, "status": status })).collect();
    json!({ "version": 1, "receipts": rows }).to_string()
}

/// Messages go to `target/tmp/machine/`, where `tests/browser/schemas.mjs` holds them against their schemas.
pub(crate) fn keep(site: &Site) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, body) in tree(&site.path("outbox/messages")) {
        let (stem, ending) = name.split_once('.').expect("an ending");
        std::fs::write(folder.join(format!("{stem}.push.{ending}")), body).expect("a file");
    }
}

#[test]
fn one_event_is_one_message_and_its_name_stays() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0).says("待回执  5");
    let first = messages(&site);
    assert_eq!(first.len(), 5);
    assert!(first.iter().all(|m| m["event"] == "published" && m["record_state"] == "current"));
    let record = &first[0]["record"];
    assert_eq!((&record["CF_NR_FK"], &record["CF_JDRQ"]), (&json!("0.5"), &json!("2024/05/20")));
    let forms = ["message-1.schema.json", "message-1.xsd", "receipts-1.schema.json"];
    assert!(forms.iter().all(|form| site.path(&format!("outbox/schema/{form}")).is_file()));
    let files = tree(&site.path("outbox"));
    site.run_on("2024-05-24", &["export", "push"]).ends(0);
    assert_eq!(files, tree(&site.path("outbox")), "another day, the same events, the same bytes");
    assert!(!outbox(&site).contains("测试乙"));
}

#[test]
fn a_takedown_empties_the_messages_of_its_case_at_once() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    assert!(outbox(&site).contains("青标001"));
    site.run(&[&revoke("示清城管罚决字〔2024〕第1号")[..], &["--yes"]].concat()).ends(0);
    assert!(!outbox(&site).contains("青标001"), "the build has brought the outbox in step");
    let all = messages(&site);
    let of_it: Vec<&Value> =
        all.iter().filter(|m| m["case"]["number"] == "示清城管罚决字〔2024〕第1号").collect();
    assert_eq!(of_it.len(), 2);
    assert_eq!((&of_it[0]["record"], &of_it[0]["record_state"]), (&Value::Null, &json!("gone")));
    assert_eq!(of_it[0]["case"]["standing"], "taken_down");
    assert_eq!(of_it[1]["event"], "taken_down");
    assert_eq!(of_it[1]["takedown"]["ground"], "revoked");
    assert_eq!(of_it[1]["withdraws"], json!([name(of_it[0])]));
    site.run(&["export", "push"]).ends(0).says("撤下  1");
    keep(&site);
}

#[test]
fn a_case_removed_to_protect_a_person_is_named_in_no_message() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    let before = messages(&site);
    let number = "示清城管罚决字〔2024〕第4号";
    let its = before.iter().find(|m| m["case"]["number"] == number).expect("its message");
    let id = its["case"]["id"].as_str().expect("an id").to_owned();
    let order = ["takedown", number, "--reason", "personal-information", "--document"];
    let rest = ["示城管〔2024〕9号", "--decided-on", "2024-05-22", "--yes", "--confirm", &id];
    let order = [&order[..], &rest].concat();
    site.run(&order).ends(0);
    site.run(&["export", "push"]).ends(0);
    let said = outbox(&site);
    for gone in [&id, "第4号", "示城管〔2024〕9号"] {
        assert!(!said.contains(gone), "{gone}");
    }
    let last = messages(&site).pop().expect("a message");
    assert_eq!((&last["event"], &last["case"]), (&json!("suppressed"), &Value::Null));
    keep(&site);
    assert_eq!(last["withdraws"], json!([name(its)]));
}

#[test]
fn a_corrected_case_sends_its_content_once() {
    let site = bureau();
    site.build().ends(0);
    let row = crate::support::Row::sound(1)
        .with("违法事实", "当事人于2024年5月10日运输建筑垃圾时未密闭。");
    site.write("drops/b/处罚.csv", crate::support::csv(&[row]));
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    let all = messages(&site);
    let of_it: Vec<&Value> =
        all.iter().filter(|m| m["case"]["number"] == "示清城管罚决字〔2024〕第1号").collect();
    assert_eq!(
        (&of_it[0]["record_state"], &of_it[1]["event"]),
        (&json!("replaced"), &json!("corrected"))
    );
    assert_eq!(of_it[0]["later"], of_it[1]["message"]);
    assert_eq!(of_it[1]["record"]["CF_SY"], "当事人于2024年5月10日运输建筑垃圾时未密闭。");
}

#[test]
fn receipts_are_reconciled_whatever_their_order() {
    let site = bureau();
    site.build().ends(0);
    site.run(&["export", "push"]).ends(0);
    let all = messages(&site);
    let stranger = "0".repeat(32);
    let rows = [
        (name(&all[3]), "acknowledged"),
        (name(&all[0]), "acknowledged"),
        (name(&all[1]), "rejected"),
        (name(&all[0]), "acknowledged"),
        (stranger.as_str(), "acknowledged"),
    ];
    site.write("back.json", receipts(&rows));
    let ran = site.run(&["export", "push", "--receipts", "back.json", "--format", "json"]).ends(1);
    let told = printed(&ran);
    let said = &told["receipts"];
    assert_eq!(
        (&said["acknowledged"], &said["repeated"], &said["unknown"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(said["rejected"].as_object().map(serde_json::Map::len), Some(1));
    let left: BTreeSet<String> = messages(&site).iter().map(|m| name(m).to_owned()).collect();
    let expected = [1, 2, 4].map(|at| name(&all[at]).to_owned());
    assert_eq!(left, BTreeSet::from(expected));
    site.write("back.json", receipts(&[1, 2, 4].map(|at| (name(&all[at]), "acknowledged"))));
    site.run(&["export", "push", "--receipts", "back.json"]).ends(0).says("待回执  0");
    site.run(&["export", "push"]).ends(0).says("待回执  0");
    site.write("back.json", "<html>502</html>");
    site.run(&["export", "push", "--receipts", "back.json"]).ends(1).says("约定的格式");
}

/// One request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    head: BTreeMap<String, String>,
    pub(crate) body: Value,
}

/// What the server does with a request.
pub(crate) enum Reply {
    Answer(u16, String),
    Stall,
    HangUp,
}

pub(crate) type Script = dyn FnMut(usize, &Request) -> Reply + Send;

/// A server on loopback. It ends with the test.
pub(crate) struct Platform {
    port: u16,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Platform {
    pub(crate) fn new(mut script: Box<Script>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
        let kept = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else { continue };
                let mut all = kept.lock().expect("the list");
                all.push(request.clone());
                let n = all.len() - 1;
                drop(all);
                match script(n, &request) {
                    Reply::Answer(status, body) => answer(stream, status, &body),
                    Reply::HangUp => drop(stream),
                    Reply::Stall => drop(std::thread::spawn(move || {
                        std::thread::sleep(Duration::from_secs(3));
                        drop(stream);
                    })),
                }
            }
        });
        Self { port, seen }
    }

    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("the list").clone()
    }

    /// Tells the site of this server.
    pub(crate) fn configure(&self, site: &Site) {
        let push = format!(
            "push: {{url: 'http://127.0.0.1:{}/in', token: {{env: PUSH_TOKEN}}, attempts: 4, pause_ms: 1, timeout_ms: 1500}}\n",
            self.port
        );
        site.write("site.yml", site.read("site.yml") + &push);
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut head = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim().split_once(':') {
            Some((key, value)) => {
                drop(head.insert(key.to_ascii_lowercase(), value.trim().to_owned()));
            }
            None if line.trim().is_empty() => break,
            None => drop(head.insert("line".into(), line.trim().to_owned())),
        }
    }
    let length = head.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { head, body: serde_json::from_slice(&body).ok()? })
}

fn answer(mut stream: TcpStream, status: u16, body: &str) {
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

pub(crate) fn deliver(site: &Site) -> Ran {
    let mut command = site.command(&["export", "push", "--deliver", "--as-of", TODAY]);
    Ran(command.env("PUSH_TOKEN", TOKEN).output().expect("the program starts"))
}

#[test]
fn a_server_that_fails_stalls_repeats_and_reorders_gets_everything_once() {
    let site = bureau();
    site.build().ends(0);
    let mut held: Vec<String> = Vec::new();
    let platform = Platform::new(Box::new(move |n, request| match n {
        0 | 2 => Reply::Answer(500, "<html>".into()),
        1 => Reply::Stall,
        4 => Reply::HangUp,
        _ => {
            // Receipts come one message late, and the one before comes again.
            held.push(name(&request.body).to_owned());
            let late: Vec<(&str, &str)> =
                held.iter().rev().skip(1).take(2).map(|n| (n.as_str(), "acknowledged")).collect();
            Reply::Answer(200, receipts(&late))
        }
    }));
    platform.configure(&site);
    let ran = deliver(&site).ends(0).says("本次送达  5").says("本次确认  4").says("待回执  1");
    assert!(!ran.said().contains(TOKEN));
    let seen = platform.seen();
    assert_eq!(seen.len(), 9, "three failures before the first, one before the second");
    for request in &seen {
        assert_eq!(request.head["idempotency-key"], name(&request.body));
        assert_eq!(request.head["authorization"], format!("Bearer {TOKEN}"));
        assert!(!request.head["line"].contains(TOKEN));
    }
    let names: BTreeSet<&str> = seen.iter().map(|request| name(&request.body)).collect();
    assert_eq!(names.len(), 5);
    assert_eq!(seen[0].body, seen[3].body, "tried again is the same message");
    // The last one has had no receipt: it goes again under the same name, and the receipt comes.
    let last = messages(&site).pop().expect("one waits");
    deliver(&site).ends(0);
    assert_eq!(platform.seen().last().expect("a request").body, last);
    assert!(!outbox(&site).contains(TOKEN));
    let back = receipts(&[(name(&last), "acknowledged")]);
    site.write("back.json", back);
    site.run(&["export", "push", "--receipts", "back.json"]).ends(0).says("待回执  0");
}

#[test]
fn what_cannot_be_delivered_waits_and_the_next_run_completes_it() {
    let site = bureau();
    site.build().ends(0);
    let mut failing = true;
    let platform = Platform::new(Box::new(move |n, request| {
        failing = failing && n < 6;
        match (n, failing) {
            (0, _) | (_, false) => {
                Reply::Answer(200, receipts(&[(name(&request.body), "acknowledged")]))
            }
            (1, true) => Reply::Answer(422, String::new()),
            (_, true) => Reply::Answer(503, String::new()),
        }
    }));
    platform.configure(&site);
    deliver(&site).ends(1).says("没有送完：HTTP 503").says("待回执  4").says("http-422");
    assert_eq!(platform.seen().len(), 6, "tries are bounded");
    deliver(&site).ends(0).says("待回执  0");
    assert_eq!(platform.seen().len(), 10);
}

#[test]
fn a_refused_token_ends_the_run_and_a_redirection_is_not_followed() {
    let site = bureau();
    site.build().ends(0);
    let platform = Platform::new(Box::new(|_, _| Reply::Answer(401, String::new())));
    platform.configure(&site);
    deliver(&site).ends(1).says("HTTP 401").says("待回执  5");
    assert_eq!(platform.seen().len(), 1);
    let other = Site::inside(site.root());
    other.write("site.yml", site.read("site.yml"));
    let mut command = other.command(&["export", "push", "--deliver", "--as-of", TODAY]);
    Ran(command.output().expect("it starts")).ends(2).says("PUSH_TOKEN");
}

#[test]
fn a_token_never_travels_in_the_open() {
    let site = bureau();
    site.build().ends(0);
    let plain = site.read("site.yml");
    for url in [
        "http://push.shili.example/in",
        "http://8.8.8.8/in",
        "ftp://127.0.0.1/",
        "https://a:b@push.shili.example/",
    ] {
        site.write(
            "site.yml",
            format!("{plain}push: {{url: '{url}', token: {{env: PUSH_TOKEN}}}}\n"),
        );
        let ran = deliver(&site).ends(2);
        assert!(!ran.said().contains(TOKEN) && !ran.said().contains("a:b@"), "{}", ran.said());
    }
    site.write("site.yml", plain);
    deliver(&site).ends(2).says("push");
}
