//! The house's rules, held by reading the sources: who may use whom, which dependency has which
//! home, and files of a size that a reader likes.

#[path = "architecture/code.rs"]
mod code;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Module → modules of this crate that it may name. `cli` may name any.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diag", &["source"]),
    ("document", &["source"]),
    ("style", &["diag", "source", "document"]),
    ("project", &["diag", "source"]),
    ("markdown", &["diag", "source", "document"]),
    ("compare", &["source", "document"]),
    ("resolve", &["diag", "source", "document", "project"]),
    ("check", &["diag", "source", "document", "project", "resolve", "style"]),
    ("changelog", &["document", "resolve"]),
    ("write", &["diag", "source", "document", "resolve", "style"]),
    ("inspect", &["document"]),
    ("output", &[]),
    (
        "pipeline",
        &[
            "source", "diag", "document", "style", "project", "markdown", "compare", "resolve", "check", "write",
            "inspect", "output",
        ],
    ),
    ("cache", &["diag", "source", "output", "project", "pipeline"]),
    ("series", &["diag", "source", "project"]),
    (
        "release",
        &["source", "diag", "document", "project", "compare", "resolve", "changelog", "inspect", "output", "pipeline"],
    ),
    ("watch", &["project", "output"]),
    ("serve", &["diag", "style", "project", "write", "preview"]),
    (
        "preview",
        &["source", "diag", "document", "style", "project", "markdown", "resolve", "write", "pipeline", "watch"],
    ),
];

/// Crate (as named in paths) → the only places that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("comrak", &["markdown"]),
    ("typst", &["write/pdf"]),
    ("typst_layout", &["write/pdf"]),
    ("typst_pdf", &["write/pdf"]),
    ("typst_eval", &["write/pdf"]),
    ("typst_svg", &["write/pdf"]),
    ("comemo", &["write/pdf"]),
    ("typst_assets", &["style"]),
    ("notosans", &["style"]),
    ("lopdf", &["inspect"]),
    ("scraper", &["inspect"]),
    ("quick_xml", &["write/docx", "inspect"]),
    ("zip", &["write/docx", "inspect"]),
    ("usvg", &["resolve"]),
    ("resvg", &["resolve"]),
    ("hayagriva", &["resolve"]),
    ("csv", &["resolve"]),
    ("unicode_bidi", &["write/docx", "inspect"]),
    ("syntect", &["resolve"]),
    ("two_face", &["resolve"]),
    ("imara_diff", &["compare"]),
    ("icu_segmenter", &["compare"]),
    ("notify", &["watch"]),
    ("axum", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("tokio", &["serve", "cache/store/bucket.rs"]),
    ("tokio_stream", &["serve"]),
    ("object_store", &["cache/store/bucket.rs"]),
    ("rustls", &["cache/store/bucket.rs"]),
    ("open", &["cli"]),
    ("gix", &["project"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("annotate_snippets", &["cli"]),
];

/// Longest file, in lines, tests included.
const LONGEST_FILE: usize = 400;

struct File {
    /// Beneath `src`, with `/`.
    path: String,
    /// Without comments and without tests, so that prose and tests may name anything.
    code: String,
    lines: usize,
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be read") {
            let path: PathBuf = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                if is_test(&path) {
                    continue;
                }
                let shown = path.strip_prefix(&root).expect("beneath src").to_string_lossy().replace('\\', "/");
                let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let code = code::code(program);
                files.push(File { path: shown, code, lines: text.lines().count() });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 20, "the walk found the sources");
    files
}

/// `tests.rs`, or in a folder `tests`: compiled for tests alone.
fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.parent().is_some_and(|folder| folder.ends_with("tests"))
}

fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let modules: BTreeSet<&str> = MAY_USE.iter().map(|(module, _)| *module).chain(["cli"]).collect();
    let mut faults = Vec::new();
    for file in sources() {
        let Some((module, allowed)) = MAY_USE.iter().find(|(module, _)| *module == module_of(&file.path)) else {
            assert!(["lib", "main", "cli"].contains(&module_of(&file.path)), "{} has no rule", file.path);
            continue;
        };
        for name in code::modules(&file.path, &file.code) {
            let known = modules.contains(name.as_str());
            if known && name != *module && !allowed.contains(&name.as_str()) {
                faults.push(format!("{} names crate::{name}", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_dependency_stays_in_its_home() {
    let mut faults = Vec::new();
    for file in sources() {
        let named = code::crates(&file.code);
        for (name, homes) in HOMES {
            if named.contains(*name) && !homes.iter().any(|home| file.path.starts_with(home)) {
                faults.push(format!("{} names {name}", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The tables allow what is used, and no more.
#[test]
fn what_is_allowed_is_used() {
    let sources = sources();
    let mut faults = Vec::new();
    for (module, allowed) in MAY_USE {
        let files = || sources.iter().filter(|file| module_of(&file.path) == *module);
        let used: BTreeSet<String> = files().flat_map(|file| code::modules(&file.path, &file.code)).collect();
        let idle = allowed.iter().filter(|name| !used.contains(**name));
        faults.extend(idle.map(|name| format!("{module} may use {name} and does not")));
    }
    for (name, homes) in HOMES {
        for home in *homes {
            let mut files = sources.iter().filter(|file| file.path.starts_with(home));
            if !files.any(|file| code::crates(&file.code).contains(*name)) {
                faults.push(format!("{name} may live in {home} and does not"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_cli_prints_and_reads_the_environment() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !matches!(module_of(&file.path), "cli" | "main")) {
        for word in ["println!", "eprintln!", "std::env::", "env::var", "SystemTime::now", "process::exit"] {
            if file.code.contains(word) {
                faults.push(format!("{} has {word}", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_have_a_size_that_a_reader_likes() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|file| file.lines > LONGEST_FILE)
        .map(|file| format!("{} has {} lines", file.path, file.lines))
        .collect();
    assert!(long.is_empty(), "split by concept:\n{}", long.join("\n"));
}

#[test]
fn every_module_says_what_it_does() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| file.path.ends_with("/mod.rs") || file.path == "lib.rs") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(&file.path);
        let text = fs::read_to_string(path).expect("it was read before");
        if !text.starts_with("//!") {
            faults.push(file.path.clone());
        }
    }
    assert!(faults.is_empty(), "no module doc: {}", faults.join(", "));
}
