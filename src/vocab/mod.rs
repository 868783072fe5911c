//! Public words that have a checked form. Nothing in this room is private by nature.

mod annual_table;
mod bureau;
mod case_id;
mod correction;
mod credit_code;
mod decision_number;
mod dictionary;
mod document;
mod ground;
mod id_number;
mod money;
mod officer;
mod party_kind;
mod penalty_kind;
mod policy;
mod post;
mod procedure;
mod push;
mod retention;
mod statistics_form;
#[cfg_attr(
    not(feature = "remote"),
    expect(dead_code, reason = "where remote targets are is read by remote storage alone")
)]
mod target;

pub(crate) use annual_table::{AnnualTable, Bond, LedgerFigure, TableWord, UNCOUNTED};
pub(crate) use bureau::{Bureau, Contact, Predecessor, UnitEntry, is_site_code};
pub(crate) use case_id::CaseId;
pub(crate) use correction::CorrectionReason;
pub(crate) use credit_code::CreditCode;
pub(crate) use decision_number::{DecisionNumber, NumberFault};
pub(crate) use dictionary::Dictionary;
pub(crate) use document::{authority_name, document_name};
pub(crate) use ground::{Act, Ground, WithholdGround};
pub(crate) use id_number::{IdForm, id_form};
pub(crate) use money::Money;
pub(crate) use officer::{Officer, OfficerStatus, Refusal};
pub(crate) use party_kind::PartyKind;
pub(crate) use penalty_kind::PenaltyKind;
pub(crate) use policy::{BulkPersons, MaskNumbers, NaturalPersonParty, Policy, SlightCases};
pub(crate) use post::{post_alone, post_name};
pub(crate) use procedure::Procedure;
pub(crate) use push::{PushFormat, PushSettings};
pub(crate) use retention::{Retention, RetentionFamily};
pub(crate) use statistics_form::{ExtraFigure, RevokedRule, SeriesBreak, StatisticsForm};
pub(crate) use target::{Destination, Guard, Secret, Target};
#[cfg(feature = "remote")]
pub(crate) use target::{Dialect, FtpTarget, FtpTls, ObjectTarget, SftpTarget, WebdavTarget};
