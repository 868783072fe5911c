//! Flags of `flow`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do with flowcharts.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum FlowVerb {
    /// 把 Mermaid 流程图文本改写为 data/flow/ 下的流程图数据；不覆盖已有文件
    Import(FlowImportArgs),
}

/// Flags of `flow import`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct FlowImportArgs {
    /// Mermaid 文本文件（.mmd）
    pub(in crate::cli) file: PathBuf,
    /// 流程图编号，用于网址和文件名；默认取文件名
    #[arg(long, value_name = "编号")]
    pub(in crate::cli) id: Option<String>,
    /// 标题；默认取文件中的 title
    #[arg(long, value_name = "标题")]
    pub(in crate::cli) title: Option<String>,
}
