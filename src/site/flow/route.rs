//! Which way each line takes, before any coordinate is known. Lanes are columns and steps go down. A line runs
//! in the gutters between columns and the channels between rows, where no box stands, or over cells that are
//! empty. Lines that would lie on each other get tracks of their own, unless they lead to the same box.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::{Chart, Node};

/// Row and column of a box.
pub(super) type Cell = (usize, usize);

/// A stretch in a gutter or a channel. Its ends are counted in slots: gutters and channels are even, columns
/// and rows odd.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// Number of the gutter or channel.
    pub(super) at: usize,
    low: usize,
    high: usize,
    to: usize,
    /// Track, from 0.
    pub(super) track: usize,
}

/// The way of a line. Numbers of spans point into [`Routes`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Path {
    /// Down the column.
    Straight,
    /// Out of the side, over empty cells, down the other column.
    Over {
        /// Out of the right side.
        right: bool,
    },
    /// Out of the side into the gutter beside, along it, and into the other column from above.
    Side {
        /// Out of the right side.
        right: bool,
        /// Stretch of the gutter.
        gutter: usize,
        /// Stretch of the channel above the other box.
        channel: usize,
    },
    /// Out of the bottom into the channel below, and down the other column.
    Port {
        /// Stretch of the channel below.
        channel: usize,
    },
    /// Out of the bottom into the channel below, along a gutter, and into the other column from above.
    Around {
        /// Stretch of the channel below.
        out: usize,
        /// Stretch of the gutter.
        gutter: usize,
        /// Stretch of the channel above the other box.
        into: usize,
    },
}

/// A line.
#[derive(Debug)]
pub(super) struct Routed {
    /// The box it comes from.
    pub(super) from: usize,
    /// The box it leads to.
    pub(super) to: usize,
    /// On what answer.
    pub(super) label: Option<String>,
    /// Its way.
    pub(super) path: Path,
}

/// All lines.
#[derive(Debug)]
pub(super) struct Routes {
    /// Where the boxes stand.
    pub(super) cells: Vec<Cell>,
    /// Lines.
    pub(super) lines: Vec<Routed>,
    /// Stretches of gutters.
    pub(super) gutters: Vec<Span>,
    /// Stretches of channels.
    pub(super) channels: Vec<Span>,
}

impl Routes {
    /// Tracks of a gutter or channel.
    pub(super) fn tracks(spans: &[Span], at: usize) -> usize {
        spans.iter().filter(|s| s.at == at).map(|s| s.track + 1).max().unwrap_or(0)
    }

    /// For each channel and column, the boxes that lines down the middle of the column lead to there.
    pub(super) fn middles(&self) -> BTreeMap<Cell, BTreeSet<usize>> {
        let mut middles: BTreeMap<Cell, BTreeSet<usize>> = BTreeMap::new();
        for line in &self.lines {
            let (from, (row, column)) = (self.cells[line.from], self.cells[line.to]);
            let first = match line.path {
                Path::Straight | Path::Over { .. } | Path::Port { .. } => from.0 + 1,
                Path::Side { .. } | Path::Around { .. } => row,
            };
            for channel in first..=row {
                middles.entry((channel, column)).or_default().insert(line.to);
            }
        }
        middles
    }
}

/// Places the boxes and finds a way for every line.
pub(super) fn routes(chart: &Chart) -> Routes {
    let cells = place(&chart.nodes);
    let mut router = Router {
        cells: &cells,
        claims: BTreeSet::new(),
        straight: BTreeSet::new(),
        gutters: Vec::new(),
        channels: Vec::new(),
    };
    let ends = |(from, node): (usize, &'_ Node)| {
        node.next.iter().map(move |edge| (from, edge.to, edge.label.clone())).collect::<Vec<_>>()
    };
    let edges: Vec<_> = chart.nodes.iter().enumerate().flat_map(ends).collect();
    // Lines straight down first: they need no room that another could take.
    let mut paths: Vec<Option<Path>> =
        edges.iter().map(|(from, to, _)| router.straight_down(*from, *to)).collect();
    for (path, (from, to, label)) in paths.iter_mut().zip(&edges) {
        if path.is_none() {
            *path = Some(router.around(*from, *to, label.is_some()));
        }
    }
    let (mut gutters, mut channels) = (router.gutters, router.channels);
    spread(&mut gutters);
    spread(&mut channels);
    let line = |((from, to, label), path): ((usize, usize, Option<String>), Option<Path>)| {
        Some(Routed { from, to, label, path: path? })
    };
    let lines = edges.into_iter().zip(paths).filter_map(line).collect();
    Routes { cells, lines, gutters, channels }
}

/// Gives each box a row below all boxes before it that lead to it, and a cell for itself.
fn place(nodes: &[Node]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        let leads_here = |n: &Node| n.next.iter().any(|edge| edge.to == i);
        let above = nodes[..i].iter().zip(&cells).filter(|(n, _)| leads_here(n));
        let mut row = above.map(|(_, cell)| cell.0 + 1).max().unwrap_or(0);
        while cells.contains(&(row, node.lane)) {
            row += 1;
        }
        cells.push((row, node.lane));
    }
    cells
}

struct Router<'a> {
    cells: &'a [Cell],
    /// Rows and slots that a line runs through at the height of the boxes.
    claims: BTreeSet<(usize, usize)>,
    /// Boxes that have a line straight down.
    straight: BTreeSet<usize>,
    gutters: Vec<Span>,
    channels: Vec<Span>,
}

const fn gutter_slot(gutter: usize) -> usize {
    2 * gutter
}

const fn column_slot(column: usize) -> usize {
    2 * column + 1
}

const fn channel_slot(channel: usize) -> usize {
    2 * channel
}

const fn row_slot(row: usize) -> usize {
    2 * row + 1
}

impl Router<'_> {
    fn is_free(&self, row: usize, column: usize) -> bool {
        !self.cells.contains(&(row, column))
    }

    /// Whether the column is empty in the rows after `from` and before `to`.
    fn is_clear(&self, column: usize, from: usize, to: usize) -> bool {
        (from + 1..to).all(|row| self.is_free(row, column))
    }

    fn straight_down(&mut self, from: usize, to: usize) -> Option<Path> {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        let fits = c1 == c2 && r2 > r1 && self.is_clear(c1, r1, r2);
        (fits && self.straight.insert(from)).then_some(Path::Straight)
    }

    fn around(&mut self, from: usize, to: usize, labelled: bool) -> Path {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        if r2 <= r1 {
            let sides = if c2 < c1 { [false, true] } else { [true, false] };
            let side = sides.into_iter().find_map(|right| self.side(from, to, right));
            return side.unwrap_or_else(|| self.out_of_the_bottom(from, to));
        }
        if let Some(path) = self.over(from, to) {
            return path;
        }
        let (right, is_clear) = (c2 >= c1, self.is_clear(c2, r1, r2));
        if labelled || !is_clear || c1 == c2 {
            let sides = if c1 == c2 { vec![right, !right] } else { vec![right] };
            if let Some(path) = sides.into_iter().find_map(|right| self.side(from, to, right)) {
                return path;
            }
        }
        if is_clear {
            let channel = self.channel(r1 + 1, (column_slot(c1), column_slot(c2)), to);
            return Path::Port { channel };
        }
        self.out_of_the_bottom(from, to)
    }

    /// Out of the side and over empty cells.
    fn over(&mut self, from: usize, to: usize) -> Option<Path> {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        let right = c2 > c1;
        let mut between = if right { c1 + 1..c2 + 1 } else { c2..c1 };
        let slots = if right {
            gutter_slot(c1 + 1)..=column_slot(c2)
        } else {
            column_slot(c2)..=gutter_slot(c1)
        };
        let fits = c1 != c2
            && between.all(|column| self.is_free(r1, column))
            && self.is_clear(c2, r1, r2)
            && slots.clone().all(|slot| !self.claims.contains(&(r1, slot)));
        if !fits {
            return None;
        }
        self.claims.extend(slots.map(|slot| (r1, slot)));
        Some(Path::Over { right })
    }

    /// Out of the side into the gutter beside.
    fn side(&mut self, from: usize, to: usize, right: bool) -> Option<Path> {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        let gutter = if right { c1 + 1 } else { c1 };
        if !self.claims.insert((r1, gutter_slot(gutter))) {
            return None;
        }
        let channel = self.channel(r2, (gutter_slot(gutter), column_slot(c2)), to);
        let gutter = self.gutter(gutter, (row_slot(r1), channel_slot(r2)), to);
        Some(Path::Side { right, gutter, channel })
    }

    fn out_of_the_bottom(&mut self, from: usize, to: usize) -> Path {
        let ((r1, c1), (r2, c2)) = (self.cells[from], self.cells[to]);
        let beside = if c2 > c1 { c2 } else { c2 + 1 };
        let out = self.channel(r1 + 1, (column_slot(c1), gutter_slot(beside)), to);
        let gutter = self.gutter(beside, (channel_slot(r1 + 1), channel_slot(r2)), to);
        let into = self.channel(r2, (gutter_slot(beside), column_slot(c2)), to);
        Path::Around { out, gutter, into }
    }

    fn gutter(&mut self, at: usize, ends: (usize, usize), to: usize) -> usize {
        self.gutters.push(span(at, ends, to));
        self.gutters.len() - 1
    }

    fn channel(&mut self, at: usize, ends: (usize, usize), to: usize) -> usize {
        self.channels.push(span(at, ends, to));
        self.channels.len() - 1
    }
}

fn span(at: usize, (a, b): (usize, usize), to: usize) -> Span {
    Span { at, low: a.min(b), high: a.max(b), to, track: 0 }
}

/// Gives stretches that would lie on each other tracks of their own, short ones first.
fn spread(spans: &mut [Span]) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|i| (spans[*i].high - spans[*i].low, *i));
    let mut done: Vec<Span> = Vec::new();
    for i in order {
        let own = spans[i];
        let meets = |other: &&Span| {
            other.at == own.at
                && other.to != own.to
                && other.low <= own.high
                && own.low <= other.high
        };
        let taken: BTreeSet<usize> = done.iter().filter(meets).map(|other| other.track).collect();
        let track = (0..).find(|track| !taken.contains(track)).unwrap_or(0);
        spans[i].track = track;
        done.push(spans[i]);
    }
}
