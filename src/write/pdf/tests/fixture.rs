//! Documents by hand, decided as `resolve` would decide them.

use crate::document::{
    Alignment, Attributes, Block, BlockKind, Caption, Cell, CellScope, CodeBlock, Column, DescriptionItem, Document,
    Figure, Heading, HeadingLevel, Ids, Image, Inline, InlineKind, Link, List, ListItem, ListKind, NodeId, Note, Part,
    PartKind, PartNumbering, Pt, Row, Table,
};
use crate::resolve::{
    Alternative, Anchor, Asset, CaptionInfo, CaptionKind, CodeToken, CodeTokenKind, HeadingInfo, HeadingPlace,
    ImageInfo, LinkTarget, ListInfo, MediaType, Metadata, NoteInfo, NoteReferenceInfo, OutlineEntry, ParagraphInfo,
    Picture, ResolvedDocument, Slot, SlotContent, TableInfo,
};
use crate::source::{Sources, Span};

/// Builds a document block by block.
pub(super) struct Fixture {
    ids: Ids,
    span: Span,
    pub(super) doc: ResolvedDocument,
}

impl Fixture {
    pub(super) fn new(title: &str) -> Self {
        let file = Sources::default().add("drafts/a.md", "");
        let metadata = Metadata {
            title: title.to_owned(),
            short_title: "Short title".to_owned(),
            language: "en-GB".to_owned(),
            draft_label: Some("Draft I".to_owned()),
            running_foot: "REF/1 \u{b7} version 0.1.0".to_owned(),
            ..Metadata::default()
        };
        let part = Part {
            file,
            kind: PartKind::Body,
            title: None,
            numbering: PartNumbering::ByKind,
            language: None,
            contributors: Vec::new(),
            side: None,
            blocks: Vec::new(),
        };
        let document = Document { parts: vec![part], notes: Vec::new() };
        let doc = ResolvedDocument::new(document, metadata);
        Self { ids: Ids::default(), span: Span::new(file, 0, 0), doc }
    }

    pub(super) fn add(&mut self, block: Block) -> &mut Self {
        self.doc.document.parts[0].blocks.push(block);
        self
    }

    pub(super) fn block(&mut self, kind: BlockKind) -> Block {
        Block { id: self.ids.fresh(), span: self.span, attributes: Attributes::default(), kind, change: None }
    }

    pub(super) fn inline(&mut self, kind: InlineKind) -> Inline {
        Inline { id: self.ids.fresh(), span: self.span, kind, change: None }
    }

    pub(super) fn text(&mut self, text: &str) -> Inline {
        self.inline(InlineKind::Text(text.to_owned()))
    }

    pub(super) fn paragraph(&mut self, text: &str) -> Block {
        let text = self.text(text);
        self.block(BlockKind::Paragraph(vec![text]))
    }

    pub(super) fn numbered(&mut self, number: &str, content: Vec<Inline>) -> Block {
        let block = self.block(BlockKind::Paragraph(content));
        let info = ParagraphInfo { number: Some(number.to_owned()), ..ParagraphInfo::default() };
        self.doc.paragraphs.insert(block.id, info);
        block
    }

    pub(super) fn heading(&mut self, level: u8, number: Option<&str>, place: HeadingPlace, text: &str) -> Block {
        let level = HeadingLevel::new(level);
        let content = vec![self.text(text)];
        let block = self.block(BlockKind::Heading(Heading { level, content: content.clone() }));
        let anchor = Anchor(format!("h-{}", block.id.index()));
        let number = number.map(str::to_owned);
        let entry = OutlineEntry {
            heading: block.id,
            level,
            number: number.clone(),
            content,
            anchor: anchor.clone(),
            listed: level.get() <= 3,
        };
        self.doc.outline.push(entry);
        self.doc.headings.insert(block.id, HeadingInfo { level, number, place, anchor });
        block
    }

    /// A note and its first reference.
    pub(super) fn note(&mut self, blocks: Vec<Block>) -> Inline {
        let id = self.ids.fresh();
        let reference = self.inline(InlineKind::Note(id));
        let index = self.doc.document.notes.len();
        let number = u32::try_from(index + 1).unwrap();
        let note = Note { id, span: self.span, label: None, file: self.span.file, blocks };
        self.doc.document.notes.push(note);
        let (anchor, here) = (Anchor(format!("fn-{number}")), Anchor(format!("fnref-{number}")));
        let label = number.to_string();
        let references = vec![here.clone()];
        self.doc.notes.push(NoteInfo { id, index, number, label: label.clone(), ordinal: number, anchor, references });
        let info = NoteReferenceInfo { number: Some(number), label, anchor: here, first: true, was_first: true };
        self.doc.note_references.insert(reference.id, info);
        reference
    }

    /// A further reference to note `number`.
    pub(super) fn note_again(&mut self, number: u32, anchor: &str) -> Inline {
        let id = self.doc.notes[number as usize - 1].id;
        let reference = self.inline(InlineKind::Note(id));
        let anchor = Anchor(anchor.to_owned());
        let info = NoteReferenceInfo {
            number: Some(number),
            label: number.to_string(),
            anchor,
            first: false,
            was_first: false,
        };
        self.doc.note_references.insert(reference.id, info);
        reference
    }

    pub(super) fn list(&mut self, depth: u8, markers: &[&str], items: Vec<Vec<Block>>) -> Block {
        let items = items
            .into_iter()
            .map(|blocks| ListItem { id: self.ids.fresh(), span: self.span, checked: None, blocks, change: None })
            .collect();
        let block = self.block(BlockKind::List(List { kind: ListKind::Bullet, tight: true, items }));
        let markers = markers.iter().map(|&marker| marker.to_owned()).collect();
        self.doc.lists.insert(block.id, ListInfo { depth, markers });
        block
    }

    pub(super) fn table(&mut self, caption: Option<&str>, rows: &[&[&str]]) -> Block {
        let caption = caption.map(|text| self.caption(text));
        let mut all: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| self.row(row, if index == 0 { CellScope::Column } else { CellScope::Data }))
            .collect();
        let body = all.split_off(1);
        let columns = vec![Column::default(); rows[0].len()];
        let count = columns.len();
        let block = self.block(BlockKind::Table(Table { caption, columns, head: all, body, file: None }));
        let widths = vec![1.0 / count as f64; count];
        let slot = |column| Slot {
            content: SlotContent::Cell(column),
            column,
            columns: 1,
            rows: 1,
            left_to_right: false,
            alignment: Alignment::Start,
            headers: Vec::new(),
        };
        let row: Vec<Slot> = (0..count).map(slot).collect();
        let info = TableInfo {
            widths,
            alignments: vec![Alignment::Start; count],
            numeric: vec![false; count],
            head: vec![row.clone()],
            body: vec![row; rows.len() - 1],
            ..TableInfo::default()
        };
        self.doc.tables.insert(block.id, info);
        self.numbered_caption(block.id, CaptionKind::Table, "Table");
        block
    }

    fn row(&mut self, texts: &[&str], scope: CellScope) -> Row {
        let cells = texts
            .iter()
            .map(|text| {
                let blocks = vec![self.paragraph(text)];
                Cell {
                    id: self.ids.fresh(),
                    span: self.span,
                    scope,
                    column_span: 1,
                    row_span: 1,
                    alignment: Alignment::None,
                    blocks,
                    change: None,
                }
            })
            .collect();
        Row { id: self.ids.fresh(), span: self.span, cells, change: None }
    }

    pub(super) fn caption(&mut self, text: &str) -> Caption {
        Caption { id: self.ids.fresh(), span: self.span, content: vec![self.text(text)] }
    }

    fn numbered_caption(&mut self, id: NodeId, kind: CaptionKind, label: &str) {
        let info = CaptionInfo { kind, label: label.to_owned(), number: "1".to_owned(), chapter: None };
        self.doc.captions.insert(id, info);
        self.doc.anchors.insert(id, Anchor(format!("{}-{}", label.to_lowercase(), id.index())));
    }

    /// A figure whose image is absent.
    pub(super) fn missing_figure(&mut self, caption: &str) -> Block {
        let image = Image {
            destination: "map.svg".to_owned(),
            title: String::new(),
            alternative: "A map".to_owned(),
            attributes: Attributes::default(),
            digest: None,
        };
        let caption = Some(self.caption(caption));
        let block = self.block(BlockKind::Figure(Figure { image, caption }));
        let picture = Picture::Placeholder { text: "Image not available: map.svg".to_owned() };
        self.doc.images.insert(block.id, ImageInfo { picture, alternative: Alternative::Text("A map".to_owned()) });
        self.numbered_caption(block.id, CaptionKind::Figure, "Figure");
        block
    }

    /// The picture of an image block that has one.
    pub(super) fn with_picture(&mut self, id: NodeId, width: f64, height: f64) {
        let picture = Picture::Asset { asset: crate::resolve::AssetId(0), width: Pt(width), height: Pt(height) };
        self.doc.images.insert(id, ImageInfo { picture, alternative: Alternative::Text("A map".to_owned()) });
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 3\"><path d=\"M0 0h10v3h-10z\"/></svg>";
        let path = "drafts/map.svg".to_owned();
        let bytes = svg.as_bytes().to_vec();
        self.doc.assets = vec![Asset { digest: [0; 32], path, media: MediaType::Svg, bytes, raster: None }];
    }

    pub(super) fn numbered_text(&mut self, number: &str, text: &str) -> Block {
        let text = self.text(text);
        self.numbered(number, vec![text])
    }

    pub(super) fn link(&mut self, text: &str, target: LinkTarget) -> Inline {
        let content = vec![self.text(text)];
        let link =
            Link { destination: String::new(), title: String::new(), attributes: Attributes::default(), content };
        let inline = self.inline(InlineKind::Link(link));
        self.doc.links.insert(inline.id, target);
        inline
    }

    /// Code from tokens; a line ends where a token's text has one.
    pub(super) fn code(&mut self, tokens: &[(CodeTokenKind, &str)]) -> Block {
        let literal = tokens.iter().map(|(_, text)| *text).collect();
        let block = self.block(BlockKind::CodeBlock(CodeBlock { info: "rust".to_owned(), literal }));
        let mut lines = vec![Vec::new()];
        for (kind, text) in tokens {
            for (index, text) in text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(Vec::new());
                }
                let line = lines.last_mut().expect("there is a first line");
                line.push(CodeToken { kind: *kind, text: text.to_owned() });
            }
        }
        self.doc.code.insert(block.id, lines);
        block
    }

    pub(super) fn descriptions(&mut self, items: Vec<(Vec<Inline>, Vec<Block>)>) -> Block {
        let items = items
            .into_iter()
            .map(|(term, details)| DescriptionItem {
                id: self.ids.fresh(),
                span: self.span,
                term,
                details,
                change: None,
            })
            .collect();
        self.block(BlockKind::DescriptionList(items))
    }
}
