//! Annotations of a GitHub runner: one workflow command a finding, at most ten of each weight.

use super::super::{Finding, Findings, Lang, Place, Severity};
use super::{Renderer, column_of, file_of};

/// The runner shows no more annotations of one kind in a step.
const SHOWN: usize = 10;

/// The commands, heaviest first; empty where nothing was found.
pub(super) fn render(renderer: &Renderer<'_>, findings: &Findings) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        let of_weight = |f: &&Finding| renderer.titles.severity(f.check) == severity;
        let group: Vec<&Finding> = findings.sorted().into_iter().filter(of_weight).collect();
        // The last place is for how many more there are: what comes after the tenth is not shown.
        let most = if group.len() > SHOWN { SHOWN - 1 } else { SHOWN };
        for finding in group.iter().take(most) {
            out.push_str(&annotation(renderer, finding, severity));
        }
        if group.len() > most {
            out.push_str(&more(group.len() - most, severity, renderer.lang));
        }
    }
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

fn annotation(renderer: &Renderer<'_>, finding: &Finding, severity: Severity) -> String {
    let (id, lang) = (finding.check, renderer.lang);
    let mut properties = Vec::new();
    match &finding.place {
        Place::File { file } => properties.push(format!("file={}", property(file))),
        Place::Cell { file, row, .. } => {
            properties.push(format!("file={}", property(file)));
            properties.push(format!("line={row}"));
        }
        Place::Page { .. } => {}
    }
    let title = format!("{}[{id}]", renderer.titles.word(id, lang));
    properties.push(format!("title={}", property(&title)));
    let message = data(&message(renderer, finding));
    format!("::{} {}::{message}\n", command(severity), properties.join(","))
}

/// Title, place, note, basis and remedy in one text.
fn message(renderer: &Renderer<'_>, finding: &Finding) -> String {
    let lang = renderer.lang;
    let mut out = format!("{} {}", renderer.title(finding.check), file_of(&finding.place, lang));
    if let Place::Cell { row, column, .. } = &finding.place {
        let column = column.as_ref().map(|c| column_of(c, lang)).unwrap_or_default();
        match lang {
            Lang::Zh => out.push_str(&format!(" 第 {row} 行{column}")),
            Lang::En => out.push_str(&format!(" row {row}{column}")),
        }
    }
    let basis = renderer.basis(finding);
    for part in [
        finding.note.as_ref().map(|n| n.text(lang)),
        (!basis.is_empty()).then_some(basis),
        renderer.titles.remedy(finding.check, lang).map(str::to_owned),
    ]
    .into_iter()
    .flatten()
    {
        out.push('\n');
        out.push_str(&part);
    }
    out
}

fn more(count: usize, severity: Severity, lang: Lang) -> String {
    let text = match lang {
        Lang::Zh => format!("另有 {count} 处，见完整报告 (and {count} more)"),
        Lang::En => format!("and {count} more: see the full report"),
    };
    format!("::{}::{}\n", command(severity), data(&text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
