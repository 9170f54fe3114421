//! Paragraphs that ask for what every report has, or what a style decides: `[TOC]`, `\newpage`.

use super::super::reader::Reader;
use crate::diag::Code;
use crate::document::{Block, BlockKind};

/// Marks for the contents, in lower case: Python-Markdown, Azure, GitLab, Bitbucket, LaTeX.
const CONTENTS: &[&str] = &[
    "[toc]",
    "[[toc]]",
    "[[_toc_]]",
    "{{toc}}",
    "{{ toc }}",
    "${toc}",
    "@[toc]",
    "{:toc}",
    "{: toc}",
    r"\tableofcontents",
];
/// Marks for a new page: LaTeX, Quarto, others.
const BREAKS: &[&str] =
    &[r"\newpage", r"\pagebreak", r"\clearpage", r"\cleardoublepage", "{{< pagebreak >}}", "{pagebreak}"];

/// No mark is longer.
const LONGEST: usize = 32;

const OF_CONTENTS: (&str, &str) = (
    "this mark for the contents is left out: every report has its contents",
    "`contents_depth` under `[numbering]` says how many levels they list",
);
const OF_PAGES: (&str, &str) = (
    "this mark for a new page is left out: the style says where pages begin",
    "`chapters_start_pages` under `[style]` begins each chapter on a page of its own",
);

/// A block, unless it is such a mark: then a warning.
pub(super) fn kept(reader: &mut Reader<'_>, block: Block) -> Option<Block> {
    let Some((message, hint)) = mark(reader, &block) else { return Some(block) };
    reader.warn_with(Code::ForeignSyntax, block.span, message, hint);
    None
}

fn mark(reader: &Reader<'_>, block: &Block) -> Option<(&'static str, &'static str)> {
    let typed = |block: &Block| reader.place.text(block.span).trim();
    match &block.kind {
        BlockKind::Paragraph(_) if typed(block).len() > LONGEST => None,
        BlockKind::Paragraph(_) => {
            let typed = typed(block).to_lowercase();
            let of_pages = || BREAKS.contains(&typed.as_str()).then_some(OF_PAGES);
            CONTENTS.contains(&typed.as_str()).then_some(OF_CONTENTS).or_else(of_pages)
        }
        // kramdown: a list of one item, which the contents take the place of.
        BlockKind::List(list) => {
            let [item] = list.items.as_slice() else { return None };
            let [only] = item.blocks.as_slice() else { return None };
            let marked = matches!(only.kind, BlockKind::Paragraph(_)) && typed(only).ends_with("{:toc}");
            marked.then_some(OF_CONTENTS)
        }
        BlockKind::Heading(_)
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
        | BlockKind::Bibliography(_) => None,
    }
}
