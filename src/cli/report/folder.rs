//! The folder `report/` of a site root: reports for the bureau's own use, as HTML and JSON. What stands there
//! is never part of the site, and no site is ever written there.

use std::path::{Path, PathBuf};

use crate::diag::render::{Format as Form, Renderer, html};
use crate::diag::{Failure, Findings, Lang};
use crate::publish::{self, Manifest};

use super::super::args::SummaryArgs;
use super::super::root::Root;
use super::Reader;

/// Name of the folder.
pub(in crate::cli) const FOLDER: &str = "report";

/// Writes `report/NAME.html` and `report/NAME.json`.
///
/// # Errors
/// The folder leads into a built site, or a file cannot be written.
pub(in crate::cli) fn write(
    root: &Root,
    name: &str,
    html: &str,
    json: &str,
) -> Result<(), Failure> {
    let folder = open(root)?;
    publish::replace(&folder.join(format!("{name}.html")), html.as_bytes())?;
    publish::replace(&folder.join(format!("{name}.json")), json.as_bytes())
}

/// The folder, made where it was not there.
///
/// # Errors
/// It leads into a built site, or cannot be made.
pub(in crate::cli) fn open(root: &Root) -> Result<PathBuf, Failure> {
    let folder = root.dir.join(FOLDER);
    let fail = |cause| Failure::Write { path: folder.clone(), cause };
    let is_link = std::fs::symlink_metadata(&folder).is_ok_and(|m| m.file_type().is_symlink());
    std::fs::create_dir_all(&folder).map_err(fail)?;
    let real = std::fs::canonicalize(&folder).map_err(fail)?;
    let site = std::fs::canonicalize(root.out(None));
    if is_link || site.is_ok_and(|site| real.starts_with(site)) || real.ancestors().any(is_site) {
        return Err(Failure::Usage {
            zh: "report/ 指向别处，或者位于已生成的网站之内；内部报告不得公开，未写出".into(),
            en: "report/ leads elsewhere or lies in a built site; internal reports are never published: nothing written".into(),
        });
    }
    Ok(folder)
}

/// Refuses a folder for what is not part of the site where it lies in a site, leads into one, or holds one.
///
/// # Errors
/// What is written there could be published by mistake.
pub(in crate::cli) fn refuse_inside_site(root: &Root, folder: &Path) -> Result<(), Failure> {
    let (folder, site) = (real(folder), real(&root.out(None)));
    if folder.starts_with(&site) || site.starts_with(&folder) || folder.ancestors().any(is_site) {
        let shown = folder.display();
        return Err(Failure::Usage {
            zh: format!(
                "{shown} 位于网站的输出目录之内，或者包含它；导出的文件不得随网站公开，未写出"
            ),
            en: format!(
                "{shown} lies in the site's folder or holds it; exports are not part of the site: nothing written"
            ),
        });
    }
    Ok(())
}

fn is_site(folder: &Path) -> bool {
    Manifest::of(folder).is_some()
}

/// Refuses to build a site into the folder of internal reports, or around it.
///
/// # Errors
/// The site would lie in `report/`, or hold it.
pub(in crate::cli) fn refuse_site(root: &Root, out: &Path) -> Result<(), Failure> {
    let (report, out) = (real(&root.dir.join(FOLDER)), real(out));
    if out.starts_with(&report) || report.starts_with(&out) {
        return Err(Failure::Usage {
            zh: "网站不能生成到 report/ 或者包含它的目录：那里是内部报告，不得公开".into(),
            en: "a site cannot be built into report/ or a folder that holds it: internal reports stand there".into(),
        });
    }
    Ok(())
}

/// The path with its links followed as far as it exists.
pub(in crate::cli) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent == Path::new("") { Path::new(".") } else { parent };
            real(parent).join(name)
        }
        _ => path.to_path_buf(),
    }
}

/// Writes the report of a run that stopped, where one is asked for: an old one must not stay and be taken
/// for this run's.
///
/// # Errors
/// As [`write()`].
pub(in crate::cli) fn write_failed(
    root: &Root,
    (job, name): (&SummaryArgs, &str),
    failure: &Failure,
    lang: Lang,
) -> Result<(), Failure> {
    if !job.report {
        return Ok(());
    }
    let none = Findings::new();
    let findings = failure.findings().unwrap_or(&none);
    let reader = Reader::everybody(root);
    let sheet = super::sheet(findings, None, reader, lang);
    let page = html::render(&sheet, &heading(root, name, lang), &failure.sentence(lang));
    let renderer = Renderer::new(&root.law, lang, root.today.day().into());
    write(root, name, &page, &renderer.render(findings, Form::Json))
}

/// The heading of a report: the bureau, what it is, the day.
pub(in crate::cli) fn heading(root: &Root, name: &str, lang: Lang) -> String {
    let (bureau, today) = (&root.bureau.name, root.today.day());
    match (name, lang) {
        ("due", Lang::Zh) => format!("{bureau} 期限报告（截至 {today}）"),
        (_, Lang::Zh) => format!("{bureau} 检查报告（截至 {today}）"),
        ("due", Lang::En) => format!("{bureau}: clocks as of {today}"),
        (_, Lang::En) => format!("{bureau}: checks as of {today}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Digest;

    #[test]
    fn the_policy_of_the_page_names_the_style_it_has() {
        let digest = base64(Digest::of(html::STYLE.as_bytes()).bytes());
        assert_eq!(html::STYLE_DIGEST, format!("sha256-{digest}"));
    }

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for chunk in bytes.chunks(3) {
            let n = (0..3).fold(0_u32, |n, i| n << 8 | u32::from(*chunk.get(i).unwrap_or(&0)));
            for i in 0..4 {
                let letter = char::from(LETTERS[(n >> (18 - 6 * i) & 63) as usize]);
                out.push(if i > chunk.len() { '=' } else { letter });
            }
        }
        out
    }
}
