//! The form of `gongshi due`.

use std::path::PathBuf;

use clap::Args;

use super::{DropArgs, RoleArgs, SummaryArgs};

/// Flags of `due`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct DueArgs {
    #[command(flatten)]
    pub(in crate::cli) drops: DropArgs,
    /// 只看这么多个工作日之内到期的
    #[arg(long, value_name = "天数")]
    pub(in crate::cli) within: Option<u32>,
    /// 逐日列出期限的推算：每个工作日、调休、放假通知文号
    #[arg(long)]
    pub(in crate::cli) explain: bool,
    /// 另写一份日历文件（iCalendar），可导入手机或办公日历
    #[arg(long, value_name = "文件")]
    pub(in crate::cli) ics: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) summary: SummaryArgs,
    #[command(flatten)]
    pub(in crate::cli) reader: RoleArgs,
}
