//! The text of marked content (ISO 32000-1 14.6), page by page.
//!
//! In: a page's content stream. Out: text by `MCID`, with a space where a line ends.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use super::STREAM;
use super::cmap::CodeMap;
use super::object::{ObjectId, text};
use super::order::{self, Piece, Sign, Start};

/// Marked content of all pages.
pub(super) type Marked = HashMap<(ObjectId, i64), Sequenced>;

/// What a marked-content sequence says.
#[derive(Debug, Default)]
pub(super) struct Sequenced {
    /// Its text.
    pub text: String,
    /// The language that it says by itself (ISO 32000-1 14.9.2).
    pub language: Option<String>,
}

/// Reads every page.
pub(super) fn read(document: &Document) -> Marked {
    let mut fonts = Fonts::default();
    let mut marked = Marked::new();
    for page in document.page_iter() {
        let Ok(content) = document.get_page_content_with_limit(page, STREAM) else { continue };
        let Ok(content) = Content::decode(&content) else { continue };
        let names = fonts.load(document, page);
        let mut state = State::default();
        for operation in &content.operations {
            state.run(operation, &names, &fonts);
        }
        for (id, language) in std::mem::take(&mut state.languages) {
            marked.entry((page, id)).or_default().language = Some(language);
        }
        for (id, text) in order::read(state.pieces) {
            marked.entry((page, id)).or_default().text.push_str(&text);
        }
    }
    marked
}

/// Maps of all fonts met; pages share fonts.
#[derive(Default)]
struct Fonts {
    by_address: HashMap<usize, usize>,
    maps: Vec<CodeMap>,
}

impl Fonts {
    /// The page's fonts: resource names to places in `maps`.
    fn load(&mut self, document: &Document, page: ObjectId) -> HashMap<Vec<u8>, usize> {
        let fonts = document.get_page_fonts(page).into_iter().flatten();
        let load = |(name, font): (Vec<u8>, &Dictionary)| {
            // Dictionaries live as long as the document: an address is an identity.
            let address = std::ptr::from_ref(font).addr();
            let at = *self.by_address.entry(address).or_insert_with(|| {
                let map = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
                let map = map.and_then(|map| map.get_plain_content_with_limit(STREAM));
                self.maps.push(map.map(|map| CodeMap::read(&map)).unwrap_or_default());
                self.maps.len() - 1
            });
            (name, at)
        };
        fonts.map(load).collect()
    }
}

/// A marked-content sequence that is open.
#[derive(Default)]
struct Sequence {
    id: Option<i64>,
    /// `ActualText` stands for all that is shown within.
    replaced: bool,
    /// What is shown within stands the other way round.
    reversed: bool,
}

#[derive(Default)]
struct State {
    pieces: Vec<Piece>,
    open: Vec<Sequence>,
    languages: Vec<(i64, String)>,
    font: Option<usize>,
    /// Height of the line under way.
    line: Option<f32>,
    size: f32,
    /// Where the space that holds now begins, and those around it: shifts alone are followed.
    space: (f32, f32),
    spaces: Vec<(f32, f32)>,
    /// Where signs begin, in that space.
    x: f32,
    y: f32,
}

impl State {
    fn run(&mut self, operation: &Operation, names: &HashMap<Vec<u8>, usize>, fonts: &Fonts) {
        let operands = operation.operands.as_slice();
        match (operation.operator.as_str(), operands) {
            ("BDC", [_, Object::Dictionary(properties)]) => {
                let id = properties.get(b"MCID").and_then(Object::as_i64).ok();
                let actual = properties.get(b"ActualText").and_then(Object::as_str).ok().map(text);
                self.open.push(Sequence { id, replaced: actual.is_some(), reversed: false });
                if let Some(id) = id {
                    let language = properties.get(b"Lang").and_then(Object::as_str).ok().map(text);
                    self.languages.extend(language.map(|language| (id, language)));
                    self.pieces.push(Piece { id, start: None, signs: Vec::new() });
                }
                if let Some(actual) = actual {
                    self.push(&actual);
                }
            }
            ("BDC" | "BMC", [Object::Name(tag), ..]) => {
                self.open.push(Sequence { reversed: tag == b"ReversedChars", ..Sequence::default() });
            }
            ("BDC" | "BMC", _) => self.open.push(Sequence::default()),
            ("EMC", _) => drop(self.open.pop()),
            ("Tf", [Object::Name(name), size]) => {
                self.font = names.get(name).copied();
                self.size = size.as_float().unwrap_or_default();
            }
            ("q", _) => self.spaces.push(self.space),
            ("Q", _) => self.space = self.spaces.pop().unwrap_or_default(),
            ("cm", [.., right, up]) => {
                self.space.0 += right.as_float().unwrap_or_default();
                self.space.1 += up.as_float().unwrap_or_default();
            }
            // What stands for a glyph may come before the glyph's own place (ISO 32000-1 9.4.1).
            ("BT", _) => (self.x, self.y) = (0.0, 0.0),
            ("Tm", [_, _, _, _, right, height]) => {
                self.x = right.as_float().unwrap_or_default();
                self.y = height.as_float().unwrap_or_default();
                self.move_to(self.y);
            }
            ("Td" | "TD", [_, down]) => {
                self.move_to(self.line.unwrap_or_default() + down.as_float().unwrap_or_default());
            }
            ("T*", _) => self.space(),
            ("Tj", [Object::String(codes, _)]) => self.show(codes, fonts),
            ("'" | "\"", [.., Object::String(codes, _)]) => {
                self.space();
                self.show(codes, fonts);
            }
            ("TJ", [Object::Array(pieces)]) => {
                for codes in pieces.iter().filter_map(|piece| piece.as_str().ok()) {
                    self.show(codes, fonts);
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, codes: &[u8], fonts: &Fonts) {
        if self.open.iter().any(|sequence| sequence.replaced) {
            return;
        }
        if let Some(map) = self.font.and_then(|font| fonts.maps.get(font)) {
            map.decode(codes).for_each(|text| self.push(&text));
        }
    }

    fn push(&mut self, text: &str) {
        let Some(id) = self.open.iter().rev().find_map(|sequence| sequence.id) else { return };
        let reversed = self.open.iter().any(|sequence| sequence.reversed);
        let start = Start { x: self.space.0 + self.x, y: self.space.1 + self.y, size: self.size };
        if self.pieces.last().is_none_or(|piece| piece.id != id) {
            self.pieces.push(Piece { id, start: None, signs: Vec::new() });
        }
        let piece = self.pieces.last_mut().expect("one was pushed if there was none");
        piece.start.get_or_insert(start);
        piece.signs.push(Sign { text: text.to_owned(), reversed, x: start.x });
    }

    /// Text at another height is another line; raised and lowered signs stand within half a letter's size.
    fn move_to(&mut self, height: f32) {
        if self.line.is_some_and(|line| (line - height).abs() > self.size.abs().max(1.0) * 0.75) {
            self.space();
        }
        self.line = Some(height);
    }

    fn space(&mut self) {
        self.push(" ");
    }
}
