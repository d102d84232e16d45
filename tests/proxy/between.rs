//! A small proxy that writes down what it is asked for, and hands all of it to one server, whatever host was asked for.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The proxy; it is closed when this is dropped.
pub(crate) struct Between {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl Drop for Between {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Between {
    /// A proxy in front of a server.
    pub(crate) async fn open(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let notes = asked.clone();
        let listening = tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                // Whoever goes away has nothing more to say.
                tokio::spawn(hand_on(caller, server, notes.clone()));
            }
        });
        Self {
            address,
            asked,
            listening,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The first line of everything it was asked for, without its protocol.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn hand_on(mut caller: TcpStream, server: SocketAddr, asked: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let head = head(&mut caller).await?;
    let line = String::from_utf8_lossy(&head);
    let line = line.lines().next().unwrap_or_default();
    asked
        .lock()
        .unwrap()
        .push(line.trim_end_matches(" HTTP/1.1").to_owned());
    let mut server = TcpStream::connect(server).await?;
    if line.starts_with("CONNECT ") {
        caller.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    } else {
        // One request a connection, so that each is written down.
        let end = head.windows(2).position(|two| two == b"\r\n").unwrap_or_default();
        server.write_all(&head[..end]).await?;
        server.write_all(b"\r\nConnection: close").await?;
        server.write_all(&head[end..]).await?;
    }
    copy_bidirectional(&mut caller, &mut server).await?;
    Ok(())
}

/// What comes up to the end of the headers, and what came along with it.
async fn head(caller: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        if caller.read_buf(&mut head).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}
