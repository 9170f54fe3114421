//! A file as a build writes it: each object by itself, all of them in one table.
//!
//! In: bytes of any origin. Out: a [`File`], or nothing where anything is otherwise (ISO 32000-1 7.5: several tables,
//! tables or objects in streams, compressed metadata, encryption, an object that is not where the table says) or cannot be read: then it
//! is lopdf's to say what it is. Nothing is copied that need not be, nothing repaired, nothing guessed.

use std::borrow::Cow;

use rayon::prelude::*;

use super::object::{Dictionary, File, Object, ObjectId};

/// Objects within each other.
const DEPTH: usize = 100;
/// How far from the end the last words of a file are looked for.
const END: usize = 1024;

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Option<File<'_>> {
    let (entries, trailer) = table(bytes)?;
    let object = |(id, at): &(ObjectId, usize)| Some((*id, object(bytes, *id, *at)?));
    let objects: Option<Vec<(ObjectId, Object<'_>)>> = entries.par_iter().map(object).collect();
    Some(File::new(objects?, trailer))
}

/// Where each object stands, by id ascending, and the trailer (7.5.4, 7.5.5).
fn table(bytes: &[u8]) -> Option<(Vec<(ObjectId, usize)>, Dictionary<'_>)> {
    let end = bytes.len().saturating_sub(END);
    let last = bytes[end..].windows(b"startxref".len()).rposition(|word| word == b"startxref")?;
    let mut reader = Reader { bytes, at: end + last };
    reader.keyword("startxref")?;
    let mut reader = Reader { bytes, at: usize::try_from(reader.number()?).ok()? };
    reader.keyword("xref")?;
    let mut entries: Vec<(ObjectId, usize)> = Vec::new();
    while reader.next()?.is_ascii_digit() {
        let (first, count) = (reader.number()?, reader.number()?);
        for number in first..first.checked_add(count)? {
            let (at, generation) = (reader.number()?, reader.number()?);
            match reader.word() {
                b"n" => {
                    let id = (u32::try_from(number).ok()?, u16::try_from(generation).ok()?);
                    entries.push((id, usize::try_from(at).ok()?));
                }
                b"f" => {}
                _ => return None,
            }
        }
    }
    reader.keyword("trailer")?;
    let Object::Dictionary(trailer) = reader.object(0)? else { return None };
    let is_plain = ["Prev", "XRefStm", "Encrypt"].iter().all(|key| trailer.get(key).is_none());
    let ascends = entries.is_sorted_by(|(a, _), (b, _)| a.0 < b.0);
    (is_plain && ascends).then_some((entries, trailer))
}

/// The object that has to stand at a place.
fn object(bytes: &[u8], id: ObjectId, at: usize) -> Option<Object<'_>> {
    let mut reader = Reader { bytes, at };
    let stands = (reader.number()?, reader.number()?) == (id.0.into(), id.1.into());
    stands.then(|| reader.keyword("obj"))??;
    let object = reader.object(0)?;
    match (reader.word(), object) {
        (b"endobj", object) => Some(object),
        (b"stream", Object::Dictionary(dictionary)) if !is_container(&dictionary) => reader.stream(dictionary),
        _ => None,
    }
}

/// Whether a stream holds objects, or a table of them (7.5.7, 7.5.8).
fn is_container(dictionary: &Dictionary<'_>) -> bool {
    dictionary.is_a("ObjStm") || dictionary.is_a("XRef")
}

/// Reads one thing after the other.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is no white space and in no comment (7.2.3, 7.2.4).
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.peek()? {
                b'%' => self.at += self.run(|byte| byte != b'\n' && byte != b'\r').len(),
                byte if is_space(byte) => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Bytes from here on that are such, not passed over.
    fn run(&self, is: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        &rest[..rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len())]
    }

    /// The next regular characters; none before a delimiter.
    fn word(&mut self) -> &'a [u8] {
        self.next();
        let word = self.run(is_regular);
        self.at += word.len();
        word
    }

    fn keyword(&mut self, word: &str) -> Option<()> {
        (self.word() == word.as_bytes()).then_some(())
    }

    /// A whole number without a sign.
    fn number(&mut self) -> Option<u64> {
        let word = self.word();
        let digits = word.iter().all(u8::is_ascii_digit) && (1..=19).contains(&word.len());
        digits.then(|| word.iter().fold(0, |number: u64, digit| number.wrapping_mul(10) + u64::from(digit - b'0')))
    }

    fn object(&mut self, depth: usize) -> Option<Object<'a>> {
        if depth == DEPTH {
            return None;
        }
        match (self.next()?, self.bytes.get(self.at + 1)) {
            (b'/', _) => self.name().map(Object::Name),
            (b'(', _) => self.string().map(Object::String),
            (b'<', Some(b'<')) => self.dictionary(depth).map(Object::Dictionary),
            (b'<', _) => self.hexadecimal().map(Object::String),
            (b'[', _) => self.array(depth),
            (b'+' | b'-' | b'.' | b'0'..=b'9', _) => self.numeric(),
            _ => match self.word() {
                b"null" => Some(Object::Null),
                b"true" | b"false" => Some(Object::Boolean),
                _ => None,
            },
        }
    }

    /// A number, or a reference, which begins with one (7.3.3, 7.3.10).
    fn numeric(&mut self) -> Option<Object<'a>> {
        let text = std::str::from_utf8(self.word()).ok()?;
        let Ok(number) = text.parse::<i64>() else {
            let is_real = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
            return (is_real && text.parse::<f64>().is_ok()).then_some(Object::Real);
        };
        let after = self.at;
        if let Some(id) = self.rest_of_reference(number) {
            return Some(Object::Reference(id));
        }
        self.at = after;
        Some(Object::Integer(number))
    }

    fn rest_of_reference(&mut self, number: i64) -> Option<ObjectId> {
        let generation = self.number()?;
        self.keyword("R")?;
        Some((u32::try_from(number).ok()?, u16::try_from(generation).ok()?))
    }

    fn array(&mut self, depth: usize) -> Option<Object<'a>> {
        self.at += 1;
        let mut items = Vec::new();
        while self.next()? != b']' {
            items.push(self.object(depth + 1)?);
        }
        self.at += 1;
        Some(Object::Array(items))
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary<'a>> {
        self.at += 2;
        let mut values = Vec::new();
        loop {
            match self.next()? {
                b'/' => values.push((self.name()?, self.object(depth + 1)?)),
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => break,
                _ => return None,
            }
        }
        self.at += 2;
        Some(Dictionary(values))
    }

    /// 7.3.5.
    fn name(&mut self) -> Option<Cow<'a, [u8]>> {
        self.at += 1;
        let word = self.run(is_regular);
        self.at += word.len();
        if !word.contains(&b'#') {
            return Some(Cow::Borrowed(word));
        }
        let mut name = Vec::new();
        let mut rest = word;
        while let Some((first, after)) = rest.split_first() {
            let digits = (*first == b'#').then(|| Some(digit(*after.first()?)? * 16 + digit(*after.get(1)?)?));
            name.push(digits.unwrap_or(Some(*first))?);
            rest = if *first == b'#' { &after[2..] } else { after };
        }
        Some(Cow::Owned(name))
    }

    /// 7.3.4.2.
    fn string(&mut self) -> Option<Cow<'a, [u8]>> {
        self.at += 1;
        let plain = self.run(|byte| !matches!(byte, b'(' | b')' | b'\\' | b'\r'));
        self.at += plain.len();
        if self.peek()? == b')' {
            self.at += 1;
            return Some(Cow::Borrowed(plain));
        }
        let (mut text, mut open) = (plain.to_vec(), 1);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    text.extend(self.escaped()?);
                    continue;
                }
                b'\r' => {
                    self.at += usize::from(self.peek() == Some(b'\n'));
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Some(Cow::Owned(text));
            }
            text.push(byte);
        }
    }

    /// What stands behind a backslash in a string: a byte, or nothing at a line's end.
    fn escaped(&mut self) -> Option<Option<u8>> {
        let digits = self.run(|byte| matches!(byte, b'0'..=b'7'));
        let digits = &digits[..digits.len().min(3)];
        if !digits.is_empty() {
            self.at += digits.len();
            let code = digits.iter().fold(0_u32, |code, digit| code * 8 + u32::from(digit - b'0'));
            return Some(Some((code & 0xff) as u8));
        }
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\n' => None,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                None
            }
            other => Some(other),
        })
    }

    /// 7.3.4.3.
    fn hexadecimal(&mut self) -> Option<Cow<'a, [u8]>> {
        self.at += 1;
        let text = self.run(|byte| byte != b'>');
        self.at += text.len();
        self.at += usize::from(self.peek()? == b'>');
        let digits: Option<Vec<u8>> = text.iter().filter(|byte| !is_space(**byte)).map(|byte| digit(*byte)).collect();
        let pair = |pair: &[u8]| pair[0] * 16 + pair.get(1).copied().unwrap_or_default();
        Some(Cow::Owned(digits?.chunks(2).map(pair).collect()))
    }

    /// From behind `stream` on (7.3.8).
    fn stream(&mut self, dictionary: Dictionary<'a>) -> Option<Object<'a>> {
        self.at += usize::from(self.peek() == Some(b'\r'));
        self.at += usize::from(self.peek() == Some(b'\n'));
        let length = usize::try_from(dictionary.get("Length")?.as_integer()?).ok()?;
        let content = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        self.keyword("endstream")?;
        self.keyword("endobj")?;
        let is_wanted = dictionary.is_a("Metadata");
        if is_wanted && dictionary.get("Filter").is_some() {
            return None;
        }
        Some(Object::Stream(dictionary, is_wanted.then_some(Cow::Borrowed(content))))
    }
}

/// 7.2.2, Table 1.
fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// Neither white space nor a delimiter (Table 2).
fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_object(text: &str) -> Option<Object<'_>> {
        Reader { bytes: text.as_bytes(), at: 0 }.object(0)
    }

    #[test]
    fn objects_have_their_forms() {
        let name = |text: &str| Object::Name(Cow::Owned(text.into()));
        let string = |text: &str| Object::String(Cow::Owned(text.into()));
        let keyed =
            |key: &str, text: &str| Object::Dictionary(Dictionary(vec![(Cow::Owned(key.into()), string(text))]));
        for (text, expected) in [
            (" null", Object::Null),
            ("true", Object::Boolean),
            ("-12", Object::Integer(-12)),
            ("+1.50", Object::Real),
            ("12 0 R", Object::Reference((12, 0))),
            ("12 0 Rx", Object::Integer(12)),
            ("/A#20b/", name("A b")),
            ("(a(b)\\)\\n\\101\\\r\n\\\\c\r\nd)", string("a(b))\nA\\c\nd")),
            ("<48 65 6>", string("He`")),
            ("[<41> <42>/N]", Object::Array(vec![string("A"), string("B"), name("N")])),
            ("[<</A<41>>><</B<42>>>]", Object::Array(vec![keyed("A", "A"), keyed("B", "B")])),
            ("[1 2 0 R(a)]", Object::Array(vec![Object::Integer(1), Object::Reference((2, 0)), string("a")])),
            (
                "<</K/V%c\n/A<41>>>",
                Object::Dictionary(Dictionary(vec![
                    (Cow::Borrowed(&b"K"[..]), name("V")),
                    (Cow::Borrowed(&b"A"[..]), string("A")),
                ])),
            ),
        ] {
            assert_eq!(read_object(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_none() {
        let deep = "[".repeat(100_000);
        for text in ["", "nul", "--1", "1.2.3", "(a", "<4x>", "/A#2", "<</K>>", "<<1 2>>", "[1", "}", &deep] {
            assert_eq!(read_object(text), None, "{}", &text[..text.len().min(9)]);
        }
    }
}
