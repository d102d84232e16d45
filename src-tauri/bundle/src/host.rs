//! The host in front of a path, and the path without it.

/// An address in its parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SplitAddress {
    /// Scheme and host; user and password are dropped.
    pub(crate) host: String,
    /// Path and query.
    pub(crate) path: String,
    /// Whether there was a user or password.
    pub(crate) had_user: bool,
}

/// Splits an address an author typed where only a path belongs. Nothing is split off a path.
pub(crate) fn split_host(address: &str) -> Option<SplitAddress> {
    let address = address.trim_start();
    let (scheme, rest) = match scheme_of(address) {
        Some((scheme, rest)) => (format!("{}://", scheme.to_ascii_lowercase()), rest),
        None => match address.strip_prefix("//") {
            Some(rest) => ("https://".to_owned(), rest),
            None if begins_with_host(address) => ("https://".to_owned(), address),
            None => return None,
        },
    };
    let end = end_of_authority(rest);
    let (user, host) = rest[..end].rsplit_once('@').unwrap_or(("", &rest[..end]));
    let path = rest[end..].split('#').next().unwrap_or_default();
    let slash = if path.starts_with('/') { "" } else { "/" };
    Some(SplitAddress {
        host: format!("{scheme}{host}"),
        path: format!("{slash}{path}"),
        had_user: !user.is_empty(),
    })
}

fn scheme_of(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    fits.then_some((scheme, rest))
}

fn end_of_authority(rest: &str) -> usize {
    rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())
}

/// `api.example.com/orders`, `localhost:8080/x`, `user:word@host/x`; not `orders/7` and not `/orders`.
fn begins_with_host(address: &str) -> bool {
    let end = end_of_authority(address);
    let first = &address[..end];
    let host = first.rsplit('@').next().unwrap_or_default();
    if host.len() != first.len() {
        return true;
    }
    let (name, port) = host
        .split_once(':')
        .map_or((host, None), |(name, port)| (name, Some(port)));
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || ".-{}_".contains(c)) || name.is_empty() {
        return false;
    }
    if let Some(port) = port {
        return !port.is_empty() && port.chars().all(|c| c.is_ascii_digit());
    }
    let is_number = name.split('.').count() == 4 && name.chars().all(|c| c.is_ascii_digit() || c == '.');
    let ends_well = name.rsplit_once('.').is_some_and(|(before, last)| {
        !before.is_empty() && last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic()) && !is_file_ending(last)
    });
    // A lone `status.open` may be a path; `api.example.com` and `shop.test/x` are none.
    let more = end < address.len() || name.matches('.').count() > 1;
    is_number || (ends_well && more)
}

fn is_file_ending(last: &str) -> bool {
    ["json", "xml", "php", "aspx", "csv", "html", "txt", "do"].contains(&last)
}

#[cfg(test)]
mod tests {
    use super::split_host;

    #[test]
    fn only_the_path_of_an_address_stays() {
        for (address, host, path) in [
            (
                "https://api.example.com/orders/{id}?a=b#top",
                "https://api.example.com",
                "/orders/{id}?a=b",
            ),
            ("HTTP://me:word@shop.test:8080", "http://shop.test:8080", "/"),
            ("https://api.example.com?x=1", "https://api.example.com", "/?x=1"),
            ("//evil.test/x", "https://evil.test", "/x"),
            ("api.example.com/orders", "https://api.example.com", "/orders"),
            ("localhost:3000/orders", "https://localhost:3000", "/orders"),
            ("me:word@intranet/orders", "https://intranet", "/orders"),
            ("10.0.0.7/orders", "https://10.0.0.7", "/orders"),
        ] {
            let split = split_host(address).unwrap();
            assert_eq!((split.host.as_str(), split.path.as_str()), (host, path), "{address}");
            assert_eq!(split.had_user, address.contains("me:word"), "{address}");
        }
    }

    #[test]
    fn a_path_stays_as_it_is() {
        for path in [
            "/orders/{id}",
            "orders/{id}",
            "",
            "/x?to=https://a.b",
            "orders.json",
            "v1.0/orders",
            "{base}/x",
            "/a@b",
            "status.open",
        ] {
            assert_eq!(split_host(path), None, "{path:?} has no host");
        }
    }
}
