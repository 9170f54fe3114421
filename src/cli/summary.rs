use std::path::Path;

use super::terminal::printable;
use crate::output::Manifest;

/// "1 error and 2 warnings", or nothing.
pub(super) fn counts(errors: usize, warnings: usize) -> Option<String> {
    let plural = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        more => Some(format!("{more} {word}s")),
    };
    match (plural(errors, "error"), plural(warnings, "warning")) {
        (Some(errors), Some(warnings)) => Some(format!("{errors} and {warnings}")),
        (errors, warnings) => errors.or(warnings),
    }
}

/// A line for each file: where it is, and how large.
pub(super) fn files(manifest: &Manifest, folder: &Path) -> String {
    let lines = manifest.outputs.iter().map(|output| {
        let path = folder.join(&output.path);
        let pages = pages(manifest, &output.path);
        let pages = match pages {
            Some(1) => "1 page, ".to_owned(),
            Some(pages) => format!("{pages} pages, "),
            None => String::new(),
        };
        format!("{} ({pages}{})", printable(&path.to_string_lossy()), size(output.bytes))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The pages of a PDF, of which its own language's manifest tells; in a release, redlines stand beside the report, and are not counted.
fn pages(manifest: &Manifest, path: &str) -> Option<usize> {
    if !path.ends_with(".pdf") || manifest.release.is_some() && path.ends_with(".redline.pdf") {
        return None;
    }
    let holds = |one: &&Manifest| one.outputs.iter().any(|output| output.path == path);
    manifest.translations.iter().find(holds).unwrap_or(manifest).figures.pages
}

/// "820 B", "210 kB", "1.4 MB".
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        // What would round to a thousand is a megabyte.
        1_000..=999_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_sizes_read_well() {
        assert_eq!(counts(0, 0), None);
        assert_eq!(counts(1, 2).as_deref(), Some("1 error and 2 warnings"));
        assert_eq!(counts(0, 1).as_deref(), Some("1 warning"));
        assert_eq!(
            [999, 1_001, 999_000, 999_001, 1_440_000].map(size),
            ["999 B", "2 kB", "999 kB", "1.0 MB", "1.4 MB"]
        );
    }

    fn manifest(language: &str, path: &str, pages: usize) -> serde_json::Value {
        serde_json::json!({
            "tool": { "name": "rapporteur", "version": "0" }, "title": "T", "language": language, "status": "final",
            "version": null, "date": null, "style": { "name": "report", "sha256": "" }, "fonts": [], "inputs": [],
            "outputs": [{ "path": path, "bytes": 10, "sha256": "" }], "pdf": null,
            "figures": { "pages": pages, "words": 0, "headings": 0, "tables": 0, "figures": 0, "notes": 0 },
        })
    }

    /// A release lists the files of all its languages; each PDF has the pages of its own.
    #[test]
    fn the_pages_of_a_translation_are_its_own() {
        let mut release = manifest("en", "t.pdf", 1);
        release["translations"] = serde_json::json!([manifest("fr", "t.fr.pdf", 12)]);
        let others = ["t.fr.pdf", "t.redline.pdf", "t.docx"]
            .map(|path| serde_json::json!({ "path": path, "bytes": 10, "sha256": "" }));
        release["outputs"].as_array_mut().expect("a list").extend(others);
        release["release"] = serde_json::json!({
            "version": "1.0", "label": null, "commit": "", "project": "", "draft": null, "name": "t", "author": "A",
            "watermark": false, "attach_sources": false, "earlier": [], "translations": ["fr"],
        });
        let release: Manifest = serde_json::from_value(release).expect("a manifest");
        let lines = files(&release, Path::new("output/1.0"));
        let expected = ["t.pdf (1 page, 10 B)", "t.fr.pdf (12 pages, 10 B)", "t.redline.pdf (10 B)", "t.docx (10 B)"];
        assert_eq!(lines, expected.map(|line| format!("output/1.0/{line}")).join("\n"));
    }
}
