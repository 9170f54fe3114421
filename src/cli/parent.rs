//! The process that started this one, and those that this one starts.
//!
//! A build of a series has a pipe from it as its standard input: nothing is ever sent, and its end says that the series
//! has ended, however that was.

use std::io;
use std::process::{Command, Stdio};

/// Set for a build that is to end with its standard input.
const BOUND: &str = "RAPPORTEUR_BOUND";
/// As a shell counts a process that SIGTERM has ended.
const ENDED: i32 = 143;

/// Lets a build end when this process does. What leads to its standard input is to be kept until it is done.
pub(super) fn bind(command: &mut Command) -> &mut Command {
    command.env(BOUND, "1").stdin(Stdio::piped())
}

/// Ends this process with the one that started it, if it is bound to it: what it was asked for is wanted no longer. It
/// leaves what any interrupted build leaves.
pub(super) fn follow() {
    if std::env::var_os(BOUND).is_some() {
        std::thread::spawn(|| {
            let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
            std::process::exit(ENDED);
        });
    }
}
