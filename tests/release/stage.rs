//! A repository with a small report, and its releases.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use rapporteur::output::{digest, read_sums};

use crate::git::git;
use crate::support::{Ran, Sandbox, names};

pub const CONFIG: &str = "[report]\ntitle = \"The forum’s report\"\nshort_title = \"Forum\"\nauthors = [\"A body\"]\nstatus = \"draft\"\n\
                          draft_label = \"Draft 0\"\nversion = \"0.0.1\"\n[numbering]\nparagraphs = true\n";

pub const DRAFT: &str = "# Findings\n\nThe forum met twice.\n\nIt agreed.\n\n![A map](map.svg \"Where\"){.landscape}\n";

const MAP: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\"/></svg>";

/// The repository.
pub struct Stage {
    pub sandbox: Sandbox,
}

impl Stage {
    pub fn new() -> Self {
        Self::with(CONFIG)
    }

    /// With another configuration.
    pub fn with(config: &str) -> Self {
        let files = [
            ("rapporteur.toml", config),
            ("drafts/a.md", DRAFT),
            ("drafts/map.svg", MAP),
            ("changes/1.0.md", "What people wrote.\n"),
        ];
        let stage = Self { sandbox: Sandbox::new(&files) };
        git(&stage.sandbox, "", &["init", "-q"]);
        stage.commit("2020-02-01T12:00:00+00:00");
        stage
    }

    /// Commits all of it.
    pub fn commit(&self, date: &str) {
        git(&self.sandbox, "", &["add", "-A"]);
        git(&self.sandbox, date, &["commit", "-q", "-m", "x"]);
    }

    /// Runs the program as somebody whom git knows.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.sandbox.command(arguments);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_COMMITTER_NAME", "A").env("GIT_COMMITTER_EMAIL", "a@example.org");
        Ran::of(command.output().expect("the program runs"))
    }

    /// The names in a release.
    pub fn files(&self, version: &str) -> Vec<String> {
        let mut names = names(&self.sandbox.path("output").join(version));
        names.sort();
        names
    }

    /// All that is in a release.
    pub fn bytes(&self, version: &str) -> BTreeMap<String, Vec<u8>> {
        self.files(version).into_iter().map(|name| (name.clone(), self.read(&format!("{version}/{name}")))).collect()
    }

    /// A file of a release.
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.sandbox.path("output").join(path)).expect("it is there")
    }

    /// A text of a release.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).expect("it is UTF-8")
    }

    pub fn manifest(&self, version: &str) -> serde_json::Value {
        serde_json::from_slice(&self.read(&format!("{version}/manifest.json"))).expect("it is JSON")
    }

    /// Whether each file is as the sums say, and no other is there.
    pub fn sums_hold(&self, version: &str) {
        let sums = read_sums(&self.text(&format!("{version}/SHA256SUMS"))).expect("they can be read");
        let mut named: Vec<String> = sums.iter().map(|(name, _)| name.clone()).collect();
        named.push("SHA256SUMS".to_owned());
        named.sort();
        assert_eq!(named, self.files(version));
        for (name, sum) in sums {
            assert_eq!(digest(&self.read(&format!("{version}/{name}"))), sum, "{name}");
        }
    }
}

/// A part of a Word document.
pub fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a package");
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    file.read_to_string(&mut text).expect("it is UTF-8");
    text
}

/// A configuration of git's, in a folder, by which it reads what belongs to another user.
pub fn trusting(folder: &Path) -> PathBuf {
    let file = folder.join("gitconfig");
    fs::write(&file, "[safe]\n\tdirectory = *\n").expect("a file");
    file
}
