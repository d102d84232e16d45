//! Answers that lead elsewhere.

use taskwright_connect::Connection;

use crate::trial::{Case, Says};
use crate::wire::{Wire, Writes};

const PRIVATE: &str = "is an address of this machine or of a private network";

pub(crate) async fn cases() -> Vec<Case> {
    let trap = || Wire::open(Writes::Once(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec()));
    let leads = |to: &str, why: String| (to.to_owned(), format!("the answer leads on: {why}"));
    let mut table = vec![
        leads("http://127.0.0.1:{trap}/", format!("127.0.0.1 {PRIVATE}")),
        leads("//127.0.0.1:{trap}/", format!("127.0.0.1 {PRIVATE}")),
        leads("http://localhost:{trap}/", format!("localhost {PRIVATE}")),
        leads("http://[::1]:{trap}/", format!("[::1] {PRIVATE}")),
        leads(
            "http://[::ffff:127.0.0.1]:{trap}/",
            format!("[::ffff:7f00:1] {PRIVATE}"),
        ),
        leads("http://2130706433:{trap}/", format!("127.0.0.1 {PRIVATE}")),
        leads("http://0x7f.1:{trap}/", format!("127.0.0.1 {PRIVATE}")),
        leads(
            "http://169.254.169.254/latest/meta-data/",
            format!("169.254.169.254 {PRIVATE}"),
        ),
        leads("https://10.0.0.1/admin", format!("10.0.0.1 {PRIVATE}")),
        leads("http://loopback.example:{trap}/", format!("loopback.example {PRIVATE}")),
        leads("http://mixed.example:{trap}/", format!("mixed.example {PRIVATE}")),
        leads(
            "http://me@127.0.0.1:{trap}/",
            "the address holds a name or a password".to_owned(),
        ),
        leads(
            "http://shop.example:80@127.0.0.1:{trap}/",
            "the address holds a name or a password".to_owned(),
        ),
        leads(
            "file:///etc/passwd",
            "file: is not called; only http and https are".to_owned(),
        ),
        leads(
            "gopher://127.0.0.1:{trap}/",
            "gopher: is not called; only http and https are".to_owned(),
        ),
        leads(
            "ftp://127.0.0.1/",
            "ftp: is not called; only http and https are".to_owned(),
        ),
        leads(
            "data:application/json,{}",
            "data: is not called; only http and https are".to_owned(),
        ),
        leads(
            "javascript:alert(1)",
            "javascript: is not called; only http and https are".to_owned(),
        ),
        leads(
            "unix:/var/run/docker.sock",
            "unix: is not called; only http and https are".to_owned(),
        ),
    ];
    let plain = |to: &str, why: &str| (to.to_owned(), why.to_owned());
    let endless = "the answer leads from one address to the next without end";
    table.push(plain("/orders/4512", endless));
    table.push(plain("/again?and=again", endless));
    table.push(plain("http://[::1", "the answer leads to what is no address"));
    table.push(plain(
        "http://256.256.256.256/",
        "the answer leads to what is no address",
    ));
    let mut cases = Vec::new();
    for status in [302, 307] {
        for (to, why) in &table {
            let trap = trap().await;
            let to = to.replace("{trap}", &trap.port.to_string());
            let answer = format!("HTTP/1.1 {status} Moved\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
            let server = Wire::open(Writes::Once(answer.into_bytes())).await;
            let mut case = Case::at(format!("http://127.0.0.1:{}", server.port), Says::Refused(why.clone()));
            case.connection = Connection::confirmed(format!("http://127.0.0.1:{}", server.port));
            case.name = format!("{status} to {to}");
            case.servers.push(server);
            case.traps.push(trap);
            cases.push(case);
        }
    }
    cases
}
