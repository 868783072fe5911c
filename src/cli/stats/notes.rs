//! What must be said beside the table: what adds up, what is not known, what is not on the site.

use crate::diag::Lang;
use crate::ledger::{FormRow, Identity, Verdict};
use crate::vocab::{ExtraFigure, Money, RevokedRule};

use super::table::Table;

/// A sentence in both languages.
pub(super) type Sentence = (String, String);

/// The sentence in a language.
pub(super) fn said((zh, en): &Sentence, lang: Lang) -> &str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// How the year's cases add up.
pub(super) fn reconciliation(table: &Table<'_>) -> Sentence {
    let s = &table.states;
    let (withheld, total, excluded) = (s.withheld_total(), s.row.total, s.row.excluded);
    let (zh, en) =
        if table.reconciles() { ("", "") } else { ("【不符】", "DOES NOT ADD UP: ") };
    let (left_out_zh, left_out_en) = match excluded {
        0 => (String::new(), String::new()),
        n => (format!("＋ 依表式不计的撤销决定 {n} "), format!(" + {n} revoked, left out")),
    };
    (
        format!(
            "{zh}公示中 {} ＋ 不予公开 {withheld} ＋ 待补正 {} ＋ 已撤下 {} ＋ 公示期满 {} ＝ 当年决定 {} ＝ 表内合计 {total} {left_out_zh}（宗）",
            s.published, s.held, s.taken_down, s.expired, s.received
        ),
        format!(
            "{en}{} published + {withheld} withheld + {} held + {} taken down + {} expired = {} decided in the year = {total} in the table{left_out_en}",
            s.published, s.held, s.taken_down, s.expired, s.received
        ),
    )
}

/// An identity with its verdict.
pub(super) fn identity(identity: Identity, verdict: Verdict) -> Sentence {
    let (zh, en) = match verdict {
        Verdict::Holds => ("相符", "holds"),
        Verdict::Broken => ("不符", "BROKEN"),
        Verdict::Unknown => ("未检查", "not checked"),
    };
    let (what_zh, what_en) = match identity {
        Identity::Kinds { sum, total } => (
            format!("各类别之和 {sum} ＝ 合计 {total}"),
            format!("sum of the kinds {sum} = total {total}"),
        ),
        Identity::Procedures { missing: 0 } => {
            ("简易程序 ＋ 一般程序 ＝ 合计".into(), "summary + ordinary = total".into())
        }
        Identity::Procedures { missing } => (
            format!("简易程序 ＋ 一般程序 ＝ 合计：{missing} 宗未载明程序"),
            format!("summary + ordinary = total: {missing} without a procedure"),
        ),
        Identity::Reviews => ("法制审核数量 ≤ 合计".into(), "legal reviews ≤ total".into()),
        Identity::Amount { fines_without_amount: 0, amounts_without_fine: 0 } => (
            "有罚款才有金额，有金额才有罚款或者没收".into(),
            "an amount with each fine, a fine or confiscation with each amount".into(),
        ),
        Identity::Amount { fines_without_amount: f, amounts_without_fine: a } => (
            format!("罚没金额：{f} 宗罚款没有金额，{a} 宗有金额而没有罚款或者没收"),
            format!("amounts: {f} fines without one, {a} without a fine or confiscation"),
        ),
    };
    (format!("{zh}  {what_zh}"), format!("{en}  {what_en}"))
}

/// What a reader of the table must know.
pub(super) fn notes(table: &Table<'_>) -> Vec<Sentence> {
    let mut notes = Vec::new();
    let mut note = |zh: String, en: String| notes.push((zh, en));
    let row = table.whole();
    if table.year >= table.today.year() {
        note(
            format!("{} 年尚未结束，以上为截至 {} 的累计数", table.year, table.today),
            format!("{} is not over; these are the figures up to {}", table.year, table.today),
        );
    }
    notes.extend(unentered(table));
    let mut note = |zh: String, en: String| notes.push((zh, en));
    let reviewed = row.extra(ExtraFigure::Reviewed);
    if table.asks(ExtraFigure::Reviewed) && reviewed.is_some_and(|n| n < row.total) {
        let rest = row.total - row.reviewed;
        note(
            format!("法制审核数量只含台账记载审核通过的；另有 {rest} 宗没有记载是否审核"),
            format!("only reviews on record are counted; of {rest} decisions nothing is on record"),
        );
    }
    if row.revoked > 0 {
        let (zh, en) = match table.form.revoked {
            RevokedRule::Counted => ("依表式说明计入", "counted, as the form says"),
            RevokedRule::Silent => (
                "表式没有说明，按当年作出的决定计入",
                "counted as made in the year; the form is silent",
            ),
            RevokedRule::Excluded => ("依表式说明不计入", "left out, as the form says"),
        };
        note(
            format!("作出后被撤销、确认无效或者责令重作的 {} 宗：{zh}", row.revoked),
            format!("{} decisions revoked after they were made: {en}", row.revoked),
        );
    }
    if row.kindless > 0 {
        note(
            format!("{} 宗没有可识别的处罚类别，只在合计中", row.kindless),
            format!("{} decisions without a readable kind are in the total only", row.kindless),
        );
    }
    if table.undated > 0 {
        note(
            format!("另有 {} 宗没有可识别的决定日期，未计入任何年度", table.undated),
            format!("{} more have no readable day of decision and are in no year", table.undated),
        );
    }
    came_after(table, &mut notes);
    off_the_site(table, &mut notes);
    notes
}

/// Figures that nobody counted or entered.
fn unentered(table: &Table<'_>) -> Option<Sentence> {
    let sum = table.rows.last()?;
    let unknown = table.columns.iter().filter(|c| table.value(sum, c.what).is_none());
    let titles: Vec<&str> = unknown.map(|c| c.title.as_str()).collect();
    (!titles.is_empty()).then(|| {
        (
            format!("台账没有记载也没有填报（未统计，不是 0），请填入 data/statistics/：{}", titles.join("、")),
            format!("neither in the ledger nor entered (not counted, not 0), enter them in data/statistics/: {}", titles.join(", ")),
        )
    })
}

/// What changes figures that stand published.
fn came_after(table: &Table<'_>, notes: &mut Vec<Sentence>) {
    let Some(after) = table.after.as_ref().filter(|after| !after.is_nothing()) else { return };
    let (day, late) = (after.closed_on, &after.rows);
    let amount = |row: &FormRow| table.form.unit.text(Money::fen(row.fen));
    let (now, unit) = (table.whole(), table.form.unit.zh());
    if late.total > 0 {
        let before = now.total.saturating_sub(late.total);
        notes.push((
            format!(
                "{day} 之后才进入台账的 {} 宗、罚没 {} {unit}：已公布的合计若为 {before}，现应为 {}，请更正已公布的统计",
                late.total, amount(late), now.total
            ),
            format!(
                "{} decisions ({} {unit}) came into the ledger after {day}: a published total of {before} is now {}; correct it",
                late.total, amount(late), now.total
            ),
        ));
    }
    if after.corrected > 0 {
        notes.push((
            format!("{day} 之后作过更正的 {} 宗，可能改变已公布的类别或者金额", after.corrected),
            format!(
                "{} were corrected after {day}; published kinds or amounts may differ",
                after.corrected
            ),
        ));
    }
    if after.unknown > 0 {
        notes.push((
            format!("{} 宗在台账日志中找不到，何时进入台账未检查", after.unknown),
            format!("{} are not in the log; when they came was not checked", after.unknown),
        ));
    }
}

/// Why the site has fewer pages than the table has cases.
fn off_the_site(table: &Table<'_>, notes: &mut Vec<Sentence>) {
    let s = &table.states;
    if s.published < s.received {
        notes.push((
            format!("网站上能看到的 {} 宗少于当年决定 {} 宗：其余的不予公开、待补正、已撤下或者期满，没有网页，但仍计入统计", s.published, s.received),
            format!("the site shows {} of {} decisions; the others are withheld, held, taken down or expired, have no page and still count", s.published, s.received),
        ));
    }
}
