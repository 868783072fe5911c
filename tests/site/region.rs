//! Packs of regions, from outside: chosen in `site.yml`, behind the site's own files, told in the lists.

use crate::support::{Row, Site, csv};

/// A site of this region with one sound decision of 2024.
fn of_region(region: &str) -> Site {
    let site = Site::new();
    let named = format!("{}region: {region}\n", site.read("site.yml"));
    site.write("site.yml", named);
    site.write("drops/a/处罚.csv", csv(&[Row::sound(1)]));
    site
}

fn said(site: &Site, args: &[&str]) -> String {
    String::from_utf8(site.run(args).ends(0).0.stdout).expect("UTF-8")
}

fn sources(site: &Site) -> String {
    said(site, &["explain", "--sources"])
}

fn form(site: &Site) -> String {
    let json = said(site, &["stats", "2024", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    json["form"]["id"].as_str().expect("a form").to_owned()
}

#[test]
fn a_region_brings_its_instruments_and_its_form_of_statistics() {
    let (none, chongqing, zhejiang) = (Site::new(), of_region("chongqing"), of_region("zhejiang"));
    assert_eq!(sources(&none), sources(&chongqing), "the default");
    for (site, pack, has, lacks) in [
        (&chongqing, "chongqing（重庆）", "chongqing-supervision", "zhejiang-enforcement"),
        (&zhejiang, "zhejiang（浙江）", "zhejiang-enforcement", "chongqing-supervision"),
    ] {
        let list = sources(site);
        assert!(list.contains(&format!("\n## {has}：")), "{list}");
        assert!(!list.contains(&format!("\n## {lacks}：")), "{list}");
        assert!(said(site, &["explain", has]).contains(&format!("- 出自：地方包 {pack}\n")));
        assert!(said(site, &["explain", "apl"]).contains("- 出自：通用规则\n"));
        site.run(&["explain", lacks]).ends(2);
        site.build().ends(0);
    }
    assert_eq!((form(&chongqing).as_str(), form(&zhejiang).as_str()), ("e", "d"));
    let page = said(&zhejiang, &["explain", "zhejiang-enforcement", "--lang", "en"]);
    assert!(page.contains("- row of: the pack of zhejiang (Zhejiang)\n"), "{page}");
}

#[test]
fn the_policys_form_stands_before_the_packs() {
    let site = of_region("zhejiang");
    site.write("data/policy.yml", "statistics_form: c\n");
    site.build().ends(0);
    assert_eq!(form(&site), "c");
}

#[test]
fn a_term_of_a_pack_is_told_with_its_pack() {
    let row = |site: &Site| said(site, &["explain", "chongqing-responsibility"]);
    let page = row(&of_region("chongqing"));
    assert!(page.contains("期限 `complaint-answer`（地方包 chongqing（重庆））"), "{page}");
}

/// A pack of the site root that makes one term longer and leaves the others.
fn own_pack() -> Site {
    let site = of_region("shili");
    site.write("data/law/regions/shili/region.yml", "zh: 示例\nen: Sample\nstatistics_form: a\n");
    site.write("data/law/regions/shili/terms.yml", "- {id: penalty-disclosure, zh: 公开行政处罚决定, en: disclose a penalty, length: 3, unit: working_day, from: 处罚决定作出之日, cites: [\"shili-rules#5\"]}\n");
    site.write("data/law/regions/shili/sources.yml", "- {key: shili-rules, title: 示例市公示办法, title_en: Sample Rules, issuer: 示例市人民政府, certainty: read, clauses: {\"5\": 三个工作日内公示。}}\n");
    site
}

#[test]
fn a_site_may_bring_a_pack_of_its_own() {
    let site = own_pack();
    let page = said(&site, &["explain", "late-penalty"]);
    assert!(page.contains("处罚决定作出之日起3个工作日（地方包 shili（示例））"), "{page}");
    let page = said(&site, &["explain", "late-takedown"]);
    assert!(page.contains("3个工作日") && !page.contains("地方包"), "a general term stays: {page}");
    site.build().ends(0);
    assert_eq!(form(&site), "a");
}

#[test]
fn a_pack_changes_what_a_check_finds() {
    // Decided on Friday 2024-05-10; a fifth working day later it is 2024-05-17: after three, before seven.
    let late = |site: &Site| {
        let row = Row::sound(1).with("处罚决定日期", "2024-05-10");
        site.write("drops/a/处罚.csv", csv(&[row]));
        let ran = site.run_on("2024-05-17", &["check", "--format", "json"]);
        String::from_utf8(ran.0.stdout).expect("UTF-8").contains("\"late-penalty\"")
    };
    assert_eq!((late(&own_pack()), late(&of_region("zhejiang"))), (true, false));
}

#[test]
fn a_file_of_the_site_stands_before_the_pack() {
    let site = own_pack();
    let general = include_str!("../../data/law/terms.yml");
    site.write("data/law/terms.yml", general);
    let page = said(&site, &["explain", "late-penalty"]);
    assert!(page.contains("3个工作日（地方包 shili（示例））"), "an unchanged copy: {page}");
    site.write("data/law/terms.yml", general.replace("disclose a penalty decision", "disclose it"));
    let page = said(&site, &["explain", "late-penalty"]);
    assert!(page.contains("处罚决定作出之日起7个工作日（本站 data/law/）"), "{page}");
}

#[test]
fn a_pack_adds_to_a_file_of_the_site_what_that_does_not_have() {
    let site = of_region("chongqing");
    let general = include_str!("../../data/law/sources.yml");
    let changed = general.replace("title_en: Civil Code", "title_en: The Civil Code");
    assert_ne!(changed, general);
    site.write("data/law/sources.yml", changed);
    let page = |key| said(&site, &["explain", key]);
    assert!(page("civil-code").contains("- 出自：本站 data/law/\n"));
    assert!(page("chongqing-supervision").contains("- 出自：地方包 chongqing（重庆）\n"));
    site.build().ends(0);
}

#[test]
fn an_unknown_region_is_refused_with_the_known() {
    let site = of_region("atlantis");
    for verb in [&["check"][..], &["build"], &["explain", "--sources"], &["redact"]] {
        site.run(verb).ends(2).says("已有的：chongqing、zhejiang").never_says("atlantis");
    }
    let site = of_region("../terms.yml");
    site.run(&["check"]).ends(2).says("已有的：chongqing、zhejiang");
    assert!(!site.path("public").exists());
}

#[test]
fn a_broken_pack_is_told_by_its_file() {
    let site = own_pack();
    site.write("data/law/regions/shili/terms.yml", "- {id: penalty-disclosure, zh: 公开}\n");
    site.run(&["check"]).ends(2).says("law/regions/shili/terms.yml");
    site.write("data/law/regions/shili/terms.yml", "- {id: [\n");
    site.run(&["check"]).ends(2).says("law/regions/shili/terms.yml");
}
