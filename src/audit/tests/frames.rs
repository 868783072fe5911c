//! The frame of a page, read once for all that have it: what is in it, across its edge, and lacking.

use proptest::prelude::*;

use super::*;

/// A page with the same frame around every main part.
fn framed(head: &str, between: &str, main: &str, after: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{head}</title>\n</head>\n<body>\n\
         <nav><ul>\n<li><a href=\"../../../../\">首页</a></li>{between}\n</ul>\n</nav>\n</header>\n<main id=\"main\">{main}</main>\n\
         <footer>\n<div>\n<p>{after}主办</p>\n</div>\n</footer>\n</body>\n</html>\n"
    )
}

fn framed_twice(auditor: &Auditor<'_>, body: &str) -> Vec<&'static str> {
    let page = |id: &str, body: &str, scope| {
        page(&format!("shihou/chufa/2026/{id}/index.html"), scope, body)
    };
    // The frame is known before the record comes whose value stands in it.
    drop(auditor.read(page("bcdfghjk", body, Scope::Case(id("bcdfghjk")))));
    checks(auditor, page("k7m3x2qd", body, Scope::Case(id("k7m3x2qd"))))
}

#[test]
fn a_leak_in_a_frame_is_found() {
    for (between, after) in
        [("马国庆", ""), ("", "138-1234-5678"), ("", "<i title=\"马国庆\"></i>")]
    {
        let body = framed("a", between, "<h1>x</h1>", after);
        let found = framed_twice(&auditor(), &body);
        assert!(found.contains(&"private-value-on-page"), "{between}{after}");
    }
    let body = framed("a", "", "<h1>x</h1>", "13700001234");
    assert!(framed_twice(&auditor(), &body).contains(&"personal-number-on-page"));
    let clean = auditor();
    let body = framed("a", "", "<h1>x</h1>", "");
    let path = "shihou/chufa/2026/bcdfghjk/index.html";
    assert!(clean.frames.part(path, body.as_bytes(), &clean.links, &clean.explained).is_some());
    assert_eq!(framed_twice(&clean, &framed("a", "", "<h1>x</h1>", "")), [""; 0]);
    let one_byte = framed("a", "", "<h1>x</h1>", "13700001234");
    assert!(framed_twice(&clean, &one_byte).contains(&"personal-number-on-page"));
    let leak = framed("a", "", "<h1>马国庆</h1>", "");
    assert_eq!(framed_twice(&clean, &leak), ["private-value-on-page"]);
}

#[test]
fn a_leak_across_the_edge_of_a_frame_is_found() {
    let cases = [
        ("<main>马", "</main>国庆"),
        ("<main><b>13812</b>", "</main>\n345678\n\n\n\n"),
        ("<main title=\"马", "国庆\"></main>"),
        ("<main>马<i title=\"", "</main>\n\n\n\n\">国庆"),
        ("国庆", ""),
    ];
    for (i, (main, after)) in cases.into_iter().enumerate() {
        let before = if i == 4 { "马<main>" } else { "\n\n\n\n" };
        let body = format!(
            "<html lang=\"zh-CN\">\n<head>\n\n<title>a</title>\n</head>\n\n\n{before}{main}{after}\n\n\n</main>\n</html>\n\n\n"
        );
        let body = if i == 4 { body } else { body.replacen("\n\n\n</main>\n", "\n\n\n\n", 1) };
        assert!(framed_twice(&auditor(), &body).contains(&"private-value-on-page"), "{body}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn a_page_taken_apart_hides_nothing(
        parts in proptest::collection::vec(proptest::collection::vec(fragment(), 0..5), 4),
    ) {
        let [head, between, main, after] = [0, 1, 2, 3].map(|i| parts[i].concat());
        let auditor = auditor();
        let body = framed(&head, &between, &main, &after);
        let watch = auditor.watches.get(&id("k7m3x2qd")).expect("watch");
        let whole = !watch.hits(&crate::clearance::Reading::html(body.as_bytes())).is_empty();
        if whole {
            prop_assert!(framed_twice(&auditor, &body).contains(&"private-value-on-page"));
        }
    }
}

/// Pieces of values, of tags, and of what parts them.
fn fragment() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "马",
        "国庆",
        "马国庆",
        "13812",
        "345678",
        "13812345678",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "\n",
        "\n\n\n\n",
        "</main>",
        "<main>",
        "\"",
        "'",
        "<i title=\"",
        "\">",
        "</head>",
        "<title>",
        " ",
        "&#x9a6c;",
        "<!--",
        "-->",
        "<",
        "示",
        "\u{200b}",
    ])
}

#[test]
fn what_a_frame_lacks_is_told_of_its_pages() {
    let auditor = auditor();
    let body =
        framed("a", "<li><a href=\"../../../../gone/\">x</a></li>", "<p>x</p><img src='#'>", "");
    assert_eq!(framed_twice(&auditor, &body), [""; 0]);
    let findings = auditor.close();
    let all: Vec<(&str, &Place)> = findings.iter().map(|f| (f.check, &f.place)).collect();
    let link = body.find("<a href=\"../../../../gone/").expect("there");
    assert_eq!(all.iter().filter(|(check, _)| *check == "dead-link").count(), 2);
    assert!(all.contains(&("dead-link", &at("shihou/chufa/2026/bcdfghjk/index.html", link))));
    assert!(all.iter().any(|(check, _)| *check == "missing-heading"));
    assert!(!all.iter().any(|(check, _)| *check == "missing-language"));
}

#[test]
fn a_fragment_for_a_portal_needs_what_a_page_needs() {
    let auditor = auditor();
    let wrapped = |lang: &str| {
        format!(
            "<div class=\"x\"{lang}><template><title>a</title></template><main><h1>b</h1></main></div>"
        )
    };
    assert!(checks(&auditor, page("a.html", Scope::Open, &wrapped(" lang=\"zh-CN\""))).is_empty());
    assert!(checks(&auditor, page("b.html", Scope::Open, &wrapped(""))).is_empty());
    let found: Vec<(&str, Place)> =
        auditor.close().iter().map(|f| (f.check, f.place.clone())).collect();
    assert_eq!(found, [("missing-language", at("b.html", 0))]);
}
