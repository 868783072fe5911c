//! Flags of the verbs that give orders about published cases.

use std::path::PathBuf;

use clap::Args;

use crate::law::Day;

use super::{BuildArgs, DropArgs, FiguresArgs, RoleArgs, parse_day};

/// Whether something is carried out, and where.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct DoingArgs {
    /// 确认执行；不加时只列出将要改动的内容
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) drops: DropArgs,
    /// 网站输出目录
    #[arg(long, value_name = "目录")]
    pub(in crate::cli) out: Option<PathBuf>,
}

impl DoingArgs {
    /// The flags of the build that carries it out.
    pub(in crate::cli) fn build(&self) -> BuildArgs {
        BuildArgs {
            drops: self.drops.clone(),
            out: self.out.clone(),
            strict: false,
            fail_on: Vec::new(),
            key: None,
            timings: false,
            figures: FiguresArgs::default(),
            reader: RoleArgs::default(),
        }
    }
}

/// The document that orders something, and where it is carried out.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct OrderArgs {
    /// 依据文书，如 行政复议决定书 清府复〔2026〕3号
    #[arg(long, value_name = "文书")]
    pub(in crate::cli) document: String,
    /// 文书日期
    #[arg(long, value_name = "日期", value_parser = parse_day)]
    pub(in crate::cli) decided_on: Day,
    /// 生效日期；默认同文书日期
    #[arg(long, value_name = "日期", value_parser = parse_day)]
    pub(in crate::cli) effective_on: Option<Day>,
    /// 作出该文书的机关
    #[arg(long, value_name = "机关")]
    pub(in crate::cli) authority: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) doing: DoingArgs,
}

/// Flags of `takedown`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct TakedownArgs {
    /// 案件编号（网址中的 8 位）或决定书文号
    pub(in crate::cli) id: String,
    /// 事由：revoked、altered、confirmed-unlawful、confirmed-invalid、ordered-anew、published-in-error、not-to-be-disclosed、personal-information
    #[arg(long, value_name = "事由")]
    pub(in crate::cli) reason: String,
    /// 替代原决定的新决定书文号；新决定公示后，公告链接到它
    #[arg(long, value_name = "文号")]
    pub(in crate::cli) replaced_by: Option<String>,
    /// 事由为 personal-information 时须再写一遍案件编号：移除后不留公告
    #[arg(long, value_name = "编号")]
    pub(in crate::cli) confirm: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) order: OrderArgs,
}

/// Flags of `reinstate`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ReinstateArgs {
    /// 案件编号（网址中的 8 位）或决定书文号
    pub(in crate::cli) id: String,
    #[command(flatten)]
    pub(in crate::cli) order: OrderArgs,
}

/// Flags of `correct`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct CorrectArgs {
    /// 案件编号（网址中的 8 位）或决定书文号
    pub(in crate::cli) id: String,
    /// 栏目，用导出表的列名，如 违法事实、罚款金额(万元)
    #[arg(long, value_name = "栏目")]
    pub(in crate::cli) field: String,
    /// 更正后的内容；与导出的数据一样经过检查和脱敏
    #[arg(long, value_name = "内容")]
    pub(in crate::cli) to: String,
    /// 更正的事由：entry-error（录入错误）、amended（文书补正）、personal-information（隐私保护）
    #[arg(long, value_name = "事由")]
    pub(in crate::cli) reason: String,
    /// 依据文书，如 更正通知书 清城管更〔2026〕3号
    #[arg(long, value_name = "文书")]
    pub(in crate::cli) document: String,
    /// 批准人的职务，如 法制科科长，列入更正记录；不写姓名
    #[arg(long, value_name = "职务")]
    pub(in crate::cli) approved_by: Option<String>,
    /// 文书日期；默认当天
    #[arg(long, value_name = "日期", value_parser = parse_day)]
    pub(in crate::cli) decided_on: Option<Day>,
    #[command(flatten)]
    pub(in crate::cli) doing: DoingArgs,
}
