//! The file that a path which leads nowhere most likely means.
//!
//! In: the path, the project's files. Out: the nearest of them as it would be typed, for a hint. Lists files only when it is
//! asked, once; never opens one.

use std::collections::HashMap;

use crate::diag::nearest;
use crate::project::{ProjectPath, World};

/// Extensions of images that can be shown.
pub(super) const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "svg"];
/// Extensions of files that can be a table.
pub(super) const TABLES: &[&str] = &["csv", "tsv", "txt"];

/// Paths for which the nearest is sought by spelling: each search looks at every name.
const MOST_SPELLED: usize = 50;

/// The project's files, listed on the first question.
pub(super) struct NearFiles<'w> {
    world: &'w dyn World,
    kinds: &'static [&'static str],
    listed: Option<Listed>,
    spelled: usize,
}

/// Files, and the first of those that are the same in each of [`likenesses`].
struct Listed {
    files: Vec<ProjectPath>,
    same: [HashMap<String, usize>; 5],
}

impl Listed {
    fn new(files: Vec<ProjectPath>) -> Self {
        let mut same: [HashMap<String, usize>; 5] = Default::default();
        for (at, file) in files.iter().enumerate() {
            for (same, likeness) in same.iter_mut().zip(likenesses(file)) {
                same.entry(likeness).or_insert(at);
            }
        }
        Self { files, same }
    }

    /// The file that is the same in the first likeness in which one is.
    fn same(&self, missing: &ProjectPath) -> Option<&ProjectPath> {
        let at = self.same.iter().zip(likenesses(missing)).find_map(|(same, likeness)| same.get(&likeness));
        at.map(|at| &self.files[*at])
    }

    /// One that is spelled much alike, first in the same folder.
    fn alike(&self, missing: &ProjectPath) -> Option<&ProjectPath> {
        let alike = |beside: bool| {
            let files = || self.files.iter().filter(|file| !beside || file.parent() == missing.parent());
            let near = nearest(missing.file_name(), files().map(ProjectPath::file_name))?;
            files().find(|file| file.file_name() == near)
        };
        alike(true).or_else(|| alike(false))
    }
}

/// A path in other letters, without its extension, and the same of its name, in the order in which they count.
fn likenesses(path: &ProjectPath) -> [String; 5] {
    let (whole, name) = (without_extension(path.as_str()), without_extension(path.file_name()));
    let dashed = name.replace([' ', '_'], "-");
    [path.as_str().to_lowercase(), whole, path.file_name().to_lowercase(), name, dashed]
}

impl<'w> NearFiles<'w> {
    /// Those with one of these extensions.
    pub(super) fn new(world: &'w dyn World, kinds: &'static [&'static str]) -> Self {
        Self { world, kinds, listed: None, spelled: 0 }
    }

    /// What stands in the place of `missing`, as typed in a draft of `folder`: the same name in other letters, with another
    /// extension, in another folder, or one that is spelled much alike.
    pub(super) fn to(&mut self, missing: &ProjectPath, folder: &ProjectPath) -> Option<String> {
        let (world, kinds) = (self.world, self.kinds);
        let listed = self.listed.get_or_insert_with(|| {
            let mut files = world.list(&ProjectPath::root()).or_else(|_| world.list(folder)).unwrap_or_default();
            files.retain(|file| is_of(file, kinds));
            Listed::new(files)
        });
        let same = listed.same(missing);
        if same.is_none() {
            self.spelled += 1;
        }
        let found = same.or_else(|| if self.spelled <= MOST_SPELLED { listed.alike(missing) } else { None });
        found.map(|file| typed(file, folder))
    }
}

/// What is said beside a missing file.
pub(super) fn hint(near: Option<String>) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "paths are read from the draft's own folder".to_owned(),
    }
}

fn is_of(file: &ProjectPath, kinds: &[&str]) -> bool {
    let extension = file.file_name().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| kinds.contains(&extension.as_str()))
}

fn without_extension(path: &str) -> String {
    let end = path.rfind('.').filter(|dot| path.rfind('/').is_none_or(|slash| slash < *dot)).unwrap_or(path.len());
    path[..end].to_lowercase()
}

/// A path as a draft of a folder names it.
fn typed(file: &ProjectPath, folder: &ProjectPath) -> String {
    let (there, here): (Vec<&str>, Vec<&str>) = (file.parts().collect(), folder.parts().collect());
    let common = there.iter().zip(&here).take_while(|(there, here)| there == here).count();
    let up = std::iter::repeat_n("..", here.len() - common);
    up.chain(there[common..].iter().copied()).collect::<Vec<_>>().join("/").replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryWorld;

    #[test]
    fn the_nearest_file_is_named_as_a_draft_would() {
        let files = ["drafts/figures/Map.png", "drafts/figures/flow of text.svg", "common/logo.webp", "drafts/a.csv"];
        let world = MemoryWorld::new(files.map(|file| (file, "")));
        let folder = ProjectPath::new("drafts").expect("a plain path");
        let mut near = NearFiles::new(&world, IMAGES);
        for (missing, expected) in [
            ("drafts/figures/map.PNG", Some("figures/Map.png")),
            ("drafts/figures/Map.jpg", Some("figures/Map.png")),
            ("drafts/map.png", Some("figures/Map.png")),
            ("images/logo.svg", Some("../common/logo.webp")),
            ("drafts/figures/flow-of-text.svg", Some("figures/flow%20of%20text.svg")),
            ("drafts/figurs/Mapp.png", Some("figures/Map.png")),
            ("drafts/a.png", None),
            ("drafts/other.png", None),
        ] {
            let missing = ProjectPath::new(missing).expect("a plain path");
            assert_eq!(near.to(&missing, &folder).as_deref(), expected, "{missing}");
        }
    }
}
