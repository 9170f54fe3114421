use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::load::LARGEST_CONFIG;
use super::{CONFIG_FILE, DraftsConfig, OutputConfig, ProjectPath, World};

/// A project on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Its root, absolute.
    pub root: PathBuf,
    /// How it is known to be one.
    pub entry: Entry,
}

/// What makes a folder a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// `rapporteur.toml` lies in it.
    Configuration,
    /// The same, and what is meant is its translation into this language (BCP 47).
    Translation(String),
    /// It has a folder `drafts/`.
    Drafts,
    /// Its `*.md` are the drafts.
    Folder,
    /// One draft is all there is.
    File(ProjectPath),
}

/// Why nothing can be built from a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocateError {
    /// There is nothing at this path.
    Missing(PathBuf),
    /// It is a file, but not Markdown.
    NotMarkdown(PathBuf),
    /// It cannot be looked at, in the system's words.
    Unreadable(PathBuf, String),
}

impl fmt::Display for LocateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{} does not exist", path.display()),
            Self::NotMarkdown(path) => write!(f, "{} is neither a folder nor a `.md` file", path.display()),
            Self::Unreadable(path, why) => write!(f, "{} cannot be read: {why}", path.display()),
        }
    }
}

impl std::error::Error for LocateError {}

/// Where someone starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<'a> {
    /// The folder they are in: any `rapporteur.toml` above speaks for it.
    Here(&'a Path),
    /// A folder or file that they named: a `rapporteur.toml` above speaks for it only if it lies
    /// among that project's drafts or holds nothing to build itself.
    Named(&'a Path),
}

/// Finds the project: `rapporteur.toml` by walking up, else a folder with `drafts/`, else a folder
/// of `*.md`, else one `.md` file.
/// # Errors
/// If there is nothing of the kind. An empty folder is a project: loading it says that it has no drafts.
pub fn locate(start: Start<'_>) -> Result<Location, LocateError> {
    let (Start::Here(path) | Start::Named(path)) = start;
    let real = path.canonicalize().map_err(|error| {
        if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) {
            LocateError::Missing(path.to_owned())
        } else {
            LocateError::Unreadable(path.to_owned(), error.to_string())
        }
    })?;
    let folder = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(&real) };
    let configured = folder.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file());
    let own = own_project(path, &real);
    let speaks = |root: &Path| match start {
        Start::Here(_) => true,
        Start::Named(_) => {
            real == root
                || real == root.join(CONFIG_FILE)
                || real.starts_with(drafts_folder(root))
                || own.as_ref().is_ok_and(|own| own.entry == Entry::Folder && !holds_markdown(&own.root))
        }
    };
    match configured {
        Some(root) if speaks(root) => Ok(Location { root: root.to_owned(), entry: Entry::Configuration }),
        _ => own,
    }
}

/// What a path is without looking above it.
fn own_project(named: &Path, real: &Path) -> Result<Location, LocateError> {
    if real.is_dir() {
        let entry = if real.join(DraftsConfig::default().folder).is_dir() { Entry::Drafts } else { Entry::Folder };
        return Ok(Location { root: real.to_owned(), entry });
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    match (super::is_markdown(&name), ProjectPath::new(&name), real.parent()) {
        (true, Ok(path), Some(folder)) => Ok(Location { root: folder.to_owned(), entry: Entry::File(path) }),
        _ => Err(LocateError::NotMarkdown(named.to_owned())),
    }
}

fn holds_markdown(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| super::is_markdown(&entry.file_name().to_string_lossy()))
}

fn drafts_folder(root: &Path) -> PathBuf {
    configured_folder(root, "drafts", DraftsConfig::default().folder)
}

/// The folder that a build of the project in `root` writes to, unless it is told otherwise.
pub fn output_folder(root: &Path) -> PathBuf {
    configured_folder(root, "output", OutputConfig::default().folder)
}

/// The folder that a build of a project writes to, beneath its root; `None` where that is the root itself or the configuration cannot be read.
pub fn output_folder_of(world: &dyn World) -> Option<ProjectPath> {
    let config = world.read(&ProjectPath::root().child(CONFIG_FILE), LARGEST_CONFIG).unwrap_or_default();
    let configured = folder_in(&String::from_utf8_lossy(&config), "output");
    let folder = configured.or_else(|| ProjectPath::new(&OutputConfig::default().folder).ok());
    folder.filter(|folder| folder.parts().next().is_some())
}

/// The folder of a section of the configuration in `root`; where that cannot be read, the default:
/// loading says why.
fn configured_folder(root: &Path, section: &str, default: String) -> PathBuf {
    let text = std::fs::read_to_string(root.join(CONFIG_FILE)).unwrap_or_default();
    let folder = folder_in(&text, section).map_or(default, |folder| folder.as_str().to_owned());
    let folder = root.join(folder);
    folder.canonicalize().unwrap_or(folder)
}

fn folder_in(config: &str, section: &str) -> Option<ProjectPath> {
    let table = config.parse::<toml::Table>().ok()?;
    ProjectPath::new(table.get(section)?.get("folder")?.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `path` is named from a tree; expected is the root (beneath the tree) and the entry.
    #[test]
    fn a_project_is_found() {
        let tree = tempfile::tempdir().expect("a temporary folder");
        let tree = tree.path().canonicalize().expect("it is there");
        for name in [
            "conf/rapporteur.toml",
            "conf/drafts/a.md",
            "conf/src/deep/x.txt",
            "conf/fixtures/one.md",
            "conf/fixtures/other/drafts/b.md",
            "plain/drafts/a.md",
            "flat/a.md",
            "empty/x.txt",
        ] {
            let file = tree.join(name);
            std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("folders");
            std::fs::write(file, "").expect("a file");
        }
        let file = |name| Entry::File(ProjectPath::new(name).expect("a name"));
        for (path, root, entry) in [
            ("conf", "conf", Entry::Configuration),
            ("conf/rapporteur.toml", "conf", Entry::Configuration),
            ("conf/drafts", "conf", Entry::Configuration),
            ("conf/drafts/a.md", "conf", Entry::Configuration),
            ("conf/src/deep", "conf", Entry::Configuration),
            ("conf/fixtures", "conf/fixtures", Entry::Folder),
            ("conf/fixtures/one.md", "conf/fixtures", file("one.md")),
            ("conf/fixtures/other", "conf/fixtures/other", Entry::Drafts),
            ("plain", "plain", Entry::Drafts),
            ("flat", "flat", Entry::Folder),
            ("flat/a.md", "flat", file("a.md")),
            ("empty", "empty", Entry::Folder),
        ] {
            let found = locate(Start::Named(&tree.join(path)));
            assert_eq!(found, Ok(Location { root: tree.join(root), entry }), "{path}");
        }
        let here = locate(Start::Here(&tree.join("conf/fixtures")));
        assert_eq!(here, Ok(Location { root: tree.join("conf"), entry: Entry::Configuration }));
        assert!(matches!(locate(Start::Named(&tree.join("none"))), Err(LocateError::Missing(_))));
        assert!(matches!(locate(Start::Named(&tree.join("empty/x.txt"))), Err(LocateError::NotMarkdown(_))));
    }
}
