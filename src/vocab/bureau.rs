//! The bureau whose site this is: what `site.yml` says.

use serde::{Deserialize, Deserializer, Serialize};

use super::{CreditCode, PushSettings, Target};
use crate::law::Day;

/// `site.yml`. Everything here is public and is kept in every text (domain 2.2: the organ is never masked).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bureau {
    /// Full name of the organ, as on the seal.
    pub(crate) name: String,
    /// Other names of the organ that occur in decisions: short forms, former names, delegated squads.
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// Former names of the organ, and organs whose place it took, each with its last day.
    #[serde(default)]
    pub(crate) formerly: Vec<Predecessor>,
    /// Unified social credit code of the organ.
    #[serde(default)]
    pub(crate) credit_code: Option<CreditCode>,
    /// Title of the site; the organ's name with 行政执法公示 where absent.
    #[serde(default)]
    pub(crate) site_title: Option<String>,
    /// Domain of the portal, without scheme.
    #[serde(default)]
    pub(crate) domain: Option<String>,
    /// Address the site will stand at, as in `https://www.example.gov.cn/cgj/`; ends with `/`.
    #[serde(default)]
    pub(crate) base_url: Option<String>,
    /// The 10-digit site code (网站标识码).
    #[serde(default)]
    pub(crate) site_code: Option<String>,
    /// County or district the bureau serves, as addresses name it.
    #[serde(default)]
    pub(crate) district: Option<String>,
    /// Key of the region whose pack of rules is used; the default one where absent.
    #[serde(default, skip_serializing)]
    pub(crate) region: Option<String>,
    /// Main colour of the theme as `#rrggbb`.
    #[serde(default)]
    pub(crate) colour: Option<String>,
    /// Name of the theme; `default` where absent.
    #[serde(default, skip_serializing)]
    pub(crate) theme: Option<String>,
    /// Units of the bureau, delegated ones included.
    #[serde(default)]
    pub(crate) units: Vec<UnitEntry>,
    /// How the public reaches the bureau.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) contact: Contact,
    /// What the footer must show.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) footer: Footer,
    /// On what terms the open data may be used.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) data_licence: DataLicence,
    /// Public numbers that stay in texts: fine-collection accounts and the like.
    #[serde(default)]
    pub(crate) public_numbers: Vec<String>,
    /// The public log.
    #[serde(default, deserialize_with = "or_default", skip_serializing)]
    pub(crate) log: LogSettings,
    /// What is printed and hung up.
    #[serde(default, deserialize_with = "or_default", skip_serializing)]
    pub(crate) placards: PlacardSettings,
    /// Where messages to the supervision platform go.
    #[serde(default, deserialize_with = "or_default", skip_serializing)]
    pub(crate) push: PushSettings,
    /// Where the site is published to.
    #[serde(default, deserialize_with = "targets", skip_serializing)]
    pub(crate) targets: Vec<Target>,
}

/// How placards are printed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacardSettings {
    /// Font file, from the site root or absolute; names are held against its glyphs.
    #[serde(default)]
    pub(crate) font: Option<std::path::PathBuf>,
    /// Whether portraits are shown. No rule asks for them.
    #[serde(default)]
    pub(crate) photos: bool,
}

/// On what terms the open data may be used. A bureau that names no licence has granted none: then the law's own
/// terms are told, and nothing more is claimed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DataLicence {
    /// Name of a licence.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// Where its text stands.
    #[serde(default)]
    pub(crate) url: Option<String>,
    /// The terms in a few sentences, instead of the default ones.
    #[serde(default)]
    pub(crate) terms: Option<String>,
}

/// How the public log is signed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogSettings {
    /// File of the signing key, from the site root; the checkpoint is unsigned where absent.
    #[serde(default)]
    pub(crate) key_file: Option<std::path::PathBuf>,
}

impl Bureau {
    /// The title of the site.
    pub(crate) fn title(&self) -> String {
        self.site_title.clone().unwrap_or_else(|| format!("{}行政执法公示", self.name))
    }

    /// The name of its public log: the address of the site without scheme, or its domain.
    pub(crate) fn log_origin(&self) -> String {
        let address = self.base_url.as_deref().and_then(|url| url.split_once("://"));
        let origin = address.map(|(_, rest)| rest).or(self.domain.as_deref());
        let origin = origin.map(|o| o.trim_end_matches('/')).filter(|o| !o.is_empty());
        // A name in a signed note has neither blanks nor plus signs.
        origin.unwrap_or("localhost").replace(|c: char| c.is_whitespace() || c == '+', "-")
    }

    /// The present name of the unit that bears this name, or bore it.
    pub(crate) fn unit_named(&self, name: &str) -> Option<&str> {
        let bears =
            |unit: &&UnitEntry| unit.name == name || unit.formerly.iter().any(|p| p.name == name);
        self.units.iter().find(bears).map(|unit| unit.name.as_str())
    }

    /// Name of the organ with this credit code: the bureau's own, or the code.
    pub(crate) fn organ_name(&self, code: &str) -> String {
        let own = self.credit_code.as_ref().is_some_and(|own| own.as_str() == code);
        match code {
            "" => "未载明机关代码".into(),
            _ if own => self.name.clone(),
            code => code.to_owned(),
        }
    }

    /// Former names of the organ and of its units.
    pub(crate) fn predecessors(&self) -> impl Iterator<Item = &Predecessor> {
        self.formerly.iter().chain(self.units.iter().flat_map(|unit| &unit.formerly))
    }

    /// Telephones and e-mail addresses that are the organ's own.
    pub(crate) fn public_contacts(&self) -> Vec<&str> {
        let own = &self.contact;
        own.telephone
            .iter()
            .chain(&own.complaint_telephone)
            .chain(&own.email)
            .map(String::as_str)
            .chain(self.units.iter().filter_map(|u| u.telephone.as_deref()))
            .chain(self.public_numbers.iter().map(String::as_str))
            .collect()
    }
}

/// A section whose every line is still a comment is an empty one.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Targets are called by their names, so no two bear the same.
fn targets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Target>, D::Error> {
    let targets: Vec<Target> = or_default(deserializer)?;
    let mut names = std::collections::BTreeSet::new();
    match targets.iter().find(|target| !names.insert(target.name.as_str())) {
        None => Ok(targets),
        Some(twice) => Err(serde::de::Error::custom(format!(
            "targets {}: 名称重复 (the name stands twice)",
            twice.name
        ))),
    }
}

/// One unit of the bureau.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitEntry {
    /// Name.
    pub(crate) name: String,
    /// What it does, one sentence.
    #[serde(default)]
    pub(crate) duties: Option<String>,
    /// Public office address.
    #[serde(default)]
    pub(crate) address: Option<String>,
    /// Public telephone.
    #[serde(default)]
    pub(crate) telephone: Option<String>,
    /// Whether it acts by delegation (委托), and the letter's number.
    #[serde(default)]
    pub(crate) delegated_by_letter: Option<String>,
    /// Letters of delegation with their terms; an empty list says that it acts by delegation without one.
    #[serde(default)]
    pub(crate) letters: Option<Vec<Letter>>,
    /// Former names of the unit.
    #[serde(default)]
    pub(crate) formerly: Vec<Predecessor>,
}

impl UnitEntry {
    /// Whether a letter lets it act on `day`. `None` where it acts by no delegation, or where no letter
    /// tells its term.
    pub(crate) fn is_delegated_on(&self, day: Day) -> Option<bool> {
        let letters = self.letters.as_ref()?;
        Some(letters.iter().any(|letter| letter.from <= day && day <= letter.until))
    }
}

/// A letter of delegation (委托书), which tells its term and is public itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Letter {
    /// Its number.
    pub(crate) number: String,
    /// First day of its term.
    pub(crate) from: Day,
    /// Last day of its term.
    pub(crate) until: Day,
}

/// A name that the organ or a unit bore, or an organ whose place it took (原单位).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Predecessor {
    /// Name.
    pub(crate) name: String,
    /// Last day on which decisions were made in it.
    pub(crate) until: Day,
}

/// Whether a text has the form of a site code (网站标识码).
pub(crate) fn is_site_code(code: &str) -> bool {
    code.len() == 10 && code.bytes().all(|b| b.is_ascii_digit())
}

/// How the public reaches the bureau.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    /// Office address.
    #[serde(default)]
    pub(crate) address: Option<String>,
    /// Postal code.
    #[serde(default)]
    pub(crate) postal_code: Option<String>,
    /// Office telephone.
    #[serde(default)]
    pub(crate) telephone: Option<String>,
    /// Complaint telephone.
    #[serde(default)]
    pub(crate) complaint_telephone: Option<String>,
    /// E-mail.
    #[serde(default)]
    pub(crate) email: Option<String>,
    /// Office hours in words.
    #[serde(default)]
    pub(crate) hours: Option<String>,
    /// Organ for administrative reconsideration.
    #[serde(default)]
    pub(crate) reconsideration_organ: Option<String>,
    /// Court for administrative lawsuits.
    #[serde(default)]
    pub(crate) court: Option<String>,
}

/// Footer items of a government site (domain 5.2).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Footer {
    /// 主办单位.
    #[serde(default)]
    pub(crate) host: Option<String>,
    /// 承办单位.
    #[serde(default)]
    pub(crate) operator: Option<String>,
    /// ICP 备案号.
    #[serde(default)]
    pub(crate) icp: Option<String>,
    /// 公安机关备案号.
    #[serde(default)]
    pub(crate) police: Option<String>,
    /// Address of the provincial disclosure platform, which a bureau must link where its rules say so.
    #[serde(default)]
    pub(crate) platform_url: Option<String>,
}
