//! What a customer is told when a rule holds something back.

use taskwright_domain::{Catalogue, Condition, Guard, Rule};

use super::names::stems;
use super::token::Token;

/// Gives every rule the words for the customer, unless the text keeps its reasons to itself.
pub(super) fn tell_rules(rules: &mut [Rule], tokens: &[Token<'_>], catalogue: &Catalogue) {
    if keeps_reasons(tokens) {
        return;
    }
    for rule in rules.iter_mut().filter(|rule| !is_private(rule, catalogue)) {
        rule.told = told(rule);
    }
}

/// "don't say why", "never discuss the reason".
fn keeps_reasons(tokens: &[Token<'_>]) -> bool {
    let denies = |t: &Token<'_>| t.any(&["not", "never", "without"]);
    let reason = |t: &Token<'_>| t.any(&["why", "reason", "reasons", "explanation"]);
    let tells = |t: &Token<'_>| {
        t.any(&[
            "say", "tell", "discuss", "explain", "give", "giving", "saying", "telling", "reveal", "disclose", "mention",
        ])
    };
    (0..tokens.len()).any(|at| {
        let near = &tokens[at..tokens.len().min(at + 7)];
        denies(&near[0]) && near.iter().any(tells) && near.iter().any(reason)
    })
}

/// Whether the reason is nobody's but ours: who somebody is, what is suspected, what our systems did.
fn is_private(rule: &Rule, catalogue: &Catalogue) -> bool {
    const PRIVATE: [&str; 14] = [
        "fraud",
        "risk",
        "flag",
        "flagged",
        "suspicious",
        "suspected",
        "verified",
        "verification",
        "identity",
        "blocked",
        "blacklist",
        "sanction",
        "internal",
        "score",
    ];
    let private = stems(&PRIVATE.join(" "));
    let speaks = |words: &str| stems(words).iter().any(|stem| private.contains(stem));
    let condition = match &rule.guard {
        Guard::OnlyIf { condition } | Guard::NeverIf { condition } => condition,
        Guard::AtMost { .. } => return speaks(&rule.text),
        Guard::Never => return true,
    };
    let references = condition.references();
    let of_people = |reference: &&str| {
        let kind = catalogue.resolve(reference).map(|referent| referent.kind);
        matches!(kind, Some(taskwright_domain::AttributeType::PersonName)) || reference.starts_with("customer.")
    };
    speaks(&rule.text)
        || references
            .iter()
            .any(|reference| speaks(&taskwright_domain::key_in_words(reference)))
        || references.iter().any(of_people)
        || looks_at_a_run(condition)
}

/// Whether it looks at what was done rather than at values.
fn looks_at_a_run(condition: &Condition) -> bool {
    match condition {
        Condition::All { parts } | Condition::Any { parts } => parts.iter().any(looks_at_a_run),
        Condition::Not { part } | Condition::AnyItem { part, .. } => looks_at_a_run(part),
        Condition::Action { .. } | Condition::Webhook { .. } | Condition::Confirmed => true,
        Condition::Test { .. } | Condition::WithinOpeningHours => false,
    }
}

/// The rule in words for the customer: as written where it speaks of things, not to colleagues.
fn told(rule: &Rule) -> Option<String> {
    let words: Vec<String> = rule
        .text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    // "they" may be the things that the rule is about.
    let things = |word: &String| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let pronoun = |word: &String| matches!(word.as_str(), "they" | "them" | "their");
    let people = words
        .iter()
        .position(pronoun)
        .is_some_and(|at| !words[..at].iter().any(things));
    let to_colleagues = people
        || has(&[
            "you",
            "your",
            "yourself",
            "never",
            "don't",
            "always",
            "customer",
            "customers",
            "customer's",
            "agent",
            "make",
            "ensure",
            "check",
            "team",
            "hand",
            "escalate",
        ]);
    let begins = words.first().map(String::as_str).unwrap_or_default();
    let command = matches!(
        begins,
        "only" | "do" | "no" | "refund" | "issue" | "cancel" | "send" | "offer" | "if"
    );
    if !to_colleagues && !command && !rule.text.contains('{') {
        return Some(super::super::wording::sentence(
            rule.text.trim_end_matches([',', ';', ':']),
        ));
    }
    let times = match &rule.guard {
        Guard::AtMost { times } => Some(*times),
        _ if has(&["once"]) => Some(1),
        _ if has(&["twice"]) => Some(2),
        _ => None,
    };
    times.map(|times| match times {
        1 => "This can be done only once.".to_owned(),
        2 => "This can be done only twice.".to_owned(),
        times => format!("This can be done only {times} times."),
    })
}
