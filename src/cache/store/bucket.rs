//! Entries as objects of a bucket: S3 and what speaks like it. The only place that knows of the network.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, Error, ObjectStoreExt as _, RetryConfig};

use super::{LARGEST, Store, StoreError};

/// How long a server has for its first answer, and for a whole one.
const CONNECTING: Duration = Duration::from_secs(5);
const ANSWERING: Duration = Duration::from_secs(60);
/// How long a request that failed is tried again.
const RETRYING: Duration = Duration::from_secs(10);

/// What leads into a bucket, as the `AWS_*` variables have it.
#[derive(Clone, Default)]
pub struct BucketAccess {
    /// `AWS_ACCESS_KEY_ID`.
    pub key: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret: String,
    /// `AWS_SESSION_TOKEN`.
    pub token: Option<String>,
    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`.
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL`: a server other than Amazon's.
    pub endpoint: Option<String>,
    /// `AWS_ALLOW_HTTP`: without encryption to another machine than this.
    pub allow_http: bool,
}

impl std::fmt::Debug for BucketAccess {
    /// Without what must not be shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BucketAccess")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// A bucket, and what the names of entries begin with there. What is too old in it is for the bucket's own rules of
/// expiry to remove.
pub struct BucketStore {
    name: String,
    bucket: AmazonS3,
    prefix: Path,
    runtime: Mutex<tokio::runtime::Runtime>,
}

impl BucketStore {
    /// From `s3://bucket/prefix`.
    /// # Errors
    /// Why that is no bucket, or cannot be used.
    pub fn open(address: &str, access: &BucketAccess) -> Result<Self, StoreError> {
        let rest =
            address.strip_prefix("s3://").ok_or_else(|| StoreError("its address begins with `s3://`".to_owned()))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(StoreError("its address is `s3://bucket/prefix`".to_owned()));
        }
        if access.key.is_empty() || access.secret.is_empty() {
            return Err(StoreError("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set".to_owned()));
        }
        let endpoint = access.endpoint.as_deref().map(|endpoint| endpoint.trim_end_matches('/'));
        let plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
        if plain && !access.allow_http && !endpoint.is_some_and(is_own) {
            let why = "AWS_ENDPOINT_URL is not encrypted (`http`) and leads to another machine; AWS_ALLOW_HTTP=true allows it";
            return Err(StoreError(why.to_owned()));
        }
        // Where the program has one already, that one stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let failed = |error: &dyn std::fmt::Display| StoreError(error.to_string());
        let client =
            ClientOptions::new().with_connect_timeout(CONNECTING).with_timeout(ANSWERING).with_allow_http(plain);
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: 2, retry_timeout: RETRYING };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(access.region.as_deref().unwrap_or("us-east-1"))
            .with_access_key_id(&access.key)
            .with_secret_access_key(&access.secret)
            .with_client_options(client)
            .with_retry(retry)
            .with_virtual_hosted_style_request(endpoint.is_none());
        if let Some(token) = &access.token {
            builder = builder.with_token(token);
        }
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(plain);
        }
        let bucket = builder.build().map_err(|error| failed(&error))?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
        let prefix = Path::parse(prefix).map_err(|error| failed(&error))?;
        Ok(Self { name: address.to_owned(), bucket, prefix, runtime: Mutex::new(runtime) })
    }

    fn place(&self, name: &str) -> Path {
        name.split('/').fold(self.prefix.clone(), |path, part| path.join(part))
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        self.runtime.lock().unwrap_or_else(PoisonError::into_inner).block_on(work)
    }
}

/// Whether an address leads to this machine.
fn is_own(endpoint: &str) -> bool {
    let host = endpoint.trim_start_matches("http://").split('/').next().unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The innermost reason, on one line: what is around it repeats it.
fn reason(error: &Error) -> StoreError {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let why = innermost.to_string();
    StoreError(why.split_whitespace().take(40).collect::<Vec<_>>().join(" "))
}

impl Store for BucketStore {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let place = self.place(name);
        let read = async {
            let found = self.bucket.get(&place).await?;
            if found.meta.size > LARGEST {
                return Ok(Vec::new());
            }
            found.bytes().await.map(|bytes| bytes.to_vec())
        };
        match self.wait(read) {
            Ok(bytes) => Ok(Some(bytes)),
            // Who may not list a bucket is told that a missing object is forbidden (GetObject, Amazon S3 API Reference). Who
            // may not read at all hears of it at the latest when something is kept.
            Err(Error::NotFound { .. } | Error::PermissionDenied { .. }) => Ok(None),
            Err(error) => Err(reason(&error)),
        }
    }

    fn put(&self, entries: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        for (name, bytes) in entries {
            let place = self.place(name);
            let written = self.wait(async { self.bucket.put(&place, bytes.clone().into()).await });
            written.map_err(|error| reason(&error))?;
        }
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        let place = self.place(name);
        self.wait(async { self.bucket.delete(&place).await }).map_err(|error| reason(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_used_is_opened() {
        let key = BucketAccess { key: "k".to_owned(), secret: "s".to_owned(), ..BucketAccess::default() };
        let at = |endpoint: &str| BucketAccess { endpoint: Some(endpoint.to_owned()), ..key.clone() };
        let why = |address: &str, access: &BucketAccess| BucketStore::open(address, access).err().map(|error| error.0);
        assert_eq!(why("s3://reports/cache", &key), None);
        assert_eq!(why("s3://reports", &at("http://127.0.0.1:9000/")), None);
        assert_eq!(why("s3://reports", &at("http://[::1]:9000")), None);
        assert!(why("s3:///x", &key).is_some_and(|why| why.contains("s3://bucket/prefix")));
        assert!(why("s3://reports", &BucketAccess::default()).is_some_and(|why| why.contains("AWS_ACCESS_KEY_ID")));
        for other in ["http://minio.example:9000", "http://127.0.0.1.example.org", "http://localhost@evil.example"] {
            assert!(why("s3://reports", &at(other)).is_some_and(|why| why.contains("not encrypted")), "{other}");
        }
        let told = BucketAccess { allow_http: true, ..at("http://minio.example:9000") };
        assert_eq!(why("s3://reports", &told), None);
        let hidden = BucketAccess { secret: "hidden".to_owned(), ..key };
        assert!(!format!("{hidden:?}").contains("hidden"));
    }
    /// A bucket that forbids everything, as one does that may not be listed and has no such object.
    #[test]
    fn what_is_forbidden_is_not_there_and_cannot_be_kept() {
        use std::io::{Read as _, Write as _};
        let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let endpoint = format!("http://{}", server.local_addr().expect("it has an address"));
        std::thread::spawn(move || {
            for client in server.incoming() {
                let mut client = client.expect("a client");
                let _ = client.read(&mut [0; 4096]);
                let answer = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                client.write_all(answer.as_bytes()).expect("it is read");
            }
        });
        let access = BucketAccess {
            key: "k".to_owned(),
            secret: "s".to_owned(),
            endpoint: Some(endpoint),
            ..BucketAccess::default()
        };
        let store = BucketStore::open("s3://reports/cache", &access).expect("it can be used");
        assert_eq!(store.get("v1/aa/1"), Ok(None));
        assert!(store.put(&[("v1/aa/1".to_owned(), b"x".to_vec())]).is_err());
    }
}
