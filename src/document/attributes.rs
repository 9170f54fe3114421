/// An id as a writer typed it (`{#findings}`), without the `#`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub String);

impl Label {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands in braces: `{#id .class key="value"}` (pandoc's attribute syntax).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `#id`.
    pub label: Option<Label>,
    /// `.class`, in order.
    pub classes: Vec<String>,
    /// `key=value`, in order, without those below.
    pub pairs: Vec<(String, String)>,
    /// `lang=`, BCP 47.
    pub language: Option<String>,
}

impl Attributes {
    /// Whether a class is set.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.label.is_none() && self.classes.is_empty() && self.pairs.is_empty() && self.language.is_none()
    }
}
