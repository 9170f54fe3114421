//! Generated words, by language.
//!
//! In: a BCP 47 language. Out: [`Terms`], every word that the program itself puts into a report. A language is
//! a file of data beside this one, worded as the documents of the United Nations are in it.

mod arabic;
mod changelog;
mod chinese;
mod english;
mod french;
mod revision;
mod russian;
mod spanish;

pub use changelog::{ActionTerms, ChangelogTerms, ReasonTerms};
pub use revision::{ObjectTerms, RevisionTerms};

use super::language::primary;
use crate::document::{BoxKind, CoverLine, OrderedStyle};
use crate::project::Date;

/// Generated words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The language they are in: the primary subtag of its tag.
    pub language: &'static str,
    /// "Contents"
    pub contents: &'static str,
    /// "List of figures", heading of that list.
    pub list_of_figures: &'static str,
    /// "List of tables", heading of that list.
    pub list_of_tables: &'static str,
    /// "List of recommendations", heading of that list.
    pub list_of_recommendations: &'static str,
    /// "References", heading of the bibliography.
    pub bibliography: &'static str,
    /// "Notes"
    pub notes: &'static str,
    /// "References", the heading of the bibliography.
    pub references: &'static str,
    /// "Figure", the label of a caption.
    pub figure: &'static str,
    /// "Table", the label of a caption.
    pub table: &'static str,
    /// "Equation", the name of a formula.
    pub equation: &'static str,
    /// "Annex", before an annex's number.
    pub annex: &'static str,
    /// How annexes are counted where headings are numbered as the United Nations does: in Roman numerals, which Arabic
    /// and Chinese do not use, else in digits.
    pub annex_numerals: OrderedStyle,
    /// How references name what they refer to.
    pub in_text: InText,
    /// "Recommendation", the label of a box.
    pub recommendation: &'static str,
    /// "Box", the label of a numbered box.
    pub boxed: &'static str,
    /// "Note", the label of a box.
    pub note: &'static str,
    /// "Tip", the label of a box.
    pub tip: &'static str,
    /// "Important", the label of a box.
    pub important: &'static str,
    /// "Warning", the label of a box.
    pub warning: &'static str,
    /// "Caution", the label of a box.
    pub caution: &'static str,
    /// "Note", before the number of a footnote.
    pub footnote: &'static str,
    /// "Back to text", for a note's return link.
    pub back_to_text: &'static str,
    /// "Image not available", before what it would have shown.
    pub image_missing: &'static str,
    /// Stands in the place of a table whose file is not there.
    pub table_missing: &'static str,
    /// "Page ", " of " and what follows: what stands before, between and after the two numbers of a running foot.
    pub page_of: [&'static str; 3],
    /// "Skip to content".
    pub skip: &'static str,
    /// "Copy link".
    pub copy_link: &'static str,
    /// "Link copied", once it is.
    pub copied: &'static str,
    /// "Close", for a note shown in place.
    pub close: &'static str,
    /// "Code", the name of a block of code.
    pub code: &'static str,
    /// "Done" and "To do", the state of a task list's item.
    pub task: (&'static str, &'static str),
    /// "Draft", the label of a draft that gives none.
    pub draft: &'static str,
    /// What is said of a file that a PDF carries.
    pub attachment: &'static str,
    /// "Untitled report".
    pub untitled: &'static str,
    /// "version", in the running foot.
    pub version: &'static str,
    /// Labels on the cover.
    pub cover: CoverTerms,
    /// January to December, as a date has them.
    pub months: [&'static str; 12],
    /// A date: `{d}`, `{m}` and `{y}` stand for day, month and year.
    pub date: &'static str,
    /// The first day of a month, where it is not "1".
    pub first: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Between names, of which each may hold a comma.
    pub semicolon: &'static str,
    /// Between the last two names of a list.
    pub and: &'static str,
    /// Quotation marks that straight ones become where that is asked for: the outer pair, then the inner.
    pub quotes: [(&'static str, &'static str); 2],
    /// What a redline says.
    pub revision: RevisionTerms,
    /// What a changelog says.
    pub changelog: ChangelogTerms,
    /// How a line of source or note beneath a table or figure begins, in lower case, without the colon.
    pub source_lines: &'static [&'static str],
}

/// How a reference names what it refers to within a sentence; `{}` stands for the number. A space beside it is
/// one at which no line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InText {
    /// "section {}"
    pub section: &'static str,
    /// "annex {}"
    pub annex: &'static str,
    /// "paragraph {}"
    pub paragraph: &'static str,
    /// "Figure {}"
    pub figure: &'static str,
    /// "Table {}"
    pub table: &'static str,
    /// "equation ({})"
    pub equation: &'static str,
    /// "recommendation {}"
    pub recommendation: &'static str,
    /// "box {}"
    pub boxed: &'static str,
}

/// Labels on the cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverTerms {
    /// "Event"
    pub event: &'static str,
    /// "Publisher"
    pub publisher: &'static str,
    /// "Author" and "Authors"
    pub author: (&'static str, &'static str),
    /// "Contributors"
    pub contributors: &'static str,
    /// "Version"
    pub version: &'static str,
    /// "Date"
    pub date: &'static str,
    /// "Licence"
    pub licence: &'static str,
    /// "Series", "Symbol", "Title", "Subtitle", "Disclaimer": lines that stand there without a label, as a list of changes calls them.
    pub unlabelled: [&'static str; 5],
}

impl CoverTerms {
    /// What a line of the cover is called.
    pub fn label(&self, line: CoverLine) -> &'static str {
        let [series, reference, title, subtitle, disclaimer] = self.unlabelled;
        match line {
            CoverLine::Series => series,
            CoverLine::Reference => reference,
            CoverLine::Title => title,
            CoverLine::Subtitle => subtitle,
            CoverLine::Event => self.event,
            CoverLine::Publisher => self.publisher,
            CoverLine::Authors => self.author.1,
            CoverLine::Contributors => self.contributors,
            CoverLine::Version => self.version,
            CoverLine::Date => self.date,
            CoverLine::Isbn => "ISBN",
            CoverLine::Doi => "DOI",
            CoverLine::Licence => self.licence,
            CoverLine::Disclaimer => disclaimer,
        }
    }
}

impl Terms {
    /// English.
    pub const ENGLISH: Self = english::TERMS;

    /// Every language that has words of its own.
    pub const ALL: [Self; 6] =
        [arabic::TERMS, chinese::TERMS, english::TERMS, french::TERMS, russian::TERMS, spanish::TERMS];

    /// The words of a language, by its primary subtag (`fr-CA` is French); `None` where there are none.
    pub fn known(tag: &str) -> Option<Self> {
        let language = primary(tag);
        Self::ALL.into_iter().find(|terms| terms.language == language)
    }

    /// The words of a language; English where there are none for it.
    pub fn of_language(tag: &str) -> Self {
        Self::known(tag).unwrap_or(Self::ENGLISH)
    }

    /// The label of a kind of box; a statement has none.
    pub fn box_label(&self, kind: BoxKind) -> Option<&'static str> {
        match kind {
            BoxKind::Recommendation => Some(self.recommendation),
            BoxKind::Statement => None,
            BoxKind::Numbered => Some(self.boxed),
            BoxKind::Note => Some(self.note),
            BoxKind::Tip => Some(self.tip),
            BoxKind::Important => Some(self.important),
            BoxKind::Warning => Some(self.warning),
            BoxKind::Caution => Some(self.caution),
        }
    }

    /// A date in words: "20 December 2017".
    pub fn date(&self, date: Date) -> String {
        let month = self.months[usize::from(date.month.clamp(1, 12)) - 1];
        let day = if date.day == 1 { self.first.to_owned() } else { date.day.to_string() };
        self.date.replace("{d}", &day).replace("{m}", month).replace("{y}", &date.year.to_string())
    }
}

/// What stands before and after the number in one of [`InText`]'s forms: no line breaks beside it.
pub(super) fn around(form: &'static str) -> (String, String) {
    let (before, after) = form.split_once("{}").unwrap_or((form, ""));
    let joined = |text: &str, at_end: bool| match (text.strip_suffix(' '), text.strip_prefix(' ')) {
        (Some(text), _) if at_end => format!("{text}\u{a0}"),
        (_, Some(text)) if !at_end => format!("\u{a0}{text}"),
        _ => text.to_owned(),
    };
    (joined(before, true), joined(after, false))
}

/// A number as a sentence names what has it: "paragraph 14".
pub(super) fn in_sentence(form: &'static str, number: &str) -> String {
    let (before, after) = around(form);
    format!("{before}{number}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_the_words_of_its_language() {
        for (tag, contents) in [
            ("fr-CA", "Table des matières"),
            ("zh-Hans-CN", "目录"),
            ("ar-EG", "المحتويات"),
            ("ES", "Índice"),
            ("pt", "Contents"),
            ("", "Contents"),
        ] {
            assert_eq!(Terms::of_language(tag).contents, contents, "{tag}");
        }
        assert!(Terms::known("pt").is_none());
    }

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let date = |tag: &str, day| Terms::of_language(tag).date(Date { year: 2026, month: 11, day });
        assert_eq!(date("en", 22), "22 November 2026");
        assert_eq!(date("fr", 1), "1er\u{a0}novembre\u{a0}2026");
        assert_eq!(date("es", 22), "22 de noviembre de 2026");
        assert_eq!(date("ru", 22), "22\u{a0}ноября 2026\u{a0}г.");
        assert_eq!(date("ar", 22), "22 تشرين الثاني/نوفمبر 2026");
        assert_eq!(date("zh", 22), "2026年11月22日");
    }

    #[test]
    fn the_words_of_source_lines_are_known_to_the_parser() {
        for word in Terms::ALL.iter().flat_map(|terms| terms.source_lines) {
            assert!(crate::document::SOURCE_WORDS.contains(word), "{word}");
        }
    }

    #[test]
    fn every_form_in_text_has_a_place_for_the_number() {
        for terms in Terms::ALL {
            let InText { section, annex, paragraph, figure, table, equation, recommendation, boxed } = terms.in_text;
            for form in [section, annex, paragraph, figure, table, equation, recommendation, boxed] {
                assert_eq!(form.matches("{}").count(), 1, "{}: {form}", terms.language);
            }
            for part in ["{d}", "{m}", "{y}"] {
                assert!(terms.date.contains(part), "{}: {part}", terms.language);
            }
        }
    }

    #[test]
    fn every_form_of_a_redline_has_a_place_for_what_it_names() {
        for terms in Terms::ALL {
            let words = terms.revision;
            for form in [words.since, words.change, words.moved_to, words.moved_from] {
                assert_eq!(form.matches("{}").count(), 1, "{}: {form}", terms.language);
            }
            for (form, names) in [(words.position, ["{n}", "{m}"]), (words.compared, ["{old}", "{new}"])] {
                assert!(names.iter().all(|name| form.matches(name).count() == 1), "{}: {form}", terms.language);
            }
        }
    }

    #[test]
    fn no_line_breaks_between_a_word_and_its_number() {
        assert_eq!(around("section {}"), ("section\u{a0}".to_owned(), String::new()));
        assert_eq!(around("第{}段"), ("第".to_owned(), "段".to_owned()));
        assert_eq!(around("equation ({})"), ("equation (".to_owned(), ")".to_owned()));
    }
}
