//! Amounts of money in running text: `5000元`, `0.5万元`, `¥500.00`, `伍佰元整`. Allocates nothing.

use crate::vocab::Money;

/// Millionths of a yuan, so that `0.000001万元` is exact.
const MICRO: i128 = 1_000_000;
/// Millionths of a yuan in a fen.
const MICRO_PER_FEN: i128 = MICRO / 100;

/// Every amount that `text` names, in order. A figure that cannot be read is left out.
pub(super) fn amounts(text: &str) -> impl Iterator<Item = Money> {
    text.char_indices().filter_map(|(at, c)| match c {
        '元' | '圆' => before_yuan(&text[..at], &text[at + c.len_utf8()..]),
        '¥' | '￥' => after_sign(&text[at + c.len_utf8()..]),
        _ => None,
    })
}

/// The figure that ends where 元 stands, with 角 and 分 after it.
fn before_yuan(head: &str, tail: &str) -> Option<Money> {
    let figure = last_figure(head);
    let marked = head[..head.len() - figure.len()].trim_end().ends_with(['¥', '￥']);
    if marked && !figure.contains(|c| unit(c).is_some()) {
        return None; // `¥500元` was counted at the sign, `¥0.5万元` was not.
    }
    money(value(figure)?, tail)
}

/// The plain decimal that follows ¥.
fn after_sign(tail: &str) -> Option<Money> {
    let tail = tail.trim_start();
    let end = tail.find(|c| !matches!(c, '0'..='9' | ',' | '.')).unwrap_or(tail.len());
    if tail[end..].starts_with(|c| unit(c).is_some()) {
        return None; // Counted where 元 stands.
    }
    money(value(tail[..end].trim_end_matches(['.', ',']))?, "")
}

fn money(micro_yuan: i128, tail: &str) -> Option<Money> {
    let micro = micro_yuan + small_change(tail);
    if micro % MICRO_PER_FEN != 0 {
        return None;
    }
    i64::try_from(micro / MICRO_PER_FEN).ok().map(Money::fen)
}

/// `零伍角贰分` after 元, in millionths of a yuan.
fn small_change(tail: &str) -> i128 {
    let mut chars = tail.trim_start_matches(['零', '〇']).chars();
    let mut sum = 0;
    while let (Some(digit), Some(unit)) = (chars.next().and_then(digit), chars.next()) {
        match unit {
            '角' => sum += i128::from(digit) * MICRO / 10,
            '分' => sum += i128::from(digit) * MICRO_PER_FEN,
            _ => break,
        }
    }
    sum
}

/// The longest run of figure characters that ends `head`.
fn last_figure(head: &str) -> &str {
    let start = head
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_figure(*c))
        .last()
        .map_or(head.len(), |(at, _)| at);
    head[start..].trim_start_matches([',', '.'])
}

fn is_figure(c: char) -> bool {
    matches!(c, ',' | '.' | '．') || digit(c).is_some() || unit(c).is_some()
}

fn digit(c: char) -> Option<u8> {
    Some(match c {
        '0'..='9' => u8::try_from(u32::from(c) - u32::from('0')).ok()?,
        '０'..='９' => u8::try_from(u32::from(c) - u32::from('０')).ok()?,
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<i128> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

/// A figure in millionths: `5,000`, `0.5万`, `贰拾伍`, `5万3千`. `None` for anything else.
fn value(figure: &str) -> Option<i128> {
    let (mut total, mut section, mut number) = (0_i128, 0_i128, None::<i128>);
    let mut rest = figure;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() || ('０'..='９').contains(&c) {
            let (micro, after) = decimal(rest)?;
            (number, rest) = (Some(micro), after);
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if let Some(d) = digit(c) {
            number = Some(i128::from(d) * MICRO);
            continue;
        }
        match unit(c)? {
            big if big >= 10_000 => {
                total = (total + section + number.take().unwrap_or(0)).checked_mul(big)?;
                section = 0;
            }
            small => section += number.take().unwrap_or(MICRO).checked_mul(small)?,
        }
        if total > i128::from(i64::MAX) * MICRO {
            return None;
        }
    }
    let sum = total + section + number.unwrap_or(0);
    (sum > 0).then_some(sum) // The label 万元 is no figure.
}

/// An Arabic decimal at the head of `text` in millionths, and what follows it. Commas must group
/// three digits; more than six decimals are not read.
fn decimal(text: &str) -> Option<(i128, &str)> {
    let (mut micro, mut digits, mut decimals, mut since_comma) =
        (0_i128, 0_u32, None::<u32>, None::<u32>);
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            ',' if decimals.is_none() && since_comma.is_none_or(|n| n == 3) => {
                since_comma = Some(0);
            }
            '.' | '．' if decimals.is_none() => decimals = Some(0),
            '0'..='9' | '０'..='９' => {
                micro = micro * 10 + i128::from(digit(c)?);
                digits += 1;
                decimals = decimals.map(|n| n + 1);
                since_comma = since_comma.map(|n| n + u32::from(decimals.is_none()));
            }
            _ => {
                end = at;
                break;
            }
        }
        if digits > 18 {
            return None;
        }
    }
    let places = decimals.unwrap_or(0);
    if places > 6 || since_comma.is_some_and(|n| n != 3) {
        return None;
    }
    Some((micro * 10_i128.pow(6 - places), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, fen) in [
            ("处以罚款人民币5000元", vec![500_000]),
            ("罚款0.5万元整", vec![500_000]),
            ("罚款人民币伍佰元整（¥500.00）", vec![50_000, 50_000]),
            ("罚款人民币伍佰元整（￥500元）", vec![50_000, 50_000]),
            ("处贰仟零伍拾元伍角罚款", vec![205_050]),
            ("罚款1,200.50元", vec![120_050]),
            ("没收违法所得１０００元，并处罚款两万三千元", vec![100_000, 2_300_000]),
            ("罚款十五元", vec![1_500]),
            ("罚款1.2亿元", vec![12_000_000_000]),
            ("罚款5万3千元", vec![5_300_000]),
            ("罚款壹万零伍佰元", vec![1_050_000]),
            ("警告；责令3单元限期改正，1000美元", vec![]),
            ("罚款1,20元", vec![]),
            ("罚款¥0.5万元", vec![500_000]),
            ("元（万元）", vec![]),
        ] {
            let found: Vec<i64> = amounts(text).map(Money::as_fen).collect();
            assert_eq!(found, fen, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9０-９,.，。元圆角分¥￥一二万亿十百千壹贰拾佰仟零 罚款]{0,40}") {
            proptest::prop_assert!(amounts(&text).count() <= text.chars().count());
        }
    }
}
