//! The program, run by someone else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program where any user can run it: a home or a target folder may be closed to others.
pub fn program(folder: &Path) -> PathBuf {
    let copy = folder.join("rapporteur");
    if !copy.exists() {
        fs::copy(env!("CARGO_BIN_EXE_rapporteur"), &copy).expect("a copy of the program");
    }
    copy
}

/// As root, user 65534; else, root of a user namespace of one's own. Where neither can be, the test fails: it would
/// not show what it says.
pub fn as_another_user(program: &Path) -> Command {
    let setpriv = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let unshare = ["unshare", "--user", "--map-root-user"];
    for start in [&setpriv[..], &unshare[..]] {
        let command = || {
            let mut command = Command::new(start[0]);
            command.args(&start[1..]);
            command
        };
        if command().arg("true").status().is_ok_and(|status| status.success()) {
            let mut command = command();
            command.arg(program);
            return command;
        }
    }
    panic!("neither setpriv nor unshare lets this test run the program as another user");
}

/// Lets every user write to it.
#[cfg(unix)]
pub fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("our own folder");
}

/// Lets every user write to it.
#[cfg(not(unix))]
pub fn open_to_all(_: &Path) {}
