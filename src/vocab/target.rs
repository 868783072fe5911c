//! Where a built site is published to: the `targets:` of `site.yml`.
//!
//! Says what a target is and refuses what is not one. Holds no credential, only where one is kept, and
//! reaches nothing.

mod entry;
mod secret;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use serde::Deserialize;

pub(crate) use secret::Secret;

/// One target of `site.yml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "entry::Entry")]
pub(crate) struct Target {
    /// How it is called on the command line and in receipts.
    pub(crate) name: String,
    /// Public address at which the result is seen; ends with `/`.
    pub(crate) url: Option<String>,
    /// From where on a change is too large to go through unasked.
    pub(crate) guard: Guard,
    /// How many files may travel at once, 1 to 32; the publisher's own choice where absent.
    pub(crate) connections: Option<u8>,
    /// The place itself.
    pub(crate) place: Destination,
}

/// The place of a target.
#[derive(Clone, Debug)]
pub(crate) enum Destination {
    /// A folder of this machine.
    Folder(FolderTarget),
    /// One archive, for a portal that imports such.
    Zip(ZipTarget),
    /// A branch of a git repository.
    Git(GitTarget),
    /// A server reached over SSH.
    Sftp(SftpTarget),
    /// A server reached over FTP.
    Ftp(FtpTarget),
    /// A server reached over WebDAV.
    Webdav(WebdavTarget),
    /// A bucket of an object store.
    Objects(ObjectTarget),
}

impl Destination {
    /// The word that `kind:` has for it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Folder(_) => "folder",
            Self::Zip(_) => "zip",
            Self::Git(_) => "git",
            Self::Sftp(_) => "sftp",
            Self::Ftp(_) => "ftp",
            Self::Webdav(_) => "webdav",
            Self::Objects(store) => store.dialect.word(),
        }
    }
}

/// From where on a change is too large to go through unasked.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Guard {
    /// Most cases that may leave or change at once.
    #[serde(default)]
    pub(crate) cases: Option<u32>,
    /// The same as a part of all cases that stand, in percent, 1 to 100.
    #[serde(default)]
    pub(crate) percent: Option<u8>,
}

/// A folder of this machine: each publication is a generation beside it, and the path is a link to one.
#[derive(Clone, Debug)]
pub(crate) struct FolderTarget {
    /// The link, from the site root or absolute.
    pub(crate) path: PathBuf,
    /// How many generations are kept, the present one included; at least 1.
    pub(crate) keep: u8,
}

/// One archive.
#[derive(Clone, Debug)]
pub(crate) struct ZipTarget {
    /// The file, from the site root or absolute.
    pub(crate) path: PathBuf,
}

/// A branch of a git repository.
#[derive(Clone, Debug)]
pub(crate) struct GitTarget {
    /// What `git push` is given: an address without a password, or a path.
    pub(crate) repository: String,
    /// The branch.
    pub(crate) branch: String,
}

/// A server reached over SSH, with a key; passwords are not used.
#[derive(Clone, Debug)]
pub(crate) struct SftpTarget {
    /// Its name or address.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// Who logs in.
    pub(crate) user: String,
    /// File of the private key, from the site root or absolute; the user's own settings where absent.
    pub(crate) key_file: Option<PathBuf>,
    /// File of the server's known key, from the site root or absolute; the user's own where absent.
    pub(crate) known_hosts: Option<PathBuf>,
    /// The folder on the server.
    pub(crate) path: String,
}

/// A server reached over FTP.
#[derive(Clone, Debug)]
pub(crate) struct FtpTarget {
    /// Its name or address.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// Whether the connection must be encrypted.
    pub(crate) tls: FtpTls,
    /// Who logs in.
    pub(crate) user: String,
    /// Where the password is kept.
    pub(crate) password: Secret,
    /// The folder on the server.
    pub(crate) path: String,
}

/// Whether an FTP connection must be encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FtpTls {
    /// It must (explicit FTPS).
    #[default]
    Required,
    /// It is not: name and password travel open, for a closed network only.
    None,
}

/// A server reached over WebDAV.
#[derive(Clone, Debug)]
pub(crate) struct WebdavTarget {
    /// Address of the folder.
    pub(crate) endpoint: String,
    /// Who logs in, and where the password is kept; nobody where the server asks for none.
    pub(crate) login: Option<(String, Secret)>,
}

/// A bucket of an object store.
#[derive(Clone, Debug)]
pub(crate) struct ObjectTarget {
    /// Which signature and which words the store understands.
    pub(crate) dialect: Dialect,
    /// Address of the service, with `https://`.
    pub(crate) endpoint: String,
    /// Region; S3 only, `us-east-1` where absent.
    pub(crate) region: String,
    /// Name of the bucket.
    pub(crate) bucket: String,
    /// What all names in the bucket begin with, as in `gongshi/`; may be empty.
    pub(crate) prefix: String,
    /// Where the id of the access key is kept.
    pub(crate) access_key: Secret,
    /// Where its secret is kept.
    pub(crate) secret_key: Secret,
    /// Where the token of a temporary key is kept (not for OBS).
    pub(crate) token: Option<Secret>,
}

/// Which object store it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Anything that speaks S3.
    S3,
    /// Aliyun OSS.
    Oss,
    /// Tencent COS.
    Cos,
    /// Huawei OBS.
    Obs,
}

impl Dialect {
    /// The word that `kind:` has for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Oss => "oss",
            Self::Cos => "cos",
            Self::Obs => "obs",
        }
    }
}
