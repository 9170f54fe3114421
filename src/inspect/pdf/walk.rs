//! From structure elements to fragments.

use super::content::{Marked, Sequenced};
use super::element::Element;
use super::object::{Dictionary, ObjectId, Objects};
use super::structure::{Step, Walk};
use crate::document::{HeadingLevel, Role};
use crate::inspect::flow::{Flow, Frame};
use crate::inspect::space::collapse;
use crate::inspect::{Facts, Fragment};

/// Stands for marked content whose text was not read.
const UNREAD: &str = "\u{fffc}";

/// Reads the fragments with the text of marked content, if that was read, and counts elements.
pub(super) fn read(objects: &Objects<'_>, facts: &mut Facts, marked: Option<Marked>) -> Vec<Fragment> {
    let Some(mut walk) = Walk::new(*objects) else { return Vec::new() };
    let mut reader = Reader::new(*objects, facts, marked);
    while let Some(step) = walk.step() {
        match step {
            Step::Enter(element) => reader.enter(&element),
            Step::Leave => reader.leave(),
            Step::Content(page, id) => reader.content(page, id),
            Step::Annotation(annotation) => reader.annotation(annotation),
        }
    }
    reader.finish()
}

/// What an open element is to the text within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// It has a frame.
    Block,
    /// It stands in a line.
    Inline,
    /// A list of lines of the contents.
    Contents,
    /// A line of the contents.
    Entry,
    /// A link, so that a label within is a note's.
    Link,
    /// A label, whose text is held back.
    Label,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A note: a flow of its own.
    Note,
    /// Passed over with all it holds.
    Passed,
}

struct Reader<'a, 'f> {
    objects: Objects<'a>,
    facts: &'f mut Facts,
    /// Text by page and number, where it was read.
    marked: Option<Marked>,
    /// The first page, if it is a cover.
    cover: Option<ObjectId>,
    flow: Flow,
    /// Flows that wait for a note within them to end.
    waiting: Vec<Flow>,
    notes: Vec<Fragment>,
    open: Vec<Open>,
    /// The language of each, where it or what is around it says one.
    languages: Vec<Option<String>>,
    /// Whether each open list is one of terms.
    lists: Vec<bool>,
    /// Texts of open labels.
    labels: Vec<String>,
    /// The marker of the item that is open, until its body begins.
    marker: Option<String>,
}

impl<'a, 'f> Reader<'a, 'f> {
    fn new(objects: Objects<'a>, facts: &'f mut Facts, marked: Option<Marked>) -> Self {
        let titled = objects.dictionaries().any(|element| objects.name(element, "S").as_deref() == Some("Title"));
        let cover = objects.pages().first().copied().filter(|_| titled);
        let (flow, waiting, notes, open, languages, lists, labels, marker) = Default::default();
        Self { objects, facts, marked, cover, flow, waiting, notes, open, languages, lists, labels, marker }
    }

    fn enter(&mut self, element: &Element<'_>) {
        let open = if self.open.last() == Some(&Open::Passed) { Open::Passed } else { self.begin(element) };
        self.open.push(open);
        let around = || self.languages.last().cloned().flatten();
        self.languages.push(element.language().or_else(around));
    }

    fn begin(&mut self, element: &Element<'_>) -> Open {
        if element.kind != "Figure" {
            self.facts.count(&element.kind);
        }
        if let Some(alternative) = element.alternative().filter(|_| element.kind == "Formula") {
            self.text(&alternative);
            return Open::Passed;
        }
        if self.open.contains(&Open::Contents) || element.kind == "TOC" {
            return self.begin_contents(element);
        }
        if let Some(text) = element.actual_text() {
            self.text(&text);
            return Open::Passed;
        }
        match &*element.kind {
            "Span" | "Strong" | "Em" | "Quote" | "Reference" | "Annot" | "BibEntry" => Open::Inline,
            "Link" => Open::Link,
            "Lbl" => self.begin_label(),
            "Note" | "FENote" => self.begin_note(),
            "Figure" | "Formula" => self.begin_figure(element),
            // A block of code holds its lines; `Placement` tells nothing, for code in a caption's line is a block too.
            "Code" if !element.holds("P") => Open::Inline,
            "P" if self.flow.role() == Some(Role::Code) => {
                self.flow.pending.text.push('\n');
                Open::Inline
            }
            "L" => {
                self.lists.push(element.attribute("ListNumbering").is_none_or(|numbering| numbering == "None"));
                self.flow.enter(Frame::default());
                Open::List
            }
            "LI" => {
                self.flow.enter(Frame::default());
                Open::Item
            }
            "LBody" => {
                let role = if self.lists.last() == Some(&true) { Role::Description } else { Role::ListItem };
                self.flow.enter(Frame { role: Some(role), marker: self.marker.take() });
                Open::Block
            }
            _ => {
                self.flow.enter(Frame { role: role(element), marker: None });
                Open::Block
            }
        }
    }

    /// Lines of the contents are gathered apart; each is as deep as there are lists around it.
    fn begin_contents(&mut self, element: &Element<'_>) -> Open {
        match &*element.kind {
            "TOC" => {
                if let Some(heading) = self.flow.take_heading() {
                    self.facts.uncount(&heading);
                }
                self.lists.push(false);
                return Open::Contents;
            }
            "TOCI" => self.facts.contents.push((self.lists.len(), String::new())),
            "Lbl" => {
                self.labels.push(String::new());
                return Open::Label;
            }
            _ => return Open::Inline,
        }
        Open::Entry
    }

    fn begin_label(&mut self) -> Open {
        if self.open.last() == Some(&Open::Item) && self.lists.last() == Some(&true) {
            self.flow.enter(Frame { role: Some(Role::Term), marker: None });
            return Open::Block;
        }
        self.labels.push(String::new());
        Open::Label
    }

    fn begin_note(&mut self) -> Open {
        self.facts.notes += 1;
        let mut note = Flow::default();
        note.enter(Frame { role: Some(Role::Note), marker: None });
        self.waiting.push(std::mem::replace(&mut self.flow, note));
        Open::Note
    }

    fn begin_figure(&mut self, element: &Element<'_>) -> Open {
        let Some(alternative) = element.alternative() else {
            self.flow.enter(Frame::default());
            return Open::Block;
        };
        self.facts.count("Figure");
        self.flow.pending.figures.push(alternative);
        Open::Passed
    }

    fn leave(&mut self) {
        self.languages.pop();
        match self.open.pop() {
            Some(Open::Block) => self.flow.leave(),
            Some(Open::Label) => self.end_label(),
            Some(Open::List) => {
                self.lists.pop();
                self.flow.leave();
            }
            Some(Open::Item) => {
                if let Some(marker) = self.marker.take() {
                    self.flow.enter(Frame { role: Some(Role::ListItem), marker: Some(marker) });
                    self.flow.leave();
                }
                self.flow.leave();
            }
            Some(Open::Contents) => drop(self.lists.pop()),
            Some(Open::Note) => {
                let note = std::mem::replace(&mut self.flow, self.waiting.pop().unwrap_or_default());
                self.notes.extend(note.finish());
            }
            Some(Open::Entry | Open::Inline | Open::Link | Open::Passed) | None => {}
        }
    }

    /// A label is a marker in a list, words in a caption, a number before a paragraph or heading; in a link it is the
    /// number of a note, whose own number is a link as well, the way back.
    fn end_label(&mut self) {
        let label = collapse(&self.labels.pop().unwrap_or_default());
        let is_link = self
            .open
            .iter()
            .rev()
            .take_while(|open| **open == Open::Link || **open == Open::Inline)
            .any(|open| *open == Open::Link);
        if self.open.contains(&Open::Contents) {
            self.text(&format!("{label} "));
        } else if self.open.last() == Some(&Open::Item) {
            self.marker = Some(label);
        } else if self.flow.role() == Some(Role::Caption) && !is_link {
            self.text(&format!("{label} "));
        } else if self.flow.is_empty() && !self.waiting.is_empty() {
            self.flow.mark(Role::Note, label);
        } else if is_link || self.flow.role() == Some(Role::TableHeader) {
            // A head that is repeated on later pages may hold no links.
            self.flow.pending.notes.extend(Some(label).filter(|label| is_note_number(label)));
        } else if self.flow.pending.text.trim().is_empty() && self.flow.pending.number.is_none() {
            self.flow.pending.number = Some(label);
        } else {
            self.text(&label);
        }
    }

    fn content(&mut self, page: ObjectId, id: i64) {
        if self.open.last() == Some(&Open::Passed) {
            return;
        }
        self.flow.around = if self.cover == Some(page) { Role::Cover } else { Role::Body };
        match &mut self.marked {
            Some(marked) => {
                if let Some(Sequenced { text, language }) = marked.remove(&(page, id)) {
                    self.text(&text);
                    if self.labels.is_empty() && !self.open.contains(&Open::Contents) {
                        let around = self.languages.last().cloned().flatten();
                        self.flow.pending.spoken.say(language.or(around).as_deref(), &text);
                    }
                }
            }
            None => self.text(UNREAD),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(label) = self.labels.last_mut() {
            label.push_str(text);
        } else if self.open.contains(&Open::Contents) {
            if let Some((_, line)) = self.facts.contents.last_mut() {
                line.push_str(text);
            }
        } else {
            self.flow.pending.text.push_str(text);
        }
    }

    fn annotation(&mut self, annotation: &'a Dictionary<'a>) {
        let action = self.objects.child(annotation, "A");
        let Some(address) = action.and_then(|action| self.objects.text(action, "URI")) else { return };
        if !self.open.contains(&Open::Contents) && self.flow.pending.links.last() != Some(&address) {
            self.flow.pending.links.push(address);
        }
    }

    fn finish(self) -> Vec<Fragment> {
        for (_, line) in &mut self.facts.contents {
            *line = collapse(line);
        }
        let mut fragments = self.flow.finish();
        fragments.extend(self.notes);
        fragments
    }
}

/// Digits, or letters in an annex.
fn is_note_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn role(element: &Element<'_>) -> Option<Role> {
    if let Some(level) = element.heading_level() {
        return Some(Role::Heading(HeadingLevel::new(level)));
    }
    match &*element.kind {
        "Title" => Some(Role::Title),
        "BlockQuote" => Some(Role::Quote),
        "Code" => Some(Role::Code),
        "Caption" => Some(Role::Caption),
        "TH" => Some(Role::TableHeader),
        "TD" => Some(Role::TableCell),
        _ => None,
    }
}
