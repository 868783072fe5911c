//! The command line's form. The one hand on `clap`.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::diag::{Exit, Failure, Lang};
use crate::law::Day;

use super::english::english as in_english;

mod calendar;
mod doctor;
mod due;
mod export;
mod figures;
mod flow;
mod init;
mod log;
mod man;
mod order;
mod placards;
mod publish;
mod review;
mod role;

pub(super) use calendar::{CalendarVerb, ImportArgs};
pub(super) use doctor::DoctorArgs;
pub(super) use due::DueArgs;
pub(super) use export::{
    BoardArgs, CreditArgs, ExportVerb, PeriodArgs, PushArgs, SignoffArgs, WechatArgs,
};
pub(super) use figures::FiguresArgs;
pub(super) use flow::{FlowImportArgs, FlowVerb};
pub(super) use init::{CiArg, FactArgs, InitArgs};
pub(super) use log::{LogVerb, VerifyArgs};
pub(super) use man::ManArgs;
pub(super) use order::{CorrectArgs, OrderArgs, ReinstateArgs, TakedownArgs};
pub(super) use placards::PlacardsArgs;
pub(super) use publish::{DiffArgs, PublishArgs, SendArgs, VerifySiteArgs};
pub(super) use review::{DecideArgs, ReviewArgs, ReviewVerb};
pub(super) use role::RoleArgs;

/// 行政执法信息公示：检查、脱敏、台账、建站，一个程序完成
#[derive(Debug, Parser)]
#[command(name = "gongshi", version, propagate_version = true, max_term_width = 110)]
#[command(
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    next_help_heading = "选项"
)]
#[command(help_template = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) verb: Verb,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Flags of every verb.
#[derive(Clone, Debug, Args)]
pub(super) struct Common {
    /// 站点根目录（含 site.yml）
    #[arg(long, global = true, default_value = ".", value_name = "目录")]
    pub(super) root: PathBuf,
    /// 以这一天为今天，如 2026-02-13；默认取北京时间当天
    #[arg(long, global = true, value_name = "日期", value_parser = parse_day)]
    pub(super) as_of: Option<Day>,
    /// 结果的格式
    #[arg(long, global = true, default_value = "text", value_name = "格式")]
    pub(super) format: Format,
    /// 界面语言
    #[arg(long, global = true, default_value = "zh", value_name = "语言")]
    pub(super) lang: LangArg,
    /// 不用颜色
    #[arg(long, global = true)]
    pub(super) no_color: bool,
    /// 只输出结果，不输出提示
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// Where a drop comes from.
#[derive(Clone, Debug, Args)]
pub(super) struct DropArgs {
    /// 数据批次所在目录；默认 drops，没有时用 data/sample/drops
    #[arg(long, value_name = "目录")]
    pub(super) drops: Option<PathBuf>,
}

/// Where a summary goes.
#[derive(Clone, Debug, Args)]
pub(super) struct SummaryArgs {
    /// 另写一份 Markdown 摘要：各项检查的件数，不含单元格内容；可指向 $GITHUB_STEP_SUMMARY
    #[arg(long = "summary", value_name = "文件")]
    pub(super) file: Option<PathBuf>,
    /// 另写一份内部报告到 report/：HTML（可打印）和 JSON，按检查分组；不公开，不进网站
    #[arg(long)]
    pub(super) report: bool,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// 检查数据批次，列出全部问题；不写任何文件
    Check {
        #[command(flatten)]
        drops: DropArgs,
        #[command(flatten)]
        summary: SummaryArgs,
        #[command(flatten)]
        figures: FiguresArgs,
        #[command(flatten)]
        reader: RoleArgs,
    },
    /// 读入批次，生成并审计整个公示网站；写出成功时退出码为 0
    Build(BuildArgs),
    /// 脱敏过滤：逐行读入 JSON 记录，写出脱敏后的记录，可接在任何程序之后
    Redact(RedactArgs),
    /// 复核队列：列出脱敏存疑之处，记录保留或删除的决定；仍有待定时退出码为 4
    Review(ReviewArgs),
    /// 列出各项法定期限：进行中、临近、已过
    Due(DueArgs),
    /// 体检：站点、台账、网站三者互相核对，说明每处损坏和待办；有问题时退出码为 1
    Doctor(DoctorArgs),
    /// 年度自查：及时公示率、更正、撤下、不予公开，并抽取可以复现的案卷样本；仅供内部使用
    Selfcheck(SelfcheckArgs),
    /// 年度统计表：从台账汇总行政处罚，核对等式；不读数据批次
    Stats(StatsArgs),
    /// 在本机预览网站，内容一变即刷新；不改动台账与已生成的网站
    Serve {
        #[command(flatten)]
        drops: DropArgs,
        /// 端口
        #[arg(long, default_value_t = 8118, value_name = "端口")]
        port: u16,
    },
    /// 说明一项检查：查什么、依据、怎么改；或者一件法律依据
    Explain {
        /// 检查编号，如 late-penalty，或者法律依据的代号，如 apl；不填则列出全部检查
        id: Option<String>,
        /// 列出全部法律依据：文号、制定机关、施行期、条款、哪些检查和期限用到它
        #[arg(long)]
        sources: bool,
    },
    /// 公示牌：列出、写成网页或者 PDF，查哪些要重新打印、哪些要收回
    #[command(disable_version_flag = true)]
    Placards(PlacardsArgs),
    /// 建立一个新的站点根目录；在终端上逐项询问本单位的情况
    Init(Box<InitArgs>),
    /// 工作日历：查年份、推算期限
    Calendar {
        #[command(subcommand)]
        what: CalendarVerb,
    },
    /// 撤下一件已公示的决定，公开说明理由
    Takedown(TakedownArgs),
    /// 更正一件公示中的案件的一个栏目，须有依据文书；重新读入批次后仍然有效
    Correct(CorrectArgs),
    /// 撤销原来的撤下：案件从下一次数据起重新公示，首次公示日期不变
    Reinstate(ReinstateArgs),
    /// 比较：生成好的网站与目标上的相差什么；大批撤下或变动时退出码为 6
    Diff(DiffArgs),
    /// 发布到目标：先撤下，再上新，最后换列表与清单；记回执
    Publish(PublishArgs),
    /// 核对目标：该有的都在且一字不差，不该有的都不在；已撤下的仍可看到时退出码为 5
    Verify(VerifySiteArgs),
    /// 台账日志与公示日志：校验、证明、修复
    Log {
        #[command(subcommand)]
        what: LogVerb,
    },
    /// 其他渠道的文件：双公示表、监督平台推送包、微信文章、公告栏、摘要、三审三校单
    Export {
        #[command(subcommand)]
        what: ExportVerb,
    },
    /// 流程图：导入 Mermaid 文本
    Flow {
        #[command(subcommand)]
        what: FlowVerb,
    },
    /// 命令手册：man 手册页，或者一页 Markdown
    Man(ManArgs),
    /// 生成命令补全脚本
    Completions {
        /// bash、zsh、fish、powershell 或 elvish
        shell: clap_complete::Shell,
    },
}

/// Flags of `build`.
#[derive(Clone, Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) drops: DropArgs,
    /// 网站输出目录；默认为站点根目录下的 public
    #[arg(long, value_name = "目录")]
    pub(super) out: Option<PathBuf>,
    /// 只要有一件被扣留就整批拒绝
    #[arg(long)]
    pub(super) strict: bool,
    /// 网站写出之后，如有逾期（late）或扣留（held），以非 0 退出，供流水线使用
    #[arg(long, value_name = "情形")]
    pub(super) fail_on: Vec<FailOn>,
    /// 公示日志的签名密钥；默认为 site.yml 的 log 所指的文件
    #[arg(long, value_name = "文件")]
    pub(super) key: Option<PathBuf>,
    /// 列出各阶段用时与最慢的页面
    #[arg(long)]
    pub(super) timings: bool,
    #[command(flatten)]
    pub(super) figures: FiguresArgs,
    #[command(flatten)]
    pub(super) reader: RoleArgs,
}

/// Flags of `selfcheck`.
#[derive(Clone, Debug, Args)]
pub(super) struct SelfcheckArgs {
    /// 年度（处罚决定或检查结果作出的年份）
    pub(super) year: i32,
    /// 抽取多少件案卷
    #[arg(long, default_value_t = 10, value_name = "件数")]
    pub(super) sample: usize,
    /// 抽样的种子，事先公布则人人可以复现；默认为年度
    #[arg(long, value_name = "种子")]
    pub(super) seed: Option<String>,
}

/// Flags of `stats`.
#[derive(Clone, Debug, Args)]
pub(super) struct StatsArgs {
    /// 统计年份，按决定日期
    #[arg(value_parser = clap::value_parser!(i32).range(1..=9999))]
    pub(super) year: i32,
    /// 表式，如 e；默认为本单位在 data/policy.yml 中选定的
    #[arg(long, value_name = "表式")]
    pub(super) form: Option<String>,
    /// 把统计表写入这个目录：CSV、JSON、XLSX
    #[arg(long, value_name = "目录")]
    pub(super) out: Option<PathBuf>,
    /// 列出一格是哪些案件：行（序号或“合计”）,列（名称或第几列），如 合计,罚款
    #[arg(long, value_name = "行,列")]
    pub(super) explain: Option<String>,
}

/// Flags of `redact`.
#[derive(Clone, Debug, Args)]
pub(super) struct RedactArgs {
    /// 表格文件（CSV、Excel）；不填则从标准输入逐行读 JSON
    pub(super) file: Option<PathBuf>,
    /// 本单位名称、电话、账号等应保留的内容：site.yml 或 JSON
    #[arg(long, value_name = "文件")]
    pub(super) site: Option<PathBuf>,
}

/// What makes `build` end with another code although the site was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// 有逾期的
    Late,
    /// 有扣留的
    Held,
}

/// Formats of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// 供人阅读
    Text,
    /// 供程序读取
    Json,
    /// GitHub 的行内提示
    Github,
    /// SARIF 2.1.0，供代码扫描服务读取
    Sarif,
    /// JUnit XML，供构建服务器读取
    Junit,
}

impl Format {
    /// The format of figures, which are no findings.
    ///
    /// # Errors
    /// A format that is for findings only.
    pub(super) fn of_figures(self) -> Result<Self, Failure> {
        match self {
            Self::Text | Self::Json | Self::Github => Ok(self),
            Self::Sarif | Self::Junit => Err(Failure::Usage {
                zh: "这条命令的结果没有 sarif、junit 格式".into(),
                en: "the result of this verb has no sarif or junit form".into(),
            }),
        }
    }
}

/// Languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    /// 中文
    Zh,
    /// 英文
    En,
}

impl Common {
    /// The language of messages.
    pub(super) fn lang(&self) -> Lang {
        match self.lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

fn parse_day(text: &str) -> Result<Day, String> {
    Day::iso(text)
        .ok_or_else(|| "日期写作 YYYY-MM-DD，且须存在 / a day is written YYYY-MM-DD".to_owned())
}

/// The command line's form with its help in `lang`.
pub(super) fn command(lang: Lang) -> clap::Command {
    let rows = Exit::TABLE.iter().map(|(code, zh, en)| match lang {
        Lang::Zh => format!("  {:>3}  {zh}", *code as u8),
        Lang::En => format!("  {:>3}  {en}", *code as u8),
    });
    let rows = rows.collect::<Vec<_>>().join("\n");
    match lang {
        Lang::Zh => Cli::command().after_help(format!("退出码：\n{rows}")),
        Lang::En => english(Cli::command()).after_help(format!("Exit codes:\n{rows}")),
    }
}

/// The form with every text that has English in English.
fn english(command: clap::Command) -> clap::Command {
    let text = |zh: &clap::builder::StyledStr| in_english(&zh.to_string());
    let about = command.get_about().and_then(text);
    let mut command = command
        .subcommand_help_heading("Commands")
        .help_template("{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}")
        .mut_args(|arg| {
            let help = arg.get_help().and_then(text);
            let arg = arg.help_heading("Options");
            help.map_or(arg.clone(), |help| arg.help(help))
        })
        .mut_subcommands(english);
    if let Some(about) = about {
        command = command.about(about);
    }
    command
}

/// The completion script for a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gongshi", &mut script);
    script
}
