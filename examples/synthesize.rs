//! Makes a load: `cargo run --release --example synthesize -- 10000 DIR` writes DIR as a site root with
//! one drop of 10,000 synthetic penalties (about 300 characters of facts each), the same on every machine.
//!
//! Nobody in it exists: identity numbers lie in a region that was never assigned.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;

const HEADER: &str = "行政处罚决定书文号,行政相对人名称,行政相对人类别,行政相对人代码_1(统一社会信用代码),法定代表人,证件类型,证件号码,联系电话,住所,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚有效期,公示截止期,处罚机关,处罚机关统一社会信用代码,适用程序,保密审查结果";
const SITE: &str = "name: 示例市清源区城市管理局\ndistrict: 示例市清源区\n";
const SURNAMES: &[&str] = &["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "欧阳", "上官"];
const GIVEN: &[&str] = &["明远", "晓彤", "建业", "雨桐", "子墨", "海波", "丽华", "志强", "佳宁", "文博", "芸", "磊"];
const TRADES: &[&str] = &["餐饮", "建材", "运输", "广告", "物业", "食品", "环保", "园林"];
const STREETS: &[&str] = &["通源大道", "文昌路", "滨河东路", "新城二路", "玉泉街", "南门巷"];
const MATTERS: &[(&str, &str, &str)] = &[
    ("占用城市道路经营", "《城市道路管理条例》第四十二条", "在人行道上摆放桌椅和货架，占用面积约六平方米，妨碍行人通行"),
    ("未按规定运输建筑垃圾", "《城市建筑垃圾管理规定》第二十五条", "驾驶自卸货车运输建筑垃圾，车厢未密闭，沿途遗撒约三十米"),
    ("擅自设置户外广告", "《城市市容和环境卫生管理条例》第三十六条", "在临街外墙设置一处面积约十二平方米的灯箱广告，未取得批准文件"),
    ("超标排放油烟", "《中华人民共和国大气污染防治法》第一百一十八条", "油烟净化设施停止运行，油烟经排风扇直接排向相邻住宅"),
    ("未分类投放生活垃圾", "《城市生活垃圾管理办法》第四十二条", "将厨余垃圾与其他垃圾混合装袋，投放在街边果皮箱旁"),
];

/// A small generator of the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let (Some(count), Some(dir)) = (args.get(1).and_then(|n| n.parse().ok()), args.get(2)) else {
        return Err(std::io::Error::other("usage: synthesize COUNT DIR"));
    };
    write(count, Path::new(dir))
}

fn write(count: usize, dir: &Path) -> std::io::Result<()> {
    let drop = dir.join("drops/2026-11-20");
    fs::create_dir_all(&drop)?;
    fs::write(dir.join("site.yml"), SITE)?;
    let mut out = BufWriter::new(fs::File::create(drop.join("penalties.csv"))?);
    writeln!(out, "{HEADER}")?;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for number in 1..=count {
        writeln!(out, "{}", row(number, &mut dice))?;
    }
    out.flush()
}

fn row(number: usize, dice: &mut Dice) -> String {
    let (year, month, day) = (2022 + dice.roll(5), 1 + dice.roll(10), 1 + dice.roll(28));
    let name = format!("{}{}", dice.pick(SURNAMES), dice.pick(GIVEN));
    let kind = ["自然人", "法人及非法人组织", "法人及非法人组织", "个体工商户"][dice.roll(4)];
    let trade = *dice.pick(TRADES);
    let (id, phone) = (id_number(number), format!("1990000{:04}", number % 10_000));
    let (party, code) = match kind {
        "自然人" => (name.clone(), String::new()),
        "个体工商户" => (format!("清源区{}{trade}店", name_part(number)), credit_code("92", number)),
        _ => (format!("示例市{}{trade}有限公司", name_part(number)), credit_code("91", number)),
    };
    let (violation, basis, deed) = dice.pick(MATTERS);
    let street = *dice.pick(STREETS);
    let fine = 1 + dice.roll(50);
    let facts = facts((&party, &name, &id, &phone), (deed, street), (year, month, day), dice);
    let id_cells = if kind == "自然人" { ("身份证", id.as_str()) } else { ("", "") };
    format!(
        "示清城管罚决字〔{year}〕第{number}号,{party},{kind},{code},{},{},{},{phone},示例市清源区{street}{}号,{violation},{facts},{basis},罚款,处以罚款人民币{}元,{},{year}-{month:02}-{day:02},2099-12-31,,示例市清源区城市管理局,{},普通程序,通过",
        if kind == "自然人" { "" } else { &name },
        id_cells.0,
        id_cells.1,
        1 + dice.roll(300),
        fine * 100,
        wan(fine * 100),
        credit_code("11", 1),
    )
}

fn facts(
    (party, name, id, phone): (&str, &str, &str, &str),
    (deed, street): (&str, &str),
    (year, month, day): (usize, usize, usize),
    dice: &mut Dice,
) -> String {
    let mut text = format!(
        "{year}年{month}月{day}日{}时许，本机关执法人员在{street}巡查时发现，当事人{party}{deed}。",
        8 + dice.roll(12),
    );
    if dice.roll(4) == 0 {
        let _ = write!(text, "现场负责人{name}（身份证号码：{id}，联系电话{phone}）在场见证。");
    }
    text.push_str("执法人员当场出示执法证件，表明身份，告知其违法的事实、依据以及依法享有的权利，并制作现场检查笔录，拍摄照片三张，录制视频一段。");
    text.push_str("经立案调查，当事人对上述事实予以承认，未提出异议，案件证据有现场检查笔录、询问笔录、现场照片以及视听资料等，能够相互印证，事实清楚，证据确凿。");
    let _ = write!(
        text,
        "本机关于{year}年{month}月{day}日送达行政处罚事先告知书，当事人在法定期限内没有提出陈述和申辩意见，亦未要求听证。鉴于当事人能够主动配合调查并且及时改正，未造成危害后果，依照裁量基准对应的档次予以处罚，决定内容已当面宣读，当事人签名确认无误。",
    );
    text
}

/// Two characters that make a name of a firm unlike others.
fn name_part(number: usize) -> String {
    const FIRST: &[char] = &['兴', '隆', '源', '盛', '安', '泰', '和', '顺', '德', '通', '瑞', '丰'];
    format!("{}{}", FIRST[number % 12], FIRST[number / 12 % 12])
}

/// 万元 with up to four decimals.
fn wan(yuan: usize) -> String {
    format!("{}.{:04}", yuan / 10_000, yuan % 10_000)
}

/// An identity number in region 500199, which nobody has, with the right check character.
fn id_number(n: usize) -> String {
    let body = format!("50019919{:02}{:02}{:02}{:03}", 50 + n % 50, 1 + n % 12, 1 + n % 28, n % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
    format!("{body}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize])
}

/// A credit code in area 500199 with the right check character.
fn credit_code(head: &str, n: usize) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("{head}500199MA{n:07}");
    let mut weight = 1;
    let mut sum = 0;
    for b in body.bytes() {
        let value = ALPHABET.iter().position(|a| *a == b).unwrap_or_default();
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}
