//! What the papers beside the code say is true: examples are valid, and what they point at is there.

use std::path::Path;

use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Location, Start, SystemWorld};

const PAPERS: &[&str] = &["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn links_lead_to_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for paper in PAPERS {
        let text = read(paper);
        // Examples of the drafts' language stand in code.
        let prose: String = text.split('`').step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let outside = target.starts_with("http") || target.starts_with('#');
            assert!(outside || root.join(target).exists(), "{paper} points at {target}");
        }
    }
}

#[test]
fn contributing_fits_on_a_screen() {
    assert!(read("CONTRIBUTING.md").lines().count() <= 40);
    assert!(read("ARCHITECTURE.md").lines().count() <= 150);
}

/// A construct without the lines that are for `make` alone.
fn without_instructions(source: &str) -> String {
    let Some((front, text)) = source.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")) else {
        return source.to_owned();
    };
    let instruction = |line: &&str| ["picture:", "name:", "style:"].iter().any(|key| line.starts_with(key));
    let kept: Vec<&str> = front.lines().filter(|line| !instruction(line)).collect();
    if kept.is_empty() { text.trim_start().to_owned() } else { format!("---\n{}\n---\n{text}", kept.join("\n")) }
}

/// `docs/gallery/make` writes the drafts and takes the pictures; what it wrote must still be whole.
#[test]
fn the_gallery_shows_every_construct_in_three_formats() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery");
    let mut shown = 0;
    for entry in std::fs::read_dir(gallery.join("constructs")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name in UTF-8");
        let source = without_instructions(&std::fs::read_to_string(&path).expect("a draft"));
        let draft = std::fs::read_to_string(gallery.join(format!("drafts/{name}.md"))).expect("`make` was run");
        assert!(draft.contains(source.trim_end()), "{name} has changed since `docs/gallery/make` was run");
        for format in ["pdf", "docx", "html"] {
            let picture = format!("pictures/{name}.{format}.png");
            assert!(gallery.join(&picture).exists() && draft.contains(&picture), "{picture}");
        }
        shown += 1;
    }
    assert!(shown > 15, "{shown} constructs");
    let Location { root, entry } = project::locate(Start::Named(&gallery)).expect("a project");
    let world = SystemWorld::open(&root).expect("it can be read");
    let date = Date { year: 2026, month: 1, day: 31 };
    let request = Request { date, formats: None, name: "gallery".to_owned() };
    let built = pipeline::build(&world, project::load(&world, &entry), &request, &|_| {});
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    assert!(built.report.is_some());
}
