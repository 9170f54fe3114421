//! A redline as text, for people who read what a comparison has made of two drafts.
//!
//! A line for each leaf block. `-3` before it: deleted by change 3; `+3` inserted, `<3` moved from here, `>3` moved to here, `~3` of another form
//! before, `|3` ends here in one version only. Within lines the same signs stand in brackets: `[-3 gone]`, `[+3 new]`, `[~3 strong: text]`.

use rapporteur::document::{
    Block, BlockKind, Cell, Change, Document, Form, Format, Inline, InlineKind, ListItem, Marked, Note, Row, Side,
    StandingKind, Was,
};

/// A redline as text.
pub fn shown(document: &Document) -> String {
    let mut shown = Shown { out: String::new(), notes: &document.notes };
    // The cover's lines have tests of their own.
    for part in document.parts.iter().filter(|part| part.line().is_none()) {
        if let Some(side) = part.side {
            shown.line(0, &format!("({side:?} file)"));
        }
        shown.blocks(&part.blocks, 0);
    }
    for (at, note) in document.notes.iter().enumerate() {
        shown.line(0, &format!("(note {})", at + 1));
        shown.blocks(&note.blocks, 1);
    }
    shown.out
}

struct Shown<'d> {
    out: String,
    notes: &'d [Note],
}

impl Shown<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        blocks.iter().for_each(|block| self.block(block, depth));
    }

    fn block(&mut self, block: &Block, depth: usize) {
        let mark = mark(&block.change);
        match &block.kind {
            BlockKind::Paragraph(content) => self.line(depth, &format!("{mark}{}", self.inlines(content))),
            BlockKind::Heading(heading) => {
                let signs = "#".repeat(heading.level.get().into());
                self.line(depth, &format!("{mark}{signs} {}", self.inlines(&heading.content)));
            }
            BlockKind::List(list) => {
                self.heading(depth, &mark);
                list.items.iter().for_each(|item| self.item(item, depth));
            }
            BlockKind::DescriptionList(items) => {
                self.heading(depth, &mark);
                for item in items {
                    let term = format!("{}{} ::", self::mark(&item.change), self.inlines(&item.term));
                    self.line(depth, &term);
                    self.blocks(&item.details, depth + 1);
                }
            }
            BlockKind::BlockQuote(blocks) | BlockKind::Division(blocks) | BlockKind::Bibliography(blocks) => {
                self.line(depth, &format!("{mark}>"));
                self.blocks(blocks, depth + 1);
            }
            BlockKind::Box(boxed) => {
                let title = boxed.title.as_deref().map(|title| self.inlines(title)).unwrap_or_default();
                self.line(depth, &format!("{mark}::: {:?} {title}", boxed.kind));
                self.blocks(&boxed.blocks, depth + 1);
            }
            BlockKind::Details(details) => {
                self.line(depth, &format!("{mark}details {}", self.inlines(&details.summary)));
                self.blocks(&details.blocks, depth + 1);
            }
            BlockKind::CodeBlock(code) => {
                self.line(depth, &format!("{mark}``` {}", code.info));
                let lines = block.change.as_ref().map(|change| change.lines.as_slice()).unwrap_or_default();
                for (number, text) in code.literal.lines().enumerate() {
                    let standing = lines.iter().find(|line| line.line == number).map(|line| &line.standing);
                    let sign = standing.map(|standing| sign(standing.kind, standing.mark.number)).unwrap_or_default();
                    self.line(depth + 1, &format!("{sign}{text}"));
                }
            }
            BlockKind::Figure(figure) => {
                let caption = figure.caption.as_ref().map(|caption| self.inlines(&caption.content)).unwrap_or_default();
                let image = &figure.image;
                self.line(depth, &format!("{mark}![{}]({}) {caption}", image.alternative, image.destination));
            }
            BlockKind::Table(table) => {
                let caption = table.caption.as_ref().map(|caption| self.inlines(&caption.content)).unwrap_or_default();
                let column = |change: rapporteur::document::ColumnMark| sign(change.kind, change.number);
                let columns: Vec<String> =
                    table.columns.iter().map(|one| one.change.map(column).unwrap_or_default()).collect();
                self.line(depth, &format!("{mark}table |{}| {caption}", columns.join("|")));
                table.head.iter().chain(&table.body).for_each(|row| self.row(row, depth + 1));
            }
            BlockKind::ThematicBreak => self.line(depth, &format!("{mark}---")),
            BlockKind::Formula(formula) => self.line(depth, &format!("{mark}$${}$$", formula.source)),
        }
    }

    fn heading(&mut self, depth: usize, mark: &str) {
        if !mark.is_empty() {
            self.line(depth, mark);
        }
    }

    fn item(&mut self, item: &ListItem, depth: usize) {
        let ticked = match item.checked {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let mut within = Shown { out: String::new(), notes: self.notes };
        within.blocks(&item.blocks, depth + 1);
        self.line(depth, &format!("{}* {ticked}{}", mark(&item.change), within.out.trim_start()));
    }

    fn row(&mut self, row: &Row, depth: usize) {
        let cells = row.cells.iter().map(|cell| self.cell(cell)).collect::<Vec<_>>().join(" | ");
        self.line(depth, &format!("{}| {cells} |", mark(&row.change)));
    }

    fn cell(&self, cell: &Cell) -> String {
        let mut within = Shown { out: String::new(), notes: self.notes };
        within.blocks(&cell.blocks, 0);
        format!("{}{}", mark(&cell.change), within.out.trim_end().replace('\n', " / "))
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        let text = match &inline.kind {
            InlineKind::Text(text) => text.clone(),
            InlineKind::SoftBreak => " ".to_owned(),
            InlineKind::LineBreak => "⏎".to_owned(),
            InlineKind::Emphasis(within) => format!("*{}*", self.inlines(within)),
            InlineKind::Strong(within) => format!("**{}**", self.inlines(within)),
            InlineKind::Strikethrough(within) => format!("~~{}~~", self.inlines(within)),
            InlineKind::Highlight(within) => format!("=={}==", self.inlines(within)),
            InlineKind::Superscript(within) => format!("^{}^", self.inlines(within)),
            InlineKind::Subscript(within) => format!("~{}~", self.inlines(within)),
            InlineKind::Code(text) => format!("`{text}`"),
            InlineKind::Link(link) => format!("[{}]({})", self.inlines(&link.content), link.destination),
            InlineKind::Image(image) => format!("![{}]({})", image.alternative, image.destination),
            InlineKind::Note(id) => {
                let at = self.notes.iter().position(|note| note.id == *id);
                format!("[^{}]", at.map_or(0, |at| at + 1))
            }
            InlineKind::Reference(reference) => format!("@{}", reference.label),
            InlineKind::Formula(formula) => format!("${}$", formula.source),
            InlineKind::Citation(citation) => citation.source.clone(),
            InlineKind::Span(_, within) => self.inlines(within),
        };
        match mark(&inline.change) {
            mark if mark.is_empty() => text,
            mark => format!("[{mark}{text}]"),
        }
    }
}

fn sign(kind: StandingKind, number: u32) -> String {
    let sign = match kind {
        StandingKind::Inserted => '+',
        StandingKind::Deleted => '-',
        StandingKind::MovedTo => '>',
        StandingKind::MovedFrom => '<',
    };
    format!("{sign}{number} ")
}

fn mark(change: &Marked) -> String {
    change.as_deref().map(of_change).unwrap_or_default()
}

fn of_change(change: &Change) -> String {
    let mut text = String::new();
    if let Some(standing) = &change.standing {
        text.push_str(&sign(standing.kind, standing.mark.number));
    }
    if let Some(former) = &change.former {
        text.push_str(&format!("~{} {}: ", former.mark.number, was(&former.was)));
    }
    if let Some(end) = &change.end {
        let side = if end.side == Side::Old { "merged" } else { "split" };
        text.push_str(&format!("|{} {side}: ", end.mark.number));
    }
    text
}

fn was(was: &Was) -> String {
    match was {
        Was::Block(block) => match &block.form {
            Form::Paragraph => "paragraph".to_owned(),
            Form::Heading(level) => format!("heading {}", level.get()),
            Form::List(kind) => format!("{kind:?}"),
            Form::Box(kind) => format!("{kind:?}"),
            Form::CodeBlock(info) => format!("code {info}"),
            Form::Figure(image) => format!("figure {}", image.alternative),
            Form::Table(_) => "columns".to_owned(),
            Form::Plain => "attributes".to_owned(),
        },
        Was::Run(formats) if formats.is_empty() => "plain".to_owned(),
        Was::Run(formats) => formats.iter().map(format).collect::<Vec<_>>().join("+"),
        Was::Item(checked) => format!("{checked:?}"),
        Was::Level { level, .. } => format!("level {level}"),
        Was::Cell { scope, alignment } => format!("{scope:?} {alignment:?}"),
    }
}

fn format(format: &Format) -> String {
    match format {
        Format::Link { destination, .. } => format!("link {destination}"),
        Format::Span(_) => "span".to_owned(),
        Format::Emphasis
        | Format::Strong
        | Format::Strikethrough
        | Format::Highlight
        | Format::Superscript
        | Format::Subscript
        | Format::Code => format!("{format:?}").to_lowercase(),
    }
}
