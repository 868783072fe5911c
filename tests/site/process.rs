//! Records of the whole process: read and checked, held where the review says no, and never public.

use crate::support::{HEADERS, Row, Site, csv, csv_with};

/// A record whose every text is a word that stands nowhere else.
const RECORDS: &str = "\
- 文号: 示清城管罚决字〔2024〕第1号
  环节:
    - {类型: 现场检查, 开始: 2024-05-10 03:17, 结束: 2024-05-10 04:18}
  文书: [询问笔录]
  音像记录:
    - 环节: 1
      开始: 2024-05-10 03:17
      结束: 2024-05-10 04:18
      全程: true
      移交时校验值: fe01dc23ba45
      现校验值: fe01dc23ba45
      记录人: 欧阳测试录
      移交: {时间: 2024-05-11 05:19, 保管员: 司徒测试管}
      存储:
        - {编号: /mnt/zqk-video/7731/a.mp4, 用途: 主存储}
        - {编号: nas-backup-8842, 用途: 备份}
      作为证据: true
      书面说明: {记录人: 欧阳测试录, 时间: 2024-05-10 06:21, 地点: 暗号路, 执法事项: 暗号事项, 相对人: 暗号公司, 附卷: true}
      查阅:
        - {查阅人: 慕容测试看, 批准人: 上官测试批, 批准人是负责人: true, 事由: 暗号事由, 时间: 2024-05-12 07:22}
  免录: []
  归档: {档号: 暗号档-5567, 归档日期: 2024-05-22}
  法制审核:
    办案人: [欧阳测试录]
    审核人: [{姓名: 诸葛测试审, 机构: 暗号法制科, 法律职业资格: true}]
    审批人: 上官测试批
    轮次:
      - {日期: 2024-05-17, 意见: 同意, 意见书: 暗号审字一号}
";

/// What of [`RECORDS`] may stand in no file and in no report.
const PRIVATE: [&str; 18] = [
    "03:17",
    "04:18",
    "05:19",
    "06:21",
    "07:22",
    "fe01dc23",
    "欧阳测试",
    "司徒测试",
    "慕容测试",
    "上官测试",
    "诸葛测试",
    "zqk-video",
    "a.mp4",
    "nas-backup",
    "暗号",
    "2024-05-12",
    "2024-05-17",
    "-5567",
];

fn site(records: &str) -> Site {
    let site = Site::new();
    site.write("drops/2024-05-21/处罚.csv", csv(&[Row::sound(1)]));
    site.write("drops/2024-05-21/全过程记录.yml", records);
    site
}

#[test]
fn nothing_of_a_records_file_is_in_site_ledger_or_report() {
    let site = site(RECORDS);
    let ran = site.build().ends(0).says("[late-recording-hand-over]");
    for word in PRIVATE {
        assert!(RECORDS.contains(word), "{word} is no word of the record");
        assert!(!ran.said().contains(word), "{word} is in the report");
        let has = |body: &[u8]| String::from_utf8_lossy(body).contains(word);
        let leaks = |files: std::collections::BTreeMap<String, Vec<u8>>| {
            let mut names = files.into_iter();
            names.find(|(name, body)| name.contains(word) || has(body)).map(|(name, _)| name)
        };
        assert_eq!(leaks(site.site()), None, "{word} is in the site");
        assert_eq!(leaks(site.ledger()), None, "{word} is in the ledger");
    }
    assert!(!site.files_with("第1号").is_empty(), "the case itself is public");
}

#[test]
fn records_add_no_page_and_change_no_figure() {
    let with = site(RECORDS);
    let without = Site::new();
    without.write("drops/2024-05-21/处罚.csv", csv(&[Row::sound(1)]));
    with.build().ends(0);
    without.build().ends(0).says("过程记录未检查").says("1 件未查：全部 22 项");
    let names = |site: &Site| site.site().into_keys().collect::<Vec<_>>();
    let figures = |site: &Site| {
        let mut files = site.site();
        files.retain(|name, _| name.contains("tongji"));
        files
    };
    assert!(!figures(&with).is_empty());
    assert_eq!(figures(&with), figures(&without));
    assert_eq!(names(&with).len(), names(&without).len());
}

#[test]
fn a_review_that_does_not_agree_holds_the_case() {
    let refused = RECORDS.replace("意见: 同意", "意见: 存在问题");
    let site = site(&refused);
    site.build().ends(0).says("[missing-review-opinion]").says("扣留 1");
    assert!(site.files_with("示清城管罚决字〔2024〕第1号").is_empty());
}

#[test]
fn a_major_decision_without_an_entry_is_held_and_others_are_not() {
    let site = Site::new();
    let mut headers = HEADERS.to_vec();
    headers.extend(["是否重大执法决定", "法制审核结果", "法制审核日期"]);
    let reviewed = |n: usize, major: &str| {
        Row::sound(n)
            .with("是否重大执法决定", major)
            .with("法制审核结果", "通过")
            .with("法制审核日期", "2024-05-17")
    };
    let rows = [reviewed(1, "是"), reviewed(2, "是"), reviewed(3, "否")];
    site.write("drops/2024-05-21/处罚.csv", csv_with(&headers, &rows));
    site.write("drops/2024-05-21/records.yml", RECORDS);
    site.build().ends(0).says("公示 2").says("扣留 1").says("第 3 行");
    assert!(!site.files_with("〔2024〕第1号").is_empty());
    assert!(site.files_with("〔2024〕第2号").is_empty());
    assert!(!site.files_with("〔2024〕第3号").is_empty());
}

#[test]
fn a_records_file_of_the_wrong_form_refuses_the_drop_and_is_not_repeated() {
    for (from, to) in [
        ("开始: 2024-05-10 03:17, 结束", "开始: 2024-05-10, 结束"),
        ("  归档:", "  暗号键: 1\n  归档:"),
        ("    - 环节: 1\n", "    - 环节: 9\n"),
        ("文号: 示清城管罚决字〔2024〕第1号", "文号: 暗号"),
        ("意见: 同意", "意见: 暗号意见"),
        ("  免录: []", "  免录: *暗号"),
        ("结束: 2024-05-10 04:18}", "结束: 2024-05-10 01:18}"),
    ] {
        assert!(RECORDS.contains(from), "{from}");
        let site = site(&RECORDS.replacen(from, to, 1));
        site.run(&["check"])
            .ends(1)
            .says("[bad-process-records]")
            .never_says("暗号")
            .never_says("03:17");
        assert!(site.site().is_empty());
    }
    let twice = site(&[RECORDS, RECORDS].concat());
    twice.run(&["check"]).ends(1).says("文号重复").says("第 2 件");
}

#[test]
fn an_entry_of_no_case_is_told_by_its_place() {
    let strange = RECORDS.replace("第1号", "第8号");
    let ran = site(&strange).run(&["check"]).ends(0).says("[unmatched-process-record]");
    let ran = ran.says("全过程记录.yml 第 1 行").says("第 1 件").never_says("第8号");
    assert!(!ran.said().contains("暗号"));
    site(RECORDS).run(&["check"]).ends(0).never_says("[unmatched-process-record]");
    // A case of another drop of the run, held or not, is known; so is one of the ledger.
    let other = site(RECORDS);
    other.write("drops/2024-05-21/处罚.csv", csv(&[Row::sound(2)]));
    other.write("drops/2024-05-22/处罚.csv", csv(&[Row::sound(1).with("处罚决定日期", "")]));
    other.build().ends(0).never_says("[unmatched-process-record]");
    std::fs::remove_dir_all(other.path("drops/2024-05-22")).expect("removed");
    other.run(&["check"]).ends(0).never_says("[unmatched-process-record]");
}

#[test]
fn a_classification_mark_in_a_records_file_stops_the_drop() {
    let marked = RECORDS.replace("暗号路", "机密★10年");
    site(&marked).build().ends(7).never_says("暗号").never_says("机密");
}

#[test]
fn no_page_points_to_a_recording_or_tells_where_one_is_kept() {
    for (body, found) in [
        ("[现场](https://example.invalid/a/b.mp4)", true),
        ("录像存于 nas-backup-8842。", true),
        ("录像存于 /mnt/zqk-video/7731/a.mp4 处。", true),
        ("录像为 b.mp4 格式，存于 nas-backup。", false),
    ] {
        let site = site(RECORDS);
        site.write("content/tongzhi.md", format!("---\ntitle: 通知\n---\n\n{body}\n"));
        let ran = site.build();
        if found {
            ran.ends(4).says("[recording-in-site]").says("content/tongzhi.md").never_says("nas-");
            assert!(site.site().is_empty(), "{body}");
        } else {
            ran.ends(0);
            assert!(!site.files_with("nas-backup").is_empty(), "{body}");
        }
    }
}
