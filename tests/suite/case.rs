//! A case of several files: a line `=== path` begins another; what stands before the first is `drafts/01.md`.

use rapporteur::project::{Entry, MemoryWorld};

/// Path and text of every file of a case.
pub fn files(text: &str) -> Vec<(String, String)> {
    let mut files = vec![("drafts/01.md".to_owned(), String::new())];
    for line in text.split_inclusive('\n') {
        match path(line) {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => files.last_mut().expect("there is a first file").1.push_str(line),
        }
    }
    files
}

fn path(line: &str) -> Option<&str> {
    line.strip_prefix("=== ").map(str::trim).filter(|path| path.contains('.') && !path.contains('"'))
}

/// Its files as a project.
pub fn world(files: Vec<(String, String)>) -> (MemoryWorld, Entry) {
    let configured = files.iter().any(|(path, _)| path == "rapporteur.toml");
    (MemoryWorld::new(files), if configured { Entry::Configuration } else { Entry::Drafts })
}
