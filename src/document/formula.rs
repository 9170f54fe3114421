use super::Attributes;

/// A formula, `$…$` within a line or `$$…$$` for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// TeX, without the dollar signs.
    pub source: String,
    /// `{#eq-balance alt="…"}`.
    pub attributes: Attributes,
}

impl Formula {
    /// What stands for it where it cannot be shown: `{alt=…}`, else its TeX.
    pub fn alternative(&self) -> &str {
        self.attributes.get("alt").unwrap_or_else(|| self.source.trim())
    }
}
