//! `rapporteur completions`: what a shell needs to complete the command line, from the same definition as the help.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::exit::Exit;
use super::{Arguments, terminal};

/// What `completions` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct CompletionsArguments {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(arguments: &CompletionsArguments) -> Exit {
    terminal::result(script(arguments.shell).trim_end());
    Exit::Done
}

/// What the shell reads.
fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), env!("CARGO_PKG_NAME"), &mut script);
    String::from_utf8(script).expect("names of commands and their help are text")
}
