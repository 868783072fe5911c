//! The program from outside: drops go in, whole sites and ledgers are read back.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests stand outside the house"
)]

mod annual;
mod broken_rules;
mod build;
mod calendar;
mod corrections;
mod doctor;
mod due;
mod faithful;
mod faults;
mod hostile;
mod hostile_content;
mod init;
mod kill;
mod law;
mod lists;
mod log;
mod machine;
mod open_data;
mod placards;
mod practice;
mod process;
mod process_tables;
mod publish;
mod redact;
mod region;
mod report;
mod review;
mod roles;
mod sample;
mod search;
mod selfcheck;
mod serve;
mod servers;
mod states;
mod stats;
mod support;
mod takedown;
mod tasks;
mod tracked;
mod upkeep;
mod visitor;
