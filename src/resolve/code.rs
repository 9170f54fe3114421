use std::collections::HashSet;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::resolved::{CodeToken, CodeTokenKind, ResolvedDocument};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, CodeBlock, Document, Visit, walk_blocks};

/// Colours every code block whose language is known; the others are plain.
pub(super) fn highlight(document: &Document, doc: &mut ResolvedDocument, diagnostics: &mut Diagnostics) {
    let mut blocks = Blocks::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut blocks));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut blocks));
    let mut reported = HashSet::new();
    for (block, code) in blocks.found {
        let syntax = code.language().filter(|language| !is_plain(language)).and_then(|language| {
            let syntax = find(language);
            if syntax.is_none() && reported.insert(language.to_owned()) {
                let message = format!("no language is called `{language}`");
                let fault = Diagnostic::new(Code::UnknownCodeLanguage, block.span, message);
                diagnostics.push(fault.hint("the code is set without colours; `text` says that this is meant"));
            }
            syntax
        });
        let lines = syntax.map_or_else(|| plain(&code.literal), |syntax| colour(&code.literal, syntax));
        doc.code.insert(block.id, lines);
    }
}

#[derive(Default)]
struct Blocks<'a> {
    found: Vec<(&'a Block, &'a CodeBlock)>,
}

impl<'a> Visit<'a> for Blocks<'a> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.found.push((block, code));
        }
    }
}

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Words that say that there is no language.
fn is_plain(language: &str) -> bool {
    ["text", "txt", "plain", "plaintext", "none", "output", "console-output"]
        .contains(&language.to_lowercase().as_str())
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.trim_start_matches(['{', '.']).trim_end_matches('}');
    SYNTAXES.find_syntax_by_token(name)
}

/// Longer lines are not coloured: patterns may take quadratic time on them.
const LONGEST_LINE: usize = 4_000;

fn plain(literal: &str) -> Vec<Vec<CodeToken>> {
    literal.lines().map(|line| vec![CodeToken { kind: CodeTokenKind::Plain, text: line.to_owned() }]).collect()
}

fn colour(literal: &str, syntax: &SyntaxReference) -> Vec<Vec<CodeToken>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = Vec::new();
    for line in literal.split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            lines.extend(plain(line));
            continue;
        }
        lines.push(colour_line(line, &mut state, &mut stack));
    }
    lines
}

/// One line's tokens, neighbours of one kind joined.
fn colour_line(line: &str, state: &mut ParseState, stack: &mut ScopeStack) -> Vec<CodeToken> {
    let operations = state.parse_line(line, &SYNTAXES).unwrap_or_default();
    let mut tokens: Vec<CodeToken> = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, kind: CodeTokenKind| {
        let text = text.trim_end_matches(['\n', '\r']);
        match tokens.last_mut() {
            Some(last) if last.kind == kind || text.trim().is_empty() => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => tokens.push(CodeToken { kind, text: text.to_owned() }),
        }
    };
    for (position, operation) in operations {
        push(&line[at..position], kind(stack));
        at = position;
        // An operation that does not fit the stack leaves it as it is: the colours suffer, the text does not.
        let _ = stack.apply(&operation);
    }
    push(&line[at..], kind(stack));
    tokens
}

fn kind(stack: &ScopeStack) -> CodeTokenKind {
    static KINDS: LazyLock<Vec<(Scope, CodeTokenKind)>> = LazyLock::new(|| {
        let named = [
            ("comment", CodeTokenKind::Comment),
            ("string", CodeTokenKind::String),
            ("constant", CodeTokenKind::Number),
            ("keyword.operator", CodeTokenKind::Plain),
            ("keyword", CodeTokenKind::Keyword),
            ("storage", CodeTokenKind::Keyword),
            ("entity.name.tag", CodeTokenKind::Keyword),
            ("markup.heading", CodeTokenKind::Keyword),
            ("entity.name", CodeTokenKind::Name),
            ("entity.other.attribute-name", CodeTokenKind::Name),
            ("support", CodeTokenKind::Name),
            ("variable.function", CodeTokenKind::Name),
        ];
        named.into_iter().filter_map(|(name, kind)| Some((Scope::new(name).ok()?, kind))).collect()
    });
    let scopes = stack.as_slice().iter().rev();
    let mut kinds = scopes.filter_map(|scope| KINDS.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)));
    kinds.next().map_or(CodeTokenKind::Plain, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_lose_no_text() {
        let source = "fn main() { // start\n    let s = \"a\\n\";\n\n    call(s, 42)\n}\n";
        let lines = colour(source, find("rust").expect("Rust is known"));
        let text: Vec<String> =
            lines.iter().map(|line| line.iter().map(|token| token.text.as_str()).collect()).collect();
        assert_eq!(text, source.lines().collect::<Vec<_>>());
        let kinds: Vec<CodeTokenKind> = lines.concat().iter().map(|token| token.kind).collect();
        for expected in [CodeTokenKind::Keyword, CodeTokenKind::Comment, CodeTokenKind::String, CodeTokenKind::Number] {
            assert!(kinds.contains(&expected), "{expected:?} is missing from {lines:?}");
        }
    }

    #[test]
    fn common_names_of_languages_are_known() {
        for name in ["json", "yaml", "toml", "python", "sh", "bash", "html", "css", "js", "xml", "sql", "typescript"] {
            assert!(find(name).is_some(), "{name}");
        }
        assert!(find("no-such-language").is_none());
    }
}
