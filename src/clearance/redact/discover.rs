//! Adds to what is known of a record the people whom its running text names and no column does.

use std::collections::BTreeSet;
use std::ops::Range;

use super::known::{Known, Name, Spot, titles};
use super::names::{Names, are_listed};
use super::search::places_of;
use super::spans::Covered;
use super::tables::Rule;
use crate::clearance::fold::{Fold, Markup};

/// Reads every text of the record, so that a name found in one is masked in all.
pub(super) fn discover<'t>(
    known: &mut Known<'_>,
    names: &Names,
    texts: impl Iterator<Item = (usize, &'t str)>,
) {
    let mut seen: BTreeSet<String> = known.names.iter().map(|n| n.folded.clone()).collect();
    for (slot, raw) in texts {
        let text = super::text::visible(raw);
        let fold = Fold::new(&*text, Markup::Read);
        let anchors = anchors(known, names, fold.text());
        let found = names.find(&text, &fold, &anchors);
        if found.is_empty() {
            continue;
        }
        let kept = known.kept(fold.text());
        let in_titles = Covered::of(titles(fold.text()).collect());
        let mut officials: Vec<Range<usize>> = Vec::new();
        for one in found {
            let is_official = names.is_official(fold.text(), &one.at)
                || officials.last().is_some_and(|last| are_listed(fold.text(), last, &one.at));
            if is_official {
                known.public.people.insert(fold.text()[one.at.clone()].to_owned());
                officials.push(one.at);
                continue;
            }
            let name = &fold.text()[one.at.clone()];
            let officer = known.is_public_person(name) && !names.is_reported(fold.text(), &one.at);
            if kept.touches(&one.at)
                || in_titles.touches(&one.at)
                || officer
                || super::mask::is_mask(name)
            {
                continue;
            }
            if seen.insert(name.to_owned()) {
                known.names.push(Name {
                    folded: name.to_owned(),
                    mask: String::new(),
                    rule: Rule::PersonName,
                    judged: names.is_ambiguous(name),
                    is_sure: false,
                });
            }
            let spot = Spot { at: one.at.clone(), name: name.to_owned() };
            known.spots.entry(slot).or_default().push(spot);
        }
    }
}

/// Where a text already shows names: those of the columns, and masks.
fn anchors(known: &Known<'_>, names: &Names, text: &str) -> Vec<Range<usize>> {
    let mut anchors: Vec<Range<usize>> =
        known.places_of_names(text).into_iter().map(|(_, at)| at).collect();
    let is_public = |at: &Range<usize>| !names.is_reported(text, at);
    let people: Vec<&str> =
        known.public.people.iter().map(String::as_str).filter(|p| p.chars().count() >= 2).collect();
    let places = places_of(&people, text, false);
    anchors.extend(places.into_iter().map(|(_, at)| at).filter(is_public));
    anchors.extend(super::mask::places(text));
    anchors
}
