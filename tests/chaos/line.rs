//! A bad line to a system: it delays requests, loses them, delivers them twice, and breaks before or within the answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use taskwright_tests::spread;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// What becomes of a request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It arrives, and so does its answer.
    Fine,
    /// It arrives after a while.
    Late(Duration),
    /// It never arrives.
    Lost,
    /// It arrives, its answer does not.
    Cut,
    /// It arrives, and half of its answer does.
    CutWithin,
    /// It arrives twice.
    Twice,
}

impl Fate {
    fn of(number: u64) -> Self {
        match spread(number, 12) {
            0 | 1 => Self::Late(Duration::from_millis(spread(number + 1, 80))),
            2 => Self::Lost,
            3 => Self::Cut,
            4 => Self::CutWithin,
            5 | 6 => Self::Twice,
            _ => Self::Fine,
        }
    }
}

/// The line; it is closed when this is dropped.
pub(crate) struct Line {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

struct Shared {
    to: SocketAddr,
    calm: AtomicBool,
    requests: AtomicU64,
    disturbed: AtomicU64,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Line {
    pub(crate) async fn open(to: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            to,
            calm: AtomicBool::new(false),
            requests: AtomicU64::new(seed * 1_000),
            disturbed: AtomicU64::new(0),
        });
        let of_line = shared.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = of_line.clone();
                // Whatever breaks was meant to, or its caller was killed.
                tokio::spawn(async move { shared.carry(stream).await.ok() });
            }
        });
        Self {
            address,
            shared,
            listening,
        }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on everything arrives.
    pub(crate) fn calm_down(&self) {
        self.shared.calm.store(true, Ordering::Relaxed);
    }

    /// How many requests did not simply arrive.
    pub(crate) fn disturbed(&self) -> u64 {
        self.shared.disturbed.load(Ordering::Relaxed)
    }
}

impl Shared {
    async fn carry(&self, mut caller: TcpStream) -> std::io::Result<()> {
        while let Some(request) = message(&mut caller).await? {
            let number = self.requests.fetch_add(1, Ordering::Relaxed);
            let fate = if self.calm.load(Ordering::Relaxed) {
                Fate::Fine
            } else {
                Fate::of(number)
            };
            if !matches!(fate, Fate::Fine) {
                self.disturbed.fetch_add(1, Ordering::Relaxed);
            }
            match fate {
                Fate::Lost => return Ok(()),
                Fate::Late(after) => sleep(after).await,
                Fate::Twice => drop(self.deliver(&request).await?),
                Fate::Fine | Fate::Cut | Fate::CutWithin => {}
            }
            let answer = self.deliver(&request).await?;
            match fate {
                Fate::Cut => return Ok(()),
                Fate::CutWithin => return caller.write_all(&answer[..answer.len() / 2]).await,
                _ => caller.write_all(&answer).await?,
            }
        }
        Ok(())
    }

    async fn deliver(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut system = TcpStream::connect(self.to).await?;
        system.write_all(request).await?;
        let answer = message(&mut system).await?;
        answer.ok_or_else(|| std::io::Error::other("the system gave no answer"))
    }
}

/// One whole request or answer; none where nothing more comes.
async fn message(stream: &mut TcpStream) -> std::io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    loop {
        if let Some(length) = whole(&message)
            && message.len() >= length
        {
            return Ok(Some(message));
        }
        if stream.read_buf(&mut message).await? == 0 {
            return Ok(None);
        }
    }
}

/// How long the message is with its body, once its headers are there.
fn whole(message: &[u8]) -> Option<usize> {
    let end = message.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    Some(end + length.unwrap_or(0))
}
