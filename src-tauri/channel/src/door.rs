//! Who may come in: the person who started the program, from this machine.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::server::Host;

/// The name of the cookie, with the port: programs on several ports share a host's cookies.
const COOKIE: &str = "taskwright";

/// The token and the names this server answers to.
pub(crate) struct Door {
    token: String,
    addr: SocketAddr,
}

impl Door {
    pub(crate) fn new(addr: SocketAddr) -> Self {
        // Two random UUIDs: 244 random bits.
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        Self { token, addr }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/?token={}", self.addr, self.token)
    }

    /// A page elsewhere that has its name point here is kept out, whatever cookies it makes the browser send.
    fn is_own_host(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.is_some_and(|host| {
            let port = self.addr.port();
            [
                self.addr.to_string(),
                format!("localhost:{port}"),
                format!("127.0.0.1:{port}"),
            ]
            .contains(&host.to_owned())
        })
    }

    /// Browsers say where a request comes from whenever it is not a plain visit.
    fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return true;
        };
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        origin.to_str().is_ok_and(|origin| origin == format!("http://{host}"))
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok());
        cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(cookie, token)| cookie == name && self.is_token(token))
    }

    /// Hashes are compared, so that the time it takes tells nothing about the token.
    fn is_token(&self, token: &str) -> bool {
        Sha256::digest(token) == Sha256::digest(&self.token)
    }

    fn cookie_name(&self) -> String {
        format!("{COOKIE}_{}", self.addr.port())
    }

    fn cookie(&self) -> String {
        format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict",
            self.cookie_name(),
            self.token
        )
    }
}

/// Lets in who knows the token; the address with the token becomes a cookie.
pub(crate) async fn guard(State(host): State<Host>, request: Request, next: Next) -> Response {
    let door = &host.door;
    if !door.is_own_host(request.headers()) || !door.is_own_origin(request.headers()) {
        return (StatusCode::FORBIDDEN, "This server answers its own page only.").into_response();
    }
    if let Some(token) = token_in(request.uri().query().unwrap_or_default())
        && door.is_token(token)
    {
        return (
            [(header::SET_COOKIE, door.cookie())],
            Redirect::to(request.uri().path()),
        )
            .into_response();
    }
    if door.knows(request.headers()) {
        return next.run(request).await;
    }
    let message = "Open the address that Taskwright printed when it started; it signs this browser in.";
    (StatusCode::UNAUTHORIZED, message).into_response()
}

fn token_in(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("token="))
}
