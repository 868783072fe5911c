//! What a file may hold, whatever it is about.

use super::house::Source;

/// Longest file, in lines.
const LONGEST: usize = 400;

/// Rust files that are too long or do not say what they are for.
pub(crate) fn files(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for Source { path, text } in sources {
        let lines = text.lines().count();
        if lines > LONGEST {
            complaints.push(format!("{path}: {lines} lines, {LONGEST} allowed"));
        }
        if !text.starts_with("//! ") {
            complaints.push(format!("{path}: does not begin with //! and what it is for"));
        }
    }
    complaints
}

/// Ways around a decision: panics, silenced lints, promises.
pub(crate) fn shortcuts(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test()) {
        let code = source.code();
        for word in [".unwrap()", "#[allow(", "#![allow(", "todo!(", "unimplemented!("] {
            complaints.extend(hits(&source.path, &code, word));
        }
        for word in [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")] {
            complaints.extend(hits(&source.path, &source.text, word));
        }
    }
    complaints
}

/// Deadlines and dates of the law written into the checks instead of `data/law/`.
pub(crate) fn legal_numbers(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| {
        ["src/clearance/vet/", "src/clearance/process/"].iter().any(|room| s.path.starts_with(room))
    }) {
        for (n, line) in source.code().lines().enumerate() {
            if line.contains("' => ") {
                continue; // a table of numerals: '七' => 7
            }
            let code = without_strings(line);
            for token in code.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
                let digits: String = token.chars().take_while(char::is_ascii_digit).collect();
                let suffix = token[digits.len()..].trim_start_matches('_');
                let typed = suffix.is_empty() || suffix.starts_with(['u', 'i']);
                if matches!(digits.as_str(), "7" | "20" | "31") && typed {
                    complaints.push(format!("{}:{}: bare {digits}", source.path, n + 1));
                }
            }
        }
    }
    complaints
}

/// A line's code without string literals and without its trailing comment.
fn without_strings(line: &str) -> String {
    let (mut out, mut inside, mut last) = (String::new(), false, ' ');
    for c in line.chars() {
        if c == '"' && last != '\\' {
            inside = !inside;
        } else if !inside {
            out.push(c);
        }
        last = c;
    }
    out.split("//").next().unwrap_or_default().to_owned()
}

/// A way to make public text out of any text.
pub(crate) fn forgery(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|s| s.path == "src/clearance/redact/disclosure.rs")
        .flat_map(|s| hits(&s.path, &s.code(), "Deserialize"))
        .collect()
}

/// Ways for a raw value to leave the room of the restricted sheet: a function that others may call and that answers with
/// text or bytes, a type of it that can be shown or copied, a message made of parts.
pub(crate) fn sealed(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    let inside = |s: &&Source| s.path.starts_with("src/clearance/restricted/") && !s.is_test();
    for source in sources.iter().filter(inside) {
        let code = source.code();
        for (at, word) in code.match_indices("pub(crate) fn ") {
            let head = code[at + word.len()..].split(['{', ';']).next().unwrap_or_default();
            let answer = head.split_once("->").map_or("", |(_, answer)| answer);
            let words = answer.split(|c: char| !c.is_alphanumeric());
            let raw = ["str", "String", "u8", "Cow", "Private", "Filled"];
            if words.into_iter().any(|word| raw.contains(&word)) {
                let name = head.split('(').next().unwrap_or_default();
                complaints.push(format!("{}: {name} answers with{answer}", source.path));
            }
        }
        for (at, _) in code.match_indices("#[derive(") {
            let ends = code[at..].find("\n}").map_or(code.len(), |end| at + end);
            if ["Private", "Identity", "Filled", "Found"].iter().any(|w| code[at..ends].contains(w))
            {
                complaints.push(format!("{}: derives for a type with raw values", source.path));
            }
        }
        let shown = ["println!", "print!", "log::", "impl fmt::", "impl Display", "impl Debug"];
        complaints.extend(shown.iter().flat_map(|word| hits(&source.path, &code, word)));
    }
    complaints
}

/// Tables outside the places where invented data may stand: a raw export must never be committed.
pub(crate) fn exports(paths: &[String]) -> Vec<String> {
    let kinds = [".csv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".et", ".dbf", ".mdb"];
    paths
        .iter()
        .filter(|p| !p.starts_with("data/sample/") && !p.starts_with("tests/"))
        .filter(|p| kinds.iter().any(|k| p.to_lowercase().ends_with(k)))
        .map(|p| format!("{p}: a table outside data/sample and tests"))
        .collect()
}

/// Names of one machine, or of a package registry, which no reader of this repository can use.
pub(crate) fn foreign_words(sources: &[Source]) -> Vec<String> {
    // In pieces, so that this file is clean too.
    let words = [
        ["/wo", "rk/"],
        ["/tmp", "/wt"],
        ["/tmp/", "brief"],
        ["/ro", "ot/"],
        ["style-", "anchors"],
        ["shared/", "reference"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["registry.npm", "js"],
        ["pypi", ".org"],
        ["pythonhosted", ".org"],
        ["deb.debian", ".org"],
    ];
    let locks = ["Cargo.lock", "fuzz/Cargo.lock"];
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| !locks.contains(&s.path.as_str())) {
        for word in words {
            complaints.extend(hits(&source.path, &source.text, &word.concat()));
        }
    }
    complaints
}

/// Workflows that grant something to every job, or use an action that can change under them.
pub(crate) fn workflows(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for Source { path, text } in sources.iter().filter(|s| s.path.starts_with(".github/workflows"))
    {
        if !text.lines().any(|l| l == "permissions: {}") {
            complaints.push(format!("{path}: no `permissions: {{}}` at the top"));
        }
        for line in text.lines() {
            let Some((_, used)) = line.split_once("uses: ") else { continue };
            let pin = used.split_once('@').map_or("", |(_, p)| p).split(' ').next().unwrap_or("");
            let pinned = pin.len() == 40 && pin.bytes().all(|b| b.is_ascii_hexdigit());
            if !pinned && !used.starts_with("./") {
                complaints.push(format!("{path}: {used} is not pinned to a commit"));
            }
        }
    }
    complaints
}

fn hits(path: &str, text: &str, word: &str) -> Vec<String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.contains(word))
        .map(|(n, _)| format!("{path}:{}: {word}", n + 1))
        .collect()
}
