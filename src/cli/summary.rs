//! The figures a run ends with. They add up, or the run says so.

use std::collections::BTreeMap;

use crate::clearance::Report;
use crate::law::Stage;
use crate::ledger::{self, EventKind, Settled, State};
use crate::publish::SiteStaged;

use super::root::Root;

/// What a run received and what became of it.
#[derive(Debug, Default, serde::Serialize)]
pub(super) struct Summary {
    /// The bureau.
    pub(super) bureau: String,
    /// The day.
    pub(super) as_of: String,
    /// Rows of drops read in this run.
    pub(super) rows: usize,
    /// Of those, rows that repeat another.
    pub(super) repeated: usize,
    /// Cases known: the sum of the five states.
    pub(super) received: u64,
    /// Public.
    pub(super) published: u64,
    /// Not disclosed.
    pub(super) withheld: u64,
    /// Waiting.
    pub(super) held: u64,
    /// Newer rows of published cases that wait; what stands stays as it is.
    pub(super) waiting_changes: u64,
    /// Takedown orders that could not be read and were not carried out.
    pub(super) orders_not_read: usize,
    /// Taken down.
    pub(super) taken_down: u64,
    /// Disclosure period over.
    pub(super) expired: u64,
    /// First published by this run.
    pub(super) newly_published: u64,
    /// Corrected by this run.
    pub(super) newly_corrected: u64,
    /// Taken down by this run.
    pub(super) newly_taken_down: u64,
    /// Set aside by this run, and published again by it.
    pub(super) newly_reinstated: u64,
    /// Expired with this run.
    pub(super) newly_expired: u64,
    /// Of the cases first published by this run, and of those held: past their last lawful day.
    pub(super) late: u64,
    /// Held cases whose clock still runs.
    pub(super) running: u64,
    /// Takedowns of this run past their last lawful day.
    pub(super) takedowns_overdue: u64,
    /// Checks that could not be made for some record, with how many records.
    pub(super) not_checked: BTreeMap<String, usize>,
    /// Checks of the record of the process that could not be made, with how many cases: no case is
    /// passed by a check that its record does not let be made.
    pub(super) process_not_checked: BTreeMap<String, usize>,
    /// Checks of the site's own texts that were not made.
    #[serde(skip)]
    pub(super) not_looked: &'static [&'static str],
    /// How many checks of the record of the process there are.
    #[serde(skip)]
    pub(super) process_checks: usize,
    /// The site, where one was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) site: Option<SiteFigures>,
}

/// The site in figures.
#[derive(Debug, serde::Serialize)]
pub(super) struct SiteFigures {
    /// Where it stands.
    pub(super) out: String,
    /// Files.
    pub(super) files: usize,
    /// New ones.
    pub(super) added: usize,
    /// Changed ones.
    pub(super) changed: usize,
    /// Removed ones.
    pub(super) removed: usize,
}

impl Summary {
    /// The figures of a settlement.
    pub(super) fn of(root: &Root, report: &Report, settled: &Settled) -> Self {
        let states = ledger::states(&settled.cases);
        let state = |s: State| states.get(&s).copied().unwrap_or_default();
        let mut summary = Self {
            bureau: root.bureau.name.clone(),
            as_of: root.today.day().to_string(),
            rows: report.received,
            repeated: report.repeated,
            published: state(State::Published),
            withheld: state(State::Withheld) + settled.keyless_withheld,
            waiting_changes: settled.waiting_changes,
            orders_not_read: report.faulty_orders,
            held: Self::held_of(settled),
            taken_down: state(State::TakenDown) + state(State::Suppressed),
            expired: state(State::Expired),
            newly_published: settled.news.count(EventKind::Published),
            newly_corrected: settled.news.count(EventKind::Corrected),
            newly_taken_down: settled.news.down(),
            newly_reinstated: settled.news.count(EventKind::Reinstated),
            newly_expired: settled.news.count(EventKind::Expired),
            not_checked: unmade(root, report, false),
            process_not_checked: unmade(root, report, true),
            process_checks: root.law.checks().filter(|c| c.stage == Stage::Process).count(),
            ..Self::default()
        };
        summary.received = settled.cases.len() as u64 + settled.keyless + settled.keyless_withheld;
        summary.clocks(root, settled);
        summary
    }

    /// Cases and rows that wait.
    pub(super) fn held_of(settled: &Settled) -> u64 {
        let held = settled.cases.iter().filter(|c| c.head.state == State::Held).count();
        held as u64 + settled.keyless
    }

    fn clocks(&mut self, root: &Root, settled: &Settled) {
        let today = root.today.day();
        let is_late = |due: Option<crate::law::Day>| due.is_some_and(|due| due < today);
        let news = &settled.news;
        self.late = news.published.iter().filter(|(_, due)| is_late(*due)).count() as u64;
        for case in settled.cases.iter().filter(|c| c.head.state == State::Held) {
            if is_late(case.head.due_on) {
                self.late += 1;
            } else {
                self.running += 1;
            }
        }
        self.takedowns_overdue =
            news.taken_down.iter().filter(|(_, due)| is_late(*due)).count() as u64;
    }

    /// The same figures with the site's.
    pub(super) fn with_site(mut self, site: &SiteStaged) -> Self {
        self.site = Some(SiteFigures {
            out: site.out.display().to_string(),
            files: site.files,
            added: site.added,
            changed: site.changed,
            removed: site.removed,
        });
        self
    }

    /// Whether the states sum up to what was received (invariant 7).
    pub(super) fn adds_up(&self) -> bool {
        self.received == self.published + self.withheld + self.held + self.taken_down + self.expired
    }

    /// The figures for people, in Chinese.
    pub(super) fn zh(&self) -> String {
        let mut out = format!(
            "{}  截至 {}\n收到 {} 件 ＝ 公示 {} ＋ 不予公开 {} ＋ 扣留 {} ＋ 撤下 {} ＋ 期满 {}\n",
            self.bureau,
            self.as_of,
            self.received,
            self.published,
            self.withheld,
            self.held,
            self.taken_down,
            self.expired,
        );
        out.push_str(&format!(
            "本次   新公示 {}，更正 {}，撤下 {}，期满 {}（读入 {} 行，其中重复 {} 行）\n",
            self.newly_published,
            self.newly_corrected,
            self.newly_taken_down,
            self.newly_expired,
            self.rows,
            self.repeated,
        ));
        out.push_str(&format!(
            "期限   逾期 {}，扣留中未到期 {}，撤下逾期 {}；逐件见 gongshi due\n",
            self.late, self.running, self.takedowns_overdue,
        ));
        if self.waiting_changes > 0 || self.orders_not_read > 0 {
            out.push_str(&format!(
                "注意   已公示案件的新数据被扣留 {} 件（公示内容未变）；未能执行的撤下 {} 件\n",
                self.waiting_changes, self.orders_not_read,
            ));
        }
        if !self.not_checked.is_empty() {
            let list: Vec<String> =
                self.not_checked.iter().map(|(id, n)| format!("{id} {n} 件")).collect();
            out.push_str(&format!(
                "未能检查（导出中没有所需的列，不等于通过）：{}\n",
                list.join("，")
            ));
        }
        if !self.process_not_checked.is_empty() {
            out.push_str(&format!(
                "过程记录未检查（批次中没有 全过程记录.yml，或者缺少所需内容，不等于通过）：{}\n",
                self.process_left_out(" 件未查", "全部 {} 项", ["：", "、", "；"]),
            ));
        }
        if let Some(site) = &self.site {
            out.push_str(&format!(
                "网站   {}，共 {} 个文件（新增 {}，变动 {}，移除 {}）\n查看   gongshi serve\n",
                site.out, site.files, site.added, site.changed, site.removed,
            ));
        }
        if !self.adds_up() {
            out.push_str("！各项之和与收到的件数不符，请报告此缺陷\n");
        }
        out
    }

    /// Checks of the process that were left out equally often stand together, most often first; all of them
    /// are named by their number.
    fn process_left_out(&self, of: &str, all: &str, [is, between, apart]: [&str; 3]) -> String {
        let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (id, n) in &self.process_not_checked {
            groups.entry(*n).or_default().push(id);
        }
        let names = |ids: &[&str]| match ids.len() {
            n if n == self.process_checks => all.replace("{}", &n.to_string()),
            _ => ids.join(between),
        };
        let told = groups.iter().rev().map(|(n, ids)| format!("{n}{of}{is}{}", names(ids)));
        told.collect::<Vec<_>>().join(apart)
    }

    /// The figures for people, in English.
    pub(super) fn en(&self) -> String {
        let mut out = format!(
            "{}  as of {}\nreceived {} = published {} + withheld {} + held {} + taken down {} + expired {}\n",
            self.bureau,
            self.as_of,
            self.received,
            self.published,
            self.withheld,
            self.held,
            self.taken_down,
            self.expired,
        );
        out.push_str(&format!(
            "this run  published {}, corrected {}, taken down {}, expired {} ({} rows read, {} repeated)\n",
            self.newly_published, self.newly_corrected, self.newly_taken_down, self.newly_expired,
            self.rows, self.repeated,
        ));
        out.push_str(&format!(
            "clocks    late {}, held and running {}, takedowns overdue {}; one by one: gongshi due\n",
            self.late, self.running, self.takedowns_overdue,
        ));
        if self.waiting_changes > 0 || self.orders_not_read > 0 {
            out.push_str(&format!(
                "mind      newer rows of published cases held {} (what stands is unchanged); takedown orders not carried out {}\n",
                self.waiting_changes, self.orders_not_read,
            ));
        }
        if !self.not_checked.is_empty() {
            let list: Vec<String> =
                self.not_checked.iter().map(|(id, n)| format!("{id} {n}")).collect();
            out.push_str(&format!(
                "not checked (a column is missing; not the same as passed): {}\n",
                list.join(", ")
            ));
        }
        if !self.process_not_checked.is_empty() {
            out.push_str(&format!(
                "process not checked (no records.yml in the drop, or it lacks what is needed; not the same as passed): {}\n",
                self.process_left_out("", "all {} checks", [" of ", ", ", "; "]),
            ));
        }
        if let Some(site) = &self.site {
            out.push_str(&format!(
                "site      {}, {} files ({} new, {} changed, {} removed)\nlook      gongshi serve\n",
                site.out, site.files, site.added, site.changed, site.removed,
            ));
        }
        if !self.adds_up() {
            out.push_str(
                "! the parts do not add up to what was received; please report this defect\n",
            );
        }
        out
    }
}

/// Checks that could not be made: those of the record of the process, or all others.
fn unmade(root: &Root, report: &Report, process: bool) -> BTreeMap<String, usize> {
    let is_process = |id: &str| root.law.check(id).is_some_and(|c| c.stage == Stage::Process);
    let counts = report.not_checked.iter().filter(|(id, _)| is_process(id) == process);
    counts.map(|(id, n)| ((*id).to_owned(), *n)).collect()
}
