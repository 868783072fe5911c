//! A YAML file of entries as keys and values in the order they stand, with the line of each.
//!
//! The lines are found again in the text: the reader of rules keeps none.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// What stands at a key.
pub(super) enum Node {
    /// Nothing.
    Nothing,
    /// A word or number, as text.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values; a key may stand twice.
    Map(Vec<(String, Node)>),
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a figure, a list or a row")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Scalar(value.trim().to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, node)) = map.next_entry::<Node, Node>()? {
            let key = match key {
                Node::Scalar(key) => key,
                Node::Nothing | Node::List(_) | Node::Map(_) => String::new(),
            };
            pairs.push((key, node));
        }
        Ok(Node::Map(pairs))
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

/// The lines of a file.
pub(super) struct Lines<'t>(Vec<&'t str>);

impl<'t> Lines<'t> {
    /// Of this text.
    pub(super) fn of(text: &'t str) -> Self {
        Self(text.lines().collect())
    }

    /// The line, from 1, of the n-th outermost key of this name; 1 where it is not found.
    pub(super) fn key(&self, key: &str) -> usize {
        self.find(0, self.0.len(), |line| !line.starts_with([' ', '-']) && begins(line, key))
            .map_or(1, |at| at + 1)
    }

    /// The line of the row `number` (from 0) of the list that begins after line `top`.
    pub(super) fn row(&self, top: usize, number: usize) -> usize {
        let is_row = |line: &str| line.trim_start().starts_with('-');
        let first = self.find(top, self.0.len(), is_row);
        let Some(first) = first else { return top };
        let indent = indent(self.0[first]);
        let rows = (first..self.0.len())
            .take_while(|at| !self.is_outermost_key(*at))
            .filter(|at| is_row(self.0[*at]) && self::indent(self.0[*at]) == indent);
        rows.skip(number).map(|at| at + 1).next().unwrap_or(top)
    }

    /// The line of a key in the row that begins at line `row`; the row's own where it is not found.
    pub(super) fn cell(&self, row: usize, key: &str) -> usize {
        let end = (row..self.0.len())
            .find(|at| self.0[*at].trim_start().starts_with('-') || self.is_outermost_key(*at))
            .unwrap_or(self.0.len());
        let named =
            |line: &str| begins(line.trim_start().trim_start_matches("- ").trim_start(), key);
        self.find(row.saturating_sub(1), end, named).map_or(row, |at| at + 1)
    }

    fn is_outermost_key(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|line| {
            !line.is_empty() && !line.starts_with([' ', '-', '#']) && line.contains(':')
        })
    }

    fn find(&self, from: usize, to: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
        (from..to.min(self.0.len())).find(|at| is(self.0[*at]))
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line begins with this key, in quotes or not.
fn begins(line: &str, key: &str) -> bool {
    let bare = line.trim_start_matches(['"', '\'']);
    bare.strip_prefix(key)
        .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_again() {
        let text = "填报人: 统计岗\n行政许可:\n  - 单位: 甲\n    申请数量: 1\n  - 单位: 乙\n    申请数量: 2\n行政检查:\n- {单位: 甲, 检查次数: 3}\n";
        let lines = Lines::of(text);
        assert_eq!((lines.key("行政许可"), lines.key("行政检查"), lines.key("无")), (2, 7, 1));
        assert_eq!((lines.row(2, 0), lines.row(2, 1), lines.row(2, 2)), (3, 5, 2));
        assert_eq!((lines.cell(3, "申请数量"), lines.cell(5, "申请数量")), (4, 6));
        assert_eq!((lines.row(7, 0), lines.cell(8, "检查次数")), (8, 8));
    }
}
