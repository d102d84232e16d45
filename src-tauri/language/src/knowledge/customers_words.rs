//! What customers say, and what articles call it: "when do I see my money" is about a refund.
//!
//! Words of customer service at large, of no trade and no shop. What is meant by both is looked for.

/// What customers say, parted by bars, and what articles call it. A word also stands for its plural.
const SAID: &[(&str, &str)] = &[
    (
        "send back|sent back|sending back|send it back|bring back|bring it back|give back|take back|go back|hand back",
        "return",
    ),
    (
        "money back|get my money|see my money|see the money|reimburse|reimbursed|reimbursement|credited",
        "refund",
    ),
    ("postage|shipping|shipping fee|shipping cost", "delivery costs"),
    (
        "how much|what do you charge|fee|cost extra|pricey|expensive",
        "price, cost",
    ),
    ("shipment|consignment", "parcel, delivery"),
    ("dropped off|handed over", "delivered"),
    (
        "no update|stuck|not moving|hasn't moved|on its way for",
        "tracking, not moved",
    ),
    (
        "never came|never arrived|didn't arrive|not arrived|hasn't come|vanished",
        "parcel missing, lost",
    ),
    ("can't find|mislaid|left behind|stolen", "lost"),
    ("shattered|smashed|cracked|in pieces|dented|in bits", "broken, damaged"),
    (
        "doesn't work|not working|won't work|stopped working|defective",
        "faulty, does not work",
    ),
    (
        "won't be home|not at home|not be home|be away|am away|not in on",
        "another day, delivery",
    ),
    ("swap|rather have|trade in for", "exchange"),
    (
        "too late|weeks ago|days ago|months ago|deadline",
        "how long, time limit",
    ),
    ("how soon|how fast|how quickly|how many days", "how long it takes"),
    (
        "can't make it|cannot make it|won't make it|something came up|can't come|cannot come|call off",
        "cancel, not coming",
    ),
    (
        "quit|terminate|get out of|opt out|don't want it any more|don't want it anymore",
        "cancel, end",
    ),
    (
        "stop sending|unsubscribe|no more mails|no more emails",
        "newsletter, stop",
    ),
    ("move house|moving house|relocate|relocating|relocated", "moving away"),
    ("on hold|take a break|freeze", "pause"),
    ("fully booked|no places left|no seats left|no spots", "full"),
    ("postpone|reschedule|move my booking|another date", "change, rebook"),
    (
        "typed the wrong|made a typo|entered the wrong|mistake in",
        "change, correct",
    ),
    ("add it to|forgot to put|forgot to add", "add, change the order"),
    ("promo|promo code|coupon|voucher code", "discount code"),
    ("something off|money off|deal|bargain", "discount"),
    (
        "for less|cheaper elsewhere|price match|match that|undercut",
        "price promise, cheaper in another shop",
    ),
    ("gift voucher|voucher card|store credit", "gift card"),
    ("university|college|campus|pupil", "student"),
    ("bill", "invoice"),
    ("tax number|tax id", "VAT number"),
    ("firm|my business|my boss|employer|our business", "company"),
    ("notes and coins|banknotes", "cash"),
    (
        "instalments|installments|end of the month|next month|later on",
        "pay later",
    ),
    ("amex", "American Express"),
    (
        "shows as taken|taken twice|double charged|took the money",
        "charged, pending",
    ),
    ("empty account|account was empty|bounced", "debit failed"),
    (
        "refused|rejected|turned down|not accepted|isn't accepted",
        "declined, refused",
    ),
    ("log in|login|log on|profile", "account, sign in"),
    ("blocked|locked out|shut out", "locked"),
    ("can't remember|don't remember", "forgotten"),
    ("erase|wipe|close my|get rid of my", "delete"),
    (
        "personal data|what you know about me|gdpr",
        "copy of your data, privacy",
    ),
    (
        "talk to a human|talk to someone|speak to somebody|real person",
        "contact, person",
    ),
    ("your store|the store|branch|outlet", "shop"),
    ("leave the car|leave my car|car park|garage", "parking"),
    ("open until|what time do you close|how late", "opening hours, open"),
    ("wheelchair|disabled|walking frame", "accessible, ramp, lift"),
    ("toddler|baby|kid|daughter|son", "child, children"),
    ("pet|puppy", "dog, animals"),
    ("ladies|females", "women"),
    ("coach|instructor|teacher", "trainer"),
    (
        "ill|sick|surgery|operation|injured|injury|hospital|broke my",
        "ill, health",
    ),
    ("vegan|vegetarian|gluten|lactose|allergic", "allergies, diet"),
    ("mend|fix for free|fix that for free|repair", "repair, guarantee"),
    ("warranty|still covered", "guarantee"),
    ("cooker|stove", "hob"),
    ("overseas|other country|another country", "abroad"),
    ("duty|import tax", "customs"),
    ("courier|driver|postman|mailman", "carrier"),
    ("feedback on|rate a|stars", "review"),
    ("bulk|wholesale|reseller", "trade customers"),
    ("pick it up|pick up|collect it", "collect"),
];

/// A question with what articles call what it says; none where they may call it the same.
pub(super) fn in_their_words(question: &str) -> Option<String> {
    let low = format!(" {} ", plain(question));
    let said = |phrases: &str| {
        let mut phrases = phrases.split('|');
        phrases.any(|phrase| low.contains(&format!(" {phrase} ")) || low.contains(&format!(" {phrase}s ")))
    };
    let meant = SAID
        .iter()
        .filter(|(phrases, _)| said(phrases))
        .map(|(_, meant)| *meant);
    let meant: Vec<_> = meant.collect();
    (!meant.is_empty()).then(|| format!("{} ({})", question.trim(), meant.join("; ")))
}

fn plain(text: &str) -> String {
    let low = text.to_lowercase().replace('’', "'");
    let words = low
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_their_words;

    #[test]
    fn what_customers_say_is_put_into_words_of_articles() {
        for (said, meant) in [
            (
                "How much is postage?",
                Some("How much is postage? (delivery costs; price, cost)"),
            ),
            ("Can I BRING IT BACK", Some("Can I BRING IT BACK (return)")),
            ("may my kids come", Some("may my kids come (child, children)")),
            ("Where are you?", None),
            ("The skid marks", None),
        ] {
            assert_eq!(in_their_words(said).as_deref(), meant, "{said}");
        }
    }
}
