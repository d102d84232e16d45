//! A server that writes whatever it is told, byte by byte, to whoever asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::interval;

/// What it writes once a request has come.
#[derive(Debug, Clone)]
pub(crate) enum Writes {
    /// This, and then it closes.
    Once(Vec<u8>),
    /// This, and then it stays silent.
    Holds(Vec<u8>),
    /// The first, and then the second for ever.
    Endless(Vec<u8>, Vec<u8>),
    /// The first, and then the second for ever, a byte at a time.
    Drips(Vec<u8>, Vec<u8>),
}

/// The server; it is gone when this is dropped.
pub(crate) struct Wire {
    pub(crate) port: u16,
    heard: Arc<AtomicU64>,
    written: Arc<AtomicU64>,
    listening: JoinHandle<()>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Wire {
    pub(crate) async fn open(writes: Writes) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (heard, written) = (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default());
        let counters = (heard.clone(), written.clone());
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (heard, written) = counters.clone();
                heard.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, writes.clone(), written));
            }
        });
        Self {
            port,
            heard,
            written,
            listening,
        }
    }

    /// How many have connected.
    pub(crate) fn heard(&self) -> u64 {
        self.heard.load(Ordering::Relaxed)
    }

    /// How many bytes were written to them.
    pub(crate) fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }
}

/// Whatever goes wrong, its caller has gone away.
async fn serve(mut stream: TcpStream, writes: Writes, written: Arc<AtomicU64>) {
    let _ = tell(&mut stream, writes, &written).await;
}

async fn tell(stream: &mut TcpStream, writes: Writes, written: &AtomicU64) -> std::io::Result<()> {
    let mut request = [0_u8; 4096];
    if stream.read(&mut request).await? == 0 {
        return Ok(());
    }
    let mut out = Counted { stream, written };
    match writes {
        Writes::Once(bytes) => {
            out.write(&bytes).await?;
            out.stream.shutdown().await
        }
        Writes::Holds(bytes) => {
            out.write(&bytes).await?;
            out.stream.read(&mut request).await.map(|_| ())
        }
        Writes::Endless(head, again) => {
            out.write(&head).await?;
            loop {
                out.write(&again).await?;
            }
        }
        Writes::Drips(head, again) => {
            out.write(&head).await?;
            let mut ticks = interval(Duration::from_millis(20));
            for byte in again.iter().cycle() {
                ticks.tick().await;
                out.write(&[*byte]).await?;
            }
            Ok(())
        }
    }
}

struct Counted<'a> {
    stream: &'a mut TcpStream,
    written: &'a AtomicU64,
}

impl Counted<'_> {
    async fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.written.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}
