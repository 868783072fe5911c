//! The form of `gongshi calendar`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::law::Day;

use super::parse_day;

/// Verbs of `calendar`.
#[derive(Clone, Debug, Subcommand)]
pub(in crate::cli) enum CalendarVerb {
    /// 从某日起第 N 个工作日是哪一天（当日不计）
    Due {
        /// 起算日，如 2026-02-12
        #[arg(value_parser = parse_day)]
        date: Day,
        /// 工作日数
        days: u16,
        /// 列出逐日推算
        #[arg(long)]
        explain: bool,
    },
    /// 显示一年的放假与调休
    Show {
        /// 年份
        year: i32,
    },
    /// 读入新一年的放假通知（holiday-cn 的 JSON），核对后写入站点目录，并列出因此变动的期限
    Import(ImportArgs),
}

/// Flags of `calendar import`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// holiday-cn 的 JSON 文件，如 2027.json
    pub(in crate::cli) file: PathBuf,
    /// 通知文号，如 国办发明电〔2025〕7号；可写多次
    #[arg(long, value_name = "文号")]
    pub(in crate::cli) number: Vec<String>,
    /// 该年文件已存在时替换它
    #[arg(long)]
    pub(in crate::cli) yes: bool,
}
