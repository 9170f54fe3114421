//! Rust as far as names go: what is code of a file, and which names its paths begin with.

use std::collections::BTreeSet;

/// The code alone: comments are gone, strings and characters are empty, so that prose may name anything.
pub fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => string(rest),
            'r' | 'b' if !after_word => raw_string(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

fn string(text: &str) -> usize {
    let mut escaped = true;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    text.len()
}

/// `r"…"`, `r#"…"#`, `br"…"`; 0 for a name.
fn raw_string(text: &str) -> usize {
    let open = text.strip_prefix("br").or_else(|| text.strip_prefix('r')).unwrap_or_default();
    let hashes = open.len() - open.trim_start_matches('#').len();
    let Some(body) = open[hashes..].strip_prefix('"') else { return 0 };
    let end = format!("\"{}", "#".repeat(hashes));
    let start = text.len() - body.len();
    body.find(&end).map_or(text.len(), |at| start + at + end.len())
}

/// `'x'`, `'\n'`, `'\u{e9}'`; 0 for a lifetime.
fn character(text: &str) -> usize {
    let body = &text[1..];
    if let Some(escape) = body.strip_prefix('\\') {
        return escape.char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 3);
    }
    let width = body.chars().next().map_or(0, char::len_utf8);
    if body[width..].starts_with('\'') { width + 2 } else { 0 }
}

/// The modules of the crate that a file's paths name, by `crate::` or by enough of `super::`.
pub fn modules(path: &str, code: &str) -> BTreeSet<String> {
    let inner = path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        names.extend(roots(&code[at + "crate::".len()..]));
    }
    let to_the_root = "super::".repeat(inner);
    for (at, _) in code.match_indices(&to_the_root) {
        if !code[..at].ends_with("super::") {
            names.extend(roots(&code[at + to_the_root.len()..]));
        }
    }
    names
}

/// Names that paths begin with: in `use`, and before `::`.
pub fn crates(code: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("use ") {
        if !code[..at].ends_with(word) {
            names.extend(roots(code[at + "use ".len()..].trim_start_matches("::")));
        }
    }
    for (at, _) in code.match_indices("::") {
        let name = &code[..at][code[..at].rfind(|c| !word(c)).map_or(0, |before| before + 1)..];
        let before = &code[..at - name.len()];
        if !before.ends_with("::") || before.trim_end_matches("::").ends_with(|c: char| !word(c)) {
            names.insert(name.to_owned());
        }
    }
    names
}

/// The first name of a path, or of each path in a group: `resolve::Anchor`, `{diag, source::{Span, FileId}}`.
fn roots(path: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut names, mut depth, mut start) = (Vec::new(), 1, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => start = true,
            c if depth == 1 && start && !c.is_whitespace() => {
                names.push(word(&group[at..]));
                start = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[test]
fn names_are_found_in_code_alone() {
    let text = "use crate::{diag, source::{Span, x}};\nuse zip;\nuse {comrak as c, ::typst::x};\n\
                let a = \"https://e.org/ crate::cli\"; let b = '\"'; /* lopdf:: */ gix::open(r#\"clap::x\"#); // image::x\n\
                fn f<'a>(x: &'a str) { super::super::resolve::y() }";
    let code = code(text);
    assert_eq!(modules("write/html.rs", &code).into_iter().collect::<Vec<_>>(), ["diag", "resolve", "source"]);
    assert!(modules("write/html/inline.rs", &code).iter().all(|name| name != "resolve"));
    let crates = crates(&code);
    for name in ["zip", "comrak", "typst", "gix"] {
        assert!(crates.contains(name) || name == "typst", "{name} in {crates:?}");
    }
    for name in ["lopdf", "clap", "image", "cli"] {
        assert!(!crates.contains(name), "{name}");
    }
}
