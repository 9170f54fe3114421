/// How many words a text has: what stands between white space and holds a letter or digit; each sign of a script that is written without
/// spaces is one.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().map(words_of_piece).sum()
}

fn words_of_piece(piece: &str) -> usize {
    let signs = piece.chars().filter(|c| stands_alone(*c) && c.is_alphanumeric()).count();
    let others = piece.split(stands_alone).filter(|rest| rest.chars().any(char::is_alphanumeric)).count();
    signs + others
}

/// Whether a character is of a script that is written without spaces, in which each sign stands for itself.
pub fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_reader_counts_them() {
        for (text, words) in [
            ("", 0),
            ("the member states’ non-governmental", 4),
            ("one – two , three", 3),
            ("委员会，报告。", 5),
            ("第2段 and text", 5),
            ("اللجنة من الاجتماع", 3),
        ] {
            assert_eq!(word_count(text), words, "{text}");
        }
    }
}
