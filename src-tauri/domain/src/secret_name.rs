//! Names of secrets. What they stand for never enters the domain.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// The name of a secret: letters, digits and `_`. Empty while none is chosen.
///
/// Nothing else can be read as one, so that a token pasted in the wrong place is refused instead of kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
pub struct SecretName(String);

/// What is no name of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSecretName;

impl std::fmt::Display for NoSecretName {
    /// Never repeats what was written: it may be the secret itself.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a secret is named here, with up to 64 letters, digits and _; its value is entered under Settings")
    }
}

impl std::error::Error for NoSecretName {}

impl SecretName {
    /// A name.
    ///
    /// # Errors
    /// When there is anything but letters, digits and `_` in it, or more than 64 of them.
    pub fn new(name: impl Into<String>) -> Result<Self, NoSecretName> {
        Self::try_from(name.into())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether none is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<String> for SecretName {
    type Error = NoSecretName;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let fits = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if fits { Ok(Self(name)) } else { Err(NoSecretName) }
    }
}

impl<'de> Deserialize<'de> for SecretName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl std::fmt::Display for SecretName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for SecretName {
    fn schema_name() -> Cow<'static, str> {
        "SecretName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The name of a secret: letters, digits and _. Its value never stands in a document.",
            "type": "string",
            "pattern": "^[A-Za-z0-9_]{0,64}$",
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::SecretName;

    #[test]
    fn only_a_name_is_read_as_one_and_what_else_stood_there_is_not_repeated() {
        for name in ["", "SHOP_TOKEN", "api_token_2"] {
            assert_eq!(
                serde_json::from_value::<SecretName>(json!(name)).unwrap().as_str(),
                name
            );
        }
        for wrong in ["sk-live-0123", "Bearer abc", "{secret.token}", "ключ"] {
            let told = serde_json::from_value::<SecretName>(json!(wrong))
                .unwrap_err()
                .to_string();
            assert!(
                told.contains("entered under Settings") && !told.contains(wrong),
                "{told}"
            );
        }
    }
}
