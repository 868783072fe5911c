//! A branch of a git repository as a target: what hosts of pages serve. Each publication is one commit without
//! a parent that replaces the branch, so that no history shows what was taken down. The program git does it, with
//! whatever keys and credentials it has of its own.

use std::ffi::OsStr;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::diag::Failure;

use super::super::manifest::{self, Change};
use super::super::staging::clear;
use super::{Built, Errand, Sent, Stands};

/// Says to a host of pages that nothing in the branch is to be built.
const AS_IT_IS: &str = ".nojekyll";
/// Name of the new commit while it is made.
const NEW: &str = "refs/gongshi/new";

/// A branch as a target.
pub(crate) struct Branch {
    /// Address or path of the repository.
    pub(crate) repository: String,
    /// Name of the branch.
    pub(crate) branch: String,
    /// Folder for what git needs during a run.
    pub(crate) desk: PathBuf,
}

/// A folder of git's own for one run, with the branch fetched.
pub(crate) struct Desk {
    dir: PathBuf,
    /// Name of the commit that stands at the branch.
    old: Option<String>,
}

impl Branch {
    fn desk(&self) -> Result<Desk, Failure> {
        clear(&self.desk)?;
        std::fs::create_dir_all(&self.desk)
            .map_err(|cause| Failure::Write { path: self.desk.clone(), cause })?;
        let dir = self
            .desk
            .canonicalize()
            .map_err(|cause| Failure::Read { path: self.desk.clone(), cause })?;
        // From here on the folder goes away by itself.
        let mut desk = Desk { dir, old: None };
        git(&desk.dir, &["init", "-q", "--bare", "."])?;
        let name = format!("refs/heads/{}", self.branch);
        let told = git(&desk.dir, &["ls-remote", "--", &self.repository, &name])?;
        desk.old = told.split_whitespace().next().map(str::to_owned);
        if desk.old.is_some() {
            git(&desk.dir, &["fetch", "-q", "--depth", "1", "--", &self.repository, &name])?;
        }
        Ok(desk)
    }

    /// The site that stands there.
    ///
    /// # Errors
    /// git cannot reach it, or the branch is of something else.
    pub(crate) fn stands(&self) -> Result<Option<Stands>, Failure> {
        self.stands_on(&self.desk()?)
    }

    fn stands_on(&self, desk: &Desk) -> Result<Option<Stands>, Failure> {
        match (desk.file(manifest::NAME), &desk.old) {
            (_, None) => Ok(None),
            (Some(text), _) => Stands::of(&text, &self.shown(manifest::NAME)).map(Some),
            (None, Some(_)) => Err(Failure::State {
                zh: format!(
                    "{} 的分支 {} 里不是 gongshi 发布的网站，未覆盖；请换一个分支",
                    self.repository, self.branch
                ),
                en: format!(
                    "branch {} of {} holds something else and is not replaced",
                    self.branch, self.repository
                ),
            }),
        }
    }

    /// The whole branch in a folder, which goes away with the desk.
    ///
    /// # Errors
    /// git cannot reach it.
    pub(crate) fn check_out(&self) -> Result<(PathBuf, Desk), Failure> {
        let desk = self.desk()?;
        let folder = desk.dir.join("files");
        std::fs::create_dir(&folder)
            .map_err(|cause| Failure::Write { path: folder.clone(), cause })?;
        if let Some(commit) = &desk.old {
            let tree = [OsStr::new("--work-tree"), folder.as_os_str(), OsStr::new("checkout")];
            let what = ["-q", "-f", commit, "--", "."].map(OsStr::new);
            git(&desk.dir, &[&tree[..], &what[..]].concat())?;
        }
        Ok((folder, desk))
    }

    /// How a file is shown to people.
    pub(crate) fn shown(&self, name: &str) -> String {
        format!("{}#{}/{name}", self.repository, self.branch)
    }

    /// Replaces the branch by the site, unless somebody else has moved it meanwhile.
    ///
    /// # Errors
    /// A file is not as it was built, or git refuses.
    pub(super) fn publish(&self, errand: &Errand<'_>) -> Result<Sent, Failure> {
        let (desk, site) = (self.desk()?, errand.site);
        let old = self.stands_on(&desk)?;
        errand.expect(old.as_ref())?;
        desk.commit(site, errand.now)?;
        let of = |what: &str| git(&desk.dir, &["rev-parse", what]);
        let tree = of(&format!("{NEW}^{{tree}}"))?;
        if let Some(commit) = &desk.old
            && of(&format!("{commit}^{{tree}}"))? == tree
        {
            return Ok(Sent::default());
        }
        let name = format!("refs/heads/{}", self.branch);
        let lease =
            format!("--force-with-lease={name}:{}", desk.old.as_deref().unwrap_or_default());
        let to = format!("{NEW}:{name}");
        git(&desk.dir, &["push", "-q", &lease, "--", &self.repository, &to])?;
        let changes = site.manifest.changes_since(old.as_ref().map(|old| &old.manifest));
        let removed = changes.iter().filter(|(_, change)| *change == Change::Removed).count();
        let bytes = |(path, _): &(&str, Change)| site.manifest.bytes_of(path);
        Ok(Sent {
            written: (changes.len() - removed + 1) as u64,
            bytes: changes.iter().filter_map(bytes).sum::<u64>() + site.text.len() as u64,
            removed: removed as u64,
        })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What stays is removed by the next run.
        let _ = clear(&self.dir);
    }
}

impl Desk {
    /// Makes a commit without a parent of the site's files, from the very bytes that were held against the manifest:
    /// no filter of anybody's settings touches them.
    fn commit(&self, site: &Built, now: u64) -> Result<(), Failure> {
        let mut run = command(&self.dir)
            .args(["fast-import", "--quiet", "--done"])
            .current_dir(&self.dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| fail(&e.to_string()))?;
        let fed = run.stdin.take().map(|pipe| feed(pipe, site, now));
        let output = run.wait_with_output().map_err(|e| fail(&e.to_string()))?;
        fed.unwrap_or(Ok(()))?;
        if output.status.success() { Ok(()) } else { Err(said(&output.stderr)) }
    }

    fn file(&self, name: &str) -> Option<Vec<u8>> {
        let commit = self.old.as_ref()?;
        let shown = command(&self.dir).args(["show", &format!("{commit}:{name}")]).output().ok()?;
        shown.status.success().then_some(shown.stdout)
    }
}

/// The commit as git's stream of an import. Where git takes no more, it says itself why.
///
/// # Errors
/// A file is not as it was built.
fn feed(pipe: impl Write, site: &Built, now: u64) -> Result<(), Failure> {
    let mut out = BufWriter::new(pipe);
    let message = format!("公示 {}", site.manifest.as_of);
    let head = format!(
        "commit {NEW}\ncommitter gongshi <gongshi@localhost> {now} +0800\ndata {}\n{message}\n",
        message.len()
    );
    let mut is_taken = out.write_all(head.as_bytes()).is_ok();
    let own = site.manifest.files.iter().map(|file| file.path.as_str());
    for path in own.chain([manifest::NAME]) {
        let bytes = site.file(path)?;
        let quoted = path.replace('\\', "\\\\").replace('"', "\\\"");
        let entry = format!("M 100644 inline \"{quoted}\"\ndata {}\n", bytes.len());
        is_taken = is_taken
            && out.write_all(entry.as_bytes()).is_ok()
            && out.write_all(&bytes).is_ok()
            && out.write_all(b"\n").is_ok();
    }
    if is_taken {
        let _ = write!(out, "M 100644 inline {AS_IT_IS}\ndata 0\n\ndone\n");
        let _ = out.flush();
    }
    Ok(())
}

fn fail(why: &str) -> Failure {
    Failure::State { zh: format!("git 未完成：{why}"), en: format!("git did not do it: {why}") }
}

/// What git said last, as a failure.
fn said(stderr: &[u8]) -> Failure {
    let said = String::from_utf8_lossy(stderr);
    let line = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("-");
    fail(&without_credentials(line))
}

/// git in this folder, which asks nobody for anything. Who may reach the repository is for the user's own settings.
fn command(at: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .arg("--git-dir")
        .arg(at)
        .args([
            "-c",
            "user.name=gongshi",
            "-c",
            "user.email=gongshi@localhost",
            "-c",
            "core.autocrlf=false",
        ])
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "commit.gpgSign=false",
            "-c",
            "core.bare=false",
            "-c",
            "core.attributesFile=/dev/null",
        ]);
    command
}

fn git(at: &Path, args: &[impl AsRef<OsStr>]) -> Result<String, Failure> {
    let output = command(at)
        .args(args)
        .current_dir(at)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| fail(&e.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(said(&output.stderr))
}

/// A line of git's own without the name and password that an address in it may carry.
fn without_credentials(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let Some((scheme, rest)) = word.split_once("://") else { return word.to_owned() };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.rfind('@').map_or(authority, |at| &authority[at + 1..]);
        format!("{scheme}://{host}{path}")
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for secret in ["me:secret@", "secret@", "me:se@cret@"] {
            let said = format!("fatal: unable to access 'https://{secret}host.invalid/a.git/': no");
            let told = without_credentials(&said);
            assert!(!told.contains("cret") && told.contains("host.invalid/a.git"), "{told}");
        }
    }
}
