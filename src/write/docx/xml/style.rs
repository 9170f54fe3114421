use super::{Build, CellProperties, ParagraphProperties, RunProperties, TableProperties, Xml};

/// `w:style` (ECMA-376 17.7.4.17).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct StyleDefinition {
    /// What it applies to.
    pub kind: StyleKind,
    /// Its id.
    pub id: String,
    /// Its name: for built-in styles the one that Word knows them by in every language.
    pub name: String,
    /// Whether it is the default of its kind.
    pub default: bool,
    /// Whether Word knows it.
    pub builtin: bool,
    /// The style that it changes.
    pub based_on: Option<String>,
    /// The style of the paragraph after.
    pub next: Option<String>,
    /// Place in Word's list of styles.
    pub priority: u8,
    /// Whether it is shown in the gallery.
    pub quick: bool,
    /// Paragraph properties.
    pub paragraph: ParagraphProperties,
    /// Run properties.
    pub run: RunProperties,
    /// Table properties.
    pub table: Option<TableLook>,
}

/// `w:type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum StyleKind {
    /// Paragraphs.
    Paragraph,
    /// Runs.
    Character,
    /// Tables.
    Table,
}

/// What a table style says.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct TableLook {
    /// Of the whole.
    pub table: TableProperties,
    /// Of the first row.
    pub first_row: Option<TableConditional>,
}

/// `w:tblStylePr`.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct TableConditional {
    /// Of its text.
    pub run: RunProperties,
    /// Of its cells.
    pub cell: CellProperties,
}

impl StyleDefinition {
    /// Writes the element.
    pub fn write(&self, xml: &mut Xml) {
        let kind = match self.kind {
            StyleKind::Paragraph => "paragraph",
            StyleKind::Character => "character",
            StyleKind::Table => "table",
        };
        let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = vec![("w:type", &kind)];
        if self.default {
            attributes.push(("w:default", &1));
        }
        if !self.builtin {
            attributes.push(("w:customStyle", &1));
        }
        attributes.push(("w:styleId", &self.id));
        xml.element("w:style", &attributes, |xml| self.write_content(xml));
    }

    fn write_content(&self, xml: &mut Xml) {
        xml.value("w:name", &self.name);
        xml.optional("w:basedOn", self.based_on.as_deref());
        xml.optional("w:next", self.next.as_deref());
        xml.value("w:uiPriority", self.priority);
        xml.switch("w:unhideWhenUsed", (!self.quick && self.builtin && !self.default).then_some(true));
        xml.switch("w:qFormat", self.quick.then_some(true));
        self.paragraph.write(xml);
        self.run.write(xml);
        if let Some(look) = &self.table {
            look.table.write(xml);
            if let Some(first) = &look.first_row {
                xml.element("w:tblStylePr", &[("w:type", &"firstRow")], |xml| {
                    first.run.write(xml);
                    first.cell.write(xml);
                });
            }
        }
    }
}
