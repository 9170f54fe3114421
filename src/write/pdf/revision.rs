//! What a redline says of itself: at the front what is compared, how changes are shown and where they are; at the end the list of them.
//!
//! In: [`RevisionInfo`]. Out: two sections of generated pages, linked both ways with the changes. A report that is no redline has neither.

use super::change::{Look, change_place, list_place};
use super::escape;
use super::generator::Generator;
use crate::document::StandingKind;
use crate::resolve::{Anchor, ChangeInfo, ChangeKind, Date, RevisionInfo, Total};
use crate::write::PageNumbers;

/// Where the front section stands.
const FRONT: &str = "rapporteur.changes";
/// Where the contents stand.
pub(super) const CONTENTS: &str = "rapporteur.contents";
/// Where the list stands.
const LIST: &str = "rapporteur.list-of-changes";

/// Pages as they are counted where a redline's own sections are not among them, as in Word.
pub fn pages_of_text(numbers: &PageNumbers) -> PageNumbers {
    let page = |place: &str| numbers.by_anchor.get(&Anchor(place.to_owned())).copied();
    let (Some(front), Some(contents)) = (page(FRONT), page(CONTENTS)) else { return numbers.clone() };
    let before = contents.saturating_sub(front);
    let last = page(LIST).map_or(numbers.total, |list| list.saturating_sub(1));
    let by_anchor = numbers.by_anchor.iter();
    let shifted =
        by_anchor.map(|(anchor, page)| (anchor.clone(), if *page < contents { *page } else { page - before }));
    PageNumbers { by_anchor: shifted.collect(), total: last.saturating_sub(before).max(1) }
}

impl Generator<'_> {
    /// The section at the front.
    pub(super) fn revision(&mut self, revision: &RevisionInfo) {
        let doc = self.doc;
        let terms = &doc.terms.revision;
        self.revision_title(&revision.title, FRONT);
        let compared = terms.compared.replace("{new}", &revision.revision).replace("{old}", &revision.baseline);
        self.out.push("#p({");
        self.shown_statement(&compared);
        let date = (revision.author.time > 0).then(|| doc.terms.date(Date::from_unix(revision.author.time)));
        for said in [Some(revision.author.author.clone()), date].into_iter().flatten() {
            self.statement("linebreak()");
            self.shown_statement(&said);
        }
        self.out.push("})\n");
        if revision.changes.is_empty() {
            self.out.push("#p({");
            self.shown_statement(terms.unchanged);
            return self.out.push("})\n");
        }
        self.out.push("#change-list-link(");
        self.target(&Anchor(LIST.to_owned()));
        self.out.push(", ");
        self.out.literal(terms.summary);
        self.out.push(")\n");
        self.legend();
        self.overview(revision);
    }

    fn revision_title(&mut self, title: &str, place: &str) {
        self.out.push("#chapter-break\n#title-block(\"toc-heading\", 1, none, true, ");
        self.out.literal(&escape::shown(title));
        self.out.push(", ");
        self.out.literal(place);
        self.out.push(", ");
        self.shown(title);
        self.out.push(")\n");
        self.anchors.push(Anchor(place.to_owned()));
    }

    /// How many changes and words each chapter has.
    fn overview(&mut self, revision: &RevisionInfo) {
        let terms = &self.doc.terms.revision;
        self.out.push("#captioned(table, none, true, grid-table((43%, 19%, 19%, 19%), (start + top, end + top, end + top, end + top), 1,\nhead-rows(");
        self.head_cells(&[terms.section, terms.changes, terms.added, terms.removed]);
        self.out.push(")");
        for (chapter, total) in revision.chapters_changed() {
            self.out.push(",\n");
            match chapter.and_then(|chapter| revision.sections.get(chapter)) {
                Some(section) => self.linked_cell(section.anchor.as_ref(), &section.name()),
                None => self.linked_cell(None, terms.opening),
            }
            self.total_cells(total, "");
        }
        self.out.push(",\ntable.cell(row-head(");
        self.shown(terms.total);
        self.out.push("))");
        self.total_cells(revision.total(), "row-head");
        self.out.push("))\n");
    }

    fn total_cells(&mut self, total: Total, look: &str) {
        for number in [total.changes, total.added, total.removed] {
            self.out.push(&format!(", table.cell({look}(\"{number}\"))"));
        }
    }

    fn head_cells(&mut self, names: &[&str]) {
        for (at, name) in names.iter().enumerate() {
            self.out.push(if at > 0 { ", table.cell(head-text(" } else { "table.cell(head-text(" });
            self.shown(name);
            self.out.push("))");
        }
    }

    fn linked_cell(&mut self, anchor: Option<&Anchor>, text: &str) {
        self.out.push("table.cell(");
        self.sequence(|g| g.link_to(anchor, text));
        self.out.push(")");
    }

    /// A link to a place, or its text alone.
    fn link_to(&mut self, anchor: Option<&Anchor>, text: &str) {
        let Some(anchor) = anchor else { return self.shown_statement(text) };
        self.statement("internal-plain(");
        self.target(anchor);
        self.out.push(", ");
        self.out.literal(&escape::shown(text));
        self.out.push(", ");
        self.shown(text);
        self.out.push(")");
    }

    /// How changes are shown, each by itself.
    fn legend(&mut self) {
        let terms = &self.doc.terms.revision;
        self.out.push("#change-legend(");
        self.shown(terms.legend);
        let stands = |kinds: &[StandingKind]| kinds.iter().map(|kind| Look::Stands(*kind)).collect::<Vec<_>>();
        let lines = [
            (stands(&[StandingKind::Inserted]), terms.insertion.0, terms.legend_inserted),
            (stands(&[StandingKind::Deleted]), terms.deletion.0, terms.legend_deleted),
            (stands(&[StandingKind::MovedTo, StandingKind::MovedFrom]), terms.movement.0, terms.legend_moved),
            (vec![Look::Reformatted], terms.formatting.0, terms.legend_reformatted),
        ];
        for (looks, sample, said) in lines {
            self.out.push(",\n(");
            self.sequence(|g| {
                for (at, look) in looks.into_iter().enumerate() {
                    if at > 0 {
                        g.statement_literal(" ");
                    }
                    g.looking(look, sample);
                }
            });
            self.out.push(", ");
            self.shown(said);
            self.out.push(")");
        }
        self.out.push(",\n(none, ");
        self.shown(terms.legend_bar);
        self.out.push("))\n");
    }

    /// Text in a look, which is no change itself.
    pub(in crate::write::pdf) fn looking(&mut self, look: Look, text: &str) {
        self.statement("looking(");
        self.out.literal(look.name());
        self.out.push(", ");
        self.shown(text);
        self.out.push(")");
    }

    /// The list of changes.
    pub(super) fn list_of_changes(&mut self, revision: &RevisionInfo) {
        if revision.changes.is_empty() {
            return;
        }
        let terms = &self.doc.terms.revision;
        let page = self.doc.terms.page_of[0].trim();
        let change = terms.change.replace("{}", "");
        let words = format!("\u{b1} {}", terms.objects.words);
        self.revision_title(terms.summary, LIST);
        self.out.push("#captioned(table, none, true, grid-table((16%, 56%, 11%, 17%), (start + top, start + top, end + top, end + top), 1,\nhead-rows(");
        self.head_cells(&[change.trim(), terms.changes, page, &words]);
        self.out.push(")");
        for changes in revision.changes.chunk_by(|one, next| one.section == next.section) {
            let section = changes.first().and_then(|change| revision.sections.get(change.section?));
            self.out.push(",\nsection-row(");
            match section {
                Some(section) => self.shown(&section.name()),
                None => self.shown(terms.opening),
            }
            self.out.push(")");
            changes.iter().for_each(|change| self.change_line(revision, change));
        }
        self.out.push("))\n");
    }

    /// A change's line: its number, what was done, its page, and how many words.
    fn change_line(&mut self, revision: &RevisionInfo, change: &ChangeInfo) {
        let place = Anchor(change_place(change.number));
        self.out.push(",\ntable.cell(");
        self.sequence(|g| {
            g.anchor(&Anchor(list_place(change.number)));
            let known = (!g.absent.contains(&place)).then_some(&place);
            g.link_to(known, &format!("[{}]", change.number));
        });
        self.out.push("), change-cell(");
        self.sequence(|g| g.change_cell(revision, change));
        self.out.push("), table.cell(page-of(");
        self.target(&place);
        self.out.push(")");
        let words = match (change.added, change.removed) {
            (0, 0) => String::new(),
            (added, 0) => format!("+{added}"),
            (0, removed) => format!("\u{2212}{removed}"),
            (added, removed) => format!("+{added} \u{2212}{removed}"),
        };
        self.out.push(&format!("), table.cell(text(dir: ltr, \"{words}\"))"));
    }

    fn change_cell(&mut self, revision: &RevisionInfo, change: &ChangeInfo) {
        let terms = &self.doc.terms;
        self.statement("change-kind(");
        let object = terms.revision.object(change.object);
        let label = match change.within.as_deref() {
            // "Deletion: paragraph 14"
            Some(within) if within.starts_with(object) => {
                format!("{}{}{within}", terms.revision.kind(change.kind).0, terms.colon)
            }
            Some(within) => format!("{}, {within}", terms.change_label(change)),
            None => terms.change_label(change),
        };
        let moved = if change.kind == ChangeKind::Moved {
            format!(" ({})", terms.moved(revision, change)[1])
        } else {
            String::new()
        };
        self.shown(&format!("{label}{moved}"));
        self.out.push(")");
        let looks: &[(Look, &str)] = match change.kind {
            ChangeKind::Inserted => &[(Look::Stands(StandingKind::Inserted), &change.after)],
            ChangeKind::Deleted => &[(Look::Stands(StandingKind::Deleted), &change.before)],
            ChangeKind::Replaced if change.is_other_picture() => &[(Look::Reformatted, &change.after)],
            ChangeKind::Replaced => &[
                (Look::Stands(StandingKind::Deleted), &change.before),
                (Look::Stands(StandingKind::Inserted), &change.after),
            ],
            ChangeKind::Moved => &[(Look::Stands(StandingKind::MovedTo), &change.after)],
            ChangeKind::Reformatted | ChangeKind::Relevelled | ChangeKind::Nested | ChangeKind::Raised => {
                &[(Look::Reformatted, &change.after)]
            }
            ChangeKind::Split | ChangeKind::Merged => &[],
        };
        self.statement("p(");
        self.sequence(|g| g.wording(change, looks));
        self.out.push(")");
    }

    /// What was and what is, in its line.
    fn wording(&mut self, change: &ChangeInfo, looks: &[(Look, &str)]) {
        let [before, behind] = change.gaps();
        self.beside(&change.beside.before, before);
        for (at, (look, text)) in looks.iter().filter(|(_, text)| !text.is_empty()).enumerate() {
            if at > 0 {
                self.statement_literal(" ");
            }
            self.looking(*look, text);
        }
        if !change.beside.after.is_empty() {
            if behind {
                self.statement_literal(" ");
            }
            self.shown_statement(&change.beside.after);
        }
    }

    /// Words that stand before a change.
    fn beside(&mut self, words: &str, space: bool) {
        if !words.is_empty() {
            self.shown_statement(words);
            if space {
                self.statement_literal(" ");
            }
        }
    }

    /// Text as a statement of its own.
    fn shown_statement(&mut self, text: &str) {
        self.statement("");
        self.shown(text);
    }
}
