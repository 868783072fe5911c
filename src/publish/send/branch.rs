//! A branch of a git repository as a target: what hosts of pages serve. Each publication is one commit without
//! a parent that replaces the branch, so that no history shows what was taken down. The program git does it, with
//! whatever keys and credentials it has of its own.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::diag::Failure;

use super::super::manifest::{self, Change};
use super::super::staging::clear;
use super::{Built, Sent, Stands};

/// Says to a host of pages that nothing in the branch is to be built.
const AS_IT_IS: &str = ".nojekyll";

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
        git(&desk.dir, &["init", "-q", "--bare", "."], None)?;
        let name = format!("refs/heads/{}", self.branch);
        let told = git(&desk.dir, &["ls-remote", "--", &self.repository, &name], None)?;
        desk.old = told.split_whitespace().next().map(str::to_owned);
        if desk.old.is_some() {
            git(&desk.dir, &["fetch", "-q", "--depth", "1", "--", &self.repository, &name], None)?;
        }
        Ok(desk)
    }

    /// The site that stands there.
    ///
    /// # Errors
    /// git cannot reach it, or the branch is of something else.
    pub(crate) fn stands(&self) -> Result<Option<Stands>, Failure> {
        let desk = self.desk()?;
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

    /// A file of the branch.
    ///
    /// # Errors
    /// git cannot reach it.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.desk()?.file(name))
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
            git(&desk.dir, &[&tree[..], &what[..]].concat(), None)?;
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
    pub(crate) fn publish(&self, site: &Built, work: &Path) -> Result<Sent, Failure> {
        let old = self.stands()?;
        let desk = self.desk()?;
        let (at, mut names) = (desk.dir.as_path(), Vec::new());
        for file in &site.manifest.files {
            site.file(&file.path)?;
            names.extend(file.path.as_bytes());
            names.push(0);
        }
        names.extend(manifest::NAME.as_bytes());
        names.push(0);
        let tree = [OsStr::new("--work-tree"), work.as_os_str()];
        let add = ["update-index", "--add", "-z", "--stdin"].map(OsStr::new);
        git(at, &[&tree[..], &add[..]].concat(), Some(&names))?;
        let empty = git(at, &["hash-object", "-w", "--stdin"], Some(b""))?;
        let entry = format!("100644,{},{AS_IT_IS}", empty.trim());
        git(at, &["update-index", "--add", "--cacheinfo", &entry], None)?;
        let tree = git(at, &["write-tree"], None)?;
        let message = format!("公示 {}", site.manifest.as_of);
        let commit = git(at, &["commit-tree", tree.trim(), "-m", &message], None)?;
        let name = format!("refs/heads/{}", self.branch);
        let lease =
            format!("--force-with-lease={name}:{}", desk.old.as_deref().unwrap_or_default());
        let to = format!("{}:{name}", commit.trim());
        git(at, &["push", "-q", &lease, "--", &self.repository, &to], None)?;
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
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        let commit = self.old.as_ref()?;
        let shown = command(&self.dir).args(["show", &format!("{commit}:{name}")]).output().ok()?;
        shown.status.success().then_some(shown.stdout)
    }
}

/// git in this folder, which asks nobody for anything and follows nobody's settings.
fn command(at: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_CONFIG_COUNT", "0")
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
        ]);
    command
}

fn git(at: &Path, args: &[impl AsRef<OsStr>], input: Option<&[u8]>) -> Result<String, Failure> {
    let fail = |why: &str| Failure::State {
        zh: format!("git 未完成：{why}"),
        en: format!("git did not do it: {why}"),
    };
    let mut run = command(at)
        .args(args)
        .current_dir(at)
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| fail(&e.to_string()))?;
    if let (Some(input), Some(mut pipe)) = (input, run.stdin.take()) {
        pipe.write_all(input).map_err(|e| fail(&e.to_string()))?;
    }
    let output = run.wait_with_output().map_err(|e| fail(&e.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("-");
    Err(fail(&without_credentials(line)))
}

/// A line of git's own without the name and password that an address in it may carry.
fn without_credentials(line: &str) -> String {
    let words = line.split(' ').map(|word| match (word.find("://"), word.find('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            format!("{}{}", &word[..scheme + 3], &word[at + 1..])
        }
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let said = "fatal: unable to access 'https://me:secret@host.invalid/a.git/': no route";
        assert!(!without_credentials(said).contains("secret"));
        assert!(without_credentials(said).contains("host.invalid"));
    }
}
