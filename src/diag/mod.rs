//! What the stages say: findings with a place, failures with an exit code.
//!
//! Nothing in this room may hold a raw value. A cell is named by its place and drawn by its shape.

pub(crate) mod ailments;
mod failure;
mod finding;
mod note;
mod shape;
mod symptom;

pub(crate) mod render;

pub(crate) use failure::{Exit, Failure};
pub(crate) use finding::{Column, Finding, Findings, OnDay, Place, Severity};
pub(crate) use note::{Lang, Note, SafeWord};
pub(crate) use shape::{Shape, shown_file_name};
pub(crate) use symptom::{Ailment, Part, Symptom};
