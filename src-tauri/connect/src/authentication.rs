//! How a caller proves who it is, written into a request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use taskwright_domain::{Authentication, SecretName, Template};

use crate::values::{Eyes, MASK, Unfilled, Values};

/// The header that proves it, name in small letters. A token that was given out is put in by [`bearer`] later.
pub(crate) fn header(auth: &Authentication, values: &Values<'_>) -> Result<Option<(String, String)>, Unfilled> {
    let place = |why: String| format!("authentication: {why}");
    let authorization = |value: String| Some(("authorization".to_owned(), value));
    Ok(match auth {
        Authentication::None | Authentication::ApiKeyQuery { .. } => None,
        Authentication::Bearer { secret } => authorization(format!("Bearer {}", named(values, secret).map_err(place)?)),
        Authentication::Basic { user: template, secret } => {
            let user = values.fill(template).map_err(place)?.unwrap_or_default();
            // Some services take a key as the user of a login that has no password.
            let password = if secret.is_empty() && names_a_secret(template) {
                String::new()
            } else {
                named(values, secret).map_err(place)?
            };
            if user.contains(':') {
                return Err(place("a user cannot hold a colon".to_owned()));
            }
            authorization(basic(&user, &password, values.eyes))
        }
        Authentication::ApiKeyHeader { name, secret } => {
            let value = named(values, secret).map_err(place)?;
            Some((name.trim().to_ascii_lowercase(), value))
        }
        // People see that there will be one.
        Authentication::OAuth2 { client_secret, .. } => {
            named(values, client_secret).map_err(place)?;
            match values.eyes {
                Eyes::People => authorization(format!("Bearer {MASK}")),
                Eyes::Receiver => None,
            }
        }
    })
}

/// The query value that proves it.
pub(crate) fn query(auth: &Authentication, values: &Values<'_>) -> Result<Option<(String, String)>, Unfilled> {
    match auth {
        Authentication::ApiKeyQuery { name, secret } => {
            let place = |why: String| format!("authentication: {why}");
            if name.trim().is_empty() {
                return Err(place("the query value has no name".to_owned()));
            }
            Ok(Some((name.trim().to_owned(), named(values, secret).map_err(place)?)))
        }
        _ => Ok(None),
    }
}

/// `Basic …`, for its receiver or for people.
pub(crate) fn basic(user: &str, password: &str, eyes: Eyes) -> String {
    match eyes {
        Eyes::Receiver => format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))),
        Eyes::People => format!("Basic {MASK}"),
    }
}

fn named(values: &Values<'_>, secret: &SecretName) -> Result<String, Unfilled> {
    if secret.is_empty() {
        return Err("no secret is chosen".to_owned());
    }
    values.secret_text(secret.as_str())
}

/// Whether a secret stands in the user of a login.
pub(crate) fn names_a_secret(user: &Template) -> bool {
    user.references().any(|reference| reference.starts_with("secret."))
}
