//! Open data: whole, with bare tombstones, and no more of natural persons than the bureau chose.

use super::*;

#[test]
fn downloads_are_whole_and_tombstones_bare() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let pages = print_all(&press, &world);
    let csv = text(&pages["shuju/chufa-2026.csv"]);
    assert!(csv.starts_with('\u{feff}') && csv.ends_with("\r\n"));
    let json: serde_json::Value =
        serde_json::from_str(text(&pages["shuju/chufa-2026.json"])).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), 14);
    let lines: Vec<serde_json::Value> = text(&pages["shuju/chufa-2026.jsonl"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows, &lines, "one record, two forms");
    assert_eq!(pages["shuju/chufa-2026.jsonl"].body, pages["shuju/chufa.jsonl"].body);
    let plain = text(&pages["shuju/chufa-2026.plain.csv"]);
    assert_eq!(csv.strip_prefix('\u{feff}'), Some(plain));
    let stone = rows.iter().find(|r| r["status"] == "taken_down").unwrap();
    assert!(stone["party"].is_null() && stone["facts"].is_null() && stone["fine_wan"].is_null());
    assert_eq!(stone["ground"], "撤销");
}

#[test]
fn the_interface_leads_to_every_record_and_a_dead_one_is_a_tombstone() {
    let (press, world) = (press_at(root(), BUREAU).unwrap(), world());
    let pages = print_all(&press, &world);
    let json =
        |path: &str| -> serde_json::Value { serde_json::from_str(text(&pages[path])).unwrap() };
    let folder = "shuju/api/v1/";
    let at = |relative: &serde_json::Value| {
        relative.as_str().and_then(|r| r.strip_prefix("../../../")).unwrap().to_owned()
    };
    let index = json("shuju/api/v1/index.json");
    assert_eq!(index["version"], 1);
    let mut records = 0;
    for kind in index["cases"].as_array().unwrap() {
        for year in kind["years"].as_array().unwrap() {
            for form in ["json", "jsonl", "csv", "csv_without_bom"] {
                assert!(pages.contains_key(&at(&year[form])), "{form}");
            }
            let list = at(&year["list"]);
            assert!(list.starts_with(folder), "{list}");
            for case in json(&list)["cases"].as_array().unwrap() {
                let record = json(&at(&case["record"]));
                assert_eq!((&record["id"], &record["status"]), (&case["id"], &case["status"]));
                let stands = case["status"] == "published";
                assert_eq!(record["party"].is_null(), !stands);
                assert_eq!(case["page"].is_null(), !stands);
                records += 1;
            }
        }
    }
    assert_eq!(records, world.published.len() + world.dead.len());
}

#[test]
fn open_data_of_natural_persons_are_as_much_as_the_bureau_chose() {
    let mut world = world();
    world.published[0].count.party_kind = Some(crate::vocab::PartyKind::NaturalPerson);
    let id = world.published[0].id.unwrap();
    let own = format!("shihou/chufa/2026/{id}/index.json");
    let printed = |bulk| {
        let mut press = press_at(root(), BUREAU).unwrap();
        press.bulk = bulk;
        print_all(&press, &world)
    };
    let full = printed(BulkPersons::Full);
    let record: serde_json::Value = serde_json::from_str(text(&full[&own])).unwrap();
    assert!(record["facts"].is_string());
    let reduced = printed(BulkPersons::Reduced);
    let record: serde_json::Value = serde_json::from_str(text(&reduced[&own])).unwrap();
    assert!(record["facts"].is_null() && record["party"].is_null() && record["content"].is_null());
    assert!(record["violation"].is_string() && record["number"].is_string());
    let line = text(&reduced["shuju/chufa.jsonl"]).lines().find(|l| l.contains(id.as_str()));
    assert_eq!(line, text(&reduced[&own]).lines().next(), "its record is its line");
    // The index of the search is a table of all cases, too.
    let facts = |pages: &BTreeMap<String, Page>| {
        let index = pages.iter().filter(|(path, _)| path.starts_with("sousuo/suoyin/"));
        let entries: Vec<String> = index.map(|(_, page)| text(page).to_owned()).collect();
        let entry = entries.iter().find_map(|t| t.lines().find(|l| l.contains(id.as_str())));
        entry.map(|entry| entry.contains(full_facts(&full[&own])))
    };
    assert_eq!((facts(&full), facts(&reduced)), (Some(true), Some(false)));
    assert!(text(&reduced["sousuo/index.html"]).contains("只能按文号"));
    let omitted = printed(BulkPersons::Omitted);
    assert_eq!(facts(&omitted), None);
    assert!(!omitted.contains_key(&own));
    let folder = format!("shihou/chufa/2026/{id}/index.html");
    for (path, page) in
        omitted.iter().filter(|(path, _)| path.starts_with("shuju/") && !path.ends_with(".xlsx"))
    {
        assert!(!text(page).contains(id.as_str()), "{path}");
    }
    assert!(!text(&omitted[&folder]).contains("index.json"), "no link to what is not there");
    assert!(text(&full[&folder]).contains("index.json"));
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(text(&omitted["shuju/chufa-2026.json"])).unwrap();
    assert_eq!(rows.len(), 13, "the first row is the one left out");
}

/// The beginning of a record's facts.
fn full_facts(record: &Page) -> &str {
    let (_, facts) = text(record).split_once("\"facts\":\"").expect("facts");
    &facts[..facts.char_indices().nth(12).expect("a sentence").0]
}
