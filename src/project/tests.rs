use super::*;
use crate::project::{Format, MemoryWorld};

/// Each diagnostic as `code path:line:column message`.
fn told(loaded: &Warned<Project>) -> Vec<String> {
    let show = |found: &Diagnostic| {
        let place = match &found.place {
            Place::Span(span) => {
                let file = &loaded.value.sources[span.file];
                let at = file.line_column(span.start);
                format!("{}:{}:{}", file.path(), at.line, at.column)
            }
            Place::Path(path) => path.clone(),
            Place::Nowhere => "-".to_owned(),
        };
        let hints: String = found.hints.iter().map(|hint| format!(" [{hint}]")).collect();
        format!("{} {place} {}{hints}", found.code.slug(), found.message)
    };
    loaded.diagnostics.iter().map(show).collect()
}

fn drafts(loaded: &Warned<Project>) -> Vec<&str> {
    loaded.value.drafts.iter().map(|draft| draft.path.as_str()).collect()
}

fn configured(config: &str, files: &[&str]) -> Warned<Project> {
    let files = files.iter().map(|path| (*path, "text".as_bytes()));
    let world = MemoryWorld::new(files.chain([(CONFIG_FILE, config.as_bytes())]));
    load(&world, &Entry::Configuration)
}

#[test]
fn every_fault_of_a_configuration_is_told_where_it_stands() {
    let config = r#"
[report]
titel = "A"
title = 3
status = "finl"
date = "2024-02-30"
isbn = "978-92-1-101378-9"
doi = "https://doi.org/10.1/2"
language = "en_GB"
authors = ["A", { nam = "B" }, { name = "C" }]
publisher = " "
subtitle = "a\u0000b"

[drafs]
order = []

[numbering]
headings = "united-nation"
contents_depth = 9
paragraphs = "yes"

[output]
formats = ["pdf", "odt"]
name = "../x"
"#;
    let loaded = configured(config, &["drafts/a.md"]);
    let told = told(&loaded);
    for expected in [
        "unknown-key rapporteur.toml:3:1 `report.titel` is no key of rapporteur.toml [did you mean `title`?]",
        "invalid-config rapporteur.toml:4:9 `report.title` is to be text in quotes [write `title = \"3\"`]",
        "invalid-config rapporteur.toml:5:10 `report.status` cannot be `finl` [did you mean `final`?]",
        "invalid-config rapporteur.toml:6:8 `report.date`: `2024-02-30` is not a date such as 2024-12-17",
        "invalid-config rapporteur.toml:7:8 `978-92-1-101378-9` is no ISBN: its check digit does not fit",
        "invalid-config rapporteur.toml:9:12 `en_GB` is no language tag",
        "invalid-config rapporteur.toml:10:11 `report.authors` is no author",
        "invalid-config rapporteur.toml:11:13 `report.publisher` is empty",
        "invalid-config rapporteur.toml:12:12 `report.subtitle` holds a control character",
        "unknown-key rapporteur.toml:14:2 `drafs` is no key of rapporteur.toml [did you mean `drafts`?]",
        "invalid-config rapporteur.toml:18:12 `numbering.headings` cannot be `united-nation` [did you mean `united-nations`?]",
        "invalid-config rapporteur.toml:19:18 the contents are at most 6 levels deep",
        "invalid-config rapporteur.toml:20:14 `numbering.paragraphs` is to be `true` or `false`, without quotes",
        "invalid-config rapporteur.toml:23:19 `output.formats` cannot be `odt` [there are: pdf, docx, html]",
        "invalid-config rapporteur.toml:24:8 `../x` cannot be a file's name",
    ] {
        assert!(told.iter().any(|told| told.starts_with(expected)), "{expected}\nin {told:#?}");
    }
    assert_eq!(told.len(), 16, "{told:#?}");
    assert_eq!(loaded.value.config.output.formats, [Format::Pdf], "what is sound is kept");
}

#[test]
fn what_a_first_configuration_gets_wrong_is_told_once_with_what_to_write() {
    let config = "[report]\ntitle = The title\nsubtitle = “Curly”\nauthors = \"One\"\n[output]\nformats = \"pdf\"\n";
    let loaded = configured(config, &["drafts/a.md"]);
    let needs = |key: &str, write: &str| {
        format!("the value of `{key}` is text and needs straight quotes [write `{key} = \"{write}\"`]")
    };
    let told = told(&loaded);
    for (place, expected) in [
        ("2:9", needs("title", "The title")),
        ("3:12", needs("subtitle", "Curly")),
        ("4:11", "`report.authors` is to be a list [write `authors = [\"One\"]`]".to_owned()),
        ("6:11", "`output.formats` is to be a list [write `formats = [\"pdf\"]`]".to_owned()),
    ] {
        let expected = format!("invalid-config rapporteur.toml:{place} {expected}");
        assert_eq!(told.iter().filter(|told| **told == expected).count(), 1, "{expected}\nin {told:#?}");
    }
    assert_eq!(told.len(), 4, "{told:#?}");
}

#[test]
fn syntax_errors_do_not_hide_the_rest() {
    let told = told(&configured("[report]\ntitle = \n[style]\nnam = \"y\"\n", &["drafts/a.md"]));
    assert!(told.iter().any(|told| told.starts_with("invalid-config rapporteur.toml:2:")), "{told:#?}");
    assert!(told.iter().any(|told| told.starts_with("unknown-key rapporteur.toml:4:1")), "{told:#?}");
    assert_eq!(told.len(), 2, "{told:#?}");
}

#[test]
fn what_stands_beneath_a_header_at_fault_is_not_told_as_unknown() {
    let told = told(&configured("[report]\ntitle = \"T\"\n[numbering\nheadings = \"un\"\n", &["drafts/a.md"]));
    assert!(matches!(told.as_slice(), [one] if one.starts_with("invalid-config rapporteur.toml:3:")), "{told:#?}");
}

#[test]
fn dates_are_read_as_text_and_as_toml_has_them() {
    for date in ["2024-12-17", "\"2024-12-17\""] {
        let loaded = configured(&format!("[report]\ndate = {date}\n"), &["drafts/a.md"]);
        let date = loaded.value.config.report.date.map(|date| date.to_string());
        assert_eq!((told(&loaded), date.as_deref()), (Vec::new(), Some("2024-12-17")));
    }
}

#[test]
fn paths_of_a_configuration_stay_in_the_project() {
    for (config, expected) in [
        ("[drafts]\nfolder = \"../x\"\n", "invalid-config rapporteur.toml:2:10 `../x` is not a folder of the project"),
        ("[output]\nfolder = \"/tmp\"\n", "invalid-config rapporteur.toml:2:10 `/tmp` is not a folder of the project"),
        ("[output]\nfolder = \".\"\n", "invalid-config rapporteur.toml:2:10 the output folder contains the drafts"),
        (
            "[output]\nfolder = \"drafts\"\n",
            "invalid-config rapporteur.toml:2:10 the output folder contains the drafts",
        ),
        ("[style]\nname = \"../x\"\n", "invalid-config rapporteur.toml:2:8 `../x` is no name of a style"),
        ("[drafts]\norder = [\"../x.md\"]\n", "invalid-config rapporteur.toml:2:10 `../x.md` is no file"),
    ] {
        let told = told(&configured(config, &["drafts/a.md"]));
        assert!(told.iter().any(|told| told.starts_with(expected)), "{expected}\nin {told:#?}");
    }
}

#[test]
fn the_order_takes_names_and_globs_and_takes_each_draft_once() {
    let files = ["drafts/a.md", "drafts/b.md", "drafts/c/1.md", "drafts/c/2.md", "drafts/c/d/3.md", "drafts/_x.md"];
    let loaded = configured("[drafts]\norder = [\"b.md\", \"c/*.md\", \"c/1.md\", \"*.md\"]\n", &files);
    assert_eq!(drafts(&loaded), ["drafts/b.md", "drafts/c/1.md", "drafts/c/2.md", "drafts/_x.md", "drafts/a.md"]);
    assert_eq!(told(&loaded), Vec::<String>::new());

    let loaded = configured("[drafts]\norder = [\"c/l.md\", \"z*.md\", \"b.md\"]\n", &files);
    assert_eq!(drafts(&loaded), ["drafts/b.md"]);
    assert_eq!(
        told(&loaded),
        [
            "missing-file rapporteur.toml:2:10 `c/l.md` matches no file in `drafts` [did you mean `c/1.md`?]",
            "missing-file rapporteur.toml:2:20 `z*.md` matches no file in `drafts`",
            "unlisted-draft rapporteur.toml:2:9 drafts/a.md is not in the order of drafts, so the report leaves it out \
         [add it to `order`, or let its name begin with `_` to leave it out for good]",
        ]
    );
}

#[test]
fn copies_of_a_sync_tool_are_left_out_and_told() {
    let loaded = configured(
        "",
        &[
            "drafts/a.md",
            "drafts/a (1).md",
            "drafts/a (Anna's conflicted copy 2024-05-01).md",
            "drafts/a.sync-conflict-20240501-120000-ABCDEFG.md",
            "drafts/a~.md",
            "drafts/Chapter (2).md",
            "drafts/#a.md",
            "drafts/a.md~",
            "drafts/a.md.tmp",
        ],
    );
    assert_eq!(drafts(&loaded), ["drafts/Chapter (2).md", "drafts/a.md"]);
    let told = told(&loaded);
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|told| told.starts_with("conflict-copy drafts/a") && told.contains("second copy of a.md")));
}

#[test]
fn projects_without_a_configuration() {
    let world = MemoryWorld::new([("b.md", "b"), ("a.md", "a"), ("x/c.md", "c"), ("drafts/d.md", "d"), ("n.txt", "")]);
    assert_eq!(drafts(&load(&world, &Entry::Drafts)), ["drafts/d.md"]);
    assert_eq!(drafts(&load(&world, &Entry::Folder)), ["a.md", "b.md"]);
    let one = Entry::File(ProjectPath::root().child("b.md"));
    assert_eq!(drafts(&load(&world, &one)), ["b.md"]);
    let empty = load(&MemoryWorld::default(), &Entry::Folder);
    assert_eq!(
        told(&empty),
        ["no-drafts  the folder holds no draft (`*.md`) [`rapporteur new DIR` makes a project to start from]"]
    );
}

#[test]
fn another_file_than_a_draft_is_converted_under_its_own_kind() {
    let path = |typed| ProjectPath::new(typed).expect("a plain path");
    let shown = |typed| convert(&path(typed), "WINDOWS-1252");
    assert_eq!(shown("data/a.csv"), "`iconv -f WINDOWS-1252 -t UTF-8 data/a.csv > new.csv`");
    assert_eq!(shown("it's 1.tsv"), "`iconv -f WINDOWS-1252 -t UTF-8 'it'\\''s 1.tsv' > new.tsv`");
    assert_eq!(shown("-x;y"), "`iconv -f WINDOWS-1252 -t UTF-8 './-x;y' > new.txt`");
}

#[test]
fn what_is_not_utf_8_is_told_with_its_place() {
    let world = MemoryWorld::new([("drafts/a.md", b"\xef\xbb\xbfone\ntw\xe9 \xff\xfe\xff three".as_slice())]);
    let loaded = load(&world, &Entry::Drafts);
    let message = "this is not valid UTF-8, and 3 more places: the file looks like Windows-1252 (Latin-1)";
    let convert = "`iconv -f WINDOWS-1252 -t UTF-8 drafts/a.md > new.md`";
    let hint = format!("[save it as UTF-8 in your editor, or convert it: {convert}]");
    assert_eq!(told(&loaded), [format!("invalid-utf8 drafts/a.md:2:3 {message} {hint}")]);
    let file = loaded.value.drafts[0].file;
    assert!(loaded.value.sources[file].text().starts_with("one\ntw\u{fffd} "));
}

#[test]
fn drafts_have_limits() {
    let at = vec![b'a'; 2 * 1024 * 1024];
    let over = vec![b'a'; 2 * 1024 * 1024 + 1];
    let world = MemoryWorld::new([("drafts/a.md", &at), ("drafts/b.md", &over)]);
    let loaded = load(&world, &Entry::Drafts);
    assert_eq!(drafts(&loaded), ["drafts/a.md"]);
    assert_eq!(
        told(&loaded),
        ["too-large drafts/b.md drafts/b.md is larger than 2 MiB [split it into several drafts]"]
    );

    let many: Vec<_> = (0..33).map(|n| (format!("drafts/{n:02}.md"), &at)).collect();
    let loaded = load(&MemoryWorld::new(many), &Entry::Drafts);
    assert_eq!(loaded.value.drafts.len(), 32);
    assert!(told(&loaded)[0].contains("larger than 64 MiB in all"));
}
