//! Properties of the wall: whatever is planted goes in every disguise, whatever is public stays, and no
//! text makes it panic. Cases are few enough for a debug build of some seconds.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{bureau, clear, file, redactor};
use crate::clearance::fold::folded;
use crate::clearance::record::{CaseFile, Field};
use crate::clearance::redact::{Cell, Redactor};
use crate::vocab::{PartyKind, Policy};

/// Cases of each property.
const CASES: u32 = 32;

/// Values that no output may hold: what is planted, by the shapes of domain 2.2.
const PRIVATE: [&str; 20] = [
    "张三",
    "李四",
    "张三丰",
    "欧阳修远",
    "史密斯",
    "古丽米娜·艾合买提",
    "50019919900307123X",
    "500199198501011237",
    "500199850101123",
    "13812345678",
    "19900001234",
    "0999-88123456",
    "023-88123457",
    "6217009900000079190",
    "6222009900000045670",
    "渝A12345",
    "渝AD67890",
    "wang.wu@example.cn",
    "微信号wxid_abc123",
    "护照号E12345678",
];

/// Values that must come out as they went in, whatever stands around them.
const PUBLIC: [&str; 12] = [
    "清源张三食品有限公司",
    "示例市清源区城市管理局",
    "91500199MA0000001X",
    "示城管罚决字〔2026〕第12号",
    "0999-48125203",
    "《中华人民共和国行政处罚法》第二十八条第一款",
    "罚款人民币1,204,567.89元",
    "2026年5月10日8时30分",
    "面积12.5平方米",
    "条码6999795500014",
    "缴款书编号19900001234",
    "执法证号500199010012",
];

/// Sentences in which something may be planted.
const FRAMES: [&str; 6] = [
    "经查，当事人在通源大道占道经营（{}），拒不改正。",
    "现场检查发现：{}。以上事实清楚。",
    "另查明，{}，以上有照片为证。",
    "| 项目 | 内容 |\n| --- | --- |\n| 说明 | {} |\n",
    "一、基本情况\n\n{}\n\n二、处理意见",
    "询问笔录记载“{}”等内容。",
];

fn spaced(value: &str, gap: &str) -> String {
    value.chars().map(String::from).collect::<Vec<_>>().join(gap)
}

/// A name with a gap after each character; an identity number with one gap in its middle.
fn parted(value: &str, gap: &str) -> String {
    match value.len() {
        _ if !value.contains(|c: char| c.is_ascii()) => spaced(value, gap),
        18 if value.starts_with("500199") => [&value[..9], &value[9..]].join(gap),
        _ => value.to_owned(),
    }
}

/// ASCII characters as codes, the others as they are.
fn escaped(value: &str, code: impl Fn(u32) -> String) -> String {
    value.chars().map(|c| if c.is_ascii() { code(u32::from(c)) } else { c.to_string() }).collect()
}

fn coded(value: &str, code: impl Fn(u32) -> String) -> String {
    value.chars().map(|c| code(u32::from(c))).collect()
}

/// The value in another dress that still reads the same.
fn disguised(value: &str, how: usize) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        c => c,
    };
    match how {
        0 => value.to_owned(),
        1 => spaced(value, "\u{200b}"),
        2 => spaced(value, "\u{feff}"),
        3 => spaced(value, "\u{ad}"),
        4 => spaced(value, "<b></b>"),
        5 => spaced(value, "<!-- -->"),
        6 => value.chars().map(wide).collect(),
        7 => coded(value, |c| format!("&#{c};")),
        8 => coded(value, |c| format!("&#x{c:x};")),
        9 => value.replace('张', "張").replace('欧', "歐").replace('阳', "陽"),
        10 => value.to_lowercase(),
        11 => parted(value, " "),
        12 => parted(value, "\u{3000}"),
        13 => parted(value, "\n"),
        14 => parted(value, "&nbsp;"),
        15 => spaced(value, "<br/>"),
        16 => spaced(value, "&zwnj;"),
        17 => parted(value, "**"),
        18 => escaped(value, |c| format!("%{c:02X}")),
        19 => escaped(value, |c| format!("\\u{c:04x}")),
        _ => spaced(value, "\u{301}"),
    }
}

const DISGUISES: usize = 21;

/// A sentence with one planted value.
fn planted() -> impl Strategy<Value = String> {
    (0..FRAMES.len(), 0..PRIVATE.len(), 0..DISGUISES).prop_map(|(frame, value, how)| {
        FRAMES[frame].replace("{}", &disguised(PRIVATE[value], how))
    })
}

fn kind() -> impl Strategy<Value = PartyKind> {
    prop_oneof![
        Just(PartyKind::NaturalPerson),
        Just(PartyKind::IndividualBusiness),
        Just(PartyKind::Organization),
    ]
}

fn with_redactor<T>(work: impl FnOnce(&Redactor) -> T) -> T {
    thread_local!(static REDACTOR: Redactor = redactor(&Policy::default()));
    REDACTOR.with(work)
}

/// The sample record.
fn sample(kind: PartyKind) -> CaseFile {
    super::case_file(kind, &[])
}

/// These texts as columns of one record, as the filter hands them in.
fn freed(kind: PartyKind, cells: &[(Option<Field>, &str)]) -> Vec<String> {
    let cells: Vec<Cell<'_>> =
        cells.iter().map(|(field, text)| Cell { field: *field, text }).collect();
    with_redactor(|r| r.free(&sample(kind), kind, &cells)).texts
}

/// What of the planted values a text still shows.
fn shown(text: &str) -> String {
    let bare = |text: &str| {
        let marks = ["<B></B>", "<!-- -->", "<BR/>", "*", " ", "\n"];
        marks.iter().fold(folded(text), |text, mark| text.replace(mark, ""))
    };
    let text = bare(text);
    // The trade name and the firm of the sample record hold a name and stay.
    let text = text.replace("张三面馆", "").replace("清源张三食品有限公司", "");
    let mut shown = String::new();
    for value in PRIVATE {
        let value = value.trim_start_matches("微信号").trim_start_matches("护照号");
        if text.contains(&bare(value)) {
            let _ = write!(shown, "{value} ");
        }
    }
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn nothing_planted_is_published(
        sentences in proptest::collection::vec(planted(), 1..4), kind in kind(),
    ) {
        let facts = sentences.concat();
        let published = with_redactor(|r| clear(r, kind, &facts));
        let Some(penalty) = published else { return Err(TestCaseError::fail("held")) };
        prop_assert_eq!(shown(penalty.facts.as_str()), "");
    }

    #[test]
    fn nothing_planted_leaves_the_filter(
        sentences in proptest::collection::vec(planted(), 1..4), kind in kind(),
        columns in proptest::sample::subsequence(
            vec![None, Some(Field::Facts), Some(Field::Remark), Some(Field::Content)], 4),
    ) {
        let cells: Vec<(Option<Field>, &str)> =
            columns.into_iter().zip(sentences.iter().map(String::as_str)).collect();
        for text in freed(kind, &cells) {
            prop_assert_eq!(shown(&text), "");
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        texts in proptest::collection::vec("\\PC{0,60}", 1..4),
        bytes in proptest::collection::vec(any::<char>(), 0..40),
        plants in proptest::collection::vec((0..PRIVATE.len(), 0..DISGUISES), 0..4), kind in kind(),
    ) {
        let bytes: String = bytes.into_iter().collect();
        let mut all = texts;
        all.extend(plants.iter().map(|(value, how)| disguised(PRIVATE[*value], *how)));
        let all = all.join(&bytes);
        for field in [None, Some(Field::Party), Some(Field::Address), Some(Field::BornOn)] {
            let texts = freed(kind, &[(field, &all), (Some(Field::Facts), &bytes)]);
            prop_assert_eq!(texts.len(), 2);
        }
        with_redactor(|r| r.redact(file(kind, &[(Field::Facts, &all), (Field::Party, &bytes)])));
    }

    #[test]
    fn every_column_takes_any_text(
        text in "[张三丰0-9Xx 、，。（）《》·@A\\-\u{200b}<b>&#;\n|]{0,40}", kind in kind(),
    ) {
        for field in Field::ALL {
            with_redactor(|r| r.redact(file(kind, &[(*field, &text)])));
        }
        let cells: Vec<(Option<Field>, &str)> =
            Field::ALL.iter().map(|field| (Some(*field), text.as_str())).collect();
        prop_assert_eq!(freed(kind, &cells).len(), cells.len());
    }
}

#[test]
fn every_value_goes_in_every_disguise() {
    let mut left = Vec::new();
    for frame in FRAMES {
        for value in PRIVATE {
            for how in 0..DISGUISES {
                let text = frame.replace("{}", &disguised(value, how));
                let texts = freed(PartyKind::NaturalPerson, &[(Some(Field::Facts), &text)]);
                if !shown(&texts[0]).is_empty() || texts[0].contains(&disguised(value, how)) {
                    left.push(format!("{text} became {}", texts[0]));
                }
            }
        }
    }
    assert!(left.is_empty(), "{} left:\n{}", left.len(), left.join("\n"));
}

#[test]
fn every_public_value_stays_in_every_sentence() {
    let mut gone = Vec::new();
    let kinds = [PartyKind::Organization, PartyKind::IndividualBusiness, PartyKind::NaturalPerson];
    for (kind, frame) in kinds.into_iter().flat_map(|kind| FRAMES.map(|frame| (kind, frame))) {
        // The firm is public only where it is the party.
        let values = if kind == PartyKind::Organization { &PUBLIC[..] } else { &PUBLIC[1..] };
        for value in values {
            let text = frame.replace("{}", value);
            let texts = freed(kind, &[(Some(Field::Facts), &text)]);
            if !texts[0].contains(value) {
                gone.push(format!("{text} became {}", texts[0]));
            }
        }
    }
    assert!(gone.is_empty(), "{} changed:\n{}", gone.len(), gone.join("\n"));
    assert_eq!(bureau().contact.telephone.as_deref(), Some(PUBLIC[4]));
}
