//! Other words in one part, before the whole report is known anew: only that part is generated, and one chapter changes.

use std::ops::Range;

use super::chapter::{self, Stale};
use super::{State, edit};
use crate::document::Part;
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};
use crate::write::pdf::markup::Origins;
use crate::write::pdf::page as generation;

impl State {
    pub(super) fn patch(
        &mut self,
        given: (&ResolvedDocument, &Stylesheet, &FontSet),
        (at, part): (usize, &Part),
    ) -> Option<usize> {
        let generated = self.generated.as_ref()?;
        let (_, range) = generated.parts.iter().find(|(of, _)| *of == at)?.clone();
        let (text, origins) = generation::generate_part(generated, given, (at, part));
        let old = &generated.source[range.clone()];
        let (prefix, suffix) = edit::common(old, &text);
        let edited = range.start + prefix..range.end - suffix;
        let holds = |bytes: &Range<usize>| bytes.start <= edited.start && edited.end <= bytes.end;
        let (chapter, bytes) = self.chapter_bytes().into_iter().enumerate().find(|(_, bytes)| holds(bytes))?;
        let source = &generated.source;
        let new = [
            self.rules.as_str(),
            &source[bytes.start..edited.start],
            &text[prefix..text.len() - suffix],
            &source[edited.end..bytes.end],
        ];
        let new = new.concat();
        let origins = generated.origins.patched((bytes, self.rules.len()), range, (&origins, text.len()));
        if let Some(before) = self.patched.replace(chapter).filter(|before| *before != chapter) {
            self.take_back(before);
        }
        self.renew(chapter, new, origins);
        Some(chapter)
    }

    /// The chapter's source as it was taken in whole.
    fn take_back(&mut self, at: usize) {
        let Some(generated) = &self.generated else { return };
        let Some(bytes) = self.chapter_bytes().into_iter().nth(at) else { return };
        let origins = generated.origins.part(bytes.clone(), self.rules.len());
        let text = [self.rules.as_str(), &generated.source[bytes]].concat();
        self.renew(at, text, origins);
    }

    fn chapter_bytes(&self) -> Vec<Range<usize>> {
        self.generated.iter().flat_map(|generated| chapter::ranges(generated)).map(|(bytes, _)| bytes).collect()
    }

    fn renew(&mut self, at: usize, text: String, origins: Origins) {
        let chapter = &mut self.chapters[at];
        let anchors = chapter.anchors.clone();
        chapter.renew(&self.press, text, origins, &anchors);
        // A number that a writer typed is a word.
        if chapter.stale == Stale::Numbers {
            chapter.stale = Stale::Words;
        }
    }
}
