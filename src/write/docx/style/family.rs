use super::super::xml::RunFonts;
use crate::style::{FontSet, Script, Stylesheet};

/// The families that Word takes for letters which the style's own lack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Families {
    east_asian: Option<String>,
    complex: Option<String>,
}

impl Families {
    /// Of the fonts that were found. Word has room for one complex script: the first that runs from right to left, else
    /// the first that joins or stacks its letters.
    pub fn of(fonts: &FontSet) -> Self {
        let found = fonts.fallback();
        let first =
            |wanted: fn(Script) -> bool| found.iter().find(|face| wanted(face.script)).map(|face| face.family.clone());
        let joined = |script| !matches!(script, Script::Chinese | Script::Math | Script::Symbols | Script::Emoji);
        Self {
            east_asian: first(|script| script == Script::Chinese),
            complex: first(Script::runs_backward).or_else(|| first(joined)),
        }
    }

    /// What a family of the style becomes. Code keeps its own for complex scripts: it has most of them.
    pub fn fonts(&self, family: &str, style: &Stylesheet) -> RunFonts {
        let own = RunFonts::all(family);
        let complex = self.complex.clone().filter(|_| family != style.fonts.mono);
        RunFonts { east_asian: self.east_asian.clone().or(own.east_asian), complex: complex.or(own.complex), ..own }
    }
}
