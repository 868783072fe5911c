//! Where boxes and lines of a flow go: lanes are columns, steps go down, lines run in the gutters between
//! and never through a box.

use std::collections::BTreeMap;

use super::super::svg::wrap;
use super::model::FlowFile;

/// Width of a box.
pub(super) const BOX: i32 = 208;
/// Half-widths of text in a line of a box.
const ROOM: usize = 24;
/// Half-widths of fine print in a line.
const FINE_ROOM: usize = 28;
/// Height of a line of text.
pub(super) const LINE: i32 = 20;
/// Height of a line of fine print.
pub(super) const FINE: i32 = 17;
/// Blank above and below the text of a box.
pub(super) const PAD: i32 = 10;
/// Height of the lane heads.
pub(super) const HEAD: i32 = 40;
const GUTTER_X: i32 = 36;
const GUTTER_Y: i32 = 34;
const TRACK: i32 = 14;

/// A box.
#[derive(Debug)]
pub(super) struct Block {
    /// Left edge.
    pub(super) x: i32,
    /// Top edge.
    pub(super) y: i32,
    /// Height.
    pub(super) h: i32,
    /// Lines of text.
    pub(super) lines: Vec<String>,
    /// Lines of fine print.
    pub(super) fine: Vec<String>,
}

/// A line with its arrow at the last point.
#[derive(Debug)]
pub(super) struct Route {
    /// Corners.
    pub(super) points: Vec<(i32, i32)>,
    /// Label.
    pub(super) label: Option<String>,
}

/// A whole drawing.
#[derive(Debug)]
pub(super) struct Plan {
    /// Width and height.
    pub(super) size: (i32, i32),
    /// Left edge of each lane's boxes.
    pub(super) lanes: Vec<i32>,
    /// Boxes, in the order of steps.
    pub(super) blocks: Vec<Block>,
    /// Lines.
    pub(super) routes: Vec<Route>,
}

/// Row and lane of a step.
type Cell = (usize, usize);

/// A coordinate across, before widths are known.
#[derive(Clone, Copy)]
enum X {
    Mid(usize),
    Left(usize),
    Right(usize),
    Gutter(usize, i32),
}

/// A coordinate down, before heights are known.
#[derive(Clone, Copy)]
enum Y {
    Top(usize),
    Middle(usize),
    Bottom(usize),
    Gutter(usize, i32),
}

/// A line before widths and heights are known, with its label.
type Draft = (Vec<(X, Y)>, Option<String>);

/// Lays the flow out.
pub(super) fn plan(flow: &FlowFile) -> Plan {
    let cells = place(flow);
    let mut router = Router::new(&cells, flow.lanes.len());
    let mut drafts = Vec::new();
    for (from, step) in flow.steps.iter().enumerate() {
        for way in &step.next {
            if let Some(to) = flow.index(&way.to) {
                drafts.push((router.route(from, to), way.label.clone()));
            }
        }
    }
    settle(flow, &cells, &router, drafts)
}

/// Gives each step a row below all steps that lead to it, and one cell for itself.
fn place(flow: &FlowFile) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (i, step) in flow.steps.iter().enumerate() {
        let lane = flow.lane(step);
        let leads_here = |s: &super::model::Step| s.next.iter().any(|w| w.to == step.id);
        let above = flow.steps[..i].iter().zip(&cells).filter(|(s, _)| leads_here(s));
        let mut row = above.map(|(_, c)| c.0 + 1).max().unwrap_or(0);
        while cells.contains(&(row, lane)) {
            row += 1;
        }
        cells.push((row, lane));
    }
    cells
}

struct Router<'a> {
    cells: &'a [Cell],
    lanes: usize,
    across: BTreeMap<usize, i32>,
    down: BTreeMap<usize, i32>,
    sides: Vec<(usize, bool)>,
}

impl<'a> Router<'a> {
    fn new(cells: &'a [Cell], lanes: usize) -> Self {
        Self { cells, lanes, across: BTreeMap::new(), down: BTreeMap::new(), sides: Vec::new() }
    }

    fn is_free(&self, row: usize, lane: usize) -> bool {
        !self.cells.contains(&(row, lane))
    }

    /// Whether the lane is empty in the rows after `from` and before `to`.
    fn is_clear(&self, lane: usize, from: usize, to: usize) -> bool {
        (from + 1..to).all(|row| self.is_free(row, lane))
    }

    fn track(tracks: &mut BTreeMap<usize, i32>, gutter: usize) -> i32 {
        let next = tracks.entry(gutter).or_insert(0);
        *next += 1;
        *next - 1
    }

    fn route(&mut self, from: usize, to: usize) -> Vec<(X, Y)> {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        if r2 <= r1 {
            return self.back(from, to);
        }
        if c1 == c2 && self.is_clear(c1, r1, r2) {
            return vec![(X::Mid(c1), Y::Bottom(from)), (X::Mid(c1), Y::Top(to))];
        }
        if let Some(points) = self.sideways(from, to) {
            return points;
        }
        let out = Self::track(&mut self.down, r1 + 1);
        let mut points = vec![(X::Mid(c1), Y::Bottom(from)), (X::Mid(c1), Y::Gutter(r1 + 1, out))];
        if self.is_clear(c2, r1, r2) {
            points.push((X::Mid(c2), Y::Gutter(r1 + 1, out)));
        } else {
            let gutter = if c2 > c1 { c2 } else { c2 + 1 };
            let x = X::Gutter(gutter, Self::track(&mut self.across, gutter));
            let into = Self::track(&mut self.down, r2);
            points.extend([
                (x, Y::Gutter(r1 + 1, out)),
                (x, Y::Gutter(r2, into)),
                (X::Mid(c2), Y::Gutter(r2, into)),
            ]);
        }
        points.push((X::Mid(c2), Y::Top(to)));
        points
    }

    /// Out of the side of a box, over free cells, and down onto the other.
    fn sideways(&mut self, from: usize, to: usize) -> Option<Vec<(X, Y)>> {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        let right = c2 > c1;
        let mut between = if right { c1 + 1..c2 + 1 } else { c2..c1 };
        let free = c1 != c2
            && between.all(|lane| self.is_free(r1, lane))
            && self.is_clear(c2, r1, r2)
            && !self.sides.contains(&(from, right));
        if !free {
            return None;
        }
        self.sides.push((from, right));
        let side = if right { X::Right(c1) } else { X::Left(c1) };
        Some(vec![(side, Y::Middle(from)), (X::Mid(c2), Y::Middle(from)), (X::Mid(c2), Y::Top(to))])
    }

    /// Back up: out of the right side into the gutter beside, up, and onto the other from above.
    fn back(&mut self, from: usize, to: usize) -> Vec<(X, Y)> {
        let ((_, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        let right = !self.sides.contains(&(from, true));
        self.sides.push((from, right));
        let gutter = if right { c1 + 1 } else { c1 };
        let x = X::Gutter(gutter.min(self.lanes), Self::track(&mut self.across, gutter));
        let into = Self::track(&mut self.down, r2);
        let side = if right { X::Right(c1) } else { X::Left(c1) };
        vec![
            (side, Y::Middle(from)),
            (x, Y::Middle(from)),
            (x, Y::Gutter(r2, into)),
            (X::Mid(c2), Y::Gutter(r2, into)),
            (X::Mid(c2), Y::Top(to)),
        ]
    }
}

/// Turns cells and tracks into coordinates.
fn settle(flow: &FlowFile, cells: &[Cell], router: &Router<'_>, drafts: Vec<Draft>) -> Plan {
    let texts: Vec<(Vec<String>, Vec<String>)> = flow.steps.iter().enumerate().map(words).collect();
    let heights: Vec<i32> = texts.iter().map(|(l, f)| height(l, f)).collect();
    let rows = cells.iter().map(|c| c.0 + 1).max().unwrap_or(0);
    let tracks = |of: &BTreeMap<usize, i32>, i: usize| of.get(&i).copied().unwrap_or(0) * TRACK;

    let (mut lanes, mut x) = (Vec::new(), 0);
    for lane in 0..router.lanes {
        x += GUTTER_X + tracks(&router.across, lane);
        lanes.push(x);
        x += BOX;
    }
    let width = x + GUTTER_X + tracks(&router.across, router.lanes);

    let (mut tops, mut y) = (Vec::new(), HEAD);
    for row in 0..rows {
        y += GUTTER_Y + tracks(&router.down, row);
        tops.push(y);
        let tallest = cells.iter().zip(&heights).filter(|(c, _)| c.0 == row).map(|(_, h)| *h).max();
        y += tallest.unwrap_or(0);
    }
    let blocks: Vec<Block> = texts
        .into_iter()
        .zip(cells.iter().zip(&heights))
        .map(|((lines, fine), (cell, h))| Block {
            x: lanes[cell.1],
            y: tops[cell.0],
            h: *h,
            lines,
            fine,
        })
        .collect();

    let gutter_left = |g: usize| if g == 0 { 0 } else { lanes[g - 1] + BOX };
    let at_x = |x: X| match x {
        X::Mid(c) => lanes[c] + BOX / 2,
        X::Left(c) => lanes[c],
        X::Right(c) => lanes[c] + BOX,
        X::Gutter(g, t) => gutter_left(g) + GUTTER_X / 2 + t * TRACK,
    };
    let at_y = |y: Y| match y {
        Y::Top(i) => blocks[i].y,
        Y::Middle(i) => blocks[i].y + blocks[i].h / 2,
        Y::Bottom(i) => blocks[i].y + blocks[i].h,
        // Tracks are counted up from the row below, so that arrows keep room for their heads.
        Y::Gutter(r, t) => tops.get(r).copied().unwrap_or(y_end(&tops)) - 18 - t * TRACK,
    };
    let routes = drafts
        .into_iter()
        .map(|(points, label)| Route {
            points: points.into_iter().map(|(x, y)| (at_x(x), at_y(y))).collect(),
            label,
        })
        .collect();
    Plan { size: (width, y + 20), lanes, blocks, routes }
}

fn y_end(tops: &[i32]) -> i32 {
    tops.last().copied().unwrap_or(HEAD)
}

fn words((i, step): (usize, &super::model::Step)) -> (Vec<String>, Vec<String>) {
    let lines = wrap(&format!("{}. {}", i + 1, step.text), ROOM);
    (lines, step.fine_print().map(|f| wrap(&f, FINE_ROOM)).unwrap_or_default())
}

fn height(lines: &[String], fine: &[String]) -> i32 {
    let count = |of: &[String]| i32::try_from(of.len()).unwrap_or(1);
    2 * PAD + count(lines) * LINE + count(fine) * FINE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the segment passes through the inside of the box.
    fn cuts(a: (i32, i32), b: (i32, i32), block: &Block) -> bool {
        let (x1, x2) = (a.0.min(b.0), a.0.max(b.0));
        let (y1, y2) = (a.1.min(b.1), a.1.max(b.1));
        x2 > block.x && x1 < block.x + BOX && y2 > block.y && y1 < block.y + block.h
    }

    #[test]
    fn no_line_of_the_shipped_flows_passes_through_a_box() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/flow");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let flow: FlowFile = crate::law::parse_rules("flow", &text).unwrap();
            assert_eq!(flow.check(), Ok(()), "{}", path.display());
            let plan = plan(&flow);
            for (i, a) in plan.blocks.iter().enumerate() {
                for b in &plan.blocks[i + 1..] {
                    let apart =
                        a.x + BOX <= b.x || b.x + BOX <= a.x || a.y + a.h < b.y || b.y + b.h < a.y;
                    assert!(apart, "{}: boxes overlap", path.display());
                }
            }
            for route in &plan.routes {
                for pair in route.points.windows(2) {
                    assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "a slanted line");
                    let hit = plan.blocks.iter().find(|b| cuts(pair[0], pair[1], b));
                    assert!(hit.is_none(), "{}: {pair:?} cuts {hit:?}", path.display());
                }
            }
        }
    }

    #[test]
    fn limits_of_flows_are_the_laws_terms() {
        let law = crate::law::Law::load(&crate::law::Shelf::embedded(), &[]).expect("the law");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/flow");
        let mut tied = 0;
        for entry in std::fs::read_dir(folder).expect("flows") {
            let text = std::fs::read_to_string(entry.expect("a flow").path()).expect("text");
            let mut flow: FlowFile = crate::law::parse_rules("flow", &text).expect("a flow");
            assert_eq!(flow.tie(&law), Ok(()));
            let mut limits = flow.steps.iter_mut().filter_map(|s| s.limit.as_mut());
            if let Some(limit) = limits.find(|l| l.term.is_some()) {
                limit.length += 1;
                tied += 1;
                assert!(flow.tie(&law).is_err(), "a limit that is not the law's is found");
            }
        }
        assert!(tied > 0, "no flow names a term of the law");
    }
}
