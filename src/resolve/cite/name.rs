//! Names of fields in CSL JSON and in hayagriva's YAML.
//!
//! In: the items of a file. Out: a remark for each name and type that means nothing. What programs keep for themselves
//! is known.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};

use super::library::Remark;
use super::unknown::Unknown;

/// Says which names of CSL JSON mean nothing (CSL 1.0.2, appendices III and IV; Zotero's and Manubot's own).
pub(super) fn of_items(text: &str, items: &[Value]) -> Vec<Remark> {
    let (mut kinds, mut fields) = (Unknown::default(), Unknown::default());
    for item in items.iter().filter_map(Value::as_object) {
        for (name, value) in item {
            let own = name.starts_with(['_', 'x']) || name.starts_with("manubot");
            if !own && !ITEM.split(' ').any(|known| known == name) {
                fields.meet(name, || quoted(text, name));
            }
            if name == "type"
                && let Some(kind) = value.as_str()
                && !TYPES.split(' ').any(|known| known == kind)
            {
                kinds.meet(kind, || quoted(text, kind));
            }
        }
    }
    let mut remarks = kinds.remarks("no type of CSL", "it is read as `document`", TYPES.split(' '));
    remarks.extend(fields.remarks("no variable of CSL", "what it holds is not printed", ITEM.split(' ')));
    remarks
}

fn quoted(text: &str, name: &str) -> Range<usize> {
    text.find(&format!("\"{name}\"")).map_or(0..0, |at| at + 1..at + 1 + name.len())
}

/// Says which fields of hayagriva's YAML mean nothing; its reader passes over them.
pub(super) fn of_yaml(text: &str) -> Vec<Remark> {
    let mut fields = Unknown::default();
    for work in serde_saphyr::from_str::<BTreeMap<String, Value>>(text).unwrap_or_default().values() {
        meet(text, work.as_object(), &mut fields);
    }
    fields.remarks("no field that is known", "what it holds is not printed", YAML.split(' '))
}

fn meet(text: &str, work: Option<&Map<String, Value>>, fields: &mut Unknown) {
    for (name, value) in work.into_iter().flatten() {
        if !YAML.split(' ').any(|known| known == name) {
            fields.meet(name, || before_colon(text, name));
        }
        if name == "parent" {
            let several = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            several.iter().for_each(|parent| meet(text, parent.as_object(), fields));
        }
    }
}

fn before_colon(text: &str, name: &str) -> Range<usize> {
    let stands = |at: &usize| {
        let fresh = text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        fresh && text[at + name.len()..].trim_start_matches(['"', '\'', ' ']).starts_with(':')
    };
    text.match_indices(name).map(|(at, _)| at).find(stands).map_or(0..0, |at| at..at + name.len())
}

const TYPES: &str = "article article-journal article-magazine article-newspaper bill book broadcast chapter classic \
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview \
    legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance \
    periodical personal_communication post post-weblog regulation report review review-book software song speech \
    standard thesis treaty webpage";

const ITEM: &str = "id type citation-key categories language journalAbbreviation shortTitle author chair \
    collection-editor compiler composer container-author contributor curator director editor editorial-director \
    editor-translator executive-producer guest host illustrator interviewer narrator organizer original-author \
    performer producer recipient reviewed-author script-writer series-creator translator accessed available-date \
    container event-date issued original-date submitted abstract annote archive archive_collection archive_location \
    archive-place authority call-number chapter-number citation-label citation-number collection-number \
    collection-title container-title container-title-short dimensions division DOI edition event event-place \
    event-title first-reference-note-number genre ISBN ISSN issue jurisdiction keyword license locator medium note \
    number number-of-pages number-of-volumes original-publisher original-publisher-place original-title page \
    page-first part-number part-title PMCID PMID printing-number publisher publisher-place references reviewed-genre \
    reviewed-title scale section source status supplement-number title title-short URL version volume volume-title \
    year-suffix custom standard_id standard_citation is-referenced-by-count reference-count references-count indexed \
    member prefix score subject subtitle resource relation created deposited published published-print \
    published-online content-domain funder link update-policy issn-type isbn-type alternative-id article-number \
    short-title short-container-title original-title assertion clinical-trial-number journal-issue copyright tags \
    collections attachments relations keywords dateAdded dateModified itemType";

const YAML: &str = "type title author date parent abstract genre editor affiliated publisher location organization \
    issue chapter volume volume-total edition page-range page-total time-range runtime url serial-number serial \
    language archive archive-location call-number note";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_is_said_once_where_it_stands_first() {
        let text = "a:\n  type: book\n  tilte: T\nb:\n  type: article\n  tilte: U\n  parent:\n    isue: 3\n";
        let said: Vec<_> = of_yaml(text).into_iter().map(|remark| (remark.place.start, remark.hint)).collect();
        let hint = |name: &str| Some(format!("did you mean `{name}`?"));
        assert_eq!(said, [(18, hint("title")), (71, hint("issue"))]);
        let text = r#"[{"id": "a", "type": "bok", "tilte": "T"}, {"id": "b", "type": "book", "tilte": "U"}]"#;
        let items: Vec<Value> = serde_json::from_str(text).expect("it is JSON");
        let said: Vec<_> = of_items(text, &items).into_iter().map(|remark| (remark.place.start, remark.hint)).collect();
        assert_eq!(said, [(22, hint("book")), (29, hint("title"))]);
    }
}
