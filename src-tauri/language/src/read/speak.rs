//! Telling the customer something.

use taskwright_domain::{Condition, Meaning, ProblemCode, Severity, Step, StepKind, Template, key_in_words};

use super::ask::without_customer;
use super::names::{Lookup, Prefer};
use super::problems::{problem, ways_out};
use super::reader::{Reader, Spoken, trimmed};
use super::tell::{lower_first, question, sentence, to_customer, written};
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, Verb, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    pub(super) fn inform(&mut self, whole: &[Token<'_>], words: Template, steps: &mut Vec<Step>) {
        steps.push(self.step(whole, StepKind::Inform { words: words.clone() }));
        let plain = format!("Tells: {}", words.0);
        self.note(whole, Spoken::new(Meaning::Inform { words }, plain));
    }

    /// "tell the customer …", "let them know …", "explain …", "say …".
    pub(super) fn tell(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let mut rest = &words[verb.length..];
        if tells_others(verb, rest) {
            return self.without_action(whole, words, &[], steps);
        }
        if verb.lemma == "let" {
            let Some(know) = rest.iter().position(|t| t.is("know")) else {
                return self.let_them(whole, rest, steps);
            };
            rest = &rest[know + 1..];
        } else {
            rest = without_customer(without_to(rest));
        }
        rest = without_customer(without_to(rest));
        if rest.first().is_some_and(|t| t.is("sorry")) {
            return self.apologise(whole, &rest[1..], steps);
        }
        if let Some(said) = self.after_colon(words) {
            return self.inform(whole, said, steps);
        }
        if self.tell_by_option(whole, rest, steps) {
            return;
        }
        let bye = matches!(trimmed(rest), [one] if one.any(&["goodbye", "bye", "hello", "thanks"]));
        if (rest.len() > 2 || bye)
            && (rest[0].is("thank") || rest[0].any(&["thanks", "goodbye", "hello", "bye"]))
            && verb.lemma == "say"
        {
            return self.inform(
                whole,
                Template::new(sentence(&written(self.text, trimmed(rest)))),
                steps,
            );
        }
        match self.speech(rest) {
            Some(said) => self.inform(whole, said, steps),
            None if rest.first().is_some_and(|t| t.is("to")) && rest.get(1).is_some_and(|t| t.kind == Kind::Word) => {
                self.advise(whole, &rest[1..], steps)
            }
            None => self.no_words(whole, rest, steps),
        }
    }

    /// "it takes 5 days (2 days for express)": one or the other, by the option that is named.
    fn tell_by_option(&mut self, whole: &'t [Token<'a>], rest: &[Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(open) = rest.iter().position(|t| t.mark('(')) else {
            return false;
        };
        let Some(close) = rest.iter().position(|t| t.mark(')')).filter(|close| *close > open + 3) else {
            return false;
        };
        let inner = &rest[open + 1..close];
        let Some(for_) = inner.iter().position(|t| t.is("for")) else {
            return false;
        };
        let length = |words: &[Token<'_>], at: usize| super::constants::period_at(words, at).map(|read| read.end);
        let (Some(place), true) = (
            (0..open)
                .rev()
                .find(|at| length(rest, *at).is_some_and(|end| end == open)),
            length(inner, 0) == Some(for_),
        ) else {
            return false;
        };
        let Ok(got) = super::conditions::Conditions::new(&self.names, &self.said)
            .read_about(&inner[for_ + 1..], Some(&super::conditions::Subject::Any))
        else {
            return false;
        };
        let after = &rest[close + 1..];
        let other: Vec<_> = [&rest[..open], after].concat();
        let mut instead = inner[..for_].to_vec();
        // It stood behind a bracket.
        instead[0].spaced = true;
        let special: Vec<_> = [&rest[..place], &instead, after].concat();
        let (Some(other), Some(special)) = (self.speech(&other), self.speech(&special)) else {
            return false;
        };
        let plain = super::describe::condition(&got.condition, self.names.catalogue);
        let span = self.span(whole);
        let says = |words: &Template| Step {
            span,
            kind: StepKind::Inform { words: words.clone() },
        };
        let arm = taskwright_domain::Arm {
            span,
            condition: got.condition,
            steps: vec![says(&special)],
        };
        let kind = StepKind::Check {
            arms: vec![arm],
            otherwise: vec![says(&other)],
        };
        steps.push(Step { span, kind });
        let told = format!("Tells: {} If {plain}: {}", other.0, special.0);
        self.note(
            whole,
            Spoken::new(Meaning::Inform { words: other }, told).links(got.links),
        );
        true
    }

    /// "tell them: Your parcel is on its way.": words that already speak to the customer.
    fn after_colon(&self, words: &[Token<'_>]) -> Option<Template> {
        let colon = words.iter().take(6).position(|t| t.mark(':'))?;
        let said = trimmed(&words[colon + 1..]);
        let direct = said
            .iter()
            .any(|t| t.any(&["you", "your", "yours", "we", "our", "i", "my"]));
        let plain = !said.iter().any(|t| t.kind == Kind::Quote);
        (direct && plain && said.len() > 1).then(|| Template::new(sentence(&written(self.text, said))))
    }

    /// "have them upload a photo", "get the customer to confirm it": what they are to give is asked for.
    pub(super) fn customer_does(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let after = without_to(without_customer_only(words));
        if after.len() == words.len() {
            return false;
        }
        let Some(first) = after.first() else { return false };
        let rest = without_customer(&after[1..]);
        // "have them choose between lost and late"
        if first.any(&["choose", "pick", "select", "decide"]) {
            let wanted = self.wanted(rest);
            let chosen = !wanted.values.is_empty() && wanted.unknown.is_empty();
            if chosen {
                self.ask_for(whole, rest, steps);
            }
            return chosen;
        }
        if first.any(&["confirm", "approve", "agree", "accept"]) {
            self.confirm(whole, after, steps);
            return true;
        }
        let gives = super::ask::gives(first) && {
            let wanted = self.wanted(rest);
            !wanted.values.is_empty() && wanted.unknown.is_empty()
        };
        if gives {
            self.ask_for(whole, rest, steps);
        }
        gives
    }

    /// "have the plan cancelled", "have a look at the booking": done by us.
    pub(super) fn have_done(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let words = trimmed(words);
        let (deed, lemma, object) = match words {
            [a, look, at, object @ ..] if a.is("a") && look.is("look") && at.any(&["at", "into"]) => {
                (Deed::LookUp, "look", object)
            }
            [object @ .., _] if !object.is_empty() => {
                let Some(verb) = verb_at(words, object.len()).filter(|v| v.form == Form::Past && v.deed.acts()) else {
                    return false;
                };
                (verb.deed, verb.lemma, object)
            }
            _ => return false,
        };
        match self.match_action(deed, lemma, object) {
            super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
            _ => self.without_action(whole, words, &[], steps),
        }
        true
    }

    /// "let them pick one", "let them choose which booking".
    fn let_them(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if self.customer_does(whole, rest, steps) {
            return;
        }
        let rest = without_customer(rest);
        match verb_at(rest, 0) {
            _ if rest
                .first()
                .is_some_and(|t| t.any(&["pick", "choose", "select", "decide"])) =>
            {
                self.ask_for(whole, &rest[1..], steps)
            }
            _ => self.unclear(whole, "What should happen here?", None, steps),
        }
    }

    /// What is said, in direct speech; none when the words do not say it.
    pub(super) fn speech(&self, rest: &[Token<'_>]) -> Option<Template> {
        let rest = trimmed(rest);
        if let Some(quote) = super::paraphrase::quoted_about_so(rest) {
            return Some(Template::new(quote.low.clone()));
        }
        if let Some(quote) = rest.iter().find(|t| t.kind == Kind::Quote) {
            let pattern = rest
                .windows(2)
                .any(|pair| pair[0].any(&["e.g", "eg", "e.g."]) && pair[1].kind == Kind::Quote);
            let before_quote = rest
                .iter()
                .take_while(|t| t.kind != Kind::Quote)
                .filter(|t| t.kind == Kind::Word)
                .count();
            let led = rest
                .windows(2)
                .any(|pair| pair[0].mark(':') && pair[1].kind == Kind::Quote);
            if !pattern && (before_quote <= 3 || led) {
                return Some(Template::new(quote.low.clone()));
            }
        }
        let rest = without_pattern(rest);
        let (stated, body) = match rest {
            [first, body @ ..] if first.is("that") && !body.is_empty() => (true, body),
            body => (false, body),
        };
        // "a link to their account so they can look it up": what for, not what is said.
        let noun = body
            .first()
            .is_some_and(|t| t.any(&["a", "an", "the", "their", "this"]));
        let body = match body
            .windows(2)
            .position(|pair| pair[0].is("so") && pair[1].any(&["they", "that", "the"]))
        {
            Some(so) if noun && !stated && so > 0 && !self.is_statement(&body[..so]) => &body[..so],
            _ => body,
        };
        // "that to be safe, they should wait", "that if it rings they should wait"
        let begins = body.first().is_some_and(|t| t.any(&["to", "if", "when", "unless"]));
        if stated && begins && self.states_behind(body) {
            return Some(to_customer(body));
        }
        if body.is_empty()
            || body
                .first()?
                .any(&["why", "how", "when", "what", "where", "whether", "if", "which", "who"])
        {
            return self.values_said(body);
        }
        if body[0].is("to") {
            return None;
        }
        // "we're on it + ETA": words, and a value.
        if let Some(plus) = body
            .iter()
            .rposition(|t| t.mark('+'))
            .filter(|plus| self.is_statement(&body[..*plus]))
        {
            let value = self.value_told(trimmed(&body[plus + 1..]))?;
            let said = to_customer(&body[..plus]).0;
            return Some(Template::new(format!(
                "{said} {}",
                value_sentence(self.names.value(value))
            )));
        }
        if (stated || self.is_statement(body)) && !self.is_vague(body) {
            return Some(to_customer(body));
        }
        if body[0].any(&["sorry", "thanks", "thank", "no", "yes"]) {
            return Some(to_customer(body));
        }
        self.values_said(body)
    }

    /// Whether a statement follows what it is for or when it holds: "to be safe, they should wait".
    fn states_behind(&self, words: &[Token<'_>]) -> bool {
        let subject = |at: &usize| {
            let pause = words[at - 1].mark(',');
            words[*at].any(&["they", "we", "you", "it", "there"])
                || pause && words[*at].any(&["the", "their", "our", "this", "a"])
        };
        let mut places = (2..words.len()).filter(subject);
        places.any(|at| self.is_statement(&words[at..]))
    }

    /// "tell them the good news", "explain the situation": nothing to say.
    fn is_vague(&self, words: &[Token<'_>]) -> bool {
        words
            .iter()
            .any(|t| t.any(&["above", "below", "accordingly", "following"]))
            && words.len() < 5
    }

    /// Whether words are a sentence of their own: they have a finite verb.
    pub(super) fn is_statement(&self, words: &[Token<'_>]) -> bool {
        // "the day it ends, what they pay": things to be told, not the words.
        let relative = words
            .first()
            .is_some_and(|t| t.any(&["the", "a", "their", "how", "what", "its"]))
            && words
                .iter()
                .take(4)
                .skip(1)
                .any(|t| t.any(&["it", "they", "we", "you"]))
            || words.windows(3).any(|three| {
                three[0].is("the") && three[1].any(&["day", "date", "time"]) && three[2].any(&["it", "they"])
            })
            || words.windows(2).any(|pair| {
                (pair[0].mark(',') || pair[0].is("and"))
                    && pair[1].any(&["what", "how", "when", "which", "where", "why"])
            });
        if relative {
            return false;
        }
        let finite = [
            "is", "are", "was", "were", "'s", "will", "would", "can", "could", "should", "must", "may", "has", "have",
            "had", "does", "do", "did", "takes", "take", "need", "needs", "cannot", "goes", "expires", "arrives",
            "gets", "might", "am", "get", "receive",
        ];
        let auxiliary = words
            .iter()
            .enumerate()
            .skip(1)
            .take(9)
            .any(|(at, t)| t.any(&finite) && !(t.is("'s") && is_possessive(words, at)));
        auxiliary
            || (1..words.len().min(8))
                .any(|at| verb_at(words, at).is_some_and(|v| v.form == Form::Third && !v.noun_too))
            || words[0].any(&["we", "they", "it", "there", "you", "nothing", "everything"]) && words.len() > 2
    }

    /// "the ticket number and the due date", "what plan it is and when it renews": said as values, all or none.
    fn values_said(&self, words: &[Token<'_>]) -> Option<Template> {
        if let Some(at) = self.date_and_time(words) {
            return Some(Template::new(value_sentence(self.names.value(at))));
        }
        let parts = super::ask::noun_phrases(words);
        let said: Option<Vec<_>> = parts.into_iter().map(|part| self.part_told(part)).collect();
        let said = said?;
        (!said.is_empty()).then(|| Template::new(said.join(" ")))
    }

    /// "the new date and time": one value that holds both.
    fn date_and_time(&self, words: &[Token<'_>]) -> Option<usize> {
        let date = words
            .windows(3)
            .position(|three| three[0].any(&["date", "day"]) && three[1].is("and") && three[2].is("time"))?;
        if date + 3 != words.len() {
            return None;
        }
        let said = super::names::content(&words[..date]);
        let done = self.said.action.as_ref().and_then(|id| self.catalogue().action(id));
        let owners = [done.map(|action| action.result_name.as_str()), self.said.it.as_deref()];
        owners.into_iter().flatten().find_map(|owner| {
            let mut fits = self.names.of_owner(owner).filter(|at| {
                let value = self.names.value(*at);
                let told = said.iter().all(|t| value.field_stems.iter().any(|s| s.same(t)));
                value.kind == taskwright_domain::AttributeType::DateTime && told
            });
            let first = fits.next()?;
            fits.next().is_none().then_some(first)
        })
    }

    /// One of several things to be told: a value, or "that" with a statement.
    fn part_told(&self, part: &[Token<'_>]) -> Option<String> {
        match part {
            [that, body @ ..] if that.is("that") && body.len() > 2 => Some(to_customer(body).0),
            part => self.value_told(part).map(|at| value_sentence(self.names.value(at))),
        }
    }

    fn value_told(&self, part: &[Token<'_>]) -> Option<usize> {
        let day = |t: &Token<'_>| t.any(&["day", "date", "time"]);
        let it = |t: &Token<'_>| t.any(&["it", "they", "this"]);
        let pays = |t: &Token<'_>| t.any(&["pay", "pays", "paid", "owe", "owes", "cost", "costs"]);
        match part {
            [when, rest @ ..] if when.is("when") => return self.date_told(rest),
            [the, noun, rest @ ..] if the.is("the") && day(noun) && rest.first().is_some_and(it) => {
                return self.date_told(rest);
            }
            [what, rest @ ..] if what.is("what") && rest.first().is_some_and(it) && rest.iter().any(pays) => {
                return self.amount_told(rest);
            }
            [how, ..] if how.any(&["how", "why", "who", "whether", "if"]) => return None,
            _ => {}
        }
        let noun = match part {
            [which, rest @ ..] if which.any(&["what", "which", "where"]) => {
                let ends = rest
                    .iter()
                    .position(|t| t.any(&["is", "are", "was", "will", "has", "have"]) || it(t))
                    .unwrap_or(rest.len());
                // "where it is" names no value.
                &rest[..ends]
            }
            part => part,
        };
        // "the address" right after one was asked for, "the reference" of what was done last.
        let bare = super::names::content(noun);
        if let [one] = bare.as_slice()
            && let Some(at) = self.said.asked_before(|key| {
                let asked = self.names.values.iter().position(|value| value.reference == key)?;
                let head = self.names.value(asked).field_stems.last()?;
                head.same(one).then_some(asked)
            })
        {
            return Some(at);
        }
        let done = self
            .said
            .action
            .as_ref()
            .and_then(|id| self.catalogue().action(id))
            .map(|action| action.result_name.clone());
        if let [one] = bare.as_slice() {
            // "the number" is of what was just done, "the amount" may be of what was looked up.
            let numbered = one.any(&["number", "reference", "id"]);
            let it = self.said.it.as_deref().filter(|_| !numbered);
            let owners = [done.as_deref(), it];
            if let Some(at) = owners
                .into_iter()
                .flatten()
                .find_map(|owner| self.only_of_kind(owner, one))
            {
                return Some(at);
            }
        }
        for owner in [done.as_deref(), self.said.it.as_deref()] {
            let prefer = Prefer { askable: false, owner };
            if let Lookup::One { at, .. } = self.names.lookup(noun, prefer) {
                return Some(at);
            }
        }
        None
    }

    /// "the amount", "the number" of a result that has one only, whatever it is called there.
    fn only_of_kind(&self, owner: &str, word: &Token<'_>) -> Option<usize> {
        use taskwright_domain::AttributeType;
        let fits = |at: &usize| {
            let kind = &self.names.value(*at).kind;
            match word.low.as_str() {
                "amount" | "sum" | "price" | "cost" => matches!(kind, AttributeType::Amount),
                "number" | "reference" | "id" => matches!(kind, AttributeType::Identifier { .. }),
                "date" | "day" => self.names.value(*at).is_date(),
                _ => false,
            }
        };
        let found: Vec<_> = self.names.of_owner(owner).filter(fits).collect();
        match found.as_slice() {
            [at] => Some(*at),
            several => self.of_this_state(several),
        }
    }

    /// Where the case is that it is paid, of several dates the one it was paid on.
    fn of_this_state(&self, several: &[usize]) -> Option<usize> {
        let states: Vec<String> = self.under.iter().filter_map(state_in).collect();
        let mut fits = several.iter().copied().filter(|at| {
            let named = &self.names.value(*at).field_stems;
            states.iter().any(|state| {
                super::names::stems(state)
                    .iter()
                    .all(|s| named.iter().any(|n| n.near(s)))
            })
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// "they'll pay", "they paid": the amount of it, the one to come or the one that was.
    fn amount_told(&self, words: &[Token<'_>]) -> Option<usize> {
        let owner = self.said.it.as_deref()?;
        let amounts: Vec<_> = self
            .names
            .of_owner(owner)
            .filter(|at| matches!(self.names.value(*at).kind, taskwright_domain::AttributeType::Amount))
            .collect();
        if let [only] = amounts.as_slice() {
            return Some(*only);
        }
        let ahead = words.iter().any(|t| t.any(&["will", "'ll"]));
        let next = |at: &usize| {
            let mut stems = self.names.value(*at).field_stems.iter();
            stems.any(|s| matches!(s.text.as_str(), "next" | "due" | "upcom" | "new" | "outstand"))
        };
        let mut fits = amounts.iter().filter(|at| next(at) == ahead);
        let first = fits.next()?;
        fits.next().is_none().then_some(*first)
    }

    /// "it arrives": the date of that, of what was spoken of last where that has one.
    fn date_told(&self, words: &[Token<'_>]) -> Option<usize> {
        let fits = |at: &usize| {
            let value = self.names.value(*at);
            value.is_date() && value.field_stems.iter().any(|s| words.iter().any(|t| s.akin(t)))
        };
        let of_it: Vec<_> = self
            .said
            .it
            .iter()
            .flat_map(|owner| self.names.of_owner(owner))
            .filter(fits)
            .collect();
        let found = if of_it.is_empty() {
            (0..self.names.values.len()).filter(fits).collect()
        } else {
            of_it
        };
        match found.as_slice() {
            [at] => Some(*at),
            _ => None,
        }
    }

    /// Nothing says what to say.
    pub(super) fn no_words(&mut self, whole: &[Token<'_>], rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let span = self.span(whole);
        let text = self.written(whole);
        let mut found = problem(
            ProblemCode::NoWords,
            Severity::Blocks,
            span,
            format!(
                "\u{201c}{text}\u{201d} does not say what to tell. Write the words, e.g. tell the customer \u{201c}…\u{201d}."
            ),
        );
        let about = self.written(rest);
        let text_with_place = if about.is_empty() {
            format!("{text} \"…\"")
        } else {
            format!("Tell the customer \"{}\"", sentence(&about))
        };
        found.remedies.push(super::problems::remedy(
            "Write the words",
            taskwright_domain::Fix::Replace {
                span,
                text: text_with_place,
            },
        ));
        found.remedies.extend(ways_out(span, &text));
        self.problems.push(found);
        let meaning = Meaning::Inform {
            words: Template::new(""),
        };
        self.lacking(
            whole,
            meaning,
            "Tells the customer something; its words are missing",
            steps,
        );
    }

    /// "apologise for the delay and …".
    pub(super) fn apologise(&mut self, whole: &[Token<'_>], rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        if let Some(quote) = rest.iter().find(|t| t.kind == Kind::Quote) {
            return self.inform(whole, Template::new(quote.low.clone()), steps);
        }
        let words = match rest {
            [] => "I'm sorry about that.".to_owned(),
            [first, ..] if first.is("for") && rest.len() > 1 => {
                format!("I'm sorry {}.", lower_first(to_customer(rest).0.trim_end_matches('.')))
            }
            [first, body @ ..] if first.is("that") && !body.is_empty() => format!(
                "I'm sorry that {}.",
                lower_first(to_customer(body).0.trim_end_matches('.'))
            ),
            [first, body @ ..] if first.any(&["and", "but"]) && !body.is_empty() => {
                let said = self
                    .speech(without_that(body))
                    .map_or_else(String::new, |said| format!(" {}", said.0));
                format!("I'm sorry about that.{said}")
            }
            body if self.is_statement(body) => {
                format!("I'm sorry, {}.", lower_first(to_customer(body).0.trim_end_matches('.')))
            }
            _ => "I'm sorry about that.".to_owned(),
        };
        self.inform(whole, Template::new(words), steps);
    }

    pub(super) fn thank(&mut self, whole: &[Token<'_>], rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        let words = match rest {
            [first, ..] if first.is("for") => {
                format!("Thank you {}.", lower_first(to_customer(rest).0.trim_end_matches('.')))
            }
            _ => "Thank you.".to_owned(),
        };
        self.inform(whole, Template::new(words), steps);
    }

    pub(super) fn greet(&mut self, whole: &[Token<'_>], verb: Verb, rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        if let Some(quote) = rest.iter().find(|t| t.kind == Kind::Quote) {
            return self.inform(whole, Template::new(quote.low.clone()), steps);
        }
        let words = match verb.lemma {
            "wish" if !rest.is_empty() => format!("Have {}.", written(self.text, rest)),
            _ if rest.iter().any(|t| t.is("name")) => "Hello {customer.name}!".to_owned(),
            _ => "Hello!".to_owned(),
        };
        self.inform(whole, Template::new(words), steps);
    }

    /// "have them restart the router", "guide them to the settings", "suggest they try another browser".
    pub(super) fn guide(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let begins = super::split::lead(whole).first();
        if self.customer_does(whole, rest, steps)
            || begins.is_some_and(|t| t.is("have")) && self.have_done(whole, rest, steps)
        {
            return;
        }
        // "Make sure you have the e-mail."
        if begins.is_some_and(|t| t.is("have")) && without_customer_only(rest).len() == rest.len() {
            let wanted = self.wanted(rest);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.need(whole, rest, steps);
            }
        }
        // "Help the customer choose a plan": what for, not what to say.
        if begins.is_some_and(|t| t.is("help")) && !rest.iter().any(|t| t.kind == Kind::Quote) {
            if self.sentences.is_empty() {
                return self.note(whole, Spoken::new(Meaning::Goal, "What the task is for"));
            }
            return self.no_words(whole, rest, steps);
        }
        let rest = without_customer_only(rest);
        match rest {
            [first, ..] if first.kind == Kind::Quote => self.inform(whole, Template::new(first.low.clone()), steps),
            [first, body @ ..] if first.is("to") && verb_at(body, 0).is_some() => self.advise(whole, body, steps),
            [first, body @ ..] if first.is("that") && !body.is_empty() => self.suggest_that(whole, body, steps),
            [first, body @ ..] if first.is("to") && !body.is_empty() => {
                let words = Template::new(format!("Please go to {}", lower_first(&to_customer(trimmed(body)).0)));
                self.inform(whole, words, steps);
            }
            [first, ..] if first.any(&["they", "the"]) => self.suggest_that(whole, rest, steps),
            body if verb_at(body, 0).is_some_and(|v| v.form == Form::Ing) => {
                let words = Template::new(format!(
                    "Please try {}.",
                    lower_first(to_customer(trimmed(body)).0.trim_end_matches('.'))
                ));
                self.inform(whole, words, steps);
            }
            body if verb_at(body, 0).is_some_and(|v| v.form == Form::Base)
                || body.first().is_some_and(|t| {
                    t.kind == Kind::Word && body.len() > 1 && !t.any(&["through", "with", "in", "on"])
                }) && whole_starts_with_have(whole) =>
            {
                self.advise(whole, body, steps)
            }
            body => self.no_words(whole, body, steps),
        }
    }

    fn suggest_that(&mut self, whole: &'t [Token<'a>], body: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let skip = body
            .iter()
            .take_while(|t| t.any(&["they", "the", "customer", "should", "could", "user"]))
            .count();
        if skip > 0 && skip < body.len() {
            return self.advise(whole, &body[skip..], steps);
        }
        self.inform(whole, to_customer(trimmed(body)), steps);
    }

    /// Something the customer is asked to do.
    pub(super) fn advise(&mut self, whole: &'t [Token<'a>], body: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let said = to_customer(trimmed(body)).0;
        let fresh = self
            .said
            .trial
            .is_none_or(|trial| self.said.asks.iter().any(|(_, span)| span.start > trial.start));
        if fresh {
            self.said.trial = Some(self.said.sentence);
        }
        self.inform(whole, Template::new(format!("Please {}", lower_first(&said))), steps);
    }

    /// "offer to cancel it instead", "offer them a voucher": a question that wants a yes; a no goes on.
    pub(super) fn offer(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        if self.offer_once_more(whole, rest, steps) || self.offer_items(whole, rest, steps) {
            return;
        }
        let (asked, action) = match rest {
            [] => return self.no_words(whole, rest, steps),
            [first, more @ ..] if first.kind == Kind::Quote && !more.iter().any(|t| t.kind == Kind::Quote) => {
                (first.low.clone(), None)
            }
            [first, body @ ..] if first.is("to") && !body.is_empty() => {
                let said = to_customer(body).0;
                (
                    format!("Would you like us to {}?", lower_first(said.trim_end_matches('.'))),
                    self.deed_action(body),
                )
            }
            body => {
                let wanted = self.wanted(body);
                if let [(at, ..)] = wanted.values.as_slice()
                    && wanted.unknown.is_empty()
                    && !self.names.value(*at).options.is_empty()
                {
                    return self.ask_for(whole, body, steps);
                }
                (
                    format!(
                        "Would you like {}?",
                        lower_first(to_customer(body).0.trim_end_matches('.'))
                    ),
                    self.deed_action(body),
                )
            }
        };
        // A no goes on with what comes next.
        let declined = vec![self.step(
            whole,
            StepKind::Check {
                arms: Vec::new(),
                otherwise: Vec::new(),
            },
        )];
        let asked = Template::new(asked);
        steps.push(self.step(
            whole,
            StepKind::Confirm {
                question: Some(asked.clone()),
                action,
                declined,
            },
        ));
        self.said.confirms();
        self.note(whole, Spoken::new(Meaning::Confirm, format!("Offers: {}", asked.0)));
    }

    /// "confirm with the customer before cancelling", "get their OK", "read the details back".
    pub(super) fn confirm(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let quote = words
            .iter()
            .find(|t| t.kind == Kind::Quote)
            .map(|t| Template::new(t.low.clone()));
        let action = self.deed_action(words);
        let about = words
            .iter()
            .position(|t| t.any(&["that", "whether", "if"]))
            .map(|at| &words[at + 1..])
            .unwrap_or(&[]);
        let asked = quote.or_else(|| {
            let customers = about.first().is_some_and(|t| t.any(&["they", "the"])) && about.len() > 2;
            customers.then(|| question(trimmed(before_before(about))))
        });
        let asked = asked.or_else(|| self.read_back(words, action.is_some()));
        let plain = match (&asked, &action) {
            (Some(asked), _) => format!("Asks for a yes: {}", asked.0),
            (None, Some(id)) => {
                let name = self.catalogue().action(id).map_or("", |action| action.name.as_str());
                format!("Asks for a yes before *{name}*")
            }
            (None, None) => "Asks for a yes".to_owned(),
        };
        steps.push(self.step(
            whole,
            StepKind::Confirm {
                question: asked,
                action,
                declined: Vec::new(),
            },
        ));
        self.said.confirms();
        self.note(whole, Spoken::new(Meaning::Confirm, plain).sure(true));
    }

    /// "read back the new address": "The new address is {new_address}. Is that right?"
    fn read_back(&self, words: &[Token<'_>], acts: bool) -> Option<Template> {
        if acts {
            return None;
        }
        let told = words
            .iter()
            .take_while(|t| !t.any(&["before", "with", "to", "and"]))
            .cloned()
            .collect::<Vec<_>>();
        let told = match verb_at(&told, 0) {
            Some(verb) => told[verb.length..].to_vec(),
            None => told,
        };
        // "the details" are whatever was given: the question is made when it is known.
        if told
            .iter()
            .any(|t| t.any(&["details", "everything", "information", "changes", "this", "it", "that"]))
        {
            return None;
        }
        let wanted = self.wanted(&told);
        if wanted.values.is_empty() || !wanted.unknown.is_empty() {
            return None;
        }
        let parts: Vec<_> = wanted
            .values
            .iter()
            .map(|(at, ..)| {
                let value = self.names.value(*at);
                format!(
                    "{}: {{{}}}",
                    super::tell::sentence(&value.label).trim_end_matches('.'),
                    value.reference
                )
            })
            .collect();
        Some(Template::new(format!("{}. Is that right?", parts.join(", "))))
    }

    /// "give them the ticket number", "provide a link".
    pub(super) fn give(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let rest = without_customer_only(rest);
        let rest = match rest.iter().position(|t| t.any(&["to", "with"])) {
            Some(at)
                if at > 0
                    && rest[at + 1..]
                        .iter()
                        .all(|t| t.is_mark() || t.any(&["the", "customer", "them", "user"])) =>
            {
                &rest[..at]
            }
            _ => rest,
        };
        match self.speech(rest) {
            Some(said) => self.inform(whole, said, steps),
            None => self.no_words(whole, rest, steps),
        }
    }

    /// Whether the arm that is being read holds only without the customer's yes.
    pub(super) fn declined(&self) -> bool {
        self.under
            .last()
            .is_some_and(|condition| matches!(condition, Condition::Not { part } if **part == Condition::Confirmed))
    }

    /// The deeds that talk.
    pub(super) fn talks(deed: Deed) -> bool {
        matches!(
            deed,
            Deed::Tell
                | Deed::Apologise
                | Deed::Thank
                | Deed::Greet
                | Deed::Offer
                | Deed::Suggest
                | Deed::Guide
                | Deed::Ask
                | Deed::Confirm
        )
    }
}

/// "the new time back to them in full, e.g. "Monday at nine"": what is said, without the form in which.
fn without_pattern<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let form = words
        .windows(2)
        .position(|pair| pair[0].any(&["e.g", "eg", "e.g."]) && pair[1].kind == Kind::Quote);
    let mut words = trimmed(&words[..form.unwrap_or(words.len())]);
    for tail in [&["in", "full"][..], &["to", "them"], &["back"]] {
        let cut = words.len().saturating_sub(tail.len());
        if cut > 0 && super::split::starts(&words[cut..], tail) {
            words = &words[..cut];
        }
    }
    words
}

/// The option that a condition tests for.
fn state_in(condition: &Condition) -> Option<String> {
    use taskwright_domain::{Comparison, Operand, Value};
    match condition {
        Condition::Test {
            comparison:
                Comparison::Is {
                    to: Operand::Constant {
                        value: Value::Choice(option),
                    },
                },
            ..
        } => Some(option.clone()),
        _ => None,
    }
}

/// "inform the doctor that …", "let the warehouse know": somebody else is told, and no message to the customer does it.
fn tells_others(verb: Verb, rest: &[Token<'_>]) -> bool {
    let whom = matches!(
        verb.lemma,
        "tell" | "inform" | "notify" | "let" | "remind" | "warn" | "advise"
    );
    let the = rest.first().is_some_and(|t| t.any(&["the", "our", "your"]));
    let end = rest
        .iter()
        .take(5)
        .position(|t| t.any(&["that", "know", "about", "of", "to", "if", "whether", "when"]));
    let Some(who) = end.filter(|_| whom && the).map(|end| &rest[1..end]) else {
        return false;
    };
    const OTHERS: [&str; 24] = [
        "doctor",
        "driver",
        "courier",
        "warehouse",
        "team",
        "department",
        "manager",
        "supervisor",
        "technician",
        "engineer",
        "shop",
        "store",
        "branch",
        "hotel",
        "seller",
        "supplier",
        "carrier",
        "bank",
        "depot",
        "colleague",
        "colleagues",
        "kitchen",
        "reception",
        "front",
    ];
    !who.iter().any(|t| t.is_customer() || t.any(&["customers", "users"])) && who.iter().any(|t| t.any(&OTHERS))
}

fn whole_starts_with_have(words: &[Token<'_>]) -> bool {
    super::split::lead(words)
        .first()
        .is_some_and(|t| t.any(&["have", "help"]))
}

/// "before cancelling" at the end of a question is not part of it.
fn before_before<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let cut = words.iter().position(|t| t.is("before")).filter(|at| *at > 2);
    cut.map_or(words, |at| &words[..at])
}

fn is_possessive(words: &[Token<'_>], at: usize) -> bool {
    words.get(at + 1).is_some_and(|t| {
        t.kind == Kind::Word
            && !t.any(&["been", "a", "the", "not", "on", "in", "too", "already", "an", "going"])
            && !t.low.ends_with("ing")
            && !t.low.ends_with("ed")
    })
}

fn without_that<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match words {
        [first, rest @ ..] if first.any(&["that", "say"]) => without_that(rest),
        words => words,
    }
}

fn without_to<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match words {
        [to, the, customer, rest @ ..] if to.is("to") && the.is("the") && customer.is_customer() => rest,
        [to, them, rest @ ..] if to.is("to") && them.is("them") => rest,
        words => words,
    }
}

fn without_customer_only<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match without_to(words) {
        [the, customer, rest @ ..]
            if the.is("the") && customer.is_customer() && !rest.first().is_some_and(|t| t.is("'s")) =>
        {
            rest
        }
        [them, rest @ ..] if them.any(&["them", "him", "her", "customers"]) => rest,
        words => words,
    }
}

/// A value told: "Your claim number is {claim.number}.", "Your plan renews on {plan.renews_on}."
fn value_sentence(value: &super::names::Named) -> String {
    let reference = &value.reference;
    if let (Some(owner), Some((_, field)), true) = (value.owner.as_deref(), reference.split_once('.'), value.is_date())
        && let Some(event) = field.strip_suffix("_on").or_else(|| field.strip_suffix("_at"))
    {
        let owner = key_in_words(owner);
        if event.ends_with('s') && !event.contains('_') {
            return format!("Your {owner} {event} on {{{reference}}}.");
        }
        // "trial ends on" says it itself.
        let (tokens, _) = super::token::scan(event.rsplit('_').next().unwrap_or(event));
        let states = verb_at(&tokens, 0).is_some_and(|v| v.form == Form::Third);
        if states && event.contains('_') {
            return format!("Your {} on {{{reference}}}.", key_in_words(event));
        }
        if event.ends_with("ed") || matches!(event, "sent" | "bought" | "paid" | "sold" | "made") {
            return format!("Your {owner} was {} on {{{reference}}}.", key_in_words(event));
        }
    }
    format!(
        "Your {} is {{{reference}}}.",
        spoken_label(value.owner.as_deref(), reference, &value.label)
    )
}

/// How a value is spoken of: "ticket number" for `ticket.number`, "refund amount" for an attribute of that name.
fn spoken_label(owner: Option<&str>, reference: &str, label: &str) -> String {
    match owner {
        Some(owner) if owner != "customer" => {
            let field = reference.split_once('.').map_or(reference, |(_, field)| field);
            let (owner, field) = (key_in_words(owner), key_in_words(field));
            let deed = super::token::scan(&owner)
                .0
                .first()
                .is_some_and(|t| super::verbs::deed_of_noun(t).is_some());
            if field.contains(&owner) || deed && field.contains(' ') {
                field
            } else {
                format!("{owner} {field}")
            }
        }
        _ => lower_first(label).trim_start_matches("the ").to_owned(),
    }
}
