//! `[citations]`: which bibliographies and which style; their files are read here, and understood in `resolve`.

use super::load::unreadable;
use super::{CitationsConfig, Places, ProjectPath, ReadError, World, read_text};
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{FileId, Sources};

/// A bibliography is no larger than this.
const LARGEST_BIBLIOGRAPHY: u64 = 16 * 1024 * 1024;
/// A style of citations is no larger than this.
const LARGEST_STYLE: u64 = 1024 * 1024;

/// The files that citations depend on, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitationFiles {
    /// Bibliographies, in the order configured.
    pub bibliographies: Vec<FileId>,
    /// The CSL file, where the style is one.
    pub style: Option<FileId>,
}

/// Reads what `[citations]` names.
pub(super) fn read(
    world: &dyn World,
    config: &CitationsConfig,
    places: &Places,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> CitationFiles {
    let mut read = |key: &str, name: &str, limit: u64, size: &str| {
        let Ok(path) = ProjectPath::new(name) else {
            let message = format!("`{name}` is not a file of the project");
            let fault = Diagnostic::at(Code::OutsideProject, places.place(key), message);
            diagnostics.push(fault.hint("name a file beneath rapporteur.toml, with `/` between its parts"));
            return None;
        };
        match read_text(world, &path, limit, sources, diagnostics) {
            Ok(file) => Some(file),
            Err(error) => {
                let fault = unreadable(&path, &error, size);
                let fault = Diagnostic { place: places.place(key), hints: Vec::new(), ..fault };
                let near = if error == ReadError::Missing { alike(world, &path) } else { None };
                diagnostics.push(match near {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                    None => fault.hint(format!("`{key}` in rapporteur.toml names it")),
                });
                None
            }
        }
    };
    let named = config.bibliography.iter().enumerate();
    let bibliographies = named
        .filter_map(|(at, name)| read(&format!("citations.bibliography.{at}"), name, LARGEST_BIBLIOGRAPHY, "16 MiB"));
    let bibliographies = bibliographies.collect();
    let style = config.style.as_deref().filter(|style| is_file(style));
    let style = style.and_then(|style| read("citations.style", style, LARGEST_STYLE, "1 MiB"));
    CitationFiles { bibliographies, style }
}

/// The file that is most likely meant by one that is not there: of a like name anywhere in the project, else the only one of its kind.
fn alike(world: &dyn World, path: &ProjectPath) -> Option<ProjectPath> {
    let ending = |path: &ProjectPath| path.file_name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let mut there = world.list(&ProjectPath::root()).unwrap_or_default();
    there.retain(|other| ending(other).is_some() && ending(other) == ending(path));
    let same = there.iter().find(|other| other.file_name() == path.file_name());
    let near = || nearest(path.as_str(), there.iter().map(ProjectPath::as_str));
    let found = same.or_else(|| near().and_then(|near| there.iter().find(|other| other.as_str() == near)));
    let only = || there.first().filter(|only| there.len() == 1 && only.file_name().ends_with(".bib"));
    found.or_else(only).cloned()
}

/// Whether a style is named by its file.
pub(super) fn is_file(style: &str) -> bool {
    style.to_ascii_lowercase().ends_with(".csl")
}
