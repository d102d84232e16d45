//! The verbs of support work and what they amount to.

use super::token::{Kind, Token};

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

struct Entry {
    words: &'static [&'static str],
    deed: Deed,
    noun_too: bool,
}

const fn verb(words: &'static [&'static str], deed: Deed) -> Entry {
    Entry {
        words,
        deed,
        noun_too: false,
    }
}

const fn both(words: &'static [&'static str], deed: Deed) -> Entry {
    Entry {
        words,
        deed,
        noun_too: true,
    }
}

/// Longer ones before shorter ones that they start with.
const VERBS: &[Entry] = &[
    verb(&["ask"], Deed::Ask),
    verb(&["collect"], Deed::Ask),
    both(&["request"], Deed::Ask),
    verb(&["gather"], Deed::Ask),
    verb(&["obtain"], Deed::Ask),
    verb(&["find", "out"], Deed::Ask),
    verb(&["learn"], Deed::Ask),
    verb(&["inquire"], Deed::Ask),
    verb(&["enquire"], Deed::Ask),
    verb(&["prompt"], Deed::Ask),
    verb(&["clarify"], Deed::Ask),
    verb(&["figure", "out"], Deed::Decide),
    verb(&["work", "out"], Deed::Decide),
    verb(&["determine"], Deed::Decide),
    verb(&["decide"], Deed::Decide),
    verb(&["establish"], Deed::Decide),
    verb(&["identify"], Deed::Decide),
    verb(&["confirm"], Deed::Confirm),
    verb(&["double-check"], Deed::Confirm),
    verb(&["read", "back"], Deed::Confirm),
    verb(&["read"], Deed::LookUp),
    verb(&["tell"], Deed::Tell),
    verb(&["inform"], Deed::Tell),
    verb(&["explain"], Deed::Tell),
    verb(&["say"], Deed::Tell),
    verb(&["let"], Deed::Tell),
    verb(&["advise"], Deed::Tell),
    verb(&["reassure"], Deed::Tell),
    verb(&["assure"], Deed::Tell),
    verb(&["notify"], Deed::Tell),
    both(&["reply"], Deed::Tell),
    verb(&["respond"], Deed::Tell),
    both(&["answer"], Deed::Tell),
    both(&["mention"], Deed::Tell),
    verb(&["remind"], Deed::Tell),
    verb(&["point", "out"], Deed::Tell),
    verb(&["warn"], Deed::Tell),
    verb(&["communicate"], Deed::Tell),
    both(&["state"], Deed::Tell),
    verb(&["announce"], Deed::Tell),
    verb(&["translate"], Deed::Tell),
    verb(&["rephrase"], Deed::Tell),
    verb(&["paraphrase"], Deed::Tell),
    verb(&["describe"], Deed::Tell),
    verb(&["recap"], Deed::Tell),
    verb(&["emphasise"], Deed::Tell),
    verb(&["emphasize"], Deed::Tell),
    verb(&["repeat", "back"], Deed::Confirm),
    verb(&["apologise"], Deed::Apologise),
    verb(&["apologize"], Deed::Apologise),
    verb(&["thank"], Deed::Thank),
    verb(&["greet"], Deed::Greet),
    verb(&["welcome"], Deed::Greet),
    verb(&["wish"], Deed::Greet),
    both(&["offer"], Deed::Offer),
    verb(&["propose"], Deed::Offer),
    verb(&["suggest"], Deed::Suggest),
    verb(&["recommend"], Deed::Suggest),
    both(&["guide"], Deed::Guide),
    both(&["walk"], Deed::Guide),
    verb(&["instruct"], Deed::Guide),
    verb(&["invite"], Deed::Guide),
    verb(&["have"], Deed::Guide),
    both(&["help"], Deed::Guide),
    verb(&["direct"], Deed::Guide),
    verb(&["point"], Deed::Guide),
    verb(&["encourage"], Deed::Guide),
    verb(&["hand", "off"], Deed::HandOff),
    verb(&["hand", "over"], Deed::HandOff),
    verb(&["hand"], Deed::HandOff),
    verb(&["hand-off"], Deed::HandOff),
    verb(&["handoff"], Deed::HandOff),
    verb(&["escalate"], Deed::HandOff),
    both(&["transfer"], Deed::HandOff),
    verb(&["pass", "on"], Deed::HandOff),
    verb(&["pass"], Deed::HandOff),
    both(&["route"], Deed::HandOff),
    both(&["forward"], Deed::HandOff),
    verb(&["refer"], Deed::HandOff),
    verb(&["connect"], Deed::HandOff),
    verb(&["put", "through"], Deed::HandOff),
    verb(&["assign"], Deed::HandOff),
    verb(&["involve"], Deed::HandOff),
    verb(&["bring", "in"], Deed::HandOff),
    verb(&["loop", "in"], Deed::HandOff),
    both(&["tag"], Deed::Tag),
    both(&["label"], Deed::Tag),
    both(&["flag"], Deed::Tag),
    verb(&["note", "down"], Deed::Note),
    both(&["note"], Deed::Note),
    verb(&["jot", "down"], Deed::Note),
    verb(&["write", "down"], Deed::Note),
    verb(&["write"], Deed::Other),
    verb(&["summarise"], Deed::Note),
    verb(&["summarize"], Deed::Note),
    verb(&["wait"], Deed::Wait),
    both(&["pause"], Deed::Block),
    verb(&["repeat"], Deed::Repeat),
    verb(&["retry"], Deed::Repeat),
    verb(&["try", "again"], Deed::Repeat),
    verb(&["try"], Deed::Repeat),
    verb(&["go", "ahead"], Deed::Other),
    verb(&["go"], Deed::Jump),
    verb(&["jump"], Deed::Jump),
    both(&["return"], Deed::Jump),
    verb(&["skip"], Deed::Jump),
    verb(&["continue"], Deed::Jump),
    verb(&["proceed"], Deed::Jump),
    verb(&["move", "on"], Deed::Jump),
    verb(&["carry", "on"], Deed::Jump),
    verb(&["start", "over"], Deed::Jump),
    verb(&["start", "again"], Deed::Jump),
    verb(&["end"], Deed::Finish),
    verb(&["finish"], Deed::Finish),
    verb(&["stop"], Deed::Stop),
    verb(&["wrap", "up"], Deed::Finish),
    verb(&["hang", "up"], Deed::Finish),
    verb(&["conclude"], Deed::Finish),
    verb(&["close"], Deed::Close),
    verb(&["classify"], Deed::Classify),
    verb(&["categorise"], Deed::Classify),
    verb(&["categorize"], Deed::Classify),
    verb(&["sort"], Deed::Classify),
    both(&["set"], Deed::Update),
    both(&["mark"], Deed::Update),
    verb(&["save"], Deed::Update),
    both(&["store"], Deed::Update),
    both(&["record"], Deed::Update),
    both(&["log"], Deed::Create),
    both(&["update"], Deed::Update),
    both(&["change"], Deed::Update),
    both(&["edit"], Deed::Update),
    verb(&["modify"], Deed::Update),
    verb(&["amend"], Deed::Update),
    verb(&["correct"], Deed::Update),
    verb(&["adjust"], Deed::Update),
    verb(&["apply"], Deed::Update),
    both(&["switch"], Deed::Update),
    verb(&["enter"], Deed::Update),
    both(&["input"], Deed::Update),
    verb(&["type", "in"], Deed::Update),
    verb(&["key", "in"], Deed::Update),
    verb(&["fill", "in"], Deed::Update),
    verb(&["fill", "out"], Deed::Update),
    verb(&["make", "sure"], Deed::Verify),
    verb(&["make"], Deed::Make),
    verb(&["carry", "out"], Deed::Make),
    verb(&["perform"], Deed::Make),
    both(&["process"], Deed::Make),
    both(&["issue"], Deed::Make),
    verb(&["grant"], Deed::Make),
    verb(&["initiate"], Deed::Make),
    verb(&["trigger"], Deed::Use),
    both(&["run"], Deed::Use),
    both(&["use"], Deed::Use),
    both(&["call"], Deed::Use),
    verb(&["execute"], Deed::Use),
    verb(&["invoke"], Deed::Use),
    verb(&["click"], Deed::Use),
    verb(&["hit"], Deed::Use),
    verb(&["tap"], Deed::Use),
    verb(&["select"], Deed::Use),
    verb(&["choose"], Deed::Use),
    verb(&["look", "up"], Deed::LookUp),
    verb(&["look", "at"], Deed::LookUp),
    verb(&["look", "for"], Deed::LookUp),
    verb(&["pull", "up"], Deed::LookUp),
    verb(&["pull"], Deed::LookUp),
    verb(&["bring", "up"], Deed::LookUp),
    verb(&["fetch"], Deed::LookUp),
    verb(&["find"], Deed::LookUp),
    verb(&["get"], Deed::LookUp),
    verb(&["retrieve"], Deed::LookUp),
    verb(&["seek"], Deed::LookUp),
    verb(&["see"], Deed::LookUp),
    both(&["view"], Deed::LookUp),
    both(&["list"], Deed::LookUp),
    both(&["search"], Deed::LookUp),
    verb(&["load"], Deed::LookUp),
    both(&["query"], Deed::LookUp),
    both(&["review"], Deed::LookUp),
    verb(&["inspect"], Deed::LookUp),
    verb(&["locate"], Deed::LookUp),
    verb(&["consult"], Deed::LookUp),
    both(&["track"], Deed::LookUp),
    verb(&["open", "up"], Deed::LookUp),
    both(&["check"], Deed::Verify),
    verb(&["verify"], Deed::Verify),
    verb(&["validate"], Deed::Verify),
    verb(&["authenticate"], Deed::Verify),
    verb(&["ensure"], Deed::Verify),
    both(&["test"], Deed::Verify),
    verb(&["create"], Deed::Create),
    verb(&["open"], Deed::Create),
    verb(&["raise"], Deed::Create),
    both(&["file"], Deed::Create),
    verb(&["add"], Deed::Create),
    verb(&["register"], Deed::Create),
    verb(&["set", "up"], Deed::Create),
    verb(&["submit"], Deed::Create),
    verb(&["generate"], Deed::Create),
    both(&["book"], Deed::Create),
    both(&["place"], Deed::Create),
    both(&["schedule"], Deed::Create),
    verb(&["write", "up"], Deed::Create),
    both(&["report"], Deed::Create),
    verb(&["cancel"], Deed::Cancel),
    verb(&["call", "off"], Deed::Cancel),
    verb(&["terminate"], Deed::Cancel),
    verb(&["void"], Deed::Cancel),
    verb(&["withdraw"], Deed::Cancel),
    verb(&["unsubscribe"], Deed::Cancel),
    both(&["refund"], Deed::Refund),
    verb(&["reimburse"], Deed::Refund),
    verb(&["pay", "back"], Deed::Refund),
    verb(&["give", "back"], Deed::Refund),
    verb(&["repay"], Deed::Refund),
    verb(&["compensate"], Deed::Refund),
    both(&["credit"], Deed::Refund),
    verb(&["send"], Deed::Send),
    verb(&["resend"], Deed::Send),
    both(&["email"], Deed::Send),
    both(&["text"], Deed::Send),
    both(&["message"], Deed::Send),
    both(&["share"], Deed::Send),
    verb(&["provide"], Deed::Give),
    verb(&["give"], Deed::Give),
    both(&["show"], Deed::Give),
    both(&["quote"], Deed::Quote),
    verb(&["delete"], Deed::Delete),
    verb(&["remove"], Deed::Delete),
    verb(&["erase"], Deed::Delete),
    verb(&["wipe"], Deed::Delete),
    verb(&["freeze"], Deed::Block),
    both(&["block"], Deed::Block),
    both(&["lock"], Deed::Block),
    verb(&["suspend"], Deed::Block),
    verb(&["disable"], Deed::Block),
    verb(&["deactivate"], Deed::Block),
    both(&["hold"], Deed::Block),
    verb(&["unfreeze"], Deed::Unblock),
    verb(&["unblock"], Deed::Unblock),
    verb(&["unlock"], Deed::Unblock),
    verb(&["reactivate"], Deed::Unblock),
    verb(&["activate"], Deed::Unblock),
    verb(&["enable"], Deed::Unblock),
    verb(&["restore"], Deed::Unblock),
    verb(&["resume"], Deed::Unblock),
    verb(&["unpause"], Deed::Unblock),
    verb(&["reschedule"], Deed::Move),
    verb(&["postpone"], Deed::Move),
    verb(&["rebook"], Deed::Move),
    both(&["move"], Deed::Move),
    both(&["shift"], Deed::Move),
    verb(&["reroute"], Deed::Update),
    verb(&["redirect"], Deed::Update),
    verb(&["extend"], Deed::Extend),
    verb(&["renew"], Deed::Extend),
    verb(&["prolong"], Deed::Extend),
    both(&["reset"], Deed::Reset),
    both(&["upgrade"], Deed::Upgrade),
    both(&["downgrade"], Deed::Downgrade),
    both(&["charge"], Deed::Charge),
    both(&["bill"], Deed::Charge),
    both(&["pay"], Deed::Charge),
    both(&["ship"], Deed::Ship),
    both(&["dispatch"], Deed::Ship),
    verb(&["deliver"], Deed::Ship),
    both(&["exchange"], Deed::Exchange),
    both(&["swap"], Deed::Exchange),
    verb(&["replace"], Deed::Exchange),
    verb(&["resolve"], Deed::Close),
    verb(&["calculate"], Deed::Compute),
    verb(&["compute"], Deed::Compute),
    both(&["estimate"], Deed::Compute),
    both(&["compare"], Deed::Decide),
    verb(&["waive"], Deed::Waive),
    verb(&["merge"], Deed::Merge),
    verb(&["redeem"], Deed::Redeem),
    both(&["link"], Deed::Link),
    verb(&["promise"], Deed::Tell),
    verb(&["discuss"], Deed::Tell),
    verb(&["reveal"], Deed::Tell),
    verb(&["disclose"], Deed::Tell),
    verb(&["be"], Deed::Be),
    verb(&["stay"], Deed::Be),
    verb(&["remain"], Deed::Be),
    verb(&["sound"], Deed::Be),
    verb(&["remember"], Deed::Be),
    verb(&["keep"], Deed::Keep),
    verb(&["avoid"], Deed::Be),
    both(&["need"], Deed::Ask),
    verb(&["take"], Deed::Ask),
    verb(&["do"], Deed::Other),
    verb(&["put"], Deed::Other),
    verb(&["follow"], Deed::Other),
    verb(&["start"], Deed::Create),
    verb(&["begin"], Deed::Other),
    verb(&["restart"], Deed::Other),
    verb(&["complete"], Deed::Make),
    both(&["leave"], Deed::Other),
    verb(&["attach"], Deed::Other),
    verb(&["include"], Deed::Other),
    verb(&["treat"], Deed::Other),
    verb(&["accept"], Deed::Other),
    verb(&["reject"], Deed::Other),
    verb(&["approve"], Deed::Other),
    verb(&["deny"], Deed::Other),
    verb(&["refuse"], Deed::Other),
    verb(&["decline"], Deed::Other),
    verb(&["assume"], Deed::Other),
    verb(&["ignore"], Deed::Other),
    verb(&["allow"], Deed::Other),
    verb(&["speak"], Deed::Be),
    verb(&["talk"], Deed::Be),
    verb(&["listen"], Deed::Be),
    verb(&["acknowledge"], Deed::Be),
    verb(&["deal"], Deed::Other),
    verb(&["handle"], Deed::Other),
    verb(&["prevent"], Deed::Other),
    verb(&["contact"], Deed::Other),
    verb(&["install"], Deed::Other),
    verb(&["log", "in"], Deed::Other),
    verb(&["log", "out"], Deed::Other),
    verb(&["sign", "in"], Deed::Other),
    verb(&["sign", "out"], Deed::Other),
    verb(&["turn"], Deed::Other),
    verb(&["plug"], Deed::Other),
    verb(&["unplug"], Deed::Other),
    verb(&["clear"], Deed::Other),
    verb(&["uninstall"], Deed::Other),
    verb(&["reinstall"], Deed::Other),
    verb(&["reconnect"], Deed::Other),
    verb(&["reboot"], Deed::Other),
    verb(&["press"], Deed::Other),
    verb(&["type"], Deed::Other),
    verb(&["upload"], Deed::Other),
    verb(&["download"], Deed::Other),
];

/// Nouns of deeds: "the refund", "a cancellation".
const NOUNS: &[(&str, Deed)] = &[
    ("refund", Deed::Refund),
    ("reimbursement", Deed::Refund),
    ("compensation", Deed::Refund),
    ("credit", Deed::Refund),
    ("cancellation", Deed::Cancel),
    ("update", Deed::Update),
    ("change", Deed::Update),
    ("modification", Deed::Update),
    ("lookup", Deed::LookUp),
    ("look-up", Deed::LookUp),
    ("search", Deed::LookUp),
    ("verification", Deed::Verify),
    ("validation", Deed::Verify),
    ("check", Deed::Verify),
    ("reset", Deed::Reset),
    ("extension", Deed::Extend),
    ("renewal", Deed::Extend),
    ("replacement", Deed::Exchange),
    ("exchange", Deed::Exchange),
    ("swap", Deed::Exchange),
    ("upgrade", Deed::Upgrade),
    ("downgrade", Deed::Downgrade),
    ("deletion", Deed::Delete),
    ("removal", Deed::Delete),
    ("charge", Deed::Charge),
    ("quote", Deed::Quote),
    ("calculation", Deed::Compute),
    ("rescheduling", Deed::Move),
    ("move", Deed::Move),
    ("creation", Deed::Create),
    ("block", Deed::Block),
    ("freeze", Deed::Block),
    ("reactivation", Deed::Unblock),
    ("waiver", Deed::Waive),
];

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

type Table = std::collections::HashMap<String, Vec<usize>>;

/// Entries by the stem of their first word, longer entries first.
fn table() -> &'static Table {
    static TABLE: std::sync::LazyLock<Table> = std::sync::LazyLock::new(|| {
        let mut table = Table::new();
        for (index, entry) in VERBS.iter().enumerate() {
            table.entry(super::stem::stem(entry.words[0])).or_default().push(index);
        }
        for found in table.values_mut() {
            found.sort_by_key(|index| std::cmp::Reverse(VERBS[*index].words.len()));
        }
        table
    });
    &TABLE
}
