//! Addresses of the outer world that a finished report may lead to.
//!
//! In: an address as typed. Out: [`WebAddress`], whose scheme is safe to follow, whose host a program could ask and
//! which is escaped as RFC 3986 wants it; or why there is none. Writers write it as it is: three that each escape would
//! drift apart, and Word calls a file damaged for one address that is none.

use std::fmt::Write as _;

/// Longest address, in bytes: what readers of PDF and Word follow.
const LONGEST: usize = 2_000;

/// An `http`, `https`, `mailto` or `tel` address (RFC 3986), escaped: ASCII without white space, quotes or brackets, but
/// for those around an IPv6 host.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebAddress(String);

/// Why an address leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfollowed {
    /// It has no scheme.
    Relative,
    /// Its scheme, in lower case, is not one that a report may use.
    Scheme(String),
    /// It names no host that a program could ask.
    Host,
    /// It names nobody to write to or to call.
    Nobody,
    /// It is longer than programs take.
    TooLong,
}

impl WebAddress {
    /// From an address as typed.
    /// # Errors
    /// Says why nothing can follow it.
    pub fn new(typed: &str) -> Result<Self, Unfollowed> {
        let typed = typed.trim();
        let (scheme, rest) = scheme(typed).ok_or(Unfollowed::Relative)?;
        let address = match scheme.as_str() {
            "http" | "https" => hierarchical(&scheme, rest).ok_or(Unfollowed::Host)?,
            "mailto" if names_mailbox(rest) => format!("{scheme}:{}", escaped(rest)),
            "tel" if rest.contains(|c: char| c.is_ascii_digit()) => format!("{scheme}:{}", escaped(rest)),
            "mailto" | "tel" => return Err(Unfollowed::Nobody),
            _ => return Err(Unfollowed::Scheme(scheme)),
        };
        if address.len() > LONGEST { Err(Unfollowed::TooLong) } else { Ok(Self(address)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for WebAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scheme in lower case (RFC 3986 3.1), and what stands after its colon.
fn scheme(typed: &str) -> Option<(String, &str)> {
    let (scheme, rest) = typed.split_once(':')?;
    let known = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    known.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// RFC 3986 3.2 to 3.5: authority, then path, query and fragment.
fn hierarchical(scheme: &str, rest: &str) -> Option<String> {
    let rest = rest.strip_prefix("//")?;
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (format!("{}@", escaped(user)), host),
        None => (String::new(), authority),
    };
    is_host(host).then(|| {
        let host = if host.starts_with('[') { host.to_owned() } else { escaped(host) };
        let (before, fragment) = match rest.split_once('#') {
            Some((before, fragment)) => (before, format!("#{}", escaped(fragment).replace('#', "%23"))),
            None => (rest, String::new()),
        };
        format!("{scheme}://{user}{host}{}{fragment}", escaped(before))
    })
}

/// Whether a program could ask a host (RFC 3986 3.2.2, 3.2.3): with anything else no browser goes anywhere.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) if address.parse::<std::net::Ipv6Addr>().is_err() => return false,
        Some((address, port)) => (address, port),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let holds = |c: char| {
        let letter = if c.is_ascii() { c.is_alphanumeric() } else { !c.is_control() && !c.is_whitespace() };
        letter || matches!(c, '-' | '.' | '_' | '~') || c == ':' && host.starts_with('[')
    };
    let port_holds =
        port.is_empty() || port == ":" || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    !name.is_empty() && name.chars().all(holds) && port_holds
}

/// Whether an address of mail (RFC 6068) names a mailbox, before `?` or as `to=`.
fn names_mailbox(rest: &str) -> bool {
    let (to, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_mailbox = |text: &str| {
        let text = text.replace("%40", "@");
        text.rsplit_once('@').is_some_and(|(name, host)| !name.trim().is_empty() && !host.trim().is_empty())
    };
    is_mailbox(to) || query.split('&').any(|pair| pair.strip_prefix("to=").is_some_and(is_mailbox))
}

/// What no part of a URI may hold becomes percent escapes (RFC 3986 2.1, 2.2); escapes that are there stay.
fn escaped(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for (at, byte) in part.bytes().enumerate() {
        let stray = byte == b'%' && !is_escape(&part.as_bytes()[at..]);
        if byte.is_ascii_graphic() && !stray && !b"\"<>[\\]^`{|}".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    text
}

fn is_escape(bytes: &[u8]) -> bool {
    bytes.get(1..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped_once_for_every_format() {
        for (typed, address) in [
            ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("HTTPS://example.org", "https://example.org"),
            ("https://example.org/a b\"<c>\u{1}", "https://example.org/a%20b%22%3Cc%3E%01"),
            ("https://example.org/ü?x=%20", "https://example.org/%C3%BC?x=%20"),
            ("https://example.org/100%", "https://example.org/100%25"),
            ("https://example.org/%zz%C3%A9", "https://example.org/%25zz%C3%A9"),
            ("https://example.org/[x]#a#b", "https://example.org/%5Bx%5D#a%23b"),
            ("https://[::1]:8080/[x]", "https://[::1]:8080/%5Bx%5D"),
            ("https://münchen.example", "https://m%C3%BCnchen.example"),
            ("https://a[b@a_b.example:8080/", "https://a%5Bb@a_b.example:8080/"),
            ("https://example.org:/", "https://example.org:/"),
            (" MAILTO:a@b.example ", "mailto:a@b.example"),
            ("mailto:?to=a%40b.example&subject=x y", "mailto:?to=a%40b.example&subject=x%20y"),
            ("tel:+41-22-907", "tel:+41-22-907"),
        ] {
            assert_eq!(WebAddress::new(typed).map(|address| address.0).as_deref(), Ok(address), "{typed}");
        }
    }

    #[test]
    fn what_nothing_can_follow_is_none() {
        for host in
            ["", "{{owner}}.example", "exa mple.org", "a.example:port", "[nonsense]", "[::zz]", "a<b", ":80", "a%zz"]
        {
            assert_eq!(WebAddress::new(&format!("https://{host}/")), Err(Unfollowed::Host), "{host}");
        }
        for (typed, why) in [
            ("https:", Unfollowed::Host),
            ("https:///path", Unfollowed::Host),
            ("http:example.org", Unfollowed::Host),
            ("mailto:", Unfollowed::Nobody),
            ("mailto:?subject=x", Unfollowed::Nobody),
            ("mailto:@", Unfollowed::Nobody),
            ("tel:", Unfollowed::Nobody),
            ("no scheme", Unfollowed::Relative),
            ("JavaScript:alert(1)", Unfollowed::Scheme("javascript".to_owned())),
            ("java\u{1}script:alert(1)", Unfollowed::Relative),
        ] {
            assert_eq!(WebAddress::new(typed), Err(why), "{typed}");
        }
        let long = format!("https://example.org/{}", "é".repeat(LONGEST / 6));
        assert_eq!(WebAddress::new(&long), Err(Unfollowed::TooLong));
    }
}
