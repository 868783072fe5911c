//! The generated files in real web servers on loopback: a dead case answers 410 with its own notice in
//! every spelling of its address, the notice and living cases answer 200.
//!
//! A server that is not installed is skipped, and the test says so; `.ci/run` installs all three.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::storage::{Hosted, find, free_port, is_root};
use crate::support::{Row, Site, csv};

const NUMBER: &str = "示清城管罚决字〔2024〕第1号";
const BASE: &str = "/cgj/";

/// One case revoked, one run out, one alive; served below `/cgj/`.
struct Portal {
    site: Site,
    revoked: String,
    expired: String,
    alive: String,
}

impl Portal {
    fn new() -> Self {
        let site = Site::new();
        let facts = site.read("site.yml");
        site.write("site.yml", format!("{facts}base_url: https://www.example.gov.cn{BASE}\n"));
        let rows = [Row::sound(1), Row::sound(2).with("公示截止期", "2024-06-30"), Row::sound(3)];
        site.write("drops/2024-05-20/处罚.csv", csv(&rows));
        site.build().ends(0);
        let id = |n: usize| {
            let pages = site.files_with(&format!("青标{n:03}"));
            let mut folders =
                pages.iter().filter_map(|p| p.strip_suffix("/index.html")?.rsplit_once('/'));
            folders.find(|(_, id)| id.len() == 8).expect("a case page").1.to_owned()
        };
        let (revoked, expired, alive) = (id(1), id(2), id(3));
        let document = ["--document", "行政复议决定书 示府复〔2024〕3号"];
        let mut args =
            vec!["takedown", NUMBER, "--reason", "revoked", "--decided-on", "2024-06-30"];
        args.extend(document);
        args.push("--yes");
        site.run_on("2024-07-01", &args).ends(0);
        Self { site, revoked, expired, alive }
    }

    /// What each server must do.
    fn check(&self, server: &Server) {
        let case = |id: &str| format!("{BASE}shihou/chufa/2024/{id}");
        for ending in ["/", "", "/index.html"] {
            let (head, body) = server.get(&(case(&self.revoked) + ending));
            assert!(head.starts_with("HTTP/1.1 410"), "{}{ending}: {head}", self.revoked);
            assert!(body.contains("示府复〔2024〕3号"), "the body is its own notice:\n{body}");
            assert!(!body.contains("青标001"));
            let head = head.to_ascii_lowercase();
            assert!(head.contains("x-robots-tag: noindex"), "{head}");
            assert!(head.contains("cache-control: no-store"), "{head}");
            let (head, body) = server.get(&(case(&self.expired) + ending));
            assert!(head.starts_with("HTTP/1.1 410"), "{}{ending}: {head}", self.expired);
            assert!(body.contains("公示期"), "{body}");
        }
        for path in
            [format!("{BASE}chexia/{}/", self.revoked), case(&self.alive) + "/", BASE.to_owned()]
        {
            let (head, _) = server.get(&path);
            assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        }
        let (head, _) = server.get(&format!("{BASE}no-such-page/"));
        assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    }

    /// A folder for the server: its document root holds the site at `/cgj/`.
    fn document_root(&self) -> PathBuf {
        let root = self.site.path("www");
        fs::create_dir_all(&root).expect("made");
        let link = root.join("cgj");
        if !link.exists() {
            std::os::unix::fs::symlink(self.site.path("public"), link).expect("linked");
        }
        // The servers' workers run as somebody else.
        let open: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(self.site.root(), open).expect("opened");
        root
    }
}

/// A web server of the test, ended with it.
struct Server(Hosted);

impl Server {
    fn start(command: &mut Command, port: u16, home: &Path) -> Self {
        Self(Hosted::start(command, port, home.to_path_buf(), home))
    }

    /// Head and body of the answer.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.0.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            .expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        (head.to_owned(), body.to_owned())
    }
}

#[test]
fn nginx_answers_410_with_the_notice() {
    let Some(nginx) = find(&["nginx"]) else { return };
    let portal = Portal::new();
    let (root, port) = (portal.document_root(), free_port());
    let server = portal.site.path("report/server");
    let at = |name: &str| portal.site.path(name).display().to_string();
    let user = if is_root() { "user root;" } else { "" };
    let conf = format!(
        "daemon off; {user} worker_processes 1; pid {}; error_log stderr;\n\
         events {{}}\nhttp {{ default_type text/html; access_log off; client_body_temp_path {tmp};\n\
         proxy_temp_path {tmp}; fastcgi_temp_path {tmp}; uwsgi_temp_path {tmp}; scgi_temp_path {tmp};\n\
         include {}/gongshi-gone.map.conf;\n\
         server {{ listen 127.0.0.1:{port}; root {}; include {}/gongshi-gone.server.conf; }} }}\n",
        at("nginx.pid"),
        server.display(),
        root.display(),
        server.display(),
        tmp = at("nginx-tmp"),
    );
    portal.site.write("nginx.conf", conf);
    let mut command = Command::new(nginx);
    command.arg("-e").arg("stderr").arg("-c").arg(portal.site.path("nginx.conf"));
    portal.check(&Server::start(&mut command, port, portal.site.root()));
}

#[test]
fn apache_answers_410_with_the_notice() {
    let Some(apache) = find(&["apache2", "httpd"]) else { return };
    let portal = Portal::new();
    let (root, port) = (portal.document_root(), free_port());
    let server = portal.site.path("report/server");
    let host = portal.site.read("report/server/gongshi-gone.host.conf");
    let map = server.join("gongshi-gone.map.txt").display().to_string();
    let host = host.replace("/etc/apache2/gongshi-gone.map.txt", &map);
    let modules: String = ["mpm_event", "authz_core", "dir", "mime", "rewrite", "headers", "env"]
        .iter()
        .map(|m| (m, PathBuf::from(format!("/usr/lib/apache2/modules/mod_{m}.so"))))
        .filter(|(_, path)| path.is_file())
        .map(|(m, path)| format!("LoadModule {m}_module {}\n", path.display()))
        .collect();
    let conf = format!(
        "{modules}Listen 127.0.0.1:{port}\nServerName 127.0.0.1\nPidFile {}\nErrorLog /dev/stderr\n\
         TypesConfig /etc/mime.types\nUser www-data\nGroup www-data\n\
         <VirtualHost *:{port}>\nDocumentRoot {root}\nDirectoryIndex index.html\n\
         <Directory {root}>\nOptions FollowSymLinks\nRequire all granted\n</Directory>\n{host}</VirtualHost>\n",
        portal.site.path("apache.pid").display(),
        root = root.display(),
    );
    portal.site.write("apache.conf", conf);
    let mut command = Command::new(apache);
    command.arg("-DFOREGROUND").arg("-f").arg(portal.site.path("apache.conf"));
    portal.check(&Server::start(&mut command, port, portal.site.root()));
}

#[test]
fn caddy_answers_410_with_the_notice() {
    let Some(caddy) = find(&["caddy"]) else { return };
    let portal = Portal::new();
    let (root, port) = (portal.document_root(), free_port());
    let conf = format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\troot * {}\n\timport {}\n\tfile_server\n}}\n",
        root.display(),
        portal.site.path("report/server/gongshi-gone.caddy").display(),
    );
    portal.site.write("Caddyfile", conf);
    let mut command = Command::new(caddy);
    command.args(["run", "--adapter", "caddyfile", "--config"]);
    command.arg(portal.site.path("Caddyfile")).env("HOME", portal.site.root());
    portal.check(&Server::start(&mut command, port, portal.site.root()));
}

#[test]
fn lists_of_a_build_name_what_it_took_away() {
    let portal = Portal::new();
    let site = &portal.site;
    let dead = |id: &str| format!("https://www.example.gov.cn{BASE}shihou/chufa/2024/{id}/");
    let purge = site.read("report/sweep/2024-07-01/purge.txt");
    for id in [&portal.revoked, &portal.expired] {
        assert!(purge.lines().any(|l| l == dead(id)), "{purge}");
        assert!(site.read("report/sweep/2024-07-01/indexnow.txt").contains(id.as_str()));
        let recall = site.read("report/sweep/2024-07-01/recall.txt");
        assert!(recall.lines().any(|l| l == dead(id)), "{recall}");
        assert!(site.read("public/silian.txt").lines().any(|l| l == dead(id)));
        assert!(site.read("public/silian.xml").contains(&dead(id)));
        assert!(!site.read("public/robots.txt").contains(id.as_str()));
        assert!(!site.read("public/sitemap.xml").contains(id.as_str()));
    }
    assert!(site.read("public/sitemap-recrawl.xml").contains(&dead(&portal.revoked)));
    assert!(!purge.contains("/guanyu/"), "what stands unchanged is not purged: {purge}");
    assert!(!site.read("report/sweep/2024-07-01/recall.txt").contains(&portal.alive));
    let listed = site.read("report/sweep/2024-07-01/delete.txt");
    assert!(listed.lines().all(|path| !path.starts_with('/')), "{listed}");
    // A month later nobody need come and see, and the address stays dead.
    site.run_on("2024-08-05", &["build"]).ends(0);
    assert!(!site.read("public/sitemap-recrawl.xml").contains(&portal.revoked));
    assert!(site.read("public/silian.txt").contains(&portal.revoked));
    for (name, body) in crate::support::tree(&site.path("report")) {
        let text = String::from_utf8_lossy(&body);
        assert!(!text.contains("青标") && !text.contains("第1号"), "{name} names a case");
    }
}
