//! What may stand in `content/` by carelessness or ill will, and what must come of it.

use crate::support::{Ran, Row, Site, csv, id_number};

/// A site with one case, and then this file among the content.
fn handed(name: &str, bytes: impl AsRef<[u8]>) -> (Site, Ran) {
    let site = Site::new();
    site.write("drops/1/good.csv", csv(&[Row::sound(900)]));
    site.build().ends(0);
    site.write(&format!("content/{name}"), bytes);
    let ran = site.build();
    (site, ran)
}

#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>, row: u32) {
    let (_, ran) = handed(name, bytes);
    assert_ne!(ran.code(), 0, "{}", ran.said());
    let said = ran.said();
    let named = said.lines().any(|l| l.contains(name) && l.contains(&format!("第 {row} 行")));
    assert!(named, "{name} line {row} is not named in:\n{said}");
}

fn page(body: &str) -> String {
    format!("---\ntitle: 青标页\n---\n{body}\n")
}

#[test]
fn faults_are_told_by_file_and_line() {
    refused("link.md", page("正文\n\n[乙](none/)"), 6);
    refused("bytes.md", [page("正文").as_bytes(), b"\n\xff\n"].concat(), 6);
}

#[test]
fn a_personal_number_in_prose_stops_the_page() {
    let id = id_number(31);
    for body in [id.clone(), format!("[点](https://x.example/?id={id})"), format!("![{id}](a.png)")]
    {
        let (site, ran) = handed("leak.md", page(&body));
        assert_ne!(ran.code(), 0);
        ran.never_says(&id);
        assert!(site.files_with(&id).is_empty());
    }
}

#[test]
fn a_classification_mark_stops_everything() {
    let (site, ran) = handed("mark.md", page("机密★10年\n\n毒标正文"));
    ran.ends(7).says("mark.md").never_says("毒标");
    assert!(site.files_with("毒标").is_empty());
}

#[test]
fn what_does_not_show_is_not_published() {
    let hidden =
        format!("正\u{202e}文\u{1}\u{0}\n\n<!-- {} -->\n\n<b onclick=\"HHX\">甲</b>", id_number(3));
    let (site, ran) = handed("hidden.md", page(&hidden));
    ran.ends(0);
    assert!(!site.files_with("青标页").is_empty());
    for bad in ["\u{202e}", "\u{1}", "\u{0}", "HHX", id_number(3).as_str()] {
        // A workbook is a packed file, which any byte may stand in; the audit reads what is in it.
        let mut found = site.files_with(bad);
        found.retain(|name| !name.ends_with(".xlsx"));
        assert!(found.is_empty(), "{bad:?}: {found:?}");
    }
}

#[test]
fn what_is_no_prose_is_left_out() {
    let names = ["a.md~", "a.md.bak", ".htaccess", "p.svg", "p.html", "p.jpg", ".git/config"];
    for name in names {
        let (site, ran) = handed(name, "毒标<script>HHX</script>");
        ran.ends(0);
        assert!(site.files_with("毒标").is_empty(), "{name}");
    }
}

#[test]
fn names_become_addresses_of_bounded_length() {
    let long = format!("{}.md", "长".repeat(70));
    for name in ["公告 1.md", "con.md", "-rf.md", "a&b?.md", long.as_str()] {
        let (site, ran) = handed(name, page("正文"));
        ran.ends(0);
        let files = site.site();
        assert!(
            files.keys().all(|path| path.is_ascii() && path.split('/').all(|p| p.len() <= 200))
        );
        assert!(!site.files_with("青标页").is_empty(), "{name}");
    }
}
