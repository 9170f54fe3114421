//! A project in a temporary folder, and the real program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project; gone when dropped.
pub struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    /// From paths and contents.
    pub fn new<C: AsRef<[u8]>>(files: &[(&str, C)]) -> Self {
        let sandbox = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (name, content) in files {
            sandbox.write(name, content);
        }
        sandbox
    }

    /// Writes a file, and the folders it needs.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        fs::write(path, content).expect("a file");
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, about to be run in it, with nothing of the environment that bears on its output.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("SOURCE_DATE_EPOCH");
        command.env_remove("RAPPORTEUR_CACHE").env_remove("RAPPORTEUR_CACHE_SECRET");
        command.env("XDG_STATE_HOME", self.path(".state"));
        command
    }

    /// Runs the program in it.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the program runs"))
    }

    /// What stands in `output/`, hidden files left out.
    pub fn output(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = names(&self.path("output"))
            .into_iter()
            .filter(|name| !name.starts_with('.'))
            .map(|name| (name.clone(), fs::read(self.path("output").join(&name)).expect("it can be read")))
            .collect();
        files.sort();
        files
    }

    /// `output/manifest.json`.
    pub fn manifest(&self) -> serde_json::Value {
        let text = fs::read(self.path("output/manifest.json")).expect("it is there");
        serde_json::from_slice(&text).expect("it is JSON")
    }
}

/// The names in a folder; none if it is not there.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; -1 for a signal.
    pub code: i32,
    /// Results.
    pub stdout: String,
    /// Diagnostics.
    pub stderr: String,
}

impl Ran {
    /// From what the process left.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("results are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("diagnostics are UTF-8"),
        }
    }
}
