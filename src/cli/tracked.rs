//! Raw exports never enter version control (domain 1.4): asks git about the folder of the drops.
//!
//! It reads git's own answer and changes nothing. The sample's drops, which are about nobody, are not asked about.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::diag::{Finding, Findings, Place, shown_file_name};

/// What git says.
pub(super) enum Asked {
    /// The folder is in no working tree, or holds nothing of anybody: nothing to find.
    Apart,
    /// It is in one, and git could not be asked.
    Unknown,
    /// What was found.
    Known(Findings),
}

/// Asks about the folder of the drops of a site root. `own` are hosts of git that the bureau keeps itself.
pub(super) fn ask(root: &Path, drops: &Path, own: &[String]) -> Asked {
    let sample = root.join("data/sample");
    let (Ok(drops), sample) = (drops.canonicalize(), sample.canonicalize()) else {
        return Asked::Apart;
    };
    if sample.is_ok_and(|sample| drops.starts_with(sample)) || !is_in_a_tree(&drops) {
        return Asked::Apart;
    }
    let tracked = git(&drops, &["ls-files", "-z", "--", "."]);
    let remotes = git(&drops, &["config", "--null", "--get-regexp", r"^remote\..*\.(push)?url$"]);
    let (Some(tracked), Some(remotes)) = (tracked, remotes) else { return Asked::Unknown };
    let mut found = Findings::new();
    let raw = tracked.split('\0').filter(|name| !name.is_empty() && !is_note(name));
    found.extend(raw.map(|name| {
        Finding::new("tracked-drop", Place::File { file: shown_file_name(name).into() })
    }));
    let mut entries = remotes.split('\0').filter_map(|entry| entry.split_once('\n'));
    if entries.any(|(_, url)| is_outside(url, own)) {
        let file = shown_file_name(&drops.to_string_lossy()).into();
        found.push(Finding::new("exposed-drop", Place::File { file }));
    }
    Asked::Known(found)
}

/// Whether git will not take a file that is to be written here: no working tree is around it, or it is ignored. Where
/// git cannot be asked, it is not safe.
pub(super) fn is_safe(file: &Path) -> bool {
    if !is_in_a_tree(file) {
        return true;
    }
    let Some(stands) = file.ancestors().skip(1).find(|above| above.is_dir()) else { return false };
    let asked = [OsStr::new("check-ignore"), OsStr::new("--"), file.as_os_str()];
    git(stands, &asked).is_some_and(|ignored| !ignored.is_empty())
}

/// What `init` writes beside the drops.
fn is_note(name: &str) -> bool {
    matches!(name.rsplit('/').next(), Some("README.md" | ".gitkeep" | ".gitignore"))
}

fn is_in_a_tree(folder: &Path) -> bool {
    folder.ancestors().any(|above| above.join(".git").exists())
}

/// What git prints; `None` where it cannot be run or refuses. Finding nothing is no refusal.
fn git<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Option<String> {
    let run = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let empty = run.status.code() == Some(1) && run.stdout.is_empty();
    (run.status.success() || empty).then(|| String::from_utf8_lossy(&run.stdout).into_owned())
}

/// Whether an address leads out of the bureau's own network: a host that is neither this machine, nor a
/// private address, nor a government's name, nor one of `own`.
fn is_outside(url: &str, own: &[String]) -> bool {
    let Some(host) = host(url) else { return false };
    let host = host.to_ascii_lowercase();
    let at_home = ["localhost", ".local", ".lan", ".internal", ".gov.cn"]
        .iter()
        .any(|end| host == *end || host.ends_with(end));
    let private = host.parse::<std::net::IpAddr>().is_ok_and(|address| match address {
        std::net::IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        std::net::IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    });
    !(at_home || private || own.iter().any(|name| name.eq_ignore_ascii_case(&host)))
}

/// The host of `https://user@host:port/path`, `ssh://…` or `user@host:path`; `None` for a path.
fn host(url: &str) -> Option<&str> {
    let authority = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.split('/').next()?,
        None => {
            let (before, _) = url.split_once(':')?;
            if before.contains('/') {
                return None;
            }
            return before.rsplit('@').next();
        }
    };
    let host = authority.rsplit('@').next()?;
    match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => host.split(':').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_at_home_and_outside_are_told_apart() {
        let own = ["code.example.com".to_owned()];
        for url in [
            "/srv/git/site.git",
            "../site.git",
            "file:///srv/git/site.git",
            "git@localhost:site.git",
            "ssh://git@10.1.2.3:2222/site.git",
            "http://[::1]:3000/a/b.git",
            "https://git.cgj.example.gov.cn/a/b.git",
            "git@code.example.com:a/b.git",
        ] {
            assert!(!is_outside(url, &own), "{url}");
        }
        for url in [
            "https://github.com/a/b.git",
            "git@gitee.com:a/b.git",
            "ssh://git@gitlab.com:22/a/b.git",
            "https://token@8.8.8.8/a.git",
            "https://gov.cn.example.org/a.git",
        ] {
            assert!(is_outside(url, &own), "{url}");
        }
    }
}
