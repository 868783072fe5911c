//! What the downloads are made of, for programs: a Table Schema and a CSVW description of the CSV, a JSON Schema of
//! the records, and a Data Package of all files. All of it comes from the field dictionary.

use serde_json::{Map, Value, json};

use crate::clearance::CaseKind;
use crate::diag::Failure;
use crate::ledger::{Overview, WrittenFile};
use crate::vocab::{CaseId, PenaltyKind};

use super::Page;
use super::api::written;
use super::downloads::{PLAIN, STATES, own_name};
use super::forms::{Field, FieldType};
use super::paths::{column, slug, whole};
use super::press::Press;

/// Path of the Data Package.
pub(super) const PACKAGE: &str = "shuju/datapackage.json";
/// Path of the CSVW description of the folder's CSV.
pub(super) const CSVW: &str = "shuju/csv-metadata.json";
/// An exact amount: at most six decimals of 万元.
const AMOUNT: &str = "^[0-9]+(\\.[0-9]{1,6})?$";
/// Words of a list in CSV stand apart by this.
const SEPARATOR: &str = "、";

/// All descriptions.
pub(super) fn pages(press: &Press, overview: &Overview) -> Result<Vec<Page>, Failure> {
    let mut pages = Vec::new();
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        let fields = press.forms.fields.of(kind);
        pages.push(written(whole(kind, "table-schema.json"), &table_schema(fields))?);
        pages.push(written(whole(kind, "schema.json"), &json_schema(press, kind, fields))?);
    }
    // A package of nothing is none.
    if !overview.files.is_empty() {
        pages.push(written(PACKAGE.into(), &package(press, overview))?);
        pages.push(written(CSVW.into(), &csvw(press, overview))?);
    }
    Ok(pages)
}

/// The note of a field, and that rows of natural persons may lack it.
fn described(field: &Field) -> String {
    let lacks =
        if field.personal { "自然人案件按本机关的选择可以不列。" } else { "" };
    let note = if field.note.is_empty() { String::new() } else { format!("{}。", field.note) };
    format!("{note}{lacks}")
}

fn table_schema(fields: &[Field]) -> Value {
    let field = |f: &Field| {
        let kind = match f.of {
            FieldType::Text | FieldType::Words => "string",
            FieldType::Date => "date",
            FieldType::Whole => "integer",
            FieldType::Decimal => "number",
        };
        let mut constraints = Map::new();
        if own_name::ALWAYS.contains(&f.name.as_str()) {
            constraints.insert("required".into(), true.into());
        }
        match f.name.as_str() {
            own_name::ID => {
                constraints.insert("unique".into(), true.into());
                constraints.insert("pattern".into(), CaseId::PATTERN.into());
            }
            own_name::STATUS => {
                constraints.insert("enum".into(), STATES.map(|(zh, _)| zh).to_vec().into());
            }
            _ => {}
        }
        let mut out = json!({
            "name": f.title, "title": f.title, "type": kind, "description": described(f),
            "constraints": constraints,
        });
        if f.of == FieldType::Date {
            out["format"] = "%Y-%m-%d".into();
        }
        out
    };
    json!({
        "fields": fields.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": [fields[0].title],
    })
}

/// The schema of one record of JSON and JSON Lines. It says that a record that is gone tells nothing of the case.
fn json_schema(press: &Press, kind: CaseKind, fields: &[Field]) -> Value {
    let base = press.bureau.base_url.as_deref();
    let property = |f: &Field| {
        let value = match (f.name.as_str(), f.of) {
            (own_name::ID, _) => json!({ "type": "string", "pattern": CaseId::PATTERN }),
            (own_name::STATUS, _) => json!({ "enum": STATES.map(|(_, word)| word) }),
            (name, FieldType::Text) if own_name::ALWAYS.contains(&name) => {
                json!({ "type": "string" })
            }
            (_, FieldType::Text) => json!({ "type": ["string", "null"] }),
            (_, FieldType::Date) => json!({ "type": ["string", "null"], "format": "date" }),
            (_, FieldType::Whole) => json!({ "type": "integer", "minimum": 0 }),
            (_, FieldType::Decimal) => json!({ "type": ["string", "null"], "pattern": AMOUNT }),
            (_, FieldType::Words) => {
                let words: Vec<&str> = PenaltyKind::ALL.iter().map(|k| k.zh()).collect();
                json!({ "type": ["array", "null"], "items": { "enum": words } })
            }
        };
        let mut value = value;
        value["title"] = f.title.clone().into();
        value["description"] = described(f).into();
        (f.name.clone(), value)
    };
    let gone =
        fields.iter().filter(|f| !f.kept).map(|f| (f.name.clone(), json!({ "type": "null" })));
    let gone: Map<String, Value> = gone.collect();
    let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": base.map_or_else(|| whole(kind, "schema.json"), |b| format!("{b}{}", whole(kind, "schema.json"))),
        "title": format!("{}：一个案件的记录", column(kind)),
        "type": "object",
        "properties": fields.iter().map(property).collect::<Map<_, _>>(),
        "required": names,
        "additionalProperties": false,
        "if": { "properties": { own_name::STATUS: { "enum": ["taken_down", "expired"] } } },
        "then": { "properties": gone },
    })
}

/// The files of one kind that were written case by case, by name behind `shuju/`.
fn files<'o>(
    overview: &'o Overview,
    kind: CaseKind,
    ending: &'o str,
) -> impl Iterator<Item = (&'o str, &'o WrittenFile)> {
    let ending = format!(".{ending}");
    overview.files.iter().filter_map(move |(path, file)| {
        let name = path.strip_prefix("shuju/")?;
        let year = name.strip_suffix(&ending)?.strip_prefix(slug(kind))?;
        let is_its =
            year.is_empty() || year.strip_prefix('-').is_some_and(|y| y.parse::<i32>().is_ok());
        is_its.then_some((name, file))
    })
}

/// All years, or the year in a file's name, in words.
fn titled(kind: CaseKind, name: &str) -> String {
    let stem = name.split('.').next().unwrap_or_default();
    match stem.split_once('-') {
        Some((_, year)) => format!("{year}年{}结果", column(kind)),
        None => format!("{}结果（全部年份）", column(kind)),
    }
}

fn package(press: &Press, overview: &Overview) -> Value {
    let mut resources = Vec::new();
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        for (ending, media) in [(PLAIN, "text/csv"), ("jsonl", "application/jsonl")] {
            for (name, file) in files(overview, kind, ending) {
                let mut resource = json!({
                    "name": name.trim_end_matches(".csv").replace('.', "-"),
                    "path": name, "title": titled(kind, name),
                    "format": name.rsplit('.').next().unwrap_or_default(),
                    "mediatype": media, "encoding": "utf-8",
                    "bytes": file.bytes, "hash": format!("sha256:{}", file.sha256),
                });
                if ending == PLAIN {
                    resource["profile"] = "tabular-data-resource".into();
                    resource["schema"] = format!("{}.table-schema.json", slug(kind)).into();
                }
                resources.push(resource);
            }
        }
    }
    let mut package = json!({
        "profile": "data-package",
        "name": "xingzheng-zhifa-gongshi",
        "title": press.site_title,
        "description": "行政执法结果公示的开放数据。撤下和期满的记录只留编号、文号、状态、原因和日期。",
        "resources": resources,
    });
    if let Some(base) = &press.bureau.base_url {
        package["homepage"] = format!("{base}shuju/").into();
    }
    let licence = &press.bureau.data_licence;
    if licence.name.is_some() || licence.url.is_some() {
        let mut one = Map::new();
        one.extend(licence.name.iter().map(|n| ("title".to_owned(), Value::from(n.as_str()))));
        one.extend(licence.url.iter().map(|u| ("path".to_owned(), Value::from(u.as_str()))));
        package["licenses"] = json!([one]);
    }
    package
}

fn csvw(press: &Press, overview: &Overview) -> Value {
    let mut tables = Vec::new();
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        let fields = press.forms.fields.of(kind);
        for (name, _) in files(overview, kind, PLAIN) {
            tables.push(json!({
                "url": name, "dc:title": titled(kind, name), "tableSchema": csvw_schema(fields),
            }));
        }
    }
    let mut group = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "zh" }],
        "dc:title": press.site_title,
        "dc:publisher": press.bureau.name,
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "quoteChar": "\"", "doubleQuote": true },
        "tables": tables,
    });
    if let Some(url) = &press.bureau.data_licence.url {
        group["dc:license"] = json!({ "@id": url });
    }
    group
}

fn csvw_schema(fields: &[Field]) -> Value {
    let column = |f: &Field| {
        let mut column = json!({
            "name": f.name, "titles": f.title, "dc:description": described(f),
            "required": own_name::ALWAYS.contains(&f.name.as_str()),
            "datatype": match f.of {
                FieldType::Text | FieldType::Words => json!("string"),
                FieldType::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
                FieldType::Whole => json!("integer"),
                FieldType::Decimal => json!("decimal"),
            },
        });
        if f.of == FieldType::Words {
            column["separator"] = SEPARATOR.into();
        }
        column
    };
    json!({ "columns": fields.iter().map(column).collect::<Vec<_>>(), "primaryKey": own_name::ID })
}
