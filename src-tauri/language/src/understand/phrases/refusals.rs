//! What customers cannot or will not give: "I don't have it", "I can't take photos".

use crate::values::Line;

/// "I can't take photos", "no camera here".
pub(super) fn cannot_show(line: &Line) -> Option<usize> {
    const PICTURE: [&str; 14] = [
        "photo", "photos", "picture", "pictures", "pic", "pics", "camera", "image", "images", "scan", "file", "files",
        "upload", "attach",
    ];
    let denies = |i: &usize| {
        line.is(
            *i,
            &[
                "can't", "cant", "cannot", "unable", "don't", "dont", "won't", "wont", "no", "not", "without",
            ],
        )
    };
    let at = (0..line.len()).find(denies)?;
    let shown = (at + 1..line.len().min(at + 7)).any(|i| line.is(i, &PICTURE));
    let gone = line.is(at, &["can't", "cant", "cannot", "unable"]) && line.len() <= at + 3;
    (shown || gone).then_some(at)
}

pub(super) const REFUSE: &[&str] = &[
    "don't have",
    "dont have",
    "do not have",
    "haven't got",
    "havent got",
    "have not got",
    "can't find",
    "cant find",
    "cannot find",
    "can not find",
    "couldn't find",
    "could not find",
    "unable to find",
    "lost it",
    "lost the",
    "lost my",
    "i don't know",
    "i dont know",
    "i do not know",
    "don't know",
    "dont know",
    "no idea",
    "no clue",
    "idk",
    "not sure what",
    "not sure where",
    "rather not say",
    "rather not",
    "prefer not to",
    "won't tell",
    "not going to tell",
    "not telling",
    "won't give",
    "not going to give",
    "not giving",
    "don't want to give",
    "don't want to tell",
    "don't want to share",
    "don't want to say",
    "dont want to",
    "do not want to give",
    "do not want to share",
    "don't remember",
    "dont remember",
    "do not remember",
    "can't remember",
    "cant remember",
    "cannot remember",
    "can't recall",
    "don't recall",
    "i forgot",
    "i've forgotten",
    "forgotten my",
    "none of your business",
    "i won't",
    "there is none",
    "there isn't one",
    "there isn't any",
    "don't see one",
    "don't see any",
    "i refuse",
    "why should i",
    "not available",
    "never got one",
    "never received one",
    "didn't get one",
    "didn't receive one",
    "do not have one",
    "isn't on",
    "can't see it",
    "can't access",
];

/// Whether the customer says that they have not got it, rather than that they cannot decide.
pub(in crate::understand) fn lacks(line: &Line) -> bool {
    ["have", "find", "remember", "recall", "lost"]
        .iter()
        .any(|w| line.tokens().iter().any(|t| t.word == *w))
}
