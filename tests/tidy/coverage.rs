//! `docs/COVERAGE.md`: every duty has one row, and what a row names is there.

use std::collections::{BTreeMap, BTreeSet};

use super::house::House;

/// How many duties each family has: the three systems, recordings, legal review, review before publication.
const FAMILIES: [(&str, u32); 4] = [("D", 44), ("A", 19), ("L", 10), ("P", 2)];

/// State and what carries it out, by id, of each row of the paper.
fn rows(paper: &str) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let mut rows: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for line in paper.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [id, _, state, how] = cells[..]
            && id.starts_with(|c: char| c.is_ascii_uppercase())
        {
            rows.entry(id).or_default().push((state, how));
        }
    }
    rows
}

/// Ids of duties that each check of the table names.
fn domains(table: &str) -> BTreeMap<String, Vec<String>> {
    let (mut domains, mut check) = (BTreeMap::new(), String::new());
    for line in table.lines() {
        if let Some(id) = line.strip_prefix("- id: ") {
            check = id.trim().to_owned();
            domains.insert(check.clone(), Vec::new());
        } else if let Some(list) = line.trim().strip_prefix("domain:") {
            let ids = list.split('"').skip(1).step_by(2).map(str::to_owned);
            domains.insert(check.clone(), ids.collect());
        }
    }
    domains
}

fn is_duty(id: &str) -> bool {
    FAMILIES.iter().any(|(family, count)| {
        let number = id.strip_prefix(family).and_then(|n| n.parse().ok());
        number.is_some_and(|n: u32| (1..=*count).contains(&n))
    })
}

/// What is missing, doubled, or named and not there.
/// `unmade` lists the checks that nobody makes.
pub(crate) fn complaints(paper: &str, table: &str, unmade: &str, house: &House) -> Vec<String> {
    let (rows, domains, paths) = (rows(paper), domains(table), house.paths());
    let duties: BTreeSet<String> = FAMILIES
        .iter()
        .flat_map(|(family, count)| (1..=*count).map(move |n| format!("{family}{n}")))
        .collect();
    let mut complaints: Vec<String> = duties
        .iter()
        .filter(|id| rows.get(id.as_str()).map_or(0, Vec::len) != 1)
        .map(|id| format!("docs/COVERAGE.md: {id} must have one row"))
        .collect();
    for (id, row) in &rows {
        for (state, how) in row {
            let named: Vec<&str> = how.split('`').skip(1).step_by(2).collect();
            let is_carried = !named.is_empty() || how.starts_with('见');
            if !is_duty(id) || how.is_empty() || (*state == "做到" && !is_carried) {
                complaints.push(format!("docs/COVERAGE.md: {id} is no duty, or says not how"));
            }
            if !["做到", "部分", "不做"].contains(state) {
                complaints.push(format!("docs/COVERAGE.md: {id}: {state}"));
            }
            for name in named.iter().filter(|name| !name.starts_with("gongshi ")) {
                let stands = domains.contains_key(*name)
                    || name.contains('/') && paths.iter().any(|path| path.starts_with(name));
                let is_made = !unmade.contains(&format!("\"{name}\""));
                if !stands || !is_made {
                    complaints.push(format!("docs/COVERAGE.md: {id} names {name}"));
                }
            }
        }
    }
    for (check, ids) in &domains {
        for id in ids.iter().filter(|id| is_duty(id)) {
            let word = format!("`{check}`");
            let tells =
                rows.get(id.as_str()).is_some_and(|r| r.iter().any(|r| r.1.contains(&word)));
            if !tells {
                complaints.push(format!("docs/COVERAGE.md: {id} does not name {check}"));
            }
        }
    }
    complaints
}
