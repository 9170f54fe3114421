use super::Attributes;

/// A formula, `$…$` within a line or `$$…$$` for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// TeX, without the dollar signs.
    pub source: String,
    /// One dollar sign or two.
    pub form: FormulaForm,
    /// `{#eq-balance alt="…"}`.
    pub attributes: Attributes,
}

/// How large a formula is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaForm {
    /// `$…$`: as a line has room for.
    Line,
    /// `$$…$$`: in full.
    Display,
}

impl Formula {
    /// What is said in its place: `{alt=…}`, else its TeX, white space as one space.
    pub fn alternative(&self) -> String {
        let given = self.attributes.get("alt").filter(|alt| !alt.trim().is_empty());
        given.unwrap_or(&self.source).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
