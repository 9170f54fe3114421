//! Whether two texts are the same words, spelled otherwise.
//!
//! In: two texts. Out: whether their words are the same, one by one, but for accents, the two ways of writing English, and a slip of the pen. Without a
//! dictionary a slip is taken for one only in long words, where another word is seldom one letter away: what is in doubt is another word.

use super::fold::words;

/// Letters from which on a word may hold a slip of the pen.
const LONG: usize = 8;

/// Whether both are the same words.
pub(super) fn same(before: &str, after: &str) -> bool {
    let (before, after) = (words(before), words(after));
    if before.is_empty() || after.is_empty() {
        return false;
    }
    before.len() == after.len() && before.iter().zip(&after).all(|(one, other)| alike(one, other))
}

fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    one == other || british(&one) == british(&other) || is_slip(&one, &other)
}

/// In lower case, without accents.
fn plain(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => plain.push('a'),
            'ç' => plain.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ё' => plain.push(if c == 'ё' { 'е' } else { 'e' }),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ñ' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => plain.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'أ' | 'إ' | 'آ' => plain.push('ا'),
            '\u{64b}'..='\u{652}' | '\u{300}'..='\u{36f}' => {}
            _ => plain.push(c),
        }
    }
    plain
}

/// Endings and letters that the two ways of writing English differ in: the one, the other.
const WAYS: [(&str, &str); 14] = [
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("lled", "led"),
    ("lling", "ling"),
    ("programme", "program"),
    ("judgement", "judgment"),
];

fn british(word: &str) -> String {
    // Short words are others: "our" and "or", "wise" and "wize".
    if word.chars().count() < 5 || !word.is_ascii() {
        return word.to_owned();
    }
    WAYS.iter().fold(word.to_owned(), |word, (one, other)| word.replace(one, other))
}

/// Letters swapped or doubled, a vowel for another, a letter left out within a long word.
fn is_slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().min(b.len()) < LONG || a.iter().chain(&b).any(|c| !c.is_alphabetic()) {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(one, other)| one == other).count();
    let (rest, other) = (&a[same..], &b[same..]);
    if same == 0 {
        return false;
    }
    let vowel = |c: char| "aeiouy".contains(c);
    match a.len().abs_diff(b.len()) {
        0 => {
            let swapped = rest.len() >= 2 && rest[0] == other[1] && rest[1] == other[0] && rest[2..] == other[2..];
            // The last letter of a word says what it is: "report", "reports".
            let vowels = rest.len() >= 3 && vowel(rest[0]) && vowel(other[0]) && rest[1..] == other[1..];
            swapped || vowels
        }
        1 => {
            let (longer, shorter) = if rest.len() > other.len() { (rest, other) } else { (other, rest) };
            shorter.len() >= 2 && longer[1..] == *shorter
        }
        _ => false,
    }
}
