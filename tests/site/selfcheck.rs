//! `gongshi selfcheck`: how a year's duties were kept.

use crate::support::{Row, Site, csv};

/// Two in time, one late, one held.
fn site() -> Site {
    let site = Site::new();
    let late = Row::sound(3).with("处罚决定日期", "2024-04-01");
    let held = Row::sound(4).with("处罚决定日期", "2024-13-01");
    let rows = [Row::sound(1), Row::sound(2), late, held];
    site.write("drops/a/处罚.csv", csv(&rows));
    site.build().ends(0);
    site
}

#[test]
fn a_years_duties_are_told() {
    let site = site();
    let ran = site.run(&["selfcheck", "2024"]).ends(0);
    ran.says("行政处罚 3 件")
        .says("及时公示率 66.6%（按时 2，逾期 1，应公示未公示 0")
        .says("另有 1 件日期无法识别")
        .says("须说明  示清城管罚决字〔2024〕第3号");
    site.run(&["selfcheck", "2023"]).ends(0).says("行政处罚 0 件").says("及时公示率 —");
    site.run(&["selfcheck", "2024", "--format", "junit"]).ends(2);
    site.run(&["selfcheck", "2024", "--lang", "en"]).says("published in time 66.6%");
}

#[test]
fn the_same_seed_draws_the_same_sample() {
    let site = site();
    let draw = |seed: &str| {
        let args = ["selfcheck", "2024", "--sample", "2", "--seed", seed, "--format", "json"];
        let ran = site.run(&args).ends(0);
        let report: serde_json::Value = serde_json::from_slice(&ran.0.stdout).expect("JSON");
        let sample = report["sample"].as_array().expect("a sample").clone();
        assert_eq!(sample.len(), 2);
        sample.iter().map(|one| one["number"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(draw("甲"), draw("甲"));
    let draws: std::collections::BTreeSet<Vec<String>> =
        (0..20).map(|n| draw(&n.to_string())).collect();
    assert!(draws.len() > 2, "the seed decides: {draws:?}");
}
