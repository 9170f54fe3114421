//! An area of the suite: its cases as tests.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

/// Cases that are tried alike.
pub struct Area {
    /// What its tests are called by, before the case.
    pub name: &'static str,
    /// Beneath `tests/suite`: one folder may be that of several areas.
    pub folder: &'static str,
    /// What a case's text gives.
    pub run: fn(&str) -> Vec<Expected>,
}

/// A file beside a case.
pub struct Expected {
    /// Its extension.
    pub extension: &'static str,
    /// Its content; a file of no content need not exist.
    pub text: String,
}

impl Area {
    /// One test per Markdown file.
    pub fn trials(&self) -> Vec<Trial> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(self.folder);
        let entries = fs::read_dir(&folder).expect("the area has a folder");
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        files.sort();
        let is_case = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
        let (cases, beside): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(is_case);
        for path in beside {
            assert!(cases.contains(&path.with_extension("md")), "{} belongs to no case", path.display());
        }
        assert!(!cases.is_empty(), "the area {} has no cases", self.name);
        let run = self.run;
        let trial = |path: PathBuf| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Trial::test(format!("{}/{name}", self.name), move || check(&path, run))
        };
        cases.into_iter().map(trial).collect()
    }
}

fn check(path: &Path, run: fn(&str) -> Vec<Expected>) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    for expected in run(&text) {
        let beside = path.with_extension(expected.extension);
        let found = fs::read_to_string(&beside).unwrap_or_default();
        if found == expected.text {
            continue;
        }
        if !update {
            return Err(difference(&beside, &found, &expected.text).into());
        }
        if expected.text.is_empty() { fs::remove_file(&beside)? } else { fs::write(&beside, &expected.text)? }
    }
    Ok(())
}

/// The first line that differs, and what there is now.
fn difference(path: &Path, expected: &str, now: &str) -> String {
    let line = expected.lines().zip(now.lines()).take_while(|(a, b)| a == b).count();
    let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    format!(
        "{} differs at line {}:\n expected: {}\n      now: {}\n\nAll of it now:\n{now}",
        path.display(),
        line + 1,
        at(expected),
        at(now)
    )
}
