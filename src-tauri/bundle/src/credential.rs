//! What a password, a token or a key looks like.

/// Parts of names that say "password or key", letters and digits only.
const NAME_PARTS: [&str; 11] = [
    "authorization",
    "apikey",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "token",
    "credential",
    "privatekey",
    "accesskey",
    "subscriptionkey",
];

/// Whole names that say it.
const NAMES: [&str; 7] = ["cookie", "setcookie", "auth", "xauth", "pwd", "pass", "xkey"];

/// Words in front of a credential.
const SCHEMES: [&str; 7] = ["bearer", "basic", "token", "apikey", "digest", "negotiate", "hmac"];

/// How well-known keys begin.
const BEGINNINGS: [&str; 14] = [
    "sk-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "AKIA",
    "AIza",
    "eyJ",
];

/// Whether a header, query value or field of this name holds a password or key.
pub(crate) fn is_credential_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    NAMES.contains(&plain.as_str()) || NAME_PARTS.iter().any(|part| plain.contains(part))
}

/// Whether these words, written by an author, are themselves a password or key. `named` says that their name promises
/// one, `filled_in` that a pill stands beside them.
pub(crate) fn is_literal_credential(words: &str, named: bool, filled_in: bool) -> bool {
    let mut rest = words.split_whitespace().peekable();
    let scheme = rest.peek().is_some_and(|first| is_scheme(first));
    if scheme {
        rest.next();
    }
    let rest: Vec<_> = rest.collect();
    if named && !filled_in {
        return !rest.is_empty();
    }
    if named || scheme {
        // Beside a pill, or under an innocent name, short words are labels such as `sid=`.
        return rest.iter().any(|word| longest_run(word) >= 8);
    }
    rest.iter().any(|word| has_known_beginning(word))
}

/// The first word of a text that has the form of a well-known key.
pub(crate) fn well_known_key(text: &str) -> Option<&str> {
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----") {
        return Some("-----BEGIN");
    }
    text.split(|c: char| c.is_whitespace() || "\"'`,;()<>=".contains(c))
        .find(|word| has_known_beginning(word))
}

fn is_scheme(word: &str) -> bool {
    SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

fn has_known_beginning(word: &str) -> bool {
    let shape = |rest: &str| longest_run(rest) >= 12 && rest.chars().any(|c| c.is_ascii_digit());
    BEGINNINGS
        .iter()
        .filter_map(|begin| word.strip_prefix(begin))
        .any(shape)
}

/// The longest stretch of letters, digits and what keys are joined with.
fn longest_run(word: &str) -> usize {
    word.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.+/".contains(c)))
        .map(str::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{is_credential_name, is_literal_credential, well_known_key};

    #[test]
    fn names_of_passwords_and_keys_are_known() {
        for name in [
            "Authorization",
            "X-Api-Key",
            "Cookie",
            "api_key",
            "client_secret",
            "access_token",
            "Password",
        ] {
            assert!(is_credential_name(name), "{name} holds a credential");
        }
        for name in [
            "Accept",
            "Content-Type",
            "order_number",
            "Idempotency-Key",
            "keyboard",
            "key",
            "reason",
        ] {
            assert!(!is_credential_name(name), "{name} is innocent");
        }
    }

    #[test]
    fn only_literal_credentials_are_withheld() {
        for (words, named, filled_in, secret) in [
            ("Bearer abc", true, false, true),
            ("Bearer  ", true, true, false),
            ("sid= ; path=/", true, true, false),
            ("", true, false, false),
            ("Bearer abcdef123456", false, false, true),
            ("token of thanks", false, false, false),
            ("ghp_abcdefghijkl123456", false, false, true),
            ("application/json", false, false, false),
        ] {
            assert_eq!(
                is_literal_credential(words, named, filled_in),
                secret,
                "{words:?} named {named} filled {filled_in}"
            );
        }
    }

    #[test]
    fn a_well_known_key_is_found_in_running_text() {
        assert!(well_known_key("use key=sk-abcd1234efgh5678 here").is_some(), "the key");
        assert!(
            well_known_key("the sk-classic skates of AKIA and eyJ").is_none(),
            "plain words"
        );
    }
}
