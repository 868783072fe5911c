//! Invented bureau, officers and cases for the look of the site.

use std::collections::BTreeMap;

use crate::clearance::{CaseKind, Count, RecordKey, readmit};
use crate::law::{Day, parse_rules};
use crate::ledger::{Entry, FormRow, Overview, Revision, Standing, State, Tombstone, YearFigures};
use crate::vocab::{CaseId, Ground, Officer, WithholdGround};

/// The invented bureau.
pub(super) const BUREAU: &str = "
name: 示例市清源区城市管理局
domain: www.qingyuan-cgj.example
base_url: https://www.qingyuan-cgj.example/gongshi/
site_code: '5001990001'
district: 示例市清源区
units:
  - {name: 综合执法一大队, duties: 负责云台街道的市容环境执法。, address: 示例市清源区云台路6号, telephone: 0100-66001101, delegated_by_letter: 示清城管委〔2024〕1号}
  - {name: 综合执法二大队, duties: 负责石桥镇的市容环境执法。, address: 示例市清源区石桥路15号, telephone: 0100-66001102, delegated_by_letter: 示清城管委〔2024〕2号}
  - {name: 渣土管理中队, duties: 负责建筑垃圾处置和运输执法。, address: 示例市清源区清源大道88号, telephone: 0100-66001103}
contact:
  address: 示例市清源区清源大道1号
  telephone: 0100-66001100
  complaint_telephone: '12319'
  email: gongshi@qingyuan-cgj.example
  hours: 工作日 9:00—12:00，14:00—17:30
  reconsideration_organ: 示例市清源区人民政府
  court: 示例市清源区人民法院
footer: {host: 示例市清源区城市管理局, operator: 示例市清源区城市管理局办公室, icp: 示ICP备00000000号-1}
";

/// A day.
pub(super) fn day(text: &str) -> Day {
    Day::iso(text).unwrap()
}

/// Its officers, one with a certificate that has run out.
pub(super) fn staff() -> Vec<Officer> {
    let names = [
        "林知夏",
        "周闻",
        "买买提·吐尔逊江·阿不都热合曼",
        "欧阳若谷",
        "陈晓舟",
        "何叙",
        "苏合",
        "卓玛央金",
        "尹川",
        "贺兰青",
        "文渊",
        "岳灵均",
        "向晚",
    ];
    let one = |(i, name): (usize, &&str)| {
        let unit = if i % 3 == 0 { "渣土管理中队" } else { "综合执法一大队" };
        let yaml = format!(
            "name: {name}\nunit: {unit}\npost: 执法队员\nbadge_number: QY{:04}\ncertificate_number: 示{:08}\ncertificate_from: 2024-01-01\ncertificate_until: {}",
            1000 + i,
            50_019_900 + i,
            if *name == "向晚" { "2026-01-01" } else { "2028-12-31" }
        );
        parse_rules("staff", &yaml).unwrap()
    };
    names.iter().enumerate().map(one).collect()
}

fn penalty(i: u32) -> Standing {
    let party = ["示例清源餐饮有限公司", "王某", "清源区老街面馆（经营者李某）"][i as usize % 3];
    let fine = ["5000000", "20000", "null"][i as usize % 3];
    let facts = if i == 2 {
        "<script>alert(1)</script>{{ site.title }}".to_owned()
    } else {
        format!(
            "2026年3月{i}日9时，执法人员巡查至示例市清源区云台路，发现当事人擅自占用人行道堆放建筑材料，占地{i}平方米。\\n经责令限期改正，当事人逾期未改正。"
        )
    };
    let json = format!(
        r#"{{"kind":"penalty","number":"示清城管罚决字〔2026〕第{i}号","party":"{party}","party_kind":"organization",
        "violation":"擅自占用城市道路堆放物料","facts":"{facts}","basis":"《城市市容和环境卫生管理条例》第三十六条第一项",
        "kinds":["warning","fine"],"content":"处以警告，并处罚款人民币。","fine":{fine},"procedure":"ordinary",
        "organ":"示例市清源区城市管理局","unit":"综合执法一大队","decided_on":"2026-03-{:02}",
        "cuts":[{{"rule":"id-number","field":"facts","count":2}},{{"rule":"address","field":"facts","count":1}}]}}"#,
        i + 1
    );
    standing(CaseKind::Penalty, i, &json)
}

fn inspection(i: u32) -> Standing {
    let json = format!(
        r#"{{"kind":"inspection","number":"示清抽〔2026〕{i}号","party":"示例清源运输有限公司","party_kind":"organization",
        "plan":"2026年第一次双随机抽查","item":"建筑垃圾运输车辆密闭情况","method":"现场检查","result":"未发现问题",
        "organ":"示例市清源区城市管理局","inspected_on":"2026-04-01","result_on":"2026-04-{:02}"}}"#,
        i + 1
    );
    standing(CaseKind::Inspection, 100 + i, &json)
}

fn standing(kind: CaseKind, i: u32, json: &str) -> Standing {
    let disclosure = readmit(json).unwrap();
    let day_zero = disclosure.day_zero();
    let [a, b, c, d] = i.wrapping_mul(2_654_435_761).to_le_bytes();
    Standing {
        key: RecordKey {
            kind,
            organ: String::new(),
            number: disclosure.number().to_owned(),
            party: String::new(),
        },
        id: Some(CaseId::mint([a, b, c, d, 7, a ^ c, b ^ d, 1])),
        state: State::Published,
        drop: "2026-04".into(),
        count: Count { on: Some(day_zero), ..Count::default() },
        published_on: day_zero.plus_days(if i.is_multiple_of(5) { 14 } else { 6 }),
        due_on: (i != 7).then(|| day_zero.plus_days(9)).flatten(),
        until: None,
        revision: 1,
        revisions: Vec::new(),
        gaps: Vec::new(),
        held_by: Vec::new(),
        waits: false,
        withheld: None,
        tombstone: None,
        disclosure: Some(disclosure),
    }
}

/// Figures that fit the cases.
fn figures() -> (YearFigures, YearFigures) {
    let penalties = YearFigures {
        received: 20,
        published: 12,
        withheld: BTreeMap::from([(WithholdGround::Minor, 2)]),
        held: 4,
        taken_down: 1,
        never_public: 0,
        expired: 1,
        on_time: 10,
        late: 3,
        corrected: 1,
        waiting: 0,
        row: FormRow {
            cells: vec![3, 0, 15, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            total: 20,
            fen: 25_060_000,
            summary: 3,
            ordinary: 17,
            reviewed: 9,
            ..FormRow::default()
        },
        by_month: BTreeMap::from([(3, 18), (4, 2)]),
        by_unit: BTreeMap::from([("综合执法一大队".into(), 17), (String::new(), 3)]),
        organs: BTreeMap::new(),
    };
    let inspections = YearFigures {
        received: 3,
        published: 3,
        on_time: 3,
        by_month: BTreeMap::from([(4, 3)]),
        ..YearFigures::default()
    };
    (penalties, inspections)
}

/// Invented cases and what the ledger would say of them.
pub(super) struct World {
    /// Published cases.
    pub(super) published: Vec<Standing>,
    /// A taken-down one and an expired one.
    pub(super) dead: Vec<Standing>,
    /// The ledger's whole.
    pub(super) overview: Overview,
}

/// What is left of the one that was taken down.
fn stone() -> Tombstone {
    Tombstone {
        ground: Ground::Revoked,
        document: "示清府复〔2026〕8号行政复议决定书".into(),
        authority: Some("示例市清源区人民政府".into()),
        decided_on: day("2026-06-01"),
        effective_on: day("2026-06-02"),
        due_on: Some(day("2026-06-05")),
        taken_down_on: day("2026-06-04"),
        replaced_by: None,
        replacement: None,
        set_aside: None,
    }
}

/// Makes them.
pub(super) fn world() -> World {
    let mut published: Vec<Standing> = (1..=12).map(penalty).collect();
    published[2].revision = 2;
    published[2].revisions = vec![Revision {
        on: day("2026-05-06"),
        fields: vec!["违法事实".into(), "处罚内容".into()],
        reason: None,
        document: None,
        decided_on: None,
        approved_by: None,
    }];
    published.extend((1..=3).map(inspection));
    let mut taken = penalty(20);
    taken.state = State::TakenDown;
    taken.disclosure = None;
    taken.tombstone = Some(stone());
    let mut expired = penalty(21);
    expired.state = State::Expired;
    expired.disclosure = None;
    expired.until = Some(day("2026-10-01"));
    let gone = |s: &Standing, on: &str| Entry {
        kind: s.key.kind,
        year: 2026,
        id: s.id.unwrap(),
        changed_on: day(on),
    };
    let gone = vec![gone(&taken, "2026-06-04"), gone(&expired, "2026-10-02")];
    let (penalties, inspections) = figures();
    let overview = Overview {
        log: Default::default(),
        placards: Default::default(),
        penalties: BTreeMap::from([(2026, penalties), (2025, YearFigures::default())]),
        inspections: BTreeMap::from([(2026, inspections)]),
        latest: published.iter().rev().take(10).cloned().collect(),
        taken_down: vec![taken.clone()],
        suppressed: 0,
        corrected: vec![published[2].clone()],
        gone,
        entries: published
            .iter()
            .map(|s| Entry {
                kind: s.key.kind,
                year: 2026,
                id: s.id.unwrap(),
                changed_on: s.published_on.unwrap(),
            })
            .collect(),
        years: crate::ledger::Years::default(),
        latest_of: BTreeMap::from([
            (CaseKind::Penalty, published.iter().take(12).cloned().collect()),
            (CaseKind::Inspection, published.iter().skip(12).cloned().collect()),
        ]),
        files: BTreeMap::new(),
        due: BTreeMap::new(),
    };
    World { published, dead: vec![taken, expired], overview }
}
