//! What a document says about itself: core properties (ECMA-376 part 2, 11) and embedded fonts.

use crate::inspect::Facts;
use crate::inspect::space::collapse;
use crate::inspect::xml::{Element, Space};

/// Title, authors, keywords, language, identifier. The language of the properties wins over that of the styles.
pub(super) fn core_properties(root: &Element<'_>, facts: &mut Facts) {
    let text = |space, name| root.child(space, name).map(|e| collapse(&e.text())).filter(|text| !text.is_empty());
    facts.title = text(Space::DublinCore, "title");
    facts.authors = text(Space::DublinCore, "creator").map(|names| split(&names, ';')).unwrap_or_default();
    let keywords = text(Space::CoreProperties, "keywords").unwrap_or_default();
    facts.subjects = split(&keywords, if keywords.contains(';') { ';' } else { ',' });
    facts.identifiers = text(Space::DublinCore, "identifier").into_iter().collect();
    if let Some(language) = text(Space::DublinCore, "language") {
        facts.language = Some(language);
    }
}

fn split(list: &str, separator: char) -> Vec<String> {
    list.split(separator).map(collapse).filter(|item| !item.is_empty()).collect()
}

/// Names of the fonts of which at least one face is embedded (`w:embedRegular` and its like).
pub(super) fn embedded_fonts(root: &Element<'_>) -> Vec<String> {
    let embedded = root
        .all(Space::Word, "font")
        .filter(|font| font.elements().any(|e| e.space == Space::Word && e.name.starts_with("embed")))
        .filter_map(|font| font.attribute(Space::Word, "name"));
    embedded.map(str::to_owned).collect()
}
