//! Enforcement officers: one row of `data/staff.yml`, the same record for list, placard and checks.

use serde::{Deserialize, Serialize};

use super::{IdForm, id_form};
use crate::diag::Note;
use crate::law::Day;

/// Whether an officer acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OfficerStatus {
    /// On duty.
    #[default]
    Active,
    /// Suspended from enforcement.
    Suspended,
    /// Has left; stays in old decisions, leaves list and placards.
    Left,
}

/// One officer. Public duty: name and numbers are never masked (domain 2.2).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Officer {
    /// 姓名.
    pub(crate) name: String,
    /// 单位.
    pub(crate) unit: String,
    /// 职务.
    pub(crate) post: String,
    /// 胸牌号码.
    pub(crate) badge_number: String,
    /// 执法证号.
    #[serde(default)]
    pub(crate) certificate_number: Option<String>,
    /// First day the certificate is valid.
    #[serde(default)]
    pub(crate) certificate_from: Option<Day>,
    /// Last day the certificate is valid.
    #[serde(default)]
    pub(crate) certificate_until: Option<Day>,
    /// Whether the officer acts.
    #[serde(default)]
    pub(crate) status: OfficerStatus,
    /// Last day of service of one who has left; decisions up to then may name the officer.
    #[serde(default)]
    pub(crate) left_on: Option<Day>,
    /// Auxiliary staff (协管员) are never shown as officers.
    #[serde(default)]
    pub(crate) auxiliary: bool,
    /// Opaque code of the landing page `/p/<code>/`; made from the badge number where absent.
    #[serde(default)]
    pub(crate) code: Option<String>,
    /// File of the portrait beside `staff.yml`; used only where `site.yml` asks for photos.
    #[serde(default)]
    pub(crate) photo: Option<String>,
}

/// Why an officer is not on list and placards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Has left, or leaves before the day.
    Left,
    /// Suspended from enforcement.
    Suspended,
    /// Auxiliary staff.
    Auxiliary,
    /// No certificate number is recorded.
    Uncertified,
    /// The certificate begins on this later day.
    NotYetValid(Day),
    /// The certificate ended on this day.
    Expired(Day),
    /// A column holds what reads as an identity or mobile number.
    PrivateNumber,
}

impl Refusal {
    /// The reason in words, of the officer in this row of `data/staff.yml`.
    pub(crate) fn note(self, row: usize) -> Note {
        let of_day = |zh, en, day: Day| Note::new(zh, en).with(row).with(day);
        let (zh, en) = match self {
            Self::NotYetValid(day) => {
                return of_day(
                    "第 {} 人：执法证 {} 起才有效",
                    "officer {}: the certificate begins on {}",
                    day,
                );
            }
            Self::Expired(day) => {
                return of_day(
                    "第 {} 人：执法证有效期至 {}",
                    "officer {}: the certificate ended on {}",
                    day,
                );
            }
            Self::Left => ("第 {} 人：已离岗", "officer {}: has left"),
            Self::Suspended => ("第 {} 人：暂停执法", "officer {}: suspended"),
            Self::Auxiliary => {
                ("第 {} 人：协管人员，没有执法资格", "officer {}: auxiliary staff, may not enforce")
            }
            Self::Uncertified => ("第 {} 人：没有执法证号", "officer {}: no certificate number"),
            Self::PrivateNumber => (
                "第 {} 人：有一栏像是身份证号码或者手机号码",
                "officer {}: a column reads as an identity or mobile number",
            ),
        };
        Note::new(zh, en).with(row)
    }
}

impl Officer {
    /// Whether the certificate covers `day`. `None` where the record has no dates.
    pub(crate) fn certified_on(&self, day: Day) -> Option<bool> {
        let (from, until) = (self.certificate_from?, self.certificate_until?);
        Some(from <= day && day <= until)
    }

    /// Whether the officer holds a certificate, and it is not known to be out of its term on `day`.
    pub(crate) fn is_certified_on(&self, day: Day) -> bool {
        self.certificate_number.is_some() && self.certified_on(day) != Some(false)
    }

    /// Whether the officer had not left yet on `day`; without a last day it is not known that one had.
    pub(crate) fn serves_on(&self, day: Day) -> bool {
        self.left_on.is_none_or(|last| day <= last)
    }

    /// Whether the officer belongs on list and placards on `day`: active, qualified, certified.
    pub(crate) fn may_be_shown_on(&self, day: Day) -> bool {
        self.refusal_on(day).is_none()
    }

    /// Why the officer is not shown on `day`; `None` where the officer is. A private number goes before all
    /// else: it is a mistake to mend, and nothing may be made of it.
    pub(crate) fn refusal_on(&self, day: Day) -> Option<Refusal> {
        if self.holds_private_number() {
            return Some(Refusal::PrivateNumber);
        }
        match self.status {
            OfficerStatus::Left => return Some(Refusal::Left),
            OfficerStatus::Suspended => return Some(Refusal::Suspended),
            OfficerStatus::Active => {}
        }
        if !self.serves_on(day) {
            return Some(Refusal::Left);
        }
        if self.auxiliary {
            return Some(Refusal::Auxiliary);
        }
        if self.certificate_number.is_none() {
            return Some(Refusal::Uncertified);
        }
        match (self.certificate_from, self.certificate_until) {
            (Some(from), Some(_)) if day < from => Some(Refusal::NotYetValid(from)),
            (Some(_), Some(until)) if until < day => Some(Refusal::Expired(until)),
            _ => None,
        }
    }

    /// Badge and certificate number, as far as they are numbers of the office: one in the form of an identity
    /// number never is; in the form of a mobile number only the certificate of an officer on duty may be.
    pub(crate) fn public_numbers(&self) -> impl Iterator<Item = &str> {
        let is_id = |text: &str| number_runs(text).any(|n| id_form(n) != IdForm::NotAnId);
        let on_duty = self.status == OfficerStatus::Active;
        let badge = Some(&*self.badge_number).filter(|n| !number_runs(n).any(is_mobile));
        let certificate = self.certificate_number.as_deref();
        let certificate = certificate.filter(|n| on_duty || !number_runs(n).any(is_mobile));
        badge.into_iter().chain(certificate).filter(move |n| !is_id(n))
    }

    /// Whether a column that is printed holds an identity number, or another than that of the certificate a
    /// mobile number: certificates of some regions are numbered in the form of one.
    fn holds_private_number(&self) -> bool {
        let others = [&self.name, &self.unit, &self.post, &self.badge_number];
        let all = others.into_iter().chain(&self.certificate_number);
        all.flat_map(|text| number_runs(text)).any(|n| id_form(n) != IdForm::NotAnId)
            || others.into_iter().flat_map(|text| number_runs(text)).any(is_mobile)
    }
}

/// Runs of digits, each with a final `X` where one follows.
fn number_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit() && c != 'X' && c != 'x').filter(|run| !run.is_empty())
}

/// The form of a mobile number: eleven digits, 13 to 19 first.
fn is_mobile(run: &str) -> bool {
    let bytes = run.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::parse_rules;

    fn officer(rest: &str) -> Officer {
        let text = format!("{{name: 测试甲, unit: 一大队, post: 队员, {rest}}}");
        parse_rules("staff", &text).expect("an officer")
    }

    #[test]
    fn everybody_who_is_not_shown_has_a_reason() {
        let day = |text| Day::iso(text).expect("a day");
        let term = "certificate_from: 2024-01-01, certificate_until: 2025-12-31";
        let with = |rest: &str| officer(&format!("badge_number: QY1, {rest}"));
        let on = day("2025-06-01");
        let sound = with(&format!("certificate_number: '5001', {term}"));
        assert_eq!(sound.refusal_on(on), None);
        assert_eq!(sound.refusal_on(day("2025-12-31")), None);
        let ended = day("2025-12-31");
        assert_eq!(sound.refusal_on(day("2026-01-01")), Some(Refusal::Expired(ended)));
        let begun = day("2024-01-01");
        assert_eq!(sound.refusal_on(day("2023-12-31")), Some(Refusal::NotYetValid(begun)));
        for (rest, why) in [
            ("status: left", Refusal::Left),
            ("left_on: 2025-05-31", Refusal::Left),
            ("status: suspended", Refusal::Suspended),
            ("auxiliary: true", Refusal::Auxiliary),
            ("certificate_from: 2024-01-01", Refusal::Uncertified),
        ] {
            assert_eq!(with(rest).refusal_on(on), Some(why), "{rest}");
        }
    }

    #[test]
    fn a_private_number_is_no_number_of_the_office() {
        let numbers =
            |rest: &str| officer(rest).public_numbers().map(str::to_owned).collect::<Vec<_>>();
        let id = "'500199195002030018'";
        assert_eq!(numbers(&format!("badge_number: {id}, certificate_number: '5001'")), ["5001"]);
        assert_eq!(numbers(&format!("badge_number: QY1, certificate_number: {id}")), ["QY1"]);
        assert!(numbers("badge_number: '13000000000'").is_empty());
        let mobile = "badge_number: QY1, certificate_number: '15010500123'";
        assert_eq!(numbers(mobile), ["QY1", "15010500123"]);
        assert_eq!(numbers(&format!("{mobile}, status: left")), ["QY1"]);
    }

    #[test]
    fn a_private_number_is_on_no_placard() {
        let on = Day::iso("2025-06-01").expect("a day");
        // An area that was never assigned, with the right check character, and a number of no network.
        for badge in ["500199195002030018", "QY-13000000000", "500199500203001"] {
            let one = officer(&format!("badge_number: '{badge}', certificate_number: '1'"));
            let is_id = id_form(badge) != IdForm::NotAnId;
            let expected = (is_id || badge.starts_with("QY")).then_some(Refusal::PrivateNumber);
            assert_eq!(one.refusal_on(on), expected, "{badge}");
        }
        let certified = officer("badge_number: QY1, certificate_number: '15010500123'");
        assert_eq!(certified.refusal_on(on), None, "a certificate may be numbered so");
    }
}
