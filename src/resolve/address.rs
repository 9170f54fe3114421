//! Addresses as writers type them, of links and of images.
//!
//! In: a destination (CommonMark 6.3). Out: what kind of address it is, percent escapes decoded once where
//! it names a file. Never opens anything.

use super::authority::is_authority;

/// What a destination is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// Another site, mail or a telephone: safe to follow, and escaped as a URI wants it (RFC 3986 2.1).
    Web(String),
    /// An address of the web that names no host a program could ask.
    Hostless,
    /// A scheme that is not followed, in lower case.
    Scheme(String),
    /// `#fragment` in the same file.
    Within(String),
    /// A file.
    File {
        /// The path, without query.
        path: String,
        /// What stands after `#`.
        fragment: Option<String>,
    },
}

/// Tells what a destination is.
pub(super) fn parse(destination: &str) -> Address {
    let destination = destination.trim();
    if destination.starts_with("//") {
        return web(&format!("https:{destination}"));
    }
    if let Some(scheme) = scheme(destination) {
        return match scheme.as_str() {
            "http" | "https" => web(destination),
            "mailto" | "tel" => Address::Web(escaped(destination)),
            _ => Address::Scheme(scheme),
        };
    }
    let (path, fragment) = match destination.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (destination, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Address::Within(fragment.unwrap_or_default());
    }
    Address::File { path: decoded(path), fragment }
}

fn web(url: &str) -> Address {
    let after = url.split_once("://").map_or("", |(_, after)| after);
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    if is_authority(host) { Address::Web(escaped(url)) } else { Address::Hostless }
}

/// The scheme in lower case (RFC 3986 3.1).
fn scheme(destination: &str) -> Option<String> {
    let (scheme, _) = destination.split_once(':')?;
    let known = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    known.then(|| scheme.to_ascii_lowercase())
}

/// Percent escapes decoded once; what is no UTF-8 afterwards stays as typed.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escape = (byte == b'%').then(|| hex(after)).flatten();
        bytes.push(escape.unwrap_or(byte));
        rest = if escape.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(bytes: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// What no URI may hold becomes percent escapes; escapes stay as they are.
fn escaped(url: &str) -> String {
    let mut text = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let file = |path: &str, fragment: Option<&str>| Address::File {
            path: path.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        for (destination, address) in [
            ("https://a.example/ü b?x=%20", Address::Web("https://a.example/%C3%BC%20b?x=%20".to_owned())),
            ("//a.example", Address::Web("https://a.example".to_owned())),
            ("https://{{owner}}.example/x", Address::Hostless),
            ("https:", Address::Hostless),
            ("///x", Address::Hostless),
            ("MAILTO:a@b.example", Address::Web("MAILTO:a@b.example".to_owned())),
            ("JavaScript:alert(1)", Address::Scheme("javascript".to_owned())),
            ("C:\\x", Address::Scheme("c".to_owned())),
            ("#Gr%C3%B6%C3%9Fe", Address::Within("Größe".to_owned())),
            ("", Address::Within(String::new())),
            ("?x", Address::Within(String::new())),
            ("a%20b.md?x#y", file("a b.md", Some("y"))),
            ("%2e%2e/x", file("../x", None)),
            ("%252e", file("%2e", None)),
            ("a%ff", file("a%ff", None)),
            ("100%", file("100%", None)),
            ("%0", file("%0", None)),
            ("./a:b", file("./a:b", None)),
        ] {
            assert_eq!(parse(destination), address, "{destination}");
        }
    }
}
