//! The drafts that the program writes into a report (what has changed since a version, its history), kept from one build
//! to the next: to compare versions may take longer than all the rest, so an edit is shown with the last ones first.
//!
//! In: a project before and after they were added. Out: the same drafts for another state of it. Never compares.

use std::sync::Arc;

use crate::project::{Draft, Project, ProjectPath};
use crate::source::{SourceFile, Sources};

/// What was added to a project.
pub(super) struct Appended {
    /// The files that it tells of.
    of: Sources,
    drafts: Vec<(Place, ProjectPath, Arc<SourceFile>)>,
}

/// Where among the others one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// From 0.
    At(usize),
    /// Behind all others.
    End,
}

impl Appended {
    /// What a project has beyond the drafts that it had before, which tells of the files `of`.
    pub(super) fn beyond(before: &[Draft], project: &Project, of: Sources) -> Self {
        let typed = |draft: &&Draft| before.iter().any(|known| known == *draft);
        let last = project.drafts.iter().rposition(|draft| typed(&draft)).map_or(0, |last| last + 1);
        let added = project.drafts.iter().enumerate().filter(|(_, draft)| !typed(draft));
        let drafts = added.map(|(at, draft)| {
            let place = if at >= last { Place::End } else { Place::At(at) };
            (place, draft.path.clone(), Arc::clone(project.sources.file(draft.file)))
        });
        Self { of, drafts: drafts.collect() }
    }

    /// Whether it tells of these files.
    pub(super) fn tells_of(&self, files: &Sources) -> bool {
        self.of == *files
    }

    /// Adds the same to another state of the project.
    pub(super) fn add(&self, project: &mut Project) {
        for (place, path, text) in &self.drafts {
            let draft = Draft { path: path.clone(), file: project.sources.share(Arc::clone(text)) };
            let end = project.drafts.len();
            let at = match place {
                Place::At(at) => (*at).min(end),
                Place::End => end,
            };
            project.drafts.insert(at, draft);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{self, Entry, MemoryWorld};

    fn loaded(drafts: &[&str]) -> Project {
        let files = drafts.iter().map(|name| (format!("drafts/{name}.md"), format!("# {name}\n")));
        project::load(&MemoryWorld::new(files), &Entry::Drafts).value
    }

    fn names(project: &Project) -> Vec<&str> {
        project.drafts.iter().map(|draft| project.sources[draft.file].path()).collect()
    }

    #[test]
    fn what_was_added_stands_where_it_stood() {
        let mut project = loaded(&["a", "b"]);
        let (before, of) = (project.drafts.clone(), project.sources.clone());
        for (at, name) in [(1, "history.md"), (3, "changes.md")] {
            let file = project.sources.add(format!("rapporteur:{name}"), format!("# {name}\n"));
            project.drafts.insert(at, Draft { path: ProjectPath::root().child(name), file });
        }
        let appended = Appended::beyond(&before, &project, of.clone());
        assert!(appended.tells_of(&of));
        let mut other = loaded(&["a", "b", "c"]);
        assert!(!appended.tells_of(&other.sources));
        appended.add(&mut other);
        let wanted = ["drafts/a.md", "rapporteur:history.md", "drafts/b.md", "drafts/c.md", "rapporteur:changes.md"];
        assert_eq!(names(&other), wanted);
    }
}
