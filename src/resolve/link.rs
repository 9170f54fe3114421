use std::collections::HashMap;

use super::labels::Labels;
use super::resolved::{LinkTarget, ResolvedDocument};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Inline, InlineKind, Link, Visit, walk_blocks};
use crate::project::{Project, ProjectPath, ReadError, World};
use crate::source::{FileId, Span};

/// Resolves every link. What leads nowhere keeps its text and is reported.
pub(super) fn resolve(
    document: &Document,
    project: &Project,
    world: &dyn World,
    labels: &Labels,
    doc: &mut ResolvedDocument,
    diagnostics: &mut Diagnostics,
) {
    let mut links = Links::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut links));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut links));
    let paths = project.drafts.iter().map(|draft| (&draft.path, draft.file)).collect();
    let resolver = Resolver { project, world, labels, paths };
    for (inline, link) in links.found {
        let target = resolver.target(link, inline.span).unwrap_or_else(|diagnostic| {
            diagnostics.push(*diagnostic);
            LinkTarget::Dead
        });
        doc.links.insert(inline.id, target);
    }
}

#[derive(Default)]
struct Links<'a> {
    found: Vec<(&'a Inline, &'a Link)>,
}

impl<'a> Visit<'a> for Links<'a> {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Link(link) = &inline.kind {
            self.found.push((inline, link));
        }
    }
}

type Fault = std::boxed::Box<Diagnostic>;

struct Resolver<'a> {
    project: &'a Project,
    world: &'a dyn World,
    labels: &'a Labels,
    paths: HashMap<&'a ProjectPath, FileId>,
}

impl Resolver<'_> {
    fn target(&self, link: &Link, span: Span) -> Result<LinkTarget, Fault> {
        let destination = link.destination.trim();
        if let Some(fragment) = destination.strip_prefix('#') {
            return self.fragment(fragment, span.file, None, span);
        }
        if destination.starts_with("//") {
            return Ok(LinkTarget::External(format!("https:{destination}")));
        }
        match scheme(destination) {
            Some(scheme) if ["http", "https"].contains(&scheme.as_str()) && !has_host(destination) => {
                let message = format!("`{destination}` names no host that a program could ask");
                Err(Diagnostic::new(Code::DeadLink, span, message).hint("the text stays, without a link").into())
            }
            Some(scheme) if ["http", "https", "mailto", "tel"].contains(&scheme.as_str()) => {
                Ok(LinkTarget::External(destination.to_owned()))
            }
            Some(scheme) => {
                let message = format!("links of the scheme `{scheme}:` are not taken over");
                let hint = "use http, https, mailto, tel or a path within the drafts; the text stays";
                Err(Diagnostic::new(Code::UnsafeLink, span, message).hint(hint).into())
            }
            None => self.path(destination, span),
        }
    }

    fn path(&self, destination: &str, span: Span) -> Result<LinkTarget, Fault> {
        let (path, fragment) = destination.split_once('#').map_or((destination, None), |(p, f)| (p, Some(f)));
        let path = percent_decode(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            let fault = Diagnostic::new(Code::DeadLink, span, "a link that leads nowhere");
            return Err(fault.hint("give it an address, or a heading's id such as `#findings`").into());
        }
        let folder = self.folder(span.file);
        let Ok(resolved) = ProjectPath::resolve(&folder, &path) else {
            let message = format!("the link `{destination}` leads out of the project");
            let fault = Diagnostic::new(Code::OutsideProject, span, message);
            return Err(fault.hint("readers of the report cannot follow it; link to a web address").into());
        };
        let Some(&file) = self.paths.get(&resolved) else {
            return Err(self.no_draft(destination, &resolved, span).into());
        };
        match fragment.filter(|fragment| !fragment.is_empty()) {
            Some(fragment) => self.fragment(fragment, file, Some(&resolved), span),
            None => Ok(self.labels.file(file).map_or(LinkTarget::Dead, |anchor| LinkTarget::Internal(anchor.clone()))),
        }
    }

    /// The folder of a draft.
    fn folder(&self, file: FileId) -> ProjectPath {
        let draft = self.project.drafts.iter().find(|draft| draft.file == file);
        draft.map_or_else(ProjectPath::root, |draft| draft.path.parent())
    }

    fn no_draft(&self, destination: &str, path: &ProjectPath, span: Span) -> Diagnostic {
        if destination.starts_with("www.") {
            let message = format!("`{destination}` is read as a file's name");
            return Diagnostic::new(Code::DeadLink, span, message)
                .hint(format!("did you mean `https://{destination}`?"));
        }
        let exists = !matches!(self.world.read(path, 0), Err(ReadError::Missing));
        let (message, hint) = if exists {
            let hint = "readers of the report do not have it; add it to the drafts, or link to where it is published";
            (format!("`{path}` is not one of the drafts"), hint.to_owned())
        } else {
            let nearest =
                self.paths.keys().map(|known| (strsim::damerau_levenshtein(known.as_str(), path.as_str()), known));
            let close = nearest.min().filter(|(distance, _)| *distance <= path.as_str().len() / 4 + 1);
            let hint = close.map_or_else(
                || "link to a draft, a heading's id or a web address".to_owned(),
                |(_, known)| format!("did you mean `{known}`?"),
            );
            (format!("there is no file `{path}`"), hint)
        };
        Diagnostic::new(Code::DeadLink, span, message).hint(hint)
    }

    /// A label or heading, in `file` where a path was typed, else in the whole report.
    fn fragment(&self, typed: &str, file: FileId, path: Option<&ProjectPath>, span: Span) -> Result<LinkTarget, Fault> {
        let name = percent_decode(typed);
        let found = match path {
            Some(_) => self.labels.find_in(&name, file).or_else(|| self.labels.find(&name, file)),
            None => self.labels.find(&name, file),
        };
        if let Some(target) = found {
            return Ok(LinkTarget::Internal(target.anchor.clone()));
        }
        if name.is_empty() || name == "top" {
            let start = self.labels.file(file);
            return Ok(start.map_or(LinkTarget::Dead, |anchor| LinkTarget::Internal(anchor.clone())));
        }
        let message = match path {
            Some(path) => format!("nothing in `{path}` is labelled `#{name}`"),
            None => format!("nothing is labelled `#{name}`"),
        };
        let fault = Diagnostic::new(Code::DeadLink, span, message);
        Err(match self.labels.nearest(&name) {
            Some(known) => fault.hint(format!("did you mean `#{known}`?")),
            None => fault.hint(format!("give the heading that is meant an id: `## … {{#{name}}}`")),
        }
        .into())
    }
}

/// The scheme of a URL, lower case (RFC 3986, 3.1).
fn scheme(destination: &str) -> Option<String> {
    let (scheme, _) = destination.split_once(':')?;
    let mut characters = scheme.chars();
    let first = characters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (first && rest).then(|| scheme.to_ascii_lowercase())
}

/// Decodes `%XX` once; what is no escape, or no UTF-8, stays as typed.
pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|d| byte == b'%' && d.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// Whether an address of http has a host after its `//`.
fn has_host(address: &str) -> bool {
    let after = address.split_once("://").map_or("", |(_, after)| after);
    super::is_authority(after.split(['/', '?', '#']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_read_as_the_standard_has_them() {
        assert_eq!(scheme("JavaScript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("mailto:a@b").as_deref(), Some("mailto"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("1a:b"), None);
    }

    #[test]
    fn escapes_are_decoded_once() {
        assert_eq!(percent_decode("a%20b%2520c"), "a b%20c");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%ff"), "%ff");
        assert_eq!(percent_decode("%é"), "%é");
    }
}
