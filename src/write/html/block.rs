//! Blocks.

use super::bibliography;
use super::change;
use super::figure;
use super::formula;
use super::inline;
use super::list;
use super::table;
use super::writer::{Form, Spacing, Tag, Writer};
use crate::document::{Block, BlockKind, Box, CodeBlock, Details, Heading, Inline, NodeId};
use crate::resolve::{CodeToken, HeadingInfo, HeadingPlace};
use crate::style::{box_role, heading_role};

/// Writes blocks in order.
pub(super) fn write(w: &mut Writer, blocks: &[Block]) {
    for block in blocks {
        write_one(w, block);
    }
}

/// Writes one.
pub(super) fn write_one(w: &mut Writer, block: &Block) {
    let doc = w.doc;
    w.with_language(doc.languages.get(block.id), |w| change::write_block(w, block, |w| write_kind(w, block)));
}

fn write_kind(w: &mut Writer, block: &Block) {
    match &block.kind {
        BlockKind::Paragraph(content) => write_paragraph(w, block, content, |_| {}),
        BlockKind::Heading(heading) => write_heading(w, block, heading),
        BlockKind::List(list) => list::write(w, block, list),
        BlockKind::DescriptionList(items) => list::write_descriptions(w, block, items),
        BlockKind::BlockQuote(blocks) => {
            let tag = own(w, Tag::new("blockquote"), block);
            w.group(tag, |w| w.in_role("quote", |w| w.with_spacing(Spacing::Loose, |w| write(w, blocks))));
        }
        BlockKind::Box(boxed) => write_box(w, block, boxed),
        BlockKind::CodeBlock(code) => write_code(w, block, code),
        BlockKind::Figure(figure) => figure::write(w, block, figure),
        BlockKind::Table(table) => table::write(w, block, table),
        BlockKind::ThematicBreak => {
            w.line();
            let tag = own(w, Tag::new("hr"), block);
            w.open(tag);
            w.line();
        }
        BlockKind::Details(details) => write_details(w, block, details),
        BlockKind::Division(blocks) => {
            let tag = own(w, Tag::new("div"), block);
            w.group(tag, |w| write(w, blocks));
        }
        BlockKind::Formula(formula) => formula::write_block(w, block, formula),
        BlockKind::Bibliography(entries) => bibliography::write(w, block, entries),
    }
}

/// Adds a block's anchor and language.
pub(super) fn own(w: &Writer, tag: Tag, block: &Block) -> Tag {
    let tag = w.keyed(tag.maybe("id", w.anchor(block.id)), block.id);
    w.in_language(tag, w.doc.languages.get(block.id))
}

/// A paragraph; `end` adds what stands after its text.
pub(super) fn write_paragraph(w: &mut Writer, block: &Block, content: &[Inline], end: impl FnOnce(&mut Writer)) {
    if !w.is_page() && w.spacing == Spacing::Tight {
        return inline::write(w, content);
    }
    let info = w.doc.paragraphs.get(block.id).filter(|_| w.is_page());
    let number = info.and_then(|info| info.number.as_deref());
    let (class, role) = match info {
        Some(info) if info.lead => (Some("lead"), Some("lead")),
        Some(info) if info.source => (Some("source"), Some("source")),
        Some(_) | None => (number.map(|_| "numbered"), None),
    };
    let tag = own(w, Tag::new("p").maybe("class", class), block);
    w.block(tag, |w| {
        if let Some(number) = number {
            write_paragraph_number(w, block.id, number);
        }
        match role {
            Some(role) => w.in_role(role, |w| inline::write(w, content)),
            None => inline::write(w, content),
        }
        change::end(w, &block.change);
        end(w);
    });
}

/// The number in the gutter is the link that leads here.
fn write_paragraph_number(w: &mut Writer, id: NodeId, number: &str) {
    let tag = match w.anchor(id) {
        Some(anchor) => Tag::new("a")
            .class("number permalink")
            .attr("href", format!("#{anchor}"))
            .attr("title", w.doc.terms.copy_link),
        None => Tag::new("span").class("number"),
    };
    let name = if w.anchor(id).is_some() { "a" } else { "span" };
    w.open(tag);
    w.in_role("paragraph-number", |w| w.text(number));
    w.close(name);
    w.raw(" ");
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// A heading. The title is the page's first level, so chapters are its second (HTML 4.3.11).
fn write_heading(w: &mut Writer, block: &Block, heading: &Heading) {
    let typed = usize::from(heading.level.get());
    let Some(info) = w.doc.headings.get(block.id).filter(|_| w.is_page()) else {
        return w.block(Tag::new(HEADINGS[typed - 1]), |w| inline::write(w, &heading.content));
    };
    let text = if w.redline {
        w.doc.plain_text(&change::current(&heading.content))
    } else {
        w.doc.plain_text(&heading.content)
    };
    if text.trim().is_empty() && info.number.is_none() {
        // Announced, it would be a heading without a name.
        let tag = w.keyed(Tag::new("div").attr("id", info.anchor.as_str()), block.id);
        return w.block(tag, |w| inline::write(w, &heading.content));
    }
    let level = usize::from(info.level.get());
    let (role, class) = heading_look(info);
    let tag = match HEADINGS.get(level) {
        Some(name) => Tag::new(name),
        None => Tag::new("div").attr("role", "heading").attr("aria-level", (level + 1).to_string()),
    };
    let tag = w.keyed(tag.class(class).attr("id", info.anchor.as_str()), block.id);
    let tag = w.in_language(tag, w.doc.languages.get(block.id));
    w.group(Tag::new("div").class(format!("heading level-{level}")), |w| {
        w.block(tag, |w| {
            w.in_role(role, |w| {
                if let Some(number) = &info.number {
                    w.inline(Tag::new("span").class("number"), |w| w.text(number));
                    w.raw(" ");
                }
                w.inline(Tag::new("span").class("text"), |w| inline::write(w, &heading.content));
            });
        });
        let name = format!("{}{}{text}", w.doc.terms.copy_link, w.doc.terms.colon);
        let link = Tag::new("a")
            .class("permalink")
            .attr("href", format!("#{}", info.anchor.as_str()))
            .attr("aria-label", name);
        w.inline(link, |w| w.in_role(role, |w| w.text("#")));
    });
}

/// Role and classes: a level-1 heading looks as its part has it.
fn heading_look(info: &HeadingInfo) -> (&'static str, String) {
    let role = heading_role(info.level);
    match (info.level.get(), info.place) {
        (1, HeadingPlace::Front) => ("front-heading", format!("{role} front")),
        (1, HeadingPlace::Annex) => ("annex", format!("{role} annex")),
        (_, HeadingPlace::Front | HeadingPlace::Body | HeadingPlace::Annex) => (role, role.to_owned()),
    }
}

/// A box, named by its label; a title is the label where there is no other.
fn write_box(w: &mut Writer, block: &Block, boxed: &Box) {
    let label = w.doc.boxes.get(block.id).and_then(|info| info.text());
    let role = box_role(boxed.kind);
    let name = format!("_box-{}", block.id.index());
    let named = label.is_some() || boxed.title.as_ref().is_some_and(|title| !title.is_empty());
    let tag = Tag::new("div").class(format!("box {role}")).attr("role", "group");
    let tag = own(w, tag.maybe("aria-labelledby", named.then_some(name.as_str())), block);
    let title = boxed.title.as_deref().unwrap_or_default();
    w.group(tag, |w| {
        if let Some(label) = &label {
            w.block(Tag::new("p").class("box-label").attr("id", name.as_str()), |w| {
                w.in_role("box-label", |w| w.words(|w| w.text(label)));
            });
        }
        if !title.is_empty() {
            let tag = match &label {
                Some(_) => Tag::new("p").class("box-title"),
                None => Tag::new("p").class("box-label").attr("id", name.as_str()),
            };
            let role = if label.is_some() { "box-title" } else { "box-label" };
            w.block(tag, |w| w.in_role(role, |w| inline::write(w, title)));
        }
        w.in_role(role, |w| w.with_spacing(Spacing::Loose, |w| write(w, &boxed.blocks)));
    });
}

/// Code: it scrolls where it is wide, and the keyboard can scroll it.
fn write_code(w: &mut Writer, block: &Block, code: &CodeBlock) {
    let language = code.language().filter(|language| !language.is_empty());
    let tag = Tag::new("pre").class("code scroll").attr("tabindex", "0").maybe("id", w.anchor(block.id));
    let tag = w.left_to_right(
        w.keyed(tag, block.id).maybe("lang", w.doc.languages.get(block.id).map(|info| info.tag.as_str())),
    );
    let tag = match language {
        Some(language) => {
            tag.attr("role", "group").attr("aria-label", format!("{}{}{language}", w.doc.terms.code, w.doc.terms.colon))
        }
        None => tag.attr("role", "group").attr("aria-label", w.doc.terms.code),
    };
    w.block(tag, |w| match w.form {
        Form::Page(_) => w.inline(Tag::new("code"), |w| {
            w.in_role("code", |w| write_code_text(w, block, code));
        }),
        Form::Fragment => {
            w.raw("<code");
            if let Some(language) = language {
                w.raw(" class=\"language-");
                w.text(language);
                w.raw("\"");
            }
            w.raw(">");
            w.text(&code.literal);
            w.close("code");
        }
    });
}

fn write_code_text(w: &mut Writer, block: &Block, code: &CodeBlock) {
    match w.doc.code.get(block.id) {
        Some(lines) => {
            for (at, line) in lines.iter().enumerate() {
                let change = block.change.as_deref();
                change::write_code_line(w, change, at, |w| line.iter().for_each(|token| write_token(w, token)));
            }
        }
        None => w.text(&code.literal),
    }
}

fn write_token(w: &mut Writer, token: &CodeToken) {
    match token.kind.name() {
        Some(name) => w.inline(Tag::new("span").class(name.replace('_', "-")), |w| w.text(&token.text)),
        None => w.text(&token.text),
    }
}

/// Open, as on paper; a reader may close it.
fn write_details(w: &mut Writer, block: &Block, details: &Details) {
    let tag = own(w, Tag::new("details").class("details").attr("open", ""), block);
    w.group(tag, |w| {
        w.block(Tag::new("summary"), |w| {
            w.in_role("details-summary", |w| change::in_summary(w, |w| inline::write(w, &details.summary)));
        });
        w.with_spacing(Spacing::Loose, |w| write(w, &details.blocks));
    });
}
