//! Words that take back what was said, or say that it was wanted once.

use crate::values::Line;

/// Whether words before a place take back what was said: "no, I meant".
pub(in crate::understand) fn takes_back(line: &Line, at: usize) -> bool {
    const BACK: [&str; 12] = [
        "meant",
        "mean",
        "actually",
        "rather",
        "correction",
        "sorry",
        "instead",
        "let's",
        "lets",
        "make",
        "try",
        "change",
    ];
    (1..=4).filter_map(|b| at.checked_sub(b)).any(|i| line.is(i, &BACK))
        || (1..=2).filter_map(|b| at.checked_sub(b)).any(|i| line.is(i, &["no"])) && at > 2
}

/// Whether words before a place say that it was wanted once: "I originally wanted", "I was going to say".
pub(in crate::understand) fn gave_up(line: &Line, at: usize) -> bool {
    const ONCE: [&str; 6] = ["originally", "initially", "previously", "formerly", "gonna", "planned"];
    (1..=5)
        .map_while(|back| at.checked_sub(back))
        .take_while(|i| !line.is(*i, &[".", "!", "?", ";", "but", "now"]))
        .any(|i| line.is(i, &ONCE) || line.starts(i, &["going", "to", "say"]))
}
