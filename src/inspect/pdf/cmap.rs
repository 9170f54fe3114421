//! From a font's codes to Unicode: its `ToUnicode` map (ISO 32000-1 9.10.3).

use std::collections::HashMap;

use super::object::utf16;

/// A font's map. Codes are one byte long or two.
#[derive(Debug, Default)]
pub(super) struct CodeMap {
    single: HashMap<u8, String>,
    double: HashMap<u16, String>,
}

impl CodeMap {
    /// Reads the map's stream; what it does not understand, it passes over.
    pub fn read(stream: &[u8]) -> Self {
        let mut map = Self::default();
        let mut section = Section::Other;
        let mut held: Vec<Vec<u8>> = Vec::new();
        let mut array = false;
        for token in Tokens(stream) {
            match token {
                Token::Word(b"beginbfchar") => (section, held) = (Section::Characters, Vec::new()),
                Token::Word(b"beginbfrange") => (section, held) = (Section::Ranges, Vec::new()),
                Token::Word(_) => section = Section::Other,
                Token::Open => array = true,
                Token::Close => {
                    array = false;
                    map.listed(&held);
                    held.clear();
                }
                Token::Hexadecimal(bytes) => held.push(bytes),
            }
            match (section, held.as_slice()) {
                (Section::Characters, [code, target]) => map.add(code, 0, utf16(target)),
                (Section::Ranges, [low, high, target]) if !array => map.range(low, high, target),
                _ => continue,
            }
            held.clear();
        }
        map
    }

    /// Text of each code of a string; codes without an entry are U+FFFD.
    pub fn decode(&self, codes: &[u8]) -> impl Iterator<Item = String> {
        let width = if self.double.is_empty() { 1 } else { 2 };
        codes.chunks_exact(width).map(|code| {
            let text = match *code {
                [code] => self.single.get(&code),
                [high, low] => self.double.get(&u16::from_be_bytes([high, low])),
                _ => None,
            };
            text.cloned().unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string())
        })
    }

    fn add(&mut self, code: &[u8], offset: u16, text: String) {
        match *code {
            [code] => drop(self.single.insert(code.wrapping_add(offset as u8), text)),
            [high, low] => drop(self.double.insert(u16::from_be_bytes([high, low]).wrapping_add(offset), text)),
            _ => {}
        }
    }

    /// Codes in a row: the last character counts up.
    fn range(&mut self, low: &[u8], high: &[u8], target: &[u8]) {
        let text = utf16(target);
        let Some(last) = text.chars().next_back() else { return };
        let stem = &text[..text.len() - last.len_utf8()];
        for offset in 0..=span(low, high) {
            if let Some(character) = char::from_u32(u32::from(last) + u32::from(offset)) {
                self.add(low, offset, format!("{stem}{character}"));
            }
        }
    }

    /// Codes in a row, each with its own text: low, high, then the texts.
    fn listed(&mut self, held: &[Vec<u8>]) {
        if let [low, _, targets @ ..] = held {
            for (offset, target) in targets.iter().enumerate().take(usize::from(u16::MAX)) {
                self.add(low, offset as u16, utf16(target));
            }
        }
    }
}

fn span(low: &[u8], high: &[u8]) -> u16 {
    let number = |bytes: &[u8]| bytes.iter().rev().take(2).rev().fold(0_u16, |sum, byte| sum << 8 | u16::from(*byte));
    number(high).saturating_sub(number(low))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Characters,
    Ranges,
    Other,
}

enum Token<'a> {
    Hexadecimal(Vec<u8>),
    Word(&'a [u8]),
    Open,
    Close,
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.0 = self.0.trim_ascii_start();
            let (first, rest) = self.0.split_first()?;
            match first {
                b'[' | b']' => {
                    self.0 = rest;
                    return Some(if *first == b'[' { Token::Open } else { Token::Close });
                }
                b'<' if rest.first() != Some(&b'<') => {
                    let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
                    self.0 = rest.get(end + 1..).unwrap_or_default();
                    return Some(Token::Hexadecimal(bytes(&rest[..end])));
                }
                b'%' => {
                    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                    self.0 = &rest[end..];
                }
                _ => {
                    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']' | b'%');
                    let end = rest.iter().position(is_end).map_or(self.0.len(), |at| at + 1);
                    let (word, rest) = self.0.split_at(end);
                    self.0 = rest;
                    return Some(Token::Word(word));
                }
            }
        }
    }
}

fn bytes(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> = digits.iter().filter_map(|c| char::from(*c).to_digit(16)).map(|d| d as u8).collect();
    values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_text() {
        let map = CodeMap::read(
            b"/CIDInit /ProcSet findresource begin % a comment\n1 begincodespacerange <0000> <ffff> endcodespacerange\n\
              2 beginbfchar <0001> <0041> <0002> <00660069> endbfchar\n\
              2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0078> <0079007a>] endbfrange endcmap",
        );
        assert_eq!(map.decode(&[0, 1, 0, 2]).collect::<String>(), "Afi");
        assert_eq!(map.decode(&[0, 0x10, 0, 0x12, 0, 0x20, 0, 0x21]).collect::<String>(), "acxyz");
        assert_eq!(map.decode(&[9, 9]).collect::<String>(), "\u{fffd}");
    }

    #[test]
    fn codes_may_be_single_bytes() {
        assert_eq!(
            CodeMap::read(b"1 beginbfchar <07> <0041> endbfchar").decode(&[7, 7, 8]).collect::<String>(),
            "AA\u{fffd}"
        );
    }

    #[test]
    fn nonsense_is_passed_over() {
        for stream in
            [&b"beginbfchar <"[..], b"beginbfrange <00> <ff>", b"[[]]<<<", b"beginbfrange <0000> <ffff> <>", b""]
        {
            let _ = CodeMap::read(stream);
        }
    }
}
