//! Homes: what follows a label of a home address, and dwellings that stand in running text without one.
//! Premises and public places stay.

use regex::Regex;

use super::address::county_end;
use super::known::Known;
use super::patterns::compile;
use super::spans::{Covered, Spans};
use super::tables::Rule;
use crate::clearance::fold::{Fold, is_han};
use crate::diag::Failure;
use crate::vocab::PartyKind;

/// Longest address, in characters.
const LONGEST: usize = 60;
/// A number in an address.
const N: &str = "[0-9A-Z甲乙丙丁一二三四五六七八九十百零〇]{1,5}";
/// What a number in an address counts.
const UNIT: &str =
    "(?:号院|号楼|号|栋|幢|座|单元|门|层|楼|室|房|户|弄|巷|村民小组|小组|组|社|队|村)";
/// How far before a dwelling a word may stand that makes it a place of business, in bytes.
const BESIDE: usize = 48;
/// Words that make it one.
const BUSINESS: [&str; 22] = [
    "大厦",
    "广场",
    "商场",
    "商城",
    "市场",
    "商务",
    "商业",
    "写字楼",
    "产业园",
    "工业园",
    "创业",
    "厂房",
    "仓库",
    "门面",
    "店铺",
    "中心",
    "经营场所",
    "经营地址",
    "注册地址",
    "办公",
    "营业场所",
    "公司",
];
/// Characters after which an address does not go on to the left.
const STOPS: &str = "在于住至到达往从由的与和是为系处发现位称及并";

/// The patterns of homes.
pub(super) struct Homes {
    label: Regex,
    label_of_person: Regex,
    number: Regex,
    dwelling: Regex,
    village: Regex,
    chain: Regex,
    dormitory: Regex,
}

impl Homes {
    /// Compiles them.
    pub(super) fn new() -> Result<Self, Failure> {
        Ok(Self {
            label: compile(
                "(?:家庭住址|家庭地址|户籍所在地|户籍地址|户籍住址|户籍地|户籍|户口所在地|户口|现住址|现住地|现居住地|现居住址|现居地|经常居住地|常住地址|常住地|居住地址|居住地|居所|房屋坐落于?|住宅坐落于?|老宅在|送货至|居住于|居住在|居住|暂住地址|暂住地|暂住于|暂住在|暂住|租住于|租住在|租住|借住于|家住|现住|住在|住于|居于|家在|(?:经营者|负责人|代理人|证人|个人|本人|法定代表人)住(?:址|所)|通讯地址|通信地址|联系地址|联络地址|邮寄地址|寄送地址|收件地址|收货地址|送达地址|邮寄至|寄至|住址)[:为是在于至系\\s|*]{0,4}",
            )?,
            label_of_person: compile("(?:住所地?|地址|[,;。|(]\\s?住)[:为是在于系\\s|*]{0,4}")?,
            number: compile(&format!(
                "(?:附?第?{N}{UNIT}(?:附{N}号)?|{N}(?:-{N}){{1,3}}|[东南西北]户)"
            ))?,
            dwelling: compile(&format!(
                "(?:{N}(?:弄|巷))?{N}(?:号院|号楼|号|栋|幢|座)(?:附{N}号)?(?:{N}(?:号楼|栋|幢|座))?(?:{N}(?:单元|门))?(?:{N}[层楼])?(?:{N}(?:室|房|户|号)|[0-9]{{1,2}}-[0-9]{{1,4}}(?:-[0-9]{{1,2}})?|[东南西北]户|[0-9〇零一二三四五六七八九]{{3,4}})|{N}号附{N}号"
            ))?,
            village: compile(&format!(
                "(?:村|社区|寨|屯|庄|堡|坝|湾|坪)((?:[\\p{{Han}}]{{1,4}}自然村|[\\p{{Han}}]{{1,4}})?(?:第?{N}(?:村民小组|小组|组|社|队)(?:附?{N}号)?|(?:{N}巷)?(?:附{N}号|{N}号|{N}-{N}号)))"
            ))?,
            chain: compile("\\p{Han}([0-9]{1,3}-[0-9]{1,3}-[0-9]{1,5})")?,
            dormitory: compile(&format!(
                "((?:员工|职工|集体|学生|教工|单身|人才)?(?:宿舍|公寓)(?:{N}(?:号楼|号|栋|幢|座))(?:{N}(?:室|房|号|层)?)?|(?:员工|职工|集体|学生|教工|单身|人才)?宿舍{N}(?:室|房|号))"
            ))?,
        })
    }

    /// Homes after labels, and dwellings.
    pub(super) fn find(&self, raw: &str, fold: &Fold<'_>, known: &Known<'_>, spans: &mut Spans) {
        self.labelled(&self.label, raw, fold, spans);
        if known.kind != PartyKind::Organization {
            self.labelled(&self.label_of_person, raw, fold, spans);
        }
    }

    /// What follows a label, below the county.
    fn labelled(&self, label: &Regex, raw: &str, fold: &Fold<'_>, spans: &mut Spans) {
        let text = fold.text();
        for found in label.find_iter(text) {
            let rest = &text[found.end()..];
            let ends = [',', '。', ';', '\n', '|', '(', ')', '<', '"', '、', '”', '【'];
            let mut end = rest.find(ends).unwrap_or(rest.len());
            if let Some(of) = rest[..end].find('的') {
                end = of;
            }
            let value = &rest[..end];
            let keep = county_end(value);
            let Some(tail) = self.tail(value, keep) else { continue };
            let mut at = fold.source(found.end() + keep..found.end() + tail);
            if let Some(line) = raw[at.clone()].find("\n\n") {
                at.end = at.start + line;
            }
            spans.push(at, Rule::Address, "");
        }
    }

    /// Where the address in `value` ends; `None` where it holds none.
    fn tail(&self, value: &str, keep: usize) -> Option<usize> {
        let last = self.number.find_iter(value).take_while(|n| near(value, n.start())).last();
        let end = match last {
            Some(number) => number.end(),
            None if value.chars().count() <= LONGEST / 2 => value.len(),
            None => return None,
        };
        let looks = keep > 0
            || last.is_some()
            || value.contains(['镇', '乡', '村', '路', '街', '道', '巷', '弄', '苑', '园', '区']);
        (looks && end > keep).then_some(end)
    }

    /// Dwellings in running text: what tells the flat or the house goes, the road stays.
    pub(super) fn dwellings(&self, fold: &Fold<'_>, kept: &Covered, spans: &mut Spans) {
        let text = fold.text();
        let mut cut = |start: usize, end: usize| {
            let before = &text[..start];
            let is_part = before.chars().next_back().is_some_and(|c| {
                c.is_ascii_alphanumeric()
                    || matches!(c, '年' | '月' | '日' | '第' | '时' | '分' | '-' | '.' | '(')
            });
            if !is_part && !kept.touches(&(start..end)) && !is_business(before, &text[end..]) {
                spans.push(fold.source(start..end), Rule::Address, "");
            }
        };
        for found in self.dwelling.find_iter(text) {
            if text[..found.start()].chars().next_back().is_some_and(is_han) {
                cut(found.start(), found.end());
            }
        }
        for pattern in [&self.village, &self.chain, &self.dormitory] {
            for group in pattern.captures_iter(text).filter_map(|c| c.get(1)) {
                if group.len() > 1 {
                    cut(group.start(), group.end());
                }
            }
        }
    }
}

/// Whether a number still belongs to the address: it stands within its usual length.
fn near(value: &str, at: usize) -> bool {
    value[..at].chars().count() <= LONGEST
}

/// Whether words around a dwelling make it a place of business.
fn is_business(before: &str, after: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(BESIDE))..];
    let near = near.rfind([',', '。', ';', '\n', '|']).map_or(near, |n| &near[n..]);
    let start = near.char_indices().rev().find(|(_, c)| STOPS.contains(*c)).map_or(0, |(i, _)| i);
    BUSINESS.iter().any(|word| near[start..].contains(word))
        || ["门面", "商铺", "店", "铺面", "营业房"].iter().any(|word| after.starts_with(word))
        || ["经营场所", "经营地址", "注册地址", "办公地址", "仓库地址", "营业地址"]
            .iter()
            .any(|w| near.contains(w))
}
