//! `rapporteur watch` on a real file system: every way of saving ends in the right output, and its own
//! output never wakes it. Each test waits for an outcome, with a deadline, and never for a time.

#![expect(clippy::print_stdout, reason = "figures are for whoever runs it")]

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[path = "watch/saves.rs"]
mod saves;

use saves::SAVES;

/// However busy the machine, this is long enough.
const DEADLINE: Duration = Duration::from_secs(60);

/// A project that is being watched; the watcher ends with it.
struct Watched {
    folder: tempfile::TempDir,
    child: Child,
    told: Arc<Mutex<String>>,
    /// One at a time: what one test does to the machine's watches and queues is no other's.
    _turn: MutexGuard<'static, ()>,
}

static TURN: Mutex<()> = Mutex::new(());

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watched {
    fn start(how: &str) -> Self {
        Self::start_through(&[], how, "html")
    }

    /// By a program that runs the program that it is given.
    fn start_through(through: &[&str], how: &str, formats: &str) -> Self {
        // A test that failed has nothing that the next one needs.
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("drafts")).expect("a folder");
        fs::write(folder.path().join("drafts/a.md"), "# First\n\nword zero\n").expect("a file");
        let line: Vec<&str> = through.iter().copied().chain([env!("CARGO_BIN_EXE_rapporteur")]).collect();
        let mut child = Command::new(line[0])
            .args(&line[1..])
            .args(["watch", "--format", formats, "--watch", how])
            .arg(folder.path())
            .env_remove("SOURCE_DATE_EPOCH")
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
        let watched = Self { folder, child, told, _turn: turn };
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

/// How large the tests are that can be: `RAPPORTEUR_SCALE`.
fn scale() -> usize {
    std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

fn every_save_ends_in_the_right_output(how: &str) {
    let watched = Watched::start(how);
    let rounds = 10 * scale();
    for (name, save) in SAVES {
        let mut times: Vec<Duration> = Vec::new();
        for round in 0..rounds {
            let word = format!("{} round {round}.", name.replace(',', ""));
            save(&watched.draft(), &format!("# First\n\n{word}\n"));
            let saved = Instant::now();
            watched.wait_for(&word);
            times.push(saved.elapsed());
        }
        times.sort();
        println!(
            "{how}, {name}: {rounds} saves, {:?} in the median, {:?} at most",
            times[rounds / 2],
            times[rounds - 1]
        );
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

fn git(watched: &Watched, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(watched.folder.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", "2001-02-03T12:00:00Z")
        .status();
    assert!(status.expect("git is installed").success(), "{arguments:?}");
}

/// Pages are kept from one save to the next; what is written is what a build writes, byte for byte.
#[test]
fn what_is_written_is_a_builds() {
    let watched = Watched::start_through(&[], "native", "pdf,docx,html");
    let beside = tempfile::tempdir().expect("a temporary folder");
    let long = "Words that fill a line or two, and more of them. ".repeat(90);
    for (save, text) in [
        "# First\n\nword one\n".to_owned(),
        format!("# First\n\nword two\n\n{long}\n\n# Second {{#two}}\n\nWords.^[A note.]\n"),
        format!("# First\n\nword three, see @two\n\n{long}{long}\n\n# Second {{#two}}\n\nWords.\n\n# Third\n\n- x\n"),
        "# First\n\n## Deeper\n\nword four\n\n| a |\n|---|\n| b |\n\nTable: Cells\n".to_owned(),
        "# First\n\nword one\n".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        let rounds = watched.rounds();
        fs::write(watched.draft(), format!("{text}\nSave {save}.\n")).expect("a file");
        watched.wait_for(&format!("Save {save}."));
        watched.until("it waits", || watched.rounds() > rounds);
        let fresh = beside.path().join(save.to_string());
        let build = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["build", "--format", "pdf,docx,html", "--output"])
            .args([fresh.as_os_str(), watched.folder.path().as_os_str()])
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("the program starts");
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        let names: Vec<_> = fs::read_dir(&fresh).expect("it is there").flatten().map(|file| file.file_name()).collect();
        assert!(names.len() >= 3, "{names:?}");
        for name in names.iter().filter(|name| !name.to_string_lossy().starts_with('.')) {
            let read = |folder: PathBuf| fs::read(folder.join(name)).expect("it is there");
            assert!(read(watched.path("output")) == read(fresh.clone()), "save {save}: {}", name.display());
        }
    }
}

/// No file of the report changes: only where its date comes from.
#[test]
fn a_commit_brings_its_date() {
    for how in ["native", "poll"] {
        let watched = Watched::start(how);
        assert!(!watched.output().contains("3 February 2001"));
        git(&watched, &["init", "-q"]);
        git(&watched, &["add", "drafts"]);
        git(&watched, &["commit", "-q", "-m", "main"]);
        watched.wait_for("3 February 2001");
    }
}

/// A font is asked for by its name alone: that the folder has it is what tells.
#[cfg(unix)]
#[test]
fn a_font_that_appears_is_looked_at() {
    let watched = Watched::start("native");
    fs::create_dir(watched.path("fonts")).expect("a folder");
    fs::write(watched.path("fonts/Other.ttf"), "no font").expect("a file");
    fs::write(watched.path("rapporteur.toml"), "[fonts]\nfolders = [\"fonts\"]\n").expect("a file");
    fs::write(watched.draft(), "# First\n\nword \u{645}\u{631}\u{62d}\u{628}\u{627}\n").expect("a file");
    watched.wait_for("word \u{645}");
    watched.until("it waits", || watched.rounds() > 1);
    // One that cannot be read is told of, once it is looked at.
    std::os::unix::fs::symlink("/etc/hostname", watched.path("fonts/NotoNaskhArabic-Regular.ttf")).expect("a link");
    watched.until("the font", || watched.told().contains("NotoNaskhArabic-Regular.ttf"));
}

#[test]
fn switching_a_branch_takes_two_builds_at_most() {
    let watched = Watched::start("native");
    let git = |arguments: &[&str]| git(&watched, arguments);
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

/// A rebase rewrites the tree commit by commit; what is shown in the end is its end.
#[test]
fn a_rebase_ends_in_its_end() {
    let watched = Watched::start("native");
    let git = |arguments: &[&str]| git(&watched, arguments);
    fs::write(watched.path(".gitignore"), "/output\n").expect("a file");
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "base"]);
    git(&["checkout", "-q", "-b", "side"]);
    for n in 0..8 {
        fs::write(watched.path(&format!("drafts/s{n}.md")), format!("# Side {n}\n\nside word {n}\n")).expect("a file");
        git(&["add", "."]);
        git(&["commit", "-q", "-m", "side"]);
    }
    git(&["checkout", "-q", "main"]);
    fs::write(watched.draft(), "# First\n\nword main\n").expect("a file");
    git(&["commit", "-q", "-a", "-m", "main"]);
    watched.wait_for("word main");
    git(&["checkout", "-q", "side"]);
    git(&["rebase", "-q", "main"]);
    watched.until("the rebased tree", || {
        let output = watched.output();
        output.contains("word main") && (0..8).all(|n| output.contains(&format!("side word {n}")))
    });
}

/// More events than the system keeps: some are lost, and every file is looked at again.
#[test]
fn a_flood_of_files_drowns_no_save() {
    let watched = Watched::start("native");
    let many = 1_200 * scale();
    fs::create_dir(watched.path("drafts/flood")).expect("a folder");
    for n in 0..many {
        fs::write(watched.path(&format!("drafts/flood/{n}.tmp")), "x").expect("a file");
        fs::write(watched.path(&format!("drafts/{n}.tmp")), "x").expect("a file");
    }
    fs::write(watched.draft(), "# First\n\nword afloat\n").expect("a file");
    fs::create_dir_all(watched.path("drafts/late/er")).expect("folders");
    fs::write(watched.path("drafts/z.md"), "# Last\n\nword ashore\n").expect("a file");
    watched.wait_for("word afloat");
    watched.wait_for("word ashore");
    println!("{} files at once: nothing lost", 2 * many);
}

/// Where the system has no more watches to give it says so, names the limit, and looks for itself.
#[cfg(target_os = "linux")]
#[test]
fn without_watches_it_polls_and_says_so() {
    let limited = "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$0\" \"$@\"";
    let limit = "echo 0 > /proc/sys/user/max_inotify_instances";
    let allowed = Command::new("unshare").args(["-Ur", "sh", "-c", limit]).stderr(Stdio::null()).status();
    assert!(
        allowed.is_ok_and(|status| status.success()),
        "a user namespace is needed to set the limit (`unshare -Ur`)"
    );
    let watched = Watched::start_through(&["unshare", "-Ur", "sh", "-c", limited], "auto", "html");
    watched.until("it says so", || watched.told().contains("max_user_instances"));
    fs::write(watched.draft(), "# First\n\nword polled\n").expect("a file");
    watched.wait_for("word polled");
    let native = Command::new("unshare")
        .args(["-Ur", "sh", "-c", limited, env!("CARGO_BIN_EXE_rapporteur"), "watch", "--watch", "native"])
        .arg(watched.folder.path())
        .output()
        .expect("it runs");
    assert_eq!(native.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&native.stderr).contains("max_user_instances"));
}

#[test]
fn polling_says_that_it_was_asked_for() {
    let watched = Watched::start("poll");
    assert!(watched.told().contains("looking for changes several times a second"), "{}", watched.told());
}

/// A clock that was set back, times that stay as they were: what a file holds decides.
#[test]
fn times_that_lie_mislead_nobody() {
    for how in ["native", "poll"] {
        let watched = Watched::start(how);
        let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
        for n in 0..5 {
            let word = format!("word {n}x");
            fs::write(watched.draft(), format!("# First\n\n{word}\n")).expect("a file");
            let file = fs::File::options().write(true).open(watched.draft()).expect("it opens");
            file.set_modified(long_ago).expect("it takes a time");
            watched.wait_for(&word);
        }
    }
}

/// Of two saves close to one another the later is shown in the end, and nothing follows it.
#[test]
fn what_is_overtaken_is_not_shown() {
    let watched = Watched::start("native");
    for n in 0..10 {
        for m in 0..5 {
            fs::write(watched.draft(), format!("# First\n\nword {n} {m}.\n")).expect("a file");
            std::thread::sleep(Duration::from_millis(5 * m));
        }
        watched.wait_for(&format!("word {n} 4."));
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_and_leaves_nothing_half_done() {
    let mut watched = Watched::start("native");
    let status = Command::new("kill").args(["-TERM", &watched.child.id().to_string()]).status();
    assert!(status.expect("kill can be run").success());
    let status = watched.child.wait().expect("it ends");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(15), "a shell says 143");
    let staged = fs::read_dir(watched.path("output")).expect("it is there").flatten();
    assert!(staged.into_iter().all(|entry| !entry.file_name().to_string_lossy().contains("staged")));
}

/// One pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6,
    0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8,
    0x0f, 0, 1, 4, 1, 0, 0x5f, 0xe5, 0xc3, 0x4b, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];
