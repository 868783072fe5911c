//! Whether what another document tells of a case stands on the case's own page, or in the record beside it: both are
//! read as a stranger reads them.

use crate::clearance::Reading;

/// Numbers of the texts that can be read neither on this page nor in its record. A text of several lines is looked for
/// line by line.
pub(crate) fn untold(texts: &[&str], (page, record): (&[u8], &[u8])) -> Vec<usize> {
    let (page, record) = (Reading::html(page), Reading::text(record));
    let stands = |line: &str| {
        let line = Reading::text(line.trim().as_bytes());
        let line = line.folded().trim();
        page.folded().contains(line) || record.folded().contains(line)
    };
    let is_told = |text: &&str| text.lines().all(stands);
    texts.iter().enumerate().filter(|(_, text)| !is_told(text)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::untold;

    #[test]
    fn a_text_is_told_by_lines_and_through_markup() {
        let page = "<p>示例市青标001运输有限公司 &amp; 子公司</p><p>第二行</p>".as_bytes();
        let texts =
            ["示例市青标001运输有限公司 & 子公司", "第二行", "", "公司 & 子公司\n第二行", "第三行"];
        assert_eq!(untold(&texts, (page, b"{}")), [4]);
        assert!(untold(&texts, (page, "{\"a\":\"第三行\"}".as_bytes())).is_empty());
    }
}
