//! What a style's author gets to read when `style.toml` is wrong.

use rapporteur::diag::{Code, Place};
use rapporteur::source::Sources;
use rapporteur::style::Stylesheet;

const REPORT: &str = include_str!("../styles/report/style.toml");

/// Faults of the style `report` with one text replaced: what they point at, what they say, their hints.
fn faults(from: &str, to: &str) -> Vec<(String, String, String)> {
    assert!(REPORT.contains(from), "the style has `{from}`");
    let mut sources = Sources::default();
    let file = sources.add("styles/report/style.toml", REPORT.replacen(from, to, 1));
    let Err(diagnostics) = Stylesheet::load("report", file, &sources[file]) else { return Vec::new() };
    let read = |d: rapporteur::diag::Diagnostic| {
        assert_eq!(d.code, Code::InvalidStyle);
        let place = match d.place {
            Place::Span(span) => sources.text(span).to_owned(),
            Place::Path(_) | Place::Nowhere => panic!("a fault of a style points into its file"),
        };
        (place, d.message, d.hints.join("; "))
    };
    diagnostics.into_iter().map(read).collect()
}

#[test]
fn each_fault_points_at_its_place() {
    let cases = [
        ("[role.lead]", "[role.led]", "led", "there is no role `led`", "did you mean `lead`?"),
        ("keep_next = true", "kep_next = true", "kep_next", "there is no key `kep_next`", "did you mean `keep_next`?"),
        ("color = \"ink\"", "color = \"inc\"", "\"inc\"", "there is no colour `inc`", "did you mean `ink`?"),
        (
            "ink = \"#1b2227\"",
            "ink = \"black\"",
            "\"black\"",
            "`black` is not a colour such as `#1b2227`",
            "six digits, two each for red, green and blue",
        ),
        ("weight = 700", "weight = 600", "600", "a weight is 400 or 700: Word has no others", ""),
        (
            "size = 12.5",
            "size = 12.3",
            "12.3",
            "a size is a multiple of half a point from 4 pt on: Word has no others",
            "",
        ),
        ("line = 19", "line = 9", "9", "a line of 9 pt is lower than its text of 12.5 pt", ""),
        ("padding = 28", "padding = 40", "40", "40 pt is more than Word shows here: 31 pt", ""),
        ("width = 6, color", "width = 8, color", "8", "8 pt is more than Word shows here: 6 pt", ""),
        ("after = 12", "after = -1", "-1", "-1 is negative: a length is 0 or more", ""),
        (
            "[role.heading-1]\n",
            "[role.heading-1]\nas = \"annex\"\n",
            "\"heading-1\"",
            "role `heading-1` builds on `annex` in turn",
            "",
        ),
        (
            "mono = \"DejaVu Sans Mono\"",
            "mono = \"Dejavu Sans Mon\"",
            "\"Dejavu Sans Mon\"",
            "there is no bundled font family `Dejavu Sans Mon`",
            "did you mean `DejaVu Sans Mono`?",
        ),
        (
            "muted = \"#4f5d68\"",
            "muted = \"#8f9da8\"",
            "\"#8f9da8\"",
            "`muted` on `tint_grey` has a contrast of 2.54 in `color.light`",
            "role `box-note` needs at least 4.5 (WCAG 2.2 AA), and 1 more with this colour; `#667078` would do",
        ),
        (
            "mark = \"#4a3c00\"",
            "marc = \"#4a3c00\"",
            "\"#fff0b3\"",
            "colour `mark` has no twin in `color.dark`",
            "give `mark` in `color.dark` too: it may be the same",
        ),
    ];
    for (from, to, place, message, hint) in cases {
        let found = faults(from, to);
        let expected = (place.to_owned(), message.to_owned(), hint.to_owned());
        assert!(found.contains(&expected), "{to}: {found:#?}");
    }
}

#[test]
fn every_fault_is_told_and_not_the_first_alone() {
    let found = faults("[role.lead]", "[role.led]\nsize = \"big\"\n[role.lead]\nsise = 1\nweight = 5\n");
    let messages: Vec<_> = found.iter().map(|(_, message, _)| message.as_str()).collect();
    for expected in ["there is no role `led`", "there is no key `sise`", "a weight is 400 or 700: Word has no others"] {
        assert!(messages.contains(&expected), "{messages:?}");
    }
}

#[test]
fn what_is_not_toml_is_told() {
    assert!(!faults("[page]", "[page").is_empty());
    assert!(faults("[page]", "[page] # the paper").is_empty(), "the style itself has no fault");
}
