//! What must be there before a site opens: facts of the bureau, columns, calendars, files for the server.

use crate::diag::{Failure, Place, Symptom, ailments};
use crate::site::Press;
use crate::vocab::{Bureau, is_site_code};

use super::super::root::Root;

/// The finding of a column that is missing.
const MISSING_COLUMN: &str = "missing-column";

/// What is still to be done. `dead` cases have addresses that are dead.
///
/// # Errors
/// The theme or the bureau's prose is broken.
pub(super) fn missing(root: &Root, dead: u64) -> Result<Vec<Symptom>, Failure> {
    let mut found = facts(&root.bureau);
    if root.bureau.targets.is_empty() {
        found.push(ailments::TARGET_NONE.at("site.yml"));
    }
    if root.staff.is_empty() {
        found.push(ailments::STAFF_EMPTY.at("data/staff.yml"));
    }
    let press = Press::new(root.setup(None))?;
    if press.not_looked().contains(&MISSING_COLUMN) {
        found.push(ailments::COLUMNS_NONE.at("content/shiqian"));
    }
    let columns = press.findings().iter().filter(|f| f.check == MISSING_COLUMN);
    found.extend(columns.filter_map(|f| match &f.place {
        Place::File { file } => Some(ailments::COLUMN_EMPTY.at(file)),
        Place::Cell { .. } | Place::Page { .. } => None,
    }));
    let year = root.today.day().year();
    for (year, ailment) in [(year, &ailments::CALENDAR_NOW), (year + 1, &ailments::CALENDAR_NEXT)] {
        if root.law.calendar.source(year).is_none() {
            let word = u32::try_from(year).unwrap_or_default();
            found.push(ailment.at(&format!("data/law/calendar/{year}.yml")).with(word));
        }
    }
    if dead > 0 {
        found.extend(server_files(root, dead));
    }
    Ok(found)
}

/// Facts that a government site shows at its foot, or that people need to reach the bureau.
fn facts(bureau: &Bureau) -> Vec<Symptom> {
    let has = |fact: &Option<String>| fact.as_ref().is_some_and(|f| !f.trim().is_empty());
    let (contact, footer) = (&bureau.contact, &bureau.footer);
    let needed = [
        ("credit_code", bureau.credit_code.is_some()),
        ("site_code", has(&bureau.site_code)),
        ("base_url", has(&bureau.base_url)),
        ("contact.address", has(&contact.address)),
        ("contact.telephone", has(&contact.telephone)),
        ("contact.complaint_telephone", has(&contact.complaint_telephone)),
        ("contact.reconsideration_organ", has(&contact.reconsideration_organ)),
        ("contact.court", has(&contact.court)),
        ("footer.icp", has(&footer.icp)),
    ];
    let wanted = [
        ("domain", has(&bureau.domain)),
        ("footer.host", has(&footer.host)),
        ("footer.police", has(&footer.police)),
        ("contact.email", has(&contact.email)),
    ];
    let at = |ailment: &'static crate::diag::Ailment, facts: &[(&'static str, bool)]| {
        let lacking = facts.iter().filter(|(_, is_there)| !is_there);
        lacking.map(|(fact, _)| ailment.at("site.yml").with(*fact)).collect::<Vec<_>>()
    };
    let mut found = at(&ailments::FACT_MISSING, &needed);
    found.extend(at(&ailments::FACT_WANTED, &wanted));
    if has(&bureau.site_code) && !bureau.site_code.as_deref().is_some_and(is_site_code) {
        found.push(ailments::SITE_CODE.at("site.yml"));
    }
    found
}

/// Files that make a server answer dead addresses as dead; one kind of server is enough.
fn server_files(root: &Root, dead: u64) -> Option<Symptom> {
    let folder = root.dir.join("report/server");
    let is_there = std::fs::read_dir(&folder).is_ok_and(|mut entries| {
        entries
            .any(|e| e.is_ok_and(|e| e.file_name().to_string_lossy().starts_with("gongshi-gone")))
    });
    (!is_there).then(|| ailments::SERVER_FILES.at("report/server").with(dead))
}
