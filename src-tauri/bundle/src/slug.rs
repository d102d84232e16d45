//! Names of files and folders made from names people give.

use std::collections::BTreeSet;

const LONGEST: usize = 48;

/// Names that Windows keeps for devices.
const RESERVED: [&str; 24] = [
    "conin$", "conout$", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows keeps this name, with or without an ending, for a device.
pub(crate) fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(stem))
}

/// `Refund, or cancel!` as `refund-or-cancel`; `fallback` where nothing is left.
#[must_use]
pub fn slug(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().map(|c| c.to_ascii_lowercase()) {
        if slug.len() >= LONGEST {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || is_reserved(slug) {
        fallback.to_owned()
    } else {
        slug.to_owned()
    }
}

/// A name that can stay as it is where it already is a file's name, made into one otherwise.
pub(crate) fn file_name(name: &str, fallback: &str) -> String {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let plain = !name.is_empty() && name.len() <= 120 && name.chars().all(fits) && !is_reserved(name);
    if plain { name.to_owned() } else { slug(name, fallback) }
}

/// The file name of a key: the key itself where it is well formed.
pub(crate) fn stem_of_key(key: &str, fallback: &str) -> String {
    let plain = key.len() <= 100 && taskwright_domain::is_reference(key) && !key.contains('.') && !is_reserved(key);
    if plain { key.to_owned() } else { slug(key, fallback) }
}

/// Hands out names, each only once.
#[derive(Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// The name, or the name with the first number that makes it unused.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let free = std::iter::once(name.to_owned())
            .chain((2_u64..).map(|number| format!("{name}-{number}")))
            .find(|candidate| !self.0.contains(candidate))
            .unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, slug, stem_of_key};

    #[test]
    fn every_name_gives_a_file_name_that_works_everywhere() {
        for (name, expected) in [
            ("Refund or cancel an order", "refund-or-cancel-an-order"),
            ("  Ärger!  ", "rger"),
            ("日本", "task"),
            ("CON", "task"),
            ("../../etc/passwd", "etc-passwd"),
        ] {
            assert_eq!(slug(name, "task"), expected, "the slug of {name:?}");
        }
        assert_eq!(
            stem_of_key("get_order", "action"),
            "get_order",
            "a good key is its own name"
        );
        assert_eq!(stem_of_key("../x", "action"), "x", "a bad key cannot escape");
        assert_eq!(
            stem_of_key("nul", "action"),
            "action",
            "Windows cannot hold a file called nul"
        );
    }

    #[test]
    fn a_name_is_handed_out_only_once() {
        let mut names = Names::default();
        assert_eq!(
            [names.take("a"), names.take("a-2"), names.take("a")],
            ["a", "a-2", "a-3"],
            "numbers skip what is taken"
        );
    }
}
