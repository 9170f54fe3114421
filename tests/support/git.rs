//! A sandbox under git's care.

use std::process::{Command, Stdio};

use crate::support::Sandbox;

/// Runs git in it, as nobody in particular; commits are of a date.
pub fn git(sandbox: &Sandbox, date: &str, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(sandbox.path(""))
        .env("GIT_COMMITTER_DATE", date)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("git is installed").success(), "{arguments:?}");
}
