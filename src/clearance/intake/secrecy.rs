//! Classification marks (保守国家秘密法 22, 实施条例 21; domain 1.5, trap 20).
//!
//! A mark is a level with a star or a period, or a level, 内部资料 or 工作秘密 alone in its cell, line or
//! bracket. It stops the drop. What only resembles one holds its row: the answer is a person.
//! Ordinary words such as 商业秘密 or 司机密切 are neither.

use memchr::memmem;

/// What a text holds.
#[derive(Default)]
pub(super) struct Scan {
    /// A mark stands in it.
    pub(super) marked: bool,
    /// Byte offsets of what resembles a mark, ascending.
    pub(super) doubtful: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Mark,
    Doubtful,
    Ordinary,
}

/// Looks for marks in `text`; `delimiter` parts its cells, besides quotes and line ends.
pub(super) fn scan(text: &str, delimiter: Option<char>) -> Scan {
    let mut found = Scan::default();
    let mut take = |at: usize, verdict| match verdict {
        Verdict::Mark => found.marked = true,
        Verdict::Doubtful => found.doubtful.push(at),
        Verdict::Ordinary => {}
    };
    for at in memmem::find_iter(text.as_bytes(), "密") {
        take(at, judge_level(Hit::new(text, at, "密", delimiter)));
    }
    for at in memmem::find_iter(text.as_bytes(), "内部") {
        take(at, judge_internal(&Hit::new(text, at, "内部", delimiter)));
    }
    found.doubtful.sort_unstable();
    found
}

/// The text on both sides of something found.
struct Hit<'t> {
    before: &'t str,
    after: &'t str,
    delimiter: Option<char>,
}

impl<'t> Hit<'t> {
    fn new(text: &'t str, at: usize, word: &str, delimiter: Option<char>) -> Self {
        Self { before: &text[..at], after: &text[at + word.len()..], delimiter }
    }

    fn is_edge(&self, c: char) -> bool {
        matches!(c, '\n' | '\r' | '\t' | '"' | '#') || Some(c) == self.delimiter
    }

    /// Whether nothing but the edge of a cell, line or square bracket stands before and after.
    fn stands_alone(&self) -> bool {
        let (last, next) = (last_char(self.before), next_char(self.after));
        let open = last.is_none_or(|c| self.is_edge(c) || matches!(c, '【' | '[' | '〔' | '［'));
        let closed = next.is_none_or(|c| self.is_edge(c) || matches!(c, '】' | ']' | '〕' | '］'));
        open && closed
    }

    /// Whether a word goes on to the left, as in 商业秘密.
    fn is_inside_a_word(&self) -> bool {
        last_char(self.before).is_some_and(char::is_alphanumeric)
    }

    fn is_labelled(&self) -> bool {
        let before = trim_gap_end(self.before);
        [":", "："].iter().any(|colon| {
            before.strip_suffix(colon).is_some_and(|b| trim_gap_end(b).ends_with("密级"))
        })
    }
}

fn judge_level(hit: Hit<'_>) -> Verdict {
    let before = trim_gap_end(hit.before);
    let Some(first) = before.chars().next_back() else { return Verdict::Ordinary };
    if !matches!(first, '绝' | '絕' | '机' | '機' | '秘' | '祕') {
        return Verdict::Ordinary;
    }
    let before = &before[..before.len() - first.len_utf8()];
    let work = trim_gap_end(before).strip_suffix("工作").filter(|_| matches!(first, '秘' | '祕'));
    let level = Hit { before: work.unwrap_or(before), ..hit };
    let verdict = judge_marked(&level);
    let is_rare = work.is_some() || matches!(first, '绝' | '絕');
    if verdict == Verdict::Ordinary && is_rare { Verdict::Doubtful } else { verdict }
}

/// Judges what follows a level.
fn judge_marked(hit: &Hit<'_>) -> Verdict {
    let after = trim_gap(hit.after);
    let (after, graded) = match after.strip_prefix('级') {
        Some(rest) => (trim_gap(rest), true),
        None => (after, false),
    };
    if let Some(rest) = after.strip_prefix(is_star) {
        return judge_starred(hit, trim_gap(rest.trim_start_matches(is_star)));
    }
    if starts_with_period(after) {
        return if hit.is_inside_a_word() { Verdict::Doubtful } else { Verdict::Mark };
    }
    let whole = Hit { before: hit.before, after, delimiter: hit.delimiter };
    if whole.stands_alone() || hit.is_labelled() {
        return Verdict::Mark;
    }
    if graded { Verdict::Doubtful } else { Verdict::Ordinary }
}

fn judge_starred(hit: &Hit<'_>, after: &str) -> Verdict {
    if starts_with_period(after) {
        return Verdict::Mark;
    }
    // Examination papers bear the sign by custom (domain, trap 20).
    let is_paper =
        ["启用前", "使用前", "开考前", "考试", "解密前"].iter().any(|w| after.starts_with(w));
    if is_paper || hit.is_inside_a_word() { Verdict::Doubtful } else { Verdict::Mark }
}

fn judge_internal(hit: &Hit<'_>) -> Verdict {
    let Some(after) = trim_gap(hit.after).strip_prefix("资料") else { return Verdict::Ordinary };
    // 内部资料性出版物 is a kind of publication (印刷业管理条例 18).
    if after.starts_with('性') {
        return Verdict::Ordinary;
    }
    let whole = Hit { before: hit.before, after, delimiter: hit.delimiter };
    let order =
        after.trim_start_matches(|c| is_gap(c) || is_star(c) || "，,、。；;：:!！".contains(c));
    let warned = [
        "注意保管",
        "注意保存",
        "注意保密",
        "妥善保管",
        "严禁外",
        "不得外",
        "禁止外",
        "请勿外",
        "切勿外",
    ];
    let is_order = warned.iter().any(|w| order.starts_with(w));
    if is_order || whole.stands_alone() || trim_gap(after).starts_with(is_star) {
        Verdict::Mark
    } else {
        Verdict::Doubtful
    }
}

/// A period of secrecy: 10年, ６个月, 二十年, 长期.
fn starts_with_period(text: &str) -> bool {
    if text.starts_with("长期") {
        return true;
    }
    let rest = text.trim_start_matches(is_number);
    rest.len() < text.len()
        && ["年", "个月", "月", "日", "天"].iter().any(|unit| trim_gap(rest).starts_with(unit))
}

fn is_number(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇')
}

fn is_star(c: char) -> bool {
    matches!(c, '★' | '☆' | '*' | '＊' | '✩' | '✭' | '✮' | '⭐' | '﹡' | '∗')
}

/// Blanks and what does not show. Line ends part lines and are no gap.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{ad}' | '\u{3000}' | '\u{2000}'..='\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn trim_gap(text: &str) -> &str {
    text.trim_start_matches(is_gap)
}

fn trim_gap_end(text: &str) -> &str {
    text.trim_end_matches(is_gap)
}

fn last_char(text: &str) -> Option<char> {
    trim_gap_end(text).chars().next_back()
}

fn next_char(text: &str) -> Option<char> {
    trim_gap(text).chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> (bool, usize) {
        let found = scan(text, Some(','));
        (found.marked, found.doubtful.len())
    }

    #[test]
    fn marks_stop() {
        for text in [
            "机密★10年",
            "绝密 ★ 长期",
            "秘密☆５年",
            "机\u{200b}密＊",
            "秘密10年",
            "文件\n秘密\n正文",
            "一,机密,三",
            "\"秘密\"",
            "【机密】",
            "密级：秘密。",
            "密级:机密",
            "文号机密★二十年",
            "机 密★6个月",
            "机密级★3年",
            "内部资料 注意保管",
            "内部资料，严禁外传",
            "[内部资料]",
            "a,工作秘密,b",
            "【工作秘密】",
            "工作秘密★1年",
            "機密★",
            "# 机密 ★",
        ] {
            assert!(judged(text).0, "{text}");
        }
    }

    #[test]
    fn what_resembles_a_mark_is_doubtful() {
        for text in [
            "试卷上印有绝密★启用前字样",
            "绝密★启用前",
            "维多利亚的秘密★旗舰店",
            "违反秘密级管理制度",
            "泄露工作秘密的",
            "作为内部资料散发",
            "绝密配方火锅店",
        ] {
            assert_eq!(judged(text), (false, 1), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_neither() {
        for text in [
            "机密标甲20",
            "涉及商业秘密、个人隐私",
            "司机密切配合",
            "未密闭运输",
            "保守秘密的义务",
            "印刷内部资料性出版物",
            "餐厅内部装修",
            "商业秘密",
            "",
        ] {
            assert_eq!(judged(text), (false, 0), "{text}");
        }
    }
}
