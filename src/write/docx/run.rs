//! Runs: text with one look, each running one way.
//!
//! Word takes the direction of a run from the run itself (`w:rtl`, ECMA-376 17.3.2.30) where other programs find it
//! by the paragraph's letters (Unicode Standard Annex 9). So the runs of a paragraph that has letters of both
//! directions wait until all of its text is known, and are then taken apart where the direction changes.

use super::bidi::{self, Piece};
use super::change::Track;
use super::writer::Writer;
use super::xml::{Build, FontHint, PageNumber, RunFonts, RunProperties};
use crate::document::Direction;

/// Runs of the paragraph under way.
#[derive(Debug, Default)]
pub(super) struct WaitingRuns<'a> {
    /// The paragraph's own direction, while there is one under way.
    base: Option<Direction>,
    /// That of the passage under way, where it differs.
    passage: Option<Direction>,
    /// From the first on whose direction is not plain, in order.
    waiting: Vec<Waiting<'a>>,
    /// Whether there is such a run.
    begun: bool,
}

/// What is to be written at a place.
#[derive(Debug)]
struct Waiting<'a> {
    /// Bytes that were written before.
    at: usize,
    properties: RunProperties,
    piece: Piece,
    /// How it stood.
    track: Option<Track<'a>>,
}

impl<'a> Writer<'a> {
    /// A paragraph's content, whose base direction is this.
    pub fn directed(&mut self, base: Direction, content: impl FnOnce(&mut Self)) {
        let start = self.xml().position();
        let begun = base == Direction::RightToLeft;
        let outer =
            std::mem::replace(&mut self.runs, WaitingRuns { base: Some(base), begun, ..WaitingRuns::default() });
        content(self);
        let WaitingRuns { waiting, .. } = std::mem::replace(&mut self.runs, outer);
        if !waiting.is_empty() {
            self.settle_runs(base, start, &waiting);
        }
    }

    /// Writes what has waited since `start`, each where it belongs.
    fn settle_runs(&mut self, base: Direction, start: usize, waiting: &[Waiting<'a>]) {
        let written = self.xml().take_from(start);
        let mut from = 0;
        let directions = bidi::runs(waiting.iter().map(|run| &run.piece), base);
        for (Waiting { at, properties, piece, track }, runs) in waiting.iter().zip(directions) {
            self.xml().put(&written, from..at - start);
            self.changes.break_off();
            from = at - start;
            let Piece::Text(text) = piece else { continue };
            for (direction, range) in runs {
                let right_to_left = direction == Direction::RightToLeft;
                let properties = RunProperties { right_to_left, ..properties.clone() };
                let outer = std::mem::replace(&mut self.changes.standing, *track);
                self.write_text(&properties, &text[range]);
                self.changes.standing = outer;
            }
        }
        let end = written.xml.len();
        self.xml().put(&written, from..end);
        self.changes.break_off();
    }

    /// A run of anything.
    pub fn run(&mut self, properties: &RunProperties, content: impl FnOnce(&mut Self)) {
        let recorded = self.with_record(properties);
        let properties = recorded.as_ref().unwrap_or(properties);
        self.revised(|w| {
            w.element("w:r", &[], |w| {
                properties.write(w.xml());
                content(w);
            });
        });
    }

    /// Text.
    pub fn text_run(&mut self, properties: &RunProperties, text: &str) {
        if text.is_empty() {
            return;
        }
        let plain = !self.runs.begun && !bidi::runs_backwards(text);
        if plain || self.runs.base.is_none() {
            return self.write_text(properties, text);
        }
        self.wait(properties.clone(), Piece::Text(text.to_owned()));
    }

    /// Word must be told which family takes the signs that Latin and Chinese share.
    fn write_text(&mut self, properties: &RunProperties, text: &str) {
        let language = properties.language.as_ref().unwrap_or(&self.language);
        if language.east_asian.is_none() || !text.contains(|c| ('\u{a1}'..='\u{27bf}').contains(&c)) {
            return self.run(properties, |w| w.characters(text));
        }
        let font = RunFonts { hint: Some(FontHint::EastAsian), ..properties.font.clone().unwrap_or_default() };
        let hinted = RunProperties { font: Some(font), ..properties.clone() };
        self.run(&hinted, |w| w.characters(text));
    }

    /// Code: it runs from left to right whatever is around it.
    pub fn code_run(&mut self, properties: &RunProperties, text: &str) {
        if !text.is_empty() {
            self.neutral(bidi::OBJECT);
            self.hold(text.chars().next());
            self.write_text(properties, text);
            self.hold(text.chars().next_back());
        }
    }

    /// Keeps a sign at the edge of code with it, for programs that know no direction of runs.
    fn hold(&mut self, edge: Option<char>) {
        let backwards = self.runs.base == Some(Direction::RightToLeft);
        if backwards && edge.is_some_and(|edge| !edge.is_alphanumeric()) {
            self.control(LEFT_TO_RIGHT_MARK);
        }
    }

    /// Keeps a field at the end of a text that runs the other way with it: programs that know no direction of runs
    /// see one sign in the field's place.
    pub fn hold_field(&mut self, text: &str) {
        let around = self.runs.passage.or(self.runs.base).unwrap_or_default();
        match bidi::last_direction(text) {
            Some(Direction::LeftToRight) if around == Direction::RightToLeft => self.control(LEFT_TO_RIGHT_MARK),
            Some(Direction::RightToLeft) if around == Direction::LeftToRight => self.control(RIGHT_TO_LEFT_MARK),
            Some(Direction::LeftToRight | Direction::RightToLeft) | None => {}
        }
    }

    /// A sign that has no form.
    fn control(&mut self, sign: char) {
        self.run(&RunProperties::default(), |w| w.literal(sign.encode_utf8(&mut [0; 4])));
    }

    /// A page number, as soon as that is known.
    pub fn page_number_run(&mut self, properties: &RunProperties, number: PageNumber) {
        self.neutral(DIGIT);
        self.run(properties, |w| w.element("w:t", &[], |w| w.xml().page_number(number)));
    }

    /// A tab.
    pub fn tab(&mut self, properties: &RunProperties) {
        self.neutral('\t');
        self.run(properties, |w| w.empty("w:tab", &[]));
    }

    /// The end of a line.
    pub fn line_break(&mut self, properties: &RunProperties) {
        self.neutral('\n');
        self.run(properties, |w| w.empty("w:br", &[]));
    }

    /// A passage whose own direction is this, whatever runs around it. Where that differs, signs say so to programs
    /// that know no direction of runs. (`w:dir`, ECMA-376 17.3.2.8, says the same; readers that do not know that
    /// element lose the passage.)
    pub fn embedded(&mut self, direction: Direction, content: impl FnOnce(&mut Self)) {
        if direction == Direction::RightToLeft {
            self.runs.begun = true;
        }
        let outer = self.runs.passage;
        let differs = self.runs.base.is_some_and(|base| direction != outer.unwrap_or(base));
        self.neutral(bidi::isolate(direction));
        if differs {
            self.control(bidi::embedding(direction));
        }
        self.runs.passage = Some(direction);
        content(self);
        self.runs.passage = outer;
        if differs {
            self.control(bidi::END_OF_EMBEDDING);
        }
        self.neutral(bidi::POP);
    }

    /// What has a bearing on the text around it, and is none.
    fn neutral(&mut self, sign: char) {
        if self.runs.begun && self.runs.base.is_some() {
            self.wait(RunProperties::default(), Piece::Sign(sign));
        }
    }

    fn wait(&mut self, properties: RunProperties, piece: Piece) {
        self.runs.begun = true;
        // What is written here later stands between.
        self.changes.break_off();
        let at = self.xml().position();
        let track = self.changes.standing;
        self.runs.waiting.push(Waiting { at, properties, piece, track });
    }

    /// Text within a run; tabs and optional hyphens are elements of their own.
    fn characters(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['\t', '\n', '\u{ad}']) {
            self.literal(&rest[..at]);
            let special = rest[at..].chars().next().expect("found there");
            match special {
                '\t' => self.empty("w:tab", &[]),
                '\n' => self.empty("w:br", &[]),
                _ => self.empty("w:softHyphen", &[]),
            }
            rest = &rest[at + special.len_utf8()..];
        }
        self.literal(rest);
    }

    fn literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.leaf(self.changes.text(), &[("xml:space", &"preserve")], text);
        }
    }
}

/// What has no form and is a letter of its direction to the text around it.
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';
const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

/// What a page number is to the text around it.
const DIGIT: char = '1';
