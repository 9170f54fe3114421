//! Citations and bibliographies: the same words in all three formats, in styles of every class and in languages that
//! read either way; and what a bibliography from anywhere may not do.

use rapporteur::diag::{Code, Diagnostics};
use rapporteur::document::Role;
use rapporteur::inspect::{Inspection, Precision, inspect};
use rapporteur::pipeline::{self, Built, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};

const DRAFT: &str = "# One\n\nStates decide [@shaw2021]. A page [@shaw2021, p. 77], and more [see @garcia2019, pp. 103-105, \
                     as well; @who2020].\n\nAs @garcia2019 says, it is open [-@who2020]. Again [@who2020]. In a note.[^1]\n\n\
                     [^1]: See [@shaw2021, p. 3].\n";
const BIBTEX: &str = include_str!("conformance/constructs/references.bib");
const JSON: &str = include_str!("conformance/constructs/items.json");
/// A style of notes that knows "ibid.".
const IBID: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Own</title><id>own</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout suffix="." delimiter="; "><choose>
    <if position="ibid-with-locator"><group delimiter=", "><text term="ibid"/><text variable="locator"/></group></if>
    <else-if position="ibid"><text term="ibid"/></else-if>
    <else><group delimiter=", "><names variable="author"/><text variable="title" font-style="italic"/><text variable="locator"/></group></else>
  </choose></layout></citation>
  <bibliography><layout suffix="."><names variable="author"/><text variable="title" prefix=", "/></layout></bibliography>
</style>"#;

fn build(settings: &str, draft: &str, files: &[(&str, &str)], formats: &[Format]) -> Built {
    let mut all = vec![("rapporteur.toml", settings), ("drafts/01.md", draft)];
    all.extend(files);
    let world = MemoryWorld::new(all.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())));
    let request = Request {
        date: Date { year: 2024, month: 12, day: 17 },
        formats: Some(formats.to_vec()),
        name: "report".to_owned(),
    };
    let loaded = project::load(&world, &Entry::Configuration);
    pipeline::build(&world, loaded, &request, &|_| {})
}

fn settings(language: &str, style: &str) -> String {
    format!(
        "[report]\ntitle = \"T\"\nlanguage = \"{language}\"\n[citations]\nbibliography = [\"a.bib\", \"b.json\"]\nstyle = \"{style}\"\n"
    )
}

fn files(built: &Built) -> Vec<Inspection> {
    let report = built.report.as_ref().unwrap_or_else(|| panic!("{:?}", built.diagnostics));
    report.files.iter().map(|file| inspect(&file.bytes).expect("it can be read back")).collect()
}

/// The text of the page, a line for each paragraph.
fn html(settings: &str, draft: &str, more: &[(&str, &str)]) -> (Vec<String>, Diagnostics) {
    let built = build(settings, draft, more, &[Format::Html]);
    let fragments = files(&built).remove(0).fragments;
    (fragments.into_iter().map(|fragment| fragment.text).collect(), built.diagnostics)
}

#[test]
fn every_style_says_the_same_in_all_three_formats() {
    for language in ["en", "fr", "ar"] {
        for style in [
            "apa",
            "ieee",
            "chicago-notes",
            "chicago-author-date",
            "modern-humanities-research-association-notes",
            "own.csl",
        ] {
            let sources = [("a.bib", BIBTEX), ("b.json", JSON), ("own.csl", IBID)];
            let built = build(&settings(language, style), DRAFT, &sources, Format::ALL);
            let [pdf, docx, html] = files(&built).try_into().expect("three formats");
            assert_eq!(html.comparable(Precision::Full), docx.comparable(Precision::Full), "{style} in {language}");
            // What a PDF shows of Arabic depends on the fonts at hand.
            if language != "ar" {
                let common = html.comparable(Precision::Common);
                assert_eq!(common, pdf.comparable(Precision::Common), "{style} in {language}");
            }
            let entries = html.fragments.iter().filter(|fragment| fragment.role == Role::Bibliography).count();
            assert_eq!(entries, 3, "{style} in {language}");
            let other = built.diagnostics.iter().find(|found| found.code != Code::MissingGlyph);
            assert_eq!(other, None, "{style} in {language}");
        }
    }
}

#[test]
fn citations_are_worded_as_their_style_has_them() {
    let sources = [("a.bib", BIBTEX), ("b.json", JSON), ("own.csl", IBID)];
    for (style, line) in [
        (
            "apa",
            "States decide (Shaw, 2021). A page (Shaw, 2021, p. 77), and more (see García Márquez & Müller, 2019, pp. 103–105, as well; World Health Organization, 2020).",
        ),
        (
            "apa",
            "As García Márquez & Müller (2019) says, it is open (2020). Again (World Health Organization, 2020). In a note.",
        ),
        ("ieee", "States decide [1]. A page [1, p. 77], and more see [2, pp. 103–105], as well, [3]."),
        ("ieee", "As A. García Márquez and J. Müller [2] says, it is open [3]. Again [3]. In a note."),
        ("chicago-notes", "States decide. A page, and more."),
        ("own.csl", "Malcolm N. Shaw, International Law."),
        ("own.csl", "Ibid., 77."),
        ("own.csl", "See Malcolm N. Shaw, International Law, 3."),
    ] {
        let (lines, _) = html(&settings("en", style), DRAFT, &sources);
        assert!(lines.iter().any(|found| found == line), "{style}: {lines:#?}");
    }
}

#[test]
fn unknown_keys_are_printed_and_said_where_they_stand() {
    let draft =
        "# One\n\nKnown [@shaw2021] and not [see @shwa2021, p. 3], half [@shaw2021; @x], @handle, @doi:10.1/x.\n";
    let (lines, said) = html(&settings("en", "apa"), draft, &[("a.bib", BIBTEX), ("b.json", JSON)]);
    assert!(
        lines.contains(
            &"Known (Shaw, 2021) and not (see @shwa2021?, p. 3), half (Shaw, 2021) (@x?), @handle, (@doi:10.1/x?)."
                .to_owned()
        ),
        "{lines:#?}"
    );
    let hints: Vec<_> =
        said.iter().filter(|found| found.code == Code::UnknownCitation).map(|found| found.hints[0].as_str()).collect();
    let add = "add it to a bibliography that rapporteur.toml names";
    assert_eq!(hints, ["did you mean `@shaw2021`?", add, add]);
    let last = settings("en", "apa").replace("[citations]", "status = \"final\"\n[citations]");
    let built = build(&last, draft, &[("a.bib", BIBTEX), ("b.json", JSON)], &[Format::Html]);
    assert!(built.report.is_none(), "a final names only works that are known");
}

/// What is not known because a bibliography is not there is told once, with the file that may be meant.
#[test]
fn a_missing_bibliography_is_one_fault() {
    let draft = "# One\n\nKnown [@shaw2021] and not [@a; @b], [@c].\n";
    for (there, hint) in [("refs/a.bib", "did you mean `refs/a.bib`?"), ("works.bib", "did you mean `works.bib`?")] {
        let built = build(&settings("en", "apa"), draft, &[(there, BIBTEX), ("b.json", JSON)], &[Format::Html]);
        let said: Vec<_> = built.diagnostics.iter().collect();
        assert_eq!(said.len(), 1, "{said:#?}");
        assert_eq!((said[0].code, said[0].hints.as_slice()), (Code::MissingFile, &[hint.to_owned()][..]));
    }
}

#[test]
fn a_broken_entry_is_said_and_the_rest_is_cited() {
    let bibtex = format!(
        "@book{{broken,\n  title = {{No end,\n  year = 2020\n\n{BIBTEX}\n@book{{shaw2021, title = {{Twice}}}}\n"
    );
    let draft = "# One\n\nKnown [@shaw2021].\n";
    let (lines, said) = html(&settings("en", "apa"), draft, &[("a.bib", &bibtex), ("b.json", "[{\"id\": \"x\",}]")]);
    assert!(lines.contains(&"Known (Shaw, 2021).".to_owned()), "{lines:#?} {said:#?}");
    let faults = said.iter().filter(|found| found.code == Code::InvalidBibliography).count();
    assert!(faults >= 3, "{said:#?}");
}

#[test]
fn manubots_items_are_cited_by_the_address_that_they_stand_for() {
    let json = r#"[{"standard_citation": "url:https://example.org/a/", "type": "webpage", "title": "A", "author": [{"literal": "Body"}]}]"#;
    let draft = "# One\n\nSaid [@url:https://example.org/a/].\n";
    let (lines, said) = html(&settings("en", "apa"), draft, &[("a.bib", ""), ("b.json", json)]);
    assert!(lines.contains(&"Said (Body, n.d.).".to_owned()), "{lines:#?}");
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn hostile_bibliographies_come_out_as_text() {
    let circle = "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}\n@book{shaw2021, title={<script>alert(1)</script> \\input{/etc/passwd} <i>x}, author={Shaw, M.}, year=2021}";
    let chain: String = (0..3000).map(|n| format!("@book{{k{n}, title={{T}}, crossref={{k{}}}}}\n", n + 1)).collect();
    let deep = format!("@book{{deep, title={{{}x{}}}}}\n", "{".repeat(50_000), "}".repeat(50_000));
    let long = format!(
        "@book{{long, author={{{}}}, title={{{}}}}}\n",
        "Doe, J. and ".repeat(2000) + "Doe, J.",
        "x ".repeat(50_000)
    );
    let bibtex = [circle, &chain, &deep, &long].concat();
    let draft = "# One\n\n[@shaw2021] [@a] [@k1] [@long]\n";
    let (lines, _) = html(&settings("en", "apa"), draft, &[("a.bib", &bibtex), ("b.json", "[]")]);
    assert!(lines.iter().any(|line| line.contains("<script>alert(1)</script>")), "{lines:#?}");
    for json in [
        "[{\"id\":\"x\",\"issued\":{\"date-parts\":[[]]}}]",
        "[{\"id\":70000,\"volume\":99999999999}]",
        "{}",
        "[[[",
        "[{\"id\":\"x\",\"issued\":{\"date-parts\":[[2020,0,99],[2021]]},\"author\":[{}, \"A\", {\"given\":\"\"}]}]",
        &"[".repeat(100_000),
    ] {
        html(&settings("en", "apa"), "# One\n\n[@x] [@70000]\n", &[("a.bib", ""), ("b.json", json)]);
    }
}

#[test]
fn hostile_styles_are_refused() {
    let wrap = |inner: &str| {
        IBID.replace("<citation>", &format!("{inner}<citation>")).replacen(
            "<text term=\"ibid\"/>",
            "<text macro=\"m0\"/>",
            1,
        )
    };
    let looped = wrap("<macro name=\"m0\"><text macro=\"m0\"/></macro>");
    let doubling: String = (0..40)
        .map(|n| format!("<macro name=\"m{n}\">{0}{0}</macro>", format_args!("<text macro=\"m{}\"/>", n + 1)))
        .collect();
    let few: String = (0..17)
        .map(|n| format!("<macro name=\"m{n}\">{0}{0}</macro>", format_args!("<text macro=\"m{}\"/>", n + 1)))
        .collect();
    let nested = wrap(&format!("<macro name=\"m0\">{}{}</macro>", "<group>".repeat(20_000), "</group>".repeat(20_000)));
    let entity = format!("<!DOCTYPE s [<!ENTITY a \"aaaa\">]>{IBID}");
    for style in [looped, wrap(&doubling), wrap(&few), nested, entity, "no XML".to_owned(), String::new()] {
        let built = build(
            &settings("en", "own.csl"),
            DRAFT,
            &[("a.bib", BIBTEX), ("b.json", JSON), ("own.csl", &style)],
            &[Format::Html],
        );
        let said = built.diagnostics.iter().any(|found| found.code == Code::InvalidCitationStyle);
        assert!(said && built.report.is_none(), "{:?}", built.diagnostics);
    }
    let built = build(&settings("en", "appa"), DRAFT, &[("a.bib", BIBTEX), ("b.json", JSON)], &[Format::Html]);
    let fault = built.diagnostics.iter().find(|found| found.code == Code::InvalidCitationStyle).expect("it is said");
    assert_eq!(fault.hints[0], "did you mean `apa`?");
}

#[test]
fn what_stands_around_a_label_or_an_unknown_key_is_kept() {
    let draft = "# One\n\nSee [compare @tbl-a and **bold**[^1]].\n\nTwo [see @shaw2021, p. 3; but contrast **firmly** @x, \
                 chap. 4, passim].\n\nNone [see *well* @x, p. 3 and[^2]; -@y].\n\nBoth [@x; @shaw2021, after[^3]].\n\n\
                 | A | B |\n|---|---|\n| 1 | 2 |\n\nTable: Areas {#tbl-a}\n\n[^1]: First note.\n\n[^2]: Second note.\n\n\
                 [^3]: Third note [@shaw2021].\n";
    let built = build(&settings("en", "apa"), draft, &[("a.bib", BIBTEX), ("b.json", JSON)], Format::ALL);
    for inspection in files(&built) {
        let text: Vec<_> = inspection.fragments.iter().map(|fragment| fragment.text.as_str()).collect();
        let text = text.join("\n");
        for wanted in [
            "[compare Table 1 and bold",
            "(see Shaw, 2021, p. 3) (but contrast firmly @x?, chap. 4, passim).",
            "None (see well @x?, p. 3 and",
            "; @y?)",
            "First note.",
            "Second note.",
            "Third note (Shaw, 2021).",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(!text.contains("**") && !text.contains("[^"), "{text}");
    }
}

#[test]
fn many_faulty_entries_take_no_other_with_them() {
    let unread: String = (0..150).map(|n| format!("@book{{p{n}, title 2020}}\n")).collect();
    let unnamed: String = (0..150).map(|n| format!("@book{{t{n}, title = {{T}}, year = unknownword}}\n")).collect();
    for faulty in [unread, unnamed] {
        let draft = "# One\n\nKnown [@shaw2021].\n";
        let (lines, said) =
            html(&settings("en", "apa"), draft, &[("a.bib", &format!("{faulty}{BIBTEX}")), ("b.json", JSON)]);
        assert!(lines.contains(&"Known (Shaw, 2021).".to_owned()), "{lines:#?} {said:#?}");
        assert!(said.iter().any(|found| found.code == Code::InvalidBibliography));
    }
}

#[test]
fn a_key_that_is_to_be_listed_uncited_and_is_none_is_said() {
    let asks = format!("{}nocite = [\"@who2020\", \"@shwa2021\"]\n", settings("en", "apa"));
    let (lines, said) = html(&asks, "# One\n\nText.\n", &[("a.bib", BIBTEX), ("b.json", JSON)]);
    assert!(lines.iter().any(|line| line.starts_with("World Health Organization")), "{lines:#?}");
    let said: Vec<_> = said.iter().map(|found| (found.code, found.hints[0].as_str())).collect();
    assert_eq!(said, [(Code::UnknownCitation, "did you mean `@shaw2021`?")]);
}

#[test]
fn accents_over_an_i_without_a_dot_are_letters() {
    let bib = r#"@book{a, author = {Garc{\'\i}a, Jos{\'e} and Na{\"\i}f, Q. and Garc\'\i a, T. and {\"\i }b, U.}, title = {T}, year = {2020}}"#;
    let (lines, found) = html(&settings("en", "apa"), "# One\n\nAs [@a].\n", &[("a.bib", bib), ("b.json", "[]")]);
    let entry = lines.last().expect("a bibliography");
    assert!(
        entry.contains("García, J.") && ["Naïf, Q.", "García, T.", "ïb, U."].iter().all(|name| entry.contains(name)),
        "{entry} {found:?}"
    );
}
