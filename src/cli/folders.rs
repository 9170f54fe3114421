//! Folders of whoever runs the program, as the environment names them (XDG Base Directory Specification; macOS; Windows).
//!
//! In: the environment. Out: paths, of folders that may not be there. Never looks into one.

use std::path::PathBuf;

/// Where the program keeps what outlives a run.
pub(super) fn of_state() -> Option<PathBuf> {
    beneath("XDG_STATE_HOME", "rapporteur").or_else(|| beneath("HOME", ".local/state/rapporteur"))
}

/// The system's folders of fonts, the user's own first.
pub(super) fn of_fonts() -> Vec<PathBuf> {
    let own = beneath("XDG_DATA_HOME", "fonts").or_else(|| beneath("HOME", ".local/share/fonts"));
    let others = [beneath("HOME", "Library/Fonts"), beneath("WINDIR", "Fonts")];
    let shared = ["/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts"].map(PathBuf::from);
    own.into_iter().chain(others.into_iter().flatten()).chain(shared).collect()
}

/// What lies beneath a folder that a variable names; one that is no absolute path counts as not set, as the specification has it.
fn beneath(variable: &str, rest: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute());
    folder.map(|folder| folder.join(rest))
}
