//! The command line: one file per verb. The only room that reads the clock, the environment and the terminal.

mod args;
mod build;
mod calendar;
mod check;
mod clock;
mod correct;
mod doctor;
mod due;
mod english;
mod explain;
mod export;
mod figures;
mod flow;
mod indexing;
mod init;
mod log;
mod man;
mod order;
mod pipeline;
mod placards;
mod plan;
mod publish;
mod redact;
mod reinstate;
mod report;
mod review;
mod root;
mod secret;
mod selfcheck;
mod serve;
#[cfg(test)]
mod spelled;
mod stats;
mod summary;
mod takedown;
mod terminal;
mod timings;
mod tracked;
mod vetting;
mod yearly;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::diag::{Exit, Failure, Lang};

pub use indexing::Indexing;
pub use redact::redact_lines;
pub use vetting::{Vetting, VettingRows};

use args::{Cli, Verb};
use terminal::Terminal;

/// Runs the program with these arguments and returns its exit code.
///
/// A panic ends with the code for an internal error and says where in the program it was, never with
/// what: its message may hold a cell.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        let own = panic.location().filter(|at| at.file().starts_with("src/"));
        if let Some(at) = own {
            let line = format!("内部错误 internal error: {}:{}\n", at.file(), at.line());
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }));
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run_verb(args)));
    let _ = std::panic::take_hook();
    ended.unwrap_or(ExitCode::from(Exit::Internal as u8))
}

fn run_verb(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    let matches = args::command(asked_language(&args)).try_get_matches_from(args);
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(usage) => {
            // A closed output must not turn help into a failure.
            let _ = usage.print();
            let code = if usage.use_stderr() { Exit::Usage } else { Exit::Done };
            return ExitCode::from(code as u8);
        }
    };
    let terminal = Terminal::new(&cli.common);
    let exit = match dispatch(cli, &terminal) {
        Ok(exit) => exit,
        Err(failure) => {
            terminal.complain(&failure.sentence(terminal.lang));
            failure.exit()
        }
    };
    ExitCode::from(exit as u8)
}

/// The language of the help, which is printed before the flags are read.
fn asked_language(args: &[OsString]) -> Lang {
    let pairs = args.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if pairs || args.iter().any(|arg| arg == "--lang=en") { Lang::En } else { Lang::Zh }
}

fn dispatch(cli: Cli, terminal: &Terminal) -> Result<Exit, Failure> {
    let Cli { verb, common } = cli;
    match verb {
        Verb::Check { drops, summary, figures, reader } => {
            check::run(&common, (&drops, (&summary, &figures), reader), terminal)
        }
        Verb::Build(args) => build::run(&common, &args, terminal),
        Verb::Redact(args) => redact::run(&common, &args, terminal),
        Verb::Review(args) => review::run(&common, &args, terminal),
        Verb::Due(args) => due::run(&common, &args, terminal),
        Verb::Doctor(args) => doctor::run(&common, &args, terminal),
        Verb::Selfcheck(args) => selfcheck::run(&common, &args, terminal),
        Verb::Stats(args) => stats::run(&common, &args, terminal),
        Verb::Serve { drops, port } => serve::run(&common, &drops, port, terminal),
        Verb::Explain { id, sources } => explain::run(&common, (id.as_deref(), sources), terminal),
        Verb::Placards(args) => placards::run(&common, &args, terminal),
        Verb::Init(args) => init::run(&common, &args, terminal),
        Verb::Calendar { what } => calendar::run(&common, &what, terminal),
        Verb::Takedown(args) => takedown::run(&common, &args, terminal),
        Verb::Correct(args) => correct::run(&common, &args, terminal),
        Verb::Reinstate(args) => reinstate::run(&common, &args, terminal),
        Verb::Diff(args) => publish::diff(&common, &args, terminal),
        Verb::Publish(args) => publish::run(&common, &args, terminal),
        Verb::Verify(args) => publish::verify(&common, &args, terminal),
        Verb::Log { what } => log::run(&common, &what, terminal),
        Verb::Export { what } => export::run(&common, &what, terminal),
        Verb::Flow { what } => flow::run(&common, &what, terminal),
        Verb::Man(args) => man::run(&args, terminal),
        Verb::Completions { shell } => {
            terminal.bytes(&args::completions(shell)).map(|()| Exit::Done)
        }
    }
}
