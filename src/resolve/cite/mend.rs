//! A style of citations as hayagriva can follow it.
//!
//! In: a style. Out: the same, without what hayagriva 0.10 gets wrong: it takes the title of what a paper stands in for
//! that of one of its volumes as well, which prints it twice; and names that stand in for others behind a condition do
//! not look like those (CSL 1.0.2, "Substitute"). Never changes what a style says of anything else.

use hayagriva::citationberg::taxonomy::{StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, IndependentStyle, LayoutRenderingElement, Names, NamesChild, TextTarget,
};

/// Mends a style.
pub(super) fn mend(style: &mut IndependentStyle) {
    for found in &mut style.macros {
        elements(&mut found.children, &[]);
    }
    elements(&mut style.citation.layout.elements, &[]);
    if let Some(bibliography) = &mut style.bibliography {
        elements(&mut bibliography.layout.elements, &[]);
    }
}

/// `looks` is how the names look that these stand in for.
fn elements(elements: &mut [LayoutRenderingElement], looks: &[NamesChild]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Text(text) => {
                if let TextTarget::Variable { var, .. } = &mut text.target {
                    volume_title(var);
                }
            }
            LayoutRenderingElement::Names(found) => names(found, looks),
            LayoutRenderingElement::Group(group) => self::elements(&mut group.children, looks),
            LayoutRenderingElement::Choose(found) => choose(found, looks),
            LayoutRenderingElement::Date(_) | LayoutRenderingElement::Number(_) | LayoutRenderingElement::Label(_) => {}
        }
    }
}

/// hayagriva has no part's title, so that this variable is always empty.
fn volume_title(variable: &mut Variable) {
    if *variable == Variable::Standard(StandardVariable::VolumeTitle) {
        *variable = Variable::Standard(StandardVariable::PartTitle);
    }
}

fn names(names: &mut Names, looks: &[NamesChild]) {
    if names.children.is_empty() {
        names.children = looks.to_vec();
    }
    let own: Vec<NamesChild> =
        names.children.iter().filter(|child| !matches!(child, NamesChild::Substitute(_))).cloned().collect();
    for child in &mut names.children {
        if let NamesChild::Substitute(substitute) = child {
            elements(&mut substitute.children, &own);
        }
    }
}

fn choose(choose: &mut Choose, looks: &[NamesChild]) {
    for branch in std::iter::once(&mut choose.if_).chain(&mut choose.else_if) {
        let ChooseBranch { variable, is_numeric, children, .. } = branch;
        variable.iter_mut().chain(is_numeric).flatten().for_each(volume_title);
        elements(children, looks);
    }
    if let Some(otherwise) = &mut choose.otherwise {
        elements(&mut otherwise.children, looks);
    }
}
