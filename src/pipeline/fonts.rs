//! The fonts that a report's letters need beyond the bundled ones.
//!
//! In: the document as worded, the configuration, the style. Out: [`FontSet`]. Where every letter is covered, as in
//! most reports in Latin or Cyrillic letters, no folder is looked at.

mod needed;

use self::needed::needed;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::project::{Project, ProjectPath, ReadError, World};
use crate::style::{FallbackFace, FallbackFont, FontSet, Stylesheet, Weight, scripts};

/// A font file is no larger than this.
const LARGEST_FONT: u64 = 64 * 1024 * 1024;

/// Faces that will most likely be needed, by the letters that the drafts hold: a font of thousands of letters takes as
/// long to read as the report, and is read beside it. Of the system's folders alone, where nothing can be at fault.
pub(super) fn early(world: &dyn World, project: &Project, style: &Stylesheet) -> Vec<FallbackFace> {
    if !project.config.fonts.folders.is_empty() {
        return Vec::new();
    }
    let scripts = scripts(project.drafts.iter().map(|draft| project.sources[draft.file].text()));
    let folders = Folders { world, own: Vec::new(), early: Vec::new() };
    let wanted = style.fonts.fallback.iter().filter(|font| scripts.contains(&font.script));
    wanted.filter_map(|font| folders.face(font, Weight::Regular, &mut Diagnostics::new())).collect()
}

/// Finds the fonts of every script that the report holds, those that were read early among them; one that is not there
/// is missed when its letters are.
pub(super) fn find(
    (world, early): (&dyn World, Vec<FallbackFace>),
    project: &Project,
    document: &Document,
    style: &Stylesheet,
    diagnostics: &mut Diagnostics,
) -> FontSet {
    let folders = Folders { early, ..Folders::open(world, project, diagnostics) };
    let needed = needed(project, document, style);
    let wanted = style.fonts.fallback.iter();
    let wanted = wanted.flat_map(|font| needed.weights(font.script).map(move |weight| (font, weight)));
    FontSet::new(wanted.filter_map(|(font, weight)| folders.face(font, weight, diagnostics)).collect())
}

/// Where fonts are looked for: the project's own folders, then the system's.
struct Folders<'w> {
    world: &'w dyn World,
    own: Vec<ProjectPath>,
    /// Faces that were read before.
    early: Vec<FallbackFace>,
}

impl<'w> Folders<'w> {
    /// Lists the project's folders; says which are not there.
    fn open(world: &'w dyn World, project: &Project, diagnostics: &mut Diagnostics) -> Self {
        let mut own = Vec::new();
        for folder in &project.config.fonts.folders {
            let Ok(path) = ProjectPath::new(folder) else { continue };
            match world.list(&path) {
                Ok(files) if !files.is_empty() => own.extend(files),
                Err(error @ (ReadError::Other(_) | ReadError::Outside)) => {
                    diagnostics.push(unreadable(folder, &error));
                }
                Ok(_) | Err(ReadError::Missing | ReadError::TooLarge) => {
                    let message = format!("`{folder}` is no folder with fonts");
                    let fault = Diagnostic::at(Code::MissingFile, project.places.place("fonts.folders"), message);
                    diagnostics.push(fault.hint("it is looked for beside rapporteur.toml"));
                }
            }
        }
        Self { world, own, early: Vec::new() }
    }

    /// The first file that is there and holds the face; says which of the project's own cannot be read.
    fn face(&self, font: &FallbackFont, weight: Weight, diagnostics: &mut Diagnostics) -> Option<FallbackFace> {
        let is_it =
            |face: &&FallbackFace| (face.script, &face.family, face.weight) == (font.script, &font.family, weight);
        if let Some(early) = self.early.iter().find(is_it) {
            return Some(early.clone());
        }
        let names = match weight {
            Weight::Regular => &font.regular,
            Weight::Bold => &font.bold,
        };
        names.iter().find_map(|name| {
            let own = self.own.iter().find(|path| path.file_name() == name);
            let bytes = own.and_then(|path| {
                let read = self.world.read(path, LARGEST_FONT);
                read.map_err(|error| diagnostics.push(unreadable(path.as_str(), &error))).ok()
            });
            let bytes = bytes.or_else(|| self.world.system_font(name, LARGEST_FONT).ok())?;
            FallbackFace::read(font, weight, bytes)
        })
    }
}

/// A font, or a folder of them, that is there but of no use.
fn unreadable(path: &str, error: &ReadError) -> Diagnostic {
    let why = match error {
        ReadError::Missing => "is missing".to_owned(),
        ReadError::Outside => "is a link that leads out of the project".to_owned(),
        ReadError::TooLarge => "is larger than 64 MiB".to_owned(),
        ReadError::Other(why) => format!("cannot be read: {why}"),
    };
    Diagnostic::at(Code::Unreadable, Place::Path(path.to_owned()), format!("`{path}` {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Entry, MemoryWorld, load};
    use crate::style::{Script, bundled};

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
        (find((&world, Vec::new()), &project, worded.document(), &style, &mut diagnostics), diagnostics)
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

    /// Whether letters of Chinese in this draft want the bold face too; they want the regular one in any case.
    fn wants_bold(draft: &str) -> bool {
        let world = MemoryWorld::new([("rapporteur.toml", &b""[..]), ("drafts/1.md", draft.as_bytes())]);
        let mut diagnostics = Diagnostics::new();
        let project = diagnostics.take(load(&world, &Entry::Configuration));
        let files: Vec<_> = project.drafts.iter().map(|draft| draft.file).collect();
        let document = diagnostics.take(crate::markdown::parse(&project.sources, &files));
        let style = bundled("report").expect("bundled");
        let weights: Vec<_> = needed(&project, &document, style).weights(Script::Chinese).collect();
        assert_eq!(weights.first(), Some(&Weight::Regular), "{draft}");
        weights.contains(&Weight::Bold)
    }

    #[test]
    fn a_bold_face_is_read_only_where_it_may_be_shown() {
        let regular = [
            "# A\n\n中 in a paragraph, *中*, [中](https://example.org).\n",
            "# A\n\n- 中\n\n> 中\n\nA note[^1].\n\n[^1]: 中\n",
            "# A\n\n| a | b |\n|---|---|\n| 1 | 中 |\n",
            "# A\n\n::: {.note}\n中\n:::\n",
        ];
        let bold = [
            "# 中\n",
            "# A\n\n**中**\n",
            "# A\n\n**a *b [中](https://example.org)* c**\n",
            "# A\n\n| a | 中 |\n|---|---|\n| 1 | 2 |\n",
            "# A\n\n<table><tr><th>中<td>1</table>\n",
            "# A\n\nTable: 中\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
            "# A\n\n::: {.note title=中}\nb\n:::\n",
            "# A\n\n`中`\n",
            "# A\n\n```rust\n// 中\n```\n",
            "# A\n\n$\\text{中}$\n",
            "---\nkind: cover\ntitle: A\n---\n\n中\n",
        ];
        regular.iter().for_each(|draft| assert!(!wants_bold(draft), "{draft}"));
        bold.iter().for_each(|draft| assert!(wants_bold(draft), "{draft}"));
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
