//! The sheet for the legal office, out and back in. It holds places and digests, never a value.

use std::collections::BTreeMap;
use std::path::Path;

use crate::clearance::{Decision, Entry, Item, RecordDigest, Verdict};
use crate::diag::render::Titles as _;
use crate::diag::{Failure, Lang};
use crate::law::{Day, Law};
use crate::publish::put_new;
use crate::site::disarmed;
use crate::vocab::post_name;

use super::list::place_of;

const HEADERS: [&str; 12] = [
    "序号",
    "案件",
    "文件",
    "行",
    "列",
    "检查",
    "说明",
    "起",
    "止",
    "摘要",
    "决定（保留/删除）",
    "复核人职务",
];
/// Headers that an import needs, in this order.
const NEEDED: [usize; 8] = [1, 4, 5, 7, 8, 9, 10, 11];

/// Writes the queue as CSV in UTF-8 with a byte order mark, so that Excel reads it. No file is overwritten.
///
/// # Errors
/// The file exists or cannot be written.
pub(super) fn export(path: &Path, items: &[Item], law: &Law) -> Result<(), Failure> {
    if path.exists() {
        return Err(Failure::Usage {
            zh: format!("{} 已存在，不覆盖", path.display()),
            en: format!("{} exists and is not overwritten", path.display()),
        });
    }
    let fail = |e: csv::Error| Failure::Internal(format!("sheet: {e}"));
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADERS).map_err(fail)?;
    for (number, item) in (1_usize..).zip(items) {
        writer.write_record(row(number, item, law)).map_err(fail)?;
    }
    let bytes = writer.into_inner().map_err(|e| Failure::Internal(format!("sheet: {e}")))?;
    put_new(path, &bytes)
}

fn row(number: usize, item: &Item, law: &Law) -> [String; 12] {
    let (file, row) = place_of(&item.place);
    let decided = item.decided.as_ref();
    [
        number.to_string(),
        disarmed(&item.record).into_owned(),
        disarmed(&file).into_owned(),
        row.to_string(),
        item.column.clone(),
        item.check.to_owned(),
        law.title(item.check, Lang::Zh).unwrap_or_default().to_owned(),
        item.from.to_string(),
        item.to.to_string(),
        item.digest.map(|digest| digest.to_string()).unwrap_or_default(),
        decided.map_or("", |entry| word(entry.decision)).to_owned(),
        decided.map(|entry| entry.role.clone()).unwrap_or_default(),
    ]
}

const fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Keep => "保留",
        Decision::Redact => "删除",
    }
}

/// What is wrong with a row: in Chinese, in English. Never a cell.
type Fault = (&'static str, &'static str);

/// Reads a filled-in sheet; rows without a decision are passed over, decisions that stand already too.
///
/// # Errors
/// A file that is no such sheet, or rows that cannot be taken; all are told, with their numbers.
pub(super) fn import(path: &Path, items: &[Item], today: Day) -> Result<Vec<Entry>, Failure> {
    let text =
        std::fs::read(path).map_err(|cause| Failure::Read { path: path.to_path_buf(), cause })?;
    let text = String::from_utf8(text).map_err(|_| Failure::Usage {
        zh: "表格不是 UTF-8 编码，请另存为“CSV UTF-8（逗号分隔）”".into(),
        en: "the sheet is not UTF-8; save it as CSV UTF-8".into(),
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut records = reader.records();
    let header = records.next().and_then(Result::ok).ok_or_else(no_sheet)?;
    let columns = columns(&header)?;
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<usize, Decision> = BTreeMap::new();
    for (number, record) in (2_usize..).zip(records) {
        let read = record
            .map_err(|_| ("这一行无法读取", "the row cannot be read"))
            .and_then(|record| decision(&record, &columns, items, today));
        match read {
            Err(fault) => faults.push((number, fault)),
            Ok(None) => {}
            Ok(Some((at, entry))) => match seen.insert(at, entry.decision) {
                Some(other) if other != entry.decision => {
                    faults.push((number, ("与前面一行矛盾", "it contradicts an earlier row")));
                }
                Some(_) => {}
                None => entries.extend(is_new(&items[at], &entry).then_some(entry)),
            },
        }
    }
    if faults.is_empty() { Ok(entries) } else { Err(refused(&faults)) }
}

/// Where each needed column stands.
fn columns(header: &csv::StringRecord) -> Result<[usize; NEEDED.len()], Failure> {
    let mut places = [0; NEEDED.len()];
    for (place, needed) in places.iter_mut().zip(NEEDED) {
        let found = header.iter().position(|cell| cell.trim() == HEADERS[needed]);
        *place = found.ok_or_else(no_sheet)?;
    }
    Ok(places)
}

/// The decision of a row, and which doubt it is about; `None` where the row is left open.
fn decision(
    record: &csv::StringRecord,
    columns: &[usize; NEEDED.len()],
    items: &[Item],
    today: Day,
) -> Result<Option<(usize, Entry)>, Fault> {
    let [name, column, check, from, to, digest, decision, role] =
        columns.map(|at| record.get(at).unwrap_or_default().trim());
    let decision = match decision {
        "" if record.iter().all(|cell| cell.trim().is_empty()) => return Ok(None),
        "" => None,
        "保留" => Some(Decision::Keep),
        "删除" => Some(Decision::Redact),
        _ => return Err(("「决定」只能写 保留 或 删除", "a decision is 保留 or 删除")),
    };
    let gone = (
        "队列中没有这一处：记录已变更，或这一行被改动",
        "the queue has no such place: the record or the row was changed",
    );
    let digest = RecordDigest::parse(digest).ok_or(gone)?;
    let name = name.strip_prefix('\'').unwrap_or(name);
    let is_it = |item: &Item| {
        item.digest == Some(digest)
            && (item.record.as_str(), item.column.as_str(), item.check) == (name, column, check)
            && (item.from.to_string(), item.to.to_string()) == (from.to_owned(), to.to_owned())
    };
    let at = items.iter().position(is_it).ok_or(gone)?;
    let Some(decision) = decision else { return Ok(None) };
    if decision == Decision::Keep && !items[at].may_stay {
        return Err((
            "这一处可读出证件、电话或银行卡号的形式，不能保留",
            "an identity, telephone or card number can be read there: it cannot be kept",
        ));
    }
    let role = post_name(role).ok_or((
        "「复核人职务」写 2 至 20 个字，不含数字，不写姓名",
        "a post has 2 to 20 letters, no digits, and is no name",
    ))?;
    let verdict = Verdict { decision, role, on: today, reason: None };
    Ok(items[at].entry(verdict).map(|entry| (at, entry)))
}

/// Whether the row says something that is not noted already.
fn is_new(item: &Item, entry: &Entry) -> bool {
    !item.decided.as_ref().is_some_and(|old| {
        (old.decision, old.role.as_str()) == (entry.decision, entry.role.as_str())
    })
}

fn no_sheet() -> Failure {
    let headers = NEEDED.map(|at| HEADERS[at]).join("、");
    Failure::Usage {
        zh: format!("不是 gongshi review --export 导出的表格；须有这些列：{headers}"),
        en: format!("not a sheet of gongshi review --export; it needs the columns {headers}"),
    }
}

fn refused(faults: &[(usize, Fault)]) -> Failure {
    let zh = faults.iter().map(|(row, (zh, _))| format!("\n  第 {row} 行：{zh}"));
    let en = faults.iter().map(|(row, (_, en))| format!("\n  row {row}: {en}"));
    Failure::Usage {
        zh: format!("表格有 {} 行不对，一行也没有记录{}", faults.len(), zh.collect::<String>()),
        en: format!(
            "{} row(s) are wrong; nothing was noted{}",
            faults.len(),
            en.collect::<String>()
        ),
    }
}
