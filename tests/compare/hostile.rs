//! Versions that are made to cost much, or to be taken for something else: whatever comes of them is right, and no more than it must be.

use rapporteur::compare::{Comparison, Options, compare, difference};
use rapporteur::document::{Document, Side};
use rapporteur::markdown;
use rapporteur::source::Sources;

use crate::marks;

fn parsed(sources: &mut Sources, text: &str) -> Document {
    let file = sources.add("a.md".to_owned(), text.to_owned());
    markdown::parse(sources, &[file]).value
}

/// Both as one, which must give either back; how many changes, and how many marks.
fn compared(old: &str, new: &str) -> (u32, usize) {
    let mut sources = Sources::default();
    let (before, after) = (parsed(&mut sources, old), parsed(&mut sources, new));
    let Comparison { document, changes, coarsened } = compare(&before, &after, &Options::default());
    assert_eq!(difference(&document.side(Side::New), &after), None, "accepting all is not the new");
    assert_eq!(difference(&document.side(Side::Old), &before), None, "rejecting all is not the old");
    assert!(coarsened.is_empty(), "{} are shown whole", coarsened.len());
    (changes, marks(&document).len())
}

fn paragraphs(words: impl Iterator<Item = String>) -> String {
    words.map(|word| word + "\n\n").collect()
}

#[test]
fn ten_thousand_paragraphs_of_a_word() {
    let word = |n: usize| format!("w{n}");
    let old = paragraphs((0..10_000).map(word));
    let new =
        paragraphs((0..10_000).filter(|n| *n != 5_000).map(|n| if n == 9_000 { "other".to_owned() } else { word(n) }));
    assert_eq!(compared(&old, &new), (2, 3));
}

#[test]
fn paragraphs_that_are_all_the_same() {
    let same = |count: usize| paragraphs((0..count).map(|_| "The same again.".to_owned()));
    assert_eq!(compared(&same(3_000), &same(3_000)), (0, 0));
    // Which of them came cannot be told; that five did can.
    let (_, came) = compared(&same(3_000), &same(3_005));
    assert_eq!(came, 5);
    let (_, went) = compared(&same(3_005), &same(3_000));
    assert_eq!(went, 5);
    let among = same(1_500) + "Another one.\n\n" + &same(1_500);
    assert_eq!(compared(&same(3_000), &among).0, 1);
}

#[test]
fn halves_that_change_places() {
    let half = |from: usize| {
        let paragraph = |n: usize| format!("Paragraph {n} says at some length what number {n} has to say of it.");
        paragraphs((from..from + 300).map(paragraph))
    };
    let (old, new) = (half(0) + &half(300), half(300) + &half(0));
    // One half stands elsewhere: each of its paragraphs at both ends, the other half as it is.
    assert_eq!(compared(&old, &new).1, 600);
}

#[test]
fn a_word_deep_within() {
    let quoted = |word: &str| "> ".repeat(18) + "It said " + word + " to them.\n";
    assert_eq!(compared(&quoted("no"), &quoted("yes")), (1, 2));
    let listed = |word: &str| {
        let items = (0..18).map(|depth| "  ".repeat(depth) + "- item " + &depth.to_string() + "\n");
        items.collect::<String>() + &"  ".repeat(18) + "- the last is " + word + "\n"
    };
    assert_eq!(compared(&listed("here"), &listed("there")), (1, 2));
}

#[test]
fn a_paragraph_of_which_every_other_word_is_another() {
    let line = |other: &str| (0..6_000).map(|n| format!("word{n} {other}{n} ")).collect::<String>() + ".\n";
    let (changes, _) = compared(&line("a"), &line("b"));
    assert!(changes <= 6_000, "{changes}");
    // Nothing in common.
    let (old, new) =
        (paragraphs((0..2_000).map(|n| format!("a{n} b{n}"))), paragraphs((0..2_000).map(|n| format!("c{n} d{n}"))));
    assert!(compared(&old, &new).1 <= 4_000);
}

#[test]
fn one_word_many_times_over() {
    let line = |count: usize| "same ".repeat(count) + "end.\n";
    let (changes, marks) = compared(&line(20_000), &line(20_001));
    assert_eq!((changes, marks), (1, 1));
}
