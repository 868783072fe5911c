//! Opens a target of `site.yml`. The only place that reads the credentials it names, from the environment or
//! from files; they go on to the target and nowhere else.

use std::path::Path;

use crate::diag::Failure;
use crate::publish::{self, Branch, Generations, Outlet};
use crate::vocab::{Destination, Secret, Target};

use super::super::root::Root;
use super::super::secret::credential;

/// The target of this name; the only one where none is named.
///
/// # Errors
/// `site.yml` has no such target, or several and none is named.
pub(super) fn chosen<'r>(root: &'r Root, name: Option<&str>) -> Result<&'r Target, Failure> {
    let targets = &root.bureau.targets;
    let names = || targets.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join("、");
    match (name, targets.as_slice()) {
        (_, []) => Err(Failure::Usage {
            zh: "site.yml 里没有 targets，不知道发布到哪里；例如：targets: [{name: portal, kind: folder, path: /srv/www/gongshi}]".into(),
            en: "site.yml names no targets; for example: targets: [{name: portal, kind: folder, path: /srv/www/gongshi}]".into(),
        }),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::Usage {
            zh: format!("有几个目标，请用 --to 选一个：{}", names()),
            en: format!("there are several targets, choose one with --to: {}", names()),
        }),
        (Some(name), _) => targets.iter().find(|t| t.name == name).ok_or_else(|| Failure::Usage {
            zh: format!("site.yml 里没有名为 {name} 的目标；有：{}", names()),
            en: format!("site.yml has no target {name}; it has {}", names()),
        }),
    }
}

/// Opens a target.
///
/// # Errors
/// A credential is not where it should be, or the target cannot be one.
pub(super) fn open(root: &Root, target: &Target) -> Result<Outlet, Failure> {
    let at = |path: &Path| root.dir.join(path);
    match &target.place {
        Destination::Folder(folder) => {
            let older = usize::from(folder.keep).saturating_sub(1);
            Generations::at(&at(&folder.path), older).map(Outlet::Folder)
        }
        Destination::Zip(zip) => Ok(Outlet::Package(at(&zip.path))),
        Destination::Git(git) => Ok(Outlet::Branch(Branch {
            repository: repository(root, &git.repository),
            branch: git.branch.clone(),
            desk: root.ledger().join("targets").join(format!(".{}.git", target.name)),
        })),
        Destination::Sftp(_)
        | Destination::Ftp(_)
        | Destination::Webdav(_)
        | Destination::Objects(_) => {
            let tell = |secret: &Secret| credential(root, secret);
            let store = publish::open_remote(&target.place, &root.dir, &tell)?;
            let store =
                store.ok_or_else(|| Failure::Internal("a target without a store".into()))?;
            Ok(Outlet::Mirror(store))
        }
    }
}

/// A repository as git is told of it, which runs elsewhere: a path is taken from the site root.
fn repository(root: &Root, text: &str) -> String {
    let is_path =
        !text.contains("://") && !text.split('/').next().is_some_and(|host| host.contains(':'));
    let path = root.dir.join(text);
    match std::fs::canonicalize(&path) {
        Ok(real) if is_path => real.to_string_lossy().into_owned(),
        _ => text.to_owned(),
    }
}
