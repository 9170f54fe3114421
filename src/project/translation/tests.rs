use super::*;
use crate::diag::{Diagnostic, Place, Warned};
use crate::project::{CONFIG_FILE, MemoryWorld, load};

fn loaded(config: &str, files: &[&str], language: &str) -> Warned<Project> {
    let files = files.iter().map(|path| (*path, "text".as_bytes()));
    let world = MemoryWorld::new(files.chain([(CONFIG_FILE, config.as_bytes())]));
    let entry = if language.is_empty() { Entry::Configuration } else { Entry::Translation(language.to_owned()) };
    load(&world, &entry)
}

fn drafts(config: &str, files: &[&str], language: &str) -> Vec<String> {
    let loaded = loaded(config, files, language);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.value.drafts.iter().map(|draft| draft.path.as_str().to_owned()).collect()
}

#[test]
fn drafts_belong_to_the_folder_that_is_nearest() {
    let files =
        ["drafts/1.md", "drafts/2.md", "drafts/fr/1.md", "drafts/fr/2.md", "drafts/x/3.md", "ru/1.md", "ru/2.md"];
    let config = "[translations.fr]\n[translations.ru]\nfolder = \"ru\"\n";
    assert_eq!(drafts(config, &files, ""), ["drafts/1.md", "drafts/2.md"]);
    assert_eq!(drafts(config, &files, "fr"), ["drafts/fr/1.md", "drafts/fr/2.md"]);
    assert_eq!(drafts(config, &files, "ru"), ["ru/1.md", "ru/2.md"]);
    let globs = format!("[drafts]\norder = [\"**/*.md\"]\n{config}");
    assert_eq!(drafts(&globs, &files, ""), ["drafts/1.md", "drafts/2.md", "drafts/x/3.md"]);
    let above = "[drafts]\nfolder = \"all/en\"\n[translations.fr]\nfolder = \"all\"\norder = [\"**/*.md\"]\n";
    assert_eq!(drafts(above, &["all/en/1.md", "all/2.md"], "fr"), ["all/2.md"]);
}

#[test]
fn chapters_that_are_not_translated_are_told_without_an_order_too() {
    let files = ["drafts/1.md", "drafts/2.md", "drafts/_x.md", "drafts/fr/1.md"];
    let Warned { value, diagnostics } = loaded("[translations.fr]\n", &files, "fr");
    let said: Vec<_> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(said, ["the translation `fr` leaves out drafts that the report has: 2.md"]);
    assert_eq!(value.drafts.len(), 1);
    // As many by other names are all of them.
    assert_eq!(drafts("[translations.fr]\n", &["drafts/one.md", "drafts/fr/un.md"], "fr"), ["drafts/fr/un.md"]);
}

#[test]
fn the_order_is_that_of_the_report_unless_there_is_another() {
    let files = ["drafts/a.md", "drafts/b.md", "drafts/fr/a.md", "drafts/fr/b.md"];
    let order = "[drafts]\norder = [\"b.md\", \"a.md\"]\n[translations.fr]\n";
    assert_eq!(drafts(order, &files, "fr"), ["drafts/fr/b.md", "drafts/fr/a.md"]);
    assert_eq!(drafts(&format!("{order}order = []\n"), &files, "fr"), ["drafts/fr/a.md", "drafts/fr/b.md"]);
}

#[test]
fn what_a_translation_does_not_say_is_the_report_s() {
    let config = "[report]\ntitle = \"Water\"\nsubtitle = \"S\"\nisbn = \"0-306-40615-2\"\nlanguage = \"en-GB\"\n\
                  authors = [\"A\"]\n[citations]\ntitle = \"Works\"\n\
                  [translations.fr]\ntitle = \" L’eau \"\nauthors = [\"B\"]\nbibliography_title = \"Ouvrages\"\n";
    let Warned { value, diagnostics } = loaded(config, &["drafts/1.md", "drafts/fr/1.md"], "fr");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let report = &value.config.report;
    assert_eq!((report.title.as_deref(), report.subtitle.as_deref()), (Some("L’eau"), Some("S")));
    assert_eq!((report.isbn.as_deref(), report.authors[0].name()), (Some("0-306-40615-2"), "B"));
    assert_eq!((report.language.as_deref(), value.config.citations.title.as_deref()), (Some("fr"), Some("Ouvrages")));
    let editions = [Edition::Original("en-GB".to_owned()), Edition::Translation("fr".to_owned())];
    assert_eq!((value.editions().as_slice(), value.edition()), (&editions[..], editions[1].clone()));
}

/// What is configured, the language built, and what is said: `line: message`.
#[test]
fn faults_of_translations_are_told_where_they_stand() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("", "fr", &["1: there is no translation `fr`"]),
        ("[translations.fr]\n", "fr", &["1: `drafts/fr` holds no draft (`*.md`)"]),
        (
            "[translations.fr]\norder = [\"b.md\"]\nfolder = \"drafts/x\"\n",
            "fr",
            &["2: `b.md` matches no file in `drafts/x`"],
        ),
        ("[translations.french]\n", "", &["1: `french` is no language tag"]),
        ("[translations.EN]\n", "", &["1: `EN` is the language of the report itself"]),
        (
            "[translations.fr]\n[translations.FR]\nfolder = \"x\"\n",
            "",
            &["2: `[translations.fr]` is a translation into `FR` already"],
        ),
        ("[translations.fr]\nfolder = \"drafts\"\n", "", &["2: `drafts` holds the drafts of `[drafts]` already"]),
        ("[translations.fr]\nfolder = \"../x\"\n", "", &["2: `../x` is not a folder of the project"]),
        (
            "[translations.fr]\nfolder = \"output/fr\"\n",
            "",
            &["2: the output folder contains the drafts of `[translations.fr]`"],
        ),
        (
            "[translations.fr]\ntitle = \"\"\nisbn = \"1\"\n",
            "",
            &["2: `translations.fr.title` is empty", "3: `1` is no ISBN: it has neither 10 nor 13 digits"],
        ),
        ("[translations.fr]\ntitel = \"\"\n", "", &["2: `translations.fr.titel` is no key of rapporteur.toml"]),
    ];
    for (config, language, expected) in cases {
        let loaded = loaded(config, &["drafts/1.md", "drafts/x/a.md"], language);
        let show = |found: &Diagnostic| match &found.place {
            Place::Span(span) => {
                format!("{}: {}", loaded.value.sources[span.file].line_column(span.start).line, found.message)
            }
            Place::Path(_) | Place::Nowhere => found.message.clone(),
        };
        let told: Vec<String> = loaded.diagnostics.iter().map(show).collect();
        assert!(expected.iter().all(|expected| told.iter().any(|told| told == expected)), "{config}\n{told:#?}");
    }
}

#[test]
fn pictures_may_be_those_of_the_report() {
    let files = ["drafts/1.md", "drafts/map.png", "drafts/own.png", "img/a.png", "drafts/fr/1.md", "drafts/fr/own.png"];
    let world =
        MemoryWorld::new(files.map(|path| (path, "x")).into_iter().chain([(CONFIG_FILE, "[translations.fr]\n")]));
    let project = load(&world, &Entry::Translation("fr".to_owned())).value;
    let folder = ProjectPath::new("drafts/fr").expect("a path");
    for (typed, expected) in [
        ("own.png", "drafts/fr/own.png"),
        ("map.png", "drafts/map.png"),
        ("../img/a.png", "img/a.png"),
        ("../map.png", "drafts/map.png"),
        ("none.png", "drafts/fr/none.png"),
    ] {
        let found = project.named_file(&world, &folder, typed).map(|path| path.as_str().to_owned());
        assert_eq!(found.as_deref(), Ok(expected), "{typed}");
    }
    assert_eq!(project.named_file(&world, &folder, "../../../x"), Err(PathError::Outside));
    let original = load(&world, &Entry::Configuration).value;
    let folder = ProjectPath::new("drafts").expect("a path");
    assert_eq!(
        original.named_file(&world, &folder, "none.png").map(|path| path.as_str().to_owned()).as_deref(),
        Ok("drafts/none.png")
    );
}
