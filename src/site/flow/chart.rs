//! What is drawn: boxes with their words, cut into parts that one sheet can hold. A line that leaves a part ends
//! in a connector which names the step and the page it goes on at. Knows no coordinates.

use super::model::{FlowFile, StepKind};
use super::tie::Words;

/// How far a cut may stand from an even one, in steps, where fewer lines pass there.
const SLACK: usize = 2;

/// Form of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Something is done.
    Step,
    /// Something is asked.
    Decision,
    /// A beginning or an end.
    Terminal,
    /// A connector to or from another page.
    Link,
}

/// A box.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Words.
    pub(super) text: String,
    /// Clause and term, each on lines of its own.
    pub(super) fine: Vec<String>,
    /// Form.
    pub(super) form: Form,
    /// Column.
    pub(super) lane: usize,
    /// Where it leads.
    pub(super) next: Vec<Edge>,
    /// Address of the page a connector leads to, relative to the drawing's.
    pub(super) href: Option<String>,
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// Index of the box it leads to.
    pub(super) to: usize,
    /// On what answer.
    pub(super) label: Option<String>,
}

/// One drawing.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// Title, for those who cannot see it.
    pub(super) title: String,
    /// What it shows, likewise.
    pub(super) describes: String,
    /// Which part of the flow it is and where it goes on; none for a whole one.
    pub(super) caption: Option<String>,
    /// Who acts, from left to right.
    pub(super) lanes: Vec<String>,
    /// Boxes, in reading order.
    pub(super) nodes: Vec<Node>,
}

/// Cuts the flow into drawings of at most `most` steps. `address` gives the way from the page of one part
/// to that of another, both from 0, where parts stand on pages of their own.
pub(super) fn parts(
    flow: &FlowFile,
    words: &Words,
    most: usize,
    address: fn(usize, usize) -> Option<String>,
) -> Vec<Chart> {
    let cuts = cuts(flow, most);
    let bounds: Vec<(usize, usize)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let cutter = Cutter { flow, words, bounds: &bounds, address };
    (0..bounds.len()).map(|part| cutter.part(part)).collect()
}

/// Where parts begin, with the end of the last: as even as can be, but where the fewest lines pass.
fn cuts(flow: &FlowFile, most: usize) -> Vec<usize> {
    let (count, most) = (flow.steps.len(), most.max(1));
    let parts = count.div_ceil(most).max(1);
    let mut cuts = vec![0];
    for part in 1..parts {
        let even = count * part / parts;
        let last = cuts.last().copied().unwrap_or(0);
        let fits = |at: &usize| {
            *at > last && at - last <= most && (count - at).div_ceil(parts - part) <= most
        };
        let near = (even.saturating_sub(SLACK)..=even + SLACK).filter(fits);
        let best = near.min_by_key(|at| (passing(flow, *at), at.abs_diff(even)));
        cuts.push(best.unwrap_or(even));
    }
    cuts.push(count);
    cuts
}

/// How many lines pass a cut before step `at`.
fn passing(flow: &FlowFile, at: usize) -> usize {
    let ways = flow.steps.iter().enumerate().flat_map(|(i, s)| s.next.iter().map(move |w| (i, w)));
    ways.filter(|(i, w)| flow.index(&w.to).is_some_and(|to| (*i < at) != (to < at))).count()
}

struct Cutter<'c> {
    flow: &'c FlowFile,
    words: &'c Words,
    bounds: &'c [(usize, usize)],
    address: fn(usize, usize) -> Option<String>,
}

/// What stands in a part: a step, or the end or beginning of a line from elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Step(usize),
    /// Goes on at this step of another part.
    Out(usize),
    /// Comes to this step from other parts.
    In(usize),
}

impl Cutter<'_> {
    fn part_of(&self, step: usize) -> usize {
        self.bounds.iter().position(|(_, end)| step < *end).unwrap_or(0)
    }

    /// Indices of the steps a step leads to.
    fn targets(&self, step: usize) -> impl Iterator<Item = usize> {
        self.flow.steps[step].next.iter().filter_map(|way| self.flow.index(&way.to))
    }

    /// What stands in a part, in reading order.
    fn items(&self, part: usize) -> Vec<Item> {
        let (from, end) = self.bounds[part];
        let inside = |step: &usize| (from..end).contains(step);
        let mut items = Vec::new();
        for step in from..end {
            if self.sources(step).iter().any(|source| !inside(source)) {
                items.push(Item::In(step));
            }
            items.push(Item::Step(step));
            for to in self.targets(step).filter(|to| !inside(to)) {
                // After the last step that leads there, so that all its lines go down.
                items.retain(|item| *item != Item::Out(to));
                items.push(Item::Out(to));
            }
        }
        items
    }

    fn sources(&self, step: usize) -> Vec<usize> {
        (0..self.flow.steps.len()).filter(|from| self.targets(*from).any(|to| to == step)).collect()
    }

    fn part(&self, part: usize) -> Chart {
        let items = self.items(part);
        let mut nodes: Vec<Node> =
            items.iter().map(|item| self.node(part, *item, &items)).collect();
        let mut used: Vec<usize> = nodes.iter().map(|node| node.lane).collect();
        used.sort_unstable();
        used.dedup();
        for node in &mut nodes {
            node.lane = used.iter().position(|lane| *lane == node.lane).unwrap_or(0);
        }
        let (title, count) = (&self.flow.title, self.flow.steps.len());
        let whole = self.bounds.len() == 1;
        let (from, end) = self.bounds[part];
        Chart {
            title: if whole {
                title.clone()
            } else {
                format!("{title}（第{}页，共{}页）", part + 1, self.bounds.len())
            },
            describes: if whole {
                format!("{}共{count}步，文字说明见图下。", self.words.applies)
            } else {
                format!("第{}步至第{end}步，全图共{count}步，文字说明见图下。", from + 1)
            },
            caption: (!whole).then(|| self.caption(part, &items)),
            lanes: used.iter().map(|lane| self.flow.lanes[*lane].clone()).collect(),
            nodes,
        }
    }

    /// The part among all, its steps, and the pages that its lines lead on to.
    fn caption(&self, part: usize, items: &[Item]) -> String {
        let (from, end) = self.bounds[part];
        let mut pages: Vec<usize> = Vec::new();
        for item in items {
            if let Item::Out(to) = item {
                pages.push(self.part_of(*to) + 1);
            }
        }
        pages.sort_unstable();
        pages.dedup();
        let on: Vec<String> = pages.iter().map(usize::to_string).collect();
        let on =
            if on.is_empty() { on.concat() } else { format!("，转第 {} 页", on.join("、")) };
        let (number, count) = (part + 1, self.bounds.len());
        format!("第 {number} 页，共 {count} 页：第 {} 步至第 {end} 步{on}", from + 1)
    }

    fn node(&self, part: usize, item: Item, items: &[Item]) -> Node {
        let at = |item: Item| items.iter().position(|other| *other == item).unwrap_or(0);
        match item {
            Item::Step(step) => {
                let (row, worded) = (&self.flow.steps[step], &self.words.steps[step]);
                let edge = |(way, to): (&super::model::Way, usize)| {
                    let inside = self.part_of(to) == part;
                    let item = if inside { Item::Step(to) } else { Item::Out(to) };
                    Edge { to: at(item), label: way.label.clone() }
                };
                Node {
                    text: format!("{}. {}", step + 1, worded.text),
                    fine: worded.fine_print(),
                    form: form(row.kind),
                    lane: self.flow.lane(row),
                    next: row.next.iter().zip(self.targets(step)).map(edge).collect(),
                    href: None,
                }
            }
            Item::Out(to) => {
                let other = self.part_of(to);
                let lane = |from: &usize| self.part_of(*from) == part;
                let from = self.sources(to).into_iter().rfind(lane).unwrap_or(to);
                let text = format!("接第{}步（第{}页）", to + 1, other + 1);
                self.link(text, from, Vec::new(), (part, other))
            }
            Item::In(step) => {
                let elsewhere: Vec<usize> =
                    self.sources(step).into_iter().filter(|s| self.part_of(*s) != part).collect();
                let named: Vec<String> = elsewhere
                    .iter()
                    .map(|s| format!("第{}步（第{}页）", s + 1, self.part_of(*s) + 1))
                    .collect();
                let other = elsewhere.first().map_or(part, |s| self.part_of(*s));
                let next = vec![Edge { to: at(Item::Step(step)), label: None }];
                self.link(format!("来自{}", named.join("、")), step, next, (part, other))
            }
        }
    }

    /// A connector in the lane of a step.
    fn link(
        &self,
        text: String,
        beside: usize,
        next: Vec<Edge>,
        (part, other): (usize, usize),
    ) -> Node {
        let lane = self.flow.lane(&self.flow.steps[beside]);
        Node {
            text,
            fine: Vec::new(),
            form: Form::Link,
            lane,
            next,
            href: (self.address)(part, other),
        }
    }
}

const fn form(kind: StepKind) -> Form {
    match kind {
        StepKind::Step => Form::Step,
        StepKind::Decision => Form::Decision,
        StepKind::Start | StepKind::End => Form::Terminal,
    }
}
