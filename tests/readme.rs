//! What the papers beside the code say is true: examples are valid, and what they point at is there.

use std::path::Path;

use rapporteur::project::Config;

const PAPERS: &[&str] = &["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_configuration_shown_is_valid() {
    let readme = read("README.md");
    let examples = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let configs: Vec<Config> = examples.map(|example| toml::from_str(example).expect("valid")).collect();
    let whole = configs.iter().filter(|config| config.drafts.order.len() == 2).count();
    assert_eq!(whole, 1, "the whole example is read, not skipped");
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
