//! The program's door: hands the command line to [`gongshi::run`] and does nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongshi::run(std::env::args_os())
}
