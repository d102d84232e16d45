//! Secrets in variables of the system's environment, for servers and for whoever keeps them elsewhere.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use taskwright_domain::{Environment, SecretName};

/// The variable that opens the encrypted file where nobody is there to be asked.
pub const PASSPHRASE: &str = "TASKWRIGHT_PASSPHRASE";
/// Switches the keychain off, for servers and tests.
pub(crate) const NO_KEYCHAIN: &str = "TASKWRIGHT_NO_KEYCHAIN";
const PREFIX: &str = "TASKWRIGHT_SECRET_";

/// The variables a secret may stand in, the more particular one first: `TASKWRIGHT_SECRET_TEST_SHOP_TOKEN` is of the
/// test environment only, `TASKWRIGHT_SECRET_SHOP_TOKEN` of both.
#[must_use]
pub fn names_of(environment: Environment, name: &SecretName) -> [String; 2] {
    let name = name.as_str().to_ascii_uppercase();
    let environment = environment.key().to_ascii_uppercase();
    [format!("{PREFIX}{environment}_{name}"), format!("{PREFIX}{name}")]
}

/// Whether a name begins like the variables of one environment, and would be taken for one of them.
#[must_use]
pub fn is_taken(name: &SecretName) -> bool {
    let name = name.as_str().to_ascii_uppercase();
    let mut environments = Environment::ALL.iter();
    environments.any(|environment| name.starts_with(&format!("{}_", environment.key().to_ascii_uppercase())))
}

/// Whether two names mean the same variable: those are written in capitals.
#[must_use]
pub fn is_same(one: &SecretName, other: &SecretName) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

/// Reads variables: those of the process, or others in tests.
#[derive(Clone)]
pub struct Variables(Arc<Reading>);

type Reading = dyn Fn(&str) -> Option<String> + Send + Sync;

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

impl Variables {
    /// Those this program was started with.
    #[must_use]
    pub fn of_this_process() -> Self {
        Self(Arc::new(|name| std::env::var(name).ok()))
    }

    /// These and no others.
    #[must_use]
    pub fn given(variables: BTreeMap<String, String>) -> Self {
        Self(Arc::new(move |name| variables.get(name).cloned()))
    }

    /// A variable that says something.
    pub(crate) fn get(&self, name: &str) -> Option<SecretString> {
        let value = (self.0)(name).filter(|value| !value.is_empty());
        value.map(SecretString::from)
    }

    /// Whether a switch is on: set, and not to 0.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        (self.0)(name).is_some_and(|value| !value.is_empty() && value != "0")
    }

    /// A secret with the variable it stands in.
    pub(crate) fn secret(&self, environment: Environment, name: &SecretName) -> Option<(String, SecretString)> {
        let mut names = names_of(environment, name).into_iter();
        names.find_map(|name| self.get(&name).map(|value| (name, value)))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use taskwright_domain::{Environment, SecretName};

    use super::Variables;

    #[test]
    fn the_variable_of_one_environment_comes_before_that_of_both() {
        let given = [
            ("TASKWRIGHT_SECRET_SHOP_TOKEN", "both"),
            ("TASKWRIGHT_SECRET_TEST_SHOP_TOKEN", "test only"),
            ("TASKWRIGHT_SECRET_EMPTY", ""),
        ];
        let variables = Variables::given(given.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        let found = |environment, name: &str| {
            let found = variables.secret(environment, &SecretName::new(name).unwrap());
            found.map(|(variable, value)| (variable, value.expose_secret().to_owned()))
        };
        let says = |variable: &str, value: &str| Some((variable.to_owned(), value.to_owned()));
        assert_eq!(
            found(Environment::Test, "shop_token"),
            says("TASKWRIGHT_SECRET_TEST_SHOP_TOKEN", "test only"),
            "the particular one, written in capitals"
        );
        assert_eq!(
            found(Environment::Live, "SHOP_TOKEN"),
            says("TASKWRIGHT_SECRET_SHOP_TOKEN", "both"),
            "the general one"
        );
        assert_eq!(
            found(Environment::Live, "EMPTY"),
            None,
            "an empty variable says nothing"
        );
    }
}
