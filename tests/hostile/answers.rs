//! Answers that are huge, endless, slow, packed into little, or no answers at all.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use taskwright_connect::Connection;
use taskwright_domain::FailureCause::{self, Cut, NotJson, Timeout, TooLarge, Unreachable};

use crate::trial::{Case, MOST_BYTES, Says};
use crate::wire::{Wire, Writes};

/// So much is packed into each bomb: many times what may be read.
const UNPACKED: usize = 4 << 20;

/// A call has to end in one of these.
type Row = (&'static str, Writes, Vec<FailureCause>);

pub(crate) async fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, writes, ends) in sizes().into_iter().chain(speeds()).chain(bombs()).chain(nonsense()) {
        let mut ends = ends;
        if ends.contains(&Cut) {
            // It is tried again, and on a busy machine the time for all attempts may be over first.
            ends.push(Timeout);
        }
        let server = Wire::open(writes).await;
        let base_url = format!("http://127.0.0.1:{}", server.port);
        let mut case = Case::at(base_url.as_str(), Says::OneOf(ends));
        case.connection = Connection::confirmed(base_url);
        case.name = name.to_owned();
        case.servers.push(server);
        cases.push(case);
    }
    cases
}

fn head(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{headers}\r\n").into_bytes()
}

fn with(headers: &str, body: &[u8]) -> Vec<u8> {
    [
        head(&format!("{headers}content-length: {}\r\n", body.len())),
        body.to_vec(),
    ]
    .concat()
}

fn sizes() -> Vec<Row> {
    let much = vec![b' '; 64 << 10];
    let chunk = [
        format!("{:x}\r\n", much.len()).into_bytes(),
        much.clone(),
        b"\r\n".to_vec(),
    ]
    .concat();
    let one_too_many = vec![b' '; usize::try_from(MOST_BYTES).unwrap() + 1];
    vec![
        (
            "it says it is huge",
            Writes::Holds(head("content-length: 99999999999\r\n")),
            vec![TooLarge],
        ),
        (
            "one byte too many",
            Writes::Once(with("", &one_too_many)),
            vec![TooLarge],
        ),
        (
            "endless chunks",
            Writes::Endless(head("transfer-encoding: chunked\r\n"), chunk),
            vec![TooLarge],
        ),
        (
            "endless without a length",
            Writes::Endless(head("connection: close\r\n"), much),
            vec![TooLarge],
        ),
        (
            "endless headers",
            Writes::Endless(
                b"HTTP/1.1 200 OK\r\n".to_vec(),
                b"x-more: and more and more\r\n".repeat(200),
            ),
            vec![Cut],
        ),
        (
            "one endless header",
            Writes::Endless(b"HTTP/1.1 200 OK\r\nx-more: ".to_vec(), vec![b'a'; 64 << 10]),
            vec![Cut],
        ),
        (
            "endlessly asked to go on",
            Writes::Endless(Vec::new(), b"HTTP/1.1 100 Continue\r\n\r\n".repeat(50)),
            vec![Timeout, Cut],
        ),
        (
            "a chunk whose size is no number",
            Writes::Once(
                [
                    head("transfer-encoding: chunked\r\n"),
                    b"zz\r\n{}\r\n0\r\n\r\n".to_vec(),
                ]
                .concat(),
            ),
            vec![Cut],
        ),
        (
            "a chunk larger than any machine",
            Writes::Holds(
                [
                    head("transfer-encoding: chunked\r\n"),
                    b"ffffffffffffffff\r\n{".to_vec(),
                ]
                .concat(),
            ),
            vec![Timeout, Cut],
        ),
        (
            "endless words after a chunk's size",
            Writes::Endless(
                [head("transfer-encoding: chunked\r\n"), b"1;".to_vec()].concat(),
                vec![b'a'; 64 << 10],
            ),
            vec![Cut, Timeout],
        ),
    ]
}

fn speeds() -> Vec<Row> {
    vec![
        ("silence", Writes::Holds(Vec::new()), vec![Timeout]),
        (
            "silence after the headers",
            Writes::Holds(head("content-length: 2\r\n")),
            vec![Timeout],
        ),
        (
            "silence in the middle",
            Writes::Holds([head("content-length: 9\r\n"), b"{\"a\"".to_vec()].concat()),
            vec![Timeout],
        ),
        (
            "headers in drips",
            Writes::Drips(b"HTTP/1.1 200 OK\r\n".to_vec(), b"x-a: b\r\n".to_vec()),
            vec![Timeout],
        ),
        (
            "a body in drips",
            Writes::Drips(head("content-length: 60000\r\n"), b" ".to_vec()),
            vec![Timeout],
        ),
        (
            "chunks in drips",
            Writes::Drips(head("transfer-encoding: chunked\r\n"), b"1\r\n \r\n".to_vec()),
            vec![Timeout],
        ),
        (
            "a packed body in drips",
            Writes::Drips(
                head("content-encoding: gzip\r\ncontent-length: 60000\r\n"),
                gzip(&[b' '; 4096]),
            ),
            vec![Timeout, Cut],
        ),
    ]
}

fn bombs() -> Vec<Row> {
    let zeros = vec![b' '; UNPACKED];
    let bomb = |encoding: &str, packed: &[u8]| Writes::Once(with(&format!("content-encoding: {encoding}\r\n"), packed));
    let once = gzip(&zeros);
    let twice = gzip(&once);
    vec![
        ("a gzip bomb", bomb("gzip", &once), vec![TooLarge]),
        (
            "a gzip bomb without a length",
            {
                let plain = head("content-encoding: gzip\r\nconnection: close\r\n");
                Writes::Once([plain, gzip(&zeros)].concat())
            },
            vec![TooLarge],
        ),
        (
            "a bomb in a bomb",
            bomb("gzip, gzip", &twice),
            vec![NotJson, TooLarge, Cut],
        ),
        ("a deflate bomb", bomb("deflate", &zlib(&zeros)), vec![TooLarge]),
        ("a Brotli bomb", bomb("br", &brotli(&zeros)), vec![TooLarge]),
        (
            "a zstd bomb",
            bomb("zstd", &zstd::encode_all(zeros.as_slice(), 1).unwrap()),
            vec![TooLarge],
        ),
        (
            "a packed body that ends too early",
            bomb("gzip", &once[..once.len() / 2]),
            vec![TooLarge],
        ),
        (
            "a small packed body that ends too early",
            bomb("gzip", &gzip(b"{}")[..12]),
            vec![Cut],
        ),
        (
            "what is not packed at all",
            bomb("gzip", b"{\"number\":\"4512\"}"),
            vec![Cut],
        ),
        ("noise that says it is Brotli", bomb("br", &[0xff; 64]), vec![Cut]),
        ("noise that says it is zstd", bomb("zstd", &[0xff; 64]), vec![Cut]),
    ]
}

fn nonsense() -> Vec<Row> {
    let deep = [b"[".repeat(30_000), b"]".repeat(30_000)].concat();
    vec![
        ("nothing", Writes::Once(Vec::new()), vec![Cut, Unreachable]),
        ("no HTTP", Writes::Once(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), vec![Cut]),
        (
            "a status that is none",
            Writes::Once(b"HTTP/1.1 9999 OK\r\n\r\n".to_vec()),
            vec![Cut],
        ),
        (
            "less than it says",
            Writes::Once([head("content-length: 9\r\n"), b"{}".to_vec()].concat()),
            vec![Cut],
        ),
        (
            "two lengths",
            Writes::Once([head("content-length: 2\r\ncontent-length: 9\r\n"), b"{}".to_vec()].concat()),
            vec![Cut],
        ),
        (
            "JSON thirty thousand levels deep",
            Writes::Once(with("", &deep)),
            vec![NotJson],
        ),
        (
            "a number without end",
            Writes::Once(with("", &b"9".repeat(60_000))),
            vec![NotJson],
        ),
        (
            "bytes that are no text",
            Writes::Once(with("", &[0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
            vec![NotJson],
        ),
        (
            "text of two bytes a letter",
            Writes::Once(with("", b"\xff\xfe{\0}\0")),
            vec![NotJson],
        ),
    ]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut packer = brotli::CompressorWriter::new(&mut packed, 4096, 5, 22);
    packer.write_all(bytes).unwrap();
    drop(packer);
    packed
}
