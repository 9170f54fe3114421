use std::io::{IsTerminal, Write};

/// Writes a result to standard output. A reader that has gone away wants no more of it.
pub(super) fn result(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes to standard error.
pub(super) fn message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says why a command cannot go on.
pub(super) fn failure(text: &str) {
    message(&format!("error: {}", printable(text)));
}

/// Whether diagnostics are coloured: on a terminal that can, unless `NO_COLOR` is set.
pub(super) fn colours() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    std::io::stderr().is_terminal() && !set("NO_COLOR") && !dumb
}

/// Whether someone watches standard error as it is written.
pub(super) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Text on one line that does nothing to a terminal: controls, and marks that turn the direction of
/// writing, are shown as escapes.
pub(super) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || turns || matches!(character, '\u{2028}' | '\u{2029}') {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_would_move_the_cursor_is_shown() {
        let shown = super::printable("a\u{1b}[2Jb\r\n::error::\u{202e}é");
        assert_eq!(shown, "a\\u{1b}[2Jb\\r\\n::error::\\u{202e}é");
    }
}
