//! `gongshi man`: the form of every command as manual pages, or as one page of Markdown. Both come from the form itself,
//! so they cannot tell of a flag that is not there.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Arg, Command};

use crate::diag::{Exit, Failure, Lang};

use super::args::{self, ManArgs};
use super::terminal::Terminal;

/// Runs the verb.
///
/// # Errors
/// The folder cannot be written, or standard output is closed.
pub(super) fn run(args: &ManArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut form = args::command(terminal.lang);
    form.build();
    if args.markdown {
        terminal.result(&markdown(&form, terminal.lang))?;
    } else if let Some(folder) = &args.out {
        pages(&form, folder, terminal.lang)?;
    } else {
        terminal.bytes(&page(&form, terminal.lang)?)?;
    }
    Ok(Exit::Done)
}

/// One manual page.
fn page(form: &Command, lang: Lang) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let manual = match lang {
        Lang::Zh => "gongshi 手册",
        Lang::En => "gongshi manual",
    };
    clap_mangen::Man::new(form.clone())
        .manual(manual)
        .date("")
        .render(&mut bytes)
        .map_err(|e| Failure::Internal(format!("a manual page does not render: {e}")))?;
    Ok(bytes)
}

/// A page for each command, `gongshi-log-verify.1` and the like.
fn pages(form: &Command, folder: &Path, lang: Lang) -> Result<(), Failure> {
    let fail = |cause| Failure::Write { path: folder.to_path_buf(), cause };
    std::fs::create_dir_all(folder).map_err(fail)?;
    let mut all = Vec::new();
    collect(form, "", &mut all);
    for (name, form) in all {
        let name = name.replace(' ', "-");
        crate::publish::replace(&folder.join(format!("{name}.1")), &page(form, lang)?)?;
    }
    Ok(())
}

/// A command and all below it, each with its whole name.
fn collect<'c>(form: &'c Command, above: &str, all: &mut Vec<(String, &'c Command)>) {
    let name = format!("{above}{}", form.get_name());
    all.push((name.clone(), form));
    for below in form.get_subcommands() {
        collect(below, &format!("{name} "), all);
    }
}

/// Every command on one page, in the order of the help, then the exit codes.
fn markdown(form: &Command, lang: Lang) -> String {
    let word = |zh, en| if lang == Lang::Zh { zh } else { en };
    let mut out = format!("# {}\n\n", word("命令", "Commands"));
    out.push_str(word(
        "本页由 `gongshi man --markdown` 生成。\n",
        "This page is what `gongshi man --markdown --lang en` prints.\n",
    ));
    let mut all = Vec::new();
    collect(form, "", &mut all);
    for (name, form) in &all {
        let _ = write!(
            out,
            "\n## {name}\n\n{}\n",
            form.get_about().map(ToString::to_string).unwrap_or_default()
        );
        // The flags of every verb are told once, with the program's own name.
        let is_own =
            |arg: &&Arg| !arg.is_hide_set() && (*name == "gongshi" || !arg.is_global_set());
        let own: Vec<&Arg> =
            form.get_arguments().filter(is_own).filter(|a| !is_built_in(a)).collect();
        if !own.is_empty() {
            let head = word("| 参数 | 说明 | 默认 |", "| argument | meaning | default |");
            let _ = write!(out, "\n{head}\n|---|---|---|\n");
            own.iter().for_each(|arg| out.push_str(&row(arg, lang)));
        }
    }
    let _ = write!(out, "\n## {}\n\n", word("退出码", "Exit codes"));
    let _ = write!(out, "{}\n|---|---|\n", word("| 码 | 含义 |", "| code | meaning |"));
    for (code, zh, en) in Exit::TABLE {
        let _ = writeln!(out, "| {} | {} |", code as u8, word(zh, en));
    }
    out
}

/// What clap adds by itself.
fn is_built_in(arg: &Arg) -> bool {
    matches!(arg.get_id().as_str(), "help" | "version")
}

fn row(arg: &Arg, lang: Lang) -> String {
    let takes = arg.get_action().takes_values();
    let names = arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string);
    let value = names.collect::<Vec<_>>().join(" ");
    let name = match (arg.get_long(), arg.get_short()) {
        (Some(long), _) if takes => format!("--{long} {value}"),
        (Some(long), Some(short)) => format!("--{long}, -{short}"),
        (Some(long), None) => format!("--{long}"),
        (None, _) if arg.is_required_set() => format!("<{value}>"),
        (None, _) => format!("[{value}]"),
    };
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let possible: Vec<String> = if takes { arg.get_possible_values() } else { Vec::new() }
        .iter()
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if !possible.is_empty() {
        let between = if lang == Lang::Zh { "、" } else { ", " };
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        let _ = write!(help, "{colon}{}", possible.join(between));
    }
    let default: Vec<String> = if takes { arg.get_default_values() } else { &[] }
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    format!("| `{name}` | {} | {} |\n", cell(&help), default.join(" "))
}
