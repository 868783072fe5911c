//! The form of `--for`.

use clap::{Args, ValueEnum};

use crate::law::Role;

/// For whom a report is.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(in crate::cli) struct RoleArgs {
    /// 只列这个岗位要处理的：clerk 案件管理员、legal 法制机构、webmaster 网站管理员；退出码不变
    #[arg(long = "for", value_name = "岗位")]
    role: Option<RoleArg>,
}

/// Roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RoleArg {
    /// 案件管理员
    Clerk,
    /// 法制机构
    Legal,
    /// 网站管理员
    Webmaster,
}

impl RoleArgs {
    /// The role asked for; none is all of them.
    pub(in crate::cli) fn role(self) -> Option<Role> {
        self.role.map(|role| match role {
            RoleArg::Clerk => Role::Clerk,
            RoleArg::Legal => Role::Legal,
            RoleArg::Webmaster => Role::Webmaster,
        })
    }
}
