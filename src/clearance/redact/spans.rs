//! What is to be cut from one text, and the cutting itself. Positions are bytes of the visible text.

use std::borrow::Cow;
use std::ops::Range;

use super::tables::Rule;

/// One cut: where, by which rule, and what is put there (a mask or nothing).
struct Span {
    at: Range<usize>,
    rule: Rule,
    put: String,
}

/// All cuts of one text. Holds masks only, never what is cut.
pub(super) struct Spans(Vec<Span>);

impl Spans {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Cuts `at` and puts `put` there.
    pub(super) fn push(&mut self, at: Range<usize>, rule: Rule, put: &str) {
        if !at.is_empty() {
            self.0.push(Span { at, rule, put: put.to_owned() });
        }
    }

    /// Drops the cuts of rules that are not in force.
    pub(super) fn retain(&mut self, in_force: impl Fn(Rule) -> bool) {
        self.0.retain(|s| in_force(s.rule));
    }

    /// Everything that is cut, in order and without overlaps.
    pub(super) fn covered(&self) -> Covered {
        let mut all: Vec<Range<usize>> = self.0.iter().map(|s| s.at.clone()).collect();
        all.sort_by_key(|at| at.start);
        Covered::of(all)
    }

    /// The text without what is cut. `count` is told each cut's rule and where it
    /// stands in what comes out, in bytes.
    pub(super) fn apply<'t>(
        mut self,
        text: &'t str,
        mut count: impl FnMut(Rule, usize),
    ) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        self.0.sort_by(|a, b| a.at.start.cmp(&b.at.start).then(b.at.end.cmp(&a.at.end)));
        let mut merged: Vec<Span> = Vec::new();
        for span in self.0 {
            match merged.last_mut() {
                Some(last) if span.at.start < last.at.end => {
                    last.at.end = last.at.end.max(span.at.end);
                }
                _ => merged.push(span),
            }
        }
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for mut span in merged {
            span.at.start = opening(text, &span.at).max(from);
            out.push_str(&text[from..span.at.start]);
            from = span.at.end;
            if span.put.is_empty() {
                from += tidy(&mut out, &text[from..]);
            }
            count(span.rule, out.len());
            out.push_str(&span.put);
        }
        out.push_str(&text[from..]);
        Cow::Owned(out)
    }
}

/// Stretches in order, without overlaps.
pub(super) struct Covered(Vec<Range<usize>>);

impl Covered {
    /// Joins stretches, which must come in the order of their beginnings.
    pub(super) fn of(sorted: Vec<Range<usize>>) -> Self {
        let mut joined: Vec<Range<usize>> = Vec::new();
        for at in sorted {
            match joined.last_mut() {
                Some(last) if at.start < last.end => last.end = last.end.max(at.end),
                _ => joined.push(at),
            }
        }
        Self(joined)
    }

    /// The first stretch that ends behind a place.
    fn behind(&self, at: usize) -> Option<&Range<usize>> {
        self.0.get(self.0.partition_point(|c| c.end <= at))
    }

    /// Whether a place lies in one of them.
    pub(super) fn holds(&self, at: &Range<usize>) -> bool {
        self.behind(at.start).is_some_and(|c| c.start <= at.start && at.end <= c.end)
    }

    /// Whether a place touches one of them.
    pub(super) fn touches(&self, at: &Range<usize>) -> bool {
        self.behind(at.start).is_some_and(|c| c.start < at.end)
    }
}

/// Where a cut begins that closes a bracket opened just before it: `（0512）…` goes with its bracket.
fn opening(text: &str, at: &Range<usize>) -> usize {
    let cut = &text[at.clone()];
    let before = &text[..at.start];
    for (open, close) in [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】')] {
        if before.ends_with(open) && cut.contains(close) && !cut.contains(open) {
            return at.start - open.len_utf8();
        }
    }
    at.start
}

/// Mends punctuation around a deleted part: empty brackets, doubled commas, a comma that opens a
/// sentence. Says how many bytes of `rest` are dropped.
fn tidy(out: &mut String, rest: &str) -> usize {
    let mut dropped = 0;
    loop {
        let next = rest[dropped..].chars().next();
        let last = out.chars().last();
        match (last, next) {
            (Some('（' | '('), Some(c @ ('）' | ')'))) => {
                out.pop();
                dropped += c.len_utf8();
            }
            (Some('（' | '('), Some(c)) if is_pause(c) => dropped += c.len_utf8(),
            (Some(l), Some(n)) if is_pause(l) && (is_pause(n) || is_end(n)) => {
                out.pop();
            }
            (None | Some('。' | '\n'), Some(c)) if is_pause(c) => dropped += c.len_utf8(),
            (None | Some(' '), Some(' ')) => dropped += 1,
            _ => return dropped,
        }
    }
}

fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':')
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '）' | ')' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, what: &str) -> String {
        let mut spans = Spans::new();
        for (at, found) in text.match_indices(what) {
            spans.push(at..at + found.len(), Rule::Phone, "");
        }
        spans.apply(text, |_, _| {}).into_owned()
    }

    #[test]
    fn punctuation_reads_well_after_a_deletion() {
        for (text, reads) in [
            ("张某（甲）在", "张某在"),
            ("张某，甲，住某区", "张某，住某区"),
            ("张某，甲。", "张某。"),
            ("甲，张某", "张某"),
            ("张某（男，甲）", "张某（男）"),
            ("张某（甲，男）", "张某（男）"),
            ("拨打甲联系", "拨打联系"),
            ("。甲，张某", "。张某"),
        ] {
            assert_eq!(cut(text, "甲"), reads, "{text}");
        }
    }
}
