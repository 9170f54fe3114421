//! A small report that is edited at random, the same way on every machine.

use std::fmt::Write;

use crate::project::MemoryWorld;

/// A report, as blocks of Markdown.
pub(super) struct Draft {
    state: u64,
    /// What was added so far, so that each addition differs.
    added: usize,
    title: String,
    subtitle: String,
    accent: &'static str,
    size: u8,
    language: &'static str,
    /// How wide the plan is drawn: a file that changes while its name stays.
    plan: usize,
    /// Whether chapters go on where another has ended.
    run_on: bool,
    parts: Vec<Part>,
}

struct Part {
    id: usize,
    title: String,
    language: Option<&'static str>,
    blocks: Vec<String>,
}

const FILLER: &str = "The forum recommends that members consider capacity building in every region, and report on \
                      the measures taken with partners of civil society by next year.";

type Edit = (&'static str, fn(&mut Draft));

const EDITS: &[Edit] = &[
    ("word", Draft::word),
    ("word", Draft::word),
    ("paragraph", |draft| draft.insert(FILLER.to_owned())),
    ("long paragraph", |draft| draft.insert(FILLER.repeat(16))),
    ("note", Draft::note),
    ("note again", Draft::note),
    ("section", Draft::section),
    ("heading renamed", |draft| {
        let (part, added) = (draft.part(), draft.added);
        draft.parts[part].title = format!("Renamed {added}");
    }),
    ("table", Draft::table),
    ("long table", Draft::long_table),
    ("figure", |draft| {
        let added = draft.added;
        draft.insert(format!("![A map](map.svg \"Map {added}\"){{#fig-{added}}}"));
    }),
    ("another figure", |draft| {
        let added = draft.added;
        draft.insert(format!("![A plan](plan.svg \"Plan {added}\"){{#fig-{added}}}"));
    }),
    ("drawing", Draft::redraw),
    ("box", |draft| {
        let added = draft.added;
        draft.insert(format!("::: {{.recommendation #rec-{added} title=\"Take part\"}}\n{FILLER}[^b{added}]\n:::\n\n[^b{added}]: In a box.\n"));
    }),
    ("code", |draft| draft.insert("```rust\nfn main() {\n    let x = 1;\n}\n```".to_owned())),
    ("formula", |draft| draft.insert("$$\\sum_{i=1}^n i^2 = \\frac{n(n+1)(2n+1)}{6}$$\n\nWhere $n > 3$.".to_owned())),
    ("list", |draft| draft.insert("1. One\n2. Two\n   - [x] done\n   - [ ] to do".to_owned())),
    ("citation", |draft| draft.insert("It was shown [@doe, p. 3] and again [@roe].".to_owned())),
    ("reference", Draft::reference),
    ("dead reference", |draft| draft.insert("See [nothing](#nowhere-at-all).".to_owned())),
    ("landscape", |draft| draft.insert(format!("::: {{.landscape}}\n{FILLER}\n:::"))),
    ("blank heading", |draft| draft.insert("## <!-- nothing -->".to_owned())),
    ("block removed", Draft::remove_block),
    ("block removed", Draft::remove_block),
    ("chapter added", |draft| draft.new_part()),
    ("chapter removed", |draft| {
        if draft.parts.len() > 2 {
            let part = draft.part();
            draft.parts.remove(part);
        }
    }),
    ("chapters changed places", |draft| {
        let (a, b) = (draft.part(), draft.part());
        draft.parts.swap(a, b);
    }),
    ("language", |draft| {
        let (part, other) = (draft.part(), draft.below(3));
        draft.parts[part].language = [None, Some("fr"), Some("ar")][other];
    }),
    ("cover", |draft| {
        let added = draft.added;
        draft.subtitle = format!("Edition {added}");
    }),
    ("title", |draft| {
        let added = draft.added;
        draft.title = format!("Title {added}");
    }),
    ("report's language", |draft| draft.language = ["en", "fr", "ar"][draft.below(3)]),
    ("chapters run on", |draft| draft.run_on = !draft.run_on),
    ("style", |draft| {
        (draft.accent, draft.size) = if draft.size == 20 { ("#00477a", 19) } else { ("#7a0000", 20) };
    }),
];

impl Draft {
    pub(super) fn new(seed: u64) -> Self {
        let (title, subtitle) = ("Edited".to_owned(), "First".to_owned());
        let (state, added) = (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995, 0);
        let (accent, size, language, plan, run_on, parts) = ("#00477a", 19, "en", 50, false, Vec::new());
        let mut draft = Self { state, added, title, subtitle, accent, size, language, plan, run_on, parts };
        for _ in 0..5 {
            draft.new_part();
        }
        draft
    }

    /// One or two edits; says which.
    pub(super) fn edit(&mut self) -> String {
        let mut names = Vec::new();
        for _ in 0..=usize::from(self.chance(4)) {
            let (name, edit) = EDITS[self.below(EDITS.len())];
            self.added += 1;
            edit(self);
            names.push(name);
        }
        names.join(" and ")
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % end
    }

    /// Once in `of`.
    pub(super) fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(super) fn world(&self) -> MemoryWorld {
        let config = format!(
            "[citations]\nbibliography = [\"references.bib\"]\n[report]\ntitle = \"{}\"\nsubtitle = \"{}\"\nlanguage = \"{}\"\ndate = \"2026-01-31\"\n\
             [numbering]\nparagraphs = true\nlists = [\"figures\", \"tables\"]\n[style]\nname = \"report\"\nchapters_start_pages = {}\n\
             [style.color.light]\naccent = \"{}\"\n\
             [style.role.heading-1]\nsize = {}\nline = 26\n",
            self.title, self.subtitle, self.language, !self.run_on, self.accent, self.size
        );
        let works = "@book{doe, title={Doe's book}, author={Jane Doe}, year={2020}}\n\
                     @book{roe, title={Roe's book}, author={Richard Roe}, year={2021}}\n";
        let map = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"90\"><rect width=\"200\" height=\"90\" \
                   fill=\"#369\"/></svg>";
        let mut files = vec![
            ("rapporteur.toml".to_owned(), config),
            ("references.bib".to_owned(), works.to_owned()),
            ("drafts/map.svg".to_owned(), map.to_owned()),
            (
                "drafts/plan.svg".to_owned(),
                map.replacen("rect width=\"200\"", &format!("rect width=\"{}\"", self.plan), 1),
            ),
        ];
        for (at, part) in self.parts.iter().enumerate() {
            let mut text = String::new();
            if let Some(language) = part.language {
                write!(text, "---\nlang: {language}\n---\n\n").expect("a String takes text");
            }
            write!(text, "# {} {{#part-{}}}\n\n{}\n", part.title, part.id, part.blocks.join("\n\n"))
                .expect("a String takes text");
            files.push((format!("drafts/{at:02}.md"), text));
        }
        MemoryWorld::new(files)
    }

    fn new_part(&mut self) {
        let id = self.parts.iter().map(|part| part.id + 1).max().unwrap_or_default();
        let mut blocks: Vec<String> = (0..6)
            .map(|at| format!("{FILLER} Paragraph {at} of {id}.[^n{id}-{at}]\n\n[^n{id}-{at}]: A note {at}."))
            .collect();
        blocks.insert(3, format!("## Section of {id}"));
        let at = self.below(self.parts.len() + 1);
        self.parts.insert(at, Part { id, title: format!("Chapter {id}"), language: None, blocks });
    }

    fn part(&mut self) -> usize {
        self.below(self.parts.len())
    }

    pub(super) fn insert(&mut self, block: String) {
        let part = self.part();
        let at = self.below(self.parts[part].blocks.len() + 1);
        self.parts[part].blocks.insert(at, block);
    }

    /// Before a block of a part.
    pub(super) fn insert_at(&mut self, part: usize, at: usize, block: String) {
        self.parts[part].blocks.insert(at, block);
    }

    /// Takes a block of a part out.
    pub(super) fn remove_at(&mut self, part: usize, at: usize) {
        self.parts[part].blocks.remove(at);
    }

    /// Draws the plan anew, as large as before.
    pub(super) fn redraw(&mut self) {
        self.plan += 1;
    }

    fn word(&mut self) {
        let part = self.part();
        let (added, count) = (self.added, self.parts[part].blocks.len());
        let at = self.below(count.max(1));
        if let Some(block) = self.parts[part].blocks.get_mut(at) {
            *block = block.replacen("members", &format!("members word{added}"), 1);
        }
    }

    pub(super) fn note(&mut self) {
        let added = self.added;
        self.insert(format!("{FILLER}[^x{added}] And on.\n\n[^x{added}]: Added: {FILLER}"));
    }

    fn section(&mut self) {
        let added = self.added;
        self.insert(format!("## Added section {added} {{#added-{added}}}\n\n{FILLER}"));
    }

    fn table(&mut self) {
        let added = self.added;
        self.insert(format!("| What | Share |\n|:--|--:|\n| One[^t{added}] | 1.5 |\n| Two | 22 |\n\nTable: Table {added} {{#tbl-{added}}}\n\n[^t{added}]: In a table."));
    }

    fn long_table(&mut self) {
        let added = self.added;
        let rows = (0..70).map(|row| format!("| Row {row} | {row} |\n")).collect::<String>();
        self.insert(format!("| What[^l{added}] | Share |\n|:--|--:|\n{rows}\nTable: Long {added} {{#tbl-{added}}}\n\n[^l{added}]: In its head."));
    }

    fn reference(&mut self) {
        let (part, added) = (self.part(), self.added);
        let id = self.parts[part].id;
        self.insert(format!("See [the other chapter](#part-{id}) and @part-{id}, {added}."));
    }

    fn remove_block(&mut self) {
        let part = self.part();
        if !self.parts[part].blocks.is_empty() {
            let at = self.below(self.parts[part].blocks.len());
            self.parts[part].blocks.remove(at);
        }
    }
}
