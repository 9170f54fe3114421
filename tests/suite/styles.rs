//! A project's own style, or what its configuration says otherwise: what is told, and which tokens are the project's.

use rapporteur::diag::Diagnostics;
use rapporteur::pipeline::{self, Request, styles};
use rapporteur::project::{Date, Entry, Format, MemoryWorld, load};
use rapporteur::style::Origin;

use crate::area::Expected;
use crate::{case, dump};

/// Diagnostics of a build, and tokens that come from files of the case.
pub fn run(text: &str) -> Vec<Expected> {
    let world = MemoryWorld::new(case::files(text));
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(vec![Format::Html]),
        name: "case".to_owned(),
    };
    let built = pipeline::build(&world, load(&world, &Entry::Configuration), &request, &|_| {});
    let said = dump::diagnostics(&built.project.sources, &built.diagnostics);
    let mut project = load(&world, &Entry::Configuration).value;
    let name = project.config.style.name.clone();
    let mut lines = String::new();
    let none = |_: Diagnostics| Vec::new();
    for token in styles::tokens(&world, &mut project, &name).unwrap_or_else(none) {
        let (span, role) = match &token.origin {
            Origin::Typed(span) => (*span, String::new()),
            Origin::Inherited(role, span) => (*span, format!(" (of {role})")),
        };
        let file = &project.sources[span.file];
        if !file.path().starts_with("rapporteur:") {
            let line = file.line_column(span.start).line;
            lines.push_str(&format!("{} = {} {}:{line}{role}\n", token.key, token.value, file.path()));
        }
    }
    for style in styles::available(&world, &mut project).value {
        let base = style.base.unwrap_or_default();
        lines.push_str(&format!("style {} {:?} {base} {:?}\n", style.name, style.owner, style.description));
    }
    vec![Expected { extension: "diag", text: said }, Expected { extension: "tokens", text: lines }]
}
