use std::cell::Cell;

use super::*;
use crate::output::{Figures, StyleRecord, ToolRecord};

/// A disk on which every operation fails from the `left`-th on, as if the power were gone.
struct FailingDisk {
    left: Cell<usize>,
}

impl FailingDisk {
    fn step(&self) -> io::Result<()> {
        match self.left.get() {
            0 => Err(io::Error::other("no power")),
            left => {
                self.left.set(left - 1);
                Ok(())
            }
        }
    }
}

impl Disk for FailingDisk {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step().or_else(|error| {
            // What a crash in the middle of writing leaves.
            SystemDisk.write(path, &bytes[..bytes.len() / 2])?;
            Err(error)
        })?;
        SystemDisk.write(path, bytes)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step()?;
        SystemDisk.read(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.sync_folder(folder)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.create_folder(folder)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step()?;
        SystemDisk.names(folder)
    }
}

fn manifest(title: &str) -> Manifest {
    Manifest {
        tool: ToolRecord { name: "t".to_owned(), version: "0".to_owned() },
        title: title.to_owned(),
        language: "en".to_owned(),
        status: "draft".to_owned(),
        version: None,
        date: None,
        style: StyleRecord { name: "s".to_owned(), sha256: String::new() },
        fonts: Vec::new(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        figures: Figures::default(),
        pdf: None,
    }
}

fn set(text: &str) -> Vec<OutputFile> {
    ["r.pdf", "r.docx", "r.html"]
        .map(|name| OutputFile { name: name.to_owned(), bytes: format!("{name} {text}").into_bytes() })
        .to_vec()
}

/// What stands in a folder beside what publishing keeps for itself.
fn published(folder: &Path) -> Vec<(String, String)> {
    let names = SystemDisk.names(folder).expect("the folder is there");
    names
        .iter()
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path)| (name, std::fs::read_to_string(path).expect("a text")))
        .collect()
}

#[test]
fn a_set_is_published_whole_with_its_manifest() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("deep/output");
    let manifest = publish(&output, &set("new"), manifest("new")).expect("nothing stands against it");
    assert_eq!(manifest.outputs.len(), 3);
    let files = published(&output);
    assert_eq!(
        files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["manifest.json", "r.docx", "r.html", "r.pdf"]
    );
    assert_eq!(files[0].1, manifest.to_json());
    assert_eq!(std::fs::read_to_string(output.join(".gitignore")).expect("it is there"), IGNORE);
    let hidden = SystemDisk.names(&output).expect("the folder is there").len() - files.len();
    assert_eq!(hidden, 2, "only the lock and .gitignore stay");
}

#[test]
fn what_is_there_already_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let time = || std::fs::metadata(folder.path().join("r.pdf")).and_then(|metadata| metadata.modified());
    publish(folder.path(), &set("same"), manifest("a")).expect("nothing stands against it");
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    let file = std::fs::File::options().write(true).open(folder.path().join("r.pdf")).expect("it is there");
    file.set_modified(long_ago).expect("it takes a time");
    publish(folder.path(), &set("same"), manifest("b")).expect("nothing stands against it");
    assert_eq!(time().expect("it has one"), long_ago);
    assert!(published(folder.path())[0].1.contains("\"title\": \"b\""), "the manifest has changed, so it is written");
}

/// At whatever operation the power goes, each file is wholly old or wholly new, and once the next
/// run has recovered the set is all old or all new.
#[test]
fn power_may_go_at_any_operation() {
    let (mut old, mut new) = (0, 0);
    for left in 0.. {
        let folder = tempfile::tempdir().expect("a temporary folder");
        publish(folder.path(), &set("old"), manifest("old")).expect("nothing stands against it");
        let before = published(folder.path());
        let disk = FailingDisk { left: Cell::new(left) };
        let done = publish_on(&disk, folder.path(), &set("new"), manifest("new")).is_ok();
        for (name, text) in published(folder.path()) {
            assert!(text.ends_with("old") || text.ends_with("new") || name == MANIFEST_FILE, "{left}: {name} {text}");
        }
        let _lock = Lock::take(folder.path(), PATIENCE).expect("nobody holds it");
        Staging { disk: &SystemDisk, folder: folder.path() }.recover().expect("the power is back");
        let after = published(folder.path());
        let is_new = after.iter().all(|(_, text)| text.ends_with("new") || text.contains("\"title\": \"new\""));
        assert!(is_new || after == before, "{left}: a mixed set {after:?}");
        assert!(is_new || !done);
        if is_new {
            new += 1
        } else {
            old += 1
        }
        let rest = SystemDisk.names(folder.path()).expect("the folder is there");
        assert_eq!(rest.len(), 6, "{left}: {rest:?}");
        if done {
            break;
        }
    }
    assert!(old > 5 && new > 5, "{old} {new}: both sides of the decisive step were met");
}

#[test]
fn a_folder_in_a_files_place_is_said_before_anything_is_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    publish(folder.path(), &set("old"), manifest("old")).expect("nothing stands against it");
    std::fs::remove_file(folder.path().join("r.html")).expect("it is there");
    std::fs::create_dir(folder.path().join("r.html")).expect("its place is free");
    let error = publish(folder.path(), &set("new"), manifest("new"));
    assert!(matches!(error, Err(PublishError::Io { .. })), "{error:?}");
    assert_eq!(std::fs::read(folder.path().join("r.pdf")).expect("it is there"), b"r.pdf old");
}

#[test]
fn a_journal_moves_nothing_out_of_the_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    std::fs::create_dir(&output).expect("a folder");
    let journal = format!("{{\"files\":[{{\"name\":\"../x\",\"sha256\":\"{}\"}}]}}", digest(b""));
    std::fs::write(output.join(JOURNAL), journal).expect("a file");
    recover(&output).expect("it is cleared away");
    assert!(!folder.path().join("x").exists() && !output.join(JOURNAL).exists());
}
