//! A target as it is written: one flat entry, of which each kind takes its own fields. A field that is
//! missing, or that the kind has no use for, is refused by name.

use std::path::PathBuf;

use serde::Deserialize;

use super::{
    Destination, Dialect, FolderTarget, FtpTarget, FtpTls, GitTarget, Guard, ObjectTarget, Secret,
    SftpTarget, Target, WebdavTarget, ZipTarget,
};

/// How many generations of a folder are kept where nothing is said.
const KEEP: u8 = 3;

/// Everything a target may say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    name: String,
    kind: Kind,
    url: Option<String>,
    #[serde(default)]
    guard: Guard,
    connections: Option<u8>,
    path: Option<String>,
    keep: Option<u8>,
    repository: Option<String>,
    branch: Option<String>,
    host: Option<String>,
    port: Option<u16>,
    user: Option<String>,
    key_file: Option<PathBuf>,
    known_hosts: Option<PathBuf>,
    tls: Option<FtpTls>,
    password: Option<Secret>,
    endpoint: Option<String>,
    region: Option<String>,
    bucket: Option<String>,
    prefix: Option<String>,
    access_key: Option<Secret>,
    secret_key: Option<Secret>,
    token: Option<Secret>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Folder,
    Zip,
    Git,
    Sftp,
    Ftp,
    Webdav,
    S3,
    Oss,
    Cos,
    Obs,
}

impl TryFrom<Entry> for Target {
    type Error = String;

    fn try_from(mut entry: Entry) -> Result<Self, String> {
        let name = std::mem::take(&mut entry.name);
        entry.target(&name).map_err(|wrong| format!("targets {name}: {wrong}"))
    }
}

impl Entry {
    fn target(mut self, name: &str) -> Result<Target, String> {
        named(name)?;
        let place = self.place()?;
        if let Some(field) = self.left_over() {
            return Err(format!("这一类目标没有 {field} 一项 (this kind has no field {field})"));
        }
        if self.connections.is_some_and(|n| !(1..=32).contains(&n)) {
            return Err("connections 应当为 1 至 32 (connections is 1 to 32)".into());
        }
        if self.guard.percent.is_some_and(|n| !(1..=100).contains(&n)) {
            return Err("guard 的 percent 应当为 1 至 100 (percent is 1 to 100)".into());
        }
        let url = self.url.map(|url| address("url", url)).transpose()?;
        let url = url.map(|url| format!("{}/", url.trim_end_matches('/')));
        let (guard, connections) = (self.guard, self.connections);
        Ok(Target { name: name.into(), url, guard, connections, place })
    }

    fn place(&mut self) -> Result<Destination, String> {
        Ok(match self.kind {
            Kind::Folder => Destination::Folder(FolderTarget {
                path: full("path", &mut self.path)?.into(),
                keep: self.keep.take().unwrap_or(KEEP).max(1),
            }),
            Kind::Zip => Destination::Zip(ZipTarget { path: full("path", &mut self.path)?.into() }),
            Kind::Git => Destination::Git(GitTarget {
                repository: without_password(full("repository", &mut self.repository)?)?,
                branch: full("branch", &mut self.branch)?,
            }),
            Kind::Sftp => Destination::Sftp(SftpTarget {
                host: plain("host", full("host", &mut self.host)?)?,
                port: self.port.take().unwrap_or(22),
                user: plain("user", full("user", &mut self.user)?)?,
                key_file: self.key_file.take(),
                known_hosts: self.known_hosts.take(),
                path: full("path", &mut self.path)?,
            }),
            Kind::Ftp => Destination::Ftp(FtpTarget {
                host: plain("host", full("host", &mut self.host)?)?,
                port: self.port.take().unwrap_or(21),
                tls: self.tls.take().unwrap_or_default(),
                user: full("user", &mut self.user)?,
                password: given("password", &mut self.password)?,
                path: full("path", &mut self.path)?,
            }),
            Kind::Webdav => Destination::Webdav(self.webdav()?),
            Kind::S3 => Destination::Objects(self.objects(Dialect::S3)?),
            Kind::Oss => Destination::Objects(self.objects(Dialect::Oss)?),
            Kind::Cos => Destination::Objects(self.objects(Dialect::Cos)?),
            Kind::Obs => Destination::Objects(self.objects(Dialect::Obs)?),
        })
    }

    fn webdav(&mut self) -> Result<WebdavTarget, String> {
        let endpoint = address("endpoint", full("endpoint", &mut self.endpoint)?)?;
        let login = match self.user.take() {
            Some(user) => Some((user, given("password", &mut self.password)?)),
            None => None,
        };
        Ok(WebdavTarget { endpoint, login })
    }

    fn objects(&mut self, dialect: Dialect) -> Result<ObjectTarget, String> {
        let (region, token) = match dialect {
            Dialect::S3 => (self.region.take(), self.token.take()),
            Dialect::Oss | Dialect::Cos => (None, self.token.take()),
            Dialect::Obs => (None, None),
        };
        let prefix = self.prefix.take().unwrap_or_default();
        let prefix = prefix.trim_matches('/');
        Ok(ObjectTarget {
            dialect,
            endpoint: address("endpoint", full("endpoint", &mut self.endpoint)?)?,
            region: region.unwrap_or_else(|| "us-east-1".into()),
            bucket: plain("bucket", full("bucket", &mut self.bucket)?)?,
            prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
            access_key: given("access_key", &mut self.access_key)?,
            secret_key: given("secret_key", &mut self.secret_key)?,
            token,
        })
    }

    /// The first field that the kind did not take.
    fn left_over(&self) -> Option<&'static str> {
        let fields = [
            ("path", self.path.is_some()),
            ("keep", self.keep.is_some()),
            ("repository", self.repository.is_some()),
            ("branch", self.branch.is_some()),
            ("host", self.host.is_some()),
            ("port", self.port.is_some()),
            ("user", self.user.is_some()),
            ("key_file", self.key_file.is_some()),
            ("known_hosts", self.known_hosts.is_some()),
            ("tls", self.tls.is_some()),
            ("password", self.password.is_some()),
            ("endpoint", self.endpoint.is_some()),
            ("region", self.region.is_some()),
            ("bucket", self.bucket.is_some()),
            ("prefix", self.prefix.is_some()),
            ("access_key", self.access_key.is_some()),
            ("secret_key", self.secret_key.is_some()),
            ("token", self.token.is_some()),
        ];
        fields.into_iter().find(|(_, there)| *there).map(|(field, _)| field)
    }
}

fn given<T>(field: &str, value: &mut Option<T>) -> Result<T, String> {
    value.take().ok_or_else(|| format!("缺少 {field} 一项 (field {field} is missing)"))
}

/// A text that says something.
fn full(field: &str, value: &mut Option<String>) -> Result<String, String> {
    let text = given(field, value)?;
    match text.trim().is_empty() {
        true => Err(format!("{field} 一项是空的 (field {field} is empty)")),
        false => Ok(text),
    }
}

/// A name that goes to other programs as one word: no sign of theirs, and not taken for an option.
fn plain(field: &str, text: String) -> Result<String, String> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "@/\\?#".contains(c);
    match text.starts_with('-') || text.contains(odd) {
        true => {
            Err(format!("{field} 一项含有不应有的字符 (field {field} has a sign it must not have)"))
        }
        false => Ok(text),
    }
}

/// The name of a target stands in file names and on the command line.
fn named(name: &str) -> Result<(), String> {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    match !name.is_empty() && !name.starts_with('-') && name.chars().all(fits) {
        true => Ok(()),
        false => Err("name 只用文字、数字、- 和 _ (name has letters, digits, - and _ only)".into()),
    }
}

/// An address without name, password, query or fragment.
fn address(field: &str, text: String) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let odd = |c: char| c.is_whitespace() || c.is_control() || "@?#".contains(c);
    match rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(odd))
    {
        true => Ok(text),
        false => Err(format!(
            "{field} 应当形如 https://www.example.gov.cn/gongshi/，不带用户名和口令 ({field} is an address such as https://www.example.gov.cn/gongshi/, without name or password)"
        )),
    }
}

/// What git is given: a password in it would stand in its logs.
fn without_password(repository: String) -> Result<String, String> {
    let address = repository.split_once("://");
    let secret = address.is_some_and(|(scheme, rest)| {
        let authority = rest.split('/').next().unwrap_or_default();
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        // Over HTTP a user may be a token; over SSH it is a login, which says nothing without its key.
        user.is_some_and(|user| scheme.starts_with("http") || user.contains(':'))
    });
    match secret || repository.starts_with('-') {
        true => Err("repository 不带口令 (repository carries no password)".into()),
        false => Ok(repository),
    }
}
