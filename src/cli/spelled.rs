//! Every command line that a paper, a template or a script shows is one the program takes.
//!
//! Reads them as text and hands them to the real form: a flag that is renamed fails here, wherever it is still spelled
//! the old way. It must run nothing.

use std::path::{Path, PathBuf};

use crate::diag::Lang;

use super::args;

/// Papers whose command lines are held.
const PAPERS: &[&str] = &[
    "README.md",
    "README.en.md",
    "docs/GUIDE.md",
    "docs/manual",
    "data/ci",
    "docs/file-format.md",
];
/// Pipelines whose command lines are held.
const PIPELINES: &[&str] = &[".github/workflows", "data/ci"];

fn tree(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files at a path: itself, or all below it, by name.
fn files(path: &Path) -> Vec<(PathBuf, String)> {
    if path.is_file() {
        return std::fs::read_to_string(path).map(|t| (path.to_owned(), t)).into_iter().collect();
    }
    let entries = std::fs::read_dir(path).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| files(path)).collect()
}

/// The words of a command line as a shell takes them, up to what ends it; a variable is one word.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(q)) if c == q => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('#', None) if word.is_none() => break,
            ('|' | '>' | '<' | '&' | ';' | ')', None) => break,
            (' ', None) => words.extend(word.take()),
            ('$', _) if chars.peek() == Some(&'{') => {
                chars.by_ref().take_while(|c| *c != '}').for_each(drop);
                word.get_or_insert_default().push('X');
            }
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Command lines of a Markdown text: of its blocks, and of code within a sentence.
fn of_paper(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut is_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if is_block {
            found.extend(line.trim().split("&& ").filter(|l| l.starts_with("gongshi ")).map(words));
        } else {
            let code = line.split('`').skip(1).step_by(2);
            found.extend(code.filter(|c| c.starts_with("gongshi ")).map(|c| named(words(c))));
        }
    }
    found
}

/// A command that a sentence only names is held to be there; one with flags is held whole.
fn named(mut words: Vec<String>) -> Vec<String> {
    if words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())) {
        words.push("--help".into());
    }
    words
}

/// Command lines of a script: what follows the variable that names the program.
fn of_script(text: &str) -> Vec<Vec<String>> {
    let joined = text.replace("\\\n", " ");
    let lines = joined.lines().filter(|line| !line.trim_start().starts_with('#'));
    let of_line = |line: &str| {
        let (_, rest) =
            line.split_once("\"$gongshi\" ").or_else(|| line.split_once("\"$GONGSHI\" "))?;
        Some(words(&format!("gongshi {rest}")))
    };
    lines.filter_map(of_line).collect()
}

/// Command lines that steps of a workflow hand to the action.
fn of_workflow(text: &str) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut depth = None;
    for line in text.lines() {
        let (indent, text) = (line.len() - line.trim_start().len(), line.trim());
        let plain = |text: &str| match text.split_once('\'') {
            Some((_, flag)) if text.contains("&& '--") => {
                flag.split('\'').next().unwrap_or("").to_owned()
            }
            _ => text.replace(|c: char| "${}".contains(c), "").trim().replace(' ', "-"),
        };
        if let Some(command) = text.strip_prefix("command: ") {
            found.push(vec!["gongshi".into(), command.into()]);
        } else if let (Some(args), Some(own)) = (text.strip_prefix("args: "), found.last_mut()) {
            depth = (args == "|").then_some(indent);
            own.extend((args != "|").then(|| plain(args)));
        } else if depth.is_some_and(|depth| indent > depth) {
            found.last_mut().into_iter().for_each(|own| own.push(plain(text)));
        } else {
            depth = None;
        }
    }
    found
}

/// What the action adds to a command, by the labels of its `case`.
fn of_action(text: &str) -> Vec<Vec<String>> {
    let (mut found, mut verbs) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim) {
        let label = line.split(')').next().unwrap_or_default();
        if line.contains(')') && label.chars().all(|c| c.is_ascii_lowercase() || " |".contains(c)) {
            verbs = label.split('|').map(|verb| verb.trim().to_owned()).collect();
        }
        let Some((_, added)) = line.split_once("args+=(") else { continue };
        for verb in verbs.iter().filter(|_| !added.starts_with('"')) {
            found.push([vec!["gongshi".into(), verb.clone()], words(added)].concat());
        }
    }
    found
}

/// Why the program would not take a command line.
fn refused(words: &[String]) -> Option<String> {
    if words.get(1).is_some_and(|word| ["命令", "COMMAND"].contains(&word.as_str())) {
        return None; // stands for any
    }
    let said = args::command(Lang::En).try_get_matches_from(words).err()?;
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    let shown = matches!(said.kind(), DisplayHelp | DisplayVersion);
    (!shown)
        .then(|| format!("{}: {}", words.join(" "), said.to_string().lines().next().unwrap_or("")))
}

/// All command lines of the files at these paths, each with its file.
fn all(
    paths: &[&str],
    of: impl Fn(&Path, &str) -> Vec<Vec<String>>,
) -> Vec<(PathBuf, Vec<String>)> {
    let files = paths.iter().flat_map(|path| files(&tree(path)));
    files
        .flat_map(|(path, text)| of(&path, &text).into_iter().map(move |w| (path.clone(), w)))
        .collect()
}

#[track_caller]
fn none_is_refused(lines: &[(PathBuf, Vec<String>)], at_least: usize) {
    assert!(lines.len() >= at_least, "only {} command lines were found", lines.len());
    let wrong: Vec<String> = lines
        .iter()
        .filter_map(|(path, words)| Some(format!("{}: {}", path.display(), refused(words)?)))
        .collect();
    assert!(wrong.is_empty(), "{} refused:\n{}", wrong.len(), wrong.join("\n"));
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "md")
}

#[test]
fn a_command_line_of_a_paper_is_taken() {
    let of = |path: &Path, text: &str| if is_markdown(path) { of_paper(text) } else { Vec::new() };
    none_is_refused(&all(PAPERS, of), 60);
    assert_eq!(of_paper("```sh\ngongshi chek  # x\n```\n`gongshi due --soon`").len(), 2);
    for wrong in [of_paper("```\ngongshi chek\n```"), of_paper("`gongshi due --soon`")] {
        assert!(refused(&wrong[0]).is_some());
    }
}

#[test]
fn a_command_line_of_a_pipeline_is_taken() {
    let of = |path: &Path, text: &str| if is_markdown(path) { Vec::new() } else { of_script(text) };
    none_is_refused(&all(PIPELINES, of), 8);
    none_is_refused(&all(&[".github/workflows"], |_, text| of_workflow(text)), 5);
    none_is_refused(&all(&["action.yml"], |_, text| of_action(text)), 6);
    for wrong in [
        of_script("allowing \"1\" \"$gongshi\" check --root \"$root\" \\\n  --drop \"$X\"\n"),
        of_workflow("with:\n  command: check\n  args: |\n    --drop\n    ${{ vars.A }}\n"),
        of_action("check | due)\n  args+=(--figure \"$F\")\n"),
    ] {
        assert!(refused(&wrong[0]).is_some(), "{wrong:?}");
    }
}

#[test]
fn the_form_of_every_command_is_sound() {
    args::command(Lang::Zh).debug_assert();
    args::command(Lang::En).debug_assert();
}
