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

/// Words of which the posts are made that stand in public without a name: offices, fields of work, ranks.
const WORDS: [&str; 72] = [
    "行政执法",
    "综合执法",
    "法制审核",
    "案件审核",
    "城市管理",
    "信息公开",
    "政策法规",
    "办公室",
    "负责人",
    "经办人",
    "大队",
    "中队",
    "支队",
    "总队",
    "分局",
    "直属",
    "机关",
    "党组",
    "书记",
    "主任",
    "主管",
    "分管",
    "领导",
    "法制",
    "法规",
    "审核",
    "案件",
    "管理",
    "综合",
    "统计",
    "执法",
    "监督",
    "督查",
    "渣土",
    "市容",
    "环卫",
    "园林",
    "绿化",
    "规划",
    "停车",
    "广告",
    "排水",
    "信访",
    "财务",
    "人事",
    "信息",
    "公开",
    "公示",
    "宣传",
    "中心",
    "网站",
    "办案",
    "承办",
    "审批",
    "复核",
    "街道",
    "政务",
    "服务",
    "科",
    "室",
    "处",
    "股",
    "组",
    "队",
    "局",
    "部",
    "办",
    "岗",
    "长",
    "员",
    "副",
    "第",
];

/// A post that is made of words of offices alone, numerals and all: what stands in public under a correction. A name
/// before a rank, as people write it, is none.
pub(crate) fn post_alone(text: &str) -> Option<String> {
    let post = post_name(text)?;
    let mut rest = post.as_str();
    while !rest.is_empty() {
        let known = WORDS.iter().filter(|word| rest.starts_with(**word)).max_by_key(|w| w.len());
        let numeral = rest.chars().next().filter(|c| "一二三四五六七八九十（）、- ".contains(*c));
        let taken = known.map(|word| word.len()).or(numeral.map(char::len_utf8))?;
        rest = &rest[taken..];
    }
    Some(post)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_public_has_no_name_before_its_rank() {
        for post in ["法制科科长", "分管副局长", "第一中队队长", "政策法规科负责人", "法制审核岗"]
        {
            assert_eq!(post_alone(post).as_deref(), Some(post));
        }
        for other in ["测试甲科长", "法制科测试甲科长", "张三科长", "王队长", "测试甲"]
        {
            assert_eq!(post_alone(other), None, "{other}");
        }
    }

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
