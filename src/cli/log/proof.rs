//! Proofs: that a case's events are in the public log, that an older log is the beginning of a newer one.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::{Exit, Failure};
use crate::ledger::{Checkpoint, Digest, PublicLog, entry, merkle};
use crate::publish::Place;
use crate::vocab::CaseId;

use super::super::terminal::Terminal;
use super::tree::{Tree, signature};
use super::{broken, keys, say};

/// The proof that one line is in a log.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Inclusion {
    /// The line.
    line: String,
    /// Its place, from 0.
    index: u64,
    /// The audit path, from the leaf upwards.
    path: Vec<Digest>,
    /// The checkpoint whose root it leads to.
    checkpoint: String,
}

/// Prints the proof of each event of a case.
///
/// # Errors
/// The log does not hold, or has no such case.
pub(super) fn inclusion(id: &str, place: &Place, terminal: &Terminal) -> Result<Exit, Failure> {
    let wanted = CaseId::parse(id).ok_or_else(|| Failure::Usage {
        zh: "案件编号是网址中的 8 位字母和数字".into(),
        en: "a case's id is the 8 letters and digits of its address".into(),
    })?;
    let tree = Tree::read(place)?;
    let mut out = String::new();
    for (at, line) in tree.log.lines().enumerate() {
        if entry(line).and_then(|e| e.id) != Some(wanted) {
            continue;
        }
        let proof = Inclusion {
            line: String::from_utf8_lossy(line).into_owned(),
            index: at as u64,
            path: merkle::path(&tree.log.leaves, at),
            checkpoint: tree.text.clone(),
        };
        let json = serde_json::to_string(&proof)
            .map_err(|e| Failure::Internal(format!("a proof does not serialize: {e}")))?;
        out.push_str(&json);
        out.push('\n');
    }
    if out.is_empty() {
        return Err(broken("公示日志里没有这件案件", "the public log has no such case"));
    }
    terminal.result(&out)?;
    Ok(Exit::Done)
}

/// Verifies the proofs in a file, one in each line.
///
/// # Errors
/// One that does not hold; its line is named.
pub(super) fn verify(
    file: &Path,
    pubkey: Option<&Path>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let given = pubkey.map(keys::read_public).transpose()?;
    let text = keys::text(file)?;
    let mut proved = 0_usize;
    for (at, line) in (1..).zip(text.lines()) {
        let fails = |(zh, en): (&str, &str)| {
            broken(format!("证明文件第 {at} 行：{zh}"), format!("line {at} of the proofs: {en}"))
        };
        let proof: Inclusion =
            serde_json::from_str(line).map_err(|_| fails(("不是证明", "not a proof")))?;
        let checkpoint = Checkpoint::parse(&proof.checkpoint)
            .ok_or_else(|| fails(("其中的检查点无法识别", "its checkpoint is none")))?;
        let event = entry(proof.line.as_bytes())
            .ok_or_else(|| fails(("其中的日志行无法识别", "its line is none of a log")))?;
        let leaf = (merkle::leaf(proof.line.as_bytes()), proof.index, checkpoint.size);
        if event.seq != proof.index + 1 || !merkle::includes(leaf, &proof.path, checkpoint.root) {
            return Err(fails(("不能推出检查点的根摘要", "it does not lead to the root")));
        }
        let signed = signature(&proof.checkpoint, given.as_ref(), None)?;
        let id = event.id.map_or_else(|| "—".into(), |id| id.to_string());
        let Checkpoint { origin, size, on, .. } = checkpoint;
        say(
            terminal,
            &format!(
                "{id} 的事件是 {origin} 截至 {on} 的 {size} 行日志中的第 {} 行。{}\n",
                event.seq, signed.0
            ),
            &format!(
                "the event of {id} is line {} of the {size} of {origin} as of {on}. {}\n",
                event.seq, signed.1
            ),
        )?;
        proved += 1;
    }
    if proved == 0 {
        return Err(broken("证明文件是空的", "the file of proofs is empty"));
    }
    Ok(Exit::Done)
}

/// Proves that the log of the old checkpoint is the beginning of the new one's, from the lines at `place`.
///
/// # Errors
/// It is not, or the lines at hand are not those of the checkpoints.
pub(super) fn consistency(
    (old, new): (&Path, &Path),
    place: &Place,
    pubkey: Option<&Path>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let given = pubkey.map(keys::read_public).transpose()?;
    let tree = Tree::read(place)?;
    let (old, signed_old) = checkpoint(old, given.as_ref())?;
    let (new, signed_new) = checkpoint(new, given.as_ref())?;
    if old.origin != new.origin || old.size > new.size {
        return Err(broken(
            "两个检查点不是同一日志的先后两个",
            "the checkpoints are not an older and a newer one of the same log",
        ));
    }
    let leaves = upto(&tree.log, new.size)?;
    let older = upto(&tree.log, old.size)?.len();
    let proof = merkle::consistency(leaves, older);
    if merkle::root(leaves) != new.root {
        return Err(broken(
            "手头的日志不是新检查点的日志",
            "the log at hand is not that of the new checkpoint",
        ));
    }
    if !merkle::continues((old.size, old.root), (new.size, new.root), &proof) {
        return Err(broken(
            format!("新日志不是从旧检查点延续下来的：前 {} 行中有改动、删除或调换", old.size),
            format!(
                "the new log does not continue the old checkpoint: its first {} lines were changed",
                old.size
            ),
        ));
    }
    let steps: String = proof.iter().map(|step| format!("{step}\n")).collect();
    let signed = if signed_old == signed_new {
        signed_old
    } else {
        ("签名：两个检查点不一样，请分别校验", "signatures: the two differ, verify each")
    };
    say(
        terminal,
        &format!(
            "一致：{} 行的旧日志是 {} 行的新日志的开头部分。{}\n{steps}",
            old.size, new.size, signed.0
        ),
        &format!(
            "consistent: the old log of {} lines is the beginning of the new one of {}. {}\n{steps}",
            old.size, new.size, signed.1
        ),
    )?;
    Ok(Exit::Done)
}

type Signed = (&'static str, &'static str);

fn checkpoint(
    file: &Path,
    given: Option<&crate::ledger::PublicKey>,
) -> Result<(Checkpoint, Signed), Failure> {
    let text = keys::text(file)?;
    let parsed = Checkpoint::parse(&text).ok_or_else(|| {
        broken(
            format!("{} 不是检查点", file.display()),
            format!("{} is no checkpoint", file.display()),
        )
    })?;
    Ok((parsed, signature(&text, given, None)?))
}

fn upto(log: &PublicLog, size: u64) -> Result<&[Digest], Failure> {
    usize::try_from(size).ok().and_then(|n| log.leaves.get(..n)).ok_or_else(|| {
        broken(
            format!("手头的日志只有 {} 行，检查点有 {size} 行", log.size()),
            format!("the log at hand has {} lines, the checkpoint {size}", log.size()),
        )
    })
}
