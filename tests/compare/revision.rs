//! The list of changes: what each is, what it is about, where it stands and what it says.

use rapporteur::resolve::{ChangeInfo, ChangeKind, ResolvedDocument, RevisionInfo, Terms, Went};

use crate::report::marked;
use crate::{runs, versions};

const OLD: &[&str] = &[
    "# Scope {#scope}",
    "The committee may meet twice in each year, see [the findings](#findings) and nothing else.",
    "Nothing has changed in this paragraph, which says why the report was written and for whom it is meant.",
    "A paragraph on the budget of the committee that will stand in another section of this report.",
    "# Findings {#findings}",
    "Nor has anything changed in this one, which says how the findings were made and who has checked all of them.",
    "One paragraph says the first of two things that belong together. It then says the second of the two things that were said.",
    "Nor in this one, which tells what the secretariat did with the answers that it got from the member states.",
    "- first item of the list\n- second item of the list",
    "| Year | Count |\n|---|---|\n| 2020 | 12 |\n| 2021 | 15 |\n\nTable: Counts {#tbl-counts}",
    "Text with a note.[^n] And a [link](https://example.org/old) to a site.",
    "[^n]: The note says this.",
    "## Details",
    "The details are as they were in each of the earlier drafts, which nobody has had anything to say about.",
    "A last paragraph about details that nobody else has.",
];

const NEW: &[&str] = &[
    "# Scope {#scope}",
    "The committee shall meet twice in each year, see [the findings](#findings) and nothing else.",
    "Nothing has changed in this paragraph, which says why the report was written and for whom it is meant.",
    "# Results {#findings}",
    "Nor has anything changed in this one, which says how the findings were made and who has checked all of them.",
    "One paragraph says the first of two things that belong together.",
    "It then says the second of the two things that were said.",
    "Nor in this one, which tells what the secretariat did with the answers that it got from the member states.",
    "- first item of the list\n- second item of the list\n- third item, which is new",
    "| Year | Count |\n|---|---|\n| 2020 | 12 |\n| 2021 | 16 |\n| 2022 | 18 |\n\nTable: Counts {#tbl-counts}",
    "Text with a **note**.[^n] And a [link](https://example.org/new) to a site.[^m]",
    "[^n]: The note says that.",
    "[^m]: A new note.",
    "A paragraph on the budget of the committee that will stand in another section of this report.",
    "# Details",
    "The details are as they were in each of the earlier drafts, which nobody has had anything to say about.",
    "A last paragraph about details that nobody else has.",
];

fn draft(blocks: &[&str]) -> Vec<Vec<String>> {
    vec![blocks.iter().map(|block| (*block).to_owned()).collect()]
}

fn line(doc: &ResolvedDocument, revision: &RevisionInfo, change: &ChangeInfo) -> String {
    let section = |place: Option<usize>| place.map_or("–".to_owned(), |place| revision.sections[place].name());
    let origin = change.origin.map(|_| format!(" from {}", section(change.origin))).unwrap_or_default();
    let within = change.within.as_deref().unwrap_or("–").replace('\u{a0}', " ");
    format!(
        "{} | {}{origin} | {within} | {} → {} | +{} −{}",
        doc.terms.change_label(change),
        section(change.section),
        change.before,
        change.after,
        change.added,
        change.removed
    )
}

#[test]
fn each_change_says_what_it_is() {
    let (doc, _) = marked(&draft(OLD), &draft(NEW));
    let revision = doc.revision.as_ref().expect("a redline says so");
    let lines: Vec<String> = revision.changes.iter().map(|change| line(&doc, revision, change)).collect();
    let expected = [
        "Replacement: words | I. Scope | paragraph 1 | may → shall | +1 −1",
        "Move: paragraph | II. Results from I. Scope | paragraph 8 | A paragraph on the budget of the committee that will stand in another section of this report. → A paragraph on the budget of the committee that will stand in another section of this report. | +0 −0",
        "Replacement: heading | II. Results | – | Findings → Results | +1 −1",
        "Split: paragraph | II. Results | paragraph 4 |  → It then says the second of the two things that were said. | +0 −0",
        "Insertion: list item | II. Results | – |  → third item, which is new | +5 −0",
        "Replacement: table cell | II. Results | Table 1 | 15 → 16 | +1 −1",
        "Insertion: table row | II. Results | Table 1 |  → 2022 | 18 | +2 −0",
        "Format: words | II. Results | paragraph 7 | note → note | +0 −0",
        "Replacement: link | II. Results | paragraph 7 | link → link | +0 −0",
        "Insertion: note | II. Results | paragraph 7 |  → [2] A new note. | +3 −0",
        "Heading level: heading | III. Details | – | Details → Details | +0 −0",
        "Replacement: words | II. Results | Note 1 | this → that | +1 −1",
    ];
    assert_eq!(lines, expected, "{lines:#?}");
    assert_eq!(revision.title, "Changes since the earlier version");
}

#[test]
fn each_number_says_where_it_went() {
    let (doc, _) = marked(&draft(OLD), &draft(NEW));
    let revision = doc.revision.as_ref().expect("a redline says so");
    let number = |number: &Option<String>| number.clone().unwrap_or("–".to_owned());
    let line = |went: &Went| {
        let moved = if went.moved { " moved" } else { "" };
        let (before, after) = (number(&went.before), number(&went.after));
        format!("{} {before} → {after}{moved}: {}", went.object.name(), went.opening)
    };
    let lines: Vec<String> = revision.went.iter().map(line).collect();
    let expected = [
        "heading I → I: Scope",
        "paragraph 1 → 1: The committee shall meet twice in each year, see the findings…",
        "paragraph 2 → 2: Nothing has changed in this paragraph, which says why the report…",
        "paragraph 3 → 8 moved: A paragraph on the budget of the committee that will stand in…",
        "heading II → II: Results",
        "paragraph 4 → 3: Nor has anything changed in this one, which says how the…",
        "paragraph 5 → 4: One paragraph says the first of two things that belong together.",
        "paragraph 5 → 5: It then says the second of the two things that were said.",
        "paragraph 6 → 6: Nor in this one, which tells what the secretariat did with the…",
        "table 1 → 1: Counts Year Count 2020 12 2021 16 2022 18",
        "paragraph 7 → 7: Text with a note. And a link to a site.",
        "heading A → III: Details",
        "paragraph 8 → 9: The details are as they were in each of the earlier drafts…",
        "paragraph 9 → 10: A last paragraph about details that nobody else has.",
    ];
    assert_eq!(lines, expected, "{lines:#?}");
}

#[test]
fn each_change_knows_the_block_that_it_stands_in() {
    let (doc, _) = marked(&draft(OLD), &draft(NEW));
    let revision = doc.revision.as_ref().expect("a redline says so");
    let place = |change: &ChangeInfo| {
        let place = &revision.places[change.place];
        format!("{} {} {} → {}", change.number, place.object.name(), place.before, place.after)
    };
    let places: Vec<String> = revision.changes.iter().map(place).collect();
    let expected = [
        "1 paragraph 14 → 14",
        "2 paragraph 0 → 17",
        "3 heading 0 → 1",
        "4 paragraph 11 → 11",
        "5 list 10 → 15",
        "6 table 7 → 9",
        "7 table 7 → 9",
        "8 paragraph 10 → 10",
        "9 paragraph 10 → 10",
        "10 paragraph 10 → 10",
        "11 heading 1 → 1",
        "12 note 4 → 4",
    ];
    assert_eq!(places, expected, "{places:#?}");
}

/// Every number has a change, every change is worded, and what is counted is what there is.
#[test]
fn nothing_is_left_out_of_the_list() {
    for seed in runs(60) {
        let (old, new, shown) = versions(seed, 10);
        let (doc, _) = marked(&old, &new);
        let revision = doc.revision.as_ref().expect("a redline says so");
        for (change, number) in revision.changes.iter().zip(1..) {
            assert_eq!(change.number, number);
            assert!(change.section.is_none_or(|section| section < revision.sections.len()), "{shown}");
            let said = !change.before.is_empty() || !change.after.is_empty();
            let wordless = change.text.before.trim().is_empty() && change.text.after.trim().is_empty();
            assert!(said || wordless, "{change:?}: {shown}");
            let quiet = [ChangeKind::Reformatted, ChangeKind::Relevelled, ChangeKind::Split, ChangeKind::Merged];
            assert!(!quiet.contains(&change.kind) || change.added + change.removed == 0, "{change:?}");
        }
        let total = revision.total();
        assert_eq!(total.changes, revision.changes.len());
        for totals in [revision.sections_changed(), revision.chapters_changed()] {
            assert_eq!(totals.iter().map(|(_, of)| of.added).sum::<usize>(), total.added, "{shown}");
            assert_eq!(totals.iter().map(|(_, of)| of.removed).sum::<usize>(), total.removed, "{shown}");
        }
        for section in &revision.sections {
            let chapter = &revision.sections[section.chapter];
            assert!(chapter.level <= section.level, "{section:?} in {chapter:?}: {shown}");
        }
    }
}

#[test]
fn a_move_names_its_other_end_in_every_language() {
    let (doc, _) = marked(&draft(OLD), &draft(NEW));
    let revision = doc.revision.as_ref().expect("a redline says so");
    let moved = revision.changes.iter().find(|change| change.kind == ChangeKind::Moved).expect("one was moved");
    assert_eq!(Terms::ENGLISH.moved(revision, moved), ["moved to II. Results", "moved from I. Scope"]);
    for terms in Terms::ALL {
        let [to, from] = terms.moved(revision, moved);
        assert!(to.contains("II. Results") && from.contains("I. Scope"), "{}: {to} {from}", terms.language);
    }
}

#[test]
fn a_change_is_told_of_what_it_is_made_of() {
    let old = [
        "# Scope",
        "Text of a paragraph that says much. And more of it.",
        "![A map](map.svg \"Where the sessions were held\")",
        "| Year | Count |\n|---|---|\n| 2020 | 12 |\n\nTable: Counts {#tbl-counts}",
    ];
    let new = [
        "# Scope",
        "Text of a paragraph that says much. New words.[^n] And more of it.",
        "[^n]: A new note.",
        "A paragraph that is new and stands right before the picture.",
        "![A map](plan.svg \"Where the sessions were held\")",
        "| Year | Count | Share |\n|---|---|---|\n| 2020 | 12 | 7 |\n| 2021 | 13 | 8 |\n\nTable: Counts {#tbl-counts}",
    ];
    let (doc, _) = marked(&draft(&old), &draft(&new));
    let revision = doc.revision.as_ref().expect("a redline says so");
    let lines: Vec<String> = revision.changes.iter().map(|change| line(&doc, revision, change)).collect();
    let expected = [
        // Neither the note's words, nor that it is one; they count.
        "Insertion: words | I. Scope | paragraph 1 |  → New words. | +5 −0",
        "Insertion: paragraph | I. Scope | paragraph 2 |  → A paragraph that is new and stands right before the picture. | +11 −0",
        "Replacement: figure | I. Scope | Figure 1 | Where the sessions were held → Where the sessions were held | +0 −0",
        // What is in the new row was counted with it.
        "Insertion: table column | I. Scope | Table 1 |  → Share 7 | +2 −0",
        "Insertion: table row | I. Scope | Table 1 |  → 2021 | 13 | 8 | +3 −0",
    ];
    assert_eq!(lines, expected);
}
