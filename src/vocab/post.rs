//! The post of somebody in the bureau, which stands where a name must not: in decisions of the review, and
//! under figures that the public reads.

/// Last words of posts and of the offices that stand for one.
const ENDINGS: [&str; 18] = [
    "岗", "长", "员", "人", "主任", "主管", "科", "室", "处", "股", "组", "队", "局", "部", "办",
    "中心", "师", "officer",
];

/// A post: letters only, so that no number gets in, and ending as posts do; a bare name of a person does not.
pub(crate) fn post_name(text: &str) -> Option<String> {
    let text = text.trim();
    let may_stand = |c: char| c.is_alphabetic() || matches!(c, ' ' | '（' | '）' | '、' | '-');
    let is_fit = (2..=20).contains(&text.chars().count())
        && text.chars().all(may_stand)
        && ENDINGS.iter().any(|end| text.to_lowercase().ends_with(end));
    is_fit.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_told_from_a_person() {
        for post in ["法制科科长", " 统计岗 ", "负责人", "综合统计岗", "Legal Officer"]
        {
            assert_eq!(post_name(post).as_deref(), Some(post.trim()));
        }
        for other in ["测试甲", "科长13800138000", "长", "统计岗：测试甲", ""] {
            assert_eq!(post_name(other), None, "{other}");
        }
    }
}
