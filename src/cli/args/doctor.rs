//! The form of `gongshi doctor`.

use std::path::PathBuf;

use clap::Args;

/// Flags of `doctor`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct DoctorArgs {
    /// 网站输出目录；默认为站点根目录下的 public
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 只查台账和网站是否完好，不查上线事项
    #[arg(long)]
    pub(in crate::cli) no_launch: bool,
    /// 写完或者丢弃中断的提交，移除运行留下的临时文件；不改日志
    #[arg(long)]
    pub(in crate::cli) repair: bool,
    /// 确认执行；不加时只列出将要改动的内容
    #[arg(long, requires = "repair")]
    pub(in crate::cli) yes: bool,
}
