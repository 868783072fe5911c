//! Which tellings others may be told, where the site is brought to the public by deliveries: of what no target ever
//! showed, nobody is told.

use std::collections::BTreeMap;

use crate::vocab::CaseId;

use super::Telling;

/// When others are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Now.
    Now,
    /// Once it was delivered.
    Later,
    /// Never: it was gone before it was delivered.
    Never,
}

/// A stretch in which one case was shown: places of the tellings that brought content.
#[derive(Default)]
struct Stretch {
    bringing: Vec<usize>,
    /// Whether others were told of the stretch before.
    was_told: bool,
}

/// The turn of each telling. `deliveries` says how many events each delivered site held, in ascending order; `is_told`
/// whether others were told already.
///
/// What stood before the first delivery was brought to the public by other means. What takes content away waits for
/// no delivery, unless nobody was ever told of the content.
pub(crate) fn turns(
    tellings: &[Telling],
    deliveries: &[u64],
    is_told: impl Fn(&Telling) -> bool,
) -> Vec<Turn> {
    let mut turns = vec![Turn::Now; tellings.len()];
    let mut open: BTreeMap<CaseId, Stretch> = BTreeMap::new();
    let judge = |stretch: &Stretch, end: Option<u64>, turns: &mut [Turn]| {
        let mut is_any = stretch.bringing.is_empty() && stretch.was_told;
        for at in &stretch.bringing {
            let is_now = is_shown(tellings[*at].seq, end, deliveries) || is_told(&tellings[*at]);
            is_any |= is_now;
            turns[*at] = match (is_now, end) {
                (true, _) => Turn::Now,
                (false, None) => Turn::Later,
                (false, Some(_)) => Turn::Never,
            };
        }
        is_any
    };
    for (at, telling) in tellings.iter().enumerate() {
        let stretch = open.entry(telling.id).or_default();
        if telling.what.brings() {
            stretch.bringing.push(at);
            continue;
        }
        let was_told = judge(stretch, Some(telling.seq), &mut turns) || deliveries.is_empty();
        if !was_told && !is_told(telling) {
            turns[at] = Turn::Never;
        }
        *stretch = Stretch { bringing: Vec::new(), was_told };
    }
    for stretch in open.values() {
        judge(stretch, None, &mut turns);
    }
    turns
}

/// Whether some delivered site held the event `seq` and not yet the one that ended it.
fn is_shown(seq: u64, end: Option<u64>, deliveries: &[u64]) -> bool {
    let with_it = &deliveries[deliveries.partition_point(|events| *events < seq)..];
    let by_other_means = with_it.len() == deliveries.len() && !deliveries.is_empty();
    by_other_means || with_it.first().is_some_and(|events| end.is_none_or(|end| *events < end))
}

#[cfg(test)]
mod tests {
    use super::super::Occurrence::{self, Corrected, Expired, Published, Suppressed, TakenDown};
    use super::*;
    use crate::clearance::CaseKind;
    use crate::law::Day;

    fn telling(seq: u64, id: &str, what: Occurrence) -> Telling {
        Telling {
            seq,
            name: format!("{seq:032x}"),
            on: Day::new(2026, 3, 2).expect("a day"),
            what,
            kind: CaseKind::Penalty,
            id: CaseId::parse(id).expect("an id"),
            revision: 1,
            ground: None,
            document: None,
            decided_on: None,
        }
    }

    const A: &str = "bbbb2222";
    const B: &str = "cccc3333";

    fn of(rows: &[(u64, &str, Occurrence)], deliveries: &[u64]) -> Vec<Turn> {
        let tellings: Vec<_> =
            rows.iter().map(|(seq, id, what)| telling(*seq, id, *what)).collect();
        turns(&tellings, deliveries, |_| false)
    }

    #[test]
    fn what_no_site_showed_waits_or_is_never_told() {
        use Turn::{Later, Never, Now};
        let rows = [(1, A, Published), (5, B, Published), (6, A, TakenDown), (7, B, Corrected)];
        assert_eq!(of(&rows, &[4]), [Now, Later, Now, Later], "a takedown waits for nothing");
        assert_eq!(of(&rows, &[4, 5]), [Now, Now, Now, Later]);
        assert_eq!(of(&rows, &[4, 9]), [Now, Now, Now, Now]);
        let gone = [(1, A, Published), (5, B, Published), (6, B, Suppressed), (7, B, Expired)];
        assert_eq!(of(&gone, &[4, 9]), [Now, Never, Never, Never], "nobody has seen it");
        assert_eq!(of(&gone, &[9]), [Now; 4], "before the first delivery by other means");
        assert_eq!(of(&gone, &[]), [Later, Never, Now, Now], "who was told before must be told");
        let tellings: Vec<_> =
            gone.iter().map(|(seq, id, what)| telling(*seq, id, *what)).collect();
        let told = turns(&tellings, &[4, 9], |t| t.seq == 5);
        assert_eq!(told, [Now; 4], "what is acknowledged is taken back");
    }
}
