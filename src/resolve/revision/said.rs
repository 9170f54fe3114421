//! What is said of a change where it stands: in the report's language, and the same in every format.

use super::object::object;
use super::{ChangeInfo, ChangeKind, ChangeObject};
use crate::document::{BlockKind, Direction, Form, Former, StandingKind, Was};
use crate::resolve::resolved::ResolvedDocument;

/// What a node is now that was of another form.
#[derive(Debug, Clone, Copy)]
pub enum Is<'b> {
    /// A block.
    Block(&'b BlockKind),
    /// An item, whose box is ticked or not, if it has one.
    Item(Option<bool>),
    /// A cell.
    Cell,
}

impl ResolvedDocument {
    /// "Change 3: Replacement: words".
    pub fn change_name(&self, number: u32) -> String {
        let terms = &self.terms;
        let name = terms.revision.change.replace("{}", &number.to_string());
        match self.change(number) {
            Some(change) => format!("{name}{}{}", terms.colon, terms.change_label(change)),
            None => name,
        }
    }

    /// The same with both texts: "Change 3: Replacement: words: shall → should".
    pub fn change_description(&self, number: u32) -> String {
        let name = self.change_name(number);
        let text = self.change(number).map(|change| match (change.before.as_str(), change.after.as_str()) {
            ("", text) | (text, "") => text.to_owned(),
            (before, after) if before == after => after.to_owned(),
            (before, after) => self.arrowed(before, after),
        });
        match text.filter(|text| !text.is_empty()) {
            Some(text) => format!("{name}{}{text}", self.terms.colon),
            None => name,
        }
    }

    /// Where something moved from or to, at that end; `None` of what did not move.
    pub fn moved_words(&self, number: u32, kind: StandingKind) -> Option<String> {
        let end = match kind {
            StandingKind::MovedFrom => 0,
            StandingKind::MovedTo => 1,
            StandingKind::Inserted | StandingKind::Deleted => return None,
        };
        let words = self.change(number).zip(self.revision.as_ref());
        let words = words.map(|(change, revision)| self.terms.moved(revision, change)[end].clone());
        Some(words.unwrap_or_else(|| self.kind_name(ChangeKind::Moved)))
    }

    /// What was done to what stands in one version: "Insertion", or where it moved from or to.
    pub fn standing_words(&self, number: u32, kind: StandingKind) -> String {
        self.moved_words(number, kind).unwrap_or_else(|| match kind {
            StandingKind::Inserted | StandingKind::MovedTo => self.kind_name(ChangeKind::Inserted),
            StandingKind::Deleted | StandingKind::MovedFrom => self.kind_name(ChangeKind::Deleted),
        })
    }

    /// The same of a block, before which it is said: "Deletion: table".
    pub fn standing_label(&self, number: u32, kind: StandingKind, block: &BlockKind) -> String {
        let object = self.terms.revision.object(object(block));
        format!("{}{}{object}", self.standing_words(number, kind), self.terms.colon)
    }

    /// What is said of what was of another form: "Heading level: 3 → 2", where that can be said, else that its format is another.
    pub fn former_label(&self, former: &Former, is: Is<'_>) -> String {
        let was = &former.was;
        let named = |object| Some(self.terms.revision.object(object).to_owned());
        let how = match (was, is) {
            (Was::Block(was), Is::Block(block)) => {
                if let (Form::Heading(from), BlockKind::Heading(to)) = (&was.form, block)
                    && *from != to.level
                {
                    let levels = self.arrowed(&from.get().to_string(), &to.level.get().to_string());
                    return format!("{}{}{levels}", self.kind_name(ChangeKind::Relevelled), self.terms.colon);
                }
                self.former_form(&was.form, block).or_else(|| named(object(block)))
            }
            (Was::Item(from), Is::Item(to)) => Some(self.arrowed(self.tick(*from), self.tick(to))),
            (Was::Level { .. }, _) => {
                let change = self.change(former.mark.number);
                let Some(change) = change.filter(|change| change.object == ChangeObject::ListItem) else {
                    return self.kind_name(ChangeKind::Reformatted);
                };
                return self.terms.change_label(change);
            }
            (Was::Cell { .. }, _) => named(ChangeObject::Cell),
            (Was::Block(_) | Was::Item(_) | Was::Run(_), _) => None,
        };
        let name = self.kind_name(ChangeKind::Reformatted);
        how.map_or_else(|| name.clone(), |how| format!("{name}{}{how}", self.terms.colon))
    }

    /// From what form to what.
    fn former_form(&self, was: &Form, is: &BlockKind) -> Option<String> {
        let terms = &self.terms;
        let named = |object| terms.revision.object(object);
        let kind = |kind| terms.box_label(kind).unwrap_or(terms.boxed);
        Some(match (was, is) {
            (Form::Heading(_), BlockKind::Paragraph(_)) => {
                self.arrowed(named(ChangeObject::Heading), named(ChangeObject::Paragraph))
            }
            (Form::Paragraph, BlockKind::Heading(_)) => {
                self.arrowed(named(ChangeObject::Paragraph), named(ChangeObject::Heading))
            }
            (Form::Box(from), BlockKind::Box(to)) if *from != to.kind => self.arrowed(kind(*from), kind(to.kind)),
            (Form::CodeBlock(from), BlockKind::CodeBlock(to)) if *from != to.info => self.arrowed(from, &to.info),
            (Form::Figure(from), BlockKind::Figure(to)) if from.alternative != to.image.alternative => {
                self.arrowed(&from.alternative, &to.image.alternative)
            }
            (
                Form::Paragraph
                | Form::Heading(_)
                | Form::List(_)
                | Form::Box(_)
                | Form::CodeBlock(_)
                | Form::Figure(_)
                | Form::Table(_)
                | Form::Plain,
                _,
            ) => return None,
        })
    }

    fn tick(&self, checked: Option<bool>) -> &'static str {
        let (done, open) = self.terms.task;
        match checked {
            Some(true) => done,
            Some(false) => open,
            None => "•",
        }
    }

    fn change(&self, number: u32) -> Option<&ChangeInfo> {
        self.revision.as_ref()?.change(number)
    }

    fn kind_name(&self, kind: ChangeKind) -> String {
        self.terms.revision.kind(kind).0.to_owned()
    }

    /// From what was to what is, the way that lines run.
    fn arrowed(&self, was: &str, is: &str) -> String {
        let arrow = match self.language.direction {
            Direction::LeftToRight => '\u{2192}',
            Direction::RightToLeft => '\u{2190}',
        };
        format!("{was} {arrow} {is}").trim().to_owned()
    }
}
