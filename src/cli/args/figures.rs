//! The form of `--figures`.

use std::path::PathBuf;

use clap::Args;

/// Where figures go that another program reads.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct FiguresArgs {
    /// 另把几个数字逐行写成“名称=数字”，接在文件末尾，供流水线读取；可指向 $GITHUB_OUTPUT
    #[arg(id = "figures", long = "figures", value_name = "文件")]
    pub(in crate::cli) file: Option<PathBuf>,
}
