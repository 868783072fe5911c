//! What stops a run, and the exit codes: one table that makes help, manual and tests.

use std::fmt;
use std::path::PathBuf;

use super::{Findings, Lang};

/// Exit codes. The number is part of the interface: scripts rely on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done; for `build`: the site was written.
    Done = 0,
    /// Refused, or findings of level error.
    Refused = 1,
    /// Usage or configuration.
    Usage = 2,
    /// A statutory date is missed.
    Late = 3,
    /// Redaction pending, or a leak found: nothing was written.
    Leak = 4,
    /// A takedown is overdue.
    TakedownOverdue = 5,
    /// The mass-change guard stopped the run.
    MassChange = 6,
    /// A classification mark stopped the drop.
    SecrecyMark = 7,
    /// Internal error.
    Internal = 70,
}

impl Exit {
    /// All codes with what they mean, in Chinese and English, in order.
    pub(crate) const TABLE: [(Exit, &'static str, &'static str); 9] = [
        (Exit::Done, "完成；build 即网站已写出", "done; for build: the site was written"),
        (Exit::Refused, "已拒绝，或有错误级问题", "refused, or findings of level error"),
        (Exit::Usage, "用法或配置有误", "usage or configuration"),
        (Exit::Late, "法定期限已过", "a statutory date is missed"),
        (
            Exit::Leak,
            "脱敏未完成或发现泄露，未写出任何文件",
            "redaction pending or leak: nothing written",
        ),
        (Exit::TakedownOverdue, "撤下已逾期", "takedown overdue"),
        (Exit::MassChange, "变动过多，已停下待确认", "mass-change guard"),
        (Exit::SecrecyMark, "发现密级标志，整批停止", "classification mark: the drop is stopped"),
        (Exit::Internal, "内部错误", "internal error"),
    ];
}

/// A reason to stop. Problems of data are findings; these are not.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file of the site root or of a drop cannot be read.
    Read {
        /// Which.
        path: PathBuf,
        /// The operating system's word.
        cause: std::io::Error,
    },
    /// A file cannot be written.
    Write {
        /// Which.
        path: PathBuf,
        /// The operating system's word.
        cause: std::io::Error,
    },
    /// A rule or configuration file is broken. It holds no raw data, so its message may be shown.
    Rule {
        /// Name below the site root.
        file: String,
        /// What is wrong, with line and column where known.
        message: String,
    },
    /// A template is broken.
    Template {
        /// Template name.
        template: String,
        /// What is wrong; never a value.
        message: String,
    },
    /// A whole drop is refused; the findings say why.
    Refused(Findings),
    /// Something private stands in the output; the findings say where.
    Leak(Findings),
    /// A classification mark stands in this file of the drop. No row, no text.
    SecrecyMark {
        /// Name as shown.
        file: String,
    },
    /// The command cannot be carried out as asked.
    Usage {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// The ledger or the output folder contradicts itself.
    State {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// A defect of this program.
    Internal(String),
}

impl Failure {
    /// What was found, where that is why the run stopped.
    pub(crate) fn findings(&self) -> Option<&Findings> {
        match self {
            Self::Refused(findings) | Self::Leak(findings) => Some(findings),
            Self::Read { .. }
            | Self::Write { .. }
            | Self::Rule { .. }
            | Self::Template { .. }
            | Self::SecrecyMark { .. }
            | Self::Usage { .. }
            | Self::State { .. }
            | Self::Internal(_) => None,
        }
    }

    /// The exit code this failure ends with.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Read { .. } | Self::Rule { .. } | Self::Template { .. } | Self::Usage { .. } => {
                Exit::Usage
            }
            Self::Write { .. } | Self::Refused(_) | Self::State { .. } => Exit::Refused,
            Self::Leak(_) => Exit::Leak,
            Self::SecrecyMark { .. } => Exit::SecrecyMark,
            Self::Internal(_) => Exit::Internal,
        }
    }

    /// The sentence for the terminal. Findings that come with it are rendered apart.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Read { path, cause } => format!("无法读取 {}：{cause}", path.display()),
            Self::Write { path, cause } => format!("无法写入 {}：{cause}", path.display()),
            Self::Rule { file, message } => format!("规则文件 {file} 有误：{message}"),
            Self::Template { template, message } => format!("模板 {template} 有误：{message}"),
            Self::Refused(_) => "本批数据已整批拒绝，已公示内容未作任何改动".into(),
            Self::Leak(_) => "发现个人信息或商业秘密可能泄露，未写出任何文件".into(),
            Self::SecrecyMark { file } => format!(
                "文件 {file} 中出现国家秘密标志，整批已停止处理，内容未在任何地方显示。请立即联系本单位保密工作人员"
            ),
            Self::Usage { zh, .. } | Self::State { zh, .. } => zh.clone(),
            Self::Internal(what) => format!("内部错误：{what}"),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Read { path, cause } => format!("cannot read {}: {cause}", path.display()),
            Self::Write { path, cause } => format!("cannot write {}: {cause}", path.display()),
            Self::Rule { file, message } => format!("rule file {file}: {message}"),
            Self::Template { template, message } => format!("template {template}: {message}"),
            Self::Refused(_) => "the drop is refused; what is published stays as it was".into(),
            Self::Leak(_) => "something private would leak; nothing was written".into(),
            Self::SecrecyMark { file } => format!(
                "{file} carries a classification mark; the whole drop is stopped and nothing of it is shown. Call your secrecy officer"
            ),
            Self::Usage { en, .. } | Self::State { en, .. } => en.clone(),
            Self::Internal(what) => format!("internal error: {what}"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}
