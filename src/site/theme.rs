//! The theme: templates, labels, tokens, stylesheets and scripts, from the site root or from the binary.
//! Reads, never renders.
//!
//! A file is looked for in four places, the first that has it wins: the site's folder of the chosen theme,
//! the binary's, the site's `themes/default/`, the binary's. So a bureau replaces one template, one label or
//! one token, and a theme of its own holds only what differs from the default.

mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_embed::RustEmbed;

use crate::diag::Failure;
use crate::law::parse_rules;
use crate::vocab::Bureau;

/// All themes inside the binary.
#[derive(RustEmbed)]
#[folder = "themes"]
struct Embedded;

/// The theme below every other.
const DEFAULT: &str = "default";
/// Recurring labels by name.
const LABELS: &str = "strings.yml";
/// Values of the tokens by name.
const TOKENS: &str = "tokens.yml";

/// A file of the theme that goes into the site.
#[derive(Debug)]
pub(super) struct Asset {
    /// Path below the site's root, with the digest of its content in the name.
    pub(super) path: String,
    /// The bytes.
    pub(super) body: Vec<u8>,
}

/// The theme as loaded.
#[derive(Debug, Default)]
pub(super) struct Theme {
    /// Templates by name, as in `case.html`.
    pub(super) templates: BTreeMap<String, String>,
    /// Recurring labels by name; templates find them under `word`.
    pub(super) labels: BTreeMap<String, String>,
    /// Stylesheets and scripts by plain name, as in `site.css`.
    pub(super) assets: BTreeMap<String, Asset>,
}

impl Theme {
    /// Loads the theme that `site.yml` names, `default` where it names none.
    ///
    /// # Errors
    /// A theme that is nowhere; a file that is not regular, not readable, not UTF-8; a label or token that no
    /// template knows; a colour that text cannot be read on or in (WCAG 2.2, 1.4.3).
    pub(super) fn load(root: &Path, bureau: &Bureau) -> Result<Self, Failure> {
        let shelf = ThemeShelf::open(root, bureau.theme.as_deref().unwrap_or(DEFAULT))?;
        let mut theme = Self {
            templates: BTreeMap::new(),
            labels: shelf.merged(LABELS)?,
            assets: BTreeMap::new(),
        };
        for name in shelf.names() {
            let Some(text) = shelf.text(&name)? else { continue };
            if let Some(template) = name.strip_prefix("templates/") {
                theme.templates.insert(template.to_owned(), text);
            } else if let Some(asset) = name.strip_prefix("assets/") {
                theme.add(asset, text.into_bytes());
            }
        }
        let mut tokens = shelf.merged(TOKENS)?;
        if let Some(colour) = &bureau.colour {
            tokens.insert(tokens::MAIN.to_owned(), colour.clone());
        }
        theme.add("tokens.css", tokens::css(&tokens)?.into_bytes());
        Ok(theme)
    }

    fn add(&mut self, name: &str, body: Vec<u8>) {
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let path = format!("assets/{stem}.{:08x}.{end}", fingerprint(&body) >> 32);
        self.assets.insert(name.to_owned(), Asset { path, body });
    }

    /// Path of a stylesheet by its plain name, as in `site`; empty where there is none.
    pub(super) fn sheet(&self, name: &str) -> &str {
        self.asset(&format!("{name}.css"))
    }

    /// Path of a script by its plain name; empty where there is none.
    pub(super) fn script(&self, name: &str) -> &str {
        self.asset(&format!("{name}.js"))
    }

    fn asset(&self, name: &str) -> &str {
        self.assets.get(name).map_or("", |a| a.path.as_str())
    }
}

/// The four places of one theme.
struct ThemeShelf<'a> {
    root: &'a Path,
    /// The chosen theme, then the default.
    themes: Vec<String>,
}

impl<'a> ThemeShelf<'a> {
    fn open(root: &'a Path, theme: &str) -> Result<Self, Failure> {
        let sound = !theme.is_empty()
            && theme.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        let embedded = || Embedded::iter().any(|n| n.starts_with(&format!("{theme}/")));
        if !sound || !(root.join("themes").join(theme).is_dir() || embedded()) {
            let message = "theme: themes/ 下没有这个主题（自带 default 和 plain）";
            return Err(Failure::Rule { file: "site.yml".into(), message: message.into() });
        }
        let mut themes = vec![theme.to_owned()];
        if theme != DEFAULT {
            themes.push(DEFAULT.to_owned());
        }
        Ok(Self { root, themes })
    }

    /// Names of templates and assets in all places, as in `templates/case.html`.
    fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for theme in &self.themes {
            let below = format!("{theme}/");
            names
                .extend(Embedded::iter().filter_map(|n| n.strip_prefix(&below).map(str::to_owned)));
            for folder in ["templates", "assets"] {
                let own = std::fs::read_dir(self.root.join("themes").join(theme).join(folder));
                let files = own.into_iter().flatten().flatten();
                let own = files.filter_map(|f| f.file_name().into_string().ok());
                names.extend(own.filter(|n| is_theme_file(n)).map(|n| format!("{folder}/{n}")));
            }
        }
        names
    }

    /// The text of the first place that has the file.
    fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        for theme in &self.themes {
            if let Some(text) = self.own(theme, name)? {
                return Ok(Some(text));
            }
            if let Some(text) = embedded(&format!("{theme}/{name}"))? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// A map whose entries may be replaced one by one; the binary's default says which there are.
    fn merged(&self, name: &str) -> Result<BTreeMap<String, String>, Failure> {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        let mut known = false;
        for theme in self.themes.iter().rev() {
            let file = format!("themes/{theme}/{name}");
            for text in [embedded(&format!("{theme}/{name}"))?, self.own(theme, name)?] {
                let Some(text) = text.filter(|text| !is_all_comment(text)) else { continue };
                let given: BTreeMap<String, String> = parse_rules(&file, &text)?;
                if let Some(strange) = given.keys().find(|key| known && !all.contains_key(*key)) {
                    let message = format!("没有叫作 {strange} 的项");
                    return Err(Failure::Rule { file, message });
                }
                known = true;
                all.extend(given);
            }
        }
        Ok(all)
    }

    /// A file of the site root.
    fn own(&self, theme: &str, name: &str) -> Result<Option<String>, Failure> {
        let path = self.root.join("themes").join(theme).join(name);
        match std::fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_file() => std::fs::read_to_string(&path)
                .map(Some)
                .map_err(|cause| Failure::Read { path, cause }),
            Ok(_) => Err(broken(name, "not a regular file")),
            Err(_) => Ok(None),
        }
    }
}

fn embedded(name: &str) -> Result<Option<String>, Failure> {
    let Some(file) = Embedded::get(name) else { return Ok(None) };
    String::from_utf8(file.data.into_owned()).map(Some).map_err(|_| broken(name, "not UTF-8"))
}

fn broken(name: &str, message: &str) -> Failure {
    Failure::Template { template: name.into(), message: message.into() }
}

/// Whether a file of a site's theme folder is taken: what lies beside (editors' copies, notes) is not.
fn is_theme_file(name: &str) -> bool {
    let plain = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    name.rsplit_once('.').is_some_and(|(stem, end)| {
        matches!(end, "html" | "css" | "js") && !stem.is_empty() && stem.bytes().all(plain)
    })
}

fn is_all_comment(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// A digest for file names and version codes (FNV-1a, 64 bits): tells versions apart, proves nothing.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Six letters of it, for people to compare: the version of what is printed.
pub(super) fn short_code(text: &str) -> String {
    format!("{:06x}", fingerprint(text.as_bytes()) >> 40)
}

#[cfg(test)]
mod tests;
