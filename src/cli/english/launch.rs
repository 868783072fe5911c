//! The help texts in English of what a launch and a pipeline use, by their Chinese. See [`super::english`].

/// Chinese text of the command line's form, and the same in English.
pub(super) const LAUNCH: &[(&str, &str)] = &[
    (
        "另把几个数字逐行写成“名称=数字”，接在文件末尾，供流水线读取；可指向 $GITHUB_OUTPUT",
        "Add some figures as name=value lines to this file, for a pipeline; may be $GITHUB_OUTPUT",
    ),
    (
        "只写案件编号和日期，不写文号和姓名，可以贴到工单里；未曾公示的案件没有编号",
        "Case ids and dates only, no numbers of documents and no names: fit for an issue; a case that was never public has no id",
    ),
    (
        "新站点的目录；只加流水线文件（--ci）时可以是已有的站点",
        "Folder of the new site; with --ci alone it may be one that exists",
    ),
    (
        "另写出流水线文件：github、gitlab，或者 shell（Gitee Go、cron、systemd、容器）；不覆盖已有文件",
        "Write the files of a pipeline too: github, gitlab, or shell (Gitee Go, cron, systemd, container); overwrites nothing",
    ),
    (
        "所在区县，如 某省甲市乙区；默认从全称中取",
        "District the bureau serves; default: as its name says",
    ),
    (
        "地方包，如 chongqing、zhejiang",
        "Region whose rules are used, such as chongqing or zhejiang",
    ),
    ("统一社会信用代码", "Unified social credit code"),
    ("网站标识码，10 位数字", "Site code, ten digits"),
    ("网站上线后的地址，以 https:// 开头、以 / 结尾", "Address the site will stand at"),
    ("办公地址", "Office address"),
    ("联系电话", "Telephone"),
    ("投诉举报电话", "Complaint telephone"),
    ("行政复议机关", "Organ for administrative reconsideration"),
    ("有管辖权的人民法院", "Court for administrative lawsuits"),
    ("ICP 备案号", "ICP filing number"),
    ("GitHub，自有运行机", "GitHub, with a runner of the bureau's own"),
    ("GitLab，自有运行机", "GitLab, with a runner of the bureau's own"),
    ("任何能运行 shell 的系统", "Any system that runs a shell"),
    (
        "命令手册：man 手册页，或者一页 Markdown",
        "Manual pages of the commands, or one page of Markdown",
    ),
    (
        "每条命令一页，写入这个目录；不填则打印总的一页",
        "Write a page for each command into this folder; without it the first page is printed",
    ),
    ("打印全部命令的一页 Markdown", "Print one page of Markdown with all commands"),
];
