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
    private_key(text)
        .map(|(from, _)| &text[from..from + PEM_BEGIN.len()])
        .or_else(|| words(text).find(|word| has_known_beginning(word)))
}

/// The text with every well-known key in it replaced; none where there is none.
pub(crate) fn without_known_keys(text: &str) -> Option<String> {
    let mut clean = text.to_owned();
    while let Some((from, to)) = private_key(&clean) {
        clean.replace_range(from..to, LEFT_OUT);
    }
    loop {
        let found = words(&clean).find(|word| has_known_beginning(word)).map(str::to_owned);
        match found {
            Some(key) => clean = clean.replace(&key, LEFT_OUT),
            None => break,
        }
    }
    (clean != text).then_some(clean)
}

const LEFT_OUT: &str = "[left out]";
const PEM_BEGIN: &str = "-----BEGIN";
const PEM_END: &str = "-----END";

/// Where a private key in PEM form begins and ends; one without an end goes on to the end of the text.
fn private_key(text: &str) -> Option<(usize, usize)> {
    let is_private = |from: &usize| {
        let label = &text[from + PEM_BEGIN.len()..];
        let label = label.split_once("-----").map_or("", |(label, _)| label);
        label.trim_end().ends_with("PRIVATE KEY")
    };
    let from = text.match_indices(PEM_BEGIN).map(|(at, _)| at).find(is_private)?;
    let end = text[from..].find(PEM_END).map(|at| from + at + PEM_END.len());
    let to = end.and_then(|end| text[end..].find("-----").map(|at| end + at + 5));
    Some((from, to.unwrap_or(text.len())))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "\"'`,;()<>=/?&:{}[]|".contains(c))
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
    use super::{is_credential_name, is_literal_credential, well_known_key, without_known_keys};

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

    #[test]
    fn a_text_stays_but_for_the_keys_in_it() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----";
        for (text, clean) in [
            (
                "use sk-abcd1234efgh5678, then sk-abcd1234efgh5678.",
                "use [left out], then [left out].",
            ),
            ("/v1/ghp_abcdefghijkl123456/orders", "/v1/[left out]/orders"),
            (&format!("before {key} after"), "before [left out] after"),
            ("-----BEGIN PRIVATE KEY-----\nMIIEow", "[left out]"),
            (
                &format!("-----END PRIVATE KEY----- first, then {key}"),
                "-----END PRIVATE KEY----- first, then [left out]",
            ),
        ] {
            assert_eq!(without_known_keys(text).as_deref(), Some(clean), "{text}");
        }
        for text in [
            "",
            "plain words",
            "-----BEGIN CERTIFICATE-----",
            "PRIVATE KEY----- alone",
            "sk-classic",
        ] {
            assert_eq!(without_known_keys(text), None, "{text:?} stays as it is");
        }
    }
}
