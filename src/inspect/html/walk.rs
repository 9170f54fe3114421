//! A page walked from start to end.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use super::element::{self, Counter};
use crate::document::{Direction, Role};
use crate::inspect::flow::{Flow, Frame};
use crate::inspect::space::collapse;
use crate::inspect::{Facts, Fragment};

/// Elements that stand in a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins",
    "kbd", "label", "mark", "math", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u",
    "var", "wbr",
];
/// Elements whose content is not the report's text.
const PASSED_OVER: &[&str] = &["nav", "script", "style", "template", "noscript", "button", "head"];

/// Reads the fragments, and counts elements.
pub(super) fn read(page: &Html, facts: &mut Facts) -> Vec<Fragment> {
    let find = |selector: &str| {
        let selector = Selector::parse(selector).expect("the selectors of this file are constants");
        page.select(&selector).next()
    };
    let root = find("main").or_else(|| find("body")).unwrap_or_else(|| page.root_element());
    let mut walk = Walk::new(find("h1.title").is_some(), facts);
    walk.speak(page.root_element().value());
    let mut passed: Option<NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Close(node) if passed == Some(node.id()) => passed = None,
            _ if passed.is_some() => {}
            Edge::Open(node) => match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => walk.text(text),
                (_, Some(element)) if walk.open(element) == Go::Past => passed = Some(node.id()),
                _ => {}
            },
            Edge::Close(node) => {
                if let Some(element) = ElementRef::wrap(node) {
                    walk.close(element);
                }
            }
        }
    }
    let Walk { flow, facts, .. } = walk;
    let fragments = flow.finish();
    fragments.iter().for_each(|fragment| facts.count_fragment(fragment));
    fragments
}

/// Whether the walk goes into an element.
#[derive(PartialEq, Eq)]
enum Go {
    Into,
    Past,
}

struct Walk<'f> {
    titled: bool,
    facts: &'f mut Facts,
    flow: Flow,
    /// Lists that are open.
    lists: Vec<Counter>,
    /// The section of notes, while it is open.
    notes: Option<NodeId>,
    /// The list of the cover's lines, while it is open.
    rows: Option<NodeId>,
    /// The element that gives the number, while it is open.
    numbering: Option<NodeId>,
    /// What each open element says of the text within.
    speech: Vec<Speech>,
}

/// Language and direction.
#[derive(Debug, Clone, Default)]
struct Speech {
    language: Option<String>,
    /// That of the block, whichever way a passage in it runs.
    direction: Option<Direction>,
}

impl<'f> Walk<'f> {
    fn new(titled: bool, facts: &'f mut Facts) -> Self {
        Self {
            titled,
            facts,
            flow: Flow::default(),
            lists: Vec::new(),
            notes: None,
            rows: None,
            numbering: None,
            speech: Vec::new(),
        }
    }

    fn open(&mut self, element: ElementRef<'_>) -> Go {
        let go = self.enter(element);
        if go == Go::Into {
            self.speak(element.value());
        }
        go
    }

    /// Takes what an element says of the text within.
    fn speak(&mut self, element: &Element) {
        let around = self.speech.last().cloned().unwrap_or_default();
        let direction = match element.attr("dir").filter(|_| !self.is_inline(element) || element.name() == "bdi") {
            Some("rtl") => Some(Direction::RightToLeft),
            Some("ltr") => Some(Direction::LeftToRight),
            Some(_) => None,
            None => around.direction,
        };
        self.speech.push(Speech { language: element.attr("lang").map(str::to_owned).or(around.language), direction });
    }

    fn enter(&mut self, element: ElementRef<'_>) -> Go {
        let value = element.value();
        if self.flow.pending.number.is_none() && value.classes().any(|class| class == "number") {
            self.numbering = Some(element.id());
            return Go::Into;
        }
        if is_apparatus(value) {
            return Go::Past;
        }
        if self.is_inline(value) {
            return self.open_inline(element);
        }
        if PASSED_OVER.contains(&value.name()) || (self.is_among_notes() && element::is_heading(value)) {
            return Go::Past;
        }
        self.open_block(element);
        Go::Into
    }

    fn open_inline(&mut self, element: ElementRef<'_>) -> Go {
        let value = element.value();
        let pending = &mut self.flow.pending;
        if value.attr("role") == Some("doc-noteref") {
            pending.notes.push(collapse(&element.text().collect::<String>()));
            return Go::Past;
        }
        if value.classes().any(|class| class == "placeholder") && is_in_picture(element) {
            let parts: Vec<String> = element.child_elements().map(|part| part.text().collect()).collect();
            pending.figures.push(parts.join(" "));
            return Go::Past;
        }
        match value.name() {
            "br" => pending.text.push('\n'),
            "math" => {
                self.facts.count("Formula");
                let spoken: String = element.text().collect();
                pending.text.push_str(value.attr("alttext").unwrap_or(&spoken));
                return Go::Past;
            }
            "img" => pending.figures.extend(value.attr("alt").filter(|alt| !alt.is_empty()).map(str::to_owned)),
            "svg" => {
                pending.figures.extend(value.attr("aria-label").map(str::to_owned));
                return Go::Past;
            }
            "a" => pending.links.extend(value.attr("href").filter(|href| !href.starts_with('#')).map(str::to_owned)),
            _ => {}
        }
        Go::Into
    }

    fn open_block(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let role = element::role(value, self.titled);
        self.flow.enter(Frame { role, marker: None });
        let own_list = !self.is_among_notes();
        match value.name() {
            "dl" if value.classes().any(|class| class == "cover-rows") => self.rows = Some(element.id()),
            "table" => self.facts.count("Table"),
            "tr" => self.facts.count("TR"),
            "th" => self.facts.count("TH"),
            "td" => self.facts.count("TD"),
            "ol" | "ul" => {
                if own_list {
                    self.facts.count("L");
                }
                self.lists.push(Counter::of(value, !own_list));
            }
            "li" => self.open_item(value),
            "section" if value.classes().any(|class| class == "notes") => self.notes = Some(element.id()),
            _ => {}
        }
    }

    fn open_item(&mut self, item: &Element) {
        let Some(counter) = self.lists.last_mut() else { return };
        let is_note = matches!(counter, Counter::Notes);
        let marker = counter.next(item);
        self.facts.notes += usize::from(is_note);
        self.facts.count(if is_note { "Note" } else { "LI" });
        let role = Some(if is_note { Role::Note } else { Role::ListItem });
        self.flow.leave();
        self.flow.enter(Frame { role, marker });
    }

    fn close(&mut self, element: ElementRef<'_>) {
        self.speech.pop();
        if self.numbering == Some(element.id()) {
            self.numbering = None;
        } else if !self.is_inline(element.value()) {
            if matches!(element.value().name(), "ol" | "ul") {
                self.lists.pop();
            }
            for open in [&mut self.notes, &mut self.rows] {
                *open = open.filter(|id| *id != element.id());
            }
            self.flow.leave();
        }
    }

    fn text(&mut self, text: &str) {
        let pending = &mut self.flow.pending;
        match self.numbering {
            Some(_) => pending.number.get_or_insert_default().push_str(text),
            None => {
                pending.text.push_str(text);
                if let Some(Speech { language, direction }) = self.speech.last() {
                    pending.spoken.say(language.as_deref(), text);
                    pending.direction = *direction;
                }
            }
        }
    }

    /// Whether an element stands in a line: those of the cover are label and value.
    fn is_inline(&self, element: &Element) -> bool {
        is_inline(element) || (self.rows.is_some() && matches!(element.name(), "dt" | "dd"))
    }

    /// Within the section of notes, but in no note.
    fn is_among_notes(&self) -> bool {
        self.notes.is_some() && !self.flow.is_within(Role::Note)
    }
}

/// Whether a placeholder stands for a picture on its own: within a line it is text.
fn is_in_picture(element: ElementRef<'_>) -> bool {
    let parent = element.parent().and_then(ElementRef::wrap);
    parent.is_some_and(|parent| parent.value().classes().any(|class| class == "picture"))
}

/// An inline element, or one of another vocabulary.
fn is_inline(element: &Element) -> bool {
    INLINE.contains(&element.name()) && element.attr("role") != Some("heading")
}

/// What a redline says of its changes (see `write::html`).
const REDLINE: &[&str] = &["change-label", "change-number", "paragraph-end", "unseen"];

/// What stands in the old version of a redline alone: it is read as the new one.
fn is_gone(element: &Element) -> bool {
    element.name() == "del" || element.classes().any(|class| class == "deleted")
}

/// What helps to read and is not the report.
fn is_apparatus(element: &Element) -> bool {
    let class = |name: &str| element.classes().any(|class| class == name);
    element.attr("hidden").is_some()
        || element.attr("role") == Some("doc-backlink")
        || class("permalink")
        || is_gone(element)
        || REDLINE.iter().any(|name| class(name))
        || class("task-state")
        || class("notes-title")
}
