//! The font of PDF files: the one that was named, else a Chinese font of this machine.

use std::path::{Path, PathBuf};

use crate::diag::Failure;
use crate::site::FontFile;

use super::super::root::Root;

/// Where systems keep fonts with all characters of the standard, best first.
const USUAL: [&str; 8] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/adobe-source-han-sans/SourceHanSansCN-Regular.otf",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
];

/// Reads the font to use.
///
/// # Errors
/// The named one cannot be used, or this machine has none of the usual ones.
pub(in crate::cli) fn find(root: &Root, asked: Option<&Path>) -> Result<FontFile, Failure> {
    let of_site = root.bureau.placards.font.as_ref().map(|file| root.dir.join(file));
    if let Some(named) = asked.map(Path::to_path_buf).or(of_site) {
        let named = std::path::absolute(&named).unwrap_or(named);
        return FontFile::read(&named).ok_or_else(|| unusable(&named));
    }
    let usual = USUAL.iter().map(PathBuf::from).find_map(|path| FontFile::read(&path));
    usual.ok_or_else(|| Failure::Usage {
        zh: "本机没有找到中文字体，写不了 PDF：安装 fonts-noto-cjk，或者用 --font 指定字体文件"
            .into(),
        en: "no Chinese font on this machine: install fonts-noto-cjk, or name a file with --font"
            .into(),
    })
}

fn unusable(path: &Path) -> Failure {
    let path = path.display();
    Failure::Usage {
        zh: format!("{path} 不是可以使用的字体文件（须为 TrueType 或者 OpenType）"),
        en: format!("{path} is no usable font file (TrueType or OpenType)"),
    }
}
