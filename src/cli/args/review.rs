//! The form of `gongshi review`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

use super::DropArgs;

/// Flags of `review`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ReviewArgs {
    #[command(subcommand)]
    pub(in crate::cli) what: Option<ReviewVerb>,
    /// 逐处显示原文片段；只在终端上显示，不能重定向到文件
    #[arg(long, group = "task")]
    pub(in crate::cli) show: bool,
    /// 把队列导出为表格，供法制机构填写；表中没有原文
    #[arg(long, value_name = "文件", group = "task")]
    pub(in crate::cli) export: Option<PathBuf>,
    /// 读入填好的表格；有一行不对就一行也不记
    #[arg(long, value_name = "文件", group = "task")]
    pub(in crate::cli) import: Option<PathBuf>,
    /// 删去已失效的决定（记录已变更或不在批次中）
    #[arg(long, group = "task")]
    pub(in crate::cli) prune: bool,
    #[command(flatten)]
    pub(in crate::cli) drops: DropArgs,
}

/// Verbs of `review`.
#[derive(Clone, Debug, Subcommand)]
pub(in crate::cli) enum ReviewVerb {
    /// 记录一处的决定，写入 data/review.yml；只记位置与职务，不记原文
    Decide(DecideArgs),
}

/// Flags of `review decide`.
#[derive(Clone, Debug, Args)]
#[command(group(ArgGroup::new("decision").required(true).args(["keep", "redact"])))]
pub(in crate::cli) struct DecideArgs {
    /// 队列中的序号
    pub(in crate::cli) number: usize,
    /// 可以公开，保留
    #[arg(long)]
    pub(in crate::cli) keep: bool,
    /// 不得公开，删除
    #[arg(long)]
    pub(in crate::cli) redact: bool,
    /// 同时把这处原文写入 data/dictionary.yml 的保留词，今后不再询问；只有这样才会把记录中的字句写入文件
    #[arg(long, conflicts_with = "redact")]
    pub(in crate::cli) add_keep: bool,
    /// 同时把这处原文写入 data/dictionary.yml 的删除词，今后一律删除；只有这样才会把记录中的字句写入文件
    #[arg(long, conflicts_with = "keep")]
    pub(in crate::cli) add_redact: bool,
    /// 复核人的职务，如 法制科科长；不写姓名
    #[arg(long, value_name = "职务")]
    pub(in crate::cli) role: String,
    /// 理由代码，小写字母与连字符，如 public-serial
    #[arg(long, value_name = "代码")]
    pub(in crate::cli) reason: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) drops: DropArgs,
}
