use serde::Serialize;

use super::space::collapse;

/// Words in another language than the file's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// As the file says it (BCP 47).
    pub language: String,
    /// Its words, white space collapsed.
    pub text: String,
}

/// The text of a fragment under way, by language.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    runs: Vec<Passage>,
}

impl Spoken {
    /// More text; without a language it is in that of the file.
    pub fn say(&mut self, language: Option<&str>, text: &str) {
        let language = language.unwrap_or_default();
        match self.runs.last_mut() {
            Some(last) if last.language == language => last.text.push_str(text),
            Some(_) | None => self.runs.push(Passage { language: language.to_owned(), text: text.to_owned() }),
        }
    }

    /// What has a language of its own.
    pub fn finish(self) -> Vec<Passage> {
        let own = self.runs.into_iter().filter(|run| !run.language.is_empty());
        let collapsed = own.map(|run| Passage { text: collapse(&run.text), ..run });
        collapsed.filter(|run| !run.text.is_empty()).collect()
    }
}

/// The language itself, without script and region: Word knows `ar` as `ar-SA`.
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}
