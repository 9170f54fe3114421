//! What a CSL file may not do: hayagriva follows macros wherever they lead.
//!
//! In: a file, then the style that it became. Out: why it is refused, if it is. An archive's own style needs no guard.

use std::collections::HashMap;

use hayagriva::citationberg::{Choose, IndependentStyle, LayoutRenderingElement, Names, NamesChild, TextTarget};

/// Elements within each other.
const DEEPEST: usize = 40;
/// Macros within each other.
const LONGEST_CHAIN: usize = 25;
/// Elements that one citation or entry may come to, of branches the longest counted: ten times what the longest style
/// of the archive has, and still read at once, though groups are gone through again at each level.
const MOST_ELEMENTS: u64 = 15_000;

/// Whether XML nests deeper than any reader should follow, or declares entities.
pub(super) fn xml(text: &str) -> Result<(), String> {
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err("it declares a document type, which a style has no use for".to_owned());
    }
    let (mut depth, mut rest) = (0_usize, text);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with("<?") && !tag.starts_with("<!") && !tag.ends_with("/>") {
            depth += 1;
        }
        if depth > DEEPEST {
            return Err(format!("its elements nest deeper than {DEEPEST}"));
        }
        rest = &rest[end..];
    }
    Ok(())
}

/// Whether the macros of a style end, and soon enough.
pub(super) fn style(style: &IndependentStyle) -> Result<(), String> {
    let macros = style.macros.iter().map(|found| (found.name.as_str(), found.children.as_slice())).collect();
    let mut costs = Costs { macros, known: HashMap::new(), path: Vec::new() };
    for found in &style.macros {
        costs.of_macro(&found.name)?;
    }
    let layouts = [Some(&style.citation.layout), style.bibliography.as_ref().map(|found| &found.layout)];
    for layout in layouts.into_iter().flatten() {
        costs.of(&layout.elements)?;
    }
    Ok(())
}

struct Costs<'s> {
    macros: HashMap<&'s str, &'s [LayoutRenderingElement]>,
    known: HashMap<&'s str, u64>,
    path: Vec<&'s str>,
}

impl<'s> Costs<'s> {
    fn of_macro(&mut self, name: &str) -> Result<u64, String> {
        let Some((&name, &elements)) = self.macros.get_key_value(name) else { return Ok(1) };
        if let Some(&cost) = self.known.get(name) {
            return Ok(cost);
        }
        if self.path.contains(&name) {
            return Err(format!("its macro `{name}` calls itself"));
        }
        if self.path.len() >= LONGEST_CHAIN {
            return Err(format!("its macros call each other more than {LONGEST_CHAIN} deep"));
        }
        self.path.push(name);
        let cost = self.of(elements)?;
        self.path.pop();
        self.known.insert(name, cost);
        Ok(cost)
    }

    fn of(&mut self, elements: &'s [LayoutRenderingElement]) -> Result<u64, String> {
        let mut cost = 1_u64;
        for element in elements {
            cost = cost.saturating_add(match element {
                LayoutRenderingElement::Text(text) => match &text.target {
                    TextTarget::Macro { name } => self.of_macro(name)?,
                    TextTarget::Variable { .. } | TextTarget::Term { .. } | TextTarget::Value { .. } => 1,
                },
                LayoutRenderingElement::Group(group) => self.of(&group.children)?,
                LayoutRenderingElement::Choose(choose) => self.of_choose(choose)?,
                LayoutRenderingElement::Names(names) => self.of_names(names)?,
                LayoutRenderingElement::Date(_)
                | LayoutRenderingElement::Number(_)
                | LayoutRenderingElement::Label(_) => 1,
            });
            if cost > MOST_ELEMENTS {
                return Err("its macros call each other too often".to_owned());
            }
        }
        Ok(cost)
    }

    fn of_choose(&mut self, choose: &'s Choose) -> Result<u64, String> {
        let mut cost = 1_u64;
        for branch in std::iter::once(&choose.if_).chain(&choose.else_if) {
            cost = cost.max(self.of(&branch.children)?);
        }
        let otherwise = choose.otherwise.as_ref().map_or(&[][..], |branch| branch.children.as_slice());
        Ok(cost.max(self.of(otherwise)?).saturating_add(1))
    }

    fn of_names(&mut self, names: &'s Names) -> Result<u64, String> {
        let mut cost = 1_u64;
        for child in &names.children {
            if let NamesChild::Substitute(substitute) = child {
                cost = cost.saturating_add(self.of(&substitute.children)?);
            }
        }
        Ok(cost)
    }
}
