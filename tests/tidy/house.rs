//! The repository as a list of texts. Reads files of the working tree; must not follow links or
//! look into what git ignores.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Folders of the root that hold nothing of ours, or nothing of the source.
const SKIPPED: &[&str] = &[".git", "target", "public", "report", "drops", "node_modules"];

/// One text file.
pub(crate) struct Source {
    /// Path below the root, with `/`.
    pub(crate) path: String,
    /// Everything in it.
    pub(crate) text: String,
}

impl Source {
    /// A file, real or made up.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The product's code: no tests module, no comments; line numbers stay.
    pub(crate) fn code(&self) -> String {
        let mut kept = Vec::new();
        for line in before_tests(&self.text) {
            kept.push(if line.trim_start().starts_with("//") { "" } else { line });
        }
        kept.join("\n")
    }

    /// Whether the whole file is test code.
    pub(crate) fn is_test(&self) -> bool {
        !self.path.starts_with("src/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
    }
}

/// The lines above a closing `#[cfg(test)] mod … {` block: tests stand last in a file.
fn before_tests(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let starts_tests = |i: usize| {
        lines[i].trim() == "#[cfg(test)]"
            && lines[i + 1..]
                .iter()
                .map(|l| l.trim())
                .find(|l| !l.starts_with("#["))
                .is_some_and(|l| l.contains("mod ") && l.ends_with('{'))
    };
    let end = (0..lines.len()).find(|i| starts_tests(*i)).unwrap_or(lines.len());
    lines[..end].to_vec()
}

/// All files of the repository.
pub(crate) struct House {
    texts: Vec<Source>,
    rust: Vec<Source>,
    paths: Vec<String>,
}

impl House {
    /// Reads the working tree.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        walk(root, root, &mut files);
        let texts: Vec<Source> = files
            .iter()
            .filter_map(|(path, bytes)| Some(Source::new(path, std::str::from_utf8(bytes).ok()?)))
            .collect();
        let rust = texts
            .iter()
            .filter(|s| s.path.ends_with(".rs"))
            .map(|s| Source::new(&s.path, &s.text))
            .collect();
        Self { texts, rust, paths: files.into_keys().collect() }
    }

    /// A house of empty files, to show that a guard can fail.
    pub(crate) fn of(paths: &[&str]) -> Self {
        let paths = paths.iter().map(|p| (*p).to_owned()).collect();
        Self { texts: Vec::new(), rust: Vec::new(), paths }
    }

    /// Every file that is UTF-8.
    pub(crate) fn texts(&self) -> &[Source] {
        &self.texts
    }

    /// Every Rust file.
    pub(crate) fn rust(&self) -> &[Source] {
        &self.rust
    }

    /// Every path.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.paths.clone()
    }

    /// The text at `path`; a missing file fails the test that asks for it.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> String {
        match self.texts.iter().find(|s| s.path == path) {
            Some(source) => source.text.clone(),
            None => panic!("{path} is missing"),
        }
    }

    /// Names of the folders directly below `path`, sorted.
    pub(crate) fn folders(&self, path: &str) -> Vec<String> {
        let below = format!("{path}/");
        let mut names: Vec<String> = self
            .paths
            .iter()
            .filter_map(|p| Some(p.strip_prefix(&below)?.split_once('/')?.0.to_owned()))
            .collect();
        names.dedup();
        names
    }

    /// The rooms: folders of `src/`.
    pub(crate) fn rooms(&self) -> Vec<String> {
        self.folders("src")
    }
}

fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Ok(kind) = entry.file_type() else { continue };
        let skipped = SKIPPED.iter().any(|s| name == *s);
        if skipped && (folder == root || name == "node_modules") {
            continue;
        }
        if kind.is_dir() {
            walk(root, &path, files);
        } else if kind.is_file()
            && let Ok(below) = path.strip_prefix(root)
            && let Ok(bytes) = fs::read(&path)
        {
            files.insert(below.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
}
