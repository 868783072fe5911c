//! Descriptions for search engines in JSON-LD. They stand in the head as data, which no browser runs; they say
//! nothing that the page does not show.

use serde_json::{Value, json};

use crate::clearance::CaseKind;
use crate::ledger::Overview;

use super::downloads::PLAIN;
use super::paths::{column, whole};
use super::press::Press;

/// The vocabulary.
const CONTEXT: &str = "https://schema.org";

/// A description as text for a `script` element: no character in it can end the element.
pub(super) fn script_text(value: &Value) -> String {
    let escaped = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
    let text = value.to_string();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match escaped(c) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

/// The bureau.
fn organ(press: &Press) -> Value {
    let mut organ = json!({ "@type": "GovernmentOrganization", "name": press.bureau.name });
    if let Some(code) = &press.bureau.credit_code {
        organ["identifier"] = code.as_str().into();
    }
    if let Some(telephone) = &press.bureau.contact.telephone {
        organ["telephone"] = telephone.as_str().into();
    }
    if let Some(address) = &press.bureau.contact.address {
        organ["address"] = address.as_str().into();
    }
    organ
}

/// The site, for the home page.
pub(super) fn site(press: &Press) -> Value {
    let mut site = json!({
        "@context": CONTEXT, "@type": "WebSite", "name": press.site_title,
        "inLanguage": "zh-CN", "publisher": organ(press),
    });
    site["url"] = press.bureau.base_url.as_deref().map_or(Value::Null, Value::from);
    without_null(site)
}

/// The open data, for their page.
pub(super) fn dataset(press: &Press, overview: &Overview) -> Value {
    let base = press.bureau.base_url.as_deref();
    let mut files = Vec::new();
    for kind in [CaseKind::Penalty, CaseKind::Inspection] {
        for (ending, media) in [(PLAIN, "text/csv"), ("jsonl", "application/jsonl")] {
            let path = whole(kind, ending);
            if let (Some(base), Some(file)) = (base, overview.files.get(&path)) {
                files.push(json!({
                    "@type": "DataDownload", "name": format!("{}结果（全部年份）", column(kind)),
                    "encodingFormat": media, "contentUrl": format!("{base}{path}"),
                    "contentSize": file.bytes.to_string(), "sha256": file.sha256,
                }));
            }
        }
    }
    without_null(json!({
        "@context": CONTEXT, "@type": "Dataset",
        "name": format!("{}：行政执法结果", press.site_title),
        "description": "行政处罚决定和双随机检查结果的公示数据，逐案一行；撤下和期满的记录只留编号、文号、状态、原因和日期。",
        "inLanguage": "zh-CN", "isAccessibleForFree": true, "dateModified": press.today,
        "creator": organ(press),
        "url": base.map(|b| format!("{b}shuju/")),
        "license": press.bureau.data_licence.url,
        "distribution": files,
    }))
}

/// A service guide.
pub(super) fn service(press: &Press, (name, folder): (&str, &str), about: &str) -> Value {
    without_null(json!({
        "@context": CONTEXT, "@type": "GovernmentService", "name": name, "description": about,
        "provider": organ(press), "areaServed": press.bureau.district,
        "url": press.bureau.base_url.as_deref().map(|base| format!("{base}{folder}")),
    }))
}

/// The steps above a page, from home to the page itself; `None` where the site's address is not known.
pub(super) fn trail(press: &Press, steps: &[(&str, &str)]) -> Option<Value> {
    let base = press.bureau.base_url.as_deref()?;
    let step = |(n, (name, folder)): (usize, &(&str, &str))| json!({ "@type": "ListItem", "position": n, "name": name, "item": format!("{base}{folder}") });
    let home = [("首页", "")];
    let items: Vec<Value> = (1..).zip(home.iter().chain(steps)).map(step).collect();
    Some(json!({ "@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items }))
}

/// A description without what is not known.
fn without_null(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|_, v| !v.is_null());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element() {
        let told = script_text(&json!({ "name": "</script><b>&\u{2028}" }));
        assert!(!told.contains(['<', '>', '&', '\u{2028}']), "{told}");
        let back: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(back["name"], "</script><b>&\u{2028}");
    }
}
