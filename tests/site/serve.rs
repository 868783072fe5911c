//! The preview from outside: real requests over loopback, and a change that shows.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Row, Site, TODAY, csv, is_case_page};

/// A preview that is stopped with the test.
struct Preview {
    child: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn of(site: &Site) -> Self {
        let mut command = site.command(&["serve", "--port", "0", "--quiet", "--as-of", TODAY]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut said = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let line = said.find_map(|l| l.ok().filter(|l| l.contains("http://"))).expect("an address");
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.and_then(|p| p.parse().ok()).expect("a port");
        std::thread::spawn(move || said.count());
        Self { child, port }
    }

    /// Status and body of a path.
    fn get(&self, path: &str) -> (u16, String) {
        self.get_of("localhost", path)
    }

    /// The same, asked of a host of this name.
    fn get_of(&self, host: &str, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, answer)
    }
}

#[test]
fn pages_dead_addresses_and_lost_ones_answer_as_they_should() {
    let site = Site::new();
    site.write("drops/1/a.csv", csv(&[Row::sound(1), Row::sound(2)])).build().ends(0);
    let case =
        site.files_with("青标001").into_iter().find(|n| is_case_page(n)).expect("a case page");
    site.write(
        "drops/2/撤销.csv",
        "决定书文号,撤下事由,依据文书,文书日期\r\n示清城管罚决字〔2024〕第1号,撤销,示府复〔2024〕3号,2024-05-22\r\n",
    );
    let before = (site.site(), site.ledger());
    let preview = Preview::of(&site);
    assert_eq!(preview.get("/").0, 200);
    assert_eq!(preview.get_of(&format!("127.0.0.1:{}", preview.port), "/").0, 200);
    for path in ["/", "/_yulan/state"] {
        let (status, body) = preview.get_of("elsewhere.example", path);
        assert!(status == 421 && !body.contains("青标"), "{path}: {status}");
    }
    let dead = preview.get(&format!("/{}", case.trim_end_matches("index.html")));
    assert_eq!(dead.0, 410);
    assert!(!dead.1.contains("青标001"));
    assert_eq!(preview.get("/nowhere/").0, 404);
    assert_eq!(preview.get("/../site.yml").0, 404);
    assert!((site.site(), site.ledger()) == before, "a preview changes neither site nor ledger");
}

#[test]
fn a_change_shows_without_a_restart() {
    let site = Site::new();
    site.write("content/guanyu.md", "---\ntitle: 关于\n---\n第一稿\n");
    let preview = Preview::of(&site);
    assert!(preview.get("/guanyu/").1.contains("第一稿"));
    site.write("content/guanyu.md", "---\ntitle: 关于\n---\n第二稿\n");
    let begin = Instant::now();
    while !preview.get("/guanyu/").1.contains("第二稿") {
        assert!(begin.elapsed() < Duration::from_secs(20), "the change does not show");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What the preview says of itself, as soon as it is another than version `after`.
fn state(preview: &Preview, after: u64) -> serde_json::Value {
    let (status, answer) = preview.get(&format!("/_yulan/state?after={after}"));
    assert_eq!(status, 200);
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).expect("a body");
    serde_json::from_str(body).expect("JSON")
}

#[test]
fn open_pages_are_told_of_every_change_and_of_every_fault_with_its_place() {
    let site = Site::new();
    site.write("drops/1/a.csv", csv(&[Row::sound(1)])).build().ends(0);
    site.write("content/guanyu.md", "---\ntitle: 关于\n---\n第一稿<b>粗</b>\n");
    let before = site.site();
    let preview = Preview::of(&site);
    let first = state(&preview, 0);
    assert_eq!((&first["version"], &first["day"]), (&1.into(), &TODAY.into()));
    let is_raw = |f: &serde_json::Value| f["check"] == "raw-html-in-content";
    let found = first["findings"].as_array().and_then(|all| all.iter().find(|f| is_raw(f)));
    let place = &found.expect("a finding of the prose")["place"];
    assert_eq!((&place["file"], &place["row"]), (&"content/guanyu.md".into(), &4.into()));

    // A change of content, of a template, of data: each is told to a page that waits.
    let template = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = std::fs::read_to_string(template.join("themes/default/templates/prose.html"));
    let template = template.expect("the template").replace("<article>", "<article class=\"neu\">");
    let changes = [
        ("content/guanyu.md", "---\ntitle: 关于\n---\n第二稿\n".to_owned(), "第二稿"),
        ("themes/default/templates/prose.html", template, "class=\"neu\""),
    ];
    // A folder that was not there when the preview began is followed from then on.
    let mut version = told_of(&preview, 1, || {
        std::fs::create_dir_all(site.path("themes/default/templates")).expect("folders");
    });
    for (file, text, shown) in changes {
        version = told_of(&preview, version, || {
            site.write(file, &text);
        });
        assert!(preview.get("/guanyu/").1.contains(shown), "{file}");
    }
    version = told_of(&preview, version, || {
        site.write("drops/2/b.csv", csv(&[Row::sound(2)]));
    });

    // A fault: told with its place, and the old page stays.
    version = told_of(&preview, version, || {
        site.write("content/guanyu.md", "---\ntitle: 关于\ndate: 三月\n---\n第三稿\n");
    });
    let broken = state(&preview, 0);
    assert!(broken["version"].as_u64() >= Some(version) && broken["failure"].is_string());
    assert_eq!(broken["findings"][0]["place"]["row"], 3);
    assert!(preview.get("/guanyu/").1.contains("第二稿"));
    assert_eq!(site.site(), before, "a preview changes no site");
}

/// Makes a change while a page waits, and gives the version it is told.
fn told_of(preview: &Preview, seen: u64, change: impl FnOnce()) -> u64 {
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            loop {
                // Without news the answer is the old version, and the page asks again.
                let version = state(preview, seen)["version"].as_u64().expect("a version");
                if version != seen {
                    return version;
                }
            }
        });
        std::thread::sleep(Duration::from_millis(200));
        change();
        waiting.join().expect("news")
    })
}

#[test]
fn only_the_preview_has_a_script_of_its_own() {
    let site = Site::new();
    site.write("drops/1/a.csv", csv(&[Row::sound(1)])).build().ends(0);
    let built = site.site();
    let preview = Preview::of(&site);
    let page = preview.get("/").1;
    assert!(page.contains("<script src=\"/_yulan/preview.js\" defer></script>"));
    assert!(page.contains("script-src 'self'") && page.contains("connect-src 'self'"));
    assert!(preview.get("/_yulan/preview.js").1.contains("location.reload"));
    assert!(preview.get("/_yulan/preview.css").1.contains("#yulan"));
    let holds = |body: &Vec<u8>| String::from_utf8_lossy(body).contains("yulan");
    assert!(!built.values().any(holds), "a built site knows nothing of the preview");
}
