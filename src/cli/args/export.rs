//! The form of `gongshi export`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::law::Day;
use crate::vocab::CaseId;

use super::{DropArgs, parse_day};

/// Documents for other channels.
#[derive(Clone, Debug, Subcommand)]
pub(in crate::cli) enum ExportVerb {
    /// 信用信息“双公示”行政处罚表（30 栏）：CSV 和 XLSX，不含证件号码；--restricted 另写含证件号码的受限表
    Credit(CreditArgs),
    /// 监督平台推送包：一件事一条消息（JSON 和 XML），放在发件箱，核对回执，可以送达
    Push(PushArgs),
    /// 微信文章：一件的全文，或者一年的列表；只有文字和表格，可以粘贴到编辑器
    Wechat(WechatArgs),
    /// 大厅公告栏：一段时间的结果，A3 横向，网页和 PDF
    Board(BoardArgs),
    /// 摘要：一段时间的公示、更正、撤下，纯文本
    Digest(PeriodArgs),
    /// 三审三校单：下一次生成会公示、更正、撤下什么，附每页的校验值和签名栏；不改动台账和网站
    Signoff(SignoffArgs),
}

/// Where documents go, and what they are held against.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// 写到这个目录；默认为站点根目录下的 exports，不得在网站的输出目录之内
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 与这个目录中已生成的网站逐项核对；默认为站点根目录下的 public
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) site: Option<PathBuf>,
}

/// Flags of `export credit`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct CreditArgs {
    #[command(flatten)]
    pub(in crate::cli) to: ExportArgs,
    /// 只要这一年作出的处罚决定；默认全部
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i32).range(1..=9999))]
    pub(in crate::cli) year: Option<i32>,
    /// 写受限表：证件号码等从批次取回，只供报送；须用 --out 指定只有本人能进的目录，不得在网站、exports、批次或者 git 工作目录之内
    #[arg(long, requires = "out")]
    pub(in crate::cli) restricted: bool,
    /// 数据批次所在目录；默认 drops，没有时用 data/sample/drops
    #[arg(long, value_name = "目录", requires = "restricted")]
    pub(in crate::cli) drops: Option<PathBuf>,
}

/// Flags of `export push`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct PushArgs {
    /// 与这个目录中已生成的网站逐项核对；默认为站点根目录下的 public
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) site: Option<PathBuf>,
    /// 平台回执的文件（JSON）：核对哪些确认、哪些退回、哪些不认识
    #[arg(long, value_name = "文件")]
    pub(in crate::cli) receipts: Option<PathBuf>,
    /// 送到 site.yml 的 push: url；失败的重试，送不完的留在发件箱
    #[arg(long)]
    pub(in crate::cli) deliver: bool,
}

/// Flags of `export wechat`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct WechatArgs {
    #[command(flatten)]
    pub(in crate::cli) to: ExportArgs,
    /// 这一年（处罚决定或检查结果的年份）的列表；默认今年
    #[arg(long, value_name = "年份", value_parser = clap::value_parser!(i32).range(1..=9999))]
    pub(in crate::cli) year: Option<i32>,
    /// 这一件的全文：案件编号，如 k7m3x2qd
    #[arg(long, value_name = "编号", conflicts_with = "year", value_parser = parse_id)]
    pub(in crate::cli) id: Option<CaseId>,
}

/// A period, and where its document goes.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct PeriodArgs {
    #[command(flatten)]
    pub(in crate::cli) to: ExportArgs,
    /// 从本周一起；默认从本月一日起
    #[arg(long, conflicts_with = "since")]
    pub(in crate::cli) week: bool,
    /// 从这一天起，到今天
    #[arg(long, value_name = "日期", value_parser = parse_day)]
    pub(in crate::cli) since: Option<Day>,
}

/// Flags of `export board`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct BoardArgs {
    #[command(flatten)]
    pub(in crate::cli) period: PeriodArgs,
    /// 另写一份 PDF，不用浏览器
    #[arg(long)]
    pub(in crate::cli) pdf: bool,
    /// PDF 用的字体文件；默认为 site.yml 的 placards: font，没有时用本机的中文字体
    #[arg(long, value_name = "文件", requires = "pdf")]
    pub(in crate::cli) font: Option<PathBuf>,
}

/// Flags of `export signoff`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct SignoffArgs {
    #[command(flatten)]
    pub(in crate::cli) to: ExportArgs,
    #[command(flatten)]
    pub(in crate::cli) drops: DropArgs,
}

fn parse_id(text: &str) -> Result<CaseId, String> {
    CaseId::parse(text)
        .ok_or_else(|| "案件编号是八个字母和数字 / an id is eight letters and digits".to_owned())
}
