//! The fold against disguises, and against a slow reference that takes one character at a time.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::*;

fn slow(raw: &str) -> String {
    let variants = Variants::get();
    let mut chars: Vec<(char, bool)> = Vec::new();
    for c in raw.chars().filter(|c| !is_dropped(*c)) {
        let mut text = String::new();
        table::fold_char(c, variants, &mut text);
        chars.extend(text.chars().map(|f| (f, table::is_gap(c))));
    }
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        let end = i + chars[i..].iter().take_while(|c| c.1).count();
        let lines = chars[i..end].iter().filter(|c| c.0 == '\n').count();
        let closes = end > i
            && lines <= 1
            && out.chars().last().is_some_and(is_han)
            && chars.get(end).is_some_and(|c| is_han(c.0));
        if !closes {
            out.extend(chars[i..end].iter().map(|c| c.0));
        }
        out.extend(chars.get(end).map(|c| c.0));
        i = end + 1;
    }
    out.to_ascii_uppercase()
}

#[test]
fn disguises_fold_away() {
    for (raw, plain) in [
        ("张 三", "张三"),
        ("张\u{200b}三", "张三"),
        ("张\n三", "张三"),
        ("张·三", "张三"),
        ("阿依夏木·阿布拉", "阿依夏木阿布拉"),
        ("阿依夏木•阿布拉", "阿依夏木阿布拉"),
        ("馬國慶", "马国庆"),
        ("⼀⼆", "一二"),
        ("⻢伟", "马伟"),
        ("５００ａ", "500A"),
        ("a&#20;b", "A&#20;B"),
        ("张\n\n三", "张\n\n三"),
        ("٣❸", "33"),
    ] {
        assert_eq!(folded(raw), plain, "{raw:?}");
    }
    let read = |raw| Fold::new(raw, Markup::Read).text;
    assert_eq!(read("张<b>三</b>"), "张三");
    assert_eq!(read("&#24352;&#x4e09;&amp;#53;"), "张三5");
    assert_eq!(read("a < b & c"), "A < B & C");
}

#[test]
fn the_map_leads_back() {
    let raw = "称：馬 　國\u{feff}慶，电话１３８";
    let fold = Fold::plain(raw);
    let at = fold.text().find("马国庆").expect("folded");
    assert_eq!(&raw[fold.source(at..at + 9)], "馬 　國\u{feff}慶");
    let at = fold.text().find("138").expect("folded");
    assert_eq!(&raw[fold.source(at..at + 3)], "１３８");
}

#[test]
fn runs_of_digits_close_their_gaps() {
    let text = folded("电话 138-1234 5678，证件50019919900307 123×，一三八二二二二");
    let mut runs = Runs::of(&text);
    let mut seen = Vec::new();
    while let Some(run) = runs.next() {
        seen.push(String::from_utf8(run.digits.clone()).expect("digits"));
    }
    assert_eq!(seen, ["13812345678", "50019919900307123X", "1382222"]);
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[张三李四馬國乾０-９a-zA-Z0-9 .·*\\n\\t，。：《》．！（）“”—]{0,6}",
        any::<char>().prop_map(|c| c.to_string()),
        Just("\u{200b}".to_owned()),
        Just("\u{3000}".to_owned()),
        Just("⻢".to_owned()),
        Just("㈱".to_owned()),
    ]
}

proptest! {
    #[test]
    fn as_the_slow_reference(parts in proptest::collection::vec(piece(), 0..24)) {
        let raw = parts.concat();
        prop_assert_eq!(folded(&raw), slow(&raw));
    }

    #[test]
    fn digits_alone_are_those_of_the_runs(raw in "[0-9０-９一三九张年XOlＸ .,:·\\n-]{0,60}", least in 1_usize..12) {
        let text = folded(&raw);
        let mut all: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut runs = Runs::of(&text);
        while let Some(run) = runs.next() {
            if run.digits.len() >= least {
                all.push((run.groups[0].start, run.digits.clone()));
            }
        }
        let mut alone = Vec::new();
        let mut runs = Runs::of(&text);
        let mut digits = Vec::new();
        while let Some(at) = runs.digits(least, &mut digits) {
            alone.push((at, std::mem::take(&mut digits)));
        }
        prop_assert_eq!(alone, all);
    }

    #[test]
    fn a_short_search_finds_what_a_long_one_does(hay in "[张三a1\\n·]{0,40}", needle in "[张三a1·]{1,4}") {
        let (mut from, mut slow) = (0, Vec::new());
        while let Some(at) = hay[from..].find(&needle) {
            slow.push(from + at);
            from += at + needle.len();
        }
        prop_assert_eq!(starts(hay.as_bytes(), needle.as_bytes()).collect::<Vec<_>>(), slow);
    }

    #[test]
    fn the_map_is_monotone_and_in_bounds(parts in proptest::collection::vec(piece(), 0..16)) {
        let raw = parts.concat();
        let fold = Fold::new(&raw, Markup::Read);
        let mut last = 0;
        for (i, c) in fold.text().char_indices() {
            let source = fold.source(i..i + c.len_utf8());
            prop_assert!(source.start >= last || source.start <= source.end);
            prop_assert!(raw.get(source.clone()).is_some());
            last = source.start;
        }
    }

    #[test]
    fn folding_again_changes_nothing(raw in "[张三馬 ０-９·a-z\\n]{0,20}") {
        let once = folded(&raw);
        prop_assert_eq!(folded(&once), once.clone());
    }
}

#[test]
fn compatibility_forms_decompose() {
    assert_eq!(folded("①㎡"), "①㎡".nfkc().collect::<String>().to_uppercase());
}
