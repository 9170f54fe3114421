use std::cell::Cell;

use super::*;
use crate::output::failing::FailingDisk;
use crate::output::journal::STAGED;
use crate::output::staging::IGNORE;
use crate::output::{Figures, StyleRecord, ToolRecord};

fn manifest(title: &str) -> Manifest {
    Manifest {
        tool: ToolRecord { name: "t".to_owned(), version: "0".to_owned(), sha256: None },
        title: title.to_owned(),
        language: "en".to_owned(),
        status: "draft".to_owned(),
        version: None,
        date: None,
        style: StyleRecord { name: "s".to_owned(), sha256: String::new() },
        fonts: Vec::new(),
        inputs: Vec::new(),
        attached: Vec::new(),
        outputs: Vec::new(),
        figures: Figures::default(),
        pdf: None,
        redline: None,
        release: None,
        translations: Vec::new(),
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
    let manifest = publish(&output, MANIFEST_FILE, &set("new"), manifest("new")).expect("nothing stands against it");
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
    publish(folder.path(), MANIFEST_FILE, &set("same"), manifest("a")).expect("nothing stands against it");
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    let file = std::fs::File::options().write(true).open(folder.path().join("r.pdf")).expect("it is there");
    file.set_modified(long_ago).expect("it takes a time");
    publish(folder.path(), MANIFEST_FILE, &set("same"), manifest("b")).expect("nothing stands against it");
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
        publish(folder.path(), MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
        let before = published(folder.path());
        let disk = FailingDisk::new(|number| number >= left);
        let done = publish_on(&disk, folder.path(), MANIFEST_FILE, &set("new"), manifest("new")).is_ok();
        for (name, text) in published(folder.path()) {
            assert!(text.ends_with("old") || text.ends_with("new") || name == MANIFEST_FILE, "{left}: {name} {text}");
        }
        let _lock = Lock::take(folder.path(), PATIENCE).expect("nobody holds it");
        assert_eq!(Staging { disk: &SystemDisk, folder: folder.path() }.recover(), Ok(true), "the power is back");
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

/// Whatever single operation fails, a set that is not published leaves the one before, at once.
#[test]
fn an_operation_may_fail_and_the_set_before_is_there() {
    let mut failures = 0;
    for failing in 0.. {
        let folder = tempfile::tempdir().expect("a temporary folder");
        publish(folder.path(), MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
        let before = published(folder.path());
        let disk = FailingDisk::new(|number| number == failing);
        let done = publish_on(&disk, folder.path(), MANIFEST_FILE, &other_set("new"), manifest("new"));
        if done.is_err() {
            failures += 1;
            assert_eq!(published(folder.path()), before, "{failing}");
        } else {
            assert_eq!(published(folder.path()).len(), 4, "{failing}: three files and the manifest");
        }
        publish(folder.path(), MANIFEST_FILE, &set("newer"), manifest("newer")).expect("nothing stands against it");
        assert!(published(folder.path()).iter().all(|(_, text)| text.contains("newer")), "{failing}");
        assert_eq!(SystemDisk.names(folder.path()).expect("the folder is there").len(), 6, "{failing}");
        if disk.done.get() <= failing {
            break;
        }
    }
    assert!(failures > 20, "{failures}");
}

/// With every n-th operation failing, putting back fails as well: then the next run ends with one set or the other.
#[test]
fn every_nth_operation_may_fail() {
    for every in 1..60 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        publish(folder.path(), MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
        let before = published(folder.path());
        let disk = FailingDisk::new(|number| number % every == every - 1);
        let done = publish_on(&disk, folder.path(), MANIFEST_FILE, &other_set("new"), manifest("new")).is_ok();
        recover(folder.path()).expect("the disk is sound again");
        let after = published(folder.path());
        let is_new = after.iter().all(|(_, text)| text.contains("new")) && after.len() == 4;
        assert!(is_new || after == before, "{every}: a mixed set {after:?}");
        assert!(is_new || !done, "{every}");
    }
}

/// A set with a file less and a file more than [`set`] has.
fn other_set(text: &str) -> Vec<OutputFile> {
    let mut files = set(text);
    files[0] = OutputFile { name: "other.pdf".to_owned(), bytes: format!("other.pdf {text}").into_bytes() };
    files
}

#[test]
fn what_a_set_no_longer_has_goes_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    publish(folder.path(), MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
    std::fs::write(folder.path().join("r.docx"), "someone's own by now").expect("a file");
    std::fs::write(folder.path().join("r.txt"), "someone's own").expect("a file");
    let html = set("new").split_off(2);
    publish(folder.path(), MANIFEST_FILE, &html, manifest("new")).expect("nothing stands against it");
    let names = published(folder.path()).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names, ["manifest.json", "r.docx", "r.html", "r.txt"]);
}

#[test]
fn a_manifest_names_nothing_out_of_the_folder_or_hidden() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    publish(&output, MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
    std::fs::write(folder.path().join("x"), "x").expect("a file");
    let record = |path: &str, text: &str| format!("{{\"path\":\"{path}\",\"sha256\":\"{}\"}}", digest(text.as_bytes()));
    let outputs = [record("../x", "x"), record(".gitignore", IGNORE)].join(",");
    std::fs::write(output.join(MANIFEST_FILE), format!("{{\"outputs\":[{outputs}]}}")).expect("a file");
    publish(&output, MANIFEST_FILE, &set("new"), manifest("new")).expect("nothing stands against it");
    assert!(folder.path().join("x").exists() && output.join(".gitignore").exists());
}

/// A crash after the decisive step, then damage to what was staged: nothing of it is put in its place, or if some is,
/// the next set ends it.
#[test]
fn damaged_staged_files_are_never_half_a_set() {
    for (left, whole) in [(0, true), (1, false)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        publish(folder.path(), MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
        let before = published(folder.path());
        // Fails at the renames, and so does all after them.
        let renamed = Cell::new(0);
        let disk = RenamesFail { renamed: &renamed, after: left + 1 };
        publish_on(&disk, folder.path(), MANIFEST_FILE, &set("new"), manifest("new")).expect_err("the power is gone");
        for path in SystemDisk.names(folder.path()).expect("the folder is there") {
            if path.to_string_lossy().contains(STAGED) {
                std::fs::write(path, "damaged").expect("a file");
            }
        }
        let recovered = Staging { disk: &SystemDisk, folder: folder.path() }.recover();
        assert_eq!(recovered, Ok(whole));
        assert_eq!(published(folder.path()) == before, whole);
        publish(folder.path(), MANIFEST_FILE, &set("newer"), manifest("newer")).expect("nothing stands against it");
        assert!(published(folder.path()).iter().all(|(_, text)| text.contains("newer")));
        assert_eq!(SystemDisk.names(folder.path()).expect("the folder is there").len(), 6);
    }
}

/// A disk that renames so often, and then does nothing more.
struct RenamesFail<'c> {
    renamed: &'c Cell<usize>,
    after: usize,
}

impl RenamesFail<'_> {
    fn alive(&self) -> io::Result<()> {
        if self.renamed.get() > self.after { Err(io::Error::other("no power")) } else { Ok(()) }
    }
}

impl Disk for RenamesFail<'_> {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.alive()?;
        SystemDisk.write(path, bytes)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.alive()?;
        SystemDisk.read(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.renamed.set(self.renamed.get() + 1);
        self.alive()?;
        SystemDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.alive()?;
        SystemDisk.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.alive()?;
        SystemDisk.remove_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.alive()?;
        SystemDisk.sync_folder(folder)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.create_folder(folder)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.alive()?;
        SystemDisk.names(folder)
    }
}

#[test]
fn a_folder_in_a_files_place_is_said_before_anything_is_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    publish(folder.path(), MANIFEST_FILE, &set("old"), manifest("old")).expect("nothing stands against it");
    std::fs::remove_file(folder.path().join("r.html")).expect("it is there");
    std::fs::create_dir(folder.path().join("r.html")).expect("its place is free");
    let error = publish(folder.path(), MANIFEST_FILE, &set("new"), manifest("new"));
    assert!(matches!(error, Err(PublishError::Io { .. })), "{error:?}");
    assert_eq!(std::fs::read(folder.path().join("r.pdf")).expect("it is there"), b"r.pdf old");
}
