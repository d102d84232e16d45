//! How an action is called over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Body, SecretName, Template};

/// An HTTP method.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET
    #[default]
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

/// How an action is called. Templates name inputs: `{order_number}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HttpRequest {
    /// The method.
    #[serde(default)]
    pub method: Method,
    /// Path below the environment's base URL, e.g. `/orders/{order_number}`; values are percent-encoded.
    pub path: Template,
    /// How the caller proves who it is.
    #[serde(default, skip_serializing_if = "Authentication::is_none")]
    pub auth: Authentication,
    /// Query pairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<Pair>,
    /// Headers; line breaks in values are refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Pair>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Milliseconds until the call is given up.
    #[serde(default = "fifteen_seconds")]
    pub timeout_ms: u64,
    /// Bytes of the answer that are read at the most.
    #[serde(default = "one_mebibyte")]
    pub max_bytes: u64,
}

/// A name with a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Template,
    /// How several values are written where the value is a list alone.
    #[serde(default, skip_serializing_if = "ListStyle::is_usual")]
    pub list: ListStyle,
}

impl Pair {
    /// A name with its value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Template::new(value),
            list: ListStyle::default(),
        }
    }
}

/// How the values of a list are written in a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListStyle {
    /// `ids=1,2`
    #[default]
    Commas,
    /// `ids=1&ids=2`
    Repeated,
    /// `ids=1 2`
    Spaces,
    /// `ids=1|2`
    Pipes,
}

impl ListStyle {
    /// Whether it is how lists are written where nothing else is said.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// How a caller proves who it is. Secrets are named; what they are stays on the machine that calls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Authentication {
    /// Not at all.
    #[default]
    None,
    /// `Authorization: Bearer …`
    Bearer {
        /// The token.
        #[serde(default)]
        secret: SecretName,
    },
    /// `Authorization: Basic …`
    Basic {
        /// The user.
        #[serde(default)]
        user: Template,
        /// The password.
        #[serde(default)]
        secret: SecretName,
    },
    /// A key in a header of its own.
    ApiKeyHeader {
        /// The header, e.g. `X-Api-Key`.
        #[serde(default)]
        name: String,
        /// The key.
        #[serde(default)]
        secret: SecretName,
    },
    /// A key in the query.
    ApiKeyQuery {
        /// The name of the query value, e.g. `api_key`.
        #[serde(default)]
        name: String,
        /// The key.
        #[serde(default)]
        secret: SecretName,
    },
    /// OAuth 2.0 client credentials: a token is fetched, kept while it is good, and fetched anew.
    #[serde(rename = "oauth2")]
    OAuth2 {
        /// Where tokens are given out: a path below the base URL, or a whole address.
        #[serde(default)]
        token_url: String,
        /// Who asks.
        #[serde(default)]
        client_id: String,
        /// The client secret.
        #[serde(default)]
        client_secret: SecretName,
        /// What the token is for; nothing is asked for where empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        scope: String,
        /// Where client and secret stand when a token is asked for.
        #[serde(default)]
        credentials_in: CredentialsIn,
        /// Whom the token is for, where the server wants to know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        audience: Option<String>,
    },
}

impl Authentication {
    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The secret that it needs.
    #[must_use]
    pub fn secret(&self) -> Option<&SecretName> {
        match self {
            Self::None => None,
            Self::Bearer { secret }
            | Self::Basic { secret, .. }
            | Self::ApiKeyHeader { secret, .. }
            | Self::ApiKeyQuery { secret, .. }
            | Self::OAuth2 {
                client_secret: secret, ..
            } => Some(secret),
        }
    }
}

/// Where client and secret stand when a token is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CredentialsIn {
    /// In the header, as `Authorization: Basic …`.
    #[default]
    Header,
    /// In the form, as `client_id` and `client_secret`.
    Body,
}

impl HttpRequest {
    /// Every template of the request, in the order people read them.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let user = match &self.auth {
            Authentication::Basic { user, .. } => Some(user),
            _ => None,
        };
        let pairs = self.query.iter().chain(&self.headers).map(|pair| &pair.value);
        let body = self.body.iter().flat_map(Body::templates);
        std::iter::once(&self.path).chain(user).chain(pairs).chain(body)
    }
}

fn fifteen_seconds() -> u64 {
    15_000
}

fn one_mebibyte() -> u64 {
    1 << 20
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Authentication, HttpRequest};

    #[test]
    fn a_request_without_authentication_reads_and_writes_as_before() {
        let written = json!({ "method": "GET", "path": "/orders", "timeout_ms": 15000, "max_bytes": 1_048_576 });
        let request: HttpRequest = serde_json::from_value(written.clone()).unwrap();
        assert!(request.auth.is_none(), "none");
        assert_eq!(serde_json::to_value(&request).unwrap(), written, "and none is written");
    }

    #[test]
    fn half_a_way_to_prove_oneself_is_kept_as_it_is() {
        for (written, secret) in [
            (json!({ "type": "bearer", "secret": "SHOP_TOKEN" }), "SHOP_TOKEN"),
            (json!({ "type": "basic", "user": "me", "secret": "pass_1" }), "pass_1"),
            (
                json!({ "type": "api_key_header", "name": "X-Api-Key", "secret": "" }),
                "",
            ),
            (
                json!({ "type": "oauth2", "token_url": "/token", "client_id": "a", "client_secret": "b", "credentials_in": "body" }),
                "b",
            ),
        ] {
            let auth: Authentication = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(auth.secret().unwrap().as_str(), secret, "{written}");
            assert_eq!(serde_json::to_value(&auth).unwrap(), written, "written as it was read");
        }
        let bare: Authentication = serde_json::from_value(json!({ "type": "bearer" })).unwrap();
        assert_eq!(bare.secret().unwrap().as_str(), "", "the secret is still to come");
    }
}
