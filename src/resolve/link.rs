//! Where links lead.
//!
//! In: destinations as typed, the targets, the drafts. Out: a [`LinkTarget`] for each link. A link into a
//! draft leads into the report; what would be dead in a finished report is said, and stays text.

use super::address::{self, Address};
use super::anchor::{self, Anchors};
use super::info::LinkTarget;
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use super::target::{Target, Targets};
use super::web::Unfollowed;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::document::{Document, Inline, InlineKind, Link};
use crate::project::{Draft, Project, ProjectPath, ReadError, World};
use crate::source::{FileId, Span};

/// Dead links for which the nearest name is sought: each search looks at every name.
pub(super) const MOST_SUGGESTED: usize = 200;

/// Resolves every link that a table does not have yet.
pub(super) fn resolve(
    (document, notes): (&Document, &[usize]),
    targets: &Targets<'_>,
    project: &Project,
    world: &dyn World,
    anchors: &mut Anchors,
    found: &mut Diagnostics,
    table: SideTable<LinkTarget>,
) -> SideTable<LinkTarget> {
    let mut links = Links { document, targets, project, world, anchors, found, suggested: 0, table };
    reading::read(document, notes, &mut links);
    links.table
}

struct Links<'s, 'a> {
    document: &'s Document,
    targets: &'s Targets<'a>,
    project: &'s Project,
    world: &'s dyn World,
    anchors: &'s mut Anchors,
    found: &'s mut Diagnostics,
    suggested: usize,
    table: SideTable<LinkTarget>,
}

impl<'d> Read<'d> for Links<'_, '_> {
    fn inline(&mut self, inline: &'d Inline, place: &Place<'d>) {
        if let InlineKind::Link(link) = &inline.kind
            && self.table.get(inline.id).is_none()
        {
            let target = self.target(link, inline.span, place.file);
            self.table.insert(inline.id, target);
        }
    }
}

impl Links<'_, '_> {
    fn target(&mut self, link: &Link, span: Span, file: FileId) -> LinkTarget {
        match address::parse(&link.destination) {
            Address::Web(url) => LinkTarget::External(url),
            Address::Unfollowed(why) => self.dead(unfollowed(&link.destination, &why, span)),
            Address::Within(fragment) => {
                let target = if fragment.is_empty() { None } else { self.targets.find(file, &fragment) };
                // HTML 7.4.6.4: `#top` is the top whatever is called so.
                if target.is_none() && fragment.eq_ignore_ascii_case("top") {
                    return self.whole(file, span);
                }
                self.lead(target, &fragment, span, file)
            }
            Address::File { path, fragment } => self.file(&path, fragment.as_deref(), span, file),
        }
    }

    fn lead(&mut self, target: Option<Target<'_>>, fragment: &str, span: Span, file: FileId) -> LinkTarget {
        if let Some(target) = target {
            let wanted = anchor::from_text(fragment, "label").unwrap_or_else(|| "label".to_owned());
            return LinkTarget::Internal(self.anchors.claim(target.node, &wanted));
        }
        if fragment.is_empty() {
            let fault = Diagnostic::new(Code::DeadLink, span, "this link has no address");
            return self.dead(fault.hint("give it one, or a heading's id such as `#findings`"));
        }
        let message = format!("nothing is labelled `#{fragment}`");
        let fault = Diagnostic::new(Code::DeadLink, span, message);
        let near = self.suggest(|links| nearest(fragment, links.targets.names(file)).map(str::to_owned));
        self.dead(match near {
            Some(near) => fault.hint(format!("did you mean `#{near}`?")),
            None => fault.hint(format!("give the heading that is meant an id: `## … {{#{fragment}}}`")),
        })
    }

    fn file(&mut self, typed: &str, fragment: Option<&str>, span: Span, file: FileId) -> LinkTarget {
        let template = typed.contains("{{") || typed.contains("{%");
        if template {
            let fault = Diagnostic::new(Code::DeadLink, span, format!("`{typed}` is for a template to fill in"));
            return self.dead(fault.hint("link to a draft, a heading's id or a web address"));
        }
        let folder = self.draft(file).map_or_else(ProjectPath::root, |draft| draft.path.parent());
        // A site's links may begin at its root, which is the project's.
        let (base, relative) = match typed.strip_prefix('/') {
            Some(rest) => (ProjectPath::root(), rest),
            None => (folder.clone(), typed),
        };
        let Ok(path) = ProjectPath::resolve(&base, relative) else {
            let message = format!("`{typed}` lies outside the project");
            return self.dead(Diagnostic::new(Code::DeadLink, span, message).hint(PUBLISH));
        };
        let Some(draft) = self.draft_at(&path) else { return self.no_draft(typed, &path, &folder, span) };
        match fragment.filter(|fragment| !fragment.is_empty()) {
            Some(fragment) => {
                let target = self.targets.find_in(draft, fragment);
                self.lead(target, fragment, span, draft)
            }
            None => self.whole(draft, span),
        }
    }

    /// The draft at a path, or the one that a site would show there: `guide.html`, `guide` and `guide/` are `guide.md`,
    /// and a folder is its `index.md` or `README.md`.
    fn draft_at(&self, path: &ProjectPath) -> Option<FileId> {
        let named = |path: &str| self.project.drafts.iter().find(|draft| draft.path.as_str() == path);
        let path = path.as_str();
        let page = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
        let within = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        let elsewhere = || {
            let of_page = std::iter::once(format!("{}.md", page.unwrap_or(path)));
            let of_folder = ["index.md", "README.md", "readme.md", "_index.md"].into_iter().map(within);
            of_page.chain(of_folder).find_map(|path| named(&path))
        };
        named(path).or_else(elsewhere).map(|draft| draft.file)
    }

    /// A draft as a whole: its first heading, else its first block.
    fn whole(&mut self, draft: FileId, span: Span) -> LinkTarget {
        let first = self.document.parts.iter().find(|part| part.file == draft).and_then(|part| part.blocks.first());
        let name = self.draft(draft).map(|draft| draft.path.file_name()).unwrap_or_default();
        let Some(node) = self.targets.chapter(draft).or(first.map(|block| block.id)) else {
            return self.dead(Diagnostic::new(Code::DeadLink, span, format!("`{name}` has no text")));
        };
        let wanted = anchor::from_text(name.trim_end_matches(".md"), "part").unwrap_or_else(|| "part".to_owned());
        LinkTarget::Internal(self.anchors.claim(node, &wanted))
    }

    fn no_draft(&mut self, typed: &str, path: &ProjectPath, folder: &ProjectPath, span: Span) -> LinkTarget {
        if typed.starts_with("www.") {
            let fault = Diagnostic::new(Code::DeadLink, span, format!("`{typed}` is read as a file's name"));
            return self.dead(fault.hint(format!("did you mean `https://{typed}`?")));
        }
        let exists = !matches!(self.world.read(path, 0), Err(ReadError::Missing | ReadError::Outside));
        if exists && !path.as_str().is_empty() {
            let message = format!("`{path}` is not a draft of this report; a reader does not have it");
            return self.dead(Diagnostic::new(Code::DeadLink, span, message).hint(PUBLISH));
        }
        let fault = Diagnostic::new(Code::DeadLink, span, format!("there is no draft `{typed}`"));
        let near = self.suggest(|links| {
            let paths = links.project.drafts.iter().map(|draft| draft.path.as_str());
            let near = nearest(path.as_str(), paths)?;
            let relative = near.strip_prefix(folder.as_str()).map(|rest| rest.trim_start_matches('/'));
            Some(relative.unwrap_or(near).to_owned())
        });
        self.dead(match near {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("link to a draft, a heading's id or a web address"),
        })
    }

    fn suggest(&mut self, name: impl Fn(&Self) -> Option<String>) -> Option<String> {
        self.suggested += 1;
        if self.suggested <= MOST_SUGGESTED { name(self) } else { None }
    }

    fn draft(&self, file: FileId) -> Option<&Draft> {
        self.project.drafts.iter().find(|draft| draft.file == file)
    }

    fn dead(&mut self, fault: Diagnostic) -> LinkTarget {
        self.found.push(fault);
        LinkTarget::Dead
    }
}

/// Why an address is not followed.
fn unfollowed(typed: &str, why: &Unfollowed, span: Span) -> Diagnostic {
    let (code, message, hint) = match why {
        Unfollowed::Scheme(scheme) => (
            Code::UnsafeLink,
            format!("a link's scheme `{scheme}:` is not one that a report may use"),
            "http, https, mailto and tel are allowed, and links between drafts",
        ),
        Unfollowed::Host | Unfollowed::Relative => {
            (Code::DeadLink, format!("`{typed}` names no host that a program could ask"), STAYS)
        }
        Unfollowed::Nobody => (Code::DeadLink, format!("`{typed}` names nobody to write to or to call"), STAYS),
        Unfollowed::TooLong => (
            Code::DeadLink,
            "this link's address is longer than readers of PDF and Word follow".to_owned(),
            "link to a shorter address, such as a DOI; the text stays, without a link",
        ),
    };
    Diagnostic::new(code, span, message).hint(hint)
}

const STAYS: &str = "the text stays, without a link";
const PUBLISH: &str = "publish it, and link to its address";
