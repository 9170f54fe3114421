use super::Terms;
use crate::resolve::revision::{ChangeInfo, ChangeKind, ChangeObject, RevisionInfo};

/// What a redline says of its changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevisionTerms {
    /// "Changes since {}", with the baseline's name.
    pub since: &'static str,
    /// "Changes", the heading of a list of them.
    pub changes: &'static str,
    /// "Change {}", with a number.
    pub change: &'static str,
    /// "Change {n} of {m}".
    pub position: &'static str,
    /// "Summary of changes".
    pub summary: &'static str,
    /// "{new} compared with {old}", with the versions' names.
    pub compared: &'static str,
    /// "How changes are shown".
    pub legend: &'static str,
    /// How what was inserted is shown.
    pub legend_inserted: &'static str,
    /// How what was deleted is shown.
    pub legend_deleted: &'static str,
    /// How what was moved is shown.
    pub legend_moved: &'static str,
    /// How what is of another format is shown.
    pub legend_reformatted: &'static str,
    /// What stands in the margin, and what numbers mean.
    pub legend_bar: &'static str,
    /// "Nothing has changed."
    pub unchanged: &'static str,
    /// "Before the first heading", where a section's name would stand.
    pub opening: &'static str,
    /// "the earlier version", of one without a name.
    pub earlier: &'static str,
    /// "this version", of one without a name.
    pub current: &'static str,
    /// "moved to {}", with a section's name.
    pub moved_to: &'static str,
    /// "moved from {}", with a section's name.
    pub moved_from: &'static str,
    /// "moved away", where the section is the same.
    pub moved_away: &'static str,
    /// "moved here", where the section is the same.
    pub moved_here: &'static str,
    /// "Section", a column's heading.
    pub section: &'static str,
    /// "Words added", a column's heading.
    pub added: &'static str,
    /// "Words removed", a column's heading.
    pub removed: &'static str,
    /// "Total".
    pub total: &'static str,
    /// "Before", what was.
    pub before: &'static str,
    /// "After", what is.
    pub after: &'static str,
    /// "Author", whose a change is.
    pub author: &'static str,
    /// "Date", of when a change is.
    pub date: &'static str,
    /// "Next change".
    pub next: &'static str,
    /// "Previous change".
    pub previous: &'static str,
    /// "All kinds of change", a filter.
    pub all_kinds: &'static str,
    /// "All sections", a filter.
    pub all_sections: &'static str,
    /// "No change matches.", of filters.
    pub no_match: &'static str,
    /// "Keys N and P lead to the next and previous change", which can be switched off.
    pub keys: &'static str,
    /// "View", what the three views are to choose from.
    pub view: &'static str,
    /// "Marked", the view with marks.
    pub marked: &'static str,
    /// "Side by side", the view of both versions.
    pub side_by_side: &'static str,
    /// "Final text", the view without marks.
    pub final_text: &'static str,
    /// "Show the changes".
    pub show: &'static str,
    /// "Hide the changes".
    pub hide: &'static str,
    /// "Link to this change".
    pub link: &'static str,
    /// "Insertion" and "Insertions".
    pub insertion: (&'static str, &'static str),
    /// "Deletion" and "Deletions".
    pub deletion: (&'static str, &'static str),
    /// "Replacement" and "Replacements".
    pub replacement: (&'static str, &'static str),
    /// "Move" and "Moves".
    pub movement: (&'static str, &'static str),
    /// "Format" and "Formats", that it is another.
    pub formatting: (&'static str, &'static str),
    /// "Heading level" and "Heading levels", that it is another.
    pub levelling: (&'static str, &'static str),
    /// "Item nested" and "Items nested".
    pub nesting: (&'static str, &'static str),
    /// "Item moved out" and "Items moved out", of the list that it was nested in.
    pub raising: (&'static str, &'static str),
    /// "Split" and "Splits".
    pub splitting: (&'static str, &'static str),
    /// "Merge" and "Merges".
    pub merging: (&'static str, &'static str),
    /// What a screen reader says before and behind what was inserted.
    pub spoken_inserted: (&'static str, &'static str),
    /// The same of what was deleted.
    pub spoken_deleted: (&'static str, &'static str),
    /// The same of what was moved.
    pub spoken_moved: (&'static str, &'static str),
    /// The same of what is of another format.
    pub spoken_reformatted: (&'static str, &'static str),
    /// What a change may be about.
    pub objects: ObjectTerms,
}

/// What a change may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectTerms {
    /// "words"
    pub words: &'static str,
    /// "link"
    pub link: &'static str,
    /// "paragraph"
    pub paragraph: &'static str,
    /// "passage"
    pub passage: &'static str,
    /// "heading"
    pub heading: &'static str,
    /// "section"
    pub a_section: &'static str,
    /// "list"
    pub list: &'static str,
    /// "list item"
    pub list_item: &'static str,
    /// "term"
    pub term: &'static str,
    /// "quotation"
    pub quote: &'static str,
    /// "recommendation"
    pub recommendation: &'static str,
    /// "box"
    pub boxed: &'static str,
    /// "code"
    pub code: &'static str,
    /// "figure"
    pub figure: &'static str,
    /// "table"
    pub table: &'static str,
    /// "row"
    pub row: &'static str,
    /// "column"
    pub column: &'static str,
    /// "cell"
    pub cell: &'static str,
    /// "formula"
    pub formula: &'static str,
    /// "note"
    pub note: &'static str,
    /// "line across the page"
    pub rule: &'static str,
}

impl RevisionTerms {
    /// The name of a kind of change, for one and for several.
    pub fn kind(&self, kind: ChangeKind) -> (&'static str, &'static str) {
        match kind {
            ChangeKind::Inserted => self.insertion,
            ChangeKind::Deleted => self.deletion,
            ChangeKind::Replaced => self.replacement,
            ChangeKind::Moved => self.movement,
            ChangeKind::Reformatted => self.formatting,
            ChangeKind::Relevelled => self.levelling,
            ChangeKind::Nested => self.nesting,
            ChangeKind::Raised => self.raising,
            ChangeKind::Split => self.splitting,
            ChangeKind::Merged => self.merging,
        }
    }

    /// What a change is about.
    pub fn object(&self, object: ChangeObject) -> &'static str {
        let objects = &self.objects;
        match object {
            ChangeObject::Words => objects.words,
            ChangeObject::Link => objects.link,
            ChangeObject::Paragraph => objects.paragraph,
            ChangeObject::Passage => objects.passage,
            ChangeObject::Heading => objects.heading,
            ChangeObject::Section => objects.a_section,
            ChangeObject::List => objects.list,
            ChangeObject::ListItem => objects.list_item,
            ChangeObject::Term => objects.term,
            ChangeObject::Quote => objects.quote,
            ChangeObject::Recommendation => objects.recommendation,
            ChangeObject::Box => objects.boxed,
            ChangeObject::Code => objects.code,
            ChangeObject::Figure => objects.figure,
            ChangeObject::Table => objects.table,
            ChangeObject::Row => objects.row,
            ChangeObject::Column => objects.column,
            ChangeObject::Cell => objects.cell,
            ChangeObject::Formula => objects.formula,
            ChangeObject::Note => objects.note,
            ChangeObject::Rule => objects.rule,
        }
    }
}

impl Terms {
    /// A change in a few words: "Insertion: paragraph".
    pub fn change_label(&self, change: &ChangeInfo) -> String {
        if matches!(change.kind, ChangeKind::Nested | ChangeKind::Raised) {
            // It says of what.
            return self.revision.kind(change.kind).0.to_owned();
        }
        format!("{}{}{}", self.revision.kind(change.kind).0, self.colon, self.revision.object(change.object))
    }

    /// "Change 3 of 14".
    pub fn change_position(&self, number: u32, of: usize) -> String {
        self.revision.position.replace("{n}", &number.to_string()).replace("{m}", &of.to_string())
    }

    /// Which way a moved change went, as each of its ends says: at the old end where it stands now, at the new end where it stood.
    pub fn moved(&self, revision: &RevisionInfo, change: &ChangeInfo) -> [String; 2] {
        let terms = &self.revision;
        if change.section == change.origin {
            return [terms.moved_away.to_owned(), terms.moved_here.to_owned()];
        }
        let name = |section: Option<usize>| {
            section.map_or_else(|| terms.opening.to_owned(), |section| revision.sections[section].name())
        };
        [terms.moved_to.replace("{}", &name(change.section)), terms.moved_from.replace("{}", &name(change.origin))]
    }
}
