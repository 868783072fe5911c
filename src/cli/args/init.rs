//! The form of `gongshi init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Flags of `init`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct InitArgs {
    /// 新站点的目录；只加流水线文件（--ci）时可以是已有的站点
    pub(in crate::cli) dir: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) facts: FactArgs,
    /// 另写出流水线文件：github、gitlab，或者 shell（Gitee Go、cron、systemd、容器）；不覆盖已有文件
    #[arg(long, value_name = "平台")]
    pub(in crate::cli) ci: Option<CiArg>,
    /// 不询问，直接写出
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
}

/// What a new site knows of the bureau. All of it is public.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct FactArgs {
    /// 执法机关全称
    #[arg(long, value_name = "名称")]
    pub(in crate::cli) name: Option<String>,
    /// 所在区县，如 某省甲市乙区；默认从全称中取
    #[arg(long, value_name = "区县")]
    pub(in crate::cli) district: Option<String>,
    /// 地方包，如 chongqing、zhejiang
    #[arg(long, value_name = "名称")]
    pub(in crate::cli) region: Option<String>,
    /// 统一社会信用代码
    #[arg(long, value_name = "代码")]
    pub(in crate::cli) credit_code: Option<String>,
    /// 网站标识码，10 位数字
    #[arg(long, value_name = "标识码")]
    pub(in crate::cli) site_code: Option<String>,
    /// 网站上线后的地址，以 https:// 开头、以 / 结尾
    #[arg(long, value_name = "网址")]
    pub(in crate::cli) base_url: Option<String>,
    /// 办公地址
    #[arg(long, value_name = "地址")]
    pub(in crate::cli) address: Option<String>,
    /// 联系电话
    #[arg(long, value_name = "电话")]
    pub(in crate::cli) telephone: Option<String>,
    /// 投诉举报电话
    #[arg(long, value_name = "电话")]
    pub(in crate::cli) complaint_telephone: Option<String>,
    /// 行政复议机关
    #[arg(long, value_name = "机关")]
    pub(in crate::cli) reconsideration_organ: Option<String>,
    /// 有管辖权的人民法院
    #[arg(long, value_name = "法院")]
    pub(in crate::cli) court: Option<String>,
    /// ICP 备案号
    #[arg(long, value_name = "备案号")]
    pub(in crate::cli) icp: Option<String>,
}

/// Where a pipeline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CiArg {
    /// GitHub，自有运行机
    Github,
    /// GitLab，自有运行机
    Gitlab,
    /// 任何能运行 shell 的系统
    Shell,
}
