//! The contents beside the text.

use super::inline;
use super::writer::{Tag, Writer};
use crate::resolve::{Listing, OutlineEntry};

/// The contents, which a reader may fold away, with a draft's label, which so stays in sight.
pub(super) fn write(w: &mut Writer) {
    let doc = w.doc;
    let listed: Vec<&OutlineEntry> = doc.outline.iter().filter(|entry| entry.listed).collect();
    if listed.is_empty() && doc.listings.is_empty() {
        return;
    }
    w.group(Tag::new("nav").class("contents").attr("aria-labelledby", "_contents"), |w| {
        w.group(Tag::new("details").attr("open", ""), |w| {
            w.block(Tag::new("summary"), |w| {
                w.in_role("cover-meta", |w| {
                    w.inline(Tag::new("span").class("contents-title").attr("id", "_contents"), |w| {
                        w.in_bold(|w| w.text(doc.terms.contents));
                    });
                    w.inline(Tag::new("span").class("contents-here").attr("aria-hidden", "true"), |_| {});
                    if let Some(label) = &doc.metadata.draft_label {
                        w.labelled("draft-label", "draft-label", label);
                    }
                });
            });
            if !listed.is_empty() {
                write_level(w, &listed);
            }
            doc.listings.iter().for_each(|list| write_list(w, list));
        });
    });
}

/// A list of figures, tables or recommendations, beneath its title.
fn write_list(w: &mut Writer, list: &Listing) {
    w.group(Tag::new("div").class("list-of"), |w| {
        w.block(Tag::new("p"), |w| w.in_role("cover-meta", |w| w.in_bold(|w| w.text(list.title))));
        w.group(Tag::new("ol"), |w| {
            for entry in &list.entries {
                w.block(Tag::new("li"), |w| {
                    let tag = Tag::new("a").class("toc-2").attr("href", format!("#{}", entry.anchor.as_str()));
                    w.inline(tag, |w| {
                        w.in_role("toc-2", |w| {
                            w.inline(Tag::new("span").class("number"), |w| w.text(&entry.label));
                            w.raw(" ");
                            let text = Tag::new("span").class("text");
                            w.inline(text, |w| w.as_echo(|w| inline::write(w, &entry.content)));
                        });
                    });
                });
            }
        });
    });
}

/// Entries of one level, each with the deeper ones that follow it.
fn write_level(w: &mut Writer, entries: &[&OutlineEntry]) {
    w.group(Tag::new("ol"), |w| {
        let mut rest = entries;
        while let Some((entry, after)) = rest.split_first() {
            let deeper = after.iter().take_while(|next| next.level > entry.level).count();
            w.block(Tag::new("li"), |w| {
                write_entry(w, entry);
                if deeper > 0 {
                    write_level(w, &after[..deeper]);
                }
            });
            rest = &after[deeper..];
        }
    });
}

fn write_entry(w: &mut Writer, entry: &OutlineEntry) {
    let role = match entry.level.get() {
        1 => "toc-1",
        2 => "toc-2",
        _ => "toc-3",
    };
    let tag = Tag::new("a").class(role).attr("href", format!("#{}", entry.anchor.as_str()));
    w.inline(tag, |w| {
        w.in_role(role, |w| {
            w.inline(Tag::new("span").class("number"), |w| w.text(entry.number.as_deref().unwrap_or_default()));
            w.raw(" ");
            w.inline(Tag::new("span").class("text"), |w| w.as_echo(|w| inline::write(w, &entry.content)));
        });
    });
}
