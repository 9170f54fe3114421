//! Paths that lead out of the project: nothing behind them is ever opened, whoever names them.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;

use rapporteur::diag::Code;
use rapporteur::project::{Entry, Format, MemoryWorld, ProjectPath, ReadError, SystemWorld, World};

use super::build;

/// Ways out of a folder, for a file that is called `secret`.
const OUT: &[&str] = &[
    "/etc/passwd",
    "../secret",
    "../../secret",
    "drafts/../../secret",
    "./../../secret",
    "..\\\\..\\\\secret",
    "\\\\\\\\host\\\\share\\\\secret",
    "//host/share/secret",
    "C:/secret",
    "C:\\\\secret",
    "c:secret",
    "%2e%2e/%2e%2e/secret",
    "%2E%2E%2F%2E%2E%2Fsecret",
    "..%2f..%2fsecret",
    "..%5c..%5csecret",
    "%252e%252e/secret",
    "/%2e%2e/etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file:secret",
    "file://localhost/etc/passwd",
    "a%00/../../../secret",
    "a%00.png",
    ".../secret",
    "....//....//secret",
    "~/secret",
    "$HOME/secret",
    "nul",
    "aux.png",
    "%c0%ae%c0%ae/secret",
    "\u{ff0e}\u{ff0e}/secret",
    "..\u{2215}secret",
    "/proc/self/environ",
    "/dev/stdin",
    "https://e.org/x.png",
    "data:image/png;base64,AAAA",
    "ftp://e.org/x",
    "smb://e.org/x",
    "\\\\?\\\\C:\\\\secret",
];

/// A world that notes what is asked of it.
struct Watched {
    world: MemoryWorld,
    read: Mutex<BTreeSet<String>>,
}

impl World for Watched {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.read.lock().expect("nobody panics here").insert(path.as_str().to_owned());
        self.world.read(path, limit)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.world.list(folder)
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.world.list_here(folder)
    }
}

/// Whether a path that was asked for could leave the root on any system.
fn leaves(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    path.starts_with('/') || drive || path.contains(['\\', '\0']) || path.split('/').any(|part| part == "..")
}

fn watched(draft: &str, configuration: &str) -> (Vec<Code>, BTreeSet<String>) {
    let world = MemoryWorld::new([("drafts/a.md", draft), ("rapporteur.toml", configuration)]);
    let world = Watched { world, read: Mutex::default() };
    let built = build(&world, &Entry::Configuration, Some(vec![Format::Html]));
    let codes = built.diagnostics.iter().map(|found| found.code).collect();
    (codes, world.read.into_inner().expect("nobody panics here"))
}

#[test]
fn no_draft_leads_out() {
    for out in OUT {
        let markdown = out.replace("\\\\", "\\");
        for draft in [
            format!("![x](<{out}>)\n"),
            format!("a ![x]({out}) b\n"),
            format!("<img src=\"{markdown}\" alt=\"x\">\n"),
            format!("[x](<{out}>)\n"),
            format!("[x][r]\n\n[r]: <{out}>\n"),
            format!("::: {{.table src=\"{out}\"}}\n:::\n"),
            format!("::: {{.table src='{markdown}'}}\n:::\n"),
        ] {
            let (_, read) = watched(&draft, "[report]\ntitle = \"T\"\n");
            let bad: Vec<_> = read.iter().filter(|path| leaves(path)).collect();
            assert!(bad.is_empty(), "{draft}: {bad:?}");
        }
    }
}

#[test]
fn no_configuration_leads_out() {
    for out in OUT {
        let value = toml::Value::String(out.replace("\\\\", "\\")).to_string();
        for keys in [
            format!("[drafts]\nfolder = {value}"),
            format!("[drafts]\norder = [{value}]"),
            format!("[style]\nname = {value}"),
            format!("[output]\nname = {value}"),
            format!("[output]\nfolder = {value}"),
            format!("[citations]\nbibliography = [{value}]"),
            format!("[citations]\nstyle = {value}"),
        ] {
            let (_, read) = watched("A\n", &format!("[report]\ntitle = \"T\"\n{keys}\n"));
            let bad: Vec<_> = read.iter().filter(|path| leaves(path)).collect();
            assert!(bad.is_empty(), "{keys}: {bad:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn no_symbolic_link_leads_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("root");
    fs::create_dir_all(root.join("drafts")).expect("folders");
    fs::create_dir_all(root.join("styles")).expect("folders");
    fs::create_dir_all(folder.path().join("out/own")).expect("folders");
    fs::write(folder.path().join("out/secret.md"), "the secret\n").expect("a file");
    fs::write(folder.path().join("out/secret.png"), "the secret").expect("a file");
    fs::write(folder.path().join("out/secret.csv"), "the,secret\n").expect("a file");
    fs::write(folder.path().join("out/own/style.toml"), "the secret").expect("a file");
    let configuration = "[report]\ntitle = \"T\"\n[style]\nname = \"own\"\n";
    fs::write(root.join("rapporteur.toml"), configuration).expect("a file");
    let draft = "![x](link.png) ![x](all/secret.png)\n\n::: {.table src=link.csv}\n:::\n\n::: {.table src=all/secret.csv}\n:::\n";
    fs::write(root.join("drafts/a.md"), draft).expect("a file");
    for (target, link) in [
        ("../../out/secret.md", "drafts/b.md"),
        ("../../out/secret.png", "drafts/link.png"),
        ("../../out/secret.csv", "drafts/link.csv"),
        ("../../out", "drafts/all"),
        ("../../out/own", "styles/own"),
    ] {
        symlink(target, root.join(link)).expect("a link");
    }
    let world = SystemWorld::open(&root).expect("a folder");
    let built = build(&world, &Entry::Configuration, Some(vec![Format::Html]));
    let project = &built.project.sources;
    assert!(project.ids().all(|id| !project[id].text().contains("secret\n")), "it was read");
    let said = format!("{:?}", built.diagnostics);
    assert!(built.diagnostics.iter().any(|found| found.code == Code::OutsideProject), "{said}");
    let pages = built.report.iter().flat_map(|report| &report.files);
    assert!(pages.into_iter().all(|file| !String::from_utf8_lossy(&file.bytes).contains("the secret")), "{said}");
}
