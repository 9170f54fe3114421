//! What a page says about itself: `title`, `lang`, `meta`, its contents, its fonts.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Selector};

use crate::inspect::Facts;
use crate::inspect::space::collapse;

/// Reads the head and the contents.
pub(super) fn read(page: &Html) -> Facts {
    let title = select(page, "head > title").next().map(|title| collapse(&title.text().collect::<String>()));
    let mut facts = Facts {
        title: title.filter(|title| !title.is_empty()),
        language: page.root_element().attr("lang").map(str::to_owned),
        authors: meta(page, &["dcterms.creator", "author"]),
        subjects: meta(page, &["dcterms.subject"]),
        identifiers: meta(page, &["dcterms.identifier"]),
        contents: contents(page),
        fonts: fonts(page),
        ..Facts::default()
    };
    if facts.subjects.is_empty() {
        let keywords = meta(page, &["keywords"]).join(",");
        facts.subjects = keywords.split(',').map(collapse).filter(|word| !word.is_empty()).collect();
    }
    facts
}

fn select<'a>(page: &'a Html, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let selector = Selector::parse(selector).expect("the selectors of this file are constants");
    page.select(&selector).collect::<Vec<_>>().into_iter()
}

/// Values of the first of these names that the page has.
fn meta(page: &Html, names: &[&str]) -> Vec<String> {
    let values = |name: &&str| -> Vec<String> {
        let named = |element: &ElementRef<'_>| element.attr("name").is_some_and(|n| n.eq_ignore_ascii_case(name));
        select(page, "meta[name][content]").filter(named).filter_map(|e| e.attr("content")).map(collapse).collect()
    };
    names.iter().map(values).find(|values| !values.is_empty()).unwrap_or_default()
}

/// Links of the contents (`nav` with the class `contents`, or the role `doc-toc`), with the depth of their lists.
fn contents(page: &Html) -> Vec<(usize, String)> {
    let links = select(page, "nav.contents a, nav[role=doc-toc] a");
    let entry = |link: ElementRef<'_>| {
        let lists = link.ancestors().filter_map(ElementRef::wrap).filter(|e| matches!(e.value().name(), "ol" | "ul"));
        (lists.count(), spaced_text(link))
    };
    links.map(entry).filter(|(depth, text)| *depth > 0 && !text.is_empty()).collect()
}

/// Text with a space between the element's children: a number and a title stand apart by style alone.
fn spaced_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for child in element.children() {
        match ElementRef::wrap(child) {
            Some(child) if matches!(child.value().name(), "span" | "b") => {
                text.push_str(&spoken(child));
                text.push(' ');
            }
            Some(child) => text.push_str(&spoken(child)),
            None => text.push_str(child.value().as_text().map_or("", |text| text)),
        }
    }
    collapse(&text)
}

/// Text with formulas as their alternative texts.
fn spoken(element: ElementRef<'_>) -> String {
    let (mut text, mut formula) = (String::new(), None);
    for edge in element.traverse() {
        match edge {
            Edge::Close(node) if formula == Some(node.id()) => formula = None,
            Edge::Open(node) if formula.is_none() => {
                if let Some(piece) = node.value().as_text() {
                    text.push_str(piece);
                }
                if let Some(math) = node.value().as_element().filter(|element| element.name() == "math") {
                    text.push_str(math.attr("alttext").unwrap_or_default());
                    formula = Some(node.id());
                }
            }
            Edge::Open(_) | Edge::Close(_) => {}
        }
    }
    text
}

/// Families of `@font-face` rules, each once.
fn fonts(page: &Html) -> Vec<String> {
    let mut families: Vec<String> = Vec::new();
    for style in select(page, "style") {
        let css = style.text().collect::<String>();
        for rule in css.split("@font-face").skip(1) {
            let body = rule.split('}').next().unwrap_or_default();
            let Some((_, value)) = body.split_once("font-family:") else { continue };
            let family = value.split(';').next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned();
            if !family.is_empty() && !families.contains(&family) {
                families.push(family);
            }
        }
    }
    families
}
