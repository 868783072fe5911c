//! The program from outside: drops go in, whole sites and ledgers are read back.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests stand outside the house"
)]

mod broken_rules;
mod build;
mod calendar;
mod due;
mod faithful;
mod hostile;
mod hostile_content;
mod kill;
mod machine;
mod process;
mod process_tables;
mod redact;
mod review;
mod sample;
mod selfcheck;
mod serve;
mod stats;
mod support;
mod takedown;
mod upkeep;
