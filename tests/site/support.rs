//! What the tests from outside share: a small site root, rows of a drop, the program run with a
//! scrubbed environment, and a folder's bytes to compare.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The day most tests take as today.
pub(crate) const TODAY: &str = "2024-05-23";

/// Headers of the export most tests write.
pub(crate) const HEADERS: [&str; 17] = [
    "行政处罚决定书文号",
    "行政相对人名称",
    "行政相对人类别",
    "行政相对人代码_1(统一社会信用代码)",
    "法定代表人",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚类别",
    "处罚内容",
    "罚款金额(万元)",
    "处罚决定日期",
    "处罚有效期",
    "公示截止期",
    "处罚机关",
    "处罚机关统一社会信用代码",
    "备注",
];

/// One row of a drop, by header.
#[derive(Clone)]
pub(crate) struct Row(BTreeMap<&'static str, String>);

impl Row {
    /// A sound row: an invented firm, fined 5,000 yuan on 2024-05-20.
    pub(crate) fn sound(number: usize) -> Self {
        let cells = [
            ("行政处罚决定书文号", format!("示清城管罚决字〔2024〕第{number}号")),
            ("行政相对人名称", format!("示例市青标{number:03}运输有限公司")),
            ("行政相对人类别", "法人及非法人组织".into()),
            ("行政相对人代码_1(统一社会信用代码)", credit_code("91", number)),
            ("法定代表人", "测试甲".into()),
            ("违法行为类型", "未按规定运输建筑垃圾".into()),
            (
                "违法事实",
                format!(
                    "当事人于2024年5月10日在通源大道运输建筑垃圾时未密闭，标记青标{number:03}。"
                ),
            ),
            ("处罚依据", "《城市建筑垃圾管理规定》第二十五条".into()),
            ("处罚类别", "罚款".into()),
            ("处罚内容", "处以罚款人民币5000元".into()),
            ("罚款金额(万元)", "0.5".into()),
            ("处罚决定日期", "2024-05-20".into()),
            ("处罚有效期", "2099-12-31".into()),
            ("公示截止期", "2027-05-20".into()),
            ("处罚机关", "示例市清源区城市管理局".into()),
            ("处罚机关统一社会信用代码", credit_code("11", 99)),
            ("备注", String::new()),
        ];
        Self(cells.into_iter().collect())
    }

    /// The same row with another cell.
    pub(crate) fn with(mut self, header: &'static str, cell: impl Into<String>) -> Self {
        self.0.insert(header, cell.into());
        self
    }

    fn csv(&self, headers: &[&str]) -> String {
        let cell = |h: &&str| quoted(self.0.get(h).map_or("", String::as_str));
        headers.iter().map(cell).collect::<Vec<_>>().join(",")
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A CSV of these rows with [`HEADERS`] and CRLF.
pub(crate) fn csv(rows: &[Row]) -> String {
    csv_with(&HEADERS, rows)
}

/// A CSV of these rows with these headers and CRLF.
pub(crate) fn csv_with(headers: &[&str], rows: &[Row]) -> String {
    let mut text = headers.join(",") + "\r\n";
    for row in rows {
        text.push_str(&row.csv(headers));
        text.push_str("\r\n");
    }
    text
}

/// A credit code of an area that was never assigned, with the right check character.
pub(crate) fn credit_code(head: &str, n: usize) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("{head}500199MA{n:07}");
    let (mut weight, mut sum) = (1, 0);
    for b in body.bytes() {
        sum += ALPHABET.iter().position(|a| *a == b).expect("a code's letter") * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// An identity number in a region that was never assigned, with the right check character.
pub(crate) fn id_number(n: usize) -> String {
    let body =
        format!("50019919{:02}{:02}{:02}{:03}", 50 + n % 50, 1 + n % 12, 1 + n % 28, n % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
    format!(
        "{body}{}",
        ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
    )
}

/// A site root in a folder of its own.
pub(crate) struct Site {
    dir: tempfile::TempDir,
}

impl Site {
    /// A bureau with nothing in it yet.
    pub(crate) fn new() -> Self {
        Self::inside(&std::env::temp_dir())
    }

    /// The same in a folder of this one.
    pub(crate) fn inside(dir: &Path) -> Self {
        let site = Self { dir: tempfile::tempdir_in(dir).expect("a temporary folder") };
        site.write(
            "site.yml",
            "name: 示例市清源区城市管理局\ndistrict: 示例市清源区\ncontact:\n  telephone: 023-48600000\n",
        );
        site
    }

    /// A copy of all its files in a place of its own.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::new();
        let from = format!("{}/.", self.root().display());
        let ran = Command::new("cp").args(["-a", &from]).arg(copy.root()).status();
        assert!(ran.is_ok_and(|status| status.success()), "files are copied");
        copy
    }

    /// The root.
    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    /// A path below the root.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file below the root.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    /// Reads a file below the root as text.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// The program with these arguments, ready to run.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = gongshi();
        command.args(args).arg("--root").arg(self.root()).current_dir(self.root());
        command
    }

    /// Runs the program on [`TODAY`].
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_on(TODAY, args)
    }

    /// Runs the program on a day.
    pub(crate) fn run_on(&self, day: &str, args: &[&str]) -> Ran {
        Ran(self.command(args).args(["--as-of", day]).output().expect("the program starts"))
    }

    /// Builds on [`TODAY`].
    pub(crate) fn build(&self) -> Ran {
        self.run(&["build"])
    }

    /// Runs the program on [`TODAY`] under `strace`, on one thread.
    pub(crate) fn traced(&self, with: &[&str], args: &[&str]) -> Output {
        let mut command = Command::new("strace");
        if !with.contains(&"-o") {
            command.args(["-o", "/dev/null"]);
        }
        let program = [env!("CARGO_BIN_EXE_gongshi")];
        command.args(["-f", "-qq"]).args(with).args(program).args(args);
        command.args(["--as-of", TODAY, "--root"]).arg(self.root()).current_dir(self.root());
        command.env("RAYON_NUM_THREADS", "1").output().expect("strace starts")
    }

    /// The same while nothing can be written to the ledger's log: the run dies after the point of no return.
    #[track_caller]
    pub(crate) fn run_without_log(&self, error: &str, args: &[&str]) {
        let (log, inject) =
            (self.path("ledger/events.jsonl"), format!("inject=write:error={error}"));
        let with = ["-P", log.to_str().expect("a path"), "-e", "trace=write", "-e", &inject];
        assert!(!self.traced(&with, args).status.success(), "the log could not be written");
    }

    /// Every file of the built site.
    pub(crate) fn site(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path("public"))
    }

    /// Every file of the ledger but its lock.
    pub(crate) fn ledger(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = tree(&self.path("ledger"));
        files.remove(".lock");
        files
    }

    /// Names of the built files in which this text stands.
    pub(crate) fn files_with(&self, text: &str) -> Vec<String> {
        let has = |body: &[u8]| String::from_utf8_lossy(body).contains(text);
        self.site().into_iter().filter(|(_, body)| has(body)).map(|(name, _)| name).collect()
    }
}

/// A finished run.
pub(crate) struct Ran(pub(crate) Output);

impl Ran {
    /// Exit code.
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().expect("the program ended by itself")
    }

    /// Both outputs.
    pub(crate) fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
            + &String::from_utf8_lossy(&self.0.stderr)
    }

    /// The same run, which must have ended with this code.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code(), code, "{}", self.said());
        self
    }

    /// The same run, which must have said this.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.said().contains(text), "{text} is not in:\n{}", self.said());
        self
    }

    /// The same run, which must not have said this.
    #[track_caller]
    pub(crate) fn never_says(self, text: &str) -> Self {
        assert!(!self.said().contains(text), "{text} is in:\n{}", self.said());
        self
    }
}

/// Arguments that revoke a decision the day before [`TODAY`]; nothing is done without `--yes`.
pub(crate) fn revoke(number: &str) -> Vec<&str> {
    let document = ["--document", "行政复议决定书 示府复〔2024〕3号", "--decided-on", "2024-05-22"];
    [&["takedown", number, "--reason", "revoked"][..], &document].concat()
}

/// Whether this machine can watch the calls of a program; says so where it cannot.
pub(crate) fn has_strace() -> bool {
    let has = Command::new("strace").arg("-V").output().is_ok_and(|ran| ran.status.success());
    if !has {
        skipped("no strace on this machine");
    }
    has
}

/// Says that a test shows nothing here, and why.
pub(crate) fn skipped(why: &str) {
    let _ = std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes());
}

/// The program with a scrubbed environment.
pub(crate) fn gongshi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongshi"));
    command.env_clear().env("PATH", "/usr/bin:/bin").env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Whether a file of a built site is the page of one case.
pub(crate) fn is_case_page(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    matches!(parts[..], ["shihou", _, _, id, "index.html"] if id.len() == 8)
}

/// Every file below a folder, by its name there.
pub(crate) fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}
