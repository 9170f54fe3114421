//! An entry, and how a line tells it.

use super::class::{Class, Reason};
use crate::resolve::{ActionTerms, ChangeInfo, ChangeObject, Terms, Wording};

/// What was done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere.
    Moved,
    /// Another stands in its place, of which the same is said.
    Replaced,
    /// Most of its words are others.
    Rewritten,
    /// Some of its words are others.
    Reworded,
    /// Its title is another.
    Renamed,
    /// It was split, merged or given another level.
    Restructured,
    /// It looks otherwise.
    Reformatted,
}

impl Action {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Replaced => "replaced",
            Self::Rewritten => "rewritten",
            Self::Reworded => "reworded",
            Self::Renamed => "renamed",
            Self::Restructured => "restructured",
            Self::Reformatted => "reformatted",
        }
    }

    /// What it says to a reader.
    pub fn words(self, terms: &ActionTerms) -> &'static str {
        match self {
            Self::Added => terms.added,
            Self::Removed => terms.removed,
            Self::Moved => terms.moved,
            Self::Replaced => terms.replaced,
            Self::Rewritten => terms.rewritten,
            Self::Reworded => terms.reworded,
            Self::Renamed => terms.renamed,
            Self::Restructured => terms.restructured,
            Self::Reformatted => terms.reformatted,
        }
    }
}

/// What was done to one place of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was done.
    pub action: Action,
    /// What it was done to.
    pub object: ChangeObject,
    /// How many of it: rows, items.
    pub count: usize,
    /// As a sentence names it: "paragraph 14".
    pub name: Option<String>,
    /// How often the same was done: one that was done here and there stands in no section.
    pub times: usize,
    /// The chapter that it stands in; `None` before the first, and where it stands in several places.
    pub chapter: Option<String>,
    /// The section that it stands in: "II. Findings"; its chapter where there is none beneath it.
    pub section: Option<String>,
    /// The section's place among all, by which entries are in order.
    pub order: Option<usize>,
    /// The chapter and section that it was moved from, if these are others.
    pub origin: Option<String>,
    /// Its first words.
    pub opening: String,
    /// Its changes.
    pub pieces: Vec<Piece>,
    /// What it means: substantive if one of its changes is.
    pub class: Class,
    /// The rules that made it so, each once.
    pub reasons: Vec<Reason>,
    /// Words that came.
    pub added: usize,
    /// Words that went.
    pub removed: usize,
    /// Its changes by their numbers in the redline.
    pub changes: Vec<u32>,
}

/// A change of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What was, and what is, shortened.
    pub text: Wording,
    /// What stands beside it in its line.
    pub beside: Wording,
    /// What it means.
    pub class: Class,
    /// The rule that says so.
    pub reason: Reason,
}

impl Piece {
    pub(super) fn of(change: &ChangeInfo, reason: Reason) -> Self {
        let text = Wording {
            before: edged(&change.before, &change.text.before),
            after: edged(&change.after, &change.text.after),
        };
        Self { text, beside: change.beside.clone(), class: reason.class(), reason }
    }
}

/// A shortened text with the space that it had before or behind it.
fn edged(short: &str, whole: &str) -> String {
    let edge = |apart: bool| if apart { " " } else { "" };
    let spaced = |c: char| c.is_whitespace();
    if short.is_empty() {
        return String::new();
    }
    format!("{}{short}{}", edge(whole.starts_with(spaced)), edge(whole.ends_with(spaced)))
}

/// How a form of text marks what it tells.
pub(super) struct Markup {
    pub(super) escape: fn(&str) -> String,
    /// Around what was, and around what is.
    pub(super) gone: (&'static str, &'static str),
    pub(super) come: (&'static str, &'static str),
    /// Between what was and what is.
    pub(super) between: &'static str,
    /// Changes of one entry that a line tells.
    pub(super) pieces: usize,
}

/// Letters up to which a change is told within its line.
const SHORT: usize = 60;

impl Entry {
    /// Where it stands, in a line: "II. Findings – A. Scope".
    pub fn place(&self, terms: &Terms) -> String {
        if self.times > 1 {
            return terms.changelog.throughout.to_owned();
        }
        match (&self.chapter, &self.section) {
            (Some(chapter), Some(section)) if chapter != section => format!("{chapter} – {section}"),
            (_, Some(name)) | (Some(name), None) => name.clone(),
            (None, None) => terms.revision.opening.to_owned(),
        }
    }

    /// "paragraph 14: “…”", without what was done.
    pub(super) fn told(&self, terms: &Terms, markup: &Markup) -> String {
        let what = self.what(terms, markup);
        let quoted = |text: &str| quote(&(markup.escape)(text), terms);
        let first = self.pieces.first();
        let (before, after) = first.map_or(("", ""), |piece| (&*piece.text.before, &*piece.text.after));
        let said = match self.action {
            Action::Added => self.all_quoted(|text| &text.after, terms, markup),
            Action::Removed => self.all_quoted(|text| &text.before, terms, markup),
            Action::Moved => {
                let from = self.origin.as_ref();
                let from = from.map(|from| terms.changelog.from.replace("{}", &(markup.escape)(from)));
                let told =
                    format!("{}{}", quoted(after.trim()), from.map(|from| format!(" ({from})")).unwrap_or_default());
                // What it says otherwise than where it stood.
                let others = self.pieces.iter().skip(1).take(markup.pieces).map(|piece| piece.told(terms, markup));
                std::iter::once(told).chain(others).collect::<Vec<_>>().join(terms.semicolon)
            }
            Action::Renamed => {
                format!("{} ({})", quoted(after), terms.changelog.was.replace("{}", &quoted(before)))
            }
            Action::Rewritten if self.pieces.len() == 1 => self.pieces_told(terms, markup),
            Action::Rewritten | Action::Restructured | Action::Reformatted => quoted(&self.opening),
            Action::Reworded | Action::Replaced => self.pieces_told(terms, markup),
        };
        if said.is_empty() { what } else { format!("{what}{}{said}", terms.colon) }
    }

    fn what(&self, terms: &Terms, markup: &Markup) -> String {
        let object = terms.revision.object(self.object);
        let count = self.count.max(self.times);
        let object = if count > 1 { format!("{object} × {count}") } else { object.to_owned() };
        match &self.name {
            // What is gone has the number that it had; all else is told by the numbers of the new version.
            Some(name) if self.is_named_by_place() && self.action == Action::Removed => {
                (markup.escape)(&terms.changelog.former.replace("{}", name))
            }
            Some(name) if self.is_named_by_place() => (markup.escape)(name),
            Some(name) => format!("{}, {object}", (markup.escape)(name)),
            None => object,
        }
    }

    /// Whether the numbered thing around it is itself.
    fn is_named_by_place(&self) -> bool {
        !matches!(
            self.object,
            ChangeObject::Row | ChangeObject::Column | ChangeObject::Cell | ChangeObject::ListItem | ChangeObject::Note
        )
    }

    /// All that came or went, each in its quotation marks.
    fn all_quoted(&self, side: fn(&Wording) -> &String, terms: &Terms, markup: &Markup) -> String {
        let texts = self.pieces.iter().map(|piece| quote(&(markup.escape)(side(&piece.text).trim()), terms));
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        cut_short(&texts, terms, markup)
    }

    fn pieces_told(&self, terms: &Terms, markup: &Markup) -> String {
        // What is editorial beside what is not is not told.
        let told: Vec<&Piece> = self.pieces.iter().filter(|piece| piece.class == self.class).collect();
        let told: Vec<String> = told.iter().map(|piece| piece.told(terms, markup)).collect();
        cut_short(&told, terms, markup)
    }
}

/// As many as a line tells, and how many more there are.
fn cut_short(told: &[String], terms: &Terms, markup: &Markup) -> String {
    let mut shown: Vec<String> = told.iter().take(markup.pieces).cloned().collect();
    if let Some(more @ 1..) = told.len().checked_sub(markup.pieces) {
        shown.push(terms.changelog.more.replace("{}", &more.to_string()));
    }
    shown.join(terms.semicolon)
}

impl Piece {
    fn told(&self, terms: &Terms, markup: &Markup) -> String {
        let Wording { before, after } = &self.text;
        let around = |text: &str, (open, close): (&str, &str)| {
            // Marks stand right beside a word.
            let trimmed = text.trim();
            if trimmed.is_empty() { String::new() } else { format!("{open}{}{close}", (markup.escape)(trimmed)) }
        };
        if before.trim() == after.trim() {
            return quote(&(markup.escape)(after.trim()), terms);
        }
        let (gone, come) = (around(before, markup.gone), around(after, markup.come));
        let between = if gone.is_empty() || come.is_empty() { "" } else { markup.between };
        let both = format!("{gone}{between}{come}");
        if before.chars().count() + after.chars().count() > SHORT || self.beside == Wording::default() {
            return quote(&both, terms);
        }
        let beside = |text: &str| (markup.escape)(text);
        // A space that belongs to the change stands beside its marks.
        let gap = |apart: bool| if apart { " " } else { "" };
        let starts = before.starts_with(' ') || after.starts_with(' ');
        let ends = before.ends_with(' ') || after.ends_with(' ');
        let line =
            format!("{}{}{both}{}{}", beside(&self.beside.before), gap(starts), gap(ends), beside(&self.beside.after));
        quote(line.trim(), terms)
    }
}

/// A text in the language's quotation marks; nothing for nothing.
pub(super) fn quote(text: &str, terms: &Terms) -> String {
    let (open, close) = terms.quotes[0];
    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
}
