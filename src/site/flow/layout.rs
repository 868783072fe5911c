//! Where boxes, lines and labels of a drawing go, in units. Boxes are as high as their words need, gutters and
//! channels as wide as their tracks and labels need: so nothing lies on anything else.

use super::super::svg::{width, wrap};
use super::chart::{Chart, Form, Node};
use super::ports::{Out, leaves_aside, outs};
use super::route::{Path, Routes, routes};

/// Width of a box.
pub(super) const BOX: i32 = 184;
/// Size of the text of a box.
pub(super) const TEXT: i32 = 16;
/// Size of fine print.
pub(super) const FINE: i32 = 13;
/// Size of a label.
pub(super) const LABEL: i32 = 13;
/// Height of a line of text.
pub(super) const TEXT_LINE: i32 = 22;
/// Height of a line of fine print.
pub(super) const FINE_LINE: i32 = 18;
/// Height of a line of a label.
pub(super) const LABEL_LINE: i32 = 16;
/// Blank left and right of the text of a box.
const INSET: i32 = 10;
/// Blank above and below the text of a box.
const PAD: i32 = 9;
/// Height of the lane heads with one line.
const HEAD: i32 = 34;
/// Distance of a label from its line.
pub(super) const GAP: i32 = 5;
/// Half-widths of a label beside a box.
const LABEL_ROOM: usize = 10;
/// Between a box and the nearest track.
const ZONE: i32 = 16;
/// Between two tracks.
const TRACK: i32 = 14;
/// Between the last track of a channel and the row below: an arrowhead.
const ARROW: i32 = 20;
/// Least height of a channel.
const CHANNEL: i32 = 36;
/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    /// Left edge.
    pub(super) x: i32,
    /// Top edge.
    pub(super) y: i32,
    /// Width.
    pub(super) w: i32,
    /// Height.
    pub(super) h: i32,
}

/// A box.
#[derive(Debug)]
pub(super) struct Block {
    /// Where it stands.
    pub(super) rect: Rect,
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
    pub(super) label: Option<Label>,
    /// The boxes it joins.
    #[cfg(test)]
    pub(super) ends: (usize, usize),
}

/// A label beside its line.
#[derive(Debug)]
pub(super) struct Label {
    /// Where it stands.
    pub(super) rect: Rect,
    /// Whether it begins at its left edge; else it ends at its right.
    pub(super) starts: bool,
    /// Its lines.
    pub(super) lines: Vec<String>,
}

/// A lane.
#[derive(Debug)]
pub(super) struct Lane {
    /// Left edge of its boxes.
    pub(super) x: i32,
    /// Its name, in lines.
    pub(super) lines: Vec<String>,
}

/// A whole drawing.
#[derive(Debug)]
pub(super) struct Plan {
    /// Width and height.
    pub(super) size: (i32, i32),
    /// Lanes, from left to right.
    pub(super) lanes: Vec<Lane>,
    /// Height of the heads of lanes.
    pub(super) head: i32,
    /// Boxes, in the order of the chart.
    pub(super) blocks: Vec<Block>,
    /// Lines.
    pub(super) routes: Vec<Route>,
}

/// Lays the chart out.
pub(super) fn plan(chart: &Chart) -> Plan {
    let routes = routes(chart);
    let outs = outs(&routes);
    let texts: Vec<Text> =
        chart.nodes.iter().enumerate().map(|(i, n)| Text::of(n, &routes, i)).collect();
    let names: Vec<Vec<String>> =
        chart.lanes.iter().map(|name| wrap(name, room(BOX, TEXT))).collect();
    let head = HEAD + TEXT_LINE * (count(names.iter().map(Vec::len).max().unwrap_or(1)) - 1);
    let grid = Grid::new(chart, &routes, &texts, (&outs, head));
    let blocks: Vec<Block> = texts
        .into_iter()
        .zip(&routes.cells)
        .map(|(text, (row, column))| Block {
            rect: Rect { x: grid.columns[*column], y: grid.rows[*row], w: BOX, h: text.height },
            lines: text.lines,
            fine: text.fine,
        })
        .collect();
    let pen = Pen { routes: &routes, grid: &grid, blocks: &blocks, outs: &outs };
    let lines = (0..routes.lines.len()).map(|i| pen.route(i)).collect();
    let lanes =
        names.into_iter().zip(&grid.columns).map(|(lines, x)| Lane { x: *x, lines }).collect();
    Plan { size: grid.size, lanes, head, blocks, routes: lines }
}

/// A number of things as a coordinate.
pub(super) fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / 4096)
}

/// Half-widths of text of a size that a box of some width can hold.
fn room(wide: i32, size: i32) -> usize {
    usize::try_from((wide - 2 * INSET) * 2 / size).unwrap_or(2)
}

/// Width of the longest line, in units.
pub(super) fn wide(lines: &[String], size: i32) -> i32 {
    count(lines.iter().map(|line| width(line)).max().unwrap_or(0)) * size / 2 + 1
}

/// The words of a box in lines.
struct Text {
    lines: Vec<String>,
    fine: Vec<String>,
    height: i32,
}

impl Text {
    fn of(node: &Node, routes: &Routes, index: usize) -> Self {
        // The corners of a hexagon take some of its width.
        let wide = if node.form == Form::Decision { BOX - 8 } else { BOX };
        let lines = wrap(&node.text, room(wide, TEXT));
        let fine: Vec<String> = node.fine.iter().flat_map(|f| wrap(f, room(wide, FINE))).collect();
        let words = count(lines.len()) * TEXT_LINE + count(fine.len()) * FINE_LINE;
        // Room above the middle for the label of a line out of the side.
        let beside =
            routes.lines.iter().filter(|l| l.from == index && leaves_aside(l.path).is_some());
        let label =
            beside.filter_map(|l| l.label.as_ref()).map(|l| wrap(l, LABEL_ROOM).len()).max();
        let least = label.map_or(0, |lines| 2 * (count(lines) * LABEL_LINE + GAP + 1));
        Self { lines, fine, height: (2 * PAD + words).max(least) }
    }
}

/// Coordinates of columns, rows, gutters and channels.
struct Grid {
    /// Left edges of columns.
    columns: Vec<i32>,
    /// First tracks of gutters.
    gutters: Vec<i32>,
    /// Top edges of rows.
    rows: Vec<i32>,
    /// First tracks of channels, counted up from the row below.
    channels: Vec<i32>,
    size: (i32, i32),
}

impl Grid {
    fn new(
        chart: &Chart,
        routes: &Routes,
        texts: &[Text],
        (outs, head): (&[Option<Out>], i32),
    ) -> Self {
        let (mut columns, mut gutters, mut x) = (Vec::new(), Vec::new(), 0);
        for gutter in 0..=chart.lanes.len() {
            x += zone(routes, gutter, true);
            gutters.push(x);
            x += TRACK * (count(Routes::tracks(&routes.gutters, gutter)) - 1).max(0);
            x += zone(routes, gutter, false);
            if gutter < chart.lanes.len() {
                columns.push(x);
                x += BOX;
            }
        }
        let (mut rows, mut channels, mut y) = (Vec::new(), Vec::new(), head);
        let last = routes.cells.iter().map(|c| c.0 + 1).max().unwrap_or(0);
        for row in 0..=last {
            let band = |(line, out): (&super::route::Routed, &Option<Out>)| {
                let lines =
                    out.as_ref().filter(|_| routes.cells[line.from].0 + 1 == row)?.label.len();
                (lines > 0).then(|| count(lines) * LABEL_LINE + GAP)
            };
            let labels = routes.lines.iter().zip(outs).filter_map(band).max().unwrap_or(0);
            let tracks = count(Routes::tracks(&routes.channels, row));
            let least = if row == 0 || row == last { ARROW } else { CHANNEL };
            y += labels + (ARROW + tracks * TRACK).max(least);
            channels.push(y - ARROW);
            if row < last {
                rows.push(y);
                let of_row = routes.cells.iter().zip(texts).filter(|(c, _)| c.0 == row);
                y += of_row.map(|(_, text)| text.height).max().unwrap_or(0);
            }
        }
        Self { columns, gutters, rows, channels, size: (x, y) }
    }
}

/// Room between a gutter's tracks and the boxes at its left or right: for the labels of lines that leave there.
fn zone(routes: &Routes, gutter: usize, left_of_tracks: bool) -> i32 {
    let here = |line: &&super::route::Routed| {
        let column = routes.cells[line.from].1;
        match leaves_aside(line.path) {
            Some(true) => left_of_tracks && column + 1 == gutter,
            Some(false) => !left_of_tracks && column == gutter,
            None => false,
        }
    };
    let labels = routes.lines.iter().filter(here).filter_map(|line| line.label.as_ref());
    labels
        .map(|label| wide(&wrap(label, LABEL_ROOM), LABEL) + 2 * GAP + 4)
        .max()
        .unwrap_or(0)
        .max(ZONE)
}

/// Draws lines on the grid.
struct Pen<'p> {
    routes: &'p Routes,
    grid: &'p Grid,
    blocks: &'p [Block],
    outs: &'p [Option<Out>],
}

impl Pen<'_> {
    fn route(&self, index: usize) -> Route {
        let line = &self.routes.lines[index];
        let (from, to) = (self.blocks[line.from].rect, self.blocks[line.to].rect);
        let middle = to.x + BOX / 2;
        let out = self.outs[index].as_ref();
        let leave = (from.x + BOX / 2 + out.map_or(0, |o| o.offset), from.y + from.h);
        let aside = |right: bool| (if right { from.x + BOX } else { from.x }, from.y + from.h / 2);
        let mut points = match line.path {
            Path::Straight => vec![leave],
            Path::Over { right } => vec![aside(right), (middle, aside(right).1)],
            Path::Side { right, gutter, channel } => {
                let (x, y) = (self.gutter(gutter), self.channel(channel));
                vec![aside(right), (x, aside(right).1), (x, y), (middle, y)]
            }
            Path::Port { channel } => {
                let y = self.channel(channel);
                vec![leave, (leave.0, y), (middle, y)]
            }
            Path::Around { out, gutter, into } => {
                let (y, x, into) = (self.channel(out), self.gutter(gutter), self.channel(into));
                vec![leave, (leave.0, y), (x, y), (x, into), (middle, into)]
            }
        };
        points.push((middle, to.y));
        points.dedup();
        let label = match (leaves_aside(line.path), out) {
            (Some(right), _) => line.label.as_ref().map(|label| beside(aside(right), right, label)),
            (None, Some(out)) if !out.label.is_empty() => Some(self.below(leave.0, line.from, out)),
            (None, _) => None,
        };
        Route {
            points,
            label,
            #[cfg(test)]
            ends: (line.from, line.to),
        }
    }

    fn gutter(&self, span: usize) -> i32 {
        let span = self.routes.gutters[span];
        self.grid.gutters[span.at] + TRACK * count(span.track)
    }

    fn channel(&self, span: usize) -> i32 {
        let span = self.routes.channels[span];
        self.grid.channels[span.at] - TRACK * count(span.track)
    }

    /// The label of a line out of the bottom: under its row, where only such lines pass.
    fn below(&self, x: i32, from: usize, out: &Out) -> Label {
        let row = self.routes.cells[from].0;
        let of_row = self.routes.cells.iter().zip(self.blocks).filter(|(c, _)| c.0 == row);
        let y = of_row.map(|(_, b)| b.rect.y + b.rect.h).max().unwrap_or(0) + GAP;
        let (w, h) = (wide(&out.label, LABEL), count(out.label.len()) * LABEL_LINE);
        let x = if out.right { x + GAP } else { x - GAP - w };
        Label { rect: Rect { x, y, w, h }, starts: out.right, lines: out.label.clone() }
    }
}

/// The label of a line out of the side: above it, before the first track.
fn beside((x, y): (i32, i32), right: bool, label: &str) -> Label {
    let lines = wrap(label, LABEL_ROOM);
    let (w, h) = (wide(&lines, LABEL), count(lines.len()) * LABEL_LINE);
    let x = if right { x + GAP } else { x - GAP - w };
    Label { rect: Rect { x, y: y - GAP - h, w, h }, starts: right, lines }
}
