//! Internal reports, from outside: whole, safe to pass on, and never in a site.

use serde_json::Value;

use crate::support::{Row, Site, csv};

/// A row without a kind of party, one with a number nothing explains, and one that is late.
fn mixed() -> Site {
    let site = Site::new();
    let facts = "当事人在通源大道倾倒渣土，现场留有一张写着9832174655028的纸条。";
    let rows = [
        Row::sound(1),
        Row::sound(2).with("行政相对人类别", "<b>私"),
        Row::sound(3).with("违法事实", facts),
        Row::sound(4).with("处罚决定日期", "2024-02-20"),
    ];
    site.write("drops/a/处罚.csv", csv(&rows));
    site
}

#[test]
fn a_check_leaves_a_page_and_its_json_by_check() {
    let site = mixed();
    let told = site.run(&["check", "--report", "--format", "json"]);
    let page = site.read("report/check.html");
    for part in [
        "<h1>示例市清源区城市管理局 检查报告（截至 2024-05-23）</h1>",
        "内部材料，不得公开",
        "<section id=\"late-penalty\">",
        "<section id=\"unexplained-number\">",
        "处罚.csv 第 3 行",
        "依据：《三项制度指导意见》",
        "改法：",
        "□",
        "<h2>未检查，不等于通过</h2>",
        "<code>gone-case-named</code>",
    ] {
        assert!(page.contains(part), "{part} is not in:\n{page}");
    }
    for value in ["98321746", "青标", "通源大道", "测试甲", "<b>私", "私"] {
        assert!(!page.contains(value), "{value} is in:\n{page}");
    }
    let json: Value = serde_json::from_str(&site.read("report/check.json")).expect("JSON");
    let out: Value = serde_json::from_slice(&told.0.stdout).expect("JSON");
    assert_eq!(json, out, "the file is what the terminal gets");
    let findings = json["findings"].as_array().expect("findings").len();
    assert_eq!(
        page.matches("<td>错误</td>").count()
            + page.matches("<td>提醒</td>").count()
            + page.matches("<td>提示</td>").count(),
        findings
    );
}

#[test]
fn the_page_loads_and_runs_nothing() {
    let site = mixed();
    site.run(&["check", "--report"]);
    let page = site.read("report/check.html");
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "{page}");
    for word in [
        "<script",
        "<link",
        "<img",
        " style=",
        "src=",
        "http://",
        "https://",
        "javascript:",
        "unsafe-inline",
        "onclick",
    ] {
        assert!(!page.contains(word), "{word} is in:\n{page}");
    }
    assert_eq!(page.matches("<style>").count(), 1);
}

#[test]
fn clocks_leave_a_page_too() {
    let site = mixed();
    let code = site.run(&["due"]).code();
    site.run(&["due", "--report"]).ends(code);
    let page = site.read("report/due.html");
    assert!(page.contains("期限报告（截至 2024-05-23）") && page.contains("id=\"late-penalty\""));
    let json: Value = serde_json::from_str(&site.read("report/due.json")).expect("JSON");
    assert!(!json["clocks"].as_array().expect("clocks").is_empty());
}

#[test]
fn a_run_that_stopped_replaces_the_old_report() {
    let site = mixed();
    site.run(&["check", "--report"]);
    site.write("drops/b/坏.csv", b"\xff\xfe\x00");
    site.run(&["check", "--report"]).ends(1);
    let page = site.read("report/check.html");
    for part in ["没有完成检查", "本批数据已整批拒绝", "坏.csv"] {
        assert!(page.contains(part), "{part} is not in:\n{page}");
    }
    assert!(!page.contains("收到 4 件"), "{page}");
}

#[test]
fn reports_and_sites_never_meet() {
    let site = mixed();
    site.run(&["check", "--report"]);
    site.run(&["build"]).ends(0);
    let names: Vec<String> = site.site().into_keys().collect();
    assert!(names.iter().all(|n| !n.contains("report") && !n.ends_with("check.html")), "{names:?}");
    assert!(site.files_with("内部材料").is_empty());
    for out in ["report", "report/inner", "."] {
        let out = site.path(out);
        let out = out.to_str().expect("UTF-8");
        site.run(&["build", "--out", out]).ends(2).says("report/");
    }
    assert!(site.read("report/check.html").contains("内部材料"), "the report stands");
    assert!(!site.path("report/index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_report_folder_that_leads_into_the_site_is_refused() {
    let site = mixed();
    site.build().ends(0);
    let before = site.site();
    std::fs::remove_dir_all(site.path("report")).expect("what the build left to do");
    std::os::unix::fs::symlink(site.path("public"), site.path("report")).expect("a link");
    site.build().ends(2);
    site.run(&["check", "--report"]).ends(2).says("未写出");
    assert_eq!(site.site(), before);
    std::fs::remove_file(site.path("report")).expect("removed");
    // A root that lies in a built site, whatever the site's folder is called.
    let inside = site.path("public/deep");
    std::fs::create_dir_all(&inside).expect("made");
    std::fs::copy(site.path("site.yml"), inside.join("site.yml")).expect("copied");
    let root = inside.to_str().expect("UTF-8");
    let ran = crate::support::gongshi().args(["check", "--report", "--root", root]).output();
    assert_eq!(ran.expect("it starts").status.code(), Some(2));
    assert!(!inside.join("report/check.html").exists());
}
