//! The program from outside: drops go in, whole sites and ledgers are read back.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests stand outside the house"
)]

mod annual;
mod attachments;
mod broken_rules;
#[expect(dead_code, reason = "the unit tests of remote storage use the rest")]
mod bucket;
mod build;
mod calendar;
mod corrections;
mod doctor;
mod due;
mod exports;
mod exports_push;
mod exports_recall;
mod exports_step;
mod exports_text;
mod faithful;
mod faults;
mod form;
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
mod power;
mod practice;
mod process;
mod process_tables;
mod publish;
mod redact;
mod region;
mod remote;
mod report;
mod restricted;
mod review;
mod roles;
mod sample;
mod search;
mod selfcheck;
mod serve;
mod servers;
mod states;
mod stats;
#[expect(dead_code, reason = "the unit tests of remote storage use the rest")]
mod storage;
mod support;
mod takedown;
mod tasks;
mod tracked;
mod upkeep;
mod visitor;
