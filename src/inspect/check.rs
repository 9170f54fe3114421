//! Whether a finished PDF is what it should be, before it is published.
//!
//! In: what was read back, and what is expected. Out: a sentence for each thing that is not so.

use super::Facts;
use super::space::squeeze;

/// What a PDF should say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The report's title.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// Depth from 1, number and title of every heading.
    pub headings: Vec<(usize, String)>,
    /// How many notes are printed.
    pub notes: usize,
    /// Conformance to be claimed ("PDF/UA-1").
    pub conformance: Vec<String>,
}

/// What is not as it should be, in words; nothing if all is.
pub fn check_pdf(facts: &Facts, expected: &Expected) -> Vec<String> {
    let mut faults = Vec::new();
    let mut require = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    require(facts.pages.is_some_and(|pages| pages > 0), "it has no page".to_owned());
    let title = facts.title.as_deref().unwrap_or_default();
    require(
        squeeze(title) == squeeze(&expected.title),
        format!("its title is `{title}` and should be `{}`", expected.title),
    );
    let language = facts.language.as_deref().unwrap_or_default();
    require(
        without_script(language).eq_ignore_ascii_case(&without_script(&expected.language)),
        format!("its language is `{language}` and should be `{}`", expected.language),
    );
    for claim in expected.conformance.iter().filter(|claim| !facts.conformance.contains(claim)) {
        require(false, format!("it does not claim to be {claim}"));
    }
    require(!facts.identifiers.is_empty(), "it has no identifier".to_owned());
    require(facts.tagged("Document") > 0 && facts.tags.len() > 1, "it has no tags".to_owned());
    require(facts.notes == expected.notes, format!("it has {} notes and should have {}", facts.notes, expected.notes));
    if let Some(fault) = first_difference(&facts.bookmarks, &expected.headings) {
        require(false, fault);
    }
    faults
}

/// Where bookmarks part from headings. Their depth may be less: a viewer shows no level that is skipped.
fn first_difference(bookmarks: &[(usize, String)], headings: &[(usize, String)]) -> Option<String> {
    let place = bookmarks.iter().zip(headings).position(|(b, h)| b.0 != h.0 || squeeze(&b.1) != squeeze(&h.1));
    let at = place.or((bookmarks.len() != headings.len()).then_some(bookmarks.len().min(headings.len())))?;
    let named = |list: &[(usize, String)]| {
        list.get(at).map_or("nothing".to_owned(), |(depth, text)| format!("`{text}` at level {depth}"))
    };
    Some(format!("its bookmark {} is {} and should be {}", at + 1, named(bookmarks), named(headings)))
}

/// A language tag without its script, which the typesetter cannot write: `zh-Hans-CN` is `zh-CN`.
pub fn without_script(tag: &str) -> String {
    let is_script = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let parts: Vec<&str> = tag.split('-').filter(|part| !is_script(part)).collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> (Facts, Expected) {
        let headings = vec![(1, "I. One".to_owned()), (2, "A. Two".to_owned())];
        let claims = vec!["PDF/UA-1".to_owned()];
        let mut facts = Facts {
            pages: Some(2),
            title: Some("A title".to_owned()),
            language: Some("en-GB".to_owned()),
            conformance: claims.clone(),
            identifiers: vec!["x".to_owned()],
            bookmarks: headings.clone(),
            notes: 1,
            ..Facts::default()
        };
        facts.count("Document");
        facts.count("P");
        let expected = Expected {
            title: "A title".to_owned(),
            language: "en-GB".to_owned(),
            headings,
            notes: 1,
            conformance: claims,
        };
        (facts, expected)
    }

    type Spoil = fn(&mut Facts);

    #[test]
    fn a_sound_file_passes_and_each_fault_is_named() {
        let (found, expected) = sound();
        assert_eq!(check_pdf(&found, &expected), Vec::<String>::new());
        let spoil: [(&str, Spoil); 9] = [
            ("no page", |facts| facts.pages = Some(0)),
            ("title", |facts| facts.title = None),
            ("language", |facts| facts.language = Some("fr".to_owned())),
            ("PDF/UA-1", |facts| facts.conformance.clear()),
            ("identifier", |facts| facts.identifiers.clear()),
            ("tags", |facts| facts.tags.clear()),
            ("0 notes", |facts| facts.notes = 0),
            ("bookmark 2 is nothing", |facts| drop(facts.bookmarks.pop())),
            ("bookmark 1 is `x`", |facts| facts.bookmarks[0].1 = "x".to_owned()),
        ];
        for (word, spoil) in spoil {
            let (mut found, expected) = sound();
            spoil(&mut found);
            let faults = check_pdf(&found, &expected);
            assert!(matches!(faults.as_slice(), [fault] if fault.contains(word)), "{word}: {faults:?}");
        }
    }
}
