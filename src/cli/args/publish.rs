//! The forms of `gongshi diff`, `publish` and `verify`.

use std::path::PathBuf;

use clap::Args;

/// Which built site, and where it goes.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct SendArgs {
    /// site.yml 中 targets 的名称；只有一个目标时可以不写
    #[arg(long, value_name = "目标")]
    pub(in crate::cli) to: Option<String>,
    /// 已生成网站的目录；默认为站点根目录下的 public
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 另写一份 Markdown 摘要；可指向 $GITHUB_STEP_SUMMARY
    #[arg(long, value_name = "文件")]
    pub(in crate::cli) summary: Option<PathBuf>,
    /// 另写一份供人审阅的 HTML 报告：只含公开的文字，撤下的内容不再出现
    #[arg(long, value_name = "文件")]
    pub(in crate::cli) html: Option<PathBuf>,
    /// 确认大批撤下、变动或者明显偏小的批次；不加时以退出码 6 停下
    #[arg(long)]
    pub(in crate::cli) confirm_mass_change: bool,
}

/// Flags of `diff`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    #[command(flatten)]
    pub(in crate::cli) send: SendArgs,
    #[command(flatten)]
    pub(in crate::cli) drops: super::DropArgs,
}

/// Flags of `publish`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct PublishArgs {
    #[command(flatten)]
    pub(in crate::cli) send: SendArgs,
    #[command(flatten)]
    pub(in crate::cli) drops: super::DropArgs,
    /// 确认执行；不加时只列出将要改动的内容
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// 网站不是今天生成的，也发布
    #[arg(long)]
    pub(in crate::cli) stale_ok: bool,
    /// 退回上一个版本（目录类目标）；其后有撤下、更正的版本不能退回
    #[arg(long)]
    pub(in crate::cli) rollback: bool,
    /// 经办人或者岗位，记入发布回执；默认为本机用户名
    #[arg(long, value_name = "经办")]
    pub(in crate::cli) by: Option<String>,
}

/// Flags of `verify`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct VerifySiteArgs {
    /// 目标名称或者网址；不填则核对全部目标
    #[arg(value_name = "目标或网址")]
    pub(in crate::cli) place: Option<String>,
    /// 已生成网站的目录；默认为站点根目录下的 public
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 另写一份 Markdown 摘要；可指向 $GITHUB_STEP_SUMMARY
    #[arg(long, value_name = "文件")]
    pub(in crate::cli) summary: Option<PathBuf>,
    /// 经办人或者岗位，记入核对回执；默认为本机用户名
    #[arg(long, value_name = "经办")]
    pub(in crate::cli) by: Option<String>,
}
