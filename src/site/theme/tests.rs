//! What a theme may replace, and what it is refused for.

use super::*;

fn bureau(more: &str) -> Bureau {
    parse_rules("site.yml", &format!("name: 甲市乙区城市管理局\n{more}")).unwrap()
}

fn load(files: &[(&str, &str)], more: &str) -> Result<Theme, Failure> {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join("themes").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Theme::load(dir.path(), &bureau(more))
}

fn said(told: Result<Theme, Failure>) -> String {
    format!("{:?}", told.map(|_| "a theme").expect_err("must be refused"))
}

#[test]
fn a_colour_is_refused_where_text_cannot_be_read_on_it() {
    for good in ["#1a4f8b", "#000000", "#8b1a1a"] {
        let theme = load(&[], &format!("colour: '{good}'")).unwrap();
        let css = String::from_utf8(theme.assets["tokens.css"].body.clone()).unwrap();
        assert!(css.contains(&format!("--main:{good};")), "{css}");
    }
    assert!(said(load(&[], "colour: '#ffff00'")).contains("对比度只有 1"));
    for wrong in ["#fff", "red", "#12345g", "#1a4f8b;}", "url(x)", "#ééé"] {
        assert!(said(load(&[], &format!("colour: '{wrong}'"))).contains("colour"), "{wrong}");
    }
}

#[test]
fn a_token_of_the_site_is_measured_too() {
    let grey = [("default/tokens.yml", "soft: '#999999'\n")];
    assert!(said(load(&grey, "")).contains("soft"));
    let dark = load(&[("default/tokens.yml", "soft: '#333333'\n")], "").unwrap();
    let css = String::from_utf8(dark.assets["tokens.css"].body.clone()).unwrap();
    assert!(css.contains("--soft:#333333;") && css.contains("--ink:"));
}

#[test]
fn one_template_or_label_is_replaced_and_the_rest_stays() {
    let own = [
        ("default/templates/lost.html", "<h1>没有</h1>"),
        ("default/templates/case.html~", "rubbish"),
        ("default/strings.yml", "skip: 直达正文\n"),
    ];
    let theme = load(&own, "").unwrap();
    assert_eq!(theme.templates["lost.html"], "<h1>没有</h1>");
    assert!(theme.templates["case.html"].contains("{{ v.number }}"));
    assert_eq!(theme.labels["skip"], "直达正文");
    assert!(theme.labels.len() > 10);
    assert!(said(load(&[("default/strings.yml", "skpi: 直达\n")], "")).contains("skpi"));
}

#[test]
fn a_theme_of_the_site_holds_only_what_differs() {
    let own =
        [("ours/templates/shell.html", "{{ head }}{{ main }}"), ("ours/assets/more.css", "p{}")];
    let theme = load(&own, "theme: ours").unwrap();
    assert_eq!(theme.templates["shell.html"], "{{ head }}{{ main }}");
    assert!(theme.sheet("more").starts_with("assets/more.") && !theme.sheet("site").is_empty());
    for nowhere in ["none", "../default", ""] {
        assert!(said(load(&[], &format!("theme: '{nowhere}'"))).contains("theme"), "{nowhere}");
    }
}

#[test]
fn the_themes_are_small() {
    for name in ["default", "plain"] {
        let theme = load(&[], &format!("theme: {name}")).unwrap();
        let bytes = |ending: &str| -> usize {
            let of_kind = theme.assets.iter().filter(|(name, _)| name.ends_with(ending));
            of_kind.map(|(_, asset)| asset.body.len()).sum()
        };
        let (css, js) = (bytes(".css"), bytes(".js"));
        assert!(css < 40 * 1024 && js < 20 * 1024, "{name}: {css}, {js}");
        assert!(theme.sheet("tokens").starts_with("assets/tokens."));
    }
}
