//! Who is answered: by the request's `Host`, its `Origin`, and the token where the server is open to a network.
//!
//! A page elsewhere on the web can make a browser send requests to this machine, and a name elsewhere can be made to
//! point at it; neither may read drafts or change anything (RFC 9110 7.2, RFC 6454, Fetch Metadata).

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode, Uri};

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    port: u16,
    /// The name that was asked for, in lower case.
    name: String,
    open: bool,
    token: Option<String>,
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is answered.
    Welcome,
    /// It brought the token: from now on a cookie says so.
    Introduced {
        /// `Set-Cookie`.
        cookie: String,
    },
    /// It is not answered.
    Refused(StatusCode, &'static str),
}

impl Guard {
    /// For a server on this machine alone.
    pub fn local(port: u16) -> Self {
        Self { port, name: "localhost".to_owned(), open: false, token: None }
    }

    /// For one that others may reach, with the token, under `name`.
    pub fn open(name: &str, port: u16, token: String) -> Self {
        Self { port, name: name.trim_matches(['[', ']']).to_lowercase(), open: true, token: Some(token) }
    }

    pub(super) fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Verdict {
        let host = text(headers, HOST.as_str()).unwrap_or_default();
        if !self.is_ours(host) {
            return Verdict::Refused(StatusCode::MISDIRECTED_REQUEST, "This preview does not go by that name.\n");
        }
        if !self.comes_from_here(method, uri, headers, host) {
            return Verdict::Refused(StatusCode::FORBIDDEN, "Only the preview's own page may ask for this.\n");
        }
        let Some(token) = &self.token else { return Verdict::Welcome };
        let name = format!("rapporteur-{}", self.port);
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut given = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        if given.any(|(key, value)| key == name && equal(value, token)) {
            return Verdict::Welcome;
        }
        let asked = uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("token="));
        match asked {
            Some(given) if uri.path() == "/" && *method == Method::GET && equal(given, token) => {
                Verdict::Introduced { cookie: format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict") }
            }
            _ => Verdict::Refused(
                StatusCode::UNAUTHORIZED,
                "This preview opens with the address that `rapporteur serve` printed, token and all.\n",
            ),
        }
    }

    /// Whether a `Host` is one that this server goes by. A number cannot be made to point elsewhere, so that an open
    /// server goes by any.
    fn is_ours(&self, host: &str) -> bool {
        let Some((name, port)) = split(host) else { return false };
        if port != self.port {
            return false;
        }
        let name = name.to_lowercase();
        match name.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => self.open || address.is_loopback(),
            Err(_) => name == "localhost" || self.open && name == self.name,
        }
    }

    /// Whether a request was made by our own page, where that matters: whatever is not merely read, and the events.
    fn comes_from_here(&self, method: &Method, uri: &Uri, headers: &HeaderMap, host: &str) -> bool {
        let site = text(headers, "sec-fetch-site");
        let navigates = text(headers, "sec-fetch-mode") == Some("navigate");
        if site.is_some_and(|site| matches!(site, "cross-site" | "same-site")) && !navigates {
            return false;
        }
        let same = |origin: &str| origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host));
        let origin = text(headers, ORIGIN.as_str());
        let reads = matches!(*method, Method::GET | Method::HEAD);
        match origin {
            Some(origin) => same(origin),
            None if !reads => false,
            None if uri.path() == "/events" => site.is_none_or(|site| site == "same-origin") && !navigates,
            None => true,
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    // Two of them, or one that is not text, is an attempt at something.
    Some(if values.next().is_some() { "?" } else { value.to_str().unwrap_or("?") })
}

/// Name and port of a `Host`; 80 where it names none (RFC 9110 4.2.1).
fn split(host: &str) -> Option<(&str, u16)> {
    if let Ok(address) = host.parse::<SocketAddr>() {
        return Some((&host[..host.rfind(':')?], address.port()));
    }
    match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') => Some((name, port.parse().ok()?)),
        Some(_) | None => Some((host, 80)),
    }
}

/// In the same time wherever they differ.
fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(guard: &Guard, method: &str, path: &str, headers: &[(&str, &str)]) -> Option<u16> {
        let headers = headers.iter().map(|(name, value)| {
            let name = axum::http::HeaderName::from_bytes(name.as_bytes()).expect("a name");
            (name, value.parse().expect("a value"))
        });
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        match guard.judge(&method, &path.parse().expect("a path"), &headers.collect()) {
            Verdict::Welcome => Some(200),
            Verdict::Introduced { .. } => Some(303),
            Verdict::Refused(code, _) => Some(code.as_u16()),
        }
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let local = Guard::local(3000);
        let of = |host: &str| judge(&local, "GET", "/", &[("host", host)]);
        for ours in ["localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000", "127.0.0.2:3000"] {
            assert_eq!(of(ours), Some(200), "{ours}");
        }
        let others =
            ["evil.example:3000", "localhost", "localhost:3001", "192.168.0.7:3000", "localhost.evil.example:3000"];
        for other in
            others.iter().chain(&["", "127.0.0.1.evil.example:3000", "[::2]:3000", "a@localhost:3000", ":3000", "::1"])
        {
            assert_eq!(of(other), Some(421), "{other}");
        }
        assert_eq!(judge(&local, "GET", "/", &[]), Some(421));
        assert_eq!(judge(&local, "GET", "/", &[("host", "localhost:3000"), ("host", "evil.example")]), Some(421));
    }

    #[test]
    fn changes_and_events_come_from_our_own_page() {
        let local = Guard::local(3000);
        let with = |method: &str, path: &str, rest: &[(&str, &str)]| {
            judge(&local, method, path, &[&[("host", "localhost:3000")], rest].concat())
        };
        assert_eq!(with("POST", "/look", &[]), Some(403));
        assert_eq!(with("POST", "/look", &[("origin", "null")]), Some(403));
        assert_eq!(with("POST", "/look", &[("origin", "http://evil.example")]), Some(403));
        assert_eq!(with("POST", "/look", &[("origin", "http://localhost:3001")]), Some(403));
        assert_eq!(with("POST", "/look", &[("origin", "http://127.0.0.1:3000")]), Some(403));
        assert_eq!(with("POST", "/look", &[("origin", "http://localhost:3000")]), Some(200));
        assert_eq!(with("GET", "/events", &[]), Some(200));
        assert_eq!(with("GET", "/events", &[("origin", "http://evil.example")]), Some(403));
        assert_eq!(with("GET", "/events", &[("sec-fetch-site", "cross-site")]), Some(403));
        assert_eq!(
            with("GET", "/events", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]),
            Some(403)
        );
        assert_eq!(with("GET", "/web", &[("sec-fetch-site", "cross-site")]), Some(403));
        assert_eq!(with("GET", "/", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]), Some(200));
    }

    #[test]
    fn others_need_the_token() {
        let open = Guard::open("desk.example", 3000, "secret".to_owned());
        let with =
            |path: &str, host: &str, cookie: &str| judge(&open, "GET", path, &[("host", host), ("cookie", cookie)]);
        assert_eq!(with("/", "desk.example:3000", "a=b"), Some(401));
        assert_eq!(with("/?token=secret", "desk.example:3000", "a=b"), Some(303));
        assert_eq!(with("/?token=secreT", "desk.example:3000", "a=b"), Some(401));
        assert_eq!(with("/web?token=secret", "desk.example:3000", "a=b"), Some(401));
        assert_eq!(with("/web", "192.168.0.7:3000", "a=b; rapporteur-3000=secret"), Some(200));
        assert_eq!(with("/web", "192.168.0.7:3000", "rapporteur-3001=secret"), Some(401));
        assert_eq!(with("/web", "evil.example:3000", "rapporteur-3000=secret"), Some(421));
    }
}
