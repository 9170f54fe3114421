//! What a redline says that something was (`data-was`).

use scraper::node::Element;

/// What something was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Was {
    /// A block of a style.
    Style(String),
    /// A figure with an alternative text.
    Figure(String),
    /// A list with its items marked so.
    List(String),
    /// An item with a box to tick, or with none.
    Task(Option<String>),
    /// An item of a list at another level.
    Level { level: usize, marker: String },
    /// A cell that headed others or did not.
    Cell { heads: bool },
    /// Something of another form that is not compared.
    Other,
}

impl Was {
    /// Of an element.
    pub fn of(element: &Element) -> Option<Self> {
        let was = element.attr("data-was")?;
        let mut words = was.split_whitespace();
        Some(match (words.next()?, words.next()) {
            ("p", _) => Self::Style(String::new()),
            ("heading", _) => Self::Style("heading".to_owned()),
            ("box", Some(kind)) => Self::Style(kind.to_owned()),
            ("figure", _) => Self::Figure(element.attr("data-was-alt").unwrap_or_default().to_owned()),
            ("ul" | "ol", _) => Self::List(was.to_owned()),
            ("task", Some(done)) => Self::Task(Some(done.to_owned())),
            ("task", None) => Self::Task(Some("task".to_owned())),
            ("level", Some(level)) => Self::Level {
                level: level.parse().ok()?,
                marker: was.splitn(3, ' ').nth(2).unwrap_or_default().to_owned(),
            },
            ("item", _) => Self::Task(None),
            ("th", _) => Self::Cell { heads: true },
            ("td", _) => Self::Cell { heads: false },
            _ => Self::Other,
        })
    }

    /// How the items of a list were marked.
    pub fn list(self) -> Option<String> {
        match self {
            Self::List(marker) => Some(marker),
            Self::Style(_) | Self::Figure(_) | Self::Task(_) | Self::Level { .. } | Self::Cell { .. } | Self::Other => {
                None
            }
        }
    }
}

/// The formats that a run had: a link around it is the same, a group shows nothing but a language.
pub(super) fn formats(was: &str) -> Vec<String> {
    was.split_whitespace().filter(|name| !matches!(*name, "a" | "span")).map(str::to_owned).collect()
}
