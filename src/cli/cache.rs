//! Which cache a build has: an option, the environment or the configuration names it.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{program, secret};
use crate::cache::{Cache, FolderStore, Secret, Store};
use crate::diag::{Code, Diagnostic, Place};
use crate::project::{CacheConfig, mib};

/// What `build` takes of a cache.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct CacheArguments {
    /// Take from here what was built before, and keep what is built: a folder, `s3://bucket/prefix`, or `none`. By default
    /// what RAPPORTEUR_CACHE or `rapporteur.toml` names.
    #[arg(long, value_name = "STORE")]
    cache: Option<String>,
}

/// What a person hears of a report that was not built.
pub(super) const FROM_CACHE: &str = "from the cache";
/// Where a bucket's address begins.
const BUCKET: &str = "s3://";
/// What stands for no cache.
const NONE: &str = "none";

impl CacheArguments {
    /// The store that the command line or the environment names, a folder as an absolute path.
    pub(super) fn named(&self, here: &Path) -> Option<String> {
        let variable = || std::env::var("RAPPORTEUR_CACHE").ok().filter(|store| !store.is_empty());
        let store = self.cache.clone().or_else(variable)?;
        let is_folder = !store.starts_with(BUCKET) && store != NONE;
        Some(if is_folder { here.join(store).to_string_lossy().into_owned() } else { store })
    }

    /// The cache for a project in `root`.
    /// # Errors
    /// A warning why it cannot be used: the report is built without.
    pub(super) fn open(&self, config: &CacheConfig, root: &Path, here: &Path) -> Result<Option<Cache>, Diagnostic> {
        let Some(store) = self.named(here).or_else(|| config.store.clone()).filter(|store| store != NONE) else {
            return Ok(None);
        };
        let doubt = |Obstacle { why, way_out }: Obstacle| {
            let message = format!("the cache {store} is of no use now: {why}");
            let hint = format!("the report is whole; {way_out}");
            Diagnostic::at(Code::Environment, Place::Nowhere, message).hint(hint)
        };
        let opened = match store.starts_with(BUCKET) {
            true => bucket(&store).map(|bucket| (bucket, secret::shared())).map_err(Obstacle::from),
            false => folder(root.join(&store), mib(config.limit_mib)),
        };
        let (opened, secret) = opened.map_err(doubt)?;
        let tool = tool().map_err(|error| doubt(format!("the program cannot be read: {error}").into()))?;
        Ok(Some(Cache::new(opened, tool, secret.map(Secret::new))))
    }
}

/// Why a cache cannot be used.
struct Obstacle {
    why: String,
    /// What could be done about it.
    way_out: &'static str,
}

impl From<String> for Obstacle {
    fn from(why: String) -> Self {
        Self { why, way_out: "without a cache each build takes its full time" }
    }
}

/// A store, and what marks what is kept there.
type Opened = (Box<dyn Store>, Option<Vec<u8>>);

/// A folder is never believed without a secret: it may have come with the repository.
fn folder(place: PathBuf, limit: u64) -> Result<Opened, Obstacle> {
    let store = FolderStore::open(place, limit).map_err(|error| Obstacle {
        why: error.to_string(),
        way_out: "nothing was written there, and a folder that is empty or not there yet can be a cache",
    })?;
    let secret = secret::shared().map_or_else(secret::of_machine, Ok);
    let secret = secret.map_err(|why| Obstacle { why, way_out: "RAPPORTEUR_CACHE_SECRET can be set in its place" })?;
    Ok((Box::new(store), Some(secret)))
}

/// This build of the program, and no other.
fn tool() -> io::Result<String> {
    Ok(format!("{} {}", env!("CARGO_PKG_VERSION"), program::digest()?))
}

#[cfg(feature = "bucket")]
fn bucket(address: &str) -> Result<Box<dyn Store>, String> {
    use crate::cache::{BucketAccess, BucketStore};
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let access = BucketAccess {
        key: variable("AWS_ACCESS_KEY_ID").unwrap_or_default(),
        secret: variable("AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
        token: variable("AWS_SESSION_TOKEN"),
        region: variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")),
        endpoint: variable("AWS_ENDPOINT_URL_S3").or_else(|| variable("AWS_ENDPOINT_URL")),
        allow_http: variable("AWS_ALLOW_HTTP").is_some_and(|value| value.eq_ignore_ascii_case("true")),
    };
    let store = BucketStore::open(address, &access).map_err(|error| error.to_string())?;
    Ok(Box::new(store))
}

#[cfg(not(feature = "bucket"))]
fn bucket(_: &str) -> Result<Box<dyn Store>, String> {
    Err("this program was built without buckets (feature `bucket`)".to_owned())
}
