//! What a type cannot say about `[cache]`.

use super::Check;
use crate::project::{Config, ProjectPath};

impl Check<'_> {
    /// A folder of its own: what is in it goes when it is full.
    pub(super) fn cache(&mut self, config: &mut Config) {
        let Some(store) = config.cache.store.clone().filter(|store| !store.starts_with("s3://")) else { return };
        let folder = |name: &str| ProjectPath::new(name).unwrap_or_else(|_| ProjectPath::root());
        let mut others: Vec<ProjectPath> = config.translation_folders().map(|(_, folder)| folder).collect();
        others.extend([folder(&config.drafts.folder), folder(&config.output.folder)]);
        match ProjectPath::new(&store) {
            Ok(path) if others.iter().all(|other| !other.is_beneath(&path)) => {
                config.cache.store = Some(path.as_str().to_owned());
            }
            Ok(_) | Err(_) => {
                let hint = "a folder beneath rapporteur.toml that holds nothing else, such as `.cache`, or \
                            `s3://bucket/prefix`; `--cache` takes any folder";
                self.fault("cache.store", format!("`{store}` cannot be a cache"), hint);
                config.cache.store = None;
            }
        }
    }
}
