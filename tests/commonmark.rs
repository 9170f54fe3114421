//! CommonMark's 652 examples, from the text through the tree to our own HTML writer: a ratchet.
//! It fails on an example that no longer passes, and on one that passes though it is listed.

use std::collections::BTreeMap;

use rapporteur::markdown;
use rapporteur::resolve::{Metadata, ResolvedDocument};
use rapporteur::source::Sources;
use rapporteur::write::html;

/// An example of the specification.
#[derive(serde::Deserialize)]
struct Example {
    example: u16,
    section: String,
    markdown: String,
    html: String,
}

/// Examples that differ, and why they should.
const LISTED: &[(&str, &[u16])] = &[
    (
        "raw HTML is not passed through: the tags that drafts use become nodes, any other keeps its text with a warning",
        &[
            21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167,
            169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189,
            190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625, 626,
            627, 628, 629, 630, 631, 642, 643,
        ],
    ),
    ("bare addresses become links (GFM 6.9)", &[602, 608, 611, 612]),
    ("lines of hyphens at the top of a file are front matter", &[98]),
    ("white space at the edge of a paragraph shows nowhere", &[40]),
];

#[test]
#[expect(clippy::print_stdout, reason = "the number is what the README says")]
fn every_example_passes_unless_it_is_listed() {
    let examples: Vec<Example> =
        serde_json::from_str(include_str!("data/commonmark-0.31.2.json")).expect("the examples are JSON");
    assert_eq!(examples.len(), 652);
    let mut faults = Vec::new();
    let mut failing: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
    for example in &examples {
        let ours = normal(&fragment(&example.markdown));
        let passes = ours == normal(&example.html);
        match (passes, reason(example.example)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(why)) => faults.push(format!("{} passes, but is listed: {why}", example.example)),
            (false, None) => faults.push(format!(
                "{} ({}) fails\n--- Markdown\n{}\n--- wanted\n{}\n--- written\n{ours}",
                example.example,
                example.section,
                example.markdown,
                normal(&example.html)
            )),
        }
        if !passes {
            failing.entry(&example.section).or_default().push(example.example);
        }
    }
    let failed: usize = failing.values().map(Vec::len).sum();
    println!("{} of {} examples pass; not: {failing:?}", examples.len() - failed, examples.len());
    assert!(faults.is_empty(), "{}\n\n{} faults", faults.join("\n\n"), faults.len());
}

#[test]
fn no_example_is_listed_twice() {
    let mut listed: Vec<u16> = LISTED.iter().flat_map(|(_, examples)| examples.iter().copied()).collect();
    listed.sort_unstable();
    let count = listed.len();
    listed.dedup();
    assert_eq!(listed.len(), count);
}

fn reason(example: u16) -> Option<&'static str> {
    LISTED.iter().find(|(_, examples)| examples.contains(&example)).map(|(why, _)| *why)
}

fn fragment(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("example.md", text);
    let document = markdown::parse(&sources, &[file]).value;
    html::write_fragment(&ResolvedDocument::new(document, Metadata::default()))
}

/// HTML as HTML 5 writes it: void elements have no slash.
fn normal(html: &str) -> String {
    html.replace(" />", ">").trim().to_owned()
}
