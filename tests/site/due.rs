//! `gongshi due` from outside: what is due, how the day was counted, what waits.

use crate::support::{Row, Site, csv};

/// A site with one sound penalty decided on this day, not yet published.
fn decided(day: &str) -> Site {
    let site = Site::new();
    let row = Row::sound(1).with("处罚决定日期", day).with("公示截止期", "2029-05-20");
    site.write("drops/a/处罚.csv", csv(&[row]));
    site
}

#[test]
fn the_derivation_counts_every_working_day() {
    let site = decided("2026-02-12");
    let said = site.run_on("2026-02-13", &["due", "--explain"]).ends(0).said();
    let days = [
        "      0  2026-02-12（周四）  当日不计",
        "      1  2026-02-13（周五）\n",
        "      2  2026-02-14（周六）  调休上班\n",
        "      3  2026-02-24（周二）\n",
        "      6  2026-02-27（周五）\n",
        "      7  2026-02-28（周六）  调休上班\n",
        "放假安排  2026 年：国办发明电〔2025〕7号",
        "处罚决定作出之日起7个工作日",
        "第四十八条",
    ];
    for day in days {
        assert!(said.contains(day), "{day} is not in:\n{said}");
    }
    assert!(!said.contains("      8  "), "{said}");
    assert!(said.contains("进行中（1 项）") && said.contains("2026-02-28  处罚决定公示"), "{said}");
    let plain = site.run_on("2026-02-13", &["due"]).ends(0).said();
    assert!(!plain.contains("当日不计"), "{plain}");
}

#[test]
fn groups_follow_the_day() {
    let site = decided("2026-02-12");
    site.run_on("2026-02-26", &["due"]).ends(0).says("临近（1 项）").says("余 2 个工作日");
    site.run_on("2026-02-28", &["due"]).ends(0).says("临近（1 项）").says("余 0 个工作日");
    site.run_on("2026-03-01", &["due"]).ends(3).says("逾期（1 项）");
    let english = site.run_on("2026-02-26", &["due", "--explain", "--lang", "en"]).ends(0);
    english.says("due soon (1)").says("make-up working day").says("7 working days");
}

#[test]
fn the_last_days_of_december_are_provisional() {
    let site = decided("2026-12-21");
    let args = ["due", "--explain"];
    let ran = site.run_on("2026-12-22", &args).ends(0).says("2026-12-30").says("，暂定\n");
    ran.says("暂定：年末几日可能因下一年放假安排而变动");
}

#[test]
fn a_day_in_a_year_without_a_notice_is_unknown() {
    let site = decided("2026-12-25");
    let ran = site.run_on("2026-12-28", &["due", "--explain"]).ends(0);
    ran.says("待定（1 项）").says("2027 年的放假安排尚未收录，不按周末推算");
    let json = site.run_on("2026-12-28", &["due", "--format", "json"]).ends(0).said();
    assert!(json.contains("\"status\": \"unknown\"") && json.contains("\"due\": null"), "{json}");
}

#[test]
fn a_moved_calendar_is_told_with_the_day_it_moved_from() {
    let site = Site::new();
    let row = Row::sound(1).with("处罚决定日期", "2026-02-12").with("行政相对人类别", "");
    site.write("drops/a/处罚.csv", csv(&[row]));
    site.run_on("2026-02-13", &["build"]).ends(0).says("扣留 1");
    let policy = "extra_days:\n  - {date: 2026-02-27, kind: holiday, notice: 示例市通告}\n";
    site.write("data/policy.yml", policy);
    let ran = site.run_on("2026-02-14", &["due", "--explain"]).ends(0);
    ran.says("2026-03-02").says("日期有变动").says("台账记载的是 2026-02-28");
}

#[test]
fn corrections_and_doubts_are_told() {
    let site = Site::new();
    site.write("drops/2024-05-22/处罚.csv", csv(&[Row::sound(1)]));
    site.run_on("2024-05-22", &["build"]).ends(0).says("新公示 1");
    let facts = "当事人在通源大道倾倒渣土，现场留有一张写着9832174655028的纸条。";
    let rows = [
        Row::sound(1).with("违法行为类型", "运输建筑垃圾未按规定密闭"),
        Row::sound(2).with("违法事实", facts),
    ];
    site.write("drops/2024-05-24/处罚.csv", csv(&rows));
    let ran = site.run_on("2024-05-24", &["due", "--explain"]).ends(0);
    let ran = ran.says("2024-05-27  更正").says("确认有误之日起1个工作日");
    let ran = ran.says("，待复核").says("待复核 1 件").never_says("98321746");
    ran.says("国办发明电〔2023〕7号");
    let held = Row::sound(1).with("行政相对人类别", "");
    site.write("drops/2024-05-26/处罚.csv", csv(&[held]));
    site.run_on("2024-05-27", &["due"]).ends(0).says("待更正 1 件");
}

#[test]
fn the_statistics_are_warned_of_by_the_last_working_day() {
    let site = Site::new();
    let ran = site.run_on("2026-01-30", &["due", "--explain"]).ends(0).says("临近（1 项）");
    ran.says("2026-01-31  年度统计")
        .says("余 0 个工作日")
        .says("此前最后一个工作日 2026-01-30（周五）");
    site.run_on("2026-01-31", &["due"]).ends(0).says("临近（1 项）");
    site.run_on("2026-01-12", &["due"]).ends(0).says("进行中（1 项）");
    site.run_on("2027-01-05", &["due"]).ends(0).says("进行中（1 项）");
    site.run_on("2027-01-29", &["due", "--explain"]).ends(0).says("临近（1 项）").says("不详");
}

#[test]
fn statistics_that_no_build_has_published_are_late() {
    let (site, args) = (decided("2025-12-22"), ["due", "--format", "github"]);
    site.run_on("2026-01-31", &args).says("年度统计临近[late-annual-report]::2025");
    site.run_on("2026-02-02", &args).ends(3).says("年度统计逾期[late-annual-report]::2025");
    site.run_on("2026-02-02", &["build"]).ends(0);
    site.run_on("2026-02-03", &args).never_says("late-annual-report");
    // A year without a public case has nothing to report here.
    decided("2026-01-30").run_on("2026-02-02", &args).ends(0).never_says("late-annual-report");
}

/// The file's lines with folds undone, after the form itself was checked.
fn calendar(site: &Site, day: &str) -> Vec<String> {
    site.run_on(day, &["due", "--explain", "--ics", "out/期限.ics"]).ends(0);
    let text = site.read("out/期限.ics");
    assert!(text.ends_with("END:VCALENDAR\r\n") && text.starts_with("BEGIN:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[test]
fn the_calendar_file_has_one_event_a_last_day() {
    let site = Site::new();
    let row = |n| Row::sound(n).with("处罚决定日期", "2026-02-12").with("公示截止期", "2029-05-20");
    site.write("drops/a/处罚.csv", csv(&[row(1), row(2)]));
    let staff = "- {name: 测试甲, unit: 一大队, post: 执法员, badge_number: '0001', certificate_number: '0001', certificate_from: 2020-01-01, certificate_until: 2026-03-01, status: active}\n";
    site.write("data/staff.yml", staff);
    let lines = calendar(&site, "2026-02-13");
    let of = |head: &str| lines.iter().filter(|l| l.starts_with(head)).cloned().collect::<Vec<_>>();
    assert_eq!(of("BEGIN:VEVENT").len(), 3);
    assert_eq!(of("END:VEVENT").len(), 3);
    assert_eq!(of("DTSTAMP:"), ["DTSTAMP:20260213T000000Z"; 3]);
    assert_eq!(of("DTSTART;VALUE=DATE:20260228").len(), 2);
    assert_eq!(of("DTSTART;VALUE=DATE:20260301").len(), 1);
    assert_eq!(of("DTEND;VALUE=DATE:20260301").len(), 2, "the end is the day after");
    let uids = of("UID:");
    let mut different = uids.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 3, "{uids:?}");
    let all = lines.join("\n");
    assert!(!all.contains("测试甲"), "no officer is named");
    assert!(all.contains("第1号") && all.contains("国办发明电〔2025〕7号"), "{all}");
    assert!(uids.iter().all(|uid| uid.is_ascii() && uid.ends_with("@gongshi")));
    let next_day = calendar(&site, "2026-02-14");
    let next: Vec<String> = next_day.iter().filter(|l| l.starts_with("UID:")).cloned().collect();
    assert_eq!(next, uids, "an event keeps its name");
    assert_eq!(calendar(&site, "2026-02-14"), next_day, "same day, same bytes");
}
