//! Addresses of this machine and of private networks, in every writing; and what is no address of a system at all.

use crate::trial::{Case, Says};

/// As written, and as the guard reads it.
const WRITTEN: [(&str, &str); 79] = [
    ("127.0.0.1", "127.0.0.1"),
    ("127.1", "127.0.0.1"),
    ("127.0.1", "127.0.0.1"),
    ("127.255.255.254", "127.255.255.254"),
    ("2130706433", "127.0.0.1"),
    ("0x7f000001", "127.0.0.1"),
    ("0X7F000001", "127.0.0.1"),
    ("0x7f.0.0.1", "127.0.0.1"),
    ("0x7f.1", "127.0.0.1"),
    ("017700000001", "127.0.0.1"),
    ("0177.0.0.1", "127.0.0.1"),
    ("0177.0.0.0x1", "127.0.0.1"),
    ("0000177.0.0.1", "127.0.0.1"),
    ("127.0.0.1.", "127.0.0.1"),
    ("%31%32%37.0.0.1", "127.0.0.1"),
    ("１２７.０.０.１", "127.0.0.1"),
    ("127。0。0。1", "127.0.0.1"),
    ("①②⑦.⓪.⓪.①", "127.0.0.1"),
    ("0", "0.0.0.0"),
    ("0x0", "0.0.0.0"),
    ("0.0.0.0", "0.0.0.0"),
    ("localhost", "localhost"),
    ("LOCALHOST", "localhost"),
    ("localhost.", "localhost."),
    ("ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "localhost"),
    ("any.localhost", "any.localhost"),
    ("10.0.0.1", "10.0.0.1"),
    ("10.255.255.255", "10.255.255.255"),
    ("012.0.0.1", "10.0.0.1"),
    ("0xa000001", "10.0.0.1"),
    ("167772161", "10.0.0.1"),
    ("172.16.0.1", "172.16.0.1"),
    ("172.31.255.255", "172.31.255.255"),
    ("192.168.0.1", "192.168.0.1"),
    ("0300.0250.0.1", "192.168.0.1"),
    ("3232235521", "192.168.0.1"),
    ("169.254.169.254", "169.254.169.254"),
    ("0xa9fea9fe", "169.254.169.254"),
    ("2852039166", "169.254.169.254"),
    ("0251.0376.0251.0376", "169.254.169.254"),
    ("169.254.43518", "169.254.169.254"),
    ("169.254.170.2", "169.254.170.2"),
    ("100.64.0.1", "100.64.0.1"),
    ("100.100.100.200", "100.100.100.200"),
    ("198.18.0.1", "198.18.0.1"),
    ("192.0.0.192", "192.0.0.192"),
    ("192.88.99.1", "192.88.99.1"),
    ("192.0.2.1", "192.0.2.1"),
    ("198.51.100.1", "198.51.100.1"),
    ("203.0.113.1", "203.0.113.1"),
    ("224.0.0.1", "224.0.0.1"),
    ("239.255.255.250", "239.255.255.250"),
    ("240.0.0.1", "240.0.0.1"),
    ("255.255.255.255", "255.255.255.255"),
    ("[::1]", "[::1]"),
    ("[::]", "[::]"),
    ("[0:0:0:0:0:0:0:1]", "[::1]"),
    ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    ("[::FFFF:7F00:1]", "[::ffff:7f00:1]"),
    ("[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]"),
    ("[::ffff:10.0.0.1]", "[::ffff:a00:1]"),
    ("[::127.0.0.1]", "[::7f00:1]"),
    ("[::ffff:0:127.0.0.1]", "[::ffff:0:7f00:1]"),
    ("[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]"),
    ("[64:ff9b::a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]"),
    ("[64:ff9b:1::10.0.0.1]", "[64:ff9b:1::a00:1]"),
    ("[2002:7f00:1::]", "[2002:7f00:1::]"),
    ("[2002:a9fe:a9fe::1]", "[2002:a9fe:a9fe::1]"),
    (
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    ),
    ("[2606:4700::5efe:7f00:1]", "[2606:4700::5efe:7f00:1]"),
    ("[fe80::1]", "[fe80::1]"),
    ("[fc00::1]", "[fc00::1]"),
    ("[fd00:ec2::254]", "[fd00:ec2::254]"),
    ("[fec0::1]", "[fec0::1]"),
    ("[ff02::1]", "[ff02::1]"),
    ("[2001:db8::1]", "[2001:db8::1]"),
    ("[100::1]", "[100::1]"),
    ("metadata.google.internal", "metadata.google.internal"),
    ("printer.local", "printer.local"),
];

const NO_SCHEME: &str = "the base URL must begin with https:// or http://";
const NO_URL: &str = "the base URL is no URL; it begins with https://";
const LOGIN: &str = "the base URL must hold no name or password; use a secret in a header";
const TAIL: &str = "the base URL must end with its path";

/// What is no address of a system, and why.
const NO_ADDRESS: [(&str, &str); 13] = [
    ("file:///etc/passwd", NO_SCHEME),
    ("gopher://127.0.0.1:70/_GET", NO_SCHEME),
    ("ftp://127.0.0.1/", NO_SCHEME),
    ("javascript:alert(1)", NO_SCHEME),
    ("http://shop.example@127.0.0.1/", LOGIN),
    ("http://shop.example:80@127.0.0.1/", LOGIN),
    ("http://:pass@127.0.0.1/", LOGIN),
    ("http://127.0.0.1#@shop.example/", TAIL),
    ("http://127.0.0.1?@shop.example/", TAIL),
    ("http://256.256.256.256/", NO_URL),
    ("http://1.2.3.4.5/", NO_URL),
    ("http://[::1/", NO_URL),
    ("http://0x7f.0.0.1.0x1/", NO_URL),
];

pub(crate) fn cases() -> Vec<Case> {
    let written = WRITTEN.iter().flat_map(|(host, read)| {
        let plain = Case::says_private(&format!("http://{host}"), read);
        let with_port = Case::says_private(&format!("https://{host}:8443/v1"), read);
        [plain, with_port]
    });
    let no_address = NO_ADDRESS
        .iter()
        .map(|(address, why)| Case::at(*address, Says::BadRequest(why)));
    written.chain(no_address).collect()
}
