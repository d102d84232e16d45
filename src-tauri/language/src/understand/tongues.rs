//! Which messages are in another language than English.

use crate::values::{Line, is_everyday};

/// Everyday words that are no English ones, by language.
const TONGUES: [&[&str]; 9] = [
    // German
    &[
        "ich",
        "nicht",
        "und",
        "mein",
        "meine",
        "meinen",
        "meiner",
        "mir",
        "mich",
        "bitte",
        "möchte",
        "moechte",
        "habe",
        "guten",
        "kann",
        "können",
        "das",
        "ist",
        "ein",
        "eine",
        "einen",
        "für",
        "mit",
        "auf",
        "wie",
        "warum",
        "danke",
        "geld",
        "zurück",
        "bestellung",
        "auch",
        "nein",
        "hilfe",
        "sie",
        "wir",
        "zu",
        "der",
        "von",
        "ihr",
        "wo",
        "tag",
    ],
    // Spanish
    &[
        "quiero",
        "quisiera",
        "hola",
        "mi",
        "mis",
        "pedido",
        "por",
        "favor",
        "gracias",
        "necesito",
        "puedo",
        "puede",
        "cómo",
        "dónde",
        "donde",
        "está",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "que",
        "qué",
        "para",
        "ayuda",
        "dinero",
        "devolución",
        "reembolso",
        "buenos",
        "tengo",
        "del",
        "se",
        "mucho",
        "yo",
        "usted",
    ],
    // French
    &[
        "je",
        "veux",
        "voudrais",
        "bonjour",
        "merci",
        "mon",
        "ma",
        "mes",
        "commande",
        "est",
        "pas",
        "une",
        "le",
        "les",
        "du",
        "avec",
        "pour",
        "vous",
        "plaît",
        "où",
        "pourquoi",
        "remboursement",
        "c'est",
        "j'ai",
        "suis",
        "ne",
        "et",
        "la",
        "un",
        "s'il",
        "que",
        "être",
        "remboursé",
    ],
    // Italian
    &[
        "voglio",
        "vorrei",
        "ciao",
        "buongiorno",
        "grazie",
        "mio",
        "mia",
        "ordine",
        "il",
        "gli",
        "che",
        "non",
        "per",
        "sono",
        "ho",
        "perché",
        "dove",
        "rimborso",
        "favore",
        "aiuto",
        "una",
        "di",
        "è",
        "della",
        "un",
        "soldi",
        "miei",
    ],
    // Portuguese
    &[
        "quero",
        "gostaria",
        "olá",
        "obrigado",
        "obrigada",
        "meu",
        "minha",
        "pedido",
        "não",
        "uma",
        "um",
        "com",
        "para",
        "por",
        "favor",
        "onde",
        "está",
        "você",
        "reembolso",
        "preciso",
        "ajuda",
        "dinheiro",
        "bom",
        "de",
        "o",
        "que",
    ],
    // Dutch
    &[
        "ik",
        "wil",
        "graag",
        "mijn",
        "bestelling",
        "niet",
        "een",
        "het",
        "de",
        "en",
        "van",
        "voor",
        "waar",
        "hoe",
        "dank",
        "bedankt",
        "alstublieft",
        "geld",
        "terug",
        "kan",
        "jullie",
        "heb",
        "hulp",
        "goedendag",
        "met",
    ],
    // Polish
    &[
        "chcę",
        "chce",
        "proszę",
        "prosze",
        "dzień",
        "dobry",
        "moje",
        "mój",
        "zamówienie",
        "zamówienia",
        "nie",
        "jest",
        "jak",
        "gdzie",
        "dziękuję",
        "czy",
        "pieniędzy",
        "zwrot",
        "się",
        "za",
        "mojego",
    ],
    // Turkish
    &[
        "merhaba",
        "istiyorum",
        "lütfen",
        "siparişim",
        "siparişimi",
        "iade",
        "nasıl",
        "nerede",
        "teşekkürler",
        "bir",
        "ve",
        "için",
        "benim",
        "değil",
        "bu",
        "paramı",
        "geri",
    ],
    // Swedish, Danish, Norwegian
    &[
        "jag",
        "vill",
        "mitt",
        "inte",
        "hej",
        "tack",
        "och",
        "är",
        "har",
        "jeg",
        "ikke",
        "hvor",
        "hvordan",
        "tak",
        "beställning",
        "bestilling",
        "pengar",
        "penge",
        "tillbaka",
        "tilbage",
        "å",
        "på",
        "att",
        "ha",
    ],
];
/// Greetings and thanks that say which language it is by themselves.
const GREETINGS: &[&str] = &[
    "hola",
    "bonjour",
    "bonsoir",
    "ciao",
    "buongiorno",
    "olá",
    "merhaba",
    "gracias",
    "merci",
    "danke",
    "grazie",
    "obrigado",
    "hej",
    "salut",
    "servus",
    "cześć",
    "ayuda",
    "hilfe",
    "aide",
    "aiuto",
];

/// Whether a message is in another language, as far as its letters and its everyday words tell.
#[must_use]
pub fn is_foreign(text: &str) -> bool {
    if other_letters(text) {
        return true;
    }
    let line = Line::new(text);
    let words: Vec<&str> = (0..line.len())
        .filter(|at| line.is_word(*at))
        .map(|at| line.word(at))
        .collect();
    let english = words.iter().filter(|word| is_everyday(word)).count();
    let most = TONGUES
        .iter()
        .map(|tongue| words.iter().filter(|word| tongue.contains(*word)).count())
        .max()
        .unwrap_or(0);
    let greets = words.len() <= 3 && english == 0 && words.iter().any(|word| GREETINGS.contains(word));
    most >= 2 && most > english || greets
}

/// Whether most letters are of another alphabet: more than a name among English words.
fn other_letters(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let other = letters.iter().filter(|c| !is_latin(**c)).count();
    other >= 2 && other * 2 > letters.len()
}

/// The Latin blocks of Unicode, and letters written like them.
const fn is_latin(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}')
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn other_languages_are_told() {
        for text in [
            "Ich möchte mein Geld zurück",
            "quiero un reembolso de mi pedido por favor",
            "Bonjour, je voudrais être remboursé",
            "vorrei annullare il mio ordine",
            "não recebi o meu pedido",
            "ik wil mijn geld terug",
            "Proszę o zwrot pieniędzy za moje zamówienie",
            "Siparişimi iade etmek istiyorum",
            "Jag vill ha pengarna tillbaka",
            "где мой заказ?",
            "我要退款",
            "אני רוצה החזר",
            "hola",
            "bonjour!",
        ] {
            assert!(is_foreign(text), "{text}");
        }
    }

    #[test]
    fn english_is_not() {
        for text in [
            "I want my money back",
            "4512",
            "",
            "asdf jkl",
            "Calle de la Rosa 5, Madrid is where I live",
            "my name is Zoë de la Cruz",
            "no se",
            "I ordered a crème brûlée torch and it is broken",
            "the café sent me el nuevo catalogue",
            "yes",
            "ok thx",
            "My friend Дмитрий ordered it",
            "E-104 again 😀",
        ] {
            assert!(!is_foreign(text), "{text}");
        }
    }
}
