//! The verbs of support work and what they amount to.

mod table;

use super::token::{Kind, Token};

use table::{NOUNS, VERBS, table};

/// What a verb amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Deed {
    Ask,
    Confirm,
    Tell,
    Apologise,
    Thank,
    Greet,
    Offer,
    Suggest,
    Guide,
    HandOff,
    Tag,
    Note,
    Wait,
    Repeat,
    Jump,
    Finish,
    Classify,
    Decide,
    Make,
    Use,
    LookUp,
    Verify,
    Create,
    Update,
    Cancel,
    Refund,
    Send,
    Delete,
    Block,
    Unblock,
    Move,
    Extend,
    Reset,
    Upgrade,
    Downgrade,
    Charge,
    Ship,
    Exchange,
    Close,
    Compute,
    Quote,
    Waive,
    Merge,
    Stop,
    Redeem,
    Link,
    Be,
    Give,
    Keep,
    Other,
}

impl Deed {
    /// Deeds that an action of the workspace does.
    pub(super) const fn acts(self) -> bool {
        use Deed::*;
        matches!(
            self,
            LookUp
                | Verify
                | Create
                | Update
                | Cancel
                | Refund
                | Send
                | Delete
                | Block
                | Unblock
                | Move
                | Extend
                | Reset
                | Upgrade
                | Downgrade
                | Charge
                | Ship
                | Exchange
                | Close
                | Compute
                | Quote
                | Waive
                | Merge
                | Stop
                | Redeem
                | Link
                | Use
                | Make
        )
    }

    /// Deeds that change something out there.
    pub(super) const fn changes(self) -> bool {
        use Deed::*;
        self.acts() && !matches!(self, LookUp | Verify | Compute | Quote | Use | Make | Send)
    }

    /// Whether a text may name one and an action the other.
    pub(super) fn akin(self, other: Self) -> bool {
        use Deed::*;
        self == other
            || matches!(
                (self, other),
                (LookUp, Verify | Compute | Quote)
                    | (Verify | Compute | Quote, LookUp)
                    | (Update, Move)
                    | (Stop, Cancel)
                    | (Cancel, Stop)
                    | (Compute, Quote)
                    | (Quote, Compute)
            )
    }
}

/// A verb found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) deed: Deed,
    pub(super) lemma: &'static str,
    /// How many tokens it takes.
    pub(super) length: usize,
    pub(super) form: Form,
    /// The same word is a noun as well: "order", "refund", "note".
    pub(super) noun_too: bool,
}

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `cancel`
    Base,
    /// `cancels`
    Third,
    /// `cancelled`
    Past,
    /// `cancelling`
    Ing,
}

/// The deed a noun stands for.
pub(super) fn deed_of_noun(token: &Token<'_>) -> Option<Deed> {
    let low = token.low.strip_suffix('s').unwrap_or(&token.low);
    NOUNS
        .iter()
        .find(|(noun, _)| *noun == token.low || *noun == low)
        .map(|(_, deed)| *deed)
}

/// The verb that starts at a token, in any form.
pub(super) fn verb_at(tokens: &[Token<'_>], at: usize) -> Option<Verb> {
    let first = tokens.get(at).filter(|t| t.kind == Kind::Word)?;
    let (entry, form) = table().get(first.stem.as_str())?.iter().find_map(|index| {
        let entry = &VERBS[*index];
        let form = form_of(&first.low, entry.words[0])?;
        let rest = &entry.words[1..];
        let follows = rest
            .iter()
            .enumerate()
            .all(|(more, word)| tokens.get(at + 1 + more).is_some_and(|t| t.is(word)));
        follows.then_some((entry, form))
    })?;
    Some(Verb {
        deed: entry.deed,
        lemma: entry.words[0],
        length: entry.words.len(),
        form,
        noun_too: entry.noun_too,
    })
}

/// A verb whose particle comes after its object: "look the order up", "put them through". The particle's place too.
pub(super) fn parted_verb_at(tokens: &[Token<'_>], at: usize) -> Option<(Verb, usize)> {
    let first = tokens.get(at).filter(|t| t.kind == Kind::Word)?;
    table().get(first.stem.as_str())?.iter().find_map(|index| {
        let entry = &VERBS[*index];
        let [word, particle] = entry.words else { return None };
        if matches!(*particle, "again" | "at" | "for") {
            return None;
        }
        let form = form_of(&first.low, word)?;
        let place = (at + 2..tokens.len().min(at + 7)).find(|place| tokens[*place].is(particle))?;
        if tokens[at + 1..place]
            .iter()
            .any(|t| t.is_mark() || t.any(&["and", "or", "to", "that", "if"]))
        {
            return None;
        }
        Some((
            Verb {
                deed: entry.deed,
                lemma: word,
                length: 1,
                form,
                noun_too: false,
            },
            place,
        ))
    })
}

fn form_of(low: &str, lemma: &str) -> Option<Form> {
    if low == lemma {
        return Some(Form::Base);
    }
    let form = if low.ends_with("ing") {
        Form::Ing
    } else if low.ends_with('s') && !low.ends_with("ss") {
        Form::Third
    } else {
        Form::Past
    };
    Some(form)
}
