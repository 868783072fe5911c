//! Where lines leave their boxes, and on which side of them their labels stand.

use super::super::svg::wrap;
use super::layout::{BOX, GAP, LABEL, count};
use super::route::{Path, Routes};

/// From the middle of a box to the nearest way out of its bottom beside the middle.
const PORT: i32 = 46;
/// Most ways out of one half of the bottom of a box.
const MOST_BESIDE: usize = 3;

/// Out of which side a line leaves its box, where it does.
pub(super) const fn leaves_aside(path: Path) -> Option<bool> {
    match path {
        Path::Over { right } | Path::Side { right, .. } => Some(right),
        Path::Straight | Path::Port { .. } | Path::Around { .. } => None,
    }
}

/// How a line leaves the bottom of its box: where, and how its label stands beside it.
#[derive(Clone, Debug)]
pub(super) struct Out {
    /// From the middle of the box.
    pub(super) offset: i32,
    /// Lines of the label.
    pub(super) label: Vec<String>,
    /// Whether the label stands to the right.
    pub(super) right: bool,
}

/// For each line that leaves the bottom of its box, how.
pub(super) fn outs(routes: &Routes) -> Vec<Option<Out>> {
    let mut outs: Vec<Option<Out>> = vec![None; routes.lines.len()];
    for from in 0..routes.cells.len() {
        let places = places(routes, from);
        for (nth, (offset, i)) in places.iter().enumerate() {
            let right = *offset >= 0;
            let beside = if right { Some(nth + 1) } else { nth.checked_sub(1) };
            let edge = if right { BOX / 2 } else { -BOX / 2 };
            let next = beside.and_then(|n| places.get(n)).map_or(edge, |(other, _)| *other);
            let half = usize::try_from(((next - offset).abs() - 2 * GAP) * 2 / LABEL).unwrap_or(2);
            let label = routes.lines[*i].label.as_ref().map(|l| wrap(l, half.max(2)));
            outs[*i] = Some(Out { offset: *offset, label: label.unwrap_or_default(), right });
        }
    }
    outs
}

/// Where lines leave the bottom of a box, from its middle, from left to right: one straight down in the middle,
/// the others on the side they go to, or half of them on each where one side is too narrow for all.
fn places(routes: &Routes, from: usize) -> Vec<(i32, usize)> {
    let leaves = |i: &usize| {
        let line = &routes.lines[*i];
        line.from == from && leaves_aside(line.path).is_none()
    };
    let lines: Vec<usize> = (0..routes.lines.len()).filter(leaves).collect();
    let (mut places, mut others): (Vec<(i32, usize)>, Vec<usize>) = (Vec::new(), Vec::new());
    for i in &lines {
        let is_straight = matches!(routes.lines[*i].path, Path::Straight);
        if is_straight || lines.len() == 1 && may_take_the_middle(routes, *i) {
            places.push((0, *i));
        } else {
            others.push(*i);
        }
    }
    others.sort_by_key(|i| routes.cells[routes.lines[*i].to].1);
    let column = routes.cells[from].1;
    let of_left = |i: &&usize| routes.cells[routes.lines[**i].to].1 < column;
    let mut left = others.iter().filter(of_left).count();
    if left.max(others.len() - left) > MOST_BESIDE {
        left = others.len() / 2;
    }
    let step = |of: usize| if of > 1 { (BOX / 2 - 10) / count(of) } else { PORT };
    for (nth, i) in others.iter().enumerate() {
        let offset = if nth < left {
            -count(left - nth) * step(left)
        } else {
            count(nth - left + 1) * step(others.len() - left)
        };
        places.push((offset, *i));
    }
    places.sort_unstable();
    places
}

/// Whether no line to another box runs down the middle of the column just below.
fn may_take_the_middle(routes: &Routes, line: usize) -> bool {
    let line = &routes.lines[line];
    let (row, column) = routes.cells[line.from];
    routes.middles().get(&(row + 1, column)).is_none_or(|to| to.iter().all(|to| *to == line.to))
}
