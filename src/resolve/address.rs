//! Addresses as writers type them, of links and of images.
//!
//! In: a destination (CommonMark 6.3). Out: what kind of address it is, percent escapes decoded once where
//! it names a file. Never opens anything.

use super::web::{Unfollowed, WebAddress};

/// What a destination is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// Another site, mail or a telephone.
    Web(WebAddress),
    /// An address with a scheme that leads nowhere.
    Unfollowed(Unfollowed),
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
    let web = match destination.strip_prefix("//") {
        Some(rest) => WebAddress::new(&format!("https://{rest}")),
        None => WebAddress::new(destination),
    };
    match web {
        Ok(web) => return Address::Web(web),
        Err(Unfollowed::Relative) => {}
        Err(why) => return Address::Unfollowed(why),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let file = |path: &str, fragment: Option<&str>| Address::File {
            path: path.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        let web = |address: &str| Address::Web(WebAddress::new(address).expect("it can be followed"));
        let scheme = |name: &str| Address::Unfollowed(Unfollowed::Scheme(name.to_owned()));
        for (destination, address) in [
            ("https://a.example/ü b?x=%20", web("https://a.example/%C3%BC%20b?x=%20")),
            ("//a.example", web("https://a.example")),
            ("https://{{owner}}.example/x", Address::Unfollowed(Unfollowed::Host)),
            ("///x", Address::Unfollowed(Unfollowed::Host)),
            ("mailto:", Address::Unfollowed(Unfollowed::Nobody)),
            ("JavaScript:alert(1)", scheme("javascript")),
            ("C:\\x", scheme("c")),
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
