//! The pipelines a bureau begins with: the form of workflows and action, and what their steps do, with a stand-in for
//! the program that notes its arguments and ends as it is told.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stand outside the house"
)]

#[path = "pipeline/whole.rs"]
mod whole;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_yaml::Value;

fn tree(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(tree(path)).expect(path);
    serde_yaml::from_str(&text).expect(path)
}

fn workflows() -> Vec<String> {
    let folder = fs::read_dir(tree(".github/workflows")).expect("workflows");
    let names = folder.map(|e| e.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = names.map(|name| format!(".github/workflows/{name}")).collect();
    names.sort();
    names
}

/// What is wrong with a workflow as a tree.
fn complaints(workflow: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let mut say = |what: &str| out.push(what.to_owned());
    if workflow.get("permissions").and_then(Value::as_mapping).is_none_or(|p| !p.is_empty()) {
        say("permissions at the top are not {}");
    }
    if workflow.get("concurrency").is_none() {
        say("no concurrency");
    }
    if workflow.get("on").is_some_and(|on| format!("{on:?}").contains("pull_request_target")) {
        say("pull_request_target");
    }
    let jobs = workflow.get("jobs").and_then(Value::as_mapping).expect("jobs");
    for job in jobs.values() {
        if job.get("timeout-minutes").is_none() {
            say("a job without a time limit");
        }
        if job.get("permissions").is_none() {
            say("a job that does not say what it may do");
        }
        for step in job.get("steps").and_then(Value::as_sequence).expect("steps") {
            of_step(step, &mut say);
        }
    }
    out
}

fn of_step(step: &Value, say: &mut impl FnMut(&str)) {
    let text = |key: &str| step.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("run").contains("${{") {
        say("an expression inside a script");
    }
    // A shell does not stop at a line that it was told to turn around.
    if text("run").lines().any(|line| line.trim_start().starts_with("! ")) {
        say("a check that cannot fail");
    }
    let (name, pin) = text("uses").split_once('@').unwrap_or((text("uses"), ""));
    let is_pinned = pin.len() == 40 && pin.bytes().all(|b| b.is_ascii_hexdigit());
    if !name.is_empty() && !name.starts_with("./") && !is_pinned {
        say("an action that is not pinned to a commit");
    }
    let with = |key: &str| step.get("with").and_then(|with| with.get(key)).and_then(Value::as_bool);
    if name == "actions/checkout" && with("persist-credentials") != Some(false) {
        say("a checkout that leaves its credentials behind");
    }
    if name.contains("cache") {
        say("a cache");
    }
}

#[test]
fn workflows_keep_to_the_rules() {
    for path in workflows() {
        assert_eq!(complaints(&yaml(&path)), Vec::<String>::new(), "{path}");
    }
    let wrong = "on: {pull_request_target: {}}\njobs:\n  a:\n    steps:\n      - run: \"! echo ${{ github.event.x }}\"\n      - uses: actions/checkout@v4\n      - uses: actions/cache@v4\n";
    let found = complaints(&serde_yaml::from_str(wrong).expect("YAML"));
    assert_eq!(found.len(), 11, "{found:?}");
}

/// What leaves a bureau's machine: nothing but the page of the run and what GitLab hands on to its next job.
#[test]
fn a_bureaus_pipelines_upload_and_cache_nothing() {
    for path in [".github/workflows/publish.yml", ".github/workflows/clock.yml", "action.yml"] {
        let text = fs::read_to_string(tree(path)).expect(path);
        for word in ["upload-artifact", "actions/cache", "upload-pages"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
    let gitlab = yaml("data/ci/gitlab/gitlab-ci.yml");
    let jobs = gitlab.as_mapping().expect("jobs").iter();
    for (name, job) in jobs.filter(|(_, job)| job.get("script").is_some()) {
        let kept = job.get("artifacts").map(|kept| kept.get("paths").is_some());
        assert!(!kept.unwrap_or_default(), "{name:?} keeps files");
        assert!(job.get("cache").is_none() && job.get("resource_group").is_some(), "{name:?}");
    }
    assert_eq!(gitlab["default"]["cache"].as_sequence().map(Vec::len), Some(0));
    assert_eq!(gitlab["variables"]["GIT_STRATEGY"], "none");
}

#[test]
fn expressions_of_the_action_stand_in_no_script() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    assert_eq!(steps.len(), 2);
    for step in steps {
        assert!(!step["run"].as_str().expect("a script").contains("${{"));
        assert_eq!(step["shell"], "bash");
    }
    for output in ["exit-code", "published", "overdue", "takedown-due", "manifest-sha256"] {
        assert!(action["outputs"].get(output).is_some(), "{output}");
    }
}

/// Runs a linter over the files; one that is not installed is told of and passed over.
fn lint(program: &str, args: &[&str], files: &[String]) {
    let ran = Command::new(program).args(args).args(files).current_dir(tree("")).output();
    let Ok(ran) = ran else {
        eprintln!("{program} is not installed: not linted");
        return;
    };
    let said = String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{program}:\n{said}");
}

#[test]
fn linters_find_nothing() {
    let mut files = workflows();
    // Its list of runners' names does not know the bureau's own.
    lint("actionlint", &["-ignore", "label \"gongshi\" is unknown"], &files);
    files.push("action.yml".into());
    lint("zizmor", &["--offline", "--persona=auditor", "--quiet"], &files);
    let scripts = ["data/ci/shell/gongshi.sh", "tests/run", "tests/gallery"].map(String::from);
    lint("shellcheck", &[], &scripts);
    let units = ["service", "timer"].map(|kind| format!("data/ci/shell/gongshi-clock.{kind}"));
    lint("systemd-analyze", &["verify"], &units);
}

/// A folder with a site root under git and a stand-in for the program.
struct Stand(tempfile::TempDir);

impl Stand {
    fn new() -> Self {
        let stand = Self(tempfile::tempdir().expect("a folder"));
        let program = "#!/bin/sh\necho \"$*\" >>\"$STAND/calls\"\n[ \"$1\" != build ] || printf ok >\"$STAND/site/public/manifest.json\"\neval \"exit \\${CODE_$1:-0}\"\n";
        for folder in ["site/public", "site/ledger", "site/ci", "drops"] {
            fs::create_dir_all(stand.at(folder)).expect("made");
        }
        fs::write(stand.at("gongshi"), program).expect("written");
        fs::write(stand.at("site/public/manifest.json"), "old").expect("written");
        fs::copy(tree("data/ci/shell/gongshi.sh"), stand.at("site/ci/gongshi.sh")).expect("copied");
        Command::new("chmod").arg("+x").arg(stand.at("gongshi")).status().expect("chmod");
        stand
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("STAND", self.0.path()).env("GONGSHI", self.at("gongshi"));
        command.env("GONGSHI_DROPS", self.at("drops")).env("GONGSHI_TARGET", "portal");
        command.current_dir(self.0.path());
        command
    }

    fn steps(&self, steps: &[&str], env: &[(&str, &str)]) -> Output {
        let mut command = self.command("sh");
        command.arg(self.at("site/ci/gongshi.sh")).args(steps).envs(env.iter().copied());
        command.output().expect("sh runs")
    }

    /// Verbs that were called, in order.
    fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.at("calls")).unwrap_or_default();
        calls.lines().filter_map(|l| l.split(' ').next().map(str::to_owned)).collect()
    }
}

/// The digest of a file, by the same tool.
fn sha256_of(path: &Path) -> String {
    let sum = Command::new("sha256sum").arg(path).output().expect("it runs").stdout;
    String::from_utf8_lossy(&sum).split(' ').next().expect("a sum").to_owned()
}

/// The digest of a text, by the same tool as the scripts.
fn sha256(text: &str) -> String {
    let script = format!("printf {text} | sha256sum");
    let sum = Command::new("sh").args(["-c", &script]).output().expect("sh runs").stdout;
    String::from_utf8_lossy(&sum).split(' ').next().expect("a sum").to_owned()
}

#[track_caller]
fn ends(ran: &Output, code: i32) {
    let said = String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(code), "{said}");
}

#[test]
fn what_is_late_or_held_does_not_stop_a_drop_and_what_leaks_does() {
    for (code, through) in
        [("0", true), ("1", true), ("3", true), ("5", true), ("4", false), ("7", false)]
    {
        let stand = Stand::new();
        let ran = stand.steps(&["check", "review", "build", "diff"], &[("CODE_check", code)]);
        ends(&ran, if through { 0 } else { code.parse().expect("a number") });
        let calls = stand.calls();
        assert_eq!(calls.last().map(String::as_str), Some(if through { "diff" } else { "check" }));
    }
    let stand = Stand::new();
    ends(&stand.steps(&["review", "build"], &[("CODE_review", "4")]), 0);
    assert_eq!(stand.calls(), ["review", "build"]);
    let stop = [("CODE_review", "4"), ("GONGSHI_REVIEW", "stop")];
    ends(&stand.steps(&["review", "build"], &stop), 4);
    ends(&stand.steps(&["build", "diff"], &[("CODE_diff", "6")]), 6);
    ends(&stand.steps(&["nonsense"], &[]), 2);
}

#[test]
fn only_what_was_approved_is_published() {
    let stand = Stand::new();
    ends(&stand.steps(&["approved", "publish"], &[]), 1);
    ends(&stand.steps(&["approved", "publish"], &[("GONGSHI_APPROVED", "00")]), 1);
    assert!(stand.calls().is_empty());
    let approved = [("GONGSHI_APPROVED", &*sha256("old"))];
    ends(&stand.steps(&["approved", "publish"], &approved), 0);
    assert_eq!(stand.calls(), ["publish"]);
}

/// A clock that finds a site nobody has approved must not carry it out with what expires.
#[test]
fn the_clock_publishes_nothing_that_waits_for_approval() {
    let stand = Stand::new();
    let git = |args: &[&str]| {
        let ran =
            stand.command("git").arg("-C").arg(stand.at("site")).args(args).output().expect("git");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["config", "user.name", "gongshi"]);
    git(&["config", "user.email", "gongshi@localhost"]);
    git(&["init", "--quiet", "--bare", "../origin.git"]);
    git(&["remote", "add", "origin", "../origin.git"]);
    git(&["config", "push.autoSetupRemote", "true"]);
    let receipt = |target: &str, sum: &str| {
        format!("{{\"target\":\"{target}\",\"deed\":\"published\",\"manifest\":\"{sum}\"}}\n")
    };
    ends(&stand.steps(&["mark"], &[]), 0);
    let others = receipt("portal", "00") + &receipt("elsewhere", &sha256("old"));
    fs::write(stand.at("site/ledger/receipts.jsonl"), others).expect("written");
    fs::write(stand.at("site/ledger/standings-2026.jsonl"), "{}\n").expect("written");
    ends(&stand.steps(&["expire"], &[]), 0);
    assert!(stand.calls().is_empty());
    fs::write(stand.at("site/ledger/receipts.jsonl"), receipt("portal", &sha256("old")))
        .expect("written");
    let manifest = stand.at("site/public/manifest.json");
    let kept = fs::read(&manifest).expect("a manifest");
    fs::remove_file(&manifest).expect("removed");
    ends(&stand.steps(&["expire"], &[]), 1);
    ends(&stand.steps(&["approved"], &[]), 1);
    assert!(stand.calls().is_empty(), "without a site nothing is approved");
    fs::write(&manifest, kept).expect("written");
    fs::write(stand.at("site/site.yml"), "name: changed\n").expect("written");
    ends(&stand.steps(&["expire"], &[]), 0);
    assert!(stand.calls().is_empty(), "what was changed since waits for approval");
    fs::remove_file(stand.at("site/site.yml")).expect("removed");
    ends(&stand.steps(&["expire"], &[]), 0);
    assert_eq!(stand.calls(), ["build", "publish", "verify"]);
    let calls = fs::read_to_string(stand.at("calls")).expect("calls");
    // `publish` looks at the sizes of drops alone.
    let drops = stand.at("drops");
    let read =
        |line: &str| line.starts_with("build") && line.contains(drops.to_str().expect("UTF-8"));
    assert!(!calls.lines().any(read), "new drops were read: {calls}");
    // The receipt is pushed, the rest of the ledger is not.
    let mut git = stand.command("git");
    git.arg("-C").arg(stand.at("origin.git"));
    let out = git.args(["ls-tree", "-r", "--name-only", "HEAD"]).output().expect("git");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "ledger/receipts.jsonl\n");
}

/// Runs the action's last step as a runner does.
fn act(stand: &Stand, command: &str, args: &str, env: &[(&str, &str)]) -> (Output, String) {
    let action = yaml("action.yml");
    let script = action["runs"]["steps"][1]["run"].as_str().expect("a script").to_owned();
    let (outputs, summary) = (stand.at("outputs"), stand.at("summary"));
    fs::write(&outputs, "").expect("written");
    fs::write(&summary, "").expect("written");
    let mut run = stand.command("bash");
    run.args(["-c", &script]).env("PROGRAM", stand.at("gongshi")).env("COMMAND", command);
    run.env("ARGS", args).env("AS_OF", "").env("FAIL_ON", "findings late takedown");
    run.env("JOB_SUMMARY", "true").env("GITHUB_OUTPUT", &outputs);
    run.env("GITHUB_STEP_SUMMARY", &summary).envs(env.iter().copied());
    let ran = run.output().expect("bash runs");
    (ran, fs::read_to_string(outputs).expect("outputs"))
}

#[test]
fn the_action_fails_on_what_it_is_told_to() {
    let stand = Stand::new();
    for (code, fail_on, want) in [
        ("0", "findings late takedown", 0),
        ("1", "findings late takedown", 1),
        ("1", "late", 0),
        ("3", "", 0),
        ("3", "late", 3),
        ("5", "late", 0),
        ("5", "takedown", 5),
        ("4", "", 4),
        ("6", "", 6),
        ("70", "", 70),
    ] {
        let env = [("CODE_check", code), ("FAIL_ON", fail_on)];
        let (ran, outputs) = act(&stand, "check", "--drops\n/a b\n\n", &env);
        ends(&ran, want);
        assert_eq!(outputs, format!("exit_code={code}\n"));
    }
    let calls = fs::read_to_string(stand.at("calls")).expect("calls");
    assert!(calls.starts_with("check --drops /a b --format github --figures "), "{calls}");
    let (ran, _) = act(&stand, "verify", "$(touch made)\n`touch made`", &[]);
    ends(&ran, 0);
    assert!(!stand.at("made").exists(), "an argument was carried out");
}

#[test]
fn a_program_that_is_not_the_one_asked_for_does_not_run() {
    let action = yaml("action.yml");
    let script = action["runs"]["steps"][0]["run"].as_str().expect("a script");
    let stand = Stand::new();
    let fetch = "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" != --output ] || printf other >\"$2\"; shift; done\n";
    fs::create_dir(stand.at("bin")).expect("made");
    fs::write(stand.at("bin/curl"), fetch).expect("written");
    Command::new("chmod").arg("+x").arg(stand.at("bin/curl")).status().expect("chmod");
    let path = format!("{}:{}", stand.at("bin").display(), std::env::var("PATH").expect("a path"));
    let get = |program: &str, sha256: &str| {
        let mut run = stand.command("bash");
        run.args(["-c", script]).env("PATH", &path).env("PROGRAM", program).env("VERSION", "0.1.0");
        run.env("SHA256", sha256).env("SOURCE", "https://git.example/releases");
        run.env("RUNNER_TEMP", stand.at("")).env("GITHUB_OUTPUT", stand.at("outputs"));
        run.output().expect("bash runs")
    };
    ends(&get("", &"0".repeat(64)), 2);
    assert!(!stand.at("gongshi-0.1.0").exists());
    ends(&get("", ""), 2);
    ends(&get("", &sha256("other")), 0);
    ends(&get("/usr/bin/gongshi", ""), 0);
}
