use super::{Block, BlockKind, Caption, Change, Document, Ids, Inline, InlineKind, Marked, NodeId, Note, Row};

/// What to do at each id and each line of a tree that is being built, in reading order.
pub trait VisitMut {
    /// At a block, before its id and its children.
    fn block(&mut self, _block: &mut Block) {}
    /// At a node's id; ids of its children follow.
    fn id(&mut self, _id: &mut NodeId) {}
    /// At the inlines that a block holds directly, before their ids.
    fn line(&mut self, _inlines: &mut Vec<Inline>) {}
    /// At an inline, before its children.
    fn inline(&mut self, _inline: &mut Inline) {}
    /// At what a redline says of a block, item, row, cell or inline, before the node itself.
    fn change(&mut self, _change: &mut Change) {}
}

/// Visits blocks and all beneath them, to change them. Notes are not entered.
pub fn walk_blocks_mut(blocks: &mut [Block], visit: &mut impl VisitMut) {
    for block in blocks {
        walk_block_mut(block, visit);
    }
}

fn walk_block_mut(block: &mut Block, visit: &mut impl VisitMut) {
    at(&mut block.change, visit);
    visit.block(block);
    visit.id(&mut block.id);
    match &mut block.kind {
        BlockKind::Paragraph(content) => walk_line(content, visit),
        BlockKind::Heading(heading) => walk_line(&mut heading.content, visit),
        BlockKind::List(list) => {
            for item in &mut list.items {
                at(&mut item.change, visit);
                visit.id(&mut item.id);
                walk_blocks_mut(&mut item.blocks, visit);
            }
        }
        BlockKind::DescriptionList(items) => {
            for item in items {
                at(&mut item.change, visit);
                visit.id(&mut item.id);
                walk_line(&mut item.term, visit);
                walk_blocks_mut(&mut item.details, visit);
            }
        }
        BlockKind::BlockQuote(blocks) | BlockKind::Division(blocks) | BlockKind::Bibliography(blocks) => {
            walk_blocks_mut(blocks, visit);
        }
        BlockKind::Box(boxed) => {
            if let Some(title) = &mut boxed.title {
                walk_line(title, visit);
            }
            walk_blocks_mut(&mut boxed.blocks, visit);
        }
        BlockKind::Figure(figure) => walk_caption(figure.caption.as_mut(), visit),
        BlockKind::Table(table) => {
            walk_caption(table.caption.as_mut(), visit);
            walk_rows(&mut table.head, visit);
            walk_rows(&mut table.body, visit);
        }
        BlockKind::Details(details) => {
            walk_line(&mut details.summary, visit);
            walk_blocks_mut(&mut details.blocks, visit);
        }
        BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Formula(_) => {}
    }
}

fn walk_caption(caption: Option<&mut Caption>, visit: &mut impl VisitMut) {
    if let Some(caption) = caption {
        visit.id(&mut caption.id);
        walk_line(&mut caption.content, visit);
    }
}

fn walk_rows(rows: &mut [Row], visit: &mut impl VisitMut) {
    for row in rows {
        at(&mut row.change, visit);
        visit.id(&mut row.id);
        for cell in &mut row.cells {
            at(&mut cell.change, visit);
            visit.id(&mut cell.id);
            walk_blocks_mut(&mut cell.blocks, visit);
        }
    }
}

fn at(change: &mut Marked, visit: &mut impl VisitMut) {
    if let Some(change) = change {
        visit.change(change);
    }
}

fn walk_line(inlines: &mut Vec<Inline>, visit: &mut impl VisitMut) {
    visit.line(inlines);
    walk_inlines_mut(inlines, visit);
}

/// Visits inlines and all beneath them, to change them.
pub fn walk_inlines_mut(inlines: &mut [Inline], visit: &mut impl VisitMut) {
    for inline in inlines {
        at(&mut inline.change, visit);
        visit.id(&mut inline.id);
        visit.inline(inline);
        if let InlineKind::Citation(citation) = &mut inline.kind {
            for item in &mut citation.items {
                let around = [&mut item.before, &mut item.prefix, &mut item.suffix, &mut item.behind];
                around.into_iter().for_each(|inlines| walk_inlines_mut(inlines, visit));
            }
        }
        if let Some(children) = inline.children_mut() {
            walk_inlines_mut(children, visit);
        }
    }
}

impl Inline {
    /// The inlines directly within, where the kind can hold any.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match &mut self.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Highlight(content)
            | InlineKind::Superscript(content)
            | InlineKind::Subscript(content)
            | InlineKind::Span(_, content) => Some(content),
            InlineKind::Link(link) => Some(&mut link.content),
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Code(_)
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_)
            | InlineKind::Formula(_)
            | InlineKind::Citation(_) => None,
        }
    }
}

impl Block {
    /// Calls at each row of blocks directly within.
    pub fn each_row(&mut self, at: &mut dyn FnMut(&mut Vec<Block>)) {
        match &mut self.kind {
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| at(&mut item.blocks)),
            BlockKind::DescriptionList(items) => items.iter_mut().for_each(|item| at(&mut item.details)),
            BlockKind::BlockQuote(blocks) | BlockKind::Division(blocks) | BlockKind::Bibliography(blocks) => at(blocks),
            BlockKind::Box(boxed) => at(&mut boxed.blocks),
            BlockKind::Details(details) => at(&mut details.blocks),
            BlockKind::Table(table) => {
                let rows = table.head.iter_mut().chain(&mut table.body);
                rows.flat_map(|row| &mut row.cells).for_each(|cell| at(&mut cell.blocks));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::ThematicBreak
            | BlockKind::Formula(_) => {}
        }
    }
}

impl Document {
    /// Ids that no node of the tree has.
    pub fn free_ids(&mut self) -> Ids {
        struct Last(Ids);
        impl VisitMut for Last {
            fn id(&mut self, id: &mut NodeId) {
                self.0.next = self.0.next.max(id.0 + 1);
            }
        }
        let mut last = Last(Ids::default());
        for part in &mut self.parts {
            walk_blocks_mut(&mut part.blocks, &mut last);
        }
        for note in &mut self.notes {
            last.id(&mut note.id);
            walk_blocks_mut(&mut note.blocks, &mut last);
        }
        last.0
    }

    /// Gives every node an id behind all those of another document; hands back the first of them.
    pub fn renumber_behind(&mut self, other: &mut Document) -> NodeId {
        let first = other.free_ids().next;
        let mut shift = Shift(first);
        for part in &mut self.parts {
            walk_blocks_mut(&mut part.blocks, &mut shift);
        }
        for note in &mut self.notes {
            shift.id(&mut note.id);
            walk_blocks_mut(&mut note.blocks, &mut shift);
        }
        NodeId(first)
    }

    /// Gives every node a new id in reading order, parts first, then notes with what they hold.
    pub fn renumber(&mut self) {
        let mut renumber = Renumber::default();
        for part in &mut self.parts {
            walk_blocks_mut(&mut part.blocks, &mut renumber);
        }
        for note in &mut self.notes {
            renumber.id(&mut note.id);
            walk_blocks_mut(&mut note.blocks, &mut renumber);
        }
        let mut references = References { renumbered: renumber.renumbered };
        for part in &mut self.parts {
            walk_blocks_mut(&mut part.blocks, &mut references);
        }
        for note in &mut self.notes {
            walk_blocks_mut(&mut note.blocks, &mut references);
        }
    }
}

/// New ids, by the index of the old.
#[derive(Default)]
struct Renumber {
    ids: Ids,
    renumbered: Vec<Option<NodeId>>,
}

impl VisitMut for Renumber {
    fn id(&mut self, id: &mut NodeId) {
        let new = self.ids.fresh();
        if self.renumbered.len() <= id.index() {
            self.renumbered.resize(id.index() + 1, None);
        }
        self.renumbered[id.index()] = Some(new);
        *id = new;
    }
}

struct Shift(u32);

impl VisitMut for Shift {
    fn id(&mut self, id: &mut NodeId) {
        id.0 += self.0;
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(id) = &mut inline.kind {
            id.0 += self.0;
        }
    }
}

struct References {
    renumbered: Vec<Option<NodeId>>,
}

impl VisitMut for References {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(id) = &mut inline.kind
            && let Some(Some(new)) = self.renumbered.get(id.index())
        {
            *id = *new;
        }
    }
}

impl Ids {
    /// Takes in blocks and notes that were read by themselves and took `theirs`: they stand behind all ids given so far.
    pub fn take_in(&mut self, theirs: &Self, blocks: &mut [Block], notes: &mut [Note]) {
        let mut behind = Behind(self.next);
        walk_blocks_mut(blocks, &mut behind);
        for note in notes {
            behind.id(&mut note.id);
            walk_blocks_mut(&mut note.blocks, &mut behind);
        }
        self.next += theirs.next;
    }
}

struct Behind(u32);

impl VisitMut for Behind {
    fn id(&mut self, id: &mut NodeId) {
        id.0 += self.0;
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(note) = &mut inline.kind {
            self.id(note);
        }
    }
}

/// Gives copied blocks ids of their own.
pub fn renew_ids(blocks: &mut [Block], ids: &mut Ids) {
    struct Renew<'a>(&'a mut Ids);
    impl VisitMut for Renew<'_> {
        fn id(&mut self, id: &mut NodeId) {
            *id = self.0.fresh();
        }
    }
    walk_blocks_mut(blocks, &mut Renew(ids));
}
