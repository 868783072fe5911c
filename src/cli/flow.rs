//! `gongshi flow import`: a bureau's Mermaid text becomes data of ours. It never overwrites a file.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

use crate::diag::{Exit, Failure, shown_file_name};
use crate::site::import_flow;

use super::args::{Common, FlowImportArgs, FlowVerb};
use super::terminal::Terminal;

/// Runs the verb.
///
/// # Errors
/// A file that cannot be read or written, or Mermaid beyond the subset.
pub(super) fn run(common: &Common, what: &FlowVerb, terminal: &Terminal) -> Result<Exit, Failure> {
    match what {
        FlowVerb::Import(args) => import(common, args, terminal),
    }
}

fn import(common: &Common, args: &FlowImportArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let text = std::fs::read_to_string(&args.file)
        .map_err(|cause| Failure::Read { path: args.file.clone(), cause })?;
    let stem = args.file.file_stem().map(|s| s.to_string_lossy().into_owned());
    let id = args.id.clone().or(stem).unwrap_or_default();
    let yml = import_flow(&text, &id, args.title.as_deref()).map_err(|fault| {
        let file = shown_file_name(&args.file.to_string_lossy());
        match fault.line {
            0 => Failure::Usage {
                zh: format!("{}；请用 --id 另给", fault.zh),
                en: format!("{}; give one with --id", fault.en),
            },
            line => Failure::Usage {
                zh: format!("{file} 第 {line} 行：{}", fault.zh),
                en: format!("{file} line {line}: {}", fault.en),
            },
        }
    })?;
    let path = common.root.join(format!("data/flow/{id}.yml"));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Failure::Write { path: folder.to_path_buf(), cause })?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            return Err(Failure::Usage {
                zh: format!("data/flow/{id}.yml 已存在，不覆盖；请用 --id 另给编号"),
                en: format!("data/flow/{id}.yml is there already; give another --id"),
            });
        }
        Err(cause) => return Err(Failure::Write { path, cause }),
    };
    file.write_all(yml.as_bytes()).map_err(|cause| Failure::Write { path, cause })?;
    terminal.say(
        &format!("已写出 data/flow/{id}.yml；请补写适用情形、各步的条文和期限"),
        &format!("wrote data/flow/{id}.yml; add when it applies, clauses and terms"),
    );
    Ok(Exit::Done)
}
