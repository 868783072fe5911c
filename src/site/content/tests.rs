//! What may lie in `content/`, and what of it becomes a page.

use super::*;

fn bureau() -> Bureau {
    crate::law::parse_rules("site.yml", "name: 示例市清源区城市管理局\n").expect("a bureau")
}

fn load(files: &[(&str, &str)]) -> (Result<Library, Failure>, Findings) {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = dir.path().join("content").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut findings = Findings::new();
    let library =
        Library::load(dir.path(), &bureau(), Day::new(2026, 11, 23).unwrap(), &mut findings);
    (library, findings)
}

#[test]
fn drafts_and_expired_pages_are_not_built() {
    let (library, findings) = load(&[
        ("a.md", "---\ntitle: 甲\n---\n正文"),
        ("b.md", "---\ntitle: 乙\ndraft: true\n---\n正文"),
        ("c.md", "---\ntitle: 丙\nexpires: 2026-11-22\n---\n正文"),
        ("d.md", "---\ntitle: 丁\ndate: 2027-01-01\n---\n正文"),
        ("e.bak", "raw"),
    ]);
    let folders: Vec<String> = library.unwrap().pages().map(|p| p.folder.clone()).collect();
    assert_eq!(folders, ["a/"]);
    assert_eq!(findings.len(), 1);
}

#[test]
fn bad_front_matter_names_file_and_line() {
    let (told, _) = load(&[("a.md", "---\ntitle: 甲\ndate: 2026-13-01\n---\n正文")]);
    let Err(Failure::Refused(findings)) = told else { panic!("must be refused") };
    let place = findings.iter().next().map(|f| f.place.clone());
    assert!(matches!(place, Some(Place::Cell { row: 3, .. })), "{:?}", findings.iter().next());
}

#[test]
fn two_files_at_one_address_are_refused_and_named() {
    let text = "---\ntitle: 甲\n---\n正文";
    let (told, _) = load(&[("a.md", text), ("a/index.md", text)]);
    assert!(matches!(told, Err(Failure::Refused(f)) if f.len() == 2));
    let (told, _) = load(&[("tongji/x.md", text)]);
    assert!(matches!(told, Err(Failure::Refused(f)) if f.len() == 1));
}

#[test]
fn a_name_that_cannot_be_an_address_is_changed() {
    let (library, findings) = load(&[("公告 1.md", "---\ntitle: 甲\n---\n正文")]);
    assert_eq!(library.unwrap().pages().next().unwrap().folder, "u516cu544a-1/");
    assert_eq!(findings.iter().next().map(|f| f.check), Some(NAME_CHECK));
    let (library, findings) = load(&[("公告.md", "---\ntitle: 甲\nslug: gonggao\n---\n正文")]);
    assert_eq!(library.unwrap().pages().next().unwrap().folder, "gonggao/");
    assert!(findings.is_empty());
}

#[test]
fn a_long_name_is_cut() {
    let long = format!("{}.md", "长".repeat(60));
    let (library, _) = load(&[(&long, "---\ntitle: 甲\n---\n正文")]);
    assert_eq!(library.unwrap().pages().next().map(|p| p.folder.len()), Some(101));
}

#[test]
fn a_classification_mark_stops_everything() {
    let (told, _) = load(&[("a.md", "---\ntitle: 甲\n---\n机密★10年\n")]);
    assert!(matches!(told, Err(Failure::SecrecyMark { file }) if file == "content/a.md"));
    let (told, _) = load(&[("a.md", "---\ntitle: 甲\n---\n依法保守商业秘密。\n")]);
    assert!(told.is_ok());
}

#[test]
fn links_keep_their_lines() {
    let (library, _) = load(&[("a.md", "---\ntitle: 甲\n---\n正\u{202e}文\n\n[乙](b/)\n")]);
    let library = library.unwrap();
    let page = library.pages().next().unwrap();
    assert_eq!(page.origin.links, [(6, "b/".to_owned())]);
}

#[cfg(unix)]
#[test]
fn a_link_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("content")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", dir.path().join("content/x.md")).unwrap();
    let told =
        Library::load(dir.path(), &bureau(), Day::new(2026, 11, 23).unwrap(), &mut Findings::new());
    assert!(matches!(told, Err(Failure::Refused(_))));
}
