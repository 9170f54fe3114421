use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug, in bytes: it stays a file's name with any extension, on every system.
const LONGEST: usize = 80;

/// A name for files: ASCII letters, digits and single hyphens, in lower case, cut at a word's end.
/// `None` if nothing of the text is left (a title in another script).
pub fn slug(text: &str) -> Option<String> {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(transliterate);
    let mut slug = String::new();
    for character in plain {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !matches!(character, '\'' | '\u{2019}') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST {
        let cut = slug[..=LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// Latin letters that no normal form takes apart.
fn transliterate(character: char) -> impl Iterator<Item = char> {
    let text = match character {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    };
    text.chars().chain(text.is_empty().then_some(character))
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("BPF Cybersecurity 2024", Some("bpf-cybersecurity-2024")),
            ("  L’État & the Œuvre — draft I ", Some("letat-the-oeuvre-draft-i")),
            ("Straße/Łódź", Some("strasse-lodz")),
            ("报告", None),
            ("../..", None),
        ] {
            assert_eq!(slug(text).as_deref(), expected, "{text}");
        }
        let long = slug(&"word ".repeat(40)).expect("words are left");
        assert!(long.len() <= 80 && long.ends_with("word"), "{long}");
    }
}
