//! The tree as text: a node per line, beneath its parent, with where it was typed.

use std::fmt::Write;

use rapporteur::diag::{Diagnostics, Place};
use rapporteur::document::{
    Alignment, Attributes, Block, BlockKind, Caption, Cell, CitationItem, Column, ColumnWidth, Document, Inline,
    InlineKind, List, ListKind, NodeId, Note, Row, Table, plain_text,
};
use rapporteur::source::{Sources, Span};

/// Every part and note.
pub fn document(sources: &Sources, document: &Document) -> String {
    let mut dump = Dump { sources, document, out: String::new(), depth: 0 };
    for part in &document.parts {
        let mut head = format!("part {:?}", part.kind);
        for (name, value) in [("title", &part.title), ("lang", &part.language)] {
            if let Some(value) = value {
                let _ = write!(head, " {name}={value:?}");
            }
        }
        let _ = write!(head, " {:?}", part.numbering);
        if !part.contributors.is_empty() {
            let _ = write!(head, " {:?}", part.contributors);
        }
        dump.line(&head);
        dump.within(|dump| dump.blocks(&part.blocks));
    }
    for note in &document.notes {
        dump.note(note);
    }
    dump.out
}

/// One line per diagnostic, with its hints and related places.
pub fn diagnostics(sources: &Sources, diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        let place = match &diagnostic.place {
            Place::Span(span) => place(sources, *span),
            Place::Path(path) => path.clone(),
            Place::Nowhere => String::new(),
        };
        let _ = writeln!(out, "{place} {}: {}", diagnostic.code.slug(), diagnostic.message);
        for (span, label) in &diagnostic.related {
            let _ = writeln!(out, "    {} {label}", self::place(sources, *span));
        }
        for hint in &diagnostic.hints {
            let _ = writeln!(out, "    hint: {hint}");
        }
    }
    out
}

/// `line:column-line:column`, the end not included.
fn place(sources: &Sources, span: Span) -> String {
    let file = &sources[span.file];
    let [start, end] = [span.start, span.end].map(|offset| file.line_column(offset));
    if start.line == end.line {
        format!("{}:{}-{}", start.line, start.column, end.column)
    } else {
        format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
    }
}

struct Dump<'a> {
    sources: &'a Sources,
    document: &'a Document,
    out: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(self.depth));
    }

    fn within(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn place(&self, span: Span) -> String {
        place(self.sources, span)
    }

    fn note(&mut self, note: &Note) {
        let (name, place) = (self.note_name(note.id), self.place(note.span));
        self.line(&format!("note {name} {place}"));
        self.within(|dump| dump.blocks(&note.blocks));
    }

    /// The label, or the position among the notes.
    fn note_name(&self, id: NodeId) -> String {
        let Some(index) = self.document.notes.iter().position(|note| note.id == id) else { return "?".to_owned() };
        self.document.notes[index]
            .label
            .as_ref()
            .map_or_else(|| format!("#{}", index + 1), |label| format!("[^{label}]"))
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let end = format!("{} {}", attributes(&block.attributes), self.place(block.span));
        match &block.kind {
            BlockKind::Paragraph(content) => self.leaf("paragraph", &end, content),
            BlockKind::Heading(heading) => {
                self.leaf(&format!("heading {}", heading.level.get()), &end, &heading.content)
            }
            BlockKind::List(list) => self.list(list, &end),
            BlockKind::DescriptionList(items) => {
                self.line(&format!("description list{end}"));
                for item in items {
                    self.within(|dump| {
                        let place = dump.place(item.span);
                        dump.leaf("term", &format!(" {place}"), &item.term);
                        dump.within(|dump| dump.blocks(&item.details));
                    });
                }
            }
            BlockKind::BlockQuote(blocks) => self.container("quote", &end, blocks),
            BlockKind::Division(blocks) => self.container("division", &end, blocks),
            BlockKind::Box(boxed) => {
                self.line(&format!("box {:?}{end}", boxed.kind));
                self.within(|dump| {
                    if let Some(title) = &boxed.title {
                        dump.leaf("title", "", title);
                    }
                    dump.blocks(&boxed.blocks);
                });
            }
            BlockKind::CodeBlock(code) => self.line(&format!("code {:?}{end} {:?}", code.info, code.literal)),
            BlockKind::Figure(figure) => {
                let image = &figure.image;
                let own = attributes(&image.attributes);
                self.line(&format!("figure {:?} {:?}{own} |{end}", image.destination, image.alternative));
                self.caption(figure.caption.as_ref());
            }
            BlockKind::Table(table) => self.table(table, &end),
            BlockKind::ThematicBreak => self.line(&format!("thematic break{end}")),
            BlockKind::Formula(formula) => self.line(&format!("formula {:?} {:?}{end}", formula.form, formula.source)),
            BlockKind::Bibliography(blocks) => self.container("bibliography", &end, blocks),
            BlockKind::Details(details) => {
                self.line(&format!("details{end}"));
                self.within(|dump| {
                    dump.leaf("summary", "", &details.summary);
                    dump.blocks(&details.blocks);
                });
            }
        }
    }

    fn container(&mut self, name: &str, end: &str, blocks: &[Block]) {
        self.line(&format!("{name}{end}"));
        self.within(|dump| dump.blocks(blocks));
    }

    fn leaf(&mut self, name: &str, end: &str, content: &[Inline]) {
        self.line(&format!("{name}{end}"));
        self.within(|dump| dump.inlines(content));
    }

    fn caption(&mut self, caption: Option<&Caption>) {
        if let Some(caption) = caption {
            let place = self.place(caption.span);
            self.within(|dump| dump.leaf("caption", &format!(" {place}"), &caption.content));
        }
    }

    fn list(&mut self, list: &List, end: &str) {
        let kind = match list.kind {
            ListKind::Bullet => "bullet".to_owned(),
            ListKind::Ordered { start, style, delimiter } => format!("{start} {style:?} {delimiter:?}"),
        };
        let tight = if list.tight { "tight" } else { "loose" };
        self.line(&format!("list {kind} {tight}{end}"));
        for item in &list.items {
            let checked = item.checked.map(|checked| if checked { " [x]" } else { " [ ]" }).unwrap_or_default();
            let place = self.place(item.span);
            self.within(|dump| dump.container(&format!("item{checked}"), &format!(" {place}"), &item.blocks));
        }
    }

    fn table(&mut self, table: &Table, end: &str) {
        let column = |column: &Column| match column.width {
            Some(ColumnWidth::Share(share)) => format!("{:?} {:.0}%", column.alignment, share * 100.0),
            Some(ColumnWidth::Length(length)) => format!("{:?} {:.0}pt", column.alignment, length.0),
            None => format!("{:?}", column.alignment),
        };
        let columns: Vec<String> = table.columns.iter().map(column).collect();
        let file = table.file.as_ref().map_or_else(String::new, |file| format!(" from {:?}", file.path));
        self.line(&format!("table [{}]{file}{end}", columns.join(", ")));
        self.caption(table.caption.as_ref());
        for (name, rows) in [("head", &table.head), ("row", &table.body)] {
            for row in rows {
                self.within(|dump| dump.row(name, row));
            }
        }
    }

    fn row(&mut self, name: &str, row: &Row) {
        let place = self.place(row.span);
        self.line(&format!("{name} {place}"));
        for cell in &row.cells {
            self.within(|dump| dump.cell(cell));
        }
    }

    fn cell(&mut self, cell: &Cell) {
        let place = self.place(cell.span);
        let spans = match (cell.column_span, cell.row_span) {
            (1, 1) => String::new(),
            (columns, rows) => format!(" {columns}x{rows}"),
        };
        let side = match cell.alignment {
            Alignment::None => String::new(),
            side @ (Alignment::Start | Alignment::Center | Alignment::End) => format!(" {side:?}"),
        };
        self.container(&format!("cell {:?}{spans}{side}", cell.scope), &format!(" {place}"), &cell.blocks);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let place = self.place(inline.span);
        let name = match &inline.kind {
            InlineKind::Text(text) => format!("{text:?}"),
            InlineKind::SoftBreak => "soft break".to_owned(),
            InlineKind::LineBreak => "line break".to_owned(),
            InlineKind::Emphasis(_) => "emphasis".to_owned(),
            InlineKind::Strong(_) => "strong".to_owned(),
            InlineKind::Strikethrough(_) => "strikethrough".to_owned(),
            InlineKind::Highlight(_) => "highlight".to_owned(),
            InlineKind::Superscript(_) => "superscript".to_owned(),
            InlineKind::Subscript(_) => "subscript".to_owned(),
            InlineKind::Code(text) => format!("code {text:?}"),
            InlineKind::Link(link) => {
                let title = if link.title.is_empty() { String::new() } else { format!(" {:?}", link.title) };
                format!("link {:?}{title}{}", link.destination, attributes(&link.attributes))
            }
            InlineKind::Image(image) => {
                let title = if image.title.is_empty() { String::new() } else { format!(" {:?}", image.title) };
                let own = attributes(&image.attributes);
                format!("image {:?} {:?}{title}{own}", image.destination, image.alternative)
            }
            InlineKind::Note(id) => format!("note {}", self.note_name(*id)),
            InlineKind::Reference(reference) => format!("reference {} {:?}", reference.label, reference.form),
            InlineKind::Formula(formula) => {
                format!("formula {:?} {:?}{}", formula.form, formula.source, attributes(&formula.attributes))
            }
            InlineKind::Citation(citation) => {
                let items: Vec<String> = citation.items.iter().map(cited).collect();
                format!("citation {:?}: {}", citation.source, items.join("; "))
            }
            InlineKind::Span(own, _) => format!("span{}", attributes(own)),
        };
        self.line(&format!("{name} {place}"));
        self.within(|dump| dump.inlines(inline.children()));
    }
}

/// As pandoc writes them.
fn attributes(attributes: &Attributes) -> String {
    let mut out = String::new();
    if let Some(label) = &attributes.label {
        let _ = write!(out, " #{label}");
    }
    for class in &attributes.classes {
        let _ = write!(out, " .{class}");
    }
    for (key, value) in &attributes.pairs {
        let _ = write!(out, " {key}={value:?}");
    }
    if let Some(language) = &attributes.language {
        let _ = write!(out, " lang={language}");
    }
    out
}

/// A work within a citation: `prefix | key Form | Page 3 | suffix`.
fn cited(item: &CitationItem) -> String {
    let locator = item.locator.as_ref().map(|locator| format!("{:?} {:?}", locator.kind, locator.value));
    let (prefix, suffix) = (plain_text(&item.prefix), plain_text(&item.suffix));
    format!("{prefix:?} {} {:?} {} {suffix:?}", item.key, item.form, locator.unwrap_or_default())
}
