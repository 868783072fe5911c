//! The words of review columns: yes or no, passed or not.

/// Reads a cell that says yes or no; `None` where it says neither.
pub(super) fn flag(cell: &str) -> Option<bool> {
    Some(match cell.trim() {
        "是" | "公开" | "予以公开" | "Y" | "y" | "Yes" | "yes" | "YES" | "1" | "√" | "✓"
        | "true" | "TRUE" => true,
        "否" | "不公开" | "不予公开" | "N" | "n" | "No" | "no" | "NO" | "0" | "×" | "false"
        | "FALSE" => false,
        _ => return None,
    })
}

/// Whether a review's result says that it passed. Anything not plainly so does not.
pub(in crate::clearance) fn is_passed(result: &str) -> bool {
    matches!(
        result.trim(),
        "通过"
            | "同意"
            | "审核通过"
            | "审查通过"
            | "已通过"
            | "审核同意"
            | "审查同意"
            | "合格"
            | "可以公开"
            | "可公开"
            | "同意公开"
            | "准予公开"
            | "不涉密"
            | "是"
    )
}

/// Whether a review's result says that none was called for.
pub(super) fn is_not_called_for(result: &str) -> bool {
    matches!(
        result.trim(),
        "不需要" | "无需" | "无须" | "不适用" | "无需审核" | "不需审核" | "免审"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_pass() {
        assert!(is_passed("通过") && is_passed(" 同意公开 "));
        for not in ["不通过", "未通过", "不同意", "退回", "已审", ""] {
            assert!(!is_passed(not), "{not}");
        }
        assert_eq!(flag("是"), Some(true));
        assert_eq!(flag("否"), Some(false));
        assert_eq!(flag("待定"), None);
    }
}
