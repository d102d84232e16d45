//! Free names beside taken ones.

/// `get_order`, else `get_order_2`, `get_order_3` …
pub(crate) fn free_key(key: &str, taken: impl Fn(&str) -> bool) -> String {
    first_free(key, |number| format!("{key}_{number}"), taken)
}

/// `Billing`, else `Billing (2)`, `Billing (3)` …
pub(crate) fn free_title(title: &str, taken: impl Fn(&str) -> bool) -> String {
    first_free(title, |number| format!("{title} ({number})"), taken)
}

fn first_free(name: &str, numbered: impl Fn(u64) -> String, taken: impl Fn(&str) -> bool) -> String {
    std::iter::once(name.to_owned())
        .chain((2..).map(numbered))
        .find(|candidate| !taken(candidate))
        .unwrap_or_else(|| name.to_owned())
}
