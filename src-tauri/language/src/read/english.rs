//! Whether a text is English at all. One problem says so, where twenty sentences would each be unclear.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::token::{Kind, Token};

/// Words that sentences are built with in the languages support teams write in most, none of them an English word.
const FOREIGN: [&str; 124] = [
    // German
    "der", "das", "und", "ist", "nicht", "bitte", "nach", "für", "mit", "wenn", "dann", "oder", "ein", "eine", "einen",
    "den", "dem", "zu", "auf", "sie", "ihre", "wird", "kunde", "kunden", "frage", "sonst", "falls",
    // French
    "le", "les", "des", "et", "est", "pas", "une", "pour", "vous", "votre", "avec", "sur", "du", "au", "aux", "sinon",
    "alors", "demande", "demandez", "numéro", "cliente", "ensuite", "puis", "de", "la", "ou",
    // Spanish and Portuguese
    "el", "los", "las", "que", "por", "una", "del", "y", "su", "sus", "luego", "pregunta", "pide", "número", "está",
    "o", "os", "uma", "não", "com", "seu", "ao", "então", "peça", "pergunte", // Italian
    "il", "lo", "gli", "che", "di", "poi", "della", "sono", "chiedi", "e", "è", "per", "se", "al", // Dutch
    "het", "een", "van", "niet", "klant", "om", "vraag", "naar", "dan", "als", "voor", "zijn", "wordt",
    // Scandinavian and Polish
    "och", "att", "det", "är", "inte", "för", "og", "ikke", "på", "til", "hvis", "nie", "jest", "się", "klienta",
    "oraz", "jeśli", "zapytaj", "w",
];

/// The commonest English words; one of them beside few foreign ones makes a sentence English.
const ENGLISH: [&str; 52] = [
    "the", "to", "and", "a", "of", "is", "in", "it", "you", "that", "for", "on", "with", "they", "be", "at", "this",
    "have", "from", "or", "if", "not", "ask", "customer", "their", "them", "then", "when", "an", "are", "was", "has",
    "we", "our", "tell", "do", "can", "what", "which", "will", "should", "there", "by", "as", "any", "all", "no",
    "your", "only", "never", "must", "please",
];

/// Whether some words are written in another language. Short ones never are: a name proves nothing.
pub(super) fn is_foreign(words: &[Token<'_>]) -> bool {
    let said: Vec<_> = words.iter().filter(|t| t.kind == Kind::Word).collect();
    let letters = || said.iter().flat_map(|t| t.text.chars()).filter(|c| c.is_alphabetic());
    let latin = letters().filter(|c| *c < '\u{250}').count();
    let other = letters().count() - latin;
    if other >= 3 && other > latin {
        return true;
    }
    static TOLD: LazyLock<(HashSet<&str>, HashSet<&str>)> =
        LazyLock::new(|| (HashSet::from(FOREIGN), HashSet::from(ENGLISH)));
    let foreign = said.iter().filter(|t| TOLD.0.contains(t.low.as_str())).count();
    let english = said.iter().filter(|t| TOLD.1.contains(t.low.as_str())).count();
    said.len() >= 3 && foreign >= 2 && foreign > english && foreign * 6 >= said.len()
}

#[cfg(test)]
mod tests {
    use super::super::token::scan;
    use super::is_foreign;

    #[test]
    fn another_language_is_told_from_english() {
        for text in [
            "Bitte frag nach der Sendungsnummer.",
            "Demande le numéro de réservation.",
            "Pregunta por el correo y cancela la suscripción.",
            "Vraag de klant om een foto.",
            "もし荷物が届かなければ返金する。",
            "Chiedi conferma e poi annulla l'abbonamento.",
        ] {
            assert!(is_foreign(&scan(text).0), "{text}");
        }
        for text in [
            "Ask for the order number.",
            "Hand off to El Paso Support.",
            "Refund order, notify La Poste",
            "Tag it VIP",
            "order id + zip",
        ] {
            assert!(!is_foreign(&scan(text).0), "{text}");
        }
    }
}
