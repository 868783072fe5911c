//! A watch finds its values in every disguise, and explains what is public.

use super::*;
use crate::clearance::record::sealed::Lacks;

fn watch() -> Watch {
    let mut watching = Watching::new();
    watching.explain("清源张三食品有限公司");
    watching.explain("0999-48125203");
    watching.word(HitKind::Name, "张三");
    watching.number(HitKind::IdNumber, "50019919900307123X");
    watching.number(HitKind::Phone, "138 1234 5678");
    watching.number(HitKind::Phone, "0999-48125209");
    watching.word(HitKind::Plate, "渝A·12345");
    watching.word(HitKind::Email, "zhang@example.cn");
    watching.finish()
}

fn kinds(page: &str) -> Vec<HitKind> {
    watch().hits(&Reading::html(page.as_bytes())).into_iter().map(|h| h.kind).collect()
}

#[test]
fn every_disguise_is_seen_through() {
    for (page, kind) in [
        ("<p>张三</p>", HitKind::Name),
        ("<p title='张三'></p>", HitKind::Name),
        ("<p title=张三></p>", HitKind::Name),
        ("<!-- 张三 -->", HitKind::Name),
        ("<p>张<b>三</b></p>", HitKind::Name),
        ("<p>张\u{200b}三 &#x5f20;&#19977;</p>", HitKind::Name),
        ("<a href=\"?q=%E5%BC%A0%E4%B8%89\">x</a>", HitKind::Name),
        ("<script>{\"a\":\"\\u5f20\\u4e09\"}</script>", HitKind::Name),
        ("<p>張　三</p>", HitKind::Name),
        ("<p 张三", HitKind::Name),
        ("<p>a < 张三</p>", HitKind::Name),
        ("<p>５００１９９１９９００３０７１２３Ｘ</p>", HitKind::IdNumber),
        ("<p>500199 1990 0307</p>", HitKind::IdNumber),
        ("<p>五〇〇一九九一九九〇〇三</p>", HitKind::IdNumber),
        ("<p>138-1234-5678</p>", HitKind::Phone),
        ("<td>138<b>12345</b></td>", HitKind::Phone),
        ("<p>渝a 12345</p>", HitKind::Plate),
        ("<p>ZHANG@Example.CN</p>", HitKind::Email),
    ] {
        assert!(kinds(page).contains(&kind), "{page}");
    }
}

#[test]
fn public_text_is_explained() {
    for page in [
        "<p>清源张三食品有限公司</p>",
        "<p>0999-48125203</p>",
        "<p>1381234</p>",
        "<p>50019919900</p><p>李四</p>".trim_end_matches("0</p><p>李四</p>"),
    ] {
        assert_eq!(kinds(page), [], "{page}");
    }
    assert_eq!(kinds("<p>清源张三食品有限公司的张三</p>"), [HitKind::Name]);
    assert_eq!(kinds("<p>0999-48125209</p>"), [HitKind::Phone]);
}

#[test]
fn the_place_is_told() {
    let page = "<p title='x'>电话&#xff1a;１３８１２３４５６７８</p>";
    let hits = watch().hits(&Reading::html(page.as_bytes()));
    assert_eq!(hits[0].offset, page.find('１').expect("there"));
}

#[test]
fn a_watch_stays_small() {
    assert!(watch().0.len() < 200);
    assert_eq!(size_of::<Watch>(), 16);
}

#[test]
fn raw_values_cannot_be_shown_or_copied() {
    <Watch as Lacks<_>>::lacks();
    <Reading as Lacks<_>>::lacks();
    <Watching<'_> as Lacks<_>>::lacks();
    <crate::clearance::fold::Fold<'_> as Lacks<_>>::lacks();
    <crate::clearance::record::CaseFile as Lacks<_>>::lacks();
    <crate::clearance::record::Cells as Lacks<_>>::lacks();
    <crate::clearance::record::Private<String> as Lacks<_>>::lacks();
}
