//! Private things that are known by their form or their label.
//!
//! Every pattern stands behind a word or a byte that it needs, so that clean text pays next to nothing.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memchr;
use regex::Regex;

use super::facts::Facts;
use super::homes::Homes;
use super::known::Known;
use super::secrets::Secrets;
use super::spans::{Covered, Spans};
use super::tables::Rule;
use crate::clearance::fold::Fold;
use crate::diag::Failure;
use crate::law::Shelf;

/// The compiled patterns.
pub(super) struct Patterns {
    triggers: AhoCorasick,
    calls: Vec<Trigger>,
    plate: Regex,
    city_plate: Regex,
    email: Regex,
    messenger: Regex,
    travel: Regex,
    title: Regex,
    birth: Regex,
    birth_digits: Regex,
    position: Regex,
    homes: Homes,
    facts: Facts,
    secrets: Secrets,
}

/// Which pattern a word calls for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    Messenger,
    Travel,
    Title,
    Birth,
    Home,
    Dwelling,
    Plate,
    Position,
    Health,
    School,
    Secret,
}

const KINDS: usize = 11;

/// Words without which a pattern cannot match, by pattern.
const TRIGGERS: [(Trigger, &[&str]); 8] = [
    (
        Trigger::Messenger,
        &[
            "微信",
            "徽信",
            "威信",
            "V信",
            "QQ",
            "VX",
            "WX",
            "WECHAT",
            "扣扣",
            "企鹅号",
            "支付宝",
            "抖音",
            "快手",
            "微博",
        ],
    ),
    (
        Trigger::Travel,
        &[
            "护照",
            "通行证",
            "台胞证",
            "军官证",
            "士官证",
            "士兵证",
            "警官证",
            "军人证",
            "文职",
            "居留证",
            "居住证",
            "回乡证",
            "驾驶证",
            "旅行证",
            "海员证",
        ],
    ),
    (
        Trigger::Title,
        &[
            "不动产权",
            "房地权",
            "房权证",
            "房产证",
            "房屋所有权证",
            "房地证",
            "国用",
            "集用",
            "土地证",
            "土地使用证",
            "宅基地",
            "使用权证",
            "林权证",
            "土地承包",
        ],
    ),
    (Trigger::Birth, &["出生", "生于", "生日", "日生", "生)", "生,", "生。", "生人", "生;"]),
    (
        Trigger::Home,
        &[
            "住",
            "户籍",
            "户口",
            "居",
            "通讯地址",
            "通信地址",
            "联系地址",
            "联络地址",
            "邮寄",
            "寄送",
            "寄至",
            "收件地址",
            "收货地址",
            "送达地址",
            "地址",
            "家在",
        ],
    ),
    (
        Trigger::Dwelling,
        &[
            "号院", "号楼", "号", "栋", "幢", "座", "单元", "村", "社区", "寨", "屯", "庄", "堡",
            "坝", "湾", "坪", "宿舍", "公寓", "小区", "苑", "园", "城", "府", "庭", "-",
        ],
    ),
    (Trigger::Plate, &["挂牌", "号牌", "车牌", "牌号", "牌照", "悬挂"]),
    (Trigger::Position, &["经", "纬", "坐标", "定位", "轨迹", "GPS", "位置"]),
];

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼黔滇使领";

/// Compiles a pattern.
pub(super) fn compile(pattern: &str) -> Result<Regex, Failure> {
    Regex::new(pattern).map_err(|e| Failure::Internal(format!("pattern: {e}")))
}

/// The words as alternatives of a pattern, longest first.
pub(super) fn any_of(words: &[String]) -> String {
    let mut words: Vec<String> = words.iter().map(|w| regex::escape(w)).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words.join("|")
}

impl Patterns {
    /// Compiles them. All work on folded text: half width, upper case, simplified.
    ///
    /// # Errors
    /// A broken rule file.
    pub(super) fn load(shelf: &Shelf) -> Result<Self, Failure> {
        let sep = r"[·•.\-\s]?";
        let plate = format!(
            "[{PROVINCES}]{sep}[A-Z]{sep}(?:(?:[A-Z0-9]{sep}){{4,5}}[挂学警港澳领使试超临]|[A-Z0-9](?:{sep}[A-Z0-9]){{4,5}}[挂学警港澳]?|临(?:{sep}[A-Z0-9]){{4,6}})|[{PROVINCES}]{sep}临(?:{sep}[A-Z0-9]){{4,7}}"
        );
        let (words, calls) = words(shelf)?;
        let triggers = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .map_err(|e| Failure::Internal(format!("triggers: {e}")))?;
        Ok(Self {
            triggers,
            calls,
            plate: compile(&plate)?,
            city_plate: compile(
                r"(?:挂牌|号牌号码|号牌|车牌号|车牌|牌号|牌照号?|悬挂)(?:号码)?[:为是系\s“]{0,3}([\p{Han}]{2,4}[A-Z]?[·\- ]?[A-Z0-9]{5,7})",
            )?,
            email: compile(r"[A-Z0-9][A-Z0-9._%+-]*\s?@\s?[A-Z0-9-]+(?:\s?\.[A-Z0-9-]+)+")?,
            messenger: compile(
                r"(?:^|[^A-Z0-9])((?:微信|徽信|威信|V信|VX|WX|WECHAT|QQ|扣扣|企鹅号|支付宝|抖音|快手|微博)(?:号码|账号|帐号|账户|号|码|ID)?[(]?(?:号码|账号|号|ID)?[:为是系(\s“|]{0,4}[A-Z0-9][A-Z0-9_-]{4,24}|WXID_[A-Z0-9]{6,24})",
            )?,
            travel: compile(
                r"((?:护照|通行证|台胞证|军官证|士官证|士兵证|警官证|军人证|文职人员证|居留证|居住证|回乡证|驾驶证|旅行证|海员证)(?:件)?[,(]?(?:证件)?(?:号码|编号|证号|号)?[:为是系(,\s“|]{0,4}(?:[A-Z]{0,3}[0-9]{6,12}[A-Z]?|[\p{Han}]{1,4}字第[0-9]{4,12}号?))",
            )?,
            title: compile(
                r"\p{Han}?[(][0-9]{4}[)][\p{Han}]{1,14}(?:不动产权|房地权)第[0-9]{4,12}号|(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼黔滇甬筑榕穗蓉杭]|\p{Han})?(?:房权证|房产证|房地证|国用|集用|土地证)(?:[\p{Han}0-9()]{0,14}(?:字第|第|号)|[(])[0-9()第字-]{3,20}号?|(?:使用权证|所有权证|承包经营权证|林权证|土地使用证)(?:书)?[(]?(?:证号|编号|号码|号)?[:为是\s]{0,3}[\p{Han}0-9()]{0,16}第?[0-9-]{4,14}号?",
            )?,
            birth: compile(
                r"((?:19|20)[0-9]{2}(?:年|[-./]))(?:[0-9]{1,2}(?:月|[-./])[0-9]{1,2}日?)",
            )?,
            birth_digits: compile(
                r"(?:出生年月日|出生日期|出生年月|出生时间|生日|生于)[:为是\s|]{0,3}(?:19|20)[0-9]{2}([0-9]{4})",
            )?,
            position: compile(
                r"(?:东经|西经|北纬|南纬|经度|纬度|[NSEW])?[:为\s]{0,2}[0-9]{1,3}°\s?[0-9]{1,2}['′]\s?(?:[0-9]{1,2}(?:[.][0-9]+)?[\x22″”]{0,2})?(?:''|′′)?[NSEW]?|(?:经度|纬度|东经|北纬)[:为\s]{0,2}[0-9]{1,3}[.][0-9]{3,}°?|[0-9]{2,3}[.][0-9]{4,}°?[,、\s]{1,3}[0-9]{2,3}[.][0-9]{4,}°?",
            )?,
            homes: Homes::new()?,
            facts: Facts::load(shelf)?,
            secrets: Secrets::load(shelf)?,
        })
    }

    /// Everything they find in a text. Returns what looks like a secret nobody marked, in
    /// bytes of the original.
    pub(super) fn find(
        &self,
        raw: &str,
        fold: &Fold<'_>,
        known: &Known<'_>,
        spans: &mut Spans,
    ) -> Vec<Range<usize>> {
        let text = fold.text();
        let mut called = [false; KINDS];
        for found in self.triggers.find_overlapping_iter(text) {
            called[self.calls[found.pattern().as_usize()] as usize] = true;
        }
        let calls = |trigger: Trigger| called[trigger as usize];
        self.plates(fold, known, calls(Trigger::Plate), spans);
        if memchr(b'@', text.as_bytes()).is_some() {
            for found in self.email.find_iter(text).filter(|m| !known.is_public_word(m.as_str())) {
                spans.push(fold.source(found.range()), Rule::Email, "");
            }
        }
        if calls(Trigger::Messenger) {
            group(&self.messenger, Rule::Messenger, fold, spans);
        }
        if calls(Trigger::Travel) {
            group(&self.travel, Rule::TravelDocument, fold, spans);
        }
        if calls(Trigger::Title) {
            for found in self.title.find_iter(text) {
                spans.push(fold.source(found.range()), Rule::TitleCertificate, "");
            }
        }
        if calls(Trigger::Birth) {
            self.births(fold, spans);
        }
        if calls(Trigger::Position) {
            for found in self.position.find_iter(text) {
                spans.push(fold.source(found.range()), Rule::Position, "");
            }
        }
        let kept = std::cell::OnceCell::new();
        let kept = || -> &Covered { kept.get_or_init(|| known.kept(text)) };
        if calls(Trigger::Home) {
            self.homes.find(raw, fold, known, spans);
        }
        if calls(Trigger::Dwelling) && text.contains(|c: char| c.is_ascii_digit())
            || text.contains("单元")
        {
            self.homes.dwellings(fold, kept(), spans);
        }
        if calls(Trigger::Health) {
            self.facts.health(fold, spans);
        }
        if calls(Trigger::School) {
            self.facts.schools(fold, spans);
        }
        self.secret(raw, fold, calls(Trigger::Secret), spans)
    }

    /// Secrets, marked or asked for; where more may be.
    fn secret(
        &self,
        raw: &str,
        fold: &Fold<'_>,
        called: bool,
        spans: &mut Spans,
    ) -> Vec<Range<usize>> {
        if called {
            self.secrets.find(raw, fold, spans);
        }
        let suspected = self.secrets.suspected(fold);
        if suspected.is_empty() {
            return Vec::new();
        }
        let covered = spans.covered();
        let suspected = suspected.into_iter().map(|at| fold.source(at));
        suspected.filter(|at| !covered.touches(at)).collect()
    }

    /// A plate needs a province's character; the numbers of officers' certificates have the same form.
    fn plates(&self, fold: &Fold<'_>, known: &Known<'_>, named: bool, spans: &mut Spans) {
        let text = fold.text();
        let plates = self.plate.find_iter(text);
        for found in plates {
            let plate: String = found.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
            let digits = plate.chars().filter(char::is_ascii_digit).count();
            let after_label = text[..found.start()].ends_with("证号:");
            if digits >= 2 && !after_label && !known.is_public_word(&plate) {
                spans.push(fold.source(found.range()), Rule::Plate, "");
            }
        }
        if named {
            for found in self.city_plate.captures_iter(text).filter_map(|c| c.get(1)) {
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
                    && !["生产", "生效", "生活", "生成"].iter().any(|w| after.starts_with(w))
                || ["出生日期", "出生年月日", "出生年月", "出生时间", "出生", "生日", "生"]
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

/// Words that call for a pattern, with the pattern each calls for.
fn words(shelf: &Shelf) -> Result<(Vec<String>, Vec<Trigger>), Failure> {
    let (health, school) = Facts::triggers(shelf)?;
    let mut words: Vec<String> = Vec::new();
    let mut calls = Vec::new();
    let mut add = |trigger: Trigger, word: &str| {
        words.push(word.to_owned());
        calls.push(trigger);
    };
    for (trigger, list) in TRIGGERS {
        list.iter().for_each(|word| add(trigger, word));
    }
    health.iter().for_each(|word| add(Trigger::Health, word));
    school.iter().for_each(|word| add(Trigger::School, word));
    Secrets::triggers(shelf)?.iter().for_each(|word| add(Trigger::Secret, word));
    Ok((words, calls))
}

fn group(pattern: &Regex, rule: Rule, fold: &Fold<'_>, spans: &mut Spans) {
    for found in pattern.captures_iter(fold.text()) {
        if let Some(labelled) = found.get(1) {
            spans.push(fold.source(labelled.range()), rule, "");
        }
    }
}
