//! The house keeps itself: floors, map, sizes, hands, and everything that stands in two places.
//!
//! Reads files as text and needs no outside crate. It must not judge behavior: that is for the other
//! tests. Each guard is a function from files to complaints, and is shown here to be able to fail.

#[path = "tidy/coverage.rs"]
mod coverage;
#[path = "tidy/floors.rs"]
mod floors;
#[path = "tidy/house.rs"]
mod house;
#[path = "tidy/text.rs"]
mod text;
#[path = "tidy/ties.rs"]
mod ties;

use house::{House, Source};

#[track_caller]
fn clean(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaint(s):\n{}", complaints.len(), complaints.join("\n"));
}

#[track_caller]
fn caught(complaints: &[String], word: &str) {
    assert!(complaints.iter().any(|c| c.contains(word)), "not caught: {word}; got {complaints:?}");
}

fn one(path: &str, text: &str) -> Vec<Source> {
    vec![Source::new(path, text)]
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    clean(&floors::rooms(House::read().rust()));
    caught(&floors::rooms(&one("src/ledger/mod.rs", "use crate::publish::Plan;")), "publish");
    caught(&floors::rooms(&one("src/law/term.rs", "use crate::{diag::Note, site::Page};")), "site");
    caught(&floors::rooms(&one("src/vocab/a.rs", "fn f() { crate::cli::run(); }")), "cli");
    clean(&floors::rooms(&one("src/audit/mod.rs", "use crate::site::Page;\nuse crate::audit::x;")));
}

#[test]
fn a_stage_of_clearance_uses_only_stages_before_it() {
    clean(&floors::stages(House::read().rust()));
    let early = "use super::super::redact::Redactor;";
    caught(&floors::stages(&one("src/clearance/intake/csv_table.rs", early)), "redact");
    let early = "use crate::clearance::{record::Field, run::Rules};";
    caught(&floors::stages(&one("src/clearance/vet/mod.rs", early)), "run");
    clean(&floors::stages(&one("src/clearance/run.rs", "use super::{intake, vet, redact};")));
}

#[test]
fn every_duty_is_told_of() {
    let house = House::read();
    let (paper, table) = (house.text("docs/COVERAGE.md"), house.text("data/law/checks.yml"));
    let report = house.text("src/cli/report/coverage.rs");
    let unmade = report.split("NOT_MADE").nth(1).and_then(|l| l.split(';').next()).expect("a list");
    clean(&coverage::complaints(&paper, &table, unmade, &house));
    caught(&coverage::complaints("", &table, unmade, &house), "D44 must have one row");
    let wrong = paper.replace("`late-penalty`", "`late-penalties`");
    caught(&coverage::complaints(&wrong, &table, unmade, &house), "D16 names late-penalties");
    caught(&coverage::complaints(&wrong, &table, unmade, &house), "D16 does not name late-penalty");
    let unmade_too = paper.replace("`gone-case-named`", "`leftover-takedown`");
    caught(&coverage::complaints(&unmade_too, &table, unmade, &house), "names leftover-takedown");
    caught(
        &coverage::complaints(&paper.replace("| 做到 |", "| 大概 |"), &table, unmade, &house),
        "大概",
    );
}

#[test]
fn checks_do_not_use_each_other() {
    clean(&floors::checks(House::read().rust()));
    let neighbor = "use super::late_inspection::due;";
    caught(
        &floors::checks(&one("src/clearance/vet/checks/late_penalty.rs", neighbor)),
        "late_insp",
    );
}

#[test]
fn the_map_names_every_room_and_no_other() {
    let house = House::read();
    clean(&ties::map(&house.text("ARCHITECTURE.md"), &house.rooms()));
    let map = "```\nsrc/\n  diag/   findings\n  attic/  old things\n```\n";
    let rooms = vec!["diag".to_owned(), "law".to_owned()];
    caught(&ties::map(map, &rooms), "attic");
    caught(&ties::map(map, &rooms), "law");
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    clean(&text::files(House::read().rust()));
    caught(&text::files(&one("src/a.rs", "fn f() {}\n")), "//!");
    caught(&text::files(&one("src/a.rs", &format!("//! A.\n{}", "\n".repeat(400)))), "401 lines");
}

#[test]
fn no_shortcut_outside_tests() {
    clean(&text::shortcuts(House::read().rust()));
    for (code, word) in [
        ("fn f() { x.unwrap(); }", "unwrap"),
        ("#[allow(dead_code)]\nfn f() {}", "allow"),
        ("fn f() { todo!() }", "todo"),
        ("// TODO: later", "TODO"),
    ] {
        caught(&text::shortcuts(&one("src/a.rs", code)), word);
    }
    let tested = "fn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() { x.unwrap(); }\n}\n";
    clean(&text::shortcuts(&one("src/a.rs", tested)));
}

#[test]
fn numbers_of_the_law_stand_in_the_tables() {
    clean(&text::legal_numbers(House::read().rust()));
    let bare = "fn due() { add(7); }";
    caught(&text::legal_numbers(&one("src/clearance/vet/checks/late_penalty.rs", bare)), "7");
    clean(&text::legal_numbers(&one("src/clearance/vet/amounts.rs", "'七' | '柒' => 7,")));
    let word = "fn due() { say(\"7 days\"); let x20 = 17; } // 20";
    clean(&text::legal_numbers(&one("src/clearance/vet/checks/late_penalty.rs", word)));
}

#[test]
fn public_text_cannot_be_forged_by_deserializing() {
    clean(&text::forgery(House::read().rust()));
    let derived = "#[derive(Serialize, Deserialize)]\nstruct ClearText(String);";
    caught(&text::forgery(&one("src/clearance/redact/disclosure.rs", derived)), "Deserialize");
}

#[test]
fn nothing_raw_leaves_the_room_of_the_restricted_sheet() {
    clean(&text::sealed(House::read().rust()));
    for (code, word) in [
        ("impl Identity {\n    pub(crate) fn look(&self) -> &str {", "look answers"),
        ("    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {", "bytes answers"),
        ("#[derive(Debug)]\nstruct Found {\n    identity: Identity,\n}", "derives"),
        ("impl fmt::Debug for Identity {", "impl fmt"),
    ] {
        caught(&text::sealed(&one("src/clearance/restricted/a.rs", code)), word);
    }
    let counts = "#[derive(Debug)]\nstruct Tally {\n    rows: u64,\n}\nstruct Filled(u8);";
    clean(&text::sealed(&one("src/clearance/restricted/a.rs", counts)));
}

#[test]
fn each_outside_crate_has_its_hand() {
    let house = House::read();
    let (doc, manifest) = (house.text("docs/DEPENDENCIES.md"), house.text("Cargo.toml"));
    clean(&ties::hands(&doc, &manifest, house.rust()));
    let doc = "| `csv` | `src/site/downloads.rs` | quoting | MIT |\n";
    let manifest = "[dependencies]\ncsv = \"1\"\nrayon = \"1\"\n";
    let sources = one("src/law/day.rs", "use csv::Reader;");
    caught(&ties::hands(doc, manifest, &sources), "src/law/day.rs names csv");
    caught(&ties::hands(doc, manifest, &sources), "rayon");
    caught(&ties::hands(doc, "[dependencies]\n", &sources), "no dependency csv");
}

#[test]
fn every_check_is_row_and_code_and_fixture_and_page() {
    let house = House::read();
    let rows = house.text("data/law/checks.yml");
    clean(&ties::checks(&rows, &house));
    clean(&ties::findings(&rows, house.rust()));
    let rows = "- id: late-penalty\n  stage: vet\n";
    caught(&ties::findings(rows, &one("src/a.rs", "Finding::new(\n \"made-up\", p)")), "made-up");
    let empty = House::of(&["src/clearance/vet/checks/extra.rs", "docs/checks/gone.md"]);
    for word in ["late_penalty.rs", "tests/checks/late-penalty", "docs/checks/late-penalty.md"] {
        caught(&ties::checks(rows, &empty), word);
    }
    caught(&ties::checks(rows, &empty), "extra");
    caught(&ties::checks(rows, &empty), "gone");
}

#[test]
fn a_check_nobody_makes_is_not_called_passed() {
    let house = House::read();
    clean(&ties::not_made(&house.text("data/law/checks.yml"), house.rust()));
    let rows = "- id: ambiguous-name\n  stage: redact\n- id: bad-date\n  stage: vet\n";
    let list = "const NOT_MADE: &[&str] = &[\"bad-date\"];";
    let sources = [
        Source::new("src/cli/report/coverage.rs", list),
        Source::new("src/a.rs", "Finding::new(\"bad-date\", place)"),
    ];
    caught(&ties::not_made(rows, &sources), "bad-date is made");
    caught(&ties::not_made(rows, &sources), "ambiguous-name is not made");
}

#[test]
fn the_papers_print_the_exit_codes_of_the_program() {
    let house = House::read();
    let table = house.text("src/diag/failure.rs");
    for (paper, heading) in
        [("README.md", "退出码"), ("README.en.md", "Exit codes"), ("docs/GUIDE.md", "退出码")]
    {
        clean(&ties::exit_codes(&table, paper, &house.text(paper), heading));
    }
    let table = "Done = 0,\n(Exit::Done, \"完成\", \"done\"),\n";
    caught(&ties::exit_codes(table, "G", "## 退出码\n| 0 | 好 |\n| 9 | 坏 |\n", "退出码"), "完成");
    caught(&ties::exit_codes(table, "G", "## 退出码\n| 0 | 完成 |\n| 9 | 坏 |\n", "退出码"), "9");
}

#[test]
fn no_export_lies_about() {
    clean(&text::exports(&House::read().paths()));
    for path in ["处罚.csv", "docs/a.XLSX", "data/law/x.xls", "ledger/2026.et"] {
        caught(&text::exports(&[path.to_owned()]), path);
    }
    clean(&text::exports(&["data/sample/drops/d/a.csv".into(), "tests/checks/x/bad.csv".into()]));
}

#[test]
fn the_papers_name_no_machine_and_no_registry() {
    let house = House::read();
    clean(&text::foreign_words(house.texts()));
    let path = ["/wo", "rk/", "x"].concat();
    caught(&text::foreign_words(&one("README.md", &path)), "README.md:1");
}

#[test]
fn workflows_are_pinned_and_start_with_nothing() {
    clean(&text::workflows(House::read().texts()));
    let loose = "permissions: {}\njobs:\n  a:\n    steps:\n      - uses: some/thing@v4\n";
    caught(&text::workflows(&one(".github/workflows/a.yml", loose)), "some/thing@v4");
    caught(&text::workflows(&one(".github/workflows/a.yml", "on: push\n")), "permissions");
}

#[test]
fn the_sample_drops_are_told_and_replayed() {
    let house = House::read();
    let (told, replay) = (house.text("data/sample/README.md"), house.text("data/sample/replay.sh"));
    let drops = house.folders("data/sample/drops");
    assert!(!drops.is_empty());
    clean(&ties::drops(&drops, &told, &replay));
    caught(&ties::drops(&["2030-01-01".to_owned()], &told, &replay), "2030-01-01");
}
