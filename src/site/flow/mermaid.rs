//! Takes over a flowchart that a bureau has as Mermaid text and writes it as a flow of ours. It reads a subset:
//! nodes, arrows with labels, subgraphs as lanes. Anything else is refused with its line, never guessed.

use std::fmt::Write as _;

use super::model::is_plain;

/// Lane of nodes outside every subgraph.
const NO_LANE: &str = "承办机构";
/// Arrows, longest first.
const ARROWS: [&str; 3] = ["-.->", "-->", "==>"];
/// How an arrow with words in it begins, and ends.
const WORDED: [(&str, &str); 3] = [("-.", ".->"), ("--", "-->"), ("==", "==>")];

/// What was not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Line from 1.
    pub(crate) line: usize,
    /// In Chinese.
    pub(crate) zh: &'static str,
    /// In English.
    pub(crate) en: &'static str,
}

/// How a node is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Round,
    Question,
}

struct Node {
    id: String,
    text: Option<String>,
    form: Form,
    lane: Option<usize>,
    next: Vec<(usize, Option<String>)>,
}

/// Rewrites Mermaid text as the text of `data/flow/<id>.yml`.
///
/// # Errors
/// The first line that the subset does not have, or an `id` that cannot be an address (line 0).
pub(crate) fn import(text: &str, id: &str, title: Option<&str>) -> Result<String, Fault> {
    if !is_plain(id) {
        return Err(Fault {
            line: 0,
            zh: "编号只用小写字母、数字和连字符",
            en: "the id takes a-z, 0-9 and - only",
        });
    }
    let mut reader = Reader::default();
    let mut opened = false;
    let mut front = false;
    for (line, raw) in (1..).zip(text.lines()) {
        let at = |(zh, en)| Fault { line, zh, en };
        let words = raw.trim().trim_end_matches(';').trim_end();
        if words == "---" && !opened {
            front = !front;
        } else if front {
            if let Some(own) = words.strip_prefix("title:") {
                reader.title = Some(unquoted(own.trim()).to_owned());
            }
        } else if words.is_empty() || words.starts_with("%%") && !words.starts_with("%%{") {
        } else if !opened {
            opened = is_opening(words);
            if !opened {
                return Err(at((
                    "应以 flowchart 或者 graph 开头，方向为 TD、TB、LR",
                    "must begin with flowchart or graph and TD, TB or LR",
                )));
            }
        } else {
            reader.line(words).map_err(at)?;
        }
    }
    let end = text.lines().count().max(1);
    let at_end = |zh, en| Fault { line: end, zh, en };
    if reader.nodes.is_empty() {
        return Err(at_end("没有节点", "there is no node"));
    }
    if reader.open.is_some() {
        return Err(at_end("subgraph 没有以 end 结束", "a subgraph without its end"));
    }
    let title = title.map(str::to_owned).or(reader.title.take());
    Ok(reader.written(id, title.as_deref().unwrap_or(id)))
}

fn is_opening(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let (kind, way) = (parts.next(), parts.next());
    matches!(kind, Some("flowchart" | "graph"))
        && matches!(way, Some("TD" | "TB" | "LR"))
        && parts.next().is_none()
}

#[derive(Default)]
struct Reader {
    title: Option<String>,
    nodes: Vec<Node>,
    lanes: Vec<String>,
    /// The subgraph the line stands in.
    open: Option<usize>,
}

/// What is wrong, in both languages.
type Complaint = (&'static str, &'static str);

const UNKNOWN: Complaint = (
    "不支持的写法；支持节点 [] {} () (())、箭头 --> 与标签、subgraph",
    "not supported; nodes [] {} () (()), arrows --> with labels, and subgraphs are",
);

impl Reader {
    fn line(&mut self, words: &str) -> Result<(), Complaint> {
        if words == "end" {
            return self
                .open
                .take()
                .map(|_| ())
                .ok_or(("多余的 end", "an end without its subgraph"));
        }
        if let Some(rest) = words.strip_prefix("subgraph ") {
            return self.subgraph(rest.trim());
        }
        let (mut from, mut rest) = self.node(words)?;
        while !rest.is_empty() {
            let (label, after) = arrow(rest)?;
            let (to, left) = self.node(after)?;
            self.nodes[from].next.push((to, label));
            (from, rest) = (to, left);
        }
        Ok(())
    }

    fn subgraph(&mut self, rest: &str) -> Result<(), Complaint> {
        if self.open.is_some() {
            return Err(("subgraph 不能嵌套", "subgraphs cannot be nested"));
        }
        let name = match rest.split_once('[') {
            Some((_, inside)) => inside.strip_suffix(']').ok_or(UNKNOWN)?,
            None => rest,
        };
        let name = unquoted(name.trim());
        if name.is_empty() {
            return Err(UNKNOWN);
        }
        let known = self.lanes.iter().position(|lane| lane == name);
        self.open = Some(known.unwrap_or(self.lanes.len()));
        if known.is_none() {
            self.lanes.push(name.to_owned());
        }
        Ok(())
    }

    /// Reads a node at the beginning of `words`: its index, and what follows it.
    fn node<'w>(&mut self, words: &'w str) -> Result<(usize, &'w str), Complaint> {
        let words = words.trim_start();
        let is_of_id = |c: char| c.is_alphanumeric() || c == '_';
        let end = words.find(|c: char| !is_of_id(c)).unwrap_or(words.len());
        let (id, rest) = words.split_at(end);
        if id.is_empty() {
            return Err(UNKNOWN);
        }
        let index = self.nodes.iter().position(|n| n.id == id).unwrap_or_else(|| {
            self.nodes.push(Node {
                id: id.into(),
                text: None,
                form: Form::Plain,
                lane: None,
                next: Vec::new(),
            });
            self.nodes.len() - 1
        });
        let node = &mut self.nodes[index];
        node.lane = node.lane.or(self.open);
        let Some((form, inside, after)) = bracketed(rest)? else {
            return Ok((index, rest.trim_start()));
        };
        node.form = form;
        node.text = Some(inside);
        Ok((index, after.trim_start()))
    }

    /// Order of reading: no step before those that lead to it, as far as there is no way back.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::new();
        let is_open = |order: &Vec<usize>, i: &usize| !order.contains(i);
        while order.len() < self.nodes.len() {
            let waits = |i: &usize| {
                let leads = |(from, node): (usize, &Node)| {
                    is_open(&order, &from) && from != *i && node.next.iter().any(|(to, _)| to == i)
                };
                self.nodes.iter().enumerate().any(leads)
            };
            let rest = || (0..self.nodes.len()).filter(|i| is_open(&order, i));
            let Some(next) = rest().find(|i| !waits(i)).or_else(|| rest().next()) else { break };
            order.push(next);
        }
        order
    }

    fn written(&self, id: &str, title: &str) -> String {
        let loose = self.nodes.iter().any(|n| n.lane.is_none());
        let lanes = self.lanes.iter().map(String::as_str).chain(loose.then_some(NO_LANE));
        let lanes: Vec<String> = lanes.map(scalar).collect();
        let mut out = format!(
            "# 由 Mermaid 文本导入。请补写 applies，并为各步补写 cites（条文）和 limit（期限，用 term: 写法定期限的编号）。\n\
             id: {id}\ntitle: {}\napplies: {}\nlanes: [{}]\nsteps:\n",
            scalar(title),
            scalar(&format!("{title}适用的情形待补写。")),
            lanes.join(", ")
        );
        let led: Vec<usize> =
            self.nodes.iter().flat_map(|n| n.next.iter().map(|(to, _)| *to)).collect();
        for index in self.order() {
            let node = &self.nodes[index];
            let _ = write!(
                out,
                "  - id: {}\n    text: {}\n",
                scalar(&node.id),
                scalar(node.text.as_deref().unwrap_or(&node.id))
            );
            let kind = match node.form {
                _ if node.next.is_empty() => Some("end"),
                Form::Question => Some("decision"),
                Form::Round if !led.contains(&index) => Some("start"),
                Form::Round | Form::Plain => None,
            };
            if let Some(kind) = kind {
                let _ = writeln!(out, "    kind: {kind}");
            }
            let lane = node.lane.map_or(NO_LANE, |lane| &self.lanes[lane]);
            let _ = writeln!(out, "    lane: {}", scalar(lane));
            if !node.next.is_empty() {
                out.push_str("    next:\n");
            }
            for (to, label) in &node.next {
                let to = scalar(&self.nodes[*to].id);
                let _ = match label {
                    Some(label) => writeln!(out, "      - {{to: {to}, label: {}}}", scalar(label)),
                    None => writeln!(out, "      - {{to: {to}}}"),
                };
            }
        }
        out
    }
}

/// The words in brackets at the beginning of `rest`, with what follows.
fn bracketed(rest: &str) -> Result<Option<(Form, String, &str)>, Complaint> {
    let pairs = [
        ("((", "))", Form::Round),
        ("([", "])", Form::Round),
        ("[", "]", Form::Plain),
        ("(", ")", Form::Round),
        ("{", "}", Form::Question),
    ];
    let Some((open, close, form)) = pairs.into_iter().find(|(open, ..)| rest.starts_with(open))
    else {
        return Ok(None);
    };
    let body = &rest[open.len()..];
    if body.starts_with(['{', '[', '(', '/', '\\', '>']) {
        return Err(UNKNOWN);
    }
    let end = match body.strip_prefix('"') {
        Some(quoted) => quoted.find('"').map(|at| at + 2).ok_or(UNKNOWN)?,
        None => body.find(close).ok_or(("括号没有闭合", "a bracket is not closed"))?,
    };
    let (inside, after) = body.split_at(end);
    let after = after.strip_prefix(close).ok_or(UNKNOWN)?;
    let text =
        unquoted(inside.trim()).replace("<br/>", "").replace("<br>", "").replace("<br />", "");
    if text.trim().is_empty() || text.contains(['<', '>', '#']) {
        return Err((
            "节点文字为空，或者含有 HTML、转义字符",
            "a node without words, or with HTML or escapes in them",
        ));
    }
    Ok(Some((form, text.trim().to_owned(), after)))
}

/// An arrow at the beginning of `words`: its label, and what follows.
fn arrow(words: &str) -> Result<(Option<String>, &str), Complaint> {
    if let Some(arrow) = ARROWS.iter().find(|a| words.starts_with(**a)) {
        let rest = words[arrow.len()..].trim_start();
        let Some(inside) = rest.strip_prefix('|') else { return Ok((None, rest)) };
        let (label, after) = inside.split_once('|').ok_or(UNKNOWN)?;
        return Ok((worded(label), after));
    }
    for (open, close) in WORDED {
        let Some(inside) = words.strip_prefix(open) else { continue };
        let Some((label, after)) = inside.split_once(close) else { continue };
        if inside.starts_with(' ') && !label.contains(['[', ']', '{', '}', '|']) {
            return Ok((worded(label), after));
        }
    }
    Err(UNKNOWN)
}

fn worded(label: &str) -> Option<String> {
    let label = unquoted(label.trim());
    (!label.is_empty()).then(|| label.to_owned())
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text)
}

/// A YAML scalar that is text whatever it holds. Braces are not numbers of the law here.
fn scalar(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| !c.is_control() && !matches!(c, '{' | '}')).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
