//! What the public may read of a case. Private fields; readers for the rooms above.
//!
//! `Deserialize` must not appear in this file: it would forge public text. The way back in from the
//! ledger is `readmit`, which takes only what was published before.

use serde::Serialize;

use crate::law::Day;
use crate::vocab::{CreditCode, Money, PartyKind, PenaltyKind, Procedure};

/// A text that has been through redaction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub(crate) struct ClearText(pub(in crate::clearance::redact) String);

impl ClearText {
    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many cuts one rule made in one field, and where: the redaction ledger's row. No value, hash or length.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Cut {
    /// Rule id, a row of `data/redact/policy.yml`.
    pub(in crate::clearance::redact) rule: String,
    /// Field name.
    pub(in crate::clearance::redact) field: String,
    /// How many.
    pub(in crate::clearance::redact) count: u32,
    /// Where, in bytes of the redacted text of the field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::clearance::redact) at: Vec<u32>,
}

impl Cut {
    /// Rule id.
    pub(crate) fn rule(&self) -> &str {
        &self.rule
    }
    /// How many.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }
}

/// The public part of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Disclosure {
    /// A penalty decision.
    Penalty(PenaltyDisclosure),
    /// A random inspection's result.
    Inspection(InspectionDisclosure),
}

macro_rules! disclosure {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        pub(crate) struct $name { $(
            $(#[$fdoc])*
            pub(in crate::clearance::redact) $field: $ty,
        )* }

        impl $name { $(
            $(#[$fdoc])*
            pub(crate) fn $field(&self) -> &$ty { &self.$field }
        )* }
    };
}

disclosure! {
    /// A penalty decision as published.
    PenaltyDisclosure {
        /// Decision number.
        number: String,
        /// Party, masked by policy.
        party: ClearText,
        /// Kind of party.
        party_kind: PartyKind,
        /// Public code of an organization or individual business.
        credit_code: Option<CreditCode>,
        /// Type of violation.
        violation: ClearText,
        /// Facts, redacted.
        facts: ClearText,
        /// Legal basis.
        basis: ClearText,
        /// Kinds of penalty.
        kinds: Vec<PenaltyKind>,
        /// The penalty in words.
        content: ClearText,
        /// Fine.
        fine: Option<Money>,
        /// Confiscated amount.
        confiscated: Option<Money>,
        /// Permit suspended or revoked.
        permit: Option<ClearText>,
        /// Procedure.
        procedure: Option<Procedure>,
        /// Organ.
        organ: ClearText,
        /// Code of the organ.
        organ_code: Option<CreditCode>,
        /// Unit that handled the case.
        unit: Option<ClearText>,
        /// Officers, shown by policy.
        officers: Vec<ClearText>,
        /// Date of decision.
        decided_on: Day,
        /// End of validity of the penalty.
        valid_until: Option<Day>,
        /// End of disclosure the export asks for.
        until: Option<Day>,
        /// What was cut, by rule.
        cuts: Vec<Cut>,
    }
}

disclosure! {
    /// A random inspection's result as published (domain 3.5).
    InspectionDisclosure {
        /// Number of the task.
        number: String,
        /// Inspected party, masked by policy.
        party: ClearText,
        /// Kind of party.
        party_kind: PartyKind,
        /// Public code of the party.
        credit_code: Option<CreditCode>,
        /// Plan.
        plan: Option<ClearText>,
        /// What was inspected.
        item: ClearText,
        /// How.
        method: Option<ClearText>,
        /// Result.
        result: ClearText,
        /// Organ.
        organ: ClearText,
        /// Code of the organ.
        organ_code: Option<CreditCode>,
        /// Officers.
        officers: Vec<ClearText>,
        /// Day of inspection.
        inspected_on: Option<Day>,
        /// Day of the result: day 0 of the clock (domain M3).
        result_on: Day,
        /// What was cut, by rule.
        cuts: Vec<Cut>,
    }
}

impl Disclosure {
    /// Day of decision, or of the inspection's result: day 0 of the disclosure clock.
    pub(crate) fn day_zero(&self) -> Day {
        match self {
            Self::Penalty(p) => p.decided_on,
            Self::Inspection(i) => i.result_on,
        }
    }

    /// Number of the decision or task.
    pub(crate) fn number(&self) -> &str {
        match self {
            Self::Penalty(p) => p.number(),
            Self::Inspection(i) => i.number(),
        }
    }

    /// Party as published.
    pub(crate) fn party(&self) -> &str {
        match self {
            Self::Penalty(p) => p.party.as_str(),
            Self::Inspection(i) => i.party.as_str(),
        }
    }

    /// Kind of party.
    pub(crate) fn party_kind(&self) -> PartyKind {
        match self {
            Self::Penalty(p) => p.party_kind,
            Self::Inspection(i) => i.party_kind,
        }
    }
}
