//! The form of `gongshi due`.

use std::path::PathBuf;

use clap::Args;

use super::{DropArgs, FiguresArgs, RoleArgs, SummaryArgs};

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
    /// 只写案件编号和日期，不写文号和姓名，可以贴到工单里；未曾公示的案件没有编号
    #[arg(long)]
    pub(in crate::cli) ids_only: bool,
    #[command(flatten)]
    pub(in crate::cli) figures: FiguresArgs,
    #[command(flatten)]
    pub(in crate::cli) summary: SummaryArgs,
    #[command(flatten)]
    pub(in crate::cli) reader: RoleArgs,
}
