//! Where a file with personal information may lie: in no site, beside no file of one, in no version control, not among
//! the drops, and in a folder for its owner alone.

use std::path::{Component, Path, PathBuf};

use crate::clearance::refuse_open;
use crate::diag::Failure;

use super::super::report::folder;
use super::super::root::Root;
use super::super::tracked;

/// Folders of a site root that are public, go from hand to hand, or are under version control.
const OWN: [&str; 9] =
    ["public", "exports", "outbox", "report", "content", "data", "themes", "ledger", "drops"];

/// The folder with its links followed, where it is fit.
///
/// # Errors
/// It is not fit.
pub(super) fn fit(
    root: &Root,
    asked: &Path,
    (site, drops): (Option<&Path>, &Path),
) -> Result<PathBuf, Failure> {
    folder::refuse_inside_site(root, asked)?;
    let real = folder::real(asked);
    let own = OWN.iter().map(|name| root.dir.join(name));
    let closed: Vec<PathBuf> =
        own.chain(site.map(Path::to_path_buf)).chain([drops.to_path_buf()]).collect();
    let inside = closed.iter().find(|closed| real.starts_with(folder::real(closed)));
    // Of a path that goes up from what is not there nobody can say where it leads.
    let is_open = !real.is_absolute() || real.components().any(|part| part == Component::ParentDir);
    if inside.is_some() || is_open {
        return Err(unfit(
            &real,
            "在站点的公开、导出、配置、台账或者批次目录之内，或者无法确定在哪里",
            "lies in a folder of the site root that is public, exported, configured or raw, or cannot be told",
        ));
    }
    refuse_open(&real)?;
    Ok(real)
}

/// Refuses a folder whose files git would take.
///
/// # Errors
/// It lies in a working tree and is not ignored there, or git cannot be asked.
pub(super) fn refuse_tracked(folder: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    if files.iter().all(|file| tracked::is_safe(&folder.join(file))) {
        return Ok(());
    }
    Err(unfit(
        folder,
        "在 git 工作目录之内，又没有被忽略（.gitignore）",
        "lies in a git working tree and is not ignored there",
    ))
}

fn unfit(folder: &Path, zh: &str, en: &str) -> Failure {
    let shown = folder.display();
    Failure::Usage {
        zh: format!("{shown} {zh}；受限表含个人信息，未写出。请用 --out 另指一个目录"),
        en: format!(
            "{shown} {en}; the restricted sheet holds personal information: nothing written. Name another folder with --out"
        ),
    }
}
