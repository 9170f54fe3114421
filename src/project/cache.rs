use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where finished reports are kept, so that what was built once is not built again.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CacheConfig {
    /// A folder beneath this file, or a bucket: `s3://bucket/prefix`; none by default.
    pub store: Option<String>,
    /// How large a folder may grow, in MiB: beyond that, the oldest go.
    pub limit_mib: u32,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self { store: None, limit_mib: 1024 }
    }
}
