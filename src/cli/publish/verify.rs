//! `gongshi verify`: looks at a target as a stranger, writes what it saw, and stops the clock of takedowns.

use std::fmt::Write as _;

use serde::Serialize;

use crate::audit::Auditor;
use crate::diag::{Exit, Failure, Lang};
use crate::ledger::{Deed, Digest, Ledger, signed_note};
use crate::publish::{
    self, Built, Eye, Fault, Forbidden, Held, Inspection, Lock, Web, dead_folders, inspect,
};

use crate::vocab::Destination;

use super::super::args::{Common, Format, VerifySiteArgs};
use super::super::clock;
use super::super::report;
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::opened;

/// How many addresses of one fault are listed.
const MOST: usize = 10;

/// One place that was looked at.
#[derive(Serialize)]
struct Looked {
    /// Name of the target, or the address.
    place: String,
    /// Whether it is a target of `site.yml`.
    #[serde(skip)]
    is_target: bool,
    /// Whether it is only what the program itself wrote, which somebody must still bring to the public.
    #[serde(skip)]
    is_own_copy: bool,
    #[serde(flatten)]
    inspection: Inspection,
}

impl Looked {
    fn deed(&self) -> Deed {
        match (self.inspection.is_clean(), self.is_own_copy) {
            (false, _) => Deed::Differed,
            (true, true) => Deed::Looked,
            (true, false) => Deed::Verified,
        }
    }
}

/// Runs the verb: 0 all is as built, 1 something differs, 5 what was taken down can still be read.
///
/// # Errors
/// There is no built site, or a report cannot be written.
pub(in crate::cli) fn run(
    common: &Common,
    args: &VerifySiteArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let root = Root::open(common)?;
    let lock = Lock::take(&root.ledger())?;
    let site = Built::open(&root.out(args.out.as_deref()))?;
    let ledger = Ledger::open(&root.ledger())?;
    if site.manifest.ledger != ledger.head {
        return Err(Failure::State {
            zh: "台账在网站生成之后又有变动，无从核对；请先重新运行 gongshi build 并发布".into(),
            en: "the ledger has changed since the site was built: build and publish it first"
                .into(),
        });
    }
    let dead = dead_folders(ledger.slots.iter().map(|slot| &slot.head));
    let mut looked = Vec::new();
    for (place, name) in places(&root, args)? {
        looked.push(look(&root, (&place, name), &site, &dead)?);
    }
    let exit = looked.iter().map(|one| exit_of(&one.inspection)).max().unwrap_or(Exit::Done);
    keep(&root, args, &site, &looked)?;
    drop(lock);
    if let Some(path) = &args.summary {
        let text = format!("## gongshi verify\n\n```text\n{}```\n", text(&looked, terminal.lang));
        publish::replace(path, text.as_bytes())?;
    }
    terminal.result(&match common.format.of_figures()? {
        Format::Json => json(&looked)?,
        _ => text(&looked, terminal.lang),
    })?;
    Ok(exit)
}

fn exit_of(inspection: &Inspection) -> Exit {
    match () {
        () if inspection.shows_the_dead() => Exit::TakedownOverdue,
        () if !inspection.is_clean() => Exit::Refused,
        () => Exit::Done,
    }
}

/// Where to look: at the place named, else at all targets.
fn places(root: &Root, args: &VerifySiteArgs) -> Result<Vec<(String, bool)>, Failure> {
    let targets = &root.bureau.targets;
    match &args.place {
        Some(address) if address.starts_with("http://") || address.starts_with("https://") => {
            let same = |url: &String| url.trim_end_matches('/') == address.trim_end_matches('/');
            let own = targets.iter().find(|target| target.url.as_ref().is_some_and(same));
            Ok(vec![own.map_or((address.clone(), false), |target| (target.name.clone(), true))])
        }
        Some(name) => Ok(vec![(opened::chosen(root, Some(name))?.name.clone(), true)]),
        None => {
            opened::chosen(root, targets.first().map(|first| first.name.as_str()))?;
            Ok(targets.iter().map(|target| (target.name.clone(), true)).collect())
        }
    }
}

fn look(
    root: &Root,
    (place, is_target): (&str, bool),
    site: &Built,
    dead: &std::collections::BTreeSet<String>,
) -> Result<Looked, Failure> {
    let auditor = Auditor::new(std::collections::BTreeMap::new(), &root.bureau, &root.staff)?;
    let mut forbidden = Forbidden { dead: dead.clone(), gone: std::collections::BTreeSet::new() };
    let mut is_own_copy = false;
    let inspection = if is_target {
        let target = opened::chosen(root, Some(place))?;
        let outlet = opened::open(root, target)?;
        let stands = outlet.stands()?;
        let mut held = Held::open(&root.ledger(), &target.name, stands.as_ref())?;
        forbidden.gone.clone_from(&held.gone);
        let listed = outlet.list()?.unwrap_or_default();
        is_own_copy = target.url.is_none() && matches!(target.place, Destination::Zip(_));
        let found = match &target.url {
            Some(url) => {
                inspect((&Eye::Visitor(&Web::at(url)?), &listed), site, &forbidden, &auditor)
            }
            None => inspect((&Eye::Files(&outlet.reading()?), &listed), site, &forbidden, &auditor),
        };
        // What is not as it was put there is put there again by the next run.
        held.doubt(found.doubtful())?;
        found
    } else {
        inspect((&Eye::Visitor(&Web::at(place)?), &[]), site, &forbidden, &auditor)
    };
    Ok(Looked { place: place.to_owned(), is_target, is_own_copy, inspection })
}

/// Notes what was seen: a receipt for each target, and a report that is signed where there is a key.
fn keep(
    root: &Root,
    args: &VerifySiteArgs,
    site: &Built,
    looked: &[Looked],
) -> Result<(), Failure> {
    let moment = clock::moment()?;
    let done = looked.iter().filter(|one| one.is_target).map(|one| super::Done {
        target: &one.place,
        deed: one.deed(),
        manifest: &site.manifest,
        digest: site.digest(),
        counts: (one.inspection.files, one.inspection.dead),
        by: args.by.clone(),
    });
    if looked.iter().any(|one| one.is_target) {
        super::enter(root, done, &moment)?;
    }
    let report = json(looked)?;
    let origin = root.bureau.log_origin();
    let note = format!(
        "{origin}\ngongshi verify\n{}\n{}\n{}\n",
        moment.at,
        site.digest(),
        Digest::of(report.as_bytes())
    );
    let key = root.log_key()?;
    let folder = report::folder::open(root)?;
    publish::replace(&folder.join("verify.json"), report.as_bytes())?;
    publish::replace(
        &folder.join("verify.note.txt"),
        signed_note(&note, &origin, key.as_ref()).as_bytes(),
    )
}

fn json(looked: &[Looked]) -> Result<String, Failure> {
    serde_json::to_string_pretty(&serde_json::json!({"version": 1, "places": looked}))
        .map(|text| text + "\n")
        .map_err(|e| Failure::Internal(format!("a report does not serialize: {e}")))
}

fn text(looked: &[Looked], lang: Lang) -> String {
    let mut out = String::new();
    for one in looked {
        let Inspection { files, dead, old, found } = &one.inspection;
        let advice = found.iter().filter(|f| f.fault == Fault::Header).count();
        let faults = found.len() - advice;
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "{}  核对文件 {files} 个，已失效地址 {dead} 个，旧文件 {old} 个：{}",
                one.place,
                if faults == 0 { "一致".to_owned() } else { format!("{faults} 处不符") }
            ),
            Lang::En => writeln!(
                out,
                "{}  {files} files, {dead} dead addresses, {old} old files: {}",
                one.place,
                if faults == 0 { "as built".to_owned() } else { format!("{faults} faults") }
            ),
        };
        for same in found.chunk_by(|a, b| a.fault == b.fault) {
            let _ = writeln!(out, "  {}  {}", word(same[0].fault, lang), same.len());
            for found in same.iter().take(MOST) {
                let _ = writeln!(out, "    {}", found.path);
            }
            if same.len() > MOST {
                let _ = writeln!(out, "    …");
            }
        }
    }
    out
}

/// What is wrong, in a few words.
fn word(fault: Fault, lang: Lang) -> &'static str {
    match (fault, lang) {
        (Fault::StillShown, Lang::Zh) => "已撤下的内容仍可看到",
        (Fault::PersonalNumber, Lang::Zh) => "未经审计的内容中有个人号码的形状",
        (Fault::OtherSite, Lang::Zh) => "清单不是这次生成的网站",
        (Fault::Missing, Lang::Zh) => "文件缺失",
        (Fault::Differs, Lang::Zh) => "文件内容不同",
        (Fault::LeftOver, Lang::Zh) => "旧文件仍在",
        (Fault::Foreign, Lang::Zh) => "多出的文件",
        (Fault::Silent, Lang::Zh) => "没有应答",
        (Fault::Header, Lang::Zh) => "建议设置响应头",
        (Fault::StillShown, Lang::En) => "what was taken down can still be read",
        (Fault::PersonalNumber, Lang::En) => {
            "never audited, and holds the form of a personal number"
        }
        (Fault::OtherSite, Lang::En) => "the manifest is of another site",
        (Fault::Missing, Lang::En) => "missing",
        (Fault::Differs, Lang::En) => "has other bytes",
        (Fault::LeftOver, Lang::En) => "an old file is still there",
        (Fault::Foreign, Lang::En) => "a file of somebody else",
        (Fault::Silent, Lang::En) => "does not answer",
        (Fault::Header, Lang::En) => "header advised",
    }
}
