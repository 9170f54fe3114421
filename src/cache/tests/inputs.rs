//! Whatever a report depends on is another key.

use super::*;

/// What a report is made of.
#[derive(Clone)]
struct Inputs {
    files: BTreeMap<String, Vec<u8>>,
    start: Start,
    request: Request,
    tool: &'static str,
    secret: Option<&'static str>,
}

const CONFIG: &str = "[report]
title = \"T\"
status = \"draft\"
[style]
name = \"house\"
[fonts]
folders = [\"fonts\"]
[citations]
bibliography = [\"works.bib\"]
style = \"apa\"
[output]
folder = \"output\"
formats = [\"html\"]
[limits]
notes = 5000
[translations.fr]
";
const DRAFTED: &str = "# A\n\nSaid [@one].\n\n![a map](map.svg)\n\n::: {.table src=data.csv}\n:::\n\n\u{645}\u{631}\u{62d}\u{628}\u{627}\n";
const FONT: &str = "fonts/NotoNaskhArabic-Regular.ttf";

impl Inputs {
    fn new() -> Self {
        let files = [
            ("rapporteur.toml", CONFIG),
            ("styles/house/style.toml", "base = \"report\"\n[color.light]\naccent = \"#7a0000\"\n"),
            ("works.bib", "@book{one, title = {One}, author = {A. Author}, year = {2001}}\n"),
            ("drafts/a.md", DRAFTED),
            ("drafts/map.svg", PICTURE),
            ("drafts/data.csv", "Year,Flow\n2024,3\n"),
            ("drafts/fr/a.md", "# À\n\nTexte.\n"),
            ("fonts/notes.txt", "where they are from\n"),
            ("others/notes.txt", "where they are from\n"),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into_iter().collect();
        let request = Request { formats: None, ..request() };
        Self { files, start: Start::Configuration, request, tool: "tool", secret: None }
    }

    /// With another text in place of one that is there.
    fn edit(&mut self, name: &str, old: &str, new: &str) {
        let text = String::from_utf8(self.files[name].clone()).expect("it is text");
        assert_eq!(text.matches(old).count(), 1, "{old}");
        self.files.insert(name.to_owned(), text.replace(old, new).into_bytes());
    }

    fn configure(&mut self, old: &str, new: &str) {
        self.edit("rapporteur.toml", old, new);
    }

    fn world(&self) -> MemoryWorld {
        MemoryWorld::new(&self.files)
    }

    fn build(&self, objects: &Objects) -> (Built, Source) {
        let store = Memory { objects: Arc::clone(objects), ..Memory::default() };
        let secret = self.secret.map(|secret| Secret::new(secret.as_bytes().to_vec()));
        let cache = Cache::new(std::boxed::Box::new(store), self.tool.to_owned(), secret);
        let world = self.world();
        cache.build(&world, load(&world, &self.start), &self.request, &|_| {}, &Kept::default())
    }

    fn plain(&self) -> Built {
        let world = self.world();
        pipeline::build(&world, load(&world, &self.start), &self.request, &|_| {})
    }
}

type Change = fn(&mut Inputs);

const CHANGES: &[(&str, Change)] = &[
    ("a draft", |of| of.edit("drafts/a.md", "Said", "Told")),
    ("another draft", |of| drop(of.files.insert("drafts/b.md".to_owned(), b"# B\n".to_vec()))),
    ("a picture", |of| of.edit("drafts/map.svg", "9\"/>", "8\"/>")),
    ("a picture that is gone", |of| drop(of.files.remove("drafts/map.svg"))),
    ("a table's file", |of| of.edit("drafts/data.csv", "2024,3", "2024,4")),
    ("a bibliography", |of| of.edit("works.bib", "2001", "2002")),
    ("a style's file", |of| of.edit("styles/house/style.toml", "#7a0000", "#00007a")),
    ("a font", |of| drop(of.files.insert(FONT.to_owned(), crate::style::faces()[0].data.to_vec()))),
    ("another font of that name", |of| drop(of.files.insert(FONT.to_owned(), b"no font".to_vec()))),
    ("a translation", |of| of.start = Start::Translation("fr".to_owned())),
    ("the date", |of| of.request.date.year = 2027),
    ("the formats that are asked for", |of| of.request.formats = Some(vec![Format::Html, Format::Docx])),
    ("the name", |of| of.request.name = "other".to_owned()),
    ("the program", |of| of.tool = "other tool"),
    ("who keeps it", |of| of.secret = Some("s")),
    ("the title", |of| of.configure("title = \"T\"", "title = \"U\"")),
    ("the status", |of| of.configure("status = \"draft\"", "status = \"final\"")),
    ("the style's name", |of| of.configure("\"house\"", "\"plain\"")),
    ("a token", |of| of.configure("[fonts]", "[style.color.light]\naccent = \"#005a00\"\n[fonts]")),
    ("the folder of fonts", |of| of.configure("\"fonts\"", "\"others\"")),
    ("the style of citations", |of| of.configure("\"apa\"", "\"ieee\"")),
    ("the folder of the output", |of| of.configure("\"output\"", "\"published\"")),
    ("the name of the output", |of| of.configure("formats =", "name = \"other\"\nformats =")),
    ("the configured formats", |of| of.configure("[\"html\"]", "[\"docx\"]")),
    ("what a PDF carries", |of| of.configure("formats =", "attach_sources = true\nformats =")),
    ("a limit", |of| of.configure("5000", "4000")),
    ("a translation that there is", |of| of.configure("[translations.fr]", "")),
];

/// Each gives what a build without a cache gives, first built and then taken, and what was kept before stays.
#[test]
fn whatever_a_report_depends_on_is_another_key() {
    let objects = Objects::default();
    let base = Inputs::new();
    assert_eq!(base.build(&objects).1, Source::Build);
    for (what, change) in CHANGES {
        let mut other = base.clone();
        change(&mut other);
        let plain = other.plain();
        let (built, came) = other.build(&objects);
        assert_eq!(came, Source::Build, "{what}");
        assert_eq!(shown(&built), shown(&plain), "{what}");
        let (taken, came) = other.build(&objects);
        assert_eq!((came, shown(&taken)), (Source::Store, shown(&plain)), "{what}");
    }
    assert_eq!(base.build(&objects).1, Source::Store, "all of them are there side by side");
}

/// With a font, and without it, other files are asked for: two branches that take turns find each its own.
#[test]
fn what_asks_for_other_files_is_kept_beside() {
    let objects = Objects::default();
    let without = Inputs::new();
    let mut with = without.clone();
    with.files.insert(FONT.to_owned(), crate::style::faces()[0].data.to_vec());
    let turns = [&without, &with, &without, &with].map(|inputs| inputs.build(&objects).1);
    assert_eq!(turns, [Source::Build, Source::Build, Source::Store, Source::Store]);
    let lists = objects.lock().expect("no test panics here").keys().filter(|name| name.ends_with(".inputs")).count();
    assert_eq!(lists, 1, "under one key");
}
