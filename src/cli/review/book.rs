//! The files of the review: `data/review.yml`, its key, and the dictionary. Each is replaced whole or not at all.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::clearance::{Entry, ReviewKey, Reviews};
use crate::cli::root::Root;
use crate::diag::Failure;
use crate::law::{Shelf, written_rules};
use crate::publish::replace;
use crate::vocab::Dictionary;

/// Decisions.
const REVIEW: &str = "data/review.yml";
/// The key of their digests.
const KEY: &str = "data/review.key";
/// The bureau's own words.
const DICTIONARY: &str = Dictionary::FILE;

const REVIEW_HEAD: &str = "# 脱敏复核的决定，由 gongshi review 写入。只记位置、检查、决定和复核人职务，没有原文；\n\
     # digest 是整条记录的带密钥摘要（密钥在 data/review.key，不进版本库），记录一变即不再适用。\n";
const DICTIONARY_HEAD: &str = "# 本单位自定的词：keep 一律保留，是公开内容；redact 一律删除，secret_columns 是整列商业秘密的表头；可能含商业秘密，本文件只放在内部版本库。\n\
     # 都不得写入个人信息。\n";

/// Reads decisions and key.
///
/// # Errors
/// A file that is broken or cannot be read.
pub(in crate::cli) fn read(dir: &Path, shelf: &Shelf) -> Result<Reviews, Failure> {
    let entries: Vec<Entry> = shelf.guarded_config(REVIEW)?.unwrap_or_default();
    Ok(Reviews::new(entries, key(dir)?))
}

fn key(dir: &Path) -> Result<Option<ReviewKey>, Failure> {
    let path = dir.join(KEY);
    match std::fs::read_to_string(&path) {
        Ok(text) => ReviewKey::parse(&text).map(Some).ok_or_else(|| Failure::Rule {
            file: KEY.into(),
            message: "not a key of 64 hexadecimal characters".into(),
        }),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::Read { path, cause }),
    }
}

/// Makes the key where there is none yet: only the owner may read it.
///
/// # Errors
/// No randomness, or a folder that cannot be written to.
pub(super) fn with_key(root: &mut Root) -> Result<(), Failure> {
    if root.reviews.has_key() {
        return Ok(());
    }
    let path = root.dir.join(KEY);
    let fail = |cause| Failure::Write { path: path.clone(), cause };
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|cause| fail(std::io::Error::other(cause)))?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    std::fs::create_dir_all(root.dir.join("data")).map_err(fail)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut file = options.open(&path).map_err(fail)?;
    file.write_all(format!("{text}\n").as_bytes()).map_err(fail)?;
    file.sync_all().map_err(fail)?;
    root.reviews = Reviews::new(root.reviews.entries(), Some(ReviewKey::new(bytes)));
    Ok(())
}

/// Writes all decisions, sorted.
///
/// # Errors
/// The file cannot be written; then the old one stands.
pub(super) fn write(dir: &Path, mut entries: Vec<Entry>) -> Result<(), Failure> {
    entries.sort();
    entries.dedup();
    let text = format!("{REVIEW_HEAD}{}", written_rules(REVIEW, &entries)?);
    replace(&dir.join(REVIEW), text.as_bytes())
}

/// Writes the dictionary below the comment it began with.
///
/// # Errors
/// A word that is too short, or a file that cannot be written.
pub(super) fn write_dictionary(dir: &Path, dictionary: &Dictionary) -> Result<(), Failure> {
    if dictionary.fault().is_some() {
        return Err(Failure::Usage {
            zh: "这处原文太短，或已在另一个词表里，不能写入 data/dictionary.yml".into(),
            en:
                "the stretch is too short, or in the other list: data/dictionary.yml cannot take it"
                    .into(),
        });
    }
    let path = dir.join(DICTIONARY);
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let head: String =
        old.lines().take_while(|l| l.starts_with('#')).map(|l| format!("{l}\n")).collect();
    let head = if head.is_empty() { DICTIONARY_HEAD.to_owned() } else { head };
    replace(&path, format!("{head}{}", written_rules(DICTIONARY, dictionary)?).as_bytes())
}

/// A code as it may stand in the file.
///
/// # Errors
/// It is no code.
pub(super) fn reason(text: &str) -> Result<String, Failure> {
    let is_code =
        (2..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if is_code {
        return Ok(text.to_owned());
    }
    Err(Failure::Usage {
        zh: "理由代码只用小写字母与连字符，如 public-serial".into(),
        en: "a reason is a code of small letters and hyphens, as in public-serial".into(),
    })
}
