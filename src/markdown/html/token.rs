//! HTML cut into tags, text and comments (HTML 13.2.5, as far as drafts need it).

use std::ops::Range;

use super::super::entity;

/// A piece of HTML and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, entities not resolved.
    Text(Range<usize>),
    /// `<name key="value">`.
    Open(Tag<'a>, Range<usize>),
    /// `</name>`.
    Close(String, Range<usize>),
    /// `<!-- … -->`.
    Comment,
    /// A comment without its end.
    Unclosed(Range<usize>),
    /// A declaration, processing instruction or CDATA section.
    Other(Range<usize>),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// As typed.
    pub(super) typed: &'a str,
    /// Keys in lower case, values with entities resolved.
    pub(super) attributes: Vec<(String, String)>,
    /// `/>`.
    pub(super) closes_itself: bool,
}

impl Tag<'_> {
    /// The name in lower case.
    pub(super) fn name(&self) -> String {
        self.typed.to_ascii_lowercase()
    }
}

/// Cuts HTML into tokens. The content of `script` and `style` is one text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text = 0;
    let mut at = 0;
    let last_end = html.rfind('>').unwrap_or_default();
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let may_end = start < last_end || html[start..].starts_with("<!--");
        let Some((token, len)) = may_end.then(|| markup(html, start)).flatten() else {
            at = start + 1;
            continue;
        };
        if text < start {
            tokens.push(Token::Text(text..start));
        }
        at = start + len;
        let mut raw = None;
        if let Token::Open(tag, _) = &token
            && !tag.closes_itself
        {
            raw = raw_text(html, at, &tag.name());
        }
        tokens.push(token);
        if let Some(end) = raw {
            if at < end {
                tokens.push(Token::Text(at..end));
            }
            at = end;
        }
        text = at;
    }
    if text < html.len() {
        tokens.push(Token::Text(text..html.len()));
    }
    tokens
}

/// Where the content of an element ends that holds no markup.
fn raw_text(html: &str, at: usize, name: &str) -> Option<usize> {
    if !matches!(name, "script" | "style") {
        return None;
    }
    let rest = html.get(at..)?;
    let ends = |found: &usize| {
        rest.as_bytes()
            .get(found + 2..found + 2 + name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    };
    let end = rest.match_indices("</").map(|(found, _)| found).find(ends);
    Some(end.map_or(html.len(), |found| at + found))
}

/// Markup that begins at `start`, and its length.
fn markup(html: &str, start: usize) -> Option<(Token<'_>, usize)> {
    let rest = &html[start..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        if comment.starts_with('>') || comment.starts_with("->") {
            return Some((Token::Comment, 4 + comment.find('>').map_or(0, |at| at + 1)));
        }
        return Some(match comment.find("-->") {
            Some(end) => (Token::Comment, end + 7),
            None => (Token::Unclosed(start..html.len()), rest.len()),
        });
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        let end = if rest.starts_with("<![CDATA[") { "]]>" } else { ">" };
        let len = rest.find(end).map(|at| at + end.len())?;
        return Some((Token::Other(start..start + len), len));
    }
    if let Some(close) = rest.strip_prefix("</") {
        let name = name(close)?;
        let len = rest.find('>')? + 1;
        return Some((Token::Close(name.to_ascii_lowercase(), start..start + len), len));
    }
    let typed = name(&rest[1..])?;
    let (tag, len) = open(rest, typed)?;
    Some((Token::Open(tag, start..start + len), len))
}

fn name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(text.len());
    let name = &text[..end];
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

fn open<'a>(rest: &'a str, typed: &'a str) -> Option<(Tag<'a>, usize)> {
    let mut tag = Tag { typed, attributes: Vec::new(), closes_itself: false };
    let mut at = 1 + typed.len();
    loop {
        at += rest[at..].len() - rest[at..].trim_start().len();
        let text = &rest[at..];
        if text.starts_with('>') {
            return Some((tag, at + 1));
        }
        if text.starts_with("/>") {
            tag.closes_itself = true;
            return Some((tag, at + 2));
        }
        if text.starts_with('/') {
            at += 1;
            continue;
        }
        at += attribute(text, &mut tag)?;
    }
}

/// Reads one attribute; its length.
fn attribute(text: &str, tag: &mut Tag<'_>) -> Option<usize> {
    let first = text.chars().next()?.len_utf8();
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    let key_len = first + text[first..].find(ends)?;
    let key = text[..key_len].to_lowercase();
    let after = text[key_len..].trim_start();
    let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
        tag.attributes.push((key, String::new()));
        return Some(key_len);
    };
    let start = text.len() - value.len();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (raw, len) = match quote {
        Some(quote) => {
            let end = value[1..].find(quote)?;
            (&value[1..=end], end + 2)
        }
        None => {
            let end = value.find(|c: char| c.is_whitespace() || c == '>')?;
            (&value[..end], end)
        }
    };
    tag.attributes.push((key, entity::decode(raw)));
    Some(start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_text_and_comments() {
        let html = "a<B id=x CLASS='y z' hidden/>b<!-- <i> --></b >&lt;<3";
        let tokens = tokens(html);
        let Token::Open(tag, at) = &tokens[1] else { panic!("a tag: {tokens:?}") };
        assert_eq!((tag.typed, at.clone(), tag.closes_itself), ("B", 1..29, true));
        let expected = [("id", "x"), ("class", "y z"), ("hidden", "")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        assert_eq!(tag.attributes, expected);
        assert_eq!(
            tokens[2..],
            [Token::Text(29..30), Token::Comment, Token::Close("b".to_owned(), 42..47), Token::Text(47..53)]
        );
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for html in ["a < b", "<", "<a", "<a b=\"c>", "</", "<é>"] {
            assert_eq!(tokens(html), [Token::Text(0..html.len())], "{html}");
        }
        assert_eq!(tokens("<script>a<b></script>")[1], Token::Text(8..12));
    }
}
