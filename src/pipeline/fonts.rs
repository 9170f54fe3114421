//! The fonts that a report's letters need beyond the bundled ones.
//!
//! In: the document as worded, the configuration, the style. Out: [`FontSet`]. Where every letter is covered, as in
//! most reports in Latin or Cyrillic letters, no folder is looked at.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Visit, walk_blocks};
use crate::project::{Project, ProjectPath, World};
use crate::resolve::Terms;
use crate::style::{FallbackFace, FallbackFont, FontSet, Script, Stylesheet, Weight, formula_scripts, scripts};

/// A font file is no larger than this.
const LARGEST_FONT: u64 = 64 * 1024 * 1024;

/// Finds the fonts of every script that the report holds; one that is not there is missed when its letters are.
pub(super) fn find(
    world: &dyn World,
    project: &Project,
    document: &Document,
    style: &Stylesheet,
    diagnostics: &mut Diagnostics,
) -> FontSet {
    let folders = Folders::open(world, project, diagnostics);
    let needed = needed(project, document);
    let fonts = style.fonts.fallback.iter().filter(|font| needed.contains(&font.script));
    FontSet::new(fonts.flat_map(|font| folders.faces(font)).collect())
}

/// The scripts of everything that will be shown.
fn needed(project: &Project, document: &Document) -> std::collections::BTreeSet<Script> {
    let mut texts = Texts::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut texts));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut texts));
    let report = &project.config.report;
    let words = report.language.as_deref().and_then(Terms::known).map(|terms| terms.contents);
    let parts = document.parts.iter();
    let written = parts.flat_map(|part| part.title.iter().chain(&part.contributors)).map(String::as_str);
    let single = [
        &report.title,
        &report.subtitle,
        &report.short_title,
        &report.draft_label,
        &report.publisher,
        &report.event,
        &report.series,
        &report.reference,
        &report.licence,
        &report.disclaimer,
    ];
    let names = report.authors.iter().map(crate::project::Author::name);
    let names = names.chain(report.contributors.iter().map(String::as_str));
    let configured = single.into_iter().filter_map(|text| text.as_deref()).chain(names);
    let mut found = scripts(texts.texts.into_iter().chain(words).chain(written).chain(configured));
    found.extend(formula_scripts(texts.formulas));
    found
}

#[derive(Default)]
struct Texts<'a> {
    texts: Vec<&'a str>,
    formulas: Vec<&'a str>,
}

impl<'a> Visit<'a> for Texts<'a> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.texts.push(&code.literal);
        } else if let BlockKind::Formula(formula) = &block.kind {
            self.formulas.push(&formula.source);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Text(text) | InlineKind::Code(text) = &inline.kind {
            self.texts.push(text);
        } else if let InlineKind::Formula(formula) = &inline.kind {
            self.formulas.push(&formula.source);
        }
    }
}

/// Where fonts are looked for: the project's own folders, then the system's.
struct Folders<'w> {
    world: &'w dyn World,
    own: Vec<ProjectPath>,
}

impl<'w> Folders<'w> {
    /// Lists the project's folders; says which are not there.
    fn open(world: &'w dyn World, project: &Project, diagnostics: &mut Diagnostics) -> Self {
        let mut own = Vec::new();
        for folder in &project.config.fonts.folders {
            let Ok(path) = ProjectPath::new(folder) else { continue };
            match world.list(&path) {
                Ok(files) if !files.is_empty() => own.extend(files),
                Ok(_) | Err(_) => {
                    let message = format!("`{folder}` is no folder with fonts");
                    let fault = Diagnostic::at(Code::MissingFile, project.places.place("fonts.folders"), message);
                    diagnostics.push(fault.hint("it is looked for beside rapporteur.toml"));
                }
            }
        }
        Self { world, own }
    }

    fn faces(&self, font: &FallbackFont) -> Vec<FallbackFace> {
        let weights = [(Weight::Regular, &font.regular), (Weight::Bold, &font.bold)];
        weights.into_iter().filter_map(|(weight, names)| self.face(font, weight, names)).collect()
    }

    /// The first file that is there and holds the face.
    fn face(&self, font: &FallbackFont, weight: Weight, names: &[String]) -> Option<FallbackFace> {
        names.iter().find_map(|name| {
            let own = self.own.iter().find(|path| path.file_name() == name);
            let bytes = own.and_then(|path| self.world.read(path, LARGEST_FONT).ok());
            let bytes = bytes.or_else(|| self.world.system_font(name, LARGEST_FONT).ok())?;
            FallbackFace::read(font, weight, bytes.into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Entry, MemoryWorld, load};
    use crate::style::bundled;

    fn found(files: &[(&str, &[u8])]) -> (FontSet, Diagnostics) {
        let world = MemoryWorld::new(files.iter().copied());
        let mut diagnostics = Diagnostics::new();
        let project = diagnostics.take(load(&world, &Entry::Configuration));
        let files: Vec<_> = project.drafts.iter().map(|draft| draft.file).collect();
        let document = diagnostics.take(crate::markdown::parse(&project.sources, &files));
        let worded = crate::resolve::word(document, &project);
        let mut style = bundled("report").expect("bundled").clone();
        // A font that every machine has, as if it had Chinese letters.
        let font = |script| FallbackFont { family: "Noto Sans".to_owned(), ..FallbackFont::noto(script).expect("one") };
        style.fonts.fallback.retain(|font| font.script != Script::Chinese);
        style.fonts.fallback.push(font(Script::Chinese));
        (find(&world, &project, worded.document(), &style, &mut diagnostics), diagnostics)
    }

    fn scripts_of(draft: &str) -> Vec<Script> {
        let config = "[fonts]\nfolders = [\"fonts\"]\n[citations]\nbibliography = [\"a.bib\"]\n";
        let book = "@book{wang, author = {王小明}, title = {Water}, year = {2020}}";
        let files = [
            ("rapporteur.toml", config.as_bytes()),
            ("a.bib", book.as_bytes()),
            ("drafts/1.md", draft.as_bytes()),
            ("fonts/NotoSansCJK-Regular.ttc", style_face()),
        ];
        let (fonts, diagnostics) = found(&files);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        fonts.fallback().iter().map(|face| face.script).collect()
    }

    #[test]
    fn letters_of_a_bibliography_and_of_a_formula_need_a_font() {
        assert_eq!(scripts_of("# Water\n\nAs said [@wang].\n"), [Script::Chinese]);
        assert_eq!(scripts_of("# Water\n\n$$ x = \\text{中文} $$\n"), [Script::Chinese]);
        assert_eq!(scripts_of("# Water\n\nSo $\\text{中}$.\n"), [Script::Chinese]);
        assert_eq!(scripts_of("# Water\n\n$$ ∮ = \u{1d53d} $$\n"), []);
    }

    #[test]
    fn a_font_of_the_project_is_found_by_its_file_and_its_family() {
        let config = ("rapporteur.toml", &b"[fonts]\nfolders = [\"fonts\"]\n"[..]);
        let draft = ("drafts/1.md", "# \u{645}\u{631}\u{62d}\u{628}\u{627}\n".as_bytes());
        // The name of an Arabic font with another in it: not taken.
        let wrong = ("fonts/NotoNaskhArabic-Regular.ttf", style_face());
        let (fonts, diagnostics) = found(&[config, draft, wrong]);
        assert!(fonts.fallback().is_empty());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let (_, diagnostics) = found(&[config, draft]);
        assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::MissingFile]);
    }

    fn style_face() -> &'static [u8] {
        crate::style::faces()[0].data
    }
}
