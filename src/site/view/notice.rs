//! What is left of a taken-down case: the notice, and what stands at its dead address.
//! Neither party, facts nor amount (行政处罚法 48(2); ux 3.3): a tombstone has none.

use serde::Serialize;

use crate::diag::Failure;
use crate::ledger::{SetAside, Standing, State};
use crate::vocab::CaseId;

use super::super::head::Head;
use super::super::paths::{case_folder, column, kind_folder, notice_folder, year_of};
use super::super::press::{Press, READING, Sheet};
use super::super::{Page, Scope};
use super::Crumb;

/// A takedown as notice and register show it.
#[derive(Serialize)]
pub(super) struct Taken {
    pub(super) id: String,
    href: String,
    column: &'static str,
    number: String,
    ground: &'static str,
    statutory: bool,
    document: String,
    authority: Option<String>,
    decided_on: String,
    effective_on: String,
    pub(super) due_on: Option<String>,
    published_on: Option<String>,
    pub(super) taken_down_on: String,
    pub(super) year: i32,
    pub(super) on_time: Option<bool>,
    old_address: String,
    replaced: bool,
    replacement: Option<String>,
    set_aside: Option<SetAsideView>,
}

/// What set a takedown aside.
#[derive(Serialize)]
struct SetAsideView {
    document: String,
    authority: Option<String>,
    decided_on: String,
}

impl SetAsideView {
    fn of(set_aside: &SetAside) -> Self {
        Self {
            document: set_aside.document.clone(),
            authority: set_aside.authority.clone(),
            decided_on: set_aside.decided_on.to_string(),
        }
    }
}

impl Taken {
    /// The view of a taken-down standing.
    pub(super) fn of(case: &Standing) -> Option<Self> {
        let (id, stone) = (case.id?, case.tombstone.as_ref()?);
        Some(Self {
            id: id.to_string(),
            href: notice_folder(id),
            column: column(case.key.kind),
            number: case.key.number.clone(),
            ground: stone.ground.zh(),
            statutory: stone.ground.has_statutory_term(),
            document: stone.document.clone(),
            authority: stone.authority.clone(),
            decided_on: stone.decided_on.to_string(),
            effective_on: stone.effective_on.to_string(),
            due_on: stone.due_on.map(|d| d.to_string()),
            published_on: case.published_on.map(|d| d.to_string()),
            taken_down_on: stone.taken_down_on.to_string(),
            year: stone.taken_down_on.year(),
            on_time: stone.due_on.map(|due| stone.taken_down_on <= due),
            old_address: case_folder(case.key.kind, year_of(case), id),
            replaced: stone.replaced_by.is_some(),
            replacement: replacement(case),
            set_aside: stone.set_aside.as_ref().map(SetAsideView::of),
        })
    }
}

/// The page of the decision that replaces a case, as long as it stands published.
pub(super) fn replacement(case: &Standing) -> Option<String> {
    let found = case.tombstone.as_ref()?.replacement?;
    Some(case_folder(case.key.kind, found.year, found.id))
}

#[derive(Serialize)]
struct NoticeView {
    crumbs: Vec<Crumb>,
    taken: Taken,
}

#[derive(Serialize)]
struct GoneView {
    id: String,
    expired: bool,
    until: Option<String>,
    notice: Option<String>,
    ground: Option<&'static str>,
    taken_down_on: Option<String>,
    column: &'static str,
    list: String,
    replacement: Option<String>,
}

/// The pages of a dead case.
pub(in crate::site) fn pages(press: &Press, case: &Standing) -> Result<Vec<Page>, Failure> {
    let Some(id) = case.id else { return Ok(Vec::new()) };
    match case.state {
        State::TakenDown => Ok(vec![gone(press, case, id)?, notice(press, case, id)?]),
        State::Expired => Ok(vec![gone(press, case, id)?]),
        State::Held | State::Withheld | State::Published | State::Suppressed => Ok(Vec::new()),
    }
}

fn notice(press: &Press, case: &Standing, id: CaseId) -> Result<Page, Failure> {
    let taken = Taken::of(case)
        .ok_or_else(|| Failure::Internal("a taken-down case has no tombstone".into()))?;
    let view = NoticeView { crumbs: vec![Crumb::takedowns()], taken };
    let title = format!("撤下公告 {}", view.taken.number);
    let sheet = Sheet {
        path: format!("{}index.html", notice_folder(id)),
        scope: Scope::Case(id),
        template: "notice.html",
        shell: READING,
        section: "chexia",
        head: Head {
            title: &title,
            article: case.tombstone.as_ref().map(|t| t.taken_down_on),
            ..Head::default()
        },
    };
    press.print(sheet, &view)
}

fn gone(press: &Press, case: &Standing, id: CaseId) -> Result<Page, Failure> {
    let stone = case.tombstone.as_ref();
    let expired = case.state == State::Expired;
    let view = GoneView {
        id: id.to_string(),
        expired,
        until: case.until.map(|d| d.to_string()),
        notice: (!expired).then(|| notice_folder(id)),
        ground: stone.map(|t| t.ground.zh()),
        taken_down_on: stone.map(|t| t.taken_down_on.to_string()),
        column: column(case.key.kind),
        list: kind_folder(case.key.kind),
        replacement: replacement(case),
    };
    let title = if expired { "公示期已满" } else { "该信息已撤下" };
    let sheet = Sheet {
        path: format!("{}index.html", case_folder(case.key.kind, year_of(case), id)),
        scope: Scope::Case(id),
        template: "gone.html",
        shell: READING,
        section: "shihou",
        head: Head { title, noindex: true, ..Head::default() },
    };
    press.print(sheet, &view)
}
