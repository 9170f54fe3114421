//! `rapporteur watch` on a real file system: every way of saving ends in the right output, and its own
//! output never wakes it. Each test waits for an outcome, with a deadline, and never for a time.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// However busy the machine, this is long enough.
const DEADLINE: Duration = Duration::from_secs(60);

/// A project that is being watched; the watcher ends with it.
struct Watched {
    folder: tempfile::TempDir,
    child: Child,
    told: Arc<Mutex<String>>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watched {
    fn start(how: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("drafts")).expect("a folder");
        fs::write(folder.path().join("drafts/a.md"), "# First\n\nword zero\n").expect("a file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["watch", "--format", "html", "--watch", how])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let told = Arc::new(Mutex::new(String::new()));
        let (mut stderr, kept) = (child.stderr.take().expect("it is piped"), Arc::clone(&told));
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = stderr.read(&mut buffer) {
                kept.lock().expect("no thread panics").push_str(&String::from_utf8_lossy(&buffer[..read]));
            }
        });
        let watched = Self { folder, child, told };
        watched.wait_for("word zero");
        watched.until("it waits", || watched.rounds() > 0);
        watched
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn draft(&self) -> PathBuf {
        self.path("drafts/a.md")
    }

    fn output(&self) -> String {
        let files = fs::read_dir(self.path("output")).into_iter().flatten().flatten();
        let html = files.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "html"));
        html.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default()
    }

    fn told(&self) -> String {
        self.told.lock().expect("no thread panics").clone()
    }

    /// How often it has come to wait: once after each build.
    fn rounds(&self) -> usize {
        self.told().matches("waiting for changes").count()
    }

    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < DEADLINE, "{what} never came to be; told:\n{}", self.told());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn wait_for(&self, text: &str) {
        self.until(&format!("`{text}` in the output"), || self.output().contains(text));
    }
}

/// A way in which an editor saves.
type Save = fn(&Path, &str);

const SAVES: &[(&str, Save)] = &[
    ("in place", |path, text| fs::write(path, text).expect("it can be written")),
    ("temporary file renamed over it", |path, text| {
        let temporary = path.with_file_name(".a.md.tmp");
        fs::write(&temporary, text).expect("it can be written");
        fs::rename(temporary, path).expect("it can be renamed");
    }),
    ("moved to a backup, written anew, as vim does", |path, text| {
        fs::write(path.with_file_name("4913"), "").expect("it can be written");
        fs::remove_file(path.with_file_name("4913")).expect("it can be removed");
        fs::rename(path, path.with_file_name("a.md~")).expect("it can be renamed");
        fs::write(path, text).expect("it can be written");
        fs::remove_file(path.with_file_name("a.md~")).expect("it can be removed");
    }),
    ("truncated, then written", |path, text| {
        fs::write(path, "").expect("it can be truncated");
        std::thread::sleep(Duration::from_millis(60));
        fs::write(path, text).expect("it can be written");
    }),
    ("removed, then created", |path, text| {
        fs::remove_file(path).expect("it can be removed");
        std::thread::sleep(Duration::from_millis(60));
        fs::write(path, text).expect("it can be written");
    }),
    ("in two pieces", |path, text| {
        use std::io::Write;
        let (first, second) = text.split_at(text.len() / 2);
        let mut file = fs::File::create(path).expect("it can be made");
        file.write_all(first.as_bytes()).expect("it can be written");
        std::thread::sleep(Duration::from_millis(20));
        file.write_all(second.as_bytes()).expect("it can be written");
    }),
    ("with the time stamp of the version before", |path, text| {
        let before = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("it has a time");
        fs::write(path, text).expect("it can be written");
        fs::File::options().write(true).open(path).and_then(|f| f.set_modified(before)).expect("it takes a time");
    }),
];

/// How large the tests are that can be: `RAPPORTEUR_SCALE`.
fn scale() -> usize {
    std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

fn every_save_ends_in_the_right_output(how: &str) {
    let watched = Watched::start(how);
    for round in 0..2 * scale() {
        for (name, save) in SAVES {
            let word = format!("{} round {round}", name.replace(',', ""));
            save(&watched.draft(), &format!("# First\n\n{word}\n"));
            watched.wait_for(&word);
        }
    }
    assert!(!watched.told().contains("error"), "{}", watched.told());
}

#[test]
fn every_save_ends_in_the_right_output_by_events() {
    every_save_ends_in_the_right_output("native");
}

#[test]
fn every_save_ends_in_the_right_output_by_polling() {
    every_save_ends_in_the_right_output("poll");
}

#[test]
fn what_is_new_is_found_whatever_its_folder() {
    let watched = Watched::start("native");
    fs::write(watched.path("drafts/b.md"), "# Second\n\nword beta\n").expect("a file");
    watched.wait_for("word beta");
    // A folder and its file at once: events of the file are lost.
    fs::write(watched.path("rapporteur.toml"), "[drafts]\norder = [\"*.md\", \"**/*.md\"]\n").expect("a file");
    watched.until("a build with the configuration", || watched.told().contains("waiting for changes"));
    fs::create_dir_all(watched.path("drafts/deep/er")).expect("folders");
    fs::write(watched.path("drafts/deep/er/c.md"), "# Third\n\nword gamma\n").expect("a file");
    watched.wait_for("word gamma");
    fs::write(watched.path("drafts/deep/er/c.md"), "# Third\n\nword delta\n").expect("a file");
    watched.wait_for("word delta");
}

#[test]
fn an_image_that_appears_takes_its_place() {
    let watched = Watched::start("native");
    fs::write(watched.draft(), "# First\n\n![dot](img/dot.png)\n\nword one\n").expect("a file");
    watched.wait_for("word one");
    watched.until("the missing image is told", || watched.told().contains("missing-image"));
    let before = watched.output();
    fs::create_dir(watched.path("drafts/img")).expect("a folder");
    fs::write(watched.path("drafts/img/dot.png"), PNG).expect("a file");
    watched
        .until("the image in the output", || watched.output() != before && watched.output().contains("data:image/png"));
}

#[test]
fn neither_its_output_nor_an_editors_own_files_wake_it() {
    let watched = Watched::start("native");
    let rounds = watched.rounds();
    for name in ["drafts/4913", "drafts/a.md~", "drafts/.a.md.swp", "drafts/.#a.md", "drafts/x.tmp", "notes.txt"] {
        fs::write(watched.path(name), "x").expect("a file");
    }
    fs::write(watched.path("output/note.md"), "x").expect("a file");
    let same = fs::read(watched.draft()).expect("it is there");
    fs::write(watched.draft(), same).expect("a file");
    // What comes after them has been noticed: so have they.
    fs::write(watched.draft(), "# First\n\nword last\n").expect("a file");
    watched.wait_for("word last");
    watched.until("it waits again", || watched.rounds() > rounds);
    assert_eq!(watched.rounds(), rounds + 1, "one build for the one change:\n{}", watched.told());
}

#[test]
fn the_last_good_output_stays_while_a_draft_is_at_fault() {
    let watched = Watched::start("native");
    fs::write(watched.draft(), b"# First\n\nword \xff bad\n").expect("a file");
    watched.until("the fault is told", || watched.told().contains("invalid-utf8"));
    assert!(watched.output().contains("word zero"));
    fs::remove_dir_all(watched.path("drafts")).expect("it can be removed");
    watched
        .until("the loss is told", || watched.told().contains("no-drafts") || watched.told().contains("missing-file"));
    assert!(watched.output().contains("word zero"));
    fs::create_dir(watched.path("drafts")).expect("a folder");
    fs::write(watched.draft(), "# First\n\nword back\n").expect("a file");
    watched.wait_for("word back");
}

#[test]
fn the_root_may_go_and_come_back() {
    let watched = Watched::start("native");
    let aside = watched.folder.path().with_extension("aside");
    fs::rename(watched.folder.path(), &aside).expect("it can be renamed");
    watched.until("the loss is told", || watched.told().contains("has gone"));
    fs::create_dir_all(watched.path("drafts")).expect("folders");
    fs::write(watched.draft(), "# First\n\nword anew\n").expect("a file");
    watched.wait_for("word anew");
    fs::write(watched.draft(), "# First\n\nword once more\n").expect("a file");
    watched.wait_for("word once more");
    fs::remove_dir_all(aside).expect("it can be removed");
}

#[test]
fn it_holds_while_git_rewrites_the_tree() {
    let watched = Watched::start("native");
    let lock = watched.path(".git/index.lock");
    fs::create_dir(watched.path(".git")).expect("a folder");
    fs::write(&lock, "").expect("a file");
    fs::write(watched.draft(), "# First\n\nword half\n").expect("a file");
    fs::write(watched.path("drafts/b.md"), "# Second\n\nword half\n").expect("a file");
    // The watcher is at it by now, or will be: either way it sees the whole.
    std::thread::sleep(Duration::from_millis(400));
    assert!(!watched.output().contains("word half"), "it did not hold");
    fs::write(watched.draft(), "# First\n\nword whole\n").expect("a file");
    fs::remove_file(lock).expect("it can be removed");
    watched.wait_for("word whole");
    assert!(watched.output().contains("Second"));
}

#[test]
fn switching_a_branch_takes_two_builds_at_most() {
    let watched = Watched::start("native");
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(watched.folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .status();
        assert!(status.expect("git is installed").success(), "{arguments:?}");
    };
    let write_all = |word: &str| {
        for n in 10..50 {
            fs::write(watched.path(&format!("drafts/{n}.md")), format!("# Part {n}\n\n{word} {n}\n")).expect("a file");
        }
    };
    fs::write(watched.path(".gitignore"), "/output\n").expect("a file");
    write_all("word main");
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "main"]);
    git(&["checkout", "-q", "-b", "side"]);
    write_all("word side");
    git(&["commit", "-q", "-a", "-m", "side"]);
    watched.wait_for("word side 49");
    watched.until("it waits", || watched.rounds() > 1);
    let rounds = watched.rounds();
    git(&["checkout", "-q", "main"]);
    watched.wait_for("word main 49");
    watched.until("it waits again", || watched.rounds() > rounds);
    let output = watched.output();
    assert!(!output.contains("word side"), "a mix of two trees");
    assert!(watched.rounds() <= rounds + 2, "{}", watched.told());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_and_leaves_nothing_half_done() {
    let mut watched = Watched::start("native");
    let status = Command::new("kill").args(["-INT", &watched.child.id().to_string()]).status();
    assert!(status.expect("kill can be run").success());
    let status = watched.child.wait().expect("it ends");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2), "a shell says 130");
    let staged = fs::read_dir(watched.path("output")).expect("it is there").flatten();
    assert!(staged.into_iter().all(|entry| !entry.file_name().to_string_lossy().contains("staged")));
}

/// One pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6,
    0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8,
    0x0f, 0, 1, 4, 1, 0, 0x5f, 0xe5, 0xc3, 0x4b, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];
