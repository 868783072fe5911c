//! The digest of a period as plain text: what was published, corrected and taken down, for a notice or a message.
//!
//! A takedown stands on one line that says so, with number, ground and day, as its notice does: no party, no facts.

use std::fmt::Write as _;

use crate::ledger::Standing;

use super::super::paths::{case_folder, notice_folder, year_of};
use super::super::view::{Row, fields_of};
use super::super::{Page, Press};
use super::{Changes, Period, document};

impl Press {
    /// The digest of a period.
    pub(crate) fn digest(&self, period: Period, changes: &Changes) -> Page {
        let Changes { published, corrected, taken_down, expired } = changes;
        let mut out = format!(
            "{}\n行政执法公示摘要　{}\n\n公示 {} 件　更正 {} 件　撤下 {} 件　期满 {expired} 件\n",
            self.bureau.name,
            period.zh(),
            published.len(),
            corrected.len(),
            taken_down.len(),
        );
        section(&mut out, "一、公示", published.iter().filter_map(|case| self.line_of(case)));
        section(&mut out, "二、更正", corrected.iter().filter_map(|c| self.amended(c, period)));
        section(&mut out, "三、撤下", taken_down.iter().filter_map(|case| self.withdrawn(case)));
        if let Some(telephone) = &self.bureau.contact.complaint_telephone {
            let _ = writeln!(out, "\n监督电话 {telephone}");
        }
        if let Some(base) = &self.bureau.base_url {
            let _ = writeln!(out, "公示网站 {base}");
        }
        document(format!("zhaiyao/{}.txt", period.slug()), out.into_bytes())
    }

    fn line_of(&self, case: &Standing) -> Option<String> {
        let row = Row::of(case)?;
        let amount = row.amount.as_ref().map(|yuan| format!("　{yuan} 元")).unwrap_or_default();
        let (number, party, about, outcome) = (row.number, row.party, row.about, &row.outcome);
        let (day, address) = (&row.published_on, self.address(case));
        Some(format!("{number}　{party}　{about}　{outcome}{amount}　{day} 公示{address}"))
    }

    fn amended(&self, case: &Standing, period: Period) -> Option<String> {
        let own = case.revisions.iter().filter(|revision| period.has(revision.on));
        let told = own.map(|r| format!("{} 更正{}", r.on, fields_of(r))).collect::<Vec<_>>();
        let number = case.disclosure.as_ref()?.number();
        Some(format!("{number}　{}{}", told.join("；"), self.address(case)))
    }

    fn withdrawn(&self, case: &Standing) -> Option<String> {
        let (id, stone) = (case.id?, case.tombstone.as_ref()?);
        let base = self.bureau.base_url.as_deref();
        let address = base.map(|base| format!("　公告 {base}{}", notice_folder(id)));
        let (number, ground, day) = (&case.key.number, stone.ground.zh(), stone.taken_down_on);
        Some(format!("撤下 {number}　原因：{ground}　{day}{}", address.unwrap_or_default()))
    }

    /// The address of a case's page on the next line, where the site has one.
    fn address(&self, case: &Standing) -> String {
        let folder = case.id.map(|id| case_folder(case.key.kind, year_of(case), id));
        let both = self.bureau.base_url.as_ref().zip(folder);
        both.map(|(base, folder)| format!("\n   {base}{folder}")).unwrap_or_default()
    }
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let _ = writeln!(out, "\n{title}");
    let mut count = 0;
    for line in lines {
        count += 1;
        let _ = writeln!(out, "{count}. {line}");
    }
    if count == 0 {
        out.push_str("本期没有。\n");
    }
}
