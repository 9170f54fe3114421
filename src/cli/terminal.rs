use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use serde::Serialize;

use super::exit::Exit;

/// Writes a result to standard output. A reader that has gone away wants no more of it.
pub(super) fn result(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes to standard error.
pub(super) fn message(text: &str) {
    tell(Stream::Error, text);
}

/// Where text about drafts goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output, where it is what was asked for.
    Output,
    /// Standard error.
    Error,
}

/// Writes text about drafts, of which no workflow takes a part for a command.
pub(super) fn tell(stream: Stream, text: &str) {
    let text = without_commands(text);
    let _ = match stream {
        Stream::Output => writeln!(std::io::stdout().lock(), "{text}"),
        Stream::Error => writeln!(std::io::stderr().lock(), "{text}"),
    };
}

/// Says why a command cannot go on.
pub(super) fn failure(text: &str) {
    message(&format!("error: {}", printable(text)));
}

/// Does what a defect of the program may end, which has told where it stands.
/// # Errors
/// Says on standard error what to do about it.
pub(super) fn without_defect<T>(work: impl FnOnce() -> T) -> Result<T, Exit> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).map_err(|_| {
        failure("this is a defect of rapporteur; please report it with the drafts");
        Exit::Environment
    })
}

/// Whether diagnostics are coloured: on a terminal that can, unless `NO_COLOR` is set.
pub(super) fn colours(stream: Stream) -> bool {
    let is_terminal = match stream {
        Stream::Output => std::io::stdout().is_terminal(),
        Stream::Error => std::io::stderr().is_terminal(),
    };
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    is_terminal && !set("NO_COLOR") && !dumb
}

/// Whether someone watches standard error as it is written.
pub(super) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Text on one line that does nothing to a terminal: controls, and marks that turn the direction of
/// writing or are not seen, are shown as escapes.
pub(super) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Controls, line separators, marks of direction (Unicode TR 36, "bidirectional text spoofing"), what takes no room,
/// and tags. Joiners stay: words of some languages need them.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// One line of JSON that does nothing to a terminal or to a workflow that reads it: what [`printable`] would escape
/// is escaped as JSON has it, and so is the `##[` of a workflow command.
pub(super) fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("strings and numbers have a place in JSON");
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| shown.push_str(&format!("\\u{unit:04x}")));
        } else {
            shown.push(character);
        }
    }
    shown.replace("#[", "\\u0023[").replace("#vso[", "\\u0023vso[")
}

/// Text without the marks by which a hosted workflow takes a part of a line for a command, wherever it stands
/// (`##[…]`, `##vso[…]`; those that begin with `::` count only where a line begins).
fn without_commands(text: &str) -> Cow<'_, str> {
    if text.contains("##[") || text.contains("##vso[") {
        Cow::Owned(text.replace("##[", "##\u{2060}[").replace("##vso[", "##\u{2060}vso["))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_would_move_the_cursor_is_shown() {
        let shown = super::printable("a\u{1b}[2Jb\r\n::error::\u{202e}é\u{200d}");
        assert_eq!(shown, "a\\u{1b}[2Jb\\r\\n::error::\\u{202e}é\u{200d}");
    }

    #[test]
    fn json_says_the_same_and_does_nothing() {
        let text = "a\u{1b}[2Jb\r\n::error::\u{202e}é###[error]##vso[x]\u{e0041}\"\\";
        let json = super::json(&text);
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
        assert!(
            !json.contains(['\u{1b}', '\n', '\u{202e}', '\u{e0041}'])
                && !json.contains("#[")
                && !json.contains("#vso["),
            "{json}"
        );
    }

    #[test]
    fn no_workflow_takes_a_draft_for_a_command() {
        assert_eq!(super::without_commands("2 | ##[error]a ##b"), "2 | ##\u{2060}[error]a ##b");
        assert!(!super::without_commands("##vso[task.setvariable]x").contains("##vso["));
    }
}
