//! The form of `gongshi man`.

use std::path::PathBuf;

use clap::Args;

/// Flags of `man`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// 每条命令一页，写入这个目录；不填则打印总的一页
    #[arg(long, value_name = "目录", conflicts_with = "markdown")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 打印全部命令的一页 Markdown
    #[arg(long)]
    pub(in crate::cli) markdown: bool,
}
