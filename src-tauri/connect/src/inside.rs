//! Whether an address is inside our own network.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;
use tokio::net::lookup_host;
use tokio::time::timeout;

use crate::address::is_public;

/// How long the question for a name's addresses may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether a base URL means this computer or a private network, by its host or by one of the host's addresses as they
/// are now. A name that nobody knows yet is not; the client looks again with every call.
pub async fn is_inside(base_url: &str) -> bool {
    let Ok(url) = Url::parse(base_url.trim()) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    if let Some(address) = literal(host) {
        return !is_public(address);
    }
    let host = host.trim_end_matches('.');
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    let port = url.port_or_known_default().unwrap_or(443);
    match timeout(PATIENCE, lookup_host((host, port))).await {
        Ok(Ok(mut addresses)) => addresses.any(|address| !is_public(address.ip())),
        _ => false,
    }
}

fn literal(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    bare.unwrap_or(host).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[tokio::test]
    async fn this_computer_and_private_networks_are_inside() {
        for (address, inside) in [
            ("http://127.0.0.1:4010", true),
            ("http://0x7f.1/", true),
            ("http://[::1]:4010/api", true),
            ("http://[::ffff:10.0.0.1]/", true),
            ("https://localhost", true),
            ("https://shop.localhost.", true),
            ("http://192.168.1.5/api", true),
            ("http://169.254.169.254", true),
            ("https://93.184.216.34/api", false),
            ("https://[2606:4700::1111]/", false),
            ("https://nobody.invalid", false),
            ("no address", false),
        ] {
            assert_eq!(is_inside(address).await, inside, "{address}");
        }
    }
}
