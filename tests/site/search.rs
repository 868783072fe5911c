//! The search index from outside: its files are read as a stranger would, and held against the open data.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::support::{Row, Site, csv, revoke};

/// Letters of the lists, as `docs/search.md` says.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZaeioul";
/// Most bytes of a file of the index.
const MOST_BYTES: usize = 50_000;

/// What facts are made of here.
const WORDS: [&str; 7] =
    ["占道经营", "未密闭运输", "（一）擅自设置", "ABC", "１２", "堆放石料、砖块", "夜间施工"];

/// One volume, read back: entries by number, and the cases of each pair.
#[derive(Default)]
struct Index {
    entries: Vec<Value>,
    pairs: BTreeMap<String, BTreeSet<usize>>,
}

impl Index {
    /// Reads the index of a built site; every file must be small and named by the one above it.
    fn of(site: &Site) -> Self {
        let files: BTreeMap<String, Vec<u8>> = site
            .site()
            .into_iter()
            .filter_map(|(name, body)| {
                Some((name.strip_prefix("sousuo/suoyin/")?.to_owned(), body))
            })
            .collect();
        let page = site.read("public/sousuo/index.html");
        let named = page.split("data-volumes=\"").nth(1).and_then(|r| r.split('"').next());
        let volumes = named.expect("the page names its volumes");
        let mut index = Self::default();
        let mut used = 0;
        for volume in volumes.split(' ').filter(|name| !name.is_empty()) {
            used += 1 + index.read(volume, &files);
        }
        assert_eq!(used, files.len(), "no file lies about");
        assert!(files.values().all(|body| body.len() <= MOST_BYTES));
        index
    }

    fn read(&mut self, volume: &str, files: &BTreeMap<String, Vec<u8>>) -> usize {
        let json = |name: &str| -> Value {
            serde_json::from_slice(files.get(name).unwrap_or_else(|| panic!("{name}")))
                .expect("JSON")
        };
        let contents = json(volume);
        let number = volume.strip_prefix('m').and_then(|v| v.split('.').next()).expect("a number");
        let digests = |key: &str| -> Vec<String> {
            let all = contents[key].as_str().expect("digests").as_bytes();
            all.chunks(8).map(|part| String::from_utf8_lossy(part).into_owned()).collect()
        };
        let base = self.entries.len();
        let (shelves, postings) = (digests("entries"), digests("postings"));
        for (at, digest) in shelves.iter().enumerate() {
            let entries = json(&format!("d{number}-{at}.{digest}.json"));
            self.entries.extend(entries.as_array().expect("a list").iter().cloned());
        }
        for (at, digest) in postings.iter().enumerate() {
            let lists = json(&format!("p{number}-{at}.{digest}.json"));
            for (pair, text) in lists.as_object().expect("an object") {
                let places = text.as_str().expect("text").split('.').flat_map(numbers);
                self.pairs.entry(pair.clone()).or_default().extend(places.map(|n| base + n));
            }
        }
        shelves.len() + postings.len()
    }

    /// Names of the cases that a query finds.
    fn find(&self, query: &str) -> BTreeSet<String> {
        let folded = fold(query);
        let pairs = folded.windows(2).map(|pair| pair.iter().collect::<String>());
        let places = pairs.map(|pair| self.pairs.get(&pair).cloned().unwrap_or_default());
        let both = places.reduce(|a, b| &a & &b).unwrap_or_default();
        both.iter().map(|n| text(&self.entries[*n][0])).collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The numbers of one list.
fn numbers(list: &str) -> Vec<usize> {
    let value = |c: char| LETTERS.find(c).expect("a letter of the lists");
    if let Some(bits) = list.strip_prefix('=') {
        let of = |(at, c): (usize, char)| {
            (0..5).filter(move |bit| value(c) >> bit & 1 == 1).map(move |bit| at * 5 + bit)
        };
        return bits.chars().enumerate().flat_map(of).collect();
    }
    let (mut all, mut next, mut gap, mut shift) = (Vec::new(), 0, 0, 0);
    for c in list.chars() {
        gap += (value(c) % 16) << shift;
        shift += 4;
        if value(c) < 16 {
            all.push(next + gap);
            (next, gap, shift) = (next + gap + 1, 0, 0);
        }
    }
    all
}

/// What is left of the texts of these tests: plain Chinese, full-width letters and figures, brackets, points.
fn fold(text: &str) -> Vec<char> {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(|c| narrow(c).to_ascii_lowercase()).filter(|c| c.is_alphanumeric()).collect()
}

/// The public texts that are searched, by case, from the open data.
fn public(site: &Site) -> BTreeMap<String, Vec<String>> {
    let mut cases = BTreeMap::new();
    for file in ["public/shuju/chufa-2024.json", "public/shuju/jiancha-2024.json"] {
        let Ok(rows) = serde_json::from_str::<Vec<Value>>(&site.read(file)) else { continue };
        for row in rows.iter().filter(|row| row["status"] == "published") {
            let texts =
                ["number", "party", "violation", "facts", "item"].map(|key| text(&row[key]));
            cases.insert(text(&row["id"]), texts.into());
        }
    }
    cases
}

/// A site of cases with these facts.
fn site(facts: &[&str]) -> Site {
    let rows: Vec<Row> = facts
        .iter()
        .enumerate()
        .map(|(n, facts)| Row::sound(n + 1).with("违法事实", format!("当事人{facts}。")))
        .collect();
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(&rows));
    site.build().ends(0);
    site
}

#[test]
fn every_part_of_a_public_text_finds_its_case() {
    let texts = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..6);
    let mut runner = TestRunner::new(Config { cases: 4, ..Config::default() });
    let cases = prop::collection::vec(texts.prop_map(|words| words.concat()), 1..6);
    let ran = runner.run(&cases, |facts| {
        let site = site(&facts.iter().map(String::as_str).collect::<Vec<_>>());
        let (index, public) = (Index::of(&site), public(&site));
        prop_assert_eq!(index.entries.len(), public.len());
        for (id, texts) in &public {
            for chars in texts.iter().map(|t| t.chars().collect::<Vec<char>>()) {
                for from in 0..chars.len() {
                    for to in [from + 2, from + 3, from + 7, chars.len()] {
                        let part: String =
                            chars[from..to.clamp(from, chars.len())].iter().collect();
                        let is_query = fold(&part).len() >= 2;
                        prop_assert!(!is_query || index.find(&part).contains(id), "{}", part);
                    }
                }
            }
        }
        Ok(())
    });
    ran.expect("every part finds its case");
}

#[test]
fn the_index_says_of_a_case_only_what_its_open_data_say() {
    let site = site(&["在通源大道占道经营", "运输建筑垃圾未密闭"]);
    let (index, public) = (Index::of(&site), public(&site));
    for (pair, cases) in &index.pairs {
        for case in cases {
            let texts = &public[&text(&index.entries[*case][0])];
            let has =
                |t: &String| fold(t).windows(2).any(|two| two.iter().collect::<String>() == *pair);
            assert!(texts.iter().any(has), "{pair}");
        }
    }
}

#[test]
fn nothing_of_a_case_that_is_down_is_left_to_find() {
    let site = site(&["在通源大道占道经营", "驾驶铲车毁坏绿篱"]);
    let before = Index::of(&site);
    let id = before.find("毁坏绿篱").into_iter().next().expect("it is found while it stands");
    let order = [&revoke("示清城管罚决字〔2024〕第2号")[..], &["--yes"]].concat();
    site.run(&order).ends(0);
    let after = Index::of(&site);
    assert_eq!(after.entries.len(), 1);
    assert!(after.find("毁坏绿篱").is_empty() && after.find("占道经营").len() == 1);
    let own: Vec<&String> = before.pairs.keys().filter(|p| !after.pairs.contains_key(*p)).collect();
    assert!(own.len() > 5, "pairs that only the case had are gone");
    for (name, body) in site.site().iter().filter(|(name, _)| name.starts_with("sousuo/")) {
        let body = String::from_utf8_lossy(body);
        for gone in [id.as_str(), "绿篱", "第2号", "青标002"] {
            assert!(!body.contains(gone), "{name}: {gone}");
        }
    }
}

#[test]
fn what_is_found_has_small_files_that_stay_when_they_do_not_change() {
    let facts = "在通源大道占用人行道堆放砂石，".repeat(160);
    let rows: Vec<Row> = (1..=40)
        .map(|n| Row::sound(n).with("违法事实", format!("当事人{facts}第{n}次。")))
        .collect();
    let site = Site::new();
    site.write("drops/a/处罚.csv", csv(&rows));
    site.build().ends(0);
    let names = |site: &Site| -> BTreeSet<String> {
        site.site().into_keys().filter(|name| name.starts_with("sousuo/suoyin/d")).collect()
    };
    let before = names(&site);
    assert!(before.len() > 4, "entries of long texts are spread: {before:?}");
    assert_eq!(Index::of(&site).entries.len(), 40);
    site.run_on("2024-05-24", &["build"]).ends(0);
    assert_eq!(names(&site), before);
}

#[test]
fn without_a_case_the_page_says_so_and_there_is_no_index() {
    let site = Site::new();
    site.build().ends(0);
    let page = site.read("public/sousuo/index.html");
    assert!(page.contains("尚无公示中的执法结果") && page.contains("data-volumes=\"\""));
    assert!(site.site().keys().all(|name| !name.starts_with("sousuo/suoyin/")));
}

#[test]
fn natural_persons_have_no_index_of_names() {
    let site = Site::new();
    let person = Row::sound(2)
        .with("行政相对人名称", "上官试文")
        .with("行政相对人类别", "自然人")
        .with("行政相对人代码_1(统一社会信用代码)", "");
    site.write("drops/a/处罚.csv", csv(&[Row::sound(1), person]));
    site.build().ends(0);
    let letters =
        site.site().into_keys().filter(|n| n.starts_with("sousuo/") && n.matches('/').count() == 2);
    let pages: Vec<String> = letters.filter(|n| n.ends_with("index.html")).collect();
    assert_eq!(pages, ["sousuo/q/index.html"], "青标 without 示例市");
    assert!(site.read("public/sousuo/q/index.html").contains("青标001"));
    assert!(!site.read("public/sousuo/q/index.html").contains("上官"));
}
