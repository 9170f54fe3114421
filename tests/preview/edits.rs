//! Edits as editors make them, by chance: of words, structure, files, configuration and style; faults too.

use std::collections::BTreeMap;

pub use crate::dice::Dice;

/// A project's files by path; what is no text is written as it is.
pub type Files = BTreeMap<String, Vec<u8>>;

pub fn begin() -> Files {
    let mut files = Files::new();
    let mut put = |name: &str, text: &str| drop(files.insert(name.to_owned(), text.as_bytes().to_vec()));
    put("rapporteur.toml", &config("Edited", "", ""));
    put(
        "refs.bib",
        "@book{one, author={Ada One}, title={First}, year={2001}}\n@book{two, author={Bo Two}, title={Second}, year={2002}}\n",
    );
    put(
        "drafts/1.md",
        "# Opening {#opening}\n\nThe first paragraph has words, and more words.[^a]\n\nSee @sec-scope and [the scope](#sec-scope).\n\n[^a]: The first note.\n",
    );
    put(
        "drafts/2.md",
        "# Scope {#sec-scope}\n\nWords of the scope, \"quoted\" and plain.\n\n- an item of words\n- another item\n\n> A quotation of words.\n\n| A | B |\n|---|---|\n| some words | 2 |\n\nTable: Cells {#tbl-cells}\n\nSource: words of a source.\n",
    );
    put(
        "drafts/3.md",
        "---\nkind: annex\n---\n\n# Annexed words\n\nIn the annex stand words and `code`.\n\n::: {.note}\nA box of words.\n:::\n\n![A dot](dot.png \"A figure\"){#fig-dot}\n",
    );
    files.insert("drafts/dot.png".to_owned(), PNG.to_vec());
    files
}

fn config(title: &str, more: &str, style: &str) -> String {
    format!(
        "[report]\ntitle = \"{title}\"\n{more}[numbering]\nparagraphs = true\n[citations]\nbibliography = [\"refs.bib\"]\n[style]\n{style}"
    )
}

/// What may stand in the place of a word.
const WORDS: &[&str] = &[
    "words",
    "measures",
    "Ωmega",
    "“curved”",
    "\"straight\"",
    "it's",
    "naïve",
    "*slanted*",
    "**bold**",
    "`code`",
    "5 < 6 & 7",
    "long-word",
    "…",
    "[^a]",
    "@fig-dot",
    "[@one]",
    "[@two, p. 3]",
    "<br>",
    "ж",
    "a\nb",
    "$x^2$",
    "@sec-scope",
    "\\*",
];

/// What may stand between paragraphs.
const BLOCKS: &[&str] = &[
    "A new paragraph of words.",
    "## A new heading of words",
    "### Deeper words {#deeper}",
    "- one item\n- two items\n\n    words within",
    "| A | B | C |\n|---|--:|---|\n| words | 1 | x |\n| more | 22.5 | y |",
    "A paragraph with a note.^[An inline note of words.]",
    "> Quoted words.",
    "```rust\nlet words = 1;\n```",
    "::: {.recommendation #rec-new title=\"Do\"}\nThe members should.\n:::",
    "![Missing](none.png)",
    "$$\nx = y\n$$",
    "Source: the words of somebody.",
    "See @deeper, @rec-new and @tbl-cells.",
    "[^a]: Another note of that name.",
];

const TITLES: &[&str] = &["Edited", "Edited anew", "Ein Titel", "Ωmega"];
const MORE: &[&str] =
    &["", "language = \"fr\"\n", "status = \"final\"\n", "draft_label = \"For comment\"\n", "nonsense = 1\n"];
const STYLES: &[&str] =
    &["", "name = \"report\"\n", "[style.role.body]\nsize = 12\n", "[style.color.light]\naccent = \"#7a1f1f\"\n"];

/// Makes one edit; says which.
pub fn edit(files: &mut Files, dice: &mut Dice) -> String {
    let drafts: Vec<String> = files.keys().filter(|name| name.ends_with(".md")).cloned().collect();
    if drafts.is_empty() {
        files.extend(begin());
        return "all drafts back".to_owned();
    }
    let draft = drafts[dice.throw(drafts.len())].clone();
    let text = String::from_utf8_lossy(&files[&draft]).into_owned();
    match dice.throw(20) {
        0..=8 => {
            let mut words: Vec<&str> = text.split(' ').collect();
            let at = dice.throw(words.len());
            let word = dice.pick(WORDS);
            words[at] = word;
            files.insert(draft.clone(), words.join(" ").into_bytes());
            format!("word {at} of {draft}: {word}")
        }
        9..=11 => {
            let mut blocks: Vec<&str> = text.split("\n\n").collect();
            let (at, block) = (1 + dice.throw(blocks.len()), dice.pick(BLOCKS));
            blocks.insert(at.min(blocks.len()), block);
            files.insert(draft.clone(), blocks.join("\n\n").into_bytes());
            format!("block {at} of {draft}: {block}")
        }
        12 => {
            let mut blocks: Vec<&str> = text.split("\n\n").collect();
            let at = dice.throw(blocks.len());
            blocks.remove(at);
            files.insert(draft.clone(), blocks.join("\n\n").into_bytes());
            format!("block {at} of {draft} removed")
        }
        13 => {
            let name = format!("drafts/{}.md", 1 + dice.throw(9));
            files.insert(name.clone(), format!("# Draft of {name}\n\nSome words.\n").into_bytes());
            format!("{name} new")
        }
        14 => {
            files.remove(&draft);
            format!("{draft} removed")
        }
        15 => {
            let name = format!("drafts/{}.md", 1 + dice.throw(9));
            if let Some(content) = files.remove(&draft) {
                files.insert(name.clone(), content);
            }
            format!("{draft} renamed to {name}")
        }
        16 | 17 => {
            let (title, more, style) = (dice.pick(TITLES), dice.pick(MORE), dice.pick(STYLES));
            files.insert("rapporteur.toml".to_owned(), config(title, more, style).into_bytes());
            format!("configuration: {title} {more}{style}")
        }
        18 => {
            if files.remove("drafts/dot.png").is_none() {
                files.insert("drafts/dot.png".to_owned(), PNG.to_vec());
            }
            "the image gone, or back".to_owned()
        }
        _ => {
            let mut bytes = text.into_bytes();
            bytes.extend(b"\nNot UTF-8: \xff\n");
            files.insert(draft.clone(), bytes);
            format!("{draft} at fault")
        }
    }
}

/// One pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6,
    0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8,
    0x0f, 0, 1, 4, 1, 0, 0x5f, 0xe5, 0xc3, 0x4b, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];
