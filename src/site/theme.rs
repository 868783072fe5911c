//! The theme: templates, stylesheets and scripts, from the site root or from the binary. Reads, never renders.

use std::collections::BTreeMap;
use std::path::Path;

use rust_embed::RustEmbed;

use crate::diag::Failure;

/// The default theme inside the binary.
#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Embedded;

/// Main colour where the bureau names none, or one that white text cannot be read on.
const DEFAULT_COLOUR: &str = "#1a4f8b";

/// Lowest contrast of text on its ground (WCAG 2.1 AA; domain 5.4).
const LOWEST_CONTRAST: f64 = 4.5;

/// A file of the theme that goes into the site.
#[derive(Debug)]
pub(super) struct Asset {
    /// Path below the site's root, with the digest of its content in the name.
    pub(super) path: String,
    /// The bytes.
    pub(super) body: Vec<u8>,
}

impl Asset {
    fn of(name: &str, ending: &str, body: Vec<u8>) -> Self {
        let path = format!("assets/{name}.{:08x}.{ending}", fingerprint(&body) >> 32);
        Self { path, body }
    }
}

/// The theme as loaded.
#[derive(Debug, Default)]
pub(super) struct Theme {
    /// Templates by name, as in `case.html`.
    pub(super) templates: BTreeMap<String, String>,
    /// Stylesheets by plain name, as in `site`.
    pub(super) sheets: BTreeMap<String, Asset>,
    /// Scripts by plain name, as in `search`.
    pub(super) scripts: BTreeMap<String, Asset>,
}

impl Theme {
    /// Loads the theme: a file below `root/themes/default/` goes before the binary's of the same name.
    ///
    /// # Errors
    /// A file that is not regular, not readable, not UTF-8.
    pub(super) fn load(root: &Path, colour: Option<&str>) -> Result<Self, Failure> {
        let mut theme = Self::default();
        let mut names: Vec<String> = Embedded::iter().map(|n| n.to_string()).collect();
        names.sort();
        for name in names {
            let text = text_of(root, &name)?;
            if let Some(template) = name.strip_prefix("templates/") {
                theme.templates.insert(template.to_owned(), text);
            } else if let Some(sheet) =
                name.strip_prefix("assets/").and_then(|n| n.strip_suffix(".css"))
            {
                theme.add_sheet(sheet, text.into_bytes());
            } else if let Some(script) =
                name.strip_prefix("assets/").and_then(|n| n.strip_suffix(".js"))
            {
                theme.scripts.insert(script.to_owned(), Asset::of(script, "js", text.into_bytes()));
            }
        }
        let main = colour.filter(|c| is_usable(c)).unwrap_or(DEFAULT_COLOUR);
        theme.add_sheet("colour", format!(":root{{--main:{main}}}\n").into_bytes());
        Ok(theme)
    }

    fn add_sheet(&mut self, name: &str, body: Vec<u8>) {
        self.sheets.insert(name.to_owned(), Asset::of(name, "css", body));
    }

    /// Path of a script.
    pub(super) fn script(&self, name: &str) -> &str {
        self.scripts.get(name).map_or("", |a| a.path.as_str())
    }

    /// Path of a stylesheet.
    pub(super) fn sheet(&self, name: &str) -> &str {
        self.sheets.get(name).map_or("", |a| a.path.as_str())
    }
}

fn text_of(root: &Path, name: &str) -> Result<String, Failure> {
    let own = root.join("themes/default").join(name);
    match std::fs::symlink_metadata(&own) {
        Ok(meta) if meta.is_file() => {
            return std::fs::read_to_string(&own)
                .map_err(|cause| Failure::Read { path: own, cause });
        }
        Ok(_) => {
            return Err(Failure::Template {
                template: name.into(),
                message: "not a regular file".into(),
            });
        }
        Err(_) => {}
    }
    let file = Embedded::get(name).ok_or_else(|| Failure::Internal("theme file gone".into()))?;
    String::from_utf8(file.data.into_owned())
        .map_err(|_| Failure::Template { template: name.into(), message: "not UTF-8".into() })
}

/// A digest for file names and version codes (FNV-1a, 64 bits): tells versions apart, proves nothing.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Whether white text can be read on the colour.
fn is_usable(colour: &str) -> bool {
    luminance(colour).is_some_and(|l| 1.05 / (l + 0.05) >= LOWEST_CONTRAST)
}

/// Relative luminance of `#rrggbb` (WCAG 2.1); `None` for any other text.
fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|h| h.len() == 6)?;
    if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| -> Option<f64> {
        let part = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if part <= 0.039_28 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_that_white_can_be_read_on_are_taken() {
        for good in ["#1a4f8b", "#000000", "#8b1a1a"] {
            assert!(is_usable(good), "{good}");
        }
        for wrong in ["#ffff00", "#fff", "red", "#12345g", "#1a4f8b;}", "url(x)", "#ééé"] {
            assert!(!is_usable(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_theme_is_small() {
        let theme = Theme::load(Path::new("/nowhere"), None).unwrap();
        let css: usize = theme.sheets.values().map(|a| a.body.len()).sum();
        assert!(css < 40 * 1024, "{css}");
        assert!(theme.sheet("colour").starts_with("assets/colour."));
    }
}
