use super::{
    Block, BlockKind, Box, Caption, Change, CodeBlock, Document, Form, Format, Heading, Inline, Marked, NodeId, Row,
    Run, Side, Table, Visit, Was, inlines, level, run, walk_blocks,
};

/// What becomes of a change, by its number: the version that it is decided for, or nothing yet.
pub type Decision<'d> = &'d dyn Fn(u32) -> Option<Side>;

impl Document {
    /// A redline with some of its changes accepted ([`Side::New`]) or rejected ([`Side::Old`]): their marks are gone, and with
    /// them what stands in the other version. Nodes keep their ids; notes stay, referred to or not.
    pub fn settle(&self, decide: Decision<'_>) -> Document {
        let mut document = self.clone();
        for part in &mut document.parts {
            level::settle(&mut part.blocks, decide);
            blocks(&mut part.blocks, decide);
        }
        document.parts.retain(|part| part.side.is_none() || !part.blocks.is_empty());
        for part in &mut document.parts {
            // Once one of its blocks is decided for, it is there.
            let stands = |block: &Block| block.change.as_ref().is_some_and(|change| change.standing.is_some());
            part.side = part.side.filter(|_| part.blocks.iter().all(stands));
        }
        for note in &mut document.notes {
            level::settle(&mut note.blocks, decide);
            blocks(&mut note.blocks, decide);
        }
        document
    }

    /// One version of a redline.
    pub fn side(&self, side: Side) -> Document {
        self.settle(&|_| Some(side))
    }

    /// Whether it is a redline in which something has changed.
    pub fn is_marked(&self) -> bool {
        self.parts.iter().any(|part| part.side.is_some() || any(&part.blocks))
            || self.notes.iter().any(|note| any(&note.blocks))
    }
}

fn any(blocks: &[Block]) -> bool {
    struct Any(bool);
    impl Visit<'_> for Any {
        fn change(&mut self, _change: &Change) {
            self.0 = true;
        }
    }
    let mut any = Any(false);
    walk_blocks(blocks, &mut any);
    any.0
}

/// Blocks with what is decided about them.
pub fn settle_blocks(blocks_of: &[Block], decide: Decision<'_>) -> Vec<Block> {
    let mut settled = blocks_of.to_vec();
    level::settle(&mut settled, decide);
    blocks(&mut settled, decide);
    settled
}

/// Whether a node stays; what is decided about where it stands is then no longer said.
fn stays(change: &mut Marked, decide: Decision<'_>) -> bool {
    let Some(inner) = change else { return true };
    if let Some(standing) = &inner.standing {
        match decide(standing.mark.number) {
            Some(side) if side == standing.kind.side() => inner.standing = None,
            Some(_) => return false,
            None => {}
        }
    }
    clear(change);
    true
}

pub(super) fn clear(change: &mut Marked) {
    if change.as_ref().is_some_and(|change| change.is_empty()) {
        *change = None;
    }
}

/// The form to go back to, once it is decided; the mark is gone then.
fn former(change: &mut Marked, decide: Decision<'_>) -> Option<Was> {
    let inner = change.as_mut()?;
    let side = decide(inner.former.as_ref()?.mark.number)?;
    let was = inner.former.take()?.was;
    clear(change);
    (side == Side::Old).then_some(was)
}

/// Whether a paragraph goes on in the next, once it is decided; the mark is gone then.
fn joins(change: &mut Marked, decide: Decision<'_>) -> bool {
    let Some(inner) = change.as_mut() else { return false };
    let Some(end) = &inner.end else { return false };
    let Some(side) = decide(end.mark.number) else { return false };
    let joins = side != end.side;
    inner.end = None;
    clear(change);
    joins
}

fn blocks(blocks: &mut Vec<Block>, decide: Decision<'_>) {
    let mut goes_on = false;
    for mut block in std::mem::take(blocks) {
        if !stays(&mut block.change, decide) {
            continue;
        }
        if let Some(Was::Block(was)) = former(&mut block.change, decide) {
            block.attributes = was.attributes;
            take_form(&mut block.kind, was.form);
        }
        let ended = joins(&mut block.change, decide);
        children(&mut block, decide);
        let rest = match blocks.last_mut().filter(|_| goes_on) {
            Some(before) => join(before, block),
            None => Some(block),
        };
        blocks.extend(rest);
        goes_on = ended;
    }
}

/// A paragraph and the one that it goes on with; hands back what is none, or is yet to be decided for itself.
fn join(before: &mut Block, mut block: Block) -> Option<Block> {
    let of_itself = |change: &Change| change.standing.is_some() || change.former.is_some();
    if block.change.as_deref().is_some_and(of_itself) {
        return Some(block);
    }
    let (BlockKind::Paragraph(content), BlockKind::Paragraph(more)) = (&mut before.kind, &mut block.kind) else {
        return Some(block);
    };
    content.append(more);
    // What is not yet decided of its end.
    if let Some(end) = block.change.and_then(|change| change.end) {
        before.change.get_or_insert_default().end = Some(end);
    }
    None
}

/// Content as it is, in another form.
fn take_form(kind: &mut BlockKind, form: Form) {
    match (form, kind) {
        (Form::Paragraph, kind) => {
            if let BlockKind::Heading(heading) = kind {
                *kind = BlockKind::Paragraph(std::mem::take(&mut heading.content));
            }
        }
        (Form::Heading(level), kind) => {
            if let BlockKind::Heading(Heading { content, .. }) | BlockKind::Paragraph(content) = kind {
                *kind = BlockKind::Heading(Heading { level, content: std::mem::take(content) });
            }
        }
        (Form::List(was), BlockKind::List(list)) => list.kind = was,
        (Form::Box(was), BlockKind::Box(Box { kind, .. })) => *kind = was,
        (Form::CodeBlock(was), BlockKind::CodeBlock(CodeBlock { info, .. })) => *info = was,
        (Form::Figure(was), BlockKind::Figure(figure)) => figure.image = was,
        (Form::Table(was), BlockKind::Table(table)) => table.columns = was,
        (
            Form::Plain | Form::List(_) | Form::Box(_) | Form::CodeBlock(_) | Form::Figure(_) | Form::Table(_),
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::Box(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_),
        ) => {}
    }
}

fn children(block: &mut Block, decide: Decision<'_>) {
    match &mut block.kind {
        BlockKind::Paragraph(content) => line(content, decide),
        BlockKind::Heading(heading) => line(&mut heading.content, decide),
        BlockKind::List(list) => {
            list.items.retain_mut(|item| stays(&mut item.change, decide));
            for item in &mut list.items {
                if let Some(Was::Item(checked)) = former(&mut item.change, decide) {
                    item.checked = checked;
                }
                blocks(&mut item.blocks, decide);
            }
        }
        BlockKind::DescriptionList(items) => {
            items.retain_mut(|item| stays(&mut item.change, decide));
            for item in items {
                line(&mut item.term, decide);
                blocks(&mut item.details, decide);
            }
        }
        BlockKind::BlockQuote(within) | BlockKind::Division(within) | BlockKind::Bibliography(within) => {
            blocks(within, decide);
        }
        BlockKind::Box(boxed) => {
            heading_line(&mut boxed.title, |title| title, decide);
            blocks(&mut boxed.blocks, decide);
        }
        BlockKind::Figure(figure) => caption(&mut figure.caption, decide),
        BlockKind::Table(inner) => table(inner, decide),
        BlockKind::Details(details) => {
            line(&mut details.summary, decide);
            blocks(&mut details.blocks, decide);
        }
        BlockKind::CodeBlock(code) => lines(&mut block.change, code, decide),
        BlockKind::ThematicBreak | BlockKind::Formula(_) => {}
    }
}

fn caption(caption: &mut Option<Caption>, decide: Decision<'_>) {
    heading_line(caption, |caption| &mut caption.content, decide);
}

/// A line that is not there where nothing is left of it.
fn heading_line<T>(whole: &mut Option<T>, content: impl Fn(&mut T) -> &mut Vec<Inline>, decide: Decision<'_>) {
    let Some(inner) = whole else { return };
    let content = content(inner);
    let had = !content.is_empty();
    line(content, decide);
    if had && content.is_empty() {
        *whole = None;
    }
}

fn table(table: &mut Table, decide: Decision<'_>) {
    caption(&mut table.caption, decide);
    table.columns.retain_mut(|column| {
        let Some(mark) = column.change else { return true };
        match decide(mark.number) {
            Some(side) if side == mark.kind.side() => column.change = None,
            Some(_) => return false,
            None => {}
        }
        true
    });
    rows(&mut table.head, decide);
    rows(&mut table.body, decide);
}

fn rows(rows: &mut Vec<Row>, decide: Decision<'_>) {
    rows.retain_mut(|row| stays(&mut row.change, decide));
    for row in rows {
        row.cells.retain_mut(|cell| stays(&mut cell.change, decide));
        for cell in &mut row.cells {
            if let Some(Was::Cell { scope, alignment }) = former(&mut cell.change, decide) {
                (cell.scope, cell.alignment) = (scope, alignment);
            }
            blocks(&mut cell.blocks, decide);
        }
    }
}

/// The lines of a code block.
fn lines(change: &mut Marked, code: &mut CodeBlock, decide: Decision<'_>) {
    let Some(inner) = change else { return };
    let mut marks = std::mem::take(&mut inner.lines).into_iter().peekable();
    let mut literal = String::with_capacity(code.literal.len());
    let mut kept = 0;
    for (number, text) in code.literal.split_inclusive('\n').enumerate() {
        if let Some(mut mark) = marks.next_if(|mark| mark.line == number) {
            match decide(mark.standing.mark.number) {
                Some(side) if side == mark.standing.kind.side() => {}
                Some(_) => continue,
                None => {
                    mark.line = kept;
                    inner.lines.push(mark);
                }
            }
        }
        literal.push_str(text);
        kept += 1;
    }
    code.literal = literal;
    clear(change);
}

/// The leaves of a line.
fn line(content: &mut Vec<Inline>, decide: Decision<'_>) {
    if !content.iter().any(Inline::is_marked) {
        return;
    }
    let mut runs = run::runs(content);
    runs.retain_mut(|run| stays(&mut run.leaf.change, decide));
    for run in &mut runs {
        if let Some(Was::Run(formats)) = former(&mut run.leaf.change, decide) {
            take_formats(run, formats);
        }
    }
    *content = inlines(runs);
}

impl Inline {
    /// Whether anything in it is marked.
    pub fn is_marked(&self) -> bool {
        self.change.is_some() || self.children().iter().any(Self::is_marked)
    }
}

/// Other formats around a leaf; its link is the same.
fn take_formats(run: &mut Run, formats: Vec<Format>) {
    let link = run.link().cloned();
    let at = |id: NodeId, format| run::Around { format, id, span: run.leaf.span };
    let around = formats.into_iter().map(|format| match (&format, &link) {
        (Format::Link { .. }, Some(link)) => link.clone(),
        _ => at(run.leaf.id, format),
    });
    run.around = around.collect();
}

/// Says the same of every leaf of some inlines.
pub fn mark_leaves(inlines: &mut [Inline], change: &Change) {
    for inline in inlines {
        if inline.children().is_empty() {
            inline.change = Some(std::boxed::Box::new(change.clone()));
        } else if let Some(children) = inline.children_mut() {
            mark_leaves(children, change);
        }
    }
}
