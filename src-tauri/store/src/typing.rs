//! Typing that goes on is one step of the history.

use taskwright_domain::{Change, DocumentChange, Edit};

/// Two stretches of typing, or of deleting, as one where the second goes on where the first ended.
pub(crate) fn join(first: &Edit, second: &Edit) -> Option<Edit> {
    let (document, path, a, b) = match (&first.changes[..], &second.changes[..]) {
        ([one], [two]) if one.document == two.document && first.label.is_empty() && second.label.is_empty() => {
            let (path, a) = splice(&one.change)?;
            let (same, b) = splice(&two.change)?;
            (path == same).then_some((&one.document, path, a, b))?
        }
        _ => return None,
    };
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let typed = a.removed.is_empty() && b.removed.is_empty() && b.at == a.at + length(a.inserted);
    let deleted = a.inserted.is_empty() && b.inserted.is_empty();
    let change = if typed {
        (a.at, String::new(), format!("{}{}", a.inserted, b.inserted))
    } else if deleted && b.at + length(b.removed) == a.at {
        (b.at, format!("{}{}", b.removed, a.removed), String::new())
    } else if deleted && b.at == a.at {
        (a.at, format!("{}{}", a.removed, b.removed), String::new())
    } else {
        return None;
    };
    let (at, removed, inserted) = change;
    let change = Change::Splice {
        path: path.to_owned(),
        at,
        removed,
        inserted,
    };
    Some(Edit {
        label: String::new(),
        changes: vec![DocumentChange {
            document: document.clone(),
            change,
        }],
    })
}

struct Spliced<'a> {
    at: u32,
    removed: &'a str,
    inserted: &'a str,
}

fn splice(change: &Change) -> Option<(&str, Spliced<'_>)> {
    match change {
        Change::Splice {
            path,
            at,
            removed,
            inserted,
        } => Some((
            path,
            Spliced {
                at: *at,
                removed,
                inserted,
            },
        )),
        _ => None,
    }
}
