//! Private things that are known by their form or their label: the only hand on `regex` in this room.
//!
//! Every pattern stands behind a cheap look for a byte that it needs, so that clean text pays nothing.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memchr;
use regex::Regex;

use crate::clearance::fold::Fold;
use crate::diag::Failure;
use crate::vocab::PartyKind;

use super::address::county_end;
use super::known::Known;
use super::spans::Spans;
use super::tables::Rule;

/// The compiled patterns.
pub(super) struct Patterns {
    triggers: AhoCorasick,
    plate: Regex,
    email: Regex,
    messenger: Regex,
    travel: Regex,
    title: Regex,
    birth: Regex,
    birth_digits: Regex,
    lives: Regex,
    lives_person: Regex,
}

/// Words without which a pattern cannot match, by pattern.
const TRIGGERS: [(&str, Trigger); 31] = [
    ("微信", Trigger::Messenger),
    ("QQ", Trigger::Messenger),
    ("VX", Trigger::Messenger),
    ("WECHAT", Trigger::Messenger),
    ("扣扣", Trigger::Messenger),
    ("支付宝", Trigger::Messenger),
    ("护照", Trigger::Travel),
    ("通行证", Trigger::Travel),
    ("台胞证", Trigger::Travel),
    ("军官证", Trigger::Travel),
    ("士官证", Trigger::Travel),
    ("士兵证", Trigger::Travel),
    ("警官证", Trigger::Travel),
    ("居留证", Trigger::Travel),
    ("回乡证", Trigger::Travel),
    ("驾驶证", Trigger::Travel),
    ("不动产权", Trigger::Title),
    ("房地权", Trigger::Title),
    ("房权证", Trigger::Title),
    ("房产证", Trigger::Title),
    ("房地证", Trigger::Title),
    ("国用", Trigger::Title),
    ("土地证", Trigger::Title),
    ("宅基地证", Trigger::Title),
    ("出生", Trigger::Birth),
    ("生于", Trigger::Birth),
    ("生日", Trigger::Birth),
    ("日生", Trigger::Birth),
    ("住", Trigger::Home),
    ("户籍", Trigger::Home),
    ("居住", Trigger::Home),
];

/// Which pattern a word calls for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    Messenger,
    Travel,
    Title,
    Birth,
    Home,
}

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";

fn compile(pattern: &str) -> Result<Regex, Failure> {
    Regex::new(pattern).map_err(|e| Failure::Internal(format!("pattern: {e}")))
}

impl Patterns {
    /// Compiles them. All work on folded text: half width, upper case, simplified.
    pub(super) fn new() -> Result<Self, Failure> {
        let sep = r"[·•.\- ]?";
        let plate = format!(
            "[{PROVINCES}]{sep}[A-Z]{sep}(?:(?:[A-Z0-9]{sep}){{4}}[挂学警港澳领使试超]|[A-Z0-9](?:{sep}[A-Z0-9]){{4,5}}[挂学警港澳]?)"
        );
        let triggers = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(TRIGGERS.map(|(word, _)| word))
            .map_err(|e| Failure::Internal(format!("triggers: {e}")))?;
        Ok(Self {
            triggers,
            plate: compile(&plate)?,
            email: compile(r"[A-Z0-9][A-Z0-9._%+-]*\s?@\s?[A-Z0-9-]+(?:\.[A-Z0-9-]+)+")?,
            messenger: compile(
                r"(?:微信号?码?|WECHAT|VX|QQ号?码?|扣扣号?|支付宝账?号?)[:为是(\s]{0,3}([A-Z0-9][A-Z0-9_-]{4,24})",
            )?,
            travel: compile(
                r"(?:护照|通行证|台胞证|军官证|士官证|士兵证|警官证|居留证|回乡证|驾驶证)(?:件)?(?:号码|编号|号)?[:为是(\s]{0,3}([A-Z]{0,3}[0-9]{6,12}[A-Z]?|[\p{Han}]{1,4}字第[0-9]{4,12}号?)",
            )?,
            title: compile(
                r"\p{Han}?\([0-9]{4}\)[\p{Han}]{1,14}(?:不动产权|房地权)第[0-9]{4,12}号|[\p{Han}]{0,6}(?:房权证|房产证|房地证|国用|土地证|宅基地证)[\p{Han}0-9()]{0,14}(?:字第|第|号)[0-9-]{3,14}号?",
            )?,
            birth: compile(
                r"((?:19|20)[0-9]{2}(?:年|[-./]))(?:[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?)",
            )?,
            birth_digits: compile(
                r"(?:出生年月日|出生日期|出生年月|生日)[:为是\s|]{0,3}(?:19|20)[0-9]{2}([0-9]{4})",
            )?,
            lives: compile(
                r"(?:家庭住址|家庭地址|户籍所在地|户籍地址?|户籍住址|现住址|现住地|经常居住地|居住地址?|居住于|家住|现住|(?:经营者|负责人|代理人|证人|个人)住址)[:为是在于\s|]{0,3}",
            )?,
            lives_person: compile(r"(?:住址|住所地?|[,;。|]\s?住)[:为是在于\s|]{0,3}")?,
        })
    }

    /// Everything they find in a text.
    pub(super) fn find(&self, raw: &str, fold: &Fold<'_>, known: &Known<'_>, spans: &mut Spans) {
        let text = fold.text();
        self.plates(fold, known, spans);
        if memchr(b'@', text.as_bytes()).is_some() {
            for found in self.email.find_iter(text).filter(|m| !known.is_public_word(m.as_str())) {
                spans.push(fold.source(found.range()), Rule::Email, "");
            }
        }
        let mut called = [false; 5];
        for found in self.triggers.find_iter(text) {
            called[TRIGGERS[found.pattern().as_usize()].1 as usize] = true;
        }
        let calls = |trigger: Trigger| called[trigger as usize];
        if calls(Trigger::Messenger) {
            self.group(&self.messenger, Rule::Messenger, fold, spans);
        }
        if calls(Trigger::Travel) {
            self.group(&self.travel, Rule::TravelDocument, fold, spans);
        }
        if calls(Trigger::Title) {
            for found in self.title.find_iter(text) {
                spans.push(fold.source(found.range()), Rule::TitleCertificate, "");
            }
        }
        if calls(Trigger::Birth) {
            self.births(fold, spans);
        }
        if calls(Trigger::Home) {
            lives(&self.lives, raw, fold, spans);
            if known.kind != PartyKind::Organization {
                lives(&self.lives_person, raw, fold, spans);
            }
        }
    }

    fn group(&self, pattern: &Regex, rule: Rule, fold: &Fold<'_>, spans: &mut Spans) {
        for found in pattern.captures_iter(fold.text()) {
            if let (Some(whole), Some(_)) = (found.get(0), found.get(1)) {
                spans.push(fold.source(whole.range()), rule, "");
            }
        }
    }

    /// A plate needs a province's character; the numbers of officers' certificates have the same form.
    fn plates(&self, fold: &Fold<'_>, known: &Known<'_>, spans: &mut Spans) {
        let text = fold.text();
        if !text.bytes().any(|b| b.is_ascii_uppercase()) {
            return;
        }
        for found in self.plate.find_iter(text) {
            let plate: String = found.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
            let digits = plate.chars().filter(char::is_ascii_digit).count();
            let after_label = text[..found.start()].ends_with("证号:");
            if digits >= 2 && !after_label && !known.is_public_word(&plate) {
                spans.push(fold.source(found.range()), Rule::Plate, "");
            }
        }
    }

    /// Month and day of a date that is said to be a birth date; the year stays.
    fn births(&self, fold: &Fold<'_>, spans: &mut Spans) {
        let text = fold.text();
        for found in self.birth_digits.captures_iter(text).filter_map(|c| c.get(1)) {
            spans.push(fold.source(found.range()), Rule::BirthDate, "");
        }
        for found in self.birth.captures_iter(text) {
            let (Some(whole), Some(year)) = (found.get(0), found.get(1)) else { continue };
            let before =
                text[..whole.start()].trim_end_matches([':', '为', '是', ' ', '|', '于', '(']);
            let after = &text[whole.end()..];
            let born = after.starts_with("出生")
                || after.starts_with('生')
                    && !after.starts_with("生产")
                    && !after.starts_with("生效")
                || ["出生日期", "出生年月日", "出生年月", "出生", "生日", "生"]
                    .iter()
                    .any(|w| before.ends_with(w));
            if born {
                let keep_unit =
                    if year.as_str().ends_with('年') { year.end() } else { year.end() - 1 };
                spans.push(fold.source(keep_unit..whole.end()), Rule::BirthDate, "");
            }
        }
    }
}

/// What follows a label of a home address, below the county.
fn lives(label: &Regex, raw: &str, fold: &Fold<'_>, spans: &mut Spans) {
    let text = fold.text();
    for found in label.find_iter(text) {
        let rest = &text[found.end()..];
        let end = rest.find([',', '。', ';', '\n', '|', '(', ')', '<', '"']).unwrap_or(rest.len());
        let home = &rest[..end];
        let keep = county_end(home);
        let tail = &home[keep..];
        let looks =
            keep > 0 || tail.contains(['镇', '乡', '村', '路', '街', '号', '栋', '幢', '组', '室']);
        if tail.is_empty() || !looks || home.chars().count() > 60 {
            continue;
        }
        let mut at = fold.source(found.end() + keep..found.end() + end);
        if let Some(line) = raw[at.clone()].find('\n') {
            at.end = at.start + line;
        }
        spans.push(at, Rule::Address, "");
    }
}
