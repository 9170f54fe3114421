//! Which addresses of the outer world can be followed at all.

/// Whether what stands between `//` and the path is user, host and port as RFC 3986 (3.2) has them: with anything
/// else no browser goes anywhere, and Word calls the whole file damaged.
pub fn is_authority(authority: &str) -> bool {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return false;
            }
            ("", port)
        }
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let name_holds = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '%'));
    let port = port.strip_prefix(':').unwrap_or(port);
    let port_holds = port.is_empty() || port.parse::<u16>().is_ok();
    let host_holds = !name.is_empty() || host.starts_with('[');
    host_holds && name_holds && port_holds
}

#[cfg(test)]
mod tests {
    use super::is_authority;

    #[test]
    fn hosts_are_told_from_what_is_none() {
        for host in ["example.org", "a@b.example:8080", "[::1]:80", "münchen.example", "a_b.example"] {
            assert!(is_authority(host), "{host}");
        }
        for host in ["", "{{owner}}.github.io", "a b", "example.org:port", "[::zz]", "exa<mple"] {
            assert!(!is_authority(host), "{host}");
        }
    }
}
