//! A bucket of an object store: S3 and what speaks it, Aliyun OSS, Tencent COS, Huawei OBS. Writing is
//! atomic there and there are no folders, so this is a store by itself.

use opendal::options::WriteOptions;
use opendal::services::{Cos, Obs, Oss, S3};
use opendal::{ErrorKind, Operator};
use tokio::runtime::Runtime;

use super::transport::{Line, trouble};
use super::{runtime, unusable};
use crate::diag::Failure;
use crate::publish::media;
use crate::publish::store::{Store, Trouble};
use crate::vocab::{Dialect, ObjectTarget};

/// What requests are signed with. It cannot be printed.
pub(super) struct Keys {
    /// Id of the access key.
    pub(super) id: String,
    /// Its secret.
    pub(super) secret: String,
    /// Token of a temporary key.
    pub(super) token: Option<String>,
}

/// A bucket.
pub(super) struct Objects {
    operator: Operator,
    runtime: Runtime,
    /// What names are shown behind.
    address: String,
}

impl Objects {
    /// # Errors
    /// The target's address is none.
    pub(super) fn new(target: &ObjectTarget, keys: &Keys, line: Line) -> Result<Self, Failure> {
        let operator = operator(target, keys).map_err(|_| unusable(&target.endpoint))?;
        Ok(Self {
            operator: line.carry(operator),
            runtime: runtime()?,
            address: format!("{}://{}/{}", target.dialect.word(), target.bucket, target.prefix),
        })
    }
}

/// No key is looked for anywhere but in the target.
fn operator(target: &ObjectTarget, keys: &Keys) -> opendal::Result<Operator> {
    let root = format!("/{}", target.prefix);
    let token = keys.token.as_deref().unwrap_or_default();
    let (endpoint, bucket) = (target.endpoint.as_str(), target.bucket.as_str());
    match target.dialect {
        Dialect::S3 => Operator::new(
            S3::default()
                .root(&root)
                .bucket(bucket)
                .endpoint(endpoint)
                .region(&target.region)
                .access_key_id(&keys.id)
                .secret_access_key(&keys.secret)
                .session_token(token)
                .disable_config_load()
                .disable_ec2_metadata(),
        ),
        Dialect::Oss => Operator::new(
            Oss::default()
                .root(&root)
                .bucket(bucket)
                .endpoint(endpoint)
                .access_key_id(&keys.id)
                .access_key_secret(&keys.secret)
                .security_token(token),
        ),
        Dialect::Cos => Operator::new(
            Cos::default()
                .root(&root)
                .bucket(bucket)
                .endpoint(endpoint)
                .secret_id(&keys.id)
                .secret_key(&keys.secret)
                .security_token(token)
                .disable_config_load(),
        ),
        Dialect::Obs => Operator::new(
            Obs::default()
                .root(&root)
                .bucket(bucket)
                .endpoint(endpoint)
                .access_key_id(&keys.id)
                .secret_access_key(&keys.secret),
        ),
    }
}

impl Store for Objects {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        match self.runtime.block_on(self.operator.read(name)) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(trouble(&self.shown(name), &error)),
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let options = WriteOptions {
            content_type: Some(media::content_type(name).to_owned()),
            cache_control: Some(media::cache_control(name).to_owned()),
            ..WriteOptions::default()
        };
        let written = self.operator.write_options(name, bytes.to_vec(), options);
        let written = self.runtime.block_on(written);
        written.map(|_| ()).map_err(|error| trouble(&self.shown(name), &error))
    }

    fn delete(&self, name: &str) -> Result<(), Trouble> {
        match self.runtime.block_on(self.operator.delete(name)) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(trouble(&self.shown(name), &error)),
        }
    }

    fn list(&self) -> Result<Vec<String>, Trouble> {
        let all = async { self.operator.list_with("").recursive(true).await };
        let all = self.runtime.block_on(all).map_err(|error| trouble(&self.shown(""), &error))?;
        let mut names: Vec<String> = all
            .into_iter()
            .filter(|entry| entry.metadata().is_file())
            .map(|entry| entry.path().to_owned())
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    fn shown(&self, name: &str) -> String {
        format!("{}{name}", self.address)
    }
}
