//! Light stemming: forms of one word share a stem. Stems are compared, never shown.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The stem of a lower-case word.
pub(super) fn stem(word: &str) -> String {
    if let Some(root) = irregular(word) {
        return root.to_owned();
    }
    if !word.is_ascii() || word.len() < 4 {
        return match word {
            "ids" => "id".to_owned(),
            _ => word.to_owned(),
        };
    }
    if word.contains('-') {
        return word.replace('-', "");
    }
    let word = without_plural(word);
    let word = without_ending(word);
    tidy(word)
}

/// Words that only look as if they had an ending.
const KEPT: [&str; 17] = [
    "this",
    "his",
    "was",
    "has",
    "does",
    "yes",
    "news",
    "always",
    "perhaps",
    "during",
    "nothing",
    "something",
    "anything",
    "everything",
    "string",
    "morning",
    "evening",
];

fn irregular(word: &str) -> Option<&'static str> {
    if let Some(kept) = KEPT.iter().find(|kept| **kept == word) {
        return Some(kept);
    }
    Some(match word {
        "used" | "uses" | "using" => "use",
        "paid" => "pay",
        "sent" => "send",
        "bought" => "buy",
        "told" => "tel",
        "gave" | "given" => "giv",
        "made" => "mak",
        "found" => "find",
        "got" | "gotten" => "get",
        "went" | "gone" => "go",
        "chose" | "chosen" => "choos",
        "took" | "taken" => "tak",
        "lost" => "los",
        "wrote" | "written" => "writ",
        "left" => "leav",
        "kept" => "keep",
        "held" => "hold",
        "froze" | "frozen" => "freez",
        "broke" | "broken" => "break",
        "sold" => "sel",
        "spoke" | "spoken" => "speak",
        "die" | "dies" | "died" | "dead" => "death",
        "hospitalised" | "hospitalized" | "hospitalisation" | "hospitalization" => "hospital",
        "verification" | "verifications" => "verifi",
        "notification" | "notifications" => "notifi",
        "identification" => "identifi",
        "renewal" | "renewals" => "renew",
        "arrival" | "arrivals" => "arriv",
        "removal" => "remov",
        "approval" => "approv",
        "departure" => "depart",
        "expiry" | "expiration" => "expir",
        "cancellations" => "cancel",
        "creation" => "creat",
        "registration" | "registrations" => "register",
        "application" | "applications" => "appli",
        "authentication" => "authenticat",
        "activation" => "activat",
        "escalation" | "escalations" => "escalat",
        "payment" | "payments" | "payout" | "payouts" => "payment",
        "shipment" | "shipments" => "shipment",
        "delivery" | "deliveries" | "delivered" | "delivers" | "delivering" => "deliver",
        "information" => "information",
        "e-mail" | "e-mails" | "email" | "emails" | "emailed" | "emailing" => "email",
        "address" | "addresses" => "address",
        "status" | "statuses" => "status",
        _ => return None,
    })
}

fn without_plural(word: &str) -> &str {
    if let Some(root) = word.strip_suffix("ies").filter(|root| root.len() > 1) {
        return &word[..root.len() + 1];
    }
    if word.ends_with("sses") {
        return &word[..word.len() - 2];
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word;
    }
    word.strip_suffix('s').unwrap_or(word)
}

fn without_ending(word: &str) -> &str {
    if let Some(root) = word.strip_suffix("ation").filter(|root| root.len() > 3) {
        return root;
    }
    for ending in ["ing", "ed"] {
        if let Some(root) = word.strip_suffix(ending)
            && root.len() > 1
            && root.bytes().any(|b| b"aeiouy".contains(&b))
            && !(ending == "ed" && root.ends_with('e'))
        {
            return root;
        }
    }
    word
}

/// Drops a final `e`, writes a final `y` as `i`, undoes a double consonant.
fn tidy(word: &str) -> String {
    let mut word = word.to_owned();
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    if word.len() > 2 && word.ends_with('y') && !word.ends_with("ay") && !word.ends_with("ey") && !word.ends_with("oy")
    {
        word.pop();
        word.push('i');
    }
    let bytes = word.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && word.len() > 3
        && !b"aeiou".contains(a)
    {
        word.pop();
    }
    word
}

/// The families a stem belongs to, as bits: stems with a common bit stand for one another.
pub(super) fn kin(stem: &str) -> u32 {
    static KIN: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
        let mut kin = HashMap::new();
        for (bit, family) in FAMILIES.iter().enumerate() {
            for stem in *family {
                *kin.entry(*stem).or_default() |= 1 << bit;
            }
        }
        kin
    });
    KIN.get(stem).copied().unwrap_or(0)
}

/// Stems that people use for one another.
const FAMILIES: [&[&str]; 27] = [
    &["vehicl", "car", "automobil", "van"],
    &["number", "id", "ref", "referenc", "no", "nr", "identifier"],
    &["email", "mail"],
    &["phon", "telephon", "mobil", "cel"],
    &["order", "purchas"],
    &["book", "reserv"],
    &["parcel", "packag", "shipment", "deliver"],
    &["ticket", "cas"],
    &["account", "profil", "record", "detail"],
    &["subscript", "subscription", "plan", "membership"],
    &["customer", "client", "user", "member", "caler", "guest", "patient"],
    &["pictur", "photo", "imag", "screenshot"],
    &["reason", "caus"],
    &["total", "pric", "cost", "valu", "amount", "sum"],
    &["surnam", "lastnam"],
    &["refund", "repayment", "reimburs"],
    &["ship", "dispatch"],
    &["buy", "purchas", "order"],
    &["fix", "solv", "resolv"],
    &["postcod", "zip", "zipcod"],
    &["kind", "typ", "sort", "option"],
    &["team", "department", "desk"],
    &["devic", "machin", "hardwar"],
    &["appointment", "visit"],
    &["expir", "lapse"],
    &["start", "begin"],
    &["payment", "charg", "transaction"],
];

#[cfg(test)]
mod tests {
    use super::{kin, stem};

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            &[
                "cancel",
                "cancelled",
                "cancelling",
                "canceled",
                "cancellation",
                "cancels",
            ][..],
            &["verify", "verified", "verifies", "verifying", "verification"],
            &["ship", "shipped", "shipping", "ships"],
            &["update", "updated", "updates", "updating"],
            &["refund", "refunds", "refunded", "refunding"],
            &["reply", "replies", "replied"],
            &["box", "boxes"],
            &["call", "calls", "called"],
            &["delivered", "delivery"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form} and {}", forms[0]);
            }
        }
        assert_ne!(
            kin(&stem("id")) & kin(&stem("number")),
            0,
            "people say one for the other"
        );
        assert_eq!(kin(&stem("order")) & kin(&stem("ticket")), 0, "two things");
    }
}
