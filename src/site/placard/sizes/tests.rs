//! The style sheets say the sizes that the PDF files are set in: all of them, and no other.

use std::collections::BTreeMap;

use super::*;

/// Every type size in points of a style sheet, by selector; what is for screens alone is left out.
fn said(name: &str) -> BTreeMap<String, f32> {
    let path = format!("{}/themes/default/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    let css = std::fs::read_to_string(path).unwrap();
    let mut sizes = BTreeMap::new();
    let mut is_paper = true;
    for rule in css.split('}') {
        let mut parts: Vec<&str> = rule.split('{').map(str::trim).collect();
        let body = parts.pop().unwrap_or_default();
        for part in &parts {
            if let Some(media) = part.rsplit("@media").next().filter(|_| part.contains("@media")) {
                is_paper = media.contains("print");
            }
        }
        let size = body.split(';').find_map(|d| d.strip_prefix("font-size:")?.strip_suffix("pt"));
        let (Some(size), Some(selectors)) = (size, parts.last()) else { continue };
        for selector in selectors.split(',').filter(|_| is_paper) {
            let selector = selector.rsplit("*/").next().unwrap_or(selector).trim();
            let before = sizes.insert(selector.to_owned(), size.parse().unwrap());
            assert_eq!(before, None, "{name}: {selector} has two sizes");
        }
    }
    sizes
}

fn sizes<const N: usize>(rows: [(&str, f32); N]) -> BTreeMap<String, f32> {
    rows.map(|(selector, size)| (selector.to_owned(), size)).into()
}

/// The sizes that both boards set.
fn board(sizes: BoardSizes) -> [(&'static str, f32); 5] {
    // A name of middle length has the size of the table around it: no rule of its own.
    assert_eq!([sizes.names.short, sizes.names.middle], [sizes.text; 2]);
    [
        (".board", sizes.text),
        (".board-name", sizes.title),
        (".board-day", sizes.day),
        (".board-text.long", sizes.names.long),
        (".board-sheet .sheet-foot", sizes.foot),
    ]
}

#[test]
fn the_large_board_is_set_as_it_is_printed() {
    assert_eq!(said("board-a3.css"), sizes(board(BOARD_A3)));
}

#[test]
fn every_sheet_is_set_as_it_is_printed() {
    let mut expected = sizes(board(BOARD));
    // The foot is that of all sheets.
    expected.remove(".board-sheet .sheet-foot");
    expected.extend(sizes([
        (".sheet-foot", FOOT),
        (".desk .desk-qr p", CODE),
        (".window-qr p", CODE),
    ]));
    expected.extend(cards());
    expected.extend(stands());
    expected.extend(badges());
    expected.extend(windows());
    assert_eq!(said("placard.css"), expected);
}

fn cards() -> BTreeMap<String, f32> {
    let [(bare, number), (pictured, beside)] = [CARD.of(false), CARD.of(true)];
    assert_eq!(pictured.short, pictured.middle);
    sizes([
        (".card .card-unit", CARD.unit),
        (".card .card-name", bare.short),
        (".card .card-name.middle", bare.middle),
        (".card .card-name.long", bare.long),
        (".card .card-post", CARD.post),
        (".card .card-badge", number),
        (".card-version", CARD.version),
        (".card .photo~.card-name", pictured.short),
        (".card .photo~.card-name.long", pictured.long),
        (".card .photo~.card-badge", beside),
    ])
}

fn stands() -> BTreeMap<String, f32> {
    let [bare, pictured] = [DESK.names(false), DESK.names(true)];
    assert_eq!(bare.long, pictured.long);
    sizes([
        (".desk .desk-organ", DESK.organ),
        (".desk .desk-name", bare.short),
        (".desk .desk-name.middle", bare.middle),
        (".desk .desk-name.long", bare.long),
        (".photo+.desk-text .desk-name.short", pictured.short),
        (".photo+.desk-text .desk-name.middle", pictured.middle),
        (".desk .desk-post", DESK.post),
        (".desk .desk-badge", DESK.badge),
    ])
}

fn badges() -> BTreeMap<String, f32> {
    let [(bare, post, number), (pictured, post_beside, number_beside)] =
        [BADGE.of(false), BADGE.of(true)];
    assert_eq!(pictured.short, pictured.middle);
    sizes([
        (".badge .badge-organ", BADGE.organ),
        (".badge .badge-name", bare.short),
        (".badge .badge-name.middle", bare.middle),
        (".badge .badge-name.long", bare.long),
        (".badge .photo~.badge-name", pictured.short),
        (".badge .photo~.badge-name.long", pictured.long),
        (".badge .badge-post", post),
        (".badge .photo~.badge-post", post_beside),
        (".badge .badge-number", number),
        (".badge .photo~.badge-number", number_beside),
        (".badge .badge-foot", BADGE.foot),
    ])
}

fn windows() -> BTreeMap<String, f32> {
    assert_eq!([WINDOW.names.short, WINDOW.names.middle], [WINDOW.text; 2]);
    sizes([
        (".window-sheet .window-organ", WINDOW.organ),
        (".window-sheet h2.window-unit", WINDOW.unit),
        (".window-sheet .window-duties", WINDOW.duties),
        (".window-phone>p:first-child", WINDOW.telephone),
        (".window-sheet .window-number", WINDOW.number),
        (".window-phone ul", WINDOW.ways),
        (".window-list", WINDOW.text),
        (".window-list caption", WINDOW.caption),
        (".window-list .board-text.long", WINDOW.names.long),
        (".window-none", WINDOW.none),
    ])
}

#[test]
fn a_class_of_length_has_its_size() {
    let names = Names { short: 3.0, middle: 2.0, long: 1.0 };
    assert_eq!(["short", "middle", "long"].map(|class| names.of(class)), [3.0, 2.0, 1.0]);
}
