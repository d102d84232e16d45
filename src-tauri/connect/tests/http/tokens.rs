//! Tokens by client credentials: one is fetched, kept, and replaced once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};
use taskwright_connect::{Client, Connection, Secret};
use taskwright_domain::{ActionResult, FailureCause};
use taskwright_engine::ActionCall;
use tokio::net::TcpListener;

use crate::calls::{call, cause, fields, reason};

const SECRET: &str = "s3cret of a client: & ü";

/// A system that takes one token only, and the server that gives tokens out.
#[derive(Clone)]
struct Issuer {
    /// How many tokens were given out; the newest is the one that is taken.
    issued: Arc<Mutex<u64>>,
    /// The newest token that is taken; older ones have expired.
    taken: Arc<Mutex<u64>>,
    expires_in: Arc<Mutex<Value>>,
    asked: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    base_url: String,
}

impl Issuer {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = Self {
            issued: Arc::default(),
            taken: Arc::new(Mutex::new(1)),
            expires_in: Arc::new(Mutex::new(json!(3600))),
            asked: Arc::default(),
            base_url: format!("http://{}", listener.local_addr().unwrap()),
        };
        let router = Router::new()
            .route("/oauth/token", post(give))
            .route("/orders", get(orders))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    fn connection(&self) -> Connection {
        let mut connection = Connection::confirmed(&self.base_url);
        let secret = Secret::bound_to(SECRET, [self.base_url.as_str()]);
        connection.secrets = BTreeMap::from([("CLIENT".to_owned(), secret)]);
        connection
    }

    fn issued(&self) -> u64 {
        *self.issued.lock().unwrap()
    }
}

async fn give(State(issuer): State<Issuer>, headers: HeaderMap, body: String) -> Json<Value> {
    issuer.asked.lock().unwrap().push((headers, body));
    let mut issued = issuer.issued.lock().unwrap();
    *issued += 1;
    let expires_in = issuer.expires_in.lock().unwrap().clone();
    Json(json!({ "access_token": format!("token-number-{issued}"), "token_type": "bearer", "expires_in": expires_in }))
}

async fn orders(State(issuer): State<Issuer>, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    let wanted = format!("Bearer token-number-{}", issuer.taken.lock().unwrap());
    let given = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if given == wanted {
        (StatusCode::OK, Json(json!({ "said": given })))
    } else {
        (StatusCode::UNAUTHORIZED, Json(json!({})))
    }
}

fn orders_call(auth: &Value) -> ActionCall {
    let outputs = json!([{ "key": "said", "kind": { "type": "text" } }]);
    call(
        &json!({ "request": { "path": "/orders", "auth": auth }, "outputs": outputs }),
        &[],
    )
}

fn by_client() -> Value {
    json!({ "type": "oauth2", "token_url": "/oauth/token", "client_id": "task:wright", "client_secret": "client", "scope": "orders" })
}

async fn at_once(client: &Client, issuer: &Issuer, count: usize) -> Vec<ActionResult> {
    let calls = (0..count).map(|_| {
        let (client, connection) = (client.clone(), issuer.connection());
        tokio::spawn(async move { client.call(&orders_call(&by_client()), &connection).await })
    });
    let mut results = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        results.push(call.await.unwrap());
    }
    results
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_calls_at_once_fetch_one_token_and_replace_an_expired_one_once() {
    let issuer = Issuer::open().await;
    let client = Client::new().unwrap();
    at_once(&client, &issuer, 20)
        .await
        .into_iter()
        .for_each(|result| drop(fields(result)));
    assert_eq!(issuer.issued(), 1, "one for all of them");

    // In the middle of the conversation the system takes it no longer.
    *issuer.taken.lock().unwrap() = 2;
    at_once(&client, &issuer, 20)
        .await
        .into_iter()
        .for_each(|result| drop(fields(result)));
    assert_eq!(issuer.issued(), 2, "replaced once, whoever noticed first");
    at_once(&client, &issuer, 20)
        .await
        .into_iter()
        .for_each(|result| drop(fields(result)));
    assert_eq!(issuer.issued(), 2, "and kept");
}

#[tokio::test]
async fn a_token_is_fetched_anew_before_it_ends_and_a_system_that_refuses_every_one_is_asked_twice() {
    let issuer = Issuer::open().await;
    let client = Client::new().unwrap();
    *issuer.expires_in.lock().unwrap() = json!("0");
    let call = orders_call(&by_client());
    for number in 1..4 {
        *issuer.taken.lock().unwrap() = number;
        fields(client.call(&call, &issuer.connection()).await);
        assert_eq!(issuer.issued(), number, "one that is over is not tried");
    }
    *issuer.taken.lock().unwrap() = 99;
    let refused = cause(client.call(&call, &issuer.connection()).await);
    assert_eq!(refused, FailureCause::Status { status: 401 }, "it is told");
    assert_eq!(issuer.issued(), 5, "one was fetched, and one more");
}

#[tokio::test]
async fn client_and_secret_stand_where_the_server_wants_them_and_no_token_is_kept_of_an_answer() {
    let issuer = Issuer::open().await;
    let client = Client::new().unwrap();
    let said = fields(client.call(&orders_call(&by_client()), &issuer.connection()).await);
    assert_eq!(
        said["said"],
        crate::calls::text("Bearer •••"),
        "the answer repeats the token, the value does not"
    );
    let mut in_body = by_client();
    in_body["credentials_in"] = json!("body");
    in_body["audience"] = json!("https://orders.example");
    *issuer.taken.lock().unwrap() = 2;
    fields(client.call(&orders_call(&in_body), &issuer.connection()).await);
    let asked = issuer.asked.lock().unwrap().clone();
    let (headers, form) = &asked[0];
    assert_eq!(form, "grant_type=client_credentials&scope=orders");
    let basic = headers["authorization"]
        .to_str()
        .unwrap()
        .strip_prefix("Basic ")
        .unwrap();
    let encoded = "dGFzayUzQXdyaWdodDpzM2NyZXQlMjBvZiUyMGElMjBjbGllbnQlM0ElMjAlMjYlMjAlQzMlQkM=";
    assert_eq!(
        basic, encoded,
        "both encoded, so that a colon in either is none between them"
    );
    let (headers, form) = &asked[1];
    assert!(headers.get("authorization").is_none(), "not in the header then");
    let expected = "grant_type=client_credentials&scope=orders&audience=https%3A%2F%2Forders.example\
                    &client_id=task%3Awright&client_secret=s3cret%20of%20a%20client%3A%20%26%20%C3%BC";
    assert_eq!(form, expected);
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_it_is_said_why() {
    let issuer = Issuer::open().await;
    let client = Client::new().unwrap();
    let with = |token_url: &str| {
        let mut auth = by_client();
        auth["token_url"] = json!(token_url);
        orders_call(&auth)
    };
    let nowhere = cause(client.call(&with("/nowhere"), &issuer.connection()).await);
    let wrong = "the token server answered with 404; check the token address".to_owned();
    assert_eq!(nowhere, FailureCause::NoToken { reason: wrong });
    let no_token = cause(client.call(&with("/orders"), &issuer.connection()).await);
    let wrong = "the token server answered with 405".to_owned();
    assert_eq!(no_token, FailureCause::NoToken { reason: wrong });
    let elsewhere = client
        .call(&with("https://login.example/token"), &issuer.connection())
        .await;
    assert_eq!(
        reason(cause(elsewhere)),
        "the secret client is not approved for https://login.example; approve that address for it under Settings"
    );
    let mut inward = issuer.connection();
    let secret = Secret::bound_to(SECRET, ["http://169.254.169.254"]);
    inward.secrets.insert("CLIENT".to_owned(), secret);
    let metadata = client.call(&with("http://169.254.169.254/token"), &inward).await;
    assert_eq!(
        reason(cause(metadata)),
        "169.254.169.254 is an address of this machine or of a private network"
    );
    assert_eq!(issuer.issued(), 0, "no token was given out");
}
