//! `rapporteur styles` and `styles show` of the real program: what there is, what each comes to, and what is wrong where.

mod support;

use support::{Ran, Sandbox, names};

const DRAFT: (&str, &str) = ("drafts/a.md", "# First\n\nSome text.\n");
const HOUSE: &str = "base = \"plain\"\ndescription = \"The house's own.\"\n\n[role.title]\nsize = 30\nline = 36\n";

fn run(files: &[(&str, &str)], arguments: &[&str]) -> Ran {
    Sandbox::new(files).run(arguments)
}

fn lines(ran: &Ran) -> Vec<Vec<&str>> {
    ran.stdout.lines().map(|line| line.split_whitespace().collect()).collect()
}

#[test]
fn the_styles_are_listed_and_the_chosen_one_is_marked() {
    let configuration = ("rapporteur.toml", "[style]\nname = \"house\"\n");
    let ran = run(&[DRAFT, configuration, ("styles/house/style.toml", HOUSE)], &["styles"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    let lines = lines(&ran);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0][..2], ["report", "program"]);
    assert_eq!(lines[1][..2], ["plain", "program"]);
    assert_eq!(lines[2], ["*", "house", "project", "The", "house's", "own.", "(builds", "on", "plain)"]);

    let without_project = run(&[], &["styles"]);
    assert_eq!((without_project.code, without_project.stdout.lines().count()), (0, 2), "{without_project:?}");
    assert!(without_project.stdout.starts_with("* report"), "{without_project:?}");
}

#[test]
fn the_styles_are_listed_for_programs() {
    let ran = run(&[DRAFT, ("styles/house/style.toml", HOUSE)], &["styles", "--message-format", "json"]);
    let styles: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("an object on a line")).collect();
    assert_eq!(styles[0]["name"], "report");
    assert_eq!(styles[0]["chosen"], true);
    assert_eq!(styles[0]["base"], serde_json::Value::Null);
    assert_eq!(styles[2]["owner"], "project");
    assert_eq!(styles[2]["base"], "plain");
}

/// Where a token's value was typed, and what it is.
fn token<'r>(ran: &'r Ran, key: &str) -> Option<(&'r str, &'r str)> {
    let line = ran.stdout.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(' '))?.trim();
    let (value, origin) = line.rsplit_once("  ")?;
    Some((value.trim(), origin.trim()))
}

#[test]
fn tokens_are_shown_with_the_place_where_each_was_typed() {
    let configuration = (
        "rapporteur.toml",
        "[style]\nname = \"house\"\nchapters_start_pages = false\n\n[style.color.light]\naccent = \"#7a0000\"\n\n\
         [style.role.heading-1]\nsize = 20\n",
    );
    let files = [DRAFT, configuration, ("styles/house/style.toml", HOUSE)];
    let ran = run(&files, &["styles", "show"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    for (key, expected) in [
        ("color.light.accent", ("\"#7a0000\"", "rapporteur.toml:6")),
        ("role.heading-1.size", ("20", "rapporteur.toml:9")),
        ("role.annex.size", ("20", "rapporteur.toml:9 (of heading-1)")),
        ("role.heading-1.page_break_before", ("false", "rapporteur.toml:3")),
        ("role.title.size", ("30", "styles/house/style.toml:5")),
    ] {
        assert_eq!(token(&ran, key), Some(expected), "{key}");
    }
    let origin = |key: &str| token(&ran, key).map(|(_, origin)| origin.split(':').nth(1).unwrap_or_default());
    assert_eq!(origin("role.subtitle.after"), Some("styles/plain/style.toml"));
    assert_eq!(origin("role.list.hang"), Some("styles/report/style.toml"));

    let named = run(&files, &["styles", "show", "report"]);
    assert_eq!(
        token(&named, "role.heading-1.size").map(|(value, _)| value),
        Some("18"),
        "the configuration changes its own choice"
    );
    let json = run(&files, &["styles", "show", "--message-format", "json"]);
    let first: serde_json::Value =
        serde_json::from_str(json.stdout.lines().next().expect("a line")).expect("an object");
    assert!(first["token"].is_string() && first["line"].is_u64() && first["column"].is_u64(), "{first}");
}

#[test]
fn a_name_that_is_no_styles_brings_up_the_nearest() {
    let files = [DRAFT, ("styles/house/style.toml", HOUSE)];
    let ran = run(&files, &["styles", "show", "hause"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
    for said in ["there is no style `hause`", "did you mean `house`?", "there are: report, plain, house"] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    let ran = run(&files, &["styles", "--project", "nowhere"]);
    assert_eq!((ran.code, ran.stderr.contains("nowhere")), (2, true), "{ran:?}");
}

/// `style.toml` of the style that the configuration names, what is said, and where.
#[test]
fn a_fault_of_a_style_is_told_at_its_line_and_column() {
    let beginning = "base = \"report\"\n[role.body]\n";
    let cases = [
        ("size = 11.3\n", ":3:8", "a size is a multiple of half a point"),
        ("after = 1600\n", ":3:9", "1600 pt is more than Word shows here: 1584 pt"),
        ("sise = 11\n", ":3:1", "did you mean `size`?"),
        ("color = \"inc\"\n", ":3:9", "did you mean `ink`?"),
        ("[role.bodi]\nsize = 11\n", ":3:7", "did you mean `body`?"),
        (
            "[font.arabic]\nfamily = \"An Arabic Family of Thirty-Two C\"\nregular = [\"a.ttf\"]\n",
            ":4:10",
            "has 32 characters",
        ),
        ("[color.light]\naccent = \"#9fb4c0\"\n", ":4:10", "`#606d75` would do"),
        ("[color.light]\naccent = \"#12345\"\n", ":4:10", "is not a colour"),
        ("size = \n", ":3:", "error[invalid-style]"),
    ];
    for (style, place, said) in cases {
        let style = format!("{beginning}{style}");
        let files = [DRAFT, ("rapporteur.toml", "[style]\nname = \"house\"\n"), ("styles/house/style.toml", &style)];
        for arguments in [&["styles", "show"][..], &["build", "--format", "html"]] {
            let ran = run(&files, arguments);
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{style}\n{ran:?}");
            assert!(ran.stderr.contains(&format!("--> styles/house/style.toml{place}")), "{style}\n{}", ran.stderr);
            assert!(ran.stderr.contains(said), "{style}\n{}", ran.stderr);
        }
    }
}

#[test]
fn what_a_style_builds_on_has_to_be_there_and_no_circle() {
    let configuration = ("rapporteur.toml", "[style]\nname = \"a\"\n");
    for (a, b, said) in [
        ("base = \"b\"\n", "base = \"a\"\n", "the style `a` builds on itself: a → b → a"),
        ("base = \"plian\"\n", "", "did you mean `plain`?"),
        ("base = \"a\"\n", "", "there is no style `a`"),
        ("base = 3\n", "", "expected a text in quotation marks"),
        ("", "", "there is no table `page`"),
    ] {
        let ran = run(&[DRAFT, configuration, ("styles/a/style.toml", a), ("styles/b/style.toml", b)], &["build"]);
        assert_eq!(ran.code, 2, "{a} {ran:?}");
        assert!(ran.stderr.contains(said) && ran.stderr.contains("style.toml:1:"), "{a} {}", ran.stderr);
    }
}

#[test]
fn a_report_in_a_style_of_its_own_is_built_and_one_at_fault_is_not() {
    let configuration = ("rapporteur.toml", "[style]\nname = \"house\"\n");
    let sandbox = Sandbox::new(&[DRAFT, configuration, ("styles/house/style.toml", HOUSE)]);
    let ran = sandbox.run(&["build", "--format", "html"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    assert_eq!(sandbox.manifest()["outputs"].as_array().map(Vec::len), Some(1));
    let good = sandbox.output();
    sandbox.write("styles/house/style.toml", HOUSE.replace("30", "30.3"));
    assert_eq!(sandbox.run(&["build", "--format", "html"]).code, 2);
    assert!(sandbox.output() == good, "what was published stays");
    assert!(names(&sandbox.path("styles/house")) == ["style.toml"], "nothing is written beside a style");
}
