//! The form of a ledger's files, by number. An older form is kept as it was before a build writes the present one; a newer
//! one is left to a newer program: what this one does not know it would drop.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::Failure;

use super::store::read_json;

/// Name of the file.
pub(crate) const VERSION: &str = "version.json";
/// What the name of a folder with files of an older form begins with.
pub(crate) const BACKUP: &str = "backup-";

/// The form that this program writes. 0 is what was written before forms had numbers.
const PRESENT: u32 = 1;

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Stated {
    version: u32,
}

/// Refuses a ledger of a form that this program does not know.
///
/// # Errors
/// It is newer, or its number cannot be read.
pub(super) fn refuse_newer(dir: &Path) -> Result<(), Failure> {
    let found = read_json::<Stated>(dir, VERSION)?.version;
    if found <= PRESENT {
        return Ok(());
    }
    Err(Failure::State {
        zh: format!(
            "台账 {} 是第 {found} 版格式，本程序只认到第 {PRESENT} 版；请换用写出它的那一版或者更新的 gongshi",
            dir.display()
        ),
        en: format!(
            "the ledger {} has form {found}, this program knows up to {PRESENT}: use the gongshi that wrote it, or a newer one",
            dir.display()
        ),
    })
}

/// The file that states the present form.
///
/// # Errors
/// Never: a number serializes.
pub(crate) fn version_bytes() -> Result<Vec<u8>, Failure> {
    super::store::json_bytes(&Stated { version: PRESENT })
}

/// The form of a ledger that is older than what this program writes.
///
/// # Errors
/// Its number cannot be read.
pub(crate) fn older_form(dir: &Path) -> Result<Option<u32>, Failure> {
    let found = read_json::<Stated>(dir, VERSION)?.version;
    Ok(Some(found).filter(|found| *found < PRESENT))
}
