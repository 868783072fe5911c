//! The help texts of `diff`, `publish` and `verify` in English, by their Chinese.

/// Chinese text of the command line's form, and the same in English.
pub(super) const PUBLISH: &[(&str, &str)] = &[
    (
        "比较：生成好的网站与目标上的相差什么；大批撤下或变动时退出码为 6",
        "What the built site changes at a target; ends with 6 at a mass change",
    ),
    (
        "发布到目标：先撤下，再上新，最后换列表与清单；记回执",
        "Send to a target: what is down first, then what is new, then lists and manifest; keeps a receipt",
    ),
    (
        "核对目标：该有的都在且一字不差，不该有的都不在；已撤下的仍可看到时退出码为 5",
        "Look at a target: all that should stand there does, byte for byte, and nothing else; ends with 5 where what was taken down can still be read",
    ),
    (
        "site.yml 中 targets 的名称；只有一个目标时可以不写",
        "Name of a target in site.yml; may be left out where there is one",
    ),
    (
        "已生成网站的目录；默认为站点根目录下的 public",
        "Folder of the built site; default: public below the site root",
    ),
    (
        "另写一份 Markdown 摘要；可指向 $GITHUB_STEP_SUMMARY",
        "Also write a summary in Markdown; may be $GITHUB_STEP_SUMMARY",
    ),
    (
        "另写一份供人审阅的 HTML 报告：只含公开的文字，撤下的内容不再出现",
        "Also write an HTML report to be looked at: public text only, and nothing of what was taken down",
    ),
    (
        "确认大批撤下、变动或者明显偏小的批次；不加时以退出码 6 停下",
        "Confirm a mass change or a drop that is far too small; without it the run ends with 6",
    ),
    ("网站不是今天生成的，也发布", "Send the site although it is not of today"),
    (
        "退回上一个版本（目录类目标）；其后有撤下、更正的版本不能退回",
        "Go back to the site before (folders only); not to one after which something was taken down or corrected",
    ),
    (
        "经办人或者岗位，记入发布回执；默认为本机用户名",
        "Who does it, for the receipt; default: the name of the login",
    ),
    (
        "目标名称或者网址；不填则核对全部目标",
        "Name of a target, or an address; default: all targets",
    ),
    (
        "经办人或者岗位，记入核对回执；默认为本机用户名",
        "Who looks, for the receipt; default: the name of the login",
    ),
];
