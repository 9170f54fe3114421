//! The panel beside a redline: what the two versions are, how changes are shown, and every change with its number, kind, section and words. It can
//! all be read without the script, which adds going from one change to the next, filters and views.

use crate::document::Inline;
use crate::resolve::{ChangeInfo, ChangeKind, ResolvedDocument, RevisionInfo};
use crate::write::html::writer::{Tag, Writer};

/// The words that the script shows, as attributes of `body`.
pub(in crate::write::html) fn words(doc: &ResolvedDocument) -> Vec<(&'static str, String)> {
    if doc.revision.is_none() {
        return Vec::new();
    }
    let terms = &doc.terms.revision;
    [
        ("data-position", terms.position),
        ("data-before", terms.before),
        ("data-after", terms.after),
        ("data-no-match", terms.no_match),
    ]
    .map(|(name, word)| (name, word.to_owned()))
    .into()
}

/// The panel, which stands before the report.
pub(in crate::write::html) fn write_panel(w: &mut Writer) {
    let doc = w.doc;
    let Some(revision) = &doc.revision else { return };
    let tag = Tag::new("aside").class("changes").attr("id", "_changes").attr("aria-labelledby", "_changes-title");
    w.group(tag.attr("tabindex", "-1"), |w| {
        w.in_role("cover-meta", |w| {
            write_head(w, revision);
            write_legend(w);
            if revision.changes.is_empty() {
                return w.block(Tag::new("p"), |w| w.text(doc.terms.revision.unchanged));
            }
            w.group(Tag::new("details").class("changes-all").attr("open", ""), |w| {
                w.block(Tag::new("summary"), |w| w.in_bold(|w| w.text(doc.terms.revision.changes)));
                write_filters(w, revision);
                w.group(Tag::new("ol").attr("id", "_changes-list"), |w| {
                    revision.changes.iter().for_each(|change| write_entry(w, revision, change));
                });
            });
        });
    });
}

/// Whose changes they are, and how many.
fn write_head(w: &mut Writer, revision: &RevisionInfo) {
    let terms = &w.doc.terms.revision;
    let title = Tag::new("p").class("changes-title").attr("id", "_changes-title");
    w.block(title, |w| w.in_bold(|w| w.text(&revision.title)));
    let compared = terms.compared.replace("{new}", &revision.revision).replace("{old}", &revision.baseline);
    w.block(Tag::new("p").class("changes-versions"), |w| w.text(&compared));
    let total = revision.total();
    let counts = [(terms.changes, total.changes), (terms.added, total.added), (terms.removed, total.removed)];
    w.group(Tag::new("dl").class("changes-total"), |w| {
        for (label, count) in counts {
            w.block(Tag::new("div"), |w| {
                w.inline(Tag::new("dt"), |w| w.text(label));
                w.raw(" ");
                w.inline(Tag::new("dd"), |w| w.in_bold(|w| w.text(&count.to_string())));
            });
        }
    });
}

/// How changes are shown, each line as it says.
fn write_legend(w: &mut Writer) {
    let terms = &w.doc.terms.revision;
    w.group(Tag::new("details").class("changes-legend").attr("open", ""), |w| {
        w.block(Tag::new("summary"), |w| w.in_bold(|w| w.text(terms.legend)));
        w.group(Tag::new("ul"), |w| {
            let lines = [
                (Tag::new("ins"), terms.legend_inserted),
                (Tag::new("del"), terms.legend_deleted),
                (Tag::new("ins").class("moved"), terms.legend_moved),
                (Tag::new("span").class("reformatted"), terms.legend_reformatted),
                (Tag::new("span"), terms.legend_bar),
            ];
            for (tag, words) in lines {
                w.block(Tag::new("li"), |w| w.inline(tag, |w| w.text(words)));
            }
        });
    });
}

/// What the list can be narrowed to; nothing without the script.
fn write_filters(w: &mut Writer, revision: &RevisionInfo) {
    let terms = w.doc.terms.revision;
    w.group(Tag::new("div").class("changes-filters").attr("hidden", ""), |w| {
        write_select(w, "_changes-kind", terms.all_kinds, |w| {
            for (kind, count) in revision.kinds() {
                let (one, several) = terms.kind(kind);
                let name = if count == 1 { one } else { several };
                write_option(w, kind.name(), &format!("{name} ({count})"));
            }
        });
        write_select(w, "_changes-section", terms.all_sections, |w| {
            for (section, total) in revision.sections_changed() {
                let name = section_name(w.doc, revision, section);
                write_option(w, &section_key(section), &format!("{name} ({})", total.changes));
            }
        });
        // A single letter may be what somebody's speech or shaking hand brings about (WCAG 2.1.4).
        w.block(Tag::new("label").class("changes-keys"), |w| {
            w.open(Tag::new("input").attr("type", "checkbox").attr("id", "_changes-keys").attr("checked", ""));
            w.inline(Tag::new("span"), |w| w.text(terms.keys));
        });
    });
    w.block(Tag::new("p").class("changes-none").attr("role", "status"), |_| {});
    w.need(terms.no_match);
}

fn write_select(w: &mut Writer, id: &str, all: &str, options: impl FnOnce(&mut Writer)) {
    w.group(Tag::new("select").attr("id", id).attr("aria-label", all), |w| {
        write_option(w, "", all);
        options(w);
    });
}

fn write_option(w: &mut Writer, value: &str, words: &str) {
    w.block(Tag::new("option").attr("value", value), |w| w.text(words));
}

fn section_name(doc: &ResolvedDocument, revision: &RevisionInfo, section: Option<usize>) -> String {
    let name = section.and_then(|section| revision.sections.get(section)).map(|section| section.name());
    name.unwrap_or_else(|| doc.terms.revision.opening.to_owned())
}

/// A section's name for the filter.
fn section_key(section: Option<usize>) -> String {
    section.map_or_else(|| "none".to_owned(), |section| section.to_string())
}

/// A change: a link that leads to it.
fn write_entry(w: &mut Writer, revision: &RevisionInfo, change: &ChangeInfo) {
    let doc = w.doc;
    let number = change.number;
    let tag = Tag::new("li").attr("id", format!("_change-{number}")).attr("data-number", number.to_string());
    let tag = tag.attr("data-kind", change.kind.name()).attr("data-section", section_key(change.section));
    w.block(tag, |w| {
        let tag = Tag::new("a").attr("href", format!("#change-{number}"));
        w.inline(tag, |w| {
            write_part(w, "number", |w| w.in_bold(|w| w.text(&number.to_string())));
            write_part(w, "what", |w| w.in_bold(|w| w.text(&doc.terms.change_label(change))));
            let within = change.within.clone().unwrap_or_default();
            let section = section_name(doc, revision, change.section);
            let place: Vec<&str> = [section.as_str(), &within].into_iter().filter(|part| !part.is_empty()).collect();
            write_part(w, "where", |w| w.text(&place.join(" · ")));
            if let Some(hand) = &change.hand {
                write_part(w, "who", |w| w.text(&hand.author));
            }
            write_part(w, "texts", |w| write_texts(w, change));
        });
    });
}

fn write_part(w: &mut Writer, class: &str, content: impl FnOnce(&mut Writer)) {
    w.inline(Tag::new("span").class(class), content);
    w.raw(" ");
}

/// What was and what is, with a few words around it.
fn write_texts(w: &mut Writer, change: &ChangeInfo) {
    let shown = |w: &mut Writer, element: &'static str, text: &str| {
        if !text.is_empty() {
            w.inline(Tag::new(element), |w| w.text(text));
        }
    };
    let gaps = change.gaps();
    w.text(&change.beside.before);
    if gaps[0] && !change.beside.before.is_empty() {
        w.raw(" ");
    }
    match change.kind {
        ChangeKind::Replaced if change.is_other_picture() => w.text(&change.after),
        ChangeKind::Inserted | ChangeKind::Deleted | ChangeKind::Replaced => {
            shown(w, "del", &change.before);
            w.raw(" ");
            shown(w, "ins", &change.after);
        }
        ChangeKind::Moved
        | ChangeKind::Reformatted
        | ChangeKind::Relevelled
        | ChangeKind::Nested
        | ChangeKind::Raised
        | ChangeKind::Split
        | ChangeKind::Merged => w.text(&change.after),
    }
    if gaps[1] && !change.beside.after.is_empty() {
        w.raw(" ");
    }
    w.text(&change.beside.after);
}

/// What goes with the report wherever it is read: from change to change, and the views. Nothing without the script.
pub(in crate::write::html) fn write_bar(w: &mut Writer) {
    let doc = w.doc;
    let Some(revision) = doc.revision.as_ref().filter(|revision| !revision.changes.is_empty()) else { return };
    let terms = doc.terms.revision;
    let tag = Tag::new("div").class("changes-bar").attr("id", "_changes-bar").attr("role", "region");
    w.group(tag.attr("aria-label", revision.title.as_str()).attr("hidden", ""), |w| {
        w.in_role("cover-meta", |w| {
            let arrow = |w: &mut Writer, step: &str, name: &str, key: &str, sign: &str| {
                let tag = Tag::new("button").attr("type", "button").attr("data-step", step).attr("aria-label", name);
                let tag = tag.attr("aria-keyshortcuts", key).attr("title", format!("{name} ({key})"));
                w.block(tag, |w| w.in_mono(|w| w.text(sign)));
            };
            arrow(w, "-1", terms.previous, "P", "↑");
            w.block(Tag::new("p").class("changes-at").attr("role", "status"), |_| {});
            arrow(w, "1", terms.next, "N", "↓");
            write_views(w);
            let tag =
                Tag::new("button").attr("type", "button").class("changes-toggle").attr("aria-controls", "_changes");
            w.block(tag.attr("aria-expanded", "false"), |w| w.text(terms.changes));
        });
        w.need("0123456789");
        w.need(terms.position);
    });
}

fn write_views(w: &mut Writer) {
    let terms = w.doc.terms.revision;
    w.group(Tag::new("fieldset").class("changes-views"), |w| {
        w.block(Tag::new("legend").class("unseen"), |w| w.text(terms.view));
        for (view, name) in [("marked", terms.marked), ("sides", terms.side_by_side), ("final", terms.final_text)] {
            w.block(Tag::new("label"), |w| {
                let tag = Tag::new("input").attr("type", "radio").attr("name", "_view").attr("value", view);
                w.open(if view == "marked" { tag.attr("checked", "") } else { tag });
                w.inline(Tag::new("span"), |w| w.text(name));
            });
        }
    });
}

/// A line as the new version has it, for where it is named and not shown.
pub(in crate::write::html) fn current(inlines: &[Inline]) -> Vec<Inline> {
    let stays = |inline: &&Inline| {
        let standing = inline.change.as_ref().and_then(|change| change.standing.as_ref());
        standing.is_none_or(|standing| standing.kind.side() == crate::document::Side::New)
    };
    let mut kept: Vec<Inline> = inlines.iter().filter(stays).cloned().collect();
    for inline in &mut kept {
        if let Some(children) = inline.children_mut() {
            *children = current(children);
        }
    }
    kept
}
