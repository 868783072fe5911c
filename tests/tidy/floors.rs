//! Who may use whom: rooms on floors, stages of clearance in order, checks on their own.

use super::house::Source;

/// From the ground up; a room uses only rooms to its left.
const ROOMS: &[&str] =
    &["diag", "law", "vocab", "clearance", "ledger", "site", "audit", "publish", "cli"];

/// The stages of clearance with their floor.
const STAGES: &[(&str, usize)] = &[
    ("fold", 0),
    ("record", 0),
    ("watch", 1),
    ("intake", 2),
    ("process", 3),
    ("vet", 3),
    ("review", 4),
    ("redact", 5),
    ("restricted", 6),
    ("run", 7),
];

/// Rooms that use a room above them.
pub(crate) fn rooms(sources: &[Source]) -> Vec<String> {
    let floor = |room: &str| ROOMS.iter().position(|r| *r == room);
    let mut complaints = Vec::new();
    for source in sources {
        let Some(room) = module(source).first().cloned() else { continue };
        let Some(own) = floor(&room) else { continue };
        for used in uses(source).iter().filter_map(|path| path.first()) {
            if floor(used).is_some_and(|other| other > own) {
                complaints.push(format!("{}: {room} uses {used}", source.path));
            }
        }
    }
    complaints
}

/// Stages of clearance that use a later stage.
pub(crate) fn stages(sources: &[Source]) -> Vec<String> {
    let floor = |stage: &str| STAGES.iter().find(|(s, _)| *s == stage).map(|(_, f)| *f);
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| s.path.starts_with("src/clearance/")) {
        let Some(own) = module(source).get(1).and_then(|s| floor(s)) else { continue };
        for path in uses(source).iter().filter(|p| p[0] == "clearance") {
            if let Some(used) = path.get(1)
                && floor(used).is_some_and(|other| other > own)
            {
                complaints.push(format!("{}: uses the later stage {used}", source.path));
            }
        }
    }
    complaints
}

/// Checks that use another check.
pub(crate) fn checks(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|s| {
        ["vet", "process"].iter().any(|r| s.path.starts_with(&format!("src/clearance/{r}/checks/")))
    }) {
        let own = module(source);
        for path in uses(source) {
            let is_check = path.len() > 3 && path[..3] == own[..3] && path[2] == "checks";
            if is_check && own.len() > 3 && path[3] != own[3] && path[3].starts_with(lower) {
                complaints.push(format!("{}: uses the check {}", source.path, path[3]));
            }
        }
    }
    complaints
}

fn lower(c: char) -> bool {
    c.is_ascii_lowercase()
}

/// The module a file is, as in `["clearance", "intake", "decode"]`. Empty for the crate root.
fn module(source: &Source) -> Vec<String> {
    let Some(path) = source.path.strip_prefix("src/") else { return Vec::new() };
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    if matches!(path, "lib" | "main") {
        return Vec::new();
    }
    path.split('/').map(str::to_owned).collect()
}

/// Every path of this crate that the file's code names, from the crate root.
fn uses(source: &Source) -> Vec<Vec<String>> {
    let code = source.code();
    let module = module(source);
    let mut found = Vec::new();
    for word in ["crate::", "super::"] {
        for (at, _) in code.match_indices(word) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':')) {
                continue;
            }
            let supers = code[at..].split("::").take_while(|s| *s == "super").count();
            let base = match word {
                "crate::" => Vec::new(),
                _ => module[..module.len().saturating_sub(supers)].to_vec(),
            };
            let rest = &code[at + "super::".len() * supers.max(1)..];
            for tail in branches(rest) {
                found.push(base.iter().cloned().chain(tail).collect());
            }
        }
    }
    found.retain(|path: &Vec<String>| !path.is_empty());
    found
}

/// The paths that begin here: one, or one for each branch of a `{…}` group (nested groups once).
fn branches(text: &str) -> Vec<Vec<String>> {
    let (mut paths, mut path, mut word) = (Vec::new(), Vec::new(), String::new());
    let mut bases: Vec<usize> = Vec::new();
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' => word.push(c),
            ':' => path.extend(take(&mut word)),
            '{' => bases.push(path.len()),
            ',' | '}' if !bases.is_empty() => {
                path.extend(take(&mut word));
                paths.push(path.clone());
                path.truncate(bases.last().copied().unwrap_or(0));
                if c == '}' {
                    bases.pop();
                    path.truncate(bases.last().copied().unwrap_or(0));
                    if bases.is_empty() {
                        break;
                    }
                }
            }
            c if c.is_whitespace() && !bases.is_empty() => {}
            _ => break,
        }
    }
    path.extend(take(&mut word));
    paths.push(path);
    paths
}

fn take(word: &mut String) -> Option<String> {
    (!word.is_empty()).then(|| std::mem::take(word))
}
