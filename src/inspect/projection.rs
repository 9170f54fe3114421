//! One version of a redline, as a finished file says it: what remains once every revision in it is accepted, or rejected.
//!
//! In: a file, read by the reader of its format. Out: [`Projection`], to be held against that of the clean file of the same version. What is computed is left
//! out (numbers, contents, results of fields, running heads and feet, what the cover says of the report): it is no revision. Empty paragraphs, too.

use serde::{Serialize, Serializer};

/// A file's blocks in reading order, then its notes in the order of reference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Projection {
    /// The blocks; those of a table stand between [`ProjectedKind::Table`] and [`ProjectedKind::End`].
    pub blocks: Vec<ProjectedBlock>,
}

/// A paragraph, or where a table, row, cell or note begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectedBlock {
    /// The block of the redline's tree that it comes from ([`crate::document::NodeId::index`]), where the file says so. Never compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<u32>,
    /// What it is.
    pub kind: ProjectedKind,
    /// Its style or role, by name; of a cell, how far it reaches. What follows from surroundings alone is left out of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub style: String,
    /// Its place in a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<ProjectedList>,
    /// What it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<ProjectedRun>,
}

/// What a projected block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectedKind {
    /// A paragraph.
    Paragraph,
    /// A table begins.
    Table,
    /// A row begins.
    Row,
    /// A cell begins.
    Cell,
    /// The innermost table ends.
    End,
    /// The body of a note begins.
    Note,
}

/// A paragraph's place in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectedList {
    /// How its items are marked: a bullet, or how they count.
    pub marker: String,
    /// From 0.
    pub level: usize,
}

/// Text of one look, or something that is no text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProjectedRun {
    /// The text; of an image its alternative text, of a formula its characters, of Word's reference what it shows.
    pub text: String,
    /// Its formats, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// Where it leads: an address, or `#` within the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What it is, where it is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<ProjectedObject>,
}

/// What is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProjectedObject {
    /// A picture.
    Image,
    /// A formula.
    Formula,
    /// A reference to a note.
    Note,
    /// Computed text, by what computes it.
    Field(String),
}

impl Serialize for ProjectedObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl ProjectedObject {
    fn name(&self) -> String {
        match self {
            Self::Image => "image".to_owned(),
            Self::Formula => "formula".to_owned(),
            Self::Note => "note".to_owned(),
            Self::Field(name) => format!("field {name}"),
        }
    }
}

/// Where two projections differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Which block, from 0.
    pub at: usize,
    /// The block of the redline's tree that it comes from, as far as either file says.
    pub key: Option<u32>,
    /// What the first says there.
    pub these: String,
    /// What the second says there.
    pub those: String,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "block {}: {} / {}", self.at, self.these, self.those)
    }
}

impl Projection {
    /// The same without links within the file, and with what Word's references show as text. Where such a link leads is computed: what both versions say may
    /// lead somewhere in one of them alone, and a redline's links lead where they do in the new version.
    #[must_use]
    pub fn without_inner_links(mut self) -> Self {
        for block in &mut self.blocks {
            for mut run in std::mem::take(&mut block.runs) {
                run.link.take_if(|link| link.starts_with('#'));
                run.object.take_if(|object| matches!(object, ProjectedObject::Field(name) if name == "REF"));
                if run.link.is_none() {
                    run.formats.retain(|format| !format.ends_with("Hyperlink"));
                }
                block.push(run);
            }
        }
        self
    }

    /// Where it first says something else than another, if it does.
    pub fn difference(&self, other: &Self) -> Option<Mismatch> {
        let same = |one: &&ProjectedBlock, two: &&ProjectedBlock| {
            let alike = (one.kind, &one.style, &one.list) == (two.kind, &two.style, &two.list);
            alike && (one.runs == two.runs || one.spaced() == two.spaced())
        };
        let at = self.blocks.iter().zip(&other.blocks).take_while(|(one, two)| same(one, two)).count();
        let (these, those) = (self.blocks.get(at), other.blocks.get(at));
        if these.is_none() && those.is_none() {
            return None;
        }
        let key = self.key(at).or_else(|| other.key(at));
        let shown = |block: Option<&ProjectedBlock>| block.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        Some(Mismatch { at, key, these: shown(these), those: shown(those) })
    }

    /// The key of a block; where it has none, of the nearest: within it, or before it.
    fn key(&self, at: usize) -> Option<u32> {
        let within = self.blocks.get(at..).unwrap_or_default().iter();
        let opens = |block: &&ProjectedBlock| block.kind != ProjectedKind::Paragraph;
        let own = within.clone().take_while(opens).find_map(|block| block.key);
        let first = within.clone().find(|block| block.kind == ProjectedKind::Paragraph).and_then(|block| block.key);
        let before = self.blocks.iter().take(at).rev().find_map(|block| block.key);
        own.or(first).or(before)
    }
}

impl std::fmt::Display for ProjectedBlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind, self.style)?;
        if let Some(list) = &self.list {
            write!(f, " {}{}", list.marker, list.level)?;
        }
        for run in &self.runs {
            let object = run.object.as_ref().map(|object| format!("{}:", object.name())).unwrap_or_default();
            let link = run.link.as_ref().map(|link| format!("<{link}>")).unwrap_or_default();
            write!(
                f,
                " [{object}{}{}{link}]",
                run.text,
                run.formats.iter().map(|f| format!("|{f}")).collect::<String>()
            )?;
        }
        Ok(())
    }
}

impl ProjectedBlock {
    /// Its runs as a reader sees them: several spaces side by side are one, but in code.
    fn spaced(&self) -> Vec<ProjectedRun> {
        let mut spaced = Self { runs: Vec::new(), ..self.clone() };
        let mut after_space = false;
        for run in &self.runs {
            let mut run = run.clone();
            if !self.is_code() {
                run.text.retain(|c| {
                    let doubled = c == ' ' && after_space;
                    after_space = c == ' ';
                    !doubled
                });
            }
            after_space &= run.object.is_none();
            spaced.push(run);
        }
        spaced.runs
    }

    fn is_code(&self) -> bool {
        ["code", "preformatted"].iter().any(|name| self.style.contains(name))
    }

    /// One that holds nothing yet.
    pub(super) fn new(kind: ProjectedKind, style: impl Into<String>) -> Self {
        Self { key: None, kind, style: style.into(), list: None, runs: Vec::new() }
    }

    /// Adds a run; text goes on in the run before it where that looks the same.
    pub(super) fn push(&mut self, run: ProjectedRun) {
        if run.object.is_none() && run.text.is_empty() {
            return;
        }
        if let Some(last) = self.runs.last_mut()
            && last.object.is_none()
            && run.object.is_none()
            && (&last.formats, &last.link) == (&run.formats, &run.link)
        {
            return last.text.push_str(&run.text);
        }
        self.runs.push(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str, key: Option<u32>) -> ProjectedBlock {
        let mut block = ProjectedBlock { key, ..ProjectedBlock::new(ProjectedKind::Paragraph, "") };
        block.push(ProjectedRun { text: text.to_owned(), ..ProjectedRun::default() });
        block
    }

    #[test]
    fn the_first_difference_is_named_by_its_block() {
        let one = Projection { blocks: vec![paragraph("a", Some(4)), paragraph("b", Some(7))] };
        let same = Projection { blocks: vec![paragraph("a", None), paragraph("b", None)] };
        assert_eq!(one.difference(&same), None, "keys are not compared");
        let other = Projection { blocks: vec![paragraph("a", None), paragraph("c", None)] };
        let found = one.difference(&other).expect("b is not c");
        assert_eq!((found.at, found.key), (1, Some(7)));
        let shorter = Projection { blocks: vec![paragraph("a", None)] };
        assert_eq!(one.difference(&shorter).expect("b is not there").those, "nothing");
        assert_eq!(shorter.difference(&one).expect("b is too much").key, Some(7));
    }

    #[test]
    fn a_link_within_the_file_may_lead_nowhere_in_one_version() {
        let run = |text: &str, link: Option<&str>, formats: &[&str]| ProjectedRun {
            text: text.to_owned(),
            formats: formats.iter().map(|&format| format.to_owned()).collect(),
            link: link.map(str::to_owned),
            object: None,
        };
        let of = |link: Option<&str>, formats: &[&str]| {
            let mut block = paragraph("see ", None);
            block.push(run("there", link, formats));
            Projection { blocks: vec![block] }.without_inner_links()
        };
        assert_eq!(of(Some("#"), &["rStyle:Hyperlink"]), of(None, &[]));
        assert_ne!(of(Some("https://a.example"), &["rStyle:Hyperlink"]), of(None, &[]));
    }

    #[test]
    fn several_spaces_are_one_but_in_code() {
        let of = |style: &str, text: &str| {
            let block = ProjectedBlock { style: style.to_owned(), ..paragraph(text, None) };
            Projection { blocks: vec![block] }
        };
        assert_eq!(of("", "a  b c").difference(&of("", "a b   c")), None);
        assert!(of("", "a b").difference(&of("", "ab")).is_some());
        assert!(of("html preformatted", "a  b").difference(&of("html preformatted", "a b")).is_some());
    }

    #[test]
    fn text_of_one_look_is_one_run() {
        let mut block = paragraph("a", None);
        block.push(ProjectedRun { text: "b".to_owned(), ..ProjectedRun::default() });
        block.push(ProjectedRun { text: "c".to_owned(), formats: vec!["b".to_owned()], ..ProjectedRun::default() });
        assert_eq!(block.to_string(), "Paragraph  [ab] [c|b]");
    }
}
