//! The help texts in English, by their Chinese. A test holds that none is missing.

mod export;
mod launch;
mod publish;

/// The English of a text of the command line's form.
pub(super) fn english(zh: &str) -> Option<&'static str> {
    let mut tables =
        [ENGLISH, export::EXPORT, launch::LAUNCH, publish::PUBLISH].into_iter().flatten();
    tables.find(|(from, _)| *from == zh).map(|(_, to)| *to)
}

/// Chinese text of the command line's form, and the same in English.
const ENGLISH: &[(&str, &str)] = &[
    (
        "行政执法信息公示：检查、脱敏、台账、建站，一个程序完成",
        "Publishes law-enforcement results lawfully: checks, redacts, keeps the ledger, builds the site",
    ),
    ("站点根目录（含 site.yml）", "Site root (holds site.yml)"),
    (
        "以这一天为今天，如 2026-02-13；默认取北京时间当天",
        "Take this day as today; default: the day in China",
    ),
    ("结果的格式", "Format of the result"),
    (
        "年度自查：及时公示率、更正、撤下、不予公开，并抽取可以复现的案卷样本；仅供内部使用",
        "Self-check of a year: share published in time, corrections, takedowns, withheld, and a reproducible sample; for the bureau only",
    ),
    (
        "年度（处罚决定或检查结果作出的年份）",
        "Year in which the penalty was decided, or the result of the inspection given",
    ),
    ("抽取多少件案卷", "How many case files to draw"),
    (
        "抽样的种子，事先公布则人人可以复现；默认为年度",
        "Seed of the sample, to be made public before; default: the year",
    ),
    (
        "公示牌：列出、写成网页或者 PDF，查哪些要重新打印、哪些要收回",
        "Placards: list them, write them as pages or PDF, tell which to print again and which to take off",
    ),
    (
        "写出可以打印的公示牌到这个目录；不填则只列出",
        "Write the sheets into this folder; without it they are only listed",
    ),
    ("写成 PDF 文件，不用浏览器；不加时写成网页", "Write PDF files, without a browser; else pages"),
    (
        "PDF 用的字体文件；默认为 site.yml 的 placards: font，没有时用本机的中文字体",
        "Font file for PDF; default: placards: font of site.yml, else a Chinese font of this machine",
    ),
    ("只要这种公示牌，可以写多次；默认全部", "Only this kind, may be given again; default: all"),
    (
        "列出要重新打印的和要收回的公示牌；不加日期、版本时，与网站上一次生成时比较",
        "List placards to print again and to take off; without date or version, as against the last build",
    ),
    ("这一天打印的公示牌，之后有变动的", "Those printed on this day that have changed since"),
    ("印有这个版本号的公示牌，是否已有变动", "Whether the placards with this version have changed"),
    ("界面语言", "Language: zh or en"),
    ("不用颜色", "No colors"),
    ("只输出结果，不输出提示", "Results only, no messages"),
    (
        "数据批次所在目录；默认 drops，没有时用 data/sample/drops",
        "Folder of the drops; default drops, else data/sample/drops",
    ),
    (
        "检查数据批次，列出全部问题；不写任何文件",
        "Check the drops and list every problem; writes nothing",
    ),
    (
        "读入批次，生成并审计整个公示网站；写出成功时退出码为 0",
        "Read the drops, build and audit the whole site; exits 0 exactly when it was written",
    ),
    (
        "脱敏过滤：逐行读入 JSON 记录，写出脱敏后的记录，可接在任何程序之后",
        "Redaction filter: JSON records in, line by line, the same records redacted out",
    ),
    (
        "表格文件（CSV、Excel）；不填则从标准输入逐行读 JSON",
        "A table (CSV, Excel); without one, JSON lines from standard input",
    ),
    (
        "本单位名称、电话、账号等应保留的内容：site.yml 或 JSON",
        "The bureau's own names and numbers, which stay: site.yml or JSON",
    ),
    (
        "复核队列：列出脱敏存疑之处，记录保留或删除的决定；仍有待定时退出码为 4",
        "Review queue: list what redaction doubts, note decisions to keep or redact; exits 4 while some are open",
    ),
    (
        "逐处显示原文片段；只在终端上显示，不能重定向到文件",
        "Show each stretch with its surroundings; on a terminal only, never into a file",
    ),
    (
        "把队列导出为表格，供法制机构填写；表中没有原文",
        "Write the queue as a sheet for the legal office; it holds no text of a record",
    ),
    (
        "读入填好的表格；有一行不对就一行也不记",
        "Read the filled-in sheet; one faulty row and nothing is noted",
    ),
    (
        "删去已失效的决定（记录已变更或不在批次中）",
        "Drop decisions whose record has changed or is in no drop",
    ),
    (
        "记录一处的决定，写入 data/review.yml；只记位置与职务，不记原文",
        "Note a decision in data/review.yml: place and post, never the text",
    ),
    ("队列中的序号", "Number in the queue"),
    ("可以公开，保留", "It may be published: keep it"),
    ("不得公开，删除", "It must not be published: remove it"),
    (
        "同时把这处原文写入 data/dictionary.yml 的保留词，今后不再询问；只有这样才会把记录中的字句写入文件",
        "Also write this stretch into data/dictionary.yml among the words that stay; the only way a record's words enter a file",
    ),
    (
        "同时把这处原文写入 data/dictionary.yml 的删除词，今后一律删除；只有这样才会把记录中的字句写入文件",
        "Also write this stretch into data/dictionary.yml among the terms that always go; the only way a record's words enter a file",
    ),
    ("复核人的职务，如 法制科科长；不写姓名", "Post of the reviewer; no name"),
    (
        "理由代码，小写字母与连字符，如 public-serial",
        "Code of the reason, small letters and hyphens, as in public-serial",
    ),
    ("列出各项法定期限：进行中、临近、已过", "List every statutory clock: running, near, missed"),
    ("只看这么多个工作日之内到期的", "Only what is due within this many working days"),
    (
        "另写一份 Markdown 摘要：各项检查的件数，不含单元格内容；可指向 $GITHUB_STEP_SUMMARY",
        "Also write a Markdown summary: counts by check, nothing of a cell; may be $GITHUB_STEP_SUMMARY",
    ),
    (
        "另写一份日历文件（iCalendar），可导入手机或办公日历",
        "Also write an iCalendar file, for any calendar program",
    ),
    (
        "逐日列出期限的推算：每个工作日、调休、放假通知文号",
        "Tell how each day was counted: every working day, make-up days, the holiday notice's number",
    ),
    (
        "年度统计表：从台账汇总行政处罚，核对等式；不读数据批次",
        "Annual statistics: the table of penalties from the ledger, with what must add up; reads no drop",
    ),
    ("统计年份，按决定日期", "Year of the decisions"),
    (
        "表式，如 e；默认为本单位在 data/policy.yml 中选定的",
        "Form, as in e; default: the one chosen in data/policy.yml",
    ),
    ("把统计表写入这个目录：CSV、JSON、XLSX", "Write the table into this folder: CSV, JSON, XLSX"),
    (
        "列出一格是哪些案件：行（序号或“合计”）,列（名称或第几列），如 合计,罚款",
        "List the cases behind a cell: row (its number or total),column (its title or number)",
    ),
    (
        "在本机预览网站，内容一变即刷新；不改动台账与已生成的网站",
        "Preview on this machine, following every change; touches neither ledger nor site",
    ),
    ("端口", "Port"),
    (
        "说明一项检查：查什么、依据、怎么改；或者一件法律依据",
        "Explain a check: what it looks for, its clause, the remedy; or an instrument of law",
    ),
    (
        "检查编号，如 late-penalty，或者法律依据的代号，如 apl；不填则列出全部检查",
        "Id of the check, as in late-penalty, or key of an instrument, as in apl; without one, list all checks",
    ),
    (
        "列出全部法律依据：文号、制定机关、施行期、条款、哪些检查和期限用到它",
        "List all instruments: number, issuer, days in force, clauses, the checks and terms that rest on each",
    ),
    (
        "只列这个岗位要处理的：clerk 案件管理员、legal 法制机构、webmaster 网站管理员；退出码不变",
        "List only what this role sees to: clerk, legal, webmaster; the exit code stays",
    ),
    (
        "另写一份内部报告到 report/：HTML（可打印）和 JSON，按检查分组；不公开，不进网站",
        "Also write an internal report into report/: HTML for print and JSON, grouped by check; never part of the site",
    ),
    (
        "建立一个新的站点根目录；在终端上逐项询问本单位的情况",
        "Make a new site root; asks for the bureau's facts at a terminal",
    ),
    ("工作日历：查年份、推算期限", "The working-day calendar: show a year, count a term"),
    ("撤下一件已公示的决定，公开说明理由", "Take a published decision down and say why"),
    (
        "台账日志与公示日志：校验、证明、修复",
        "The ledger's log and the public log: verify, prove, repair",
    ),
    ("生成命令补全脚本", "Print a completion script"),
    ("bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish"),
    (
        "网站输出目录；默认为站点根目录下的 public",
        "Folder of the built site; default public in the site root",
    ),
    ("只要有一件被扣留就整批拒绝", "Refuse everything as soon as one record is held"),
    (
        "网站写出之后，如有逾期（late）或扣留（held），以非 0 退出，供流水线使用",
        "After the site was written, exit with another code if something is late or held; for CI",
    ),
    ("列出各阶段用时与最慢的页面", "Tell the time of each stage and the slowest pages"),
    ("执法机关全称", "Full name of the organ"),
    ("不询问，直接写出", "Write without asking"),
    (
        "从某日起第 N 个工作日是哪一天（当日不计）",
        "The N-th working day after a day (which is day 0)",
    ),
    ("起算日，如 2026-02-12", "Day 0, as in 2026-02-12"),
    ("工作日数", "Number of working days"),
    ("列出逐日推算", "Tell each counted day"),
    ("显示一年的放假与调休", "Show a year's holidays and make-up days"),
    ("年份", "Year"),
    (
        "读入新一年的放假通知（holiday-cn 的 JSON），核对后写入站点目录，并列出因此变动的期限",
        "Read a new year's holiday notice (holiday-cn's JSON) into the site root, and list the clocks it moves",
    ),
    ("holiday-cn 的 JSON 文件，如 2027.json", "A JSON file of holiday-cn, as in 2027.json"),
    ("通知文号，如 国办发明电〔2025〕7号；可写多次", "Number of the notice; may be given again"),
    ("该年文件已存在时替换它", "Replace the file of the year where there is one"),
    (
        "校验台账日志的每一行；给出目录或网址时校验网站（或其副本）的公示日志",
        "Verify every line of the ledger's log; with a folder or an address, a site's public log",
    ),
    (
        "生成公示日志的签名密钥；文件已存在时拒绝",
        "Make a key that signs the public log; refuses an existing file",
    ),
    ("密钥文件，仅本人可读", "File of the key, readable by its owner only"),
    (
        "用国密 SM2 与 SM3 签名（通用软件实现，不是经认证的商用密码产品）；默认 Ed25519",
        "Sign with SM2 and SM3 (ordinary software, no certified product); default Ed25519",
    ),
    (
        "证明一件案件的事件记在公示日志里，每个事件一行 JSON",
        "Prove that a case's events are in the public log, a line of JSON each",
    ),
    ("案件编号（网址中的 8 位）", "Case id (8 characters of its address)"),
    (
        "网站目录或网址；默认为站点根目录下的 public",
        "Folder or address of the site; default public in the site root",
    ),
    (
        "证明旧检查点的日志是新检查点日志的开头部分",
        "Prove that an old checkpoint's log is the beginning of a new one's",
    ),
    ("旧检查点文件", "File of the old checkpoint"),
    ("新检查点文件", "File of the new checkpoint"),
    (
        "公钥文件；给出时两个检查点都须由它签名",
        "File of a public key that both checkpoints must be signed by",
    ),
    (
        "修复末行被截断的台账日志：保留损坏文件的副本，修复本身记入日志",
        "Mend a ledger's log whose last line is torn: keeps a copy, and the repair is an event",
    ),
    (
        "网站目录（如 public）或网址；不填则校验台账日志",
        "Folder (as in public) or address of a site; without one, the ledger's log",
    ),
    (
        "公钥文件，应取自网站以外的可靠来源；不填则用网站自带的公钥",
        "File of the public key, from elsewhere than the site; without one, the key the site brings",
    ),
    ("校验 log inclusion 写出的证明文件", "Verify the proofs that log inclusion wrote"),
    (
        "公示日志的签名密钥；默认为 site.yml 的 log 所指的文件",
        "Key that signs the public log; default: log.key_file of site.yml",
    ),
    (
        "案件编号（网址中的 8 位）或决定书文号",
        "Case id (8 characters of its address) or decision number",
    ),
    (
        "事由：revoked、altered、confirmed-unlawful、confirmed-invalid、ordered-anew、published-in-error、not-to-be-disclosed、personal-information",
        "Ground: revoked, altered, confirmed-unlawful, confirmed-invalid, ordered-anew, published-in-error, not-to-be-disclosed, personal-information",
    ),
    ("依据文书，如 行政复议决定书 清府复〔2026〕3号", "Document that orders it"),
    ("文书日期", "Day of the document"),
    ("生效日期；默认同文书日期", "Day it takes effect; default: the day of the document"),
    ("作出该文书的机关", "Who issued the document"),
    ("确认执行；不加时只列出将要改动的内容", "Do it; without this, only show what would change"),
    (
        "体检：站点、台账、网站三者互相核对，说明每处损坏和待办；有问题时退出码为 1",
        "Hold site root, ledger and built site against each other and explain what is wrong; 1 if anything is",
    ),
    (
        "只查台账和网站是否完好，不查上线事项",
        "Only look at ledger and site, not at what a launch needs",
    ),
    (
        "写完或者丢弃中断的提交，移除运行留下的临时文件；不改日志",
        "End or discard an interrupted commit, remove what runs left behind; never touches the log",
    ),
    ("网站输出目录", "Folder of the built site"),
    (
        "替代原决定的新决定书文号；新决定公示后，公告链接到它",
        "Number of the decision that replaces it; the notice links to it once it stands published",
    ),
    (
        "事由为 personal-information 时须再写一遍案件编号：移除后不留公告",
        "With personal-information: the case id once more, since no notice will be left",
    ),
    (
        "更正一件公示中的案件的一个栏目，须有依据文书；重新读入批次后仍然有效",
        "Correct one column of a published case, on a document; it holds when the drops are read again",
    ),
    ("栏目，用导出表的列名，如 违法事实、罚款金额(万元)", "Column, by a header of the export"),
    (
        "更正后的内容；与导出的数据一样经过检查和脱敏",
        "What it should say; vetted and redacted like any cell",
    ),
    (
        "更正的事由：entry-error（录入错误）、amended（文书补正）、personal-information（隐私保护）",
        "Reason: entry-error, amended or personal-information",
    ),
    ("依据文书，如 更正通知书 清城管更〔2026〕3号", "Document that orders the correction"),
    (
        "批准人的职务，如 法制科科长，列入更正记录；不写姓名",
        "Post of who approved it, shown in the corrections log; no name",
    ),
    ("文书日期；默认当天", "Day of the document; default: today"),
    (
        "撤销原来的撤下：案件从下一次数据起重新公示，首次公示日期不变",
        "Set a takedown aside: the case is published again from its next export, first published as before",
    ),
    ("流程图：导入 Mermaid 文本", "Flowcharts: import Mermaid text"),
    (
        "把 Mermaid 流程图文本改写为 data/flow/ 下的流程图数据；不覆盖已有文件",
        "Rewrite a Mermaid flowchart as flow data below data/flow/; never overwrites",
    ),
    ("Mermaid 文本文件（.mmd）", "Mermaid text file (.mmd)"),
    (
        "流程图编号，用于网址和文件名；默认取文件名",
        "Id in the address and file name; the file's own name by default",
    ),
    ("标题；默认取文件中的 title", "Title; the file's own by default"),
];

#[cfg(test)]
mod tests {
    use crate::cli::args;
    use crate::diag::Lang;

    fn has_han(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    fn check(command: &clap::Command) {
        let texts = command.get_arguments().filter_map(|a| a.get_help()).chain(command.get_about());
        for text in texts.map(ToString::to_string) {
            assert!(!has_han(&text), "{text} has no English");
        }
        command.get_subcommands().for_each(check);
    }

    #[test]
    fn every_help_text_has_english() {
        check(&args::command(Lang::En));
        args::command(Lang::Zh).debug_assert();
    }
}
