//! Finding what must not stand in an action, and the way to prove who calls.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use taskwright_domain::{Authentication, SecretName, Template};

use crate::naming::{key_of, words_of};
use crate::placeholder::{Piece, pieces};
use crate::wants::Wants;

/// How tokens and keys of well-known services begin.
const MARKS: [&str; 20] = [
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rk_test_",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "shpat_",
    "shpss_",
    "shpca_",
    "AKIA",
    "SG.",
    "pat-",
    "key-",
    "sk-",
    "whsec_",
];

/// What was found out about who calls.
#[derive(Debug)]
pub(super) struct Credentials {
    /// What the service is called; secrets are named after it.
    pub(super) service: String,
    pub(super) auth: Authentication,
    /// The user of a login, as it was written.
    pub(super) user: Option<String>,
    /// Places of the example that stand for a secret, with its name.
    places: Vec<(String, SecretName)>,
}

impl Credentials {
    pub(super) fn new(service: String) -> Self {
        Self {
            service,
            auth: Authentication::None,
            user: None,
            places: Vec::new(),
        }
    }

    /// The secret that a place of the example stands for.
    pub(super) fn known_place(&self, place: &str) -> Option<&SecretName> {
        self.places
            .iter()
            .find(|(known, _)| known == place)
            .map(|(_, secret)| secret)
    }

    /// Names a secret after the service and what it is; a place of the example gives it its own name.
    pub(super) fn secret(&mut self, kind: &str, purpose: &str, value: &str, wants: &mut Wants) -> SecretName {
        let open = pieces(value).into_iter().find_map(|piece| match piece {
            Piece::Place(name) => Some(name),
            Piece::Words(_) => None,
        });
        let named = format!("{}_{}", self.service, key_of(kind));
        match open {
            Some(place) => {
                let own = place.trim_start_matches("your_").trim_start_matches("my_").to_owned();
                let name = if own.contains('_') && !own.ends_with("_here") && own != "api_key" {
                    own
                } else {
                    named
                };
                let secret = wants.secret(&name, purpose, None);
                self.places.push((place, secret.clone()));
                secret
            }
            None => wants.secret(&named, purpose, Some(value.to_owned())),
        }
    }

    /// `user:password`, as `-u` takes it.
    pub(super) fn login(&mut self, login: &str, wants: &mut Wants) {
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        let key_alone = login.contains(':') && matches!(password, "" | "x" | "X");
        if key_alone {
            let secret = self.secret("key", "Key, sent as the user of a login without password", user, wants);
            self.auth = Authentication::Basic {
                user: Template::new(format!("{{secret.{secret}}}")),
                secret: SecretName::default(),
            };
            return;
        }
        let open = pieces(user).iter().any(|piece| matches!(piece, Piece::Place(_)));
        let user_template = if open {
            let secret = self.secret("user", "User", user, wants);
            format!("{{secret.{secret}}}")
        } else {
            user.to_owned()
        };
        let secret = if password.is_empty() {
            wants.secret(&format!("{}_password", self.service), "Password", None)
        } else {
            self.secret("password", "Password", password, wants)
        };
        self.user = Some(user.to_owned());
        self.auth = Authentication::Basic {
            user: Template::new(user_template),
            secret,
        };
    }

    pub(super) fn bearer(&mut self, token: &str, wants: &mut Wants) {
        let secret = self.secret("token", "Bearer token", token, wants);
        self.auth = Authentication::Bearer { secret };
    }

    /// A header that proves who calls. What has to stay a header is handed back as its template.
    pub(super) fn header(&mut self, name: &str, value: &str, wants: &mut Wants) -> Option<Template> {
        if name.eq_ignore_ascii_case("authorization") {
            return self.authorization(name, value, wants);
        }
        let kind = words_of(name.trim_start_matches("X-").trim_start_matches("x-"));
        let secret = self.secret(&kind, &format!("Key in the header {name}"), value, wants);
        if !self.auth.is_none() {
            return Some(Template::new(format!("{{secret.{secret}}}")));
        }
        self.auth = Authentication::ApiKeyHeader {
            name: name.to_owned(),
            secret,
        };
        None
    }

    fn authorization(&mut self, name: &str, value: &str, wants: &mut Wants) -> Option<Template> {
        let (scheme, rest) = value.split_once(' ').unwrap_or(("", value));
        let rest = rest.trim();
        match scheme.to_lowercase().as_str() {
            "bearer" => self.bearer(rest, wants),
            "basic" => match basic(rest) {
                Some(login) => self.login(&login, wants),
                None => {
                    let secret = self.secret("login", "User and password in base64, as Basic takes them", rest, wants);
                    return Some(Template::new(format!("{scheme} {{secret.{secret}}}")));
                }
            },
            "" => {
                let secret = self.secret("key", "Key in the header Authorization", rest, wants);
                self.auth = Authentication::ApiKeyHeader {
                    name: name.to_owned(),
                    secret,
                };
            }
            _ => {
                let secret = self.secret(
                    "key",
                    &format!("What follows {scheme} in the header Authorization"),
                    rest,
                    wants,
                );
                return Some(Template::new(format!("{scheme} {{secret.{secret}}}")));
            }
        }
        None
    }

    /// A key in the query. What has to stay a pair is handed back as its template.
    pub(super) fn query(&mut self, name: &str, value: &str, wants: &mut Wants) -> Option<Template> {
        let secret = self.secret(name, &format!("Key in the query, {name}"), value, wants);
        if !self.auth.is_none() {
            return Some(Template::new(format!("{{secret.{secret}}}")));
        }
        self.auth = Authentication::ApiKeyQuery {
            name: name.to_owned(),
            secret,
        };
        None
    }

    /// A secret in the middle of a body.
    pub(super) fn in_body(&mut self, name: &str, value: &str, wants: &mut Wants) -> String {
        let secret = self.secret(name, &format!("Sent as {name}"), value, wants);
        format!("{{secret.{secret}}}")
    }
}

fn basic(encoded: &str) -> Option<String> {
    let bytes = STANDARD.decode(encoded.trim()).ok()?;
    String::from_utf8(bytes).ok().filter(|login| login.contains(':'))
}

/// Whether a header of this name proves who calls.
pub(super) fn is_secret_header(name: &str) -> bool {
    let words = words_of(name);
    let has = |word: &str| words.split(' ').any(|own| own == word);
    let joined = words.replace(' ', "");
    has("authorization")
        || has("cookie")
        || has("token") && !has("page")
        || has("secret")
        || has("password")
        || has("auth")
        || joined.ends_with("apikey")
        || joined.ends_with("accesskey")
        || joined.ends_with("authkey")
        || has("subscription") && has("key")
        || words == "key"
        || words == "x key"
}

/// Whether a value of this name in a query or a body proves who calls.
pub(super) fn is_secret_name(name: &str) -> bool {
    let joined = words_of(name).replace(' ', "");
    [
        "apikey",
        "accesstoken",
        "clientsecret",
        "password",
        "passwd",
        "secret",
        "secretkey",
        "privatekey",
        "authtoken",
        "apitoken",
        "accesskey",
        "apisecret",
        "authkey",
        "appkey",
        "refreshtoken",
        "signature",
        "sig",
    ]
    .contains(&joined.as_str())
}

/// The same in a query, where a bare `key` or `token` is one too.
pub(super) fn is_secret_query(name: &str, value: &str) -> bool {
    is_secret_name(name)
        || matches!(name, "token" | "auth")
        || name == "key" && (value.len() >= 16 || crate::placeholder::has_place(value))
}

/// Whether a value can only be a token or a key.
pub(super) fn looks_secret(value: &str) -> bool {
    let value = value.trim();
    let jwt = value.starts_with("eyJ") && value.matches('.').count() == 2;
    let marked = value.len() >= 12 && MARKS.iter().any(|mark| value.starts_with(mark));
    (jwt || marked) && !value.contains(char::is_whitespace)
}
