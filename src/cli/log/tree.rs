//! A built site, or a copy of one: its public log read and held against its checkpoint, its key and the
//! ledger at hand.

use std::path::Path;

use crate::diag::{Exit, Failure};
use crate::law::Shelf;
use crate::ledger::{Checkpoint, Fault, PublicKey, PublicLog, read_or_empty, verify as verify_log};
use crate::publish::Place;
use crate::site::{CHECKPOINT, LOG_KEY, log_part};
use crate::vocab::Bureau;

use super::super::args::Common;
use super::super::terminal::Terminal;
use super::{broken, keys, say};

/// The public log of a site.
pub(super) struct Tree {
    /// Its lines, each of which holds.
    pub(super) log: PublicLog,
    /// Its checkpoint.
    pub(super) checkpoint: Checkpoint,
    /// The text of that.
    pub(super) text: String,
    /// The key it comes with.
    pub(super) key: Option<PublicKey>,
}

/// The site named, else the built one of the root.
///
/// # Errors
/// An address that cannot be one.
pub(super) fn place(common: &Common, site: Option<&str>) -> Result<Place, Failure> {
    site.map_or_else(|| Ok(Place::Folder(common.root.join("public"))), Place::named)
}

impl Tree {
    /// Reads the public log at `place` and checks chain, size and root.
    ///
    /// # Errors
    /// There is no log, or it does not hold; a broken line is named.
    pub(super) fn read(place: &Place) -> Result<Self, Failure> {
        let text = place.read(CHECKPOINT)?.ok_or_else(|| missing(place))?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let checkpoint = Checkpoint::parse(&text).ok_or_else(|| {
            broken(format!("{CHECKPOINT} 不是检查点"), format!("{CHECKPOINT} is no checkpoint"))
        })?;
        let log = lines(place, checkpoint.size)?;
        if log.size() != checkpoint.size {
            let (has, says) = (log.size(), checkpoint.size);
            return Err(broken(
                format!(
                    "公示日志有 {has} 行，检查点记载 {says} 行：第 {} 行起缺失或多出",
                    has.min(says) + 1
                ),
                format!(
                    "the public log has {has} lines, its checkpoint says {says}: missing or added from line {}",
                    has.min(says) + 1
                ),
            ));
        }
        if log.root() != checkpoint.root {
            return Err(broken(
                "公示日志的根摘要与检查点不符：日志或检查点被换过",
                "the root of the public log is not the checkpoint's: one of them was replaced",
            ));
        }
        let key = place.read(LOG_KEY)?.map(|text| own_key(place, &text)).transpose()?;
        Ok(Self { log, checkpoint, text, key })
    }
}

fn missing(place: &Place) -> Failure {
    let shown = place.shown(CHECKPOINT);
    broken(format!("没有公示日志：找不到 {shown}"), format!("no public log: there is no {shown}"))
}

fn own_key(place: &Place, text: &[u8]) -> Result<PublicKey, Failure> {
    PublicKey::parse(&String::from_utf8_lossy(text))
        .ok_or_else(|| keys::no_key(&place.shown(LOG_KEY), "log-key.txt"))
}

/// All parts of the log, read as one; no part more once there are more lines than the checkpoint says.
fn lines(place: &Place, size: u64) -> Result<PublicLog, Failure> {
    let (mut text, mut parts, mut count) = (Vec::new(), Vec::new(), 0);
    for part in 1.. {
        let Some(bytes) = place.read(&log_part(part))? else { break };
        parts.push((log_part(part), count));
        count += bytes.iter().filter(|b| **b == b'\n').count() as u64;
        text.extend(bytes);
        if count > size {
            break;
        }
    }
    PublicLog::read(&text).map_err(|at| {
        let (mut line, mut file) = (at.line, log_part(1));
        for (name, before) in parts {
            // The part that begins last before the line: its own last line may be cut off.
            if before < at.line {
                (line, file) = (at.line - before, name);
            }
        }
        let (zh, en) = match at.fault {
            Fault::Unreadable => ("无法识别或被截断", "unreadable or cut off"),
            Fault::Digest => ("内容与摘要不符", "content does not fit its digest"),
            Fault::Chain => ("与上一行不相接", "does not continue the line before"),
        };
        broken(format!("{file} 第 {line} 行{zh}"), format!("{file} line {line}: {en}"))
    })
}

/// How a signature stands, in both languages. With a key that is given, it must hold.
///
/// # Errors
/// A signature that is missing or wrong where there is a key.
pub(super) fn signature(
    text: &str,
    given: Option<&PublicKey>,
    own: Option<&PublicKey>,
) -> Result<(&'static str, &'static str), Failure> {
    let Some(key) = given.or(own) else {
        return Ok(if Checkpoint::has_signature(text) {
            ("签名：未核验（没有公钥）", "signature: not checked (no key)")
        } else {
            ("签名：没有（检查点未签名）", "signature: none (the checkpoint is unsigned)")
        });
    };
    if !Checkpoint::is_signed_by(text, key) {
        return Err(broken(
            "检查点没有这个公钥的有效签名",
            "the checkpoint has no valid signature of this key",
        ));
    }
    Ok(match given {
        Some(_) => ("签名：有效（所给公钥）", "signature: valid (key given)"),
        None => (
            "签名：有效（网站自带的公钥；另行取得公钥后用 --pubkey 才能证明出自谁）",
            "signature: valid (the site's own key; only --pubkey with a key from elsewhere shows whose it is)",
        ),
    })
}

/// Holds the public log of a site: chain, size, root, its own key, and the ledger's where that is at hand.
///
/// # Errors
/// What does not hold.
pub(in super::super) fn hold(dir: &Path, own: Option<&PublicLog>) -> Result<(), Failure> {
    let tree = Tree::read(&Place::Folder(dir.to_path_buf()))?;
    if let Some(key) = &tree.key {
        signature(&tree.text, None, Some(key))?;
    }
    own.map_or(Ok(()), |own| compare(own, &tree.log).map(|_| ()))
}

/// Verifies the public log of a site.
///
/// # Errors
/// Anything of it does not hold.
pub(super) fn verify(
    common: &Common,
    place: &Place,
    pubkey: Option<&Path>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let given = pubkey.map(keys::read_public).transpose()?;
    let tree = Tree::read(place)?;
    let signed = signature(&tree.text, given.as_ref(), tree.key.as_ref())?;
    let ledger = with_ledger(common, &tree)?;
    let Checkpoint { size, root, on, origin } = &tree.checkpoint;
    say(
        terminal,
        &format!(
            "公示日志完好：{origin}，{size} 行，截至 {on}，根摘要 {root}\n{}\n{}\n",
            signed.0, ledger.0
        ),
        &format!(
            "the public log holds: {origin}, {size} lines, as of {on}, root {root}\n{}\n{}\n",
            signed.1, ledger.1
        ),
    )?;
    Ok(Exit::Done)
}

/// Holds the public log against the ledger of the same bureau, where its root is at hand.
///
/// # Errors
/// They differ, or the ledger itself does not hold.
fn with_ledger(common: &Common, tree: &Tree) -> Result<(String, String), Failure> {
    let not_checked = (
        "台账：未比对（站点根目录不在手边，或是别的网站）".to_owned(),
        "ledger: not compared (its site root is not at hand, or is another's)".to_owned(),
    );
    let dir = common.root.join("ledger");
    if !common.root.join("site.yml").exists() || !dir.exists() {
        return Ok(not_checked);
    }
    let bureau: Option<Bureau> = Shelf::at(&common.root).config("site.yml")?;
    if bureau.is_none_or(|b| b.log_origin() != tree.checkpoint.origin) {
        return Ok(not_checked);
    }
    let events = read_or_empty(&crate::ledger::log_path(&dir))?;
    verify_log(&events).map_err(|at| {
        broken(
            format!("台账日志第 {} 行已损坏，无法比对", at.line),
            format!("the ledger's log is damaged in line {}: it cannot be compared", at.line),
        )
    })?;
    let own = PublicLog::of(&events)
        .ok_or_else(|| Failure::Internal("a public line does not serialize".into()))?;
    compare(&own, &tree.log)
}

fn compare(own: &PublicLog, shown: &PublicLog) -> Result<(String, String), Failure> {
    let differs = own.leaves.iter().zip(&shown.leaves).position(|(a, b)| a != b);
    let common = own.size().min(shown.size());
    if let Some(line) =
        differs.map(|at| at + 1).or((shown.size() > own.size())
            .then_some(usize::try_from(common).unwrap_or(usize::MAX) + 1))
    {
        return Err(broken(
            format!("公示日志自第 {line} 行起与台账不符"),
            format!("the public log differs from the ledger from line {line}"),
        ));
    }
    Ok(match own.size() - shown.size() {
        0 => ("台账：一致".into(), "ledger: the same".into()),
        newer => (
            format!("台账：一致，但台账另有 {newer} 行尚未进入这份网站"),
            format!("ledger: the same, with {newer} more lines that this site does not have yet"),
        ),
    })
}
