//! Calls of the client, with a proxy and without one.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::process::Command;

use demo_service::{DemoService, Options, Running};
use serde_json::{Value as Json, json};
use taskwright_connect::{Addresses, Client, Connection, Lookup};
use taskwright_domain::{ActionResult, CallMode, EffectId, FailureCause, Settings};
use taskwright_engine::ActionCall;
use tempfile::NamedTempFile;

use crate::between::Between;
use crate::secure::Secure;

/// What the child process below is told.
const PLAN: &str = "TASKWRIGHT_PROXY_PLAN";
/// Every name under which programs look for a proxy.
const VARIABLES: [&str; 8] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "FTP_PROXY",
    "CGI_HTTP_PROXY",
];

/// What names stand for here; whatever is not listed nobody knows.
struct Names;

impl Lookup for Names {
    fn addresses<'a>(&'a self, host: &'a str) -> Addresses<'a> {
        let found: Vec<IpAddr> = match host {
            "shop.example" | "leads-on.example" => vec!["93.184.216.34".parse().unwrap()],
            "private.example" => vec!["10.0.0.5".parse().unwrap()],
            "mixed.example" => vec!["93.184.216.34".parse().unwrap(), "127.0.0.1".parse().unwrap()],
            _ => Vec::new(),
        };
        Box::pin(async move { Ok(found) })
    }
}

fn client() -> Client {
    Client::with_lookup(std::sync::Arc::new(Names)).unwrap()
}

fn look_up(path: &str) -> ActionCall {
    let action = json!({
        "id": "action_a", "key": "a", "name": "A", "result_name": "a", "request": { "path": path },
        "outputs": [{ "key": "number", "kind": { "type": "text" } }],
    });
    ActionCall {
        action: serde_json::from_value(action).unwrap(),
        inputs: Default::default(),
        calls: CallMode::Live,
        key: EffectId::new("7_2_0"),
        settings: Settings::default(),
        now: "2026-11-21T10:00:00Z".parse().unwrap(),
    }
}

/// A connection to an address of the internet, through a proxy.
fn through(proxy: &str, base_url: &str) -> Connection {
    Connection {
        base_url: base_url.to_owned(),
        proxy: Some(proxy.to_owned()),
        ..Connection::default()
    }
}

fn number(result: ActionResult) -> String {
    match result {
        ActionResult::Succeeded { fields, .. } => fields["number"].as_text().unwrap().to_owned(),
        ActionResult::Failed { cause, .. } => panic!("it failed: {cause:?}"),
    }
}

fn refused(result: ActionResult) -> String {
    match result {
        ActionResult::Failed {
            cause: FailureCause::Refused { reason },
            ..
        } => reason,
        other => panic!("it should have been refused: {other:?}"),
    }
}

async fn shop() -> Running {
    DemoService::start(Options::default()).await.unwrap()
}

fn asked_of(shop: &Running) -> Vec<String> {
    let requests = shop.ledger().requests().unwrap();
    requests.into_iter().map(|request| request.path).collect()
}

#[tokio::test]
async fn what_may_not_be_called_is_not_called_through_a_proxy_either() {
    let shop = shop().await;
    let proxy = Between::open(shop.addr).await;
    let port = shop.addr.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.5",
        "printer.local",
        "private.example",
        "mixed.example",
    ] {
        for scheme in ["http", "https"] {
            let connection = through(&proxy.url(), &format!("{scheme}://{host}:{port}"));
            let reason = refused(client().call(&look_up("/orders/4512"), &connection).await);
            assert!(
                reason.ends_with("is an address of this machine or of a private network"),
                "{scheme}, {host}: {reason}"
            );
        }
    }
    assert_eq!(proxy.asked(), Vec::<String>::new(), "the proxy heard of none of them");
    assert_eq!(asked_of(&shop), Vec::<String>::new());
}

#[tokio::test]
async fn a_redirect_to_this_machine_is_refused_behind_a_proxy() {
    let shop = shop().await;
    let leads_on = redirecting(&format!("{}/orders/4512", shop.base_url())).await;
    let proxy = Between::open(leads_on).await;
    let connection = through(&proxy.url(), "http://leads-on.example");
    let reason = refused(client().call(&look_up("/"), &connection).await);
    assert_eq!(
        reason,
        "the answer leads on: 127.0.0.1 is an address of this machine or of a private network"
    );
    assert_eq!(
        proxy.asked(),
        ["GET http://leads-on.example/"],
        "the first address only"
    );
    assert_eq!(asked_of(&shop), Vec::<String>::new());
}

/// A server that answers everything with a redirect.
async fn redirecting(to: &str) -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            // Who says nothing is answered nothing.
            if stream.read(&mut asked).await.is_ok() {
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        }
    });
    address
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_an_unreachable_system() {
    let gone = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let connection = through(&gone, "http://shop.example");
    let result = client().call(&look_up("/orders/4512"), &connection).await;
    assert!(
        matches!(
            result,
            ActionResult::Failed {
                cause: FailureCause::Unreachable,
                ..
            }
        ),
        "and nobody else is asked instead: {result:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_go_through_the_proxy_that_was_set_and_through_none_of_a_variable() {
    let shop = shop().await;
    let secure = Secure::answering("shop.example", r#"{"number": "secure"}"#).await;
    let plain_proxy = Between::open(shop.addr).await;
    let secure_proxy = Between::open(secure.address).await;
    let trap = Between::open(shop.addr).await;
    let authority = NamedTempFile::new().unwrap();
    std::fs::write(authority.path(), &secure.authority).unwrap();
    let plan = json!({"plain": plain_proxy.url(), "secure": secure_proxy.url(), "shop": shop.base_url()});
    // Variables belong to a process: this very program is one of its own, and calls with all of them set.
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args([
            "--exact",
            "calls::calls_with_every_variable_set",
            "--ignored",
            "--nocapture",
        ])
        .env(PLAN, plan.to_string())
        .env("SSL_CERT_FILE", authority.path())
        .envs(VARIABLES.map(|name| (name, trap.url())))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    let output = tokio::task::spawn_blocking(move || child.output())
        .await
        .unwrap()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(plain_proxy.asked(), ["GET http://shop.example/orders/4512"]);
    assert_eq!(
        secure_proxy.asked(),
        ["CONNECT shop.example:443"],
        "what is asked over TLS the proxy does not see"
    );
    assert_eq!(
        asked_of(&shop),
        ["/orders/4512", "/orders/4970"],
        "one through it, one without"
    );
    assert_eq!(
        trap.asked(),
        Vec::<String>::new(),
        "nothing was sent where a variable said"
    );
}

#[tokio::test]
#[ignore = "run by the test above, with variables set"]
async fn calls_with_every_variable_set() {
    let plan: Json = serde_json::from_str(&std::env::var(PLAN).unwrap()).unwrap();
    let at = |key: &str| plan[key].as_str().unwrap().to_owned();
    let client = client();
    let plain = through(&at("plain"), "http://shop.example");
    assert_eq!(number(client.call(&look_up("/orders/4512"), &plain).await), "4512");
    let secure = through(&at("secure"), "https://shop.example");
    assert_eq!(number(client.call(&look_up("/orders/4512"), &secure).await), "secure");
    let without = Connection::confirmed(at("shop"));
    assert_eq!(
        without.allowed_hosts,
        BTreeSet::from([at("shop").replace("http://", "")])
    );
    assert_eq!(number(client.call(&look_up("/orders/4970"), &without).await), "4970");
}
