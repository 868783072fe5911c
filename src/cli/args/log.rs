//! The form of `gongshi log`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Verbs of `log`.
#[derive(Clone, Debug, Subcommand)]
pub(in super::super) enum LogVerb {
    /// 校验台账日志的每一行；给出目录或网址时校验网站（或其副本）的公示日志
    Verify(VerifyArgs),
    /// 生成公示日志的签名密钥；文件已存在时拒绝
    Keygen {
        /// 密钥文件，仅本人可读
        file: PathBuf,
    },
    /// 证明一件案件的事件记在公示日志里，每个事件一行 JSON
    Inclusion {
        /// 案件编号（网址中的 8 位）
        id: String,
        /// 网站目录或网址；默认为站点根目录下的 public
        site: Option<String>,
    },
    /// 证明旧检查点的日志是新检查点日志的开头部分
    Consistency {
        /// 旧检查点文件
        old: PathBuf,
        /// 新检查点文件
        new: PathBuf,
        /// 网站目录或网址；默认为站点根目录下的 public
        site: Option<String>,
        /// 公钥文件；给出时两个检查点都须由它签名
        #[arg(long, value_name = "文件")]
        pubkey: Option<PathBuf>,
    },
    /// 修复末行被截断的台账日志：保留损坏文件的副本，修复本身记入日志
    Repair {
        /// 确认执行；不加时只列出将要改动的内容
        #[arg(long)]
        yes: bool,
    },
}

/// Flags of `log verify`.
#[derive(Clone, Debug, Args)]
pub(in super::super) struct VerifyArgs {
    /// 网站目录（如 public）或网址；不填则校验台账日志
    pub(in super::super) site: Option<String>,
    /// 公钥文件，应取自网站以外的可靠来源；不填则用网站自带的公钥
    #[arg(long, value_name = "文件")]
    pub(in super::super) pubkey: Option<PathBuf>,
    /// 校验 log inclusion 写出的证明文件
    #[arg(long, value_name = "文件", conflicts_with = "site")]
    pub(in super::super) proof: Option<PathBuf>,
}
