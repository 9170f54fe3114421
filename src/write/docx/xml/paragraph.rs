use super::border::{ParagraphBorders, shading};
use super::{Build, ParagraphChange, RunProperties, SectionProperties, Tracked, Xml};
use crate::document::{Direction, Pt};
use crate::style::Color;

/// `w:pPr` (ECMA-376 17.3.1.26).
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct ParagraphProperties {
    /// Id of the paragraph style.
    pub style: Option<String>,
    /// Stays on a page with the next paragraph.
    pub keep_next: Option<bool>,
    /// Its lines stay on one page.
    pub keep_lines: Option<bool>,
    /// Starts a page.
    pub page_break_before: Option<bool>,
    /// Stands at the foot of the page's text, out of the flow (`w:framePr`).
    pub at_page_foot: Option<Pt>,
    /// No single lines at a page's head or foot.
    pub widow_control: Option<bool>,
    /// Its place in a list.
    pub list: Option<ListReference>,
    /// Borders.
    pub borders: Option<ParagraphBorders>,
    /// Fill behind the text and out to the borders.
    pub fill: Option<Color>,
    /// Tab stops.
    pub tabs: Vec<Tab>,
    /// Its words are not divided at the ends of lines.
    pub whole_words: Option<bool>,
    /// Which way its lines run: where "start" is for indents, tab stops and alignment.
    pub direction: Option<Direction>,
    /// Vertical space.
    pub spacing: Spacing,
    /// Horizontal space.
    pub indent: Option<Indent>,
    /// No space between paragraphs of this style.
    pub contextual_spacing: Option<bool>,
    /// How its lines stand.
    pub alignment: Option<TextAlignment>,
    /// Level in the outline, from 0; 9 is running text.
    pub outline_level: Option<u8>,
    /// That its end stands in one version only; in neither, where it came and went.
    pub ends: Vec<Tracked>,
    /// Properties of the paragraph mark.
    pub mark: RunProperties,
    /// The section that ends here.
    pub section: Option<SectionProperties>,
    /// What it was before it was revised.
    pub change: Option<Box<ParagraphChange>>,
}

/// `w:numPr`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct ListReference {
    /// `w:numId`; 0 takes a style's numbering away.
    pub list: u32,
    /// Level, from 0; a style that a level is bound to leaves it out.
    pub level: Option<u8>,
}

impl ListReference {
    /// No numbering, whatever the style has.
    pub const NONE: Self = Self { list: 0, level: None };
}

/// A tab stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Tab {
    /// From the start of the text block.
    pub position: Pt,
    /// How text stands at it.
    pub alignment: TabAlignment,
    /// What fills the way to it.
    pub leader: Leader,
}

/// How text stands at a tab stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum TabAlignment {
    /// Begins there. Word reads `left` as the start of the line.
    Left,
    /// Its middle stands there.
    Center,
    /// Ends there.
    Right,
    /// The stop that the style has there is taken away.
    Clear,
}

/// What fills the way to a tab stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Leader {
    /// Nothing.
    None,
    /// Dots.
    Dot,
}

/// `w:spacing`. Word adds what stands after a paragraph to what stands before the next.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in super::super) struct Spacing {
    /// Above.
    pub before: Option<Pt>,
    /// Below.
    pub after: Option<Pt>,
    /// From line to line.
    pub line: Option<LineHeight>,
}

/// From line to line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum LineHeight {
    /// More where something tall stands in the line.
    AtLeast(Pt),
    /// Always.
    Exactly(Pt),
}

/// `w:ind`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in super::super) struct Indent {
    /// At the start.
    pub start: Pt,
    /// At the end.
    pub end: Pt,
    /// How far the first line hangs out.
    pub hang: Pt,
}

/// `w:jc`, where lines do not stand at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum TextAlignment {
    /// Centred.
    Center,
    /// At the end.
    End,
}

impl TextAlignment {
    /// Word reads `right` as the end of the line, and every version knows it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Center => "center",
            Self::End => "right",
        }
    }
}

impl ParagraphProperties {
    /// Writes the element, if there is anything in it.
    pub fn write(&self, xml: &mut Xml) {
        xml.container("w:pPr", |xml| {
            self.write_base(xml);
            self.write_mark(xml);
            if let Some(section) = &self.section {
                section.write(xml);
            }
            if let Some(change) = &self.change {
                change
                    .revision
                    .write("w:pPrChange", xml, |xml| xml.element("w:pPr", &[], |xml| change.was.write_base(xml)));
            }
        });
    }

    /// What a style or a record of a revision holds, too (`CT_PPrBase`).
    fn write_base(&self, xml: &mut Xml) {
        xml.optional("w:pStyle", self.style.as_deref());
        xml.switch("w:keepNext", self.keep_next);
        xml.switch("w:keepLines", self.keep_lines);
        xml.switch("w:pageBreakBefore", self.page_break_before);
        if let Some(width) = self.at_page_foot {
            frame(xml, width);
        }
        xml.switch("w:widowControl", self.widow_control);
        if let Some(list) = self.list {
            list.write(xml);
        }
        if let Some(borders) = self.borders {
            borders.write(xml);
        }
        shading(xml, self.fill);
        self.write_tabs(xml);
        xml.switch("w:suppressAutoHyphens", self.whole_words);
        xml.switch("w:bidi", self.direction.map(|direction| direction == Direction::RightToLeft));
        self.spacing.write(xml);
        if let Some(indent) = self.indent {
            indent.write(xml);
        }
        xml.switch("w:contextualSpacing", self.contextual_spacing);
        xml.optional("w:jc", self.alignment.map(TextAlignment::name));
        xml.optional("w:outlineLvl", self.outline_level);
    }

    /// The paragraph mark's (`CT_ParaRPr`): whether it stands comes before how it looks.
    fn write_mark(&self, xml: &mut Xml) {
        xml.container("w:rPr", |xml| {
            self.ends.iter().for_each(|tracked| tracked.write(xml));
            self.mark.write_content(xml);
        });
    }

    fn write_tabs(&self, xml: &mut Xml) {
        xml.container("w:tabs", |xml| {
            for tab in &self.tabs {
                let alignment = match tab.alignment {
                    TabAlignment::Left => "left",
                    TabAlignment::Center => "center",
                    TabAlignment::Right => "right",
                    TabAlignment::Clear => "clear",
                };
                let position = tab.position.twips();
                match tab.leader {
                    Leader::None => xml.empty("w:tab", &[("w:val", &alignment), ("w:pos", &position)]),
                    Leader::Dot => {
                        xml.empty("w:tab", &[("w:val", &alignment), ("w:leader", &"dot"), ("w:pos", &position)]);
                    }
                }
            }
        });
    }
}

fn frame(xml: &mut Xml, width: Pt) {
    xml.empty(
        "w:framePr",
        &[
            ("w:w", &width.twips()),
            ("w:wrap", &"notBeside"),
            ("w:vAnchor", &"margin"),
            ("w:hAnchor", &"margin"),
            ("w:xAlign", &"left"),
            ("w:yAlign", &"bottom"),
        ],
    );
}

impl ListReference {
    fn write(self, xml: &mut Xml) {
        xml.element("w:numPr", &[], |xml| {
            xml.optional("w:ilvl", self.level);
            xml.value("w:numId", self.list);
        });
    }
}

impl Spacing {
    fn write(self, xml: &mut Xml) {
        let (line, rule) = match self.line {
            Some(LineHeight::AtLeast(line)) => (Some(line), "atLeast"),
            Some(LineHeight::Exactly(line)) => (Some(line), "exact"),
            None => (None, ""),
        };
        let (before, after) = (self.before.map(Pt::twips), self.after.map(Pt::twips));
        let line = line.map(Pt::twips);
        let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = Vec::new();
        attributes.extend(before.as_ref().map(|before| ("w:before", before as _)));
        attributes.extend(after.as_ref().map(|after| ("w:after", after as _)));
        if let Some(line) = &line {
            attributes.push(("w:line", line));
            attributes.push(("w:lineRule", &rule));
        }
        if !attributes.is_empty() {
            xml.empty("w:spacing", &attributes);
        }
    }
}

impl Indent {
    /// Both edges of the text block, nothing hanging.
    pub const NONE: Self = Self { start: Pt(0.0), end: Pt(0.0), hang: Pt(0.0) };

    fn write(self, xml: &mut Xml) {
        let first = if self.hang.0 > 0.0 { "w:hanging" } else { "w:firstLine" };
        xml.empty(
            "w:ind",
            &[("w:left", &self.start.twips()), ("w:right", &self.end.twips()), (first, &self.hang.twips().abs())],
        );
    }
}
