//! What hostile and clumsy people send: nothing of it runs, opens a file, ends the program or is lost unsaid.

#[path = "hostile/damage.rs"]
mod damage;
#[path = "hostile/limits.rs"]
mod limits;
#[path = "hostile/page.rs"]
mod page;
#[path = "hostile/paths.rs"]
mod paths;
#[path = "hostile/unicode.rs"]
mod unicode;
#[path = "hostile/vectors.rs"]
mod vectors;

use rapporteur::pipeline::{self, Built, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld, World};

/// Builds whatever a world holds, as these formats, or all.
fn build(world: &dyn World, entry: &Entry, formats: Option<Vec<Format>>) -> Built {
    let request = Request { date: Date { year: 2024, month: 12, day: 17 }, formats, name: "x".to_owned() };
    pipeline::build(world, project::load(world, entry), &request, &|_| {})
}

/// Builds files of a project with a configuration.
fn build_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>, formats: &[Format]) -> Built {
    build(&MemoryWorld::new(files), &Entry::Configuration, Some(formats.to_vec()))
}

/// The one file of a format that was built.
fn file(built: &Built, format: Format) -> &[u8] {
    let report = built.report.as_ref().unwrap_or_else(|| panic!("no report: {:?}", built.diagnostics));
    let file = report.files.iter().find(|file| file.name.ends_with(format.extension()));
    &file.expect("the format was asked for").bytes
}

/// By how much tests are larger than usual (`./test --full`).
fn scale() -> u32 {
    std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}
