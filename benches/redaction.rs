//! The redaction filter alone: megabytes a second on decisions, on news, and on input made to be slow.
//!
//! `cargo bench --bench redaction`. Each sample starts the program once; what starting costs alone stands
//! first. Lines of one size of hostile input and of twice that size show whether time stays linear.
#![expect(clippy::expect_used, reason = "a bench stands outside the house")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Sentences of decisions, with places for a person, a number and a day.
const DECISION: [&str; 8] = [
    "经查，当事人{n}（身份证号：{i}，电话：{t}）于2026年{m}月{d}日在清源区通源大道占道经营，占用面积约六平方米，经劝导拒不改正。",
    "以上事实，有现场检查笔录、照片六张、对{n}的询问笔录一份为证，证人{n}、{n}亦予证实。",
    "驾驶员{n}驾驶渝A{p}号自卸货车运输建筑垃圾，车厢未密闭，沿途遗撒约三十米，影响市容环境卫生。",
    "{n}，男，1985年{m}月{d}日出生，住示例省清源区丁山镇丰收村{d}组{m}号，系清源区某建材经营部经营者。",
    "上述行为违反了《城市建筑垃圾管理规定》第十四条第一款的规定，依据该规定第二十五条第（一）项，责令限期改正，并处罚款5000元。",
    "当事人在规定期限内未提出陈述、申辩，也未要求听证，本局依法作出行政处罚决定，并于2026年{m}月{d}日送达。",
    "将罚款缴至示例银行清源支行（户名：示例市清源区城市管理局，账号：0601010120010000237），缴款书编号{t}。",
    "如不服本决定，可以在六十日内向清源区人民政府申请行政复议，或者在六个月内依法向清源区人民法院提起行政诉讼。",
];

/// Sentences as newspapers print them: names of all kinds, places, firms, and no numbers of people.
const NEWS: [&str; 6] = [
    "记者{n}昨日从示例市城市管理局获悉，全市今年新增公园绿地一百二十公顷，人均公园绿地面积继续增长。",
    "示例大学教授{n}认为，城市更新不能大拆大建，要把老街的江河、高山和记忆一起留下来。",
    "市民{n}高兴地说，门口的夜市搬进了广场，既方便了群众，也不再影响交通和休息。",
    "在昨天举行的比赛中，选手{n}以两分二十秒的成绩夺得冠军，{n}和{n}分列第二、第三名。",
    "专家建议，冬季施工要做好防冻措施，金属和石材应当分类堆放，不得占用人行道和绿化带。",
    "示例集团有限公司总经理{n}介绍，公司将在三年内投入二十亿元，建设清源工业园污水处理工程。",
];

/// Surnames and given names of nobody.
const SURNAMES: [&str; 12] =
    ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "欧阳", "上官"];
const GIVEN: [&str; 12] =
    ["明远", "晓彤", "建业", "雨桐", "子墨", "海波", "丽华", "志强", "佳宁", "文博", "芸", "磊"];

/// A small generator of the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    /// A sentence with its places filled.
    fn filled(&mut self, sentence: &str) -> String {
        let mut parts = sentence.split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (place, rest) = part.split_once('}').unwrap_or(("", part));
            match place {
                "n" => {
                    text.push_str(SURNAMES[self.roll(SURNAMES.len())]);
                    text.push_str(GIVEN[self.roll(GIVEN.len())]);
                }
                "i" => text.push_str("500199198501011237"),
                "t" => write_number(&mut text, "1990000", 1000 + self.roll(9000)),
                "p" => write_number(&mut text, "", 10_000 + self.roll(90_000)),
                "m" => write_number(&mut text, "", 1 + self.roll(12)),
                _ => write_number(&mut text, "", 1 + self.roll(28)),
            }
            text.push_str(rest);
        }
        text
    }
}

fn write_number(text: &mut String, head: &str, number: usize) {
    let _ = write!(text, "{head}{number}");
}

/// Records of about this many bytes together, each of one text of ten sentences.
fn records(sentences: &[&str], bytes: usize) -> String {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut lines, mut id) = (String::new(), 0);
    while lines.len() < bytes {
        id += 1;
        let mut facts = String::new();
        for _ in 0..10 {
            let sentence = sentences[dice.roll(sentences.len())];
            facts.push_str(&dice.filled(sentence));
        }
        let party = dice.filled("{n}");
        lines.push_str(&record(id, &party, &facts));
    }
    lines
}

/// One record as a line.
fn record(id: usize, party: &str, text: &str) -> String {
    let text = serde_json::to_string(text).expect("a text");
    format!(
        "{{\"id\":{id},\"fields\":{{\"行政相对人名称\":\"{party}\",\"行政相对人类别\":\"自然人\",\"决定书全文\":{text}}}}}\n"
    )
}

/// What starting the program and loading its rules costs.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn start(bencher: Bencher<'_, '_>) {
    bencher.bench(|| filter(""));
}

#[divan::bench(args = [1, 8], sample_count = 5, sample_size = 1)]
fn decisions(bencher: Bencher<'_, '_>, megabytes: usize) {
    measure(bencher, records(&DECISION, megabytes << 20));
}

#[divan::bench(args = [1, 8], sample_count = 5, sample_size = 1)]
fn news(bencher: Bencher<'_, '_>, megabytes: usize) {
    measure(bencher, records(&NEWS, megabytes << 20));
}

/// Input made to be slow: what is repeated to a megabyte.
const HOSTILE: [(&str, &str); 26] = [
    ("digits", "1"),
    ("spelt digits", "1 "),
    ("dashes", "1-"),
    ("hexadecimal", "12345A"),
    ("serials", "AB12345"),
    ("doubts", "123456789012345、"),
    ("phones", "13800138000,"),
    ("accounts", "示例市清源区财政局1234567890"),
    ("surnames", "张"),
    ("names", "张三、"),
    ("spelt names", "张 三 "),
    ("named in a row", "举报人张"),
    ("kin", "其子张三"),
    ("firms", "清源区某公司"),
    ("brackets", "（"),
    ("secrets", "【商业秘密】"),
    ("cues of secrets", "商业秘密:"),
    ("lists of customers", "客户名单："),
    ("titles", "《"),
    ("dots", "古·"),
    ("codes", "&#24352;"),
    ("tags", "<b>"),
    ("labels", "身份证号："),
    ("homes", "住清源区"),
    ("emphasis", "**张**"),
    ("ruby", "<ruby>张<rt>z</rt></ruby>"),
];
const MEGABYTE: usize = 1 << 20;

#[divan::bench(args = HOSTILE.map(|(name, ..)| name), sample_count = 2, sample_size = 1)]
fn hostile(bencher: Bencher<'_, '_>, name: &str) {
    measure(bencher, record(1, "张三", &repeated(name, 1)));
}

#[divan::bench(args = HOSTILE.map(|(name, ..)| name), sample_count = 2, sample_size = 1)]
fn hostile_twice(bencher: Bencher<'_, '_>, name: &str) {
    measure(bencher, record(1, "张三", &repeated(name, 2)));
}

/// The input of this name, so many times as long.
fn repeated(name: &str, more: usize) -> String {
    let found = HOSTILE.iter().find(|(own, ..)| *own == name);
    found.map(|(_, what)| what.repeat(MEGABYTE / what.len() * more)).unwrap_or_default()
}

/// As many private plates in one column, each named in the text.
#[divan::bench(args = [10_000, 20_000], sample_count = 2, sample_size = 1)]
fn many_values(bencher: Bencher<'_, '_>, count: usize) {
    let plates: Vec<String> = (0..count).map(|n| format!("渝A{:05}", 10_000 + n)).collect();
    let text = serde_json::json!({"id": 1, "fields": {
        "行政相对人名称": "张三", "行政相对人类别": "自然人",
        "车牌号": plates.join("、"), "决定书全文": plates.join("停放。"),
    }});
    measure(bencher, format!("{text}\n"));
}

/// Nested brackets, opened and closed.
#[divan::bench(args = [50_000, 100_000], sample_count = 2, sample_size = 1)]
fn nested_brackets(bencher: Bencher<'_, '_>, depth: usize) {
    measure(bencher, record(1, "张三", &("（".repeat(depth) + "张三" + &"）".repeat(depth))));
}

fn measure(bencher: Bencher<'_, '_>, lines: String) {
    bencher.counter(BytesCount::of_str(&lines)).bench(|| filter(&lines));
}

/// Runs the filter over these lines and forgets what it says.
fn filter(lines: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongshi"))
        .args(["redact", "--quiet", "--as-of", "2026-11-23", "--root"])
        .arg(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(lines.as_bytes()).expect("it reads");
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}
