//! Whether a part is read as a careful person reads it.

use std::collections::BTreeSet;

use taskwright_domain::{
    Action, ActionId, Arm, Catalogue, Condition, Guard, InputFrom, LinkTarget, Meaning, Operand, Reading, Rule,
    Sentence, Severity, Span, StepKind, Template,
};

use crate::condition::{Conditions, Stated};
use crate::fixture::{Does, Fixture, Part};
use crate::notation::Mark;
use crate::reach::{Placed, Reach, Unclear, all, not, present};
use crate::worlds::{implies, possible, same};

/// What became of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Kind, references, condition and what it comes to are those of the careful person.
    Right,
    /// Said to be unclear or to lack something, or taken for background: nothing else is done in its place.
    Unread(String),
    /// Read as something else, and nothing that changes data hangs on it.
    Otherwise(String),
    /// A run that changes data is done otherwise than written: the one thing that must never be.
    Wrong(String),
}

impl Verdict {
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Unread(_) => "unread",
            Self::Otherwise(_) => "otherwise",
            Self::Wrong(_) => "wrong",
        }
    }

    pub(crate) fn why(&self) -> &str {
        match self {
            Self::Right => "",
            Self::Unread(why) | Self::Otherwise(why) | Self::Wrong(why) => why,
        }
    }
}

/// Words that share at least half of the shorter of both.
fn overlap(a: Span, b: Span) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let shorter = (a.end - a.start).min(b.end - b.start);
    shared > 0 && 2 * shared >= shorter
}

/// Words that lie, at least by half, within those of a part.
fn within(inner: Span, part: Span) -> bool {
    let shared = inner.end.min(part.end).saturating_sub(inner.start.max(part.start));
    shared > 0 && 2 * shared >= inner.end - inner.start
}

/// The judge of one reading.
pub(crate) struct Judge<'a> {
    fixture: &'a Fixture,
    reading: &'a Reading,
    /// As if what is not understood were done, so that each part is judged by itself.
    reach: Reach<'a>,
    /// As it would be run: what is not understood stops a run.
    run: Reach<'a>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(fixture: &'a Fixture, reading: &'a Reading) -> Self {
        Self {
            fixture,
            reading,
            reach: Reach::of(&reading.plan, Unclear::IsPassed),
            run: Reach::of(&reading.plan, Unclear::EndsTheRun),
        }
    }

    pub(crate) fn verdict(&self, part: &Part) -> Verdict {
        let told: Vec<_> = self
            .sentences(part)
            .into_iter()
            .map(|it| format!("“{}”", it.words.replace('\n', " ")))
            .collect();
        let told = told.join(", ");
        if let Some(why) = self.wrong(part) {
            return Verdict::Wrong(format!("{why}; read: {told}"));
        }
        let lacks = self.lacks(part);
        if lacks.is_empty() {
            return Verdict::Right;
        }
        if part.kind == "unclear" {
            Verdict::Unread(lacks.join("; "))
        } else if self.is_left_open(part) {
            Verdict::Unread(self.left_open(part))
        } else {
            Verdict::Otherwise(format!("{}; read: {told}", lacks.join("; ")))
        }
    }

    fn judged(&self) -> &'a Catalogue {
        &self.fixture.judged
    }

    fn action(&self, name: &str) -> ActionId {
        Conditions {
            catalogue: self.judged(),
        }
        .action(name)
    }

    fn sentences(&self, part: &Part) -> Vec<&'a Sentence> {
        let all = self.reading.sentences.iter();
        all.filter(|sentence| overlap(sentence.span, part.span)).collect()
    }

    /// The steps read from its words, and from what follows them up to the next part.
    fn steps(&self, part: &Part) -> Vec<&Placed<'a>> {
        let steps = self.reach.steps.iter();
        steps
            .filter(|step| overlap(step.span, part.span) || within(step.span, part.ground))
            .collect()
    }

    fn rules(&self, part: &Part) -> Vec<&'a Rule> {
        self.reading
            .rules
            .iter()
            .filter(|rule| overlap(rule.span, part.span))
            .collect()
    }

    /// A blocking problem stands there, or it is not clear.
    fn is_blocked(&self, part: &Part) -> bool {
        let problems = self
            .reading
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Blocks);
        let mut spans = problems.filter_map(|problem| problem.place.span);
        self.sentences(part).iter().any(|sentence| !sentence.is_followed())
            || spans.any(|span| overlap(span, part.span))
    }

    fn is_left_open(&self, part: &Part) -> bool {
        let background = |sentence: &&Sentence| matches!(sentence.meaning, Meaning::Context | Meaning::Goal);
        self.is_blocked(part) || self.sentences(part).iter().all(background)
    }

    /// What is left open there, in the program's own words.
    fn left_open(&self, part: &Part) -> String {
        let open = self.sentences(part).into_iter().filter(|it| !it.is_followed());
        let mut said: Vec<_> = open
            .map(|sentence| match &sentence.meaning {
                Meaning::Unclear { .. } => format!("“{}” is not understood", sentence.text),
                _ => format!("“{}” lacks something: {}", sentence.text, sentence.words),
            })
            .collect();
        let problems = self
            .reading
            .problems
            .iter()
            .filter(|it| it.severity == Severity::Blocks);
        if said.is_empty() {
            let there = problems.filter(|it| it.place.span.is_some_and(|span| overlap(span, part.span)));
            said.extend(there.map(|problem| problem.message.clone()));
        }
        if self.sentences(part).is_empty() {
            "no sentence holds these words".to_owned()
        } else if said.is_empty() {
            "taken for background".to_owned()
        } else {
            said.join("; ")
        }
    }

    // What must never be.

    /// A data-changing run that this part forbids, or that stands where it asks for none.
    fn wrong(&self, part: &Part) -> Option<String> {
        self.run_by_mistake(part)
            .or_else(|| self.run_on_another_condition(part))
            .or_else(|| self.looser_rule(part))
            .or_else(|| self.run_in_spite_of(part))
    }

    /// The runs of a laid-out plan that change data.
    fn changes<'s>(&'s self, reach: &'s Reach<'a>) -> impl Iterator<Item = (&'s Placed<'a>, &'a Action)> {
        reach
            .steps
            .iter()
            .filter_map(|step| match step.kind {
                StepKind::Run { action, .. } => Some((step, self.judged().action(action)?)),
                _ => None,
            })
            .filter(|(_, action)| action.changes_data)
    }

    /// The part that a step was read from: the one that shares most of its words.
    fn is_home_of(&self, part: &Part, step: &Placed<'_>) -> bool {
        let shared = |part: &Part| {
            part.span
                .end
                .min(step.span.end)
                .saturating_sub(part.span.start.max(step.span.start))
        };
        let best = self.fixture.parts.iter().map(shared).max();
        overlap(step.span, part.span) && Some(shared(part)) == best
    }

    fn expects_run(part: &Part, name: &str) -> bool {
        part.does.iter().any(|(does, _)| match does {
            Does::Runs(action, _) | Does::TriesAgain(action, _) | Does::MayRun(action) => action == name,
            _ => false,
        })
    }

    fn run_by_mistake(&self, part: &Part) -> Option<String> {
        let mut parts = self.fixture.parts.iter();
        let (_, action) = self.changes(&self.run).find(|(step, action)| {
            self.is_home_of(part, step)
                && !parts.any(|part| overlap(step.span, part.span) && Self::expects_run(part, &action.name))
        })?;
        Some(format!("runs {}, which is not asked for here", action.name))
    }

    /// A rule's condition on the inputs of its action, as one on the values that fill them.
    fn with_values(&self, condition: &Condition) -> Condition {
        let mut json = serde_json::to_value(condition).unwrap();
        self.fill_inputs(&mut json);
        serde_json::from_value(json).unwrap()
    }

    fn fill_inputs(&self, json: &mut serde_json::Value) {
        if json["type"] == "input" {
            let key = json["key"].as_str().unwrap_or_default().to_owned();
            *json = serde_json::json!({ "type": "reference", "reference": self.filled_by(&key) });
            return;
        }
        match json {
            serde_json::Value::Object(fields) => fields.values_mut().for_each(|inner| self.fill_inputs(inner)),
            serde_json::Value::Array(items) => items.iter_mut().for_each(|inner| self.fill_inputs(inner)),
            _ => {}
        }
    }

    /// What fills an input by default.
    fn filled_by(&self, key: &str) -> String {
        let inputs = self.judged().actions.iter().flat_map(|action| &action.inputs);
        let from = inputs
            .filter(|input| input.key == key)
            .find_map(|input| match &input.from {
                InputFrom::Reference { reference } => Some(reference.clone()),
                _ => None,
            });
        from.unwrap_or_else(|| key.to_owned())
    }

    /// The rules that hold an action back, as a condition for it.
    fn allowed<'r>(&self, rules: impl IntoIterator<Item = &'r Rule>, action: &ActionId) -> Condition {
        let one = |rule: &Rule| match &rule.guard {
            Guard::OnlyIf { condition } => self.with_values(condition),
            Guard::NeverIf { condition } => not(self.with_values(condition)),
            Guard::Never => Condition::Any { parts: Vec::new() },
            Guard::AtMost { .. } => all(Vec::new()),
        };
        all(rules
            .into_iter()
            .filter(|rule| rule.actions.contains(action))
            .map(one)
            .collect())
    }

    /// The condition under which a run really happens.
    fn effective(&self, step: &Placed<'_>, action: &ActionId) -> Condition {
        self.allowed_after(step, action, self.reading.rules.iter())
    }

    /// Its step is reached, its inputs are there (what is missing is asked for), and none of these rules holds it back.
    fn allowed_after<'r>(
        &self,
        step: &Placed<'_>,
        action: &ActionId,
        rules: impl IntoIterator<Item = &'r Rule>,
    ) -> Condition {
        let mut inputs = BTreeSet::new();
        self.inputs_of(action, &mut inputs);
        let there = inputs
            .into_iter()
            .filter(|input| self.judged().attribute(input).is_some());
        let mut holds: Vec<_> = there.map(|reference| present(&reference)).collect();
        holds.extend([step.reach.clone(), step.known.clone(), self.allowed(rules, action)]);
        all(holds)
    }

    /// The rules but for those that hold an action back because they are not understood: what another part demands is
    /// not read for that.
    fn understood(&self) -> impl Iterator<Item = &'a Rule> {
        let problems = &self.reading.problems;
        self.reading.rules.iter().filter(move |rule| {
            let mut blocking = problems.iter().filter(|problem| problem.severity == Severity::Blocks);
            rule.guard != Guard::Never
                || !blocking.any(|problem| problem.place.span.is_some_and(|span| overlap(span, rule.span)))
        })
    }

    fn run_on_another_condition(&self, part: &Part) -> Option<String> {
        let mut expected = part.does.iter().filter_map(|(does, when)| match does {
            Does::Runs(action, _) | Does::MayRun(action) => Some((action, when)),
            _ => None,
        });
        expected.find_map(|(name, when)| {
            let under = self.under(part, when.as_ref())?;
            let (step, action) = self
                .changes(&self.run)
                .find(|(step, action)| action.name == *name && overlap(step.span, part.span))?;
            let done = self.effective(step, &action.id);
            (!implies(&done, &under, self.judged())).then(|| format!("runs {name} on another condition"))
        })
    }

    fn demanded(&self, does: &Does) -> Option<(ActionId, Condition)> {
        match does {
            Does::OnlyIf(Some(action), condition) => Some((self.action(action), condition.clone())),
            Does::NeverIf(action, condition) => Some((self.action(action), not(condition.clone()))),
            _ => None,
        }
    }

    /// A rule that allows what the written one forbids.
    fn looser_rule(&self, part: &Part) -> Option<String> {
        if self.is_blocked(part) {
            return None;
        }
        let mut demanded = part.does.iter().filter_map(|(does, _)| self.demanded(does));
        demanded.find_map(|(action, demanded)| {
            let rules = self.rules(part);
            let guards = rules.iter().any(|rule| rule.actions.contains(&action));
            let allowed = self.allowed(rules, &action);
            (guards && !implies(&allowed, &demanded, self.judged())).then(|| "a rule that allows more".to_owned())
        })
    }

    /// The plan would run what this part holds back, and nothing says that the part is not understood.
    fn run_in_spite_of(&self, part: &Part) -> Option<String> {
        if self.is_blocked(part) {
            return None;
        }
        let demanded = part.does.iter().filter_map(|(does, _)| match does {
            Does::Closed(action, condition) => Some((self.action(action), not(condition.clone()))),
            Does::ConfirmsAction(action) => Some((self.action(action), self.confirmed_or_not_there(part)?)),
            other => self.demanded(other),
        });
        for (action, demanded) in demanded {
            for (step, run) in self.changes(&self.run).filter(|(_, run)| run.id == action) {
                let done = all(vec![self.effective(step, &action), step.succeeded.clone()]);
                if !implies(&done, &demanded, self.judged()) {
                    return Some(format!("runs {} in spite of this", run.name));
                }
            }
        }
        None
    }

    /// What a run needs where a confirmation is written: a yes, on the way on which it is asked for.
    fn confirmed_or_not_there(&self, part: &Part) -> Option<Condition> {
        let way = self.under(part, None)?;
        Some(Condition::Any {
            parts: vec![not(way), Condition::Confirmed],
        })
    }

    // What is there.

    /// The condition that a part stands under, with its own; none where it has no type and nothing was read there.
    fn under(&self, part: &Part, when: Option<&Condition>) -> Option<Condition> {
        let mut parts = Vec::new();
        for (id, then) in &part.under {
            let condition = self.condition_of(self.fixture.part(id))?;
            parts.push(if *then { condition } else { not(condition) });
        }
        match &part.condition {
            Some(Stated::Else(id)) => parts.push(not(self.condition_of(self.fixture.part(id))?)),
            Some(_) => parts.push(self.condition_of(part)?),
            None => {}
        }
        parts.extend(when.cloned());
        Some(all(parts))
    }

    /// The condition of a part: as stated, or as read where no type can state it.
    fn condition_of(&self, part: &Part) -> Option<Condition> {
        match part.condition.as_ref()? {
            Stated::Typed(condition) => Some(condition.clone()),
            Stated::Else(id) => Some(not(self.condition_of(self.fixture.part(id))?)),
            Stated::Words => {
                let arm = self.reach.arms.iter().find(|arm| overlap(arm.span, part.span))?;
                Some(arm.condition.clone())
            }
        }
    }

    /// Whether these steps together are reached exactly under this condition, as long as the run goes on: each of them
    /// only then, and one of them whenever it holds.
    fn are_reached(&self, steps: &[&Placed<'_>], under: &Condition) -> bool {
        let Some(first) = steps.first() else { return false };
        let only_then = steps.iter().all(|step| {
            let there = all(vec![step.reach.clone(), step.known.clone()]);
            implies(&there, under, self.judged())
        });
        let comes = all(vec![under.clone(), first.open.clone()]);
        let parts: Vec<_> = steps.iter().map(|step| step.reach.clone()).collect();
        let some = Condition::Any { parts };
        only_then && possible(&some, self.judged()) && implies(&comes, &some, self.judged())
    }

    fn lacks(&self, part: &Part) -> Vec<String> {
        match part.kind.as_str() {
            "unclear" => self.lacks_of_unclear(part),
            "context" | "goal" => self.lacks_of_background(part),
            _ => self.lacks_of_deed(part),
        }
    }

    fn lacks_of_unclear(&self, part: &Part) -> Vec<String> {
        let mut lacks = Vec::new();
        // Only the unclear half: what stands beside it stays clear.
        let open = self
            .sentences(part)
            .into_iter()
            .filter(|sentence| !sentence.is_followed());
        if !open.into_iter().any(|sentence| within(sentence.span, part.span)) {
            lacks.push("it is not said to be unclear by itself".to_owned());
        }
        lacks.extend(self.effects(part));
        lacks
    }

    fn lacks_of_background(&self, part: &Part) -> Vec<String> {
        let mut lacks = Vec::new();
        let own: Vec<_> = self
            .sentences(part)
            .into_iter()
            .filter(|it| within(it.span, part.span))
            .collect();
        for sentence in &own {
            let background = matches!(sentence.meaning, Meaning::Context | Meaning::Goal);
            let kind = sentence.meaning.kind();
            if !background || (part.kind == "goal" && kind != "goal") {
                lacks.push(format!("read as {kind}"));
            }
        }
        if part.kind == "goal" && own.is_empty() {
            lacks.push("not read as the goal".to_owned());
        }
        let inside = |span: Span| part.span.start <= span.start && span.end <= part.span.end;
        if self.reach.steps.iter().any(|step| inside(step.span))
            || self.reading.rules.iter().any(|rule| inside(rule.span))
        {
            lacks.push("a step or rule arises from it".to_owned());
        }
        if own.iter().any(|sentence| !sentence.is_followed()) {
            lacks.push("it blocks".to_owned());
        }
        lacks
    }

    fn lacks_of_deed(&self, part: &Part) -> Vec<String> {
        let mut lacks = Vec::new();
        let kinds: BTreeSet<_> = self
            .sentences(part)
            .iter()
            .map(|sentence| sentence.meaning.kind())
            .collect();
        if !kinds.contains(part.kind.as_str()) {
            let found: Vec<_> = kinds.into_iter().collect();
            lacks.push(format!("read as {}", found.join(", ")));
        }
        let open = self.sentences(part).into_iter().filter(|it| !it.is_followed());
        for sentence in open {
            lacks.push(format!(
                "“{}” is left open ({})",
                sentence.text,
                sentence.meaning.kind()
            ));
        }
        lacks.extend(self.condition(part));
        // The other way refers to nothing by itself: what stands beneath shows whose it is.
        if !matches!(part.condition, Some(Stated::Else(_))) {
            lacks.extend(self.references(part));
        }
        lacks.extend(self.effects(part));
        lacks
    }

    fn condition(&self, part: &Part) -> Option<String> {
        let stated = part.condition.as_ref()?;
        let read: Vec<_> = self
            .sentences(part)
            .into_iter()
            .filter_map(|sentence| match &sentence.meaning {
                Meaning::Check { condition } => Some(condition.as_ref()),
                _ => None,
            })
            .collect();
        match stated {
            Stated::Words => Some("no type of the program states its condition".to_owned()),
            // What stands beneath shows whether it is the other way of the right one.
            Stated::Else(id) => {
                let other = self.condition_of(self.fixture.part(id)).map(not);
                let fits = |read: &Option<&Condition>| match (read, &other) {
                    (None, _) => true,
                    (Some(read), Some(other)) => same(read, other, self.judged()),
                    (Some(_), None) => false,
                };
                (part.kind == "check" && !read.iter().any(fits)).then(|| "it is not the other way".to_owned())
            }
            // What it leads to shows its condition.
            Stated::Typed(_) if part.kind != "check" => None,
            Stated::Typed(condition) => {
                let arms = self.reach.arms.iter().filter(|arm| overlap(arm.span, part.span));
                let mut found = arms.map(|arm| &arm.condition).chain(read.into_iter().flatten());
                let fits = found.any(|found| same(found, condition, self.judged()));
                let shown = self.shows(part);
                (!fits && !shown).then(|| format!("the condition is another: {}", self.conditions_read(part)))
            }
        }
    }

    /// Whether something that it leads to stands under exactly its condition, however its own words were cut.
    fn shows(&self, part: &Part) -> bool {
        let led: Vec<_> = part
            .does
            .iter()
            .filter(|(does, _)| !matches!(does, Does::Closed(..)))
            .collect();
        !led.is_empty()
            && led
                .iter()
                .all(|(does, when)| self.effect(part, does, when.as_ref()).is_none())
    }

    fn conditions_read(&self, part: &Part) -> String {
        let told = self
            .sentences(part)
            .into_iter()
            .filter(|it| matches!(it.meaning, Meaning::Check { .. }));
        told.map(|sentence| sentence.words.clone())
            .collect::<Vec<_>>()
            .join(" / ")
    }

    fn references(&self, part: &Part) -> Option<String> {
        let found = self.named(part);
        let mut missing = Vec::new();
        let mut marks = part.references.iter();
        while let Some(mark) = marks.next() {
            let name = match mark {
                Mark::Reference(name) | Mark::Name(name) => name.clone(),
                Mark::Word(word) if word == "team" => {
                    let words = marks.by_ref().map_while(|mark| match mark {
                        Mark::Word(word) => Some(word.as_str()),
                        _ => None,
                    });
                    words.collect::<Vec<_>>().join(" ")
                }
                _ => continue,
            };
            let inner = format!("{name}.");
            if !found.iter().any(|found| *found == name || found.starts_with(&inner)) {
                missing.push(name);
            }
        }
        (!missing.is_empty()).then(|| format!("does not refer to {}", missing.join(", ")))
    }

    /// Everything that the part's sentences, steps and rules name.
    fn named(&self, part: &Part) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        for sentence in self.sentences(part) {
            for link in sentence.links.iter().filter(|link| within(link.span, part.span)) {
                named.extend(self.target(&link.target));
            }
            if let Meaning::Check {
                condition: Some(condition),
            } = &sentence.meaning
            {
                self.in_condition(condition, &mut named);
            }
        }
        for arm in self.reach.arms.iter().filter(|arm| overlap(arm.span, part.span)) {
            self.in_condition(&arm.condition, &mut named);
        }
        for step in self.steps(part) {
            self.in_step(step.kind, &mut named);
            self.in_condition(&step.reach, &mut named);
        }
        for rule in self.rules(part) {
            named.extend(rule.actions.iter().filter_map(|action| self.name_of(action)));
            if let Guard::OnlyIf { condition } | Guard::NeverIf { condition } = &rule.guard {
                self.in_condition(&self.with_values(condition), &mut named);
            }
        }
        self.fetched(part, &mut named);
        named
    }

    fn name_of(&self, action: &ActionId) -> Option<String> {
        self.judged().action(action).map(|action| action.name.clone())
    }

    fn target(&self, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Action { action } => self.name_of(action),
            LinkTarget::Reference { reference } => Some(reference.clone()),
            LinkTarget::Team { team } => self.judged().team(team).map(|team| team.name.clone()),
            LinkTarget::Webhook { key } => self.wait(key),
            LinkTarget::Task { .. } => None,
        }
    }

    fn wait(&self, key: &str) -> Option<String> {
        let wait = self.judged().webhooks.iter().find(|wait| wait.key == key);
        wait.map(|wait| wait.name.clone())
    }

    fn in_condition(&self, condition: &Condition, named: &mut BTreeSet<String>) {
        named.extend(condition.references().into_iter().map(str::to_owned));
        match condition {
            Condition::All { parts } | Condition::Any { parts } => {
                parts.iter().for_each(|part| self.in_condition(part, named));
            }
            Condition::Not { part } => self.in_condition(part, named),
            Condition::Action { action, .. } => named.extend(self.name_of(action)),
            Condition::Webhook { key, .. } => named.extend(self.wait(key)),
            _ => {}
        }
    }

    fn in_step(&self, kind: &StepKind, named: &mut BTreeSet<String>) {
        let mut words = |template: &Option<Template>| {
            named.extend(template.iter().flat_map(Template::references).map(str::to_owned));
        };
        match kind {
            StepKind::Inform { words: told } | StepKind::Note { text: told } => words(&Some(told.clone())),
            StepKind::Ask { question, preface, .. } => {
                words(question);
                words(preface);
            }
            StepKind::HandOff { words: told, note, .. } => {
                words(told);
                words(note);
            }
            StepKind::Confirm { question, .. } => words(question),
            _ => {}
        }
        match kind {
            StepKind::Need { attributes } => named.extend(attributes.iter().cloned()),
            StepKind::Ask { attribute, among, .. } => {
                named.insert(attribute.clone());
                let part = among.iter().filter_map(|among| among.part.as_ref());
                named.extend(part.flat_map(Condition::references).map(str::to_owned));
            }
            StepKind::Run { action, inputs } => {
                self.inputs_of(action, named);
                named.extend(inputs.values().filter_map(Operand::reference).map(str::to_owned));
            }
            StepKind::Confirm {
                action: Some(action), ..
            } => self.inputs_of(action, named),
            StepKind::Set { attribute, value } => {
                named.insert(attribute.clone());
                named.extend(value.references().into_iter().map(str::to_owned));
            }
            StepKind::Classify { attribute, from } => {
                named.insert(attribute.clone());
                named.extend(from.clone());
            }
            StepKind::HandOff { team: Some(team), .. } => {
                named.extend(self.judged().team(team).map(|team| team.name.clone()));
            }
            StepKind::Wait { key, .. } => named.extend(self.wait(key)),
            StepKind::Repeat { steps, until, .. } => {
                steps.iter().for_each(|step| self.in_step(&step.kind, named));
                until.iter().for_each(|until| self.in_condition(until, named));
            }
            _ => {}
        }
    }

    fn inputs_of(&self, action: &ActionId, named: &mut BTreeSet<String>) {
        let Some(action) = self.judged().action(action) else {
            return;
        };
        named.insert(action.name.clone());
        named.extend(action.inputs.iter().map(|input| match &input.from {
            InputFrom::Reference { reference } => reference.clone(),
            _ => input.key.clone(),
        }));
    }

    /// Look-ups that nobody has to name, since what they give is used: a condition on a missing value fetches it.
    fn fetched(&self, part: &Part, named: &mut BTreeSet<String>) {
        let lookups = self.judged().actions.iter().filter(|action| !action.changes_data);
        let expected = part.references.iter().filter_map(|mark| match mark {
            Mark::Name(name) => Some(name.as_str()),
            _ => None,
        });
        let expected: BTreeSet<_> = expected.collect();
        let mut used = BTreeSet::new();
        for step in &self.reach.steps {
            self.in_condition(&step.reach, &mut used);
            self.in_step(step.kind, &mut used);
        }
        for lookup in lookups.filter(|action| expected.contains(action.name.as_str())) {
            let result = format!("{}.", lookup.result_name);
            if used.contains(&lookup.name) || used.iter().any(|used| used.starts_with(&result)) {
                named.insert(lookup.name.clone());
            }
        }
    }

    // What it comes to.

    fn effects(&self, part: &Part) -> Vec<String> {
        let effects = part.does.iter();
        effects
            .filter_map(|(does, when)| self.effect(part, does, when.as_ref()))
            .collect()
    }

    /// What is missing of an effect.
    fn effect(&self, part: &Part, does: &Does, when: Option<&Condition>) -> Option<String> {
        let missing = |what: &str| Some(what.to_owned());
        match does {
            Does::OnlyIf(None, condition) => {
                let rules = self.rules(part);
                let fits = rules.iter().any(|rule| match &rule.guard {
                    Guard::OnlyIf { condition: read } => same(&self.with_values(read), condition, self.judged()),
                    Guard::NeverIf { condition: read } => same(&not(self.with_values(read)), condition, self.judged()),
                    _ => false,
                } && !rule.actions.is_empty());
                return if fits { None } else { missing("no such rule") };
            }
            Does::OnlyIf(..) | Does::NeverIf(..) => {
                let (action, demanded) = self.demanded(does)?;
                let rules = self.rules(part);
                let guards = rules.iter().any(|rule| rule.actions.contains(&action));
                let allowed = self.allowed(rules, &action);
                return if guards && same(&allowed, &demanded, self.judged()) {
                    None
                } else {
                    missing("no such rule")
                };
            }
            Does::AtMost(action, times) => {
                let action = self.action(action);
                let rules = self.rules(part);
                let fits = rules
                    .iter()
                    .any(|rule| rule.actions.contains(&action) && rule.guard == Guard::AtMost { times: *times });
                return if fits { None } else { missing("no limit on how often") };
            }
            Does::Closed(action, condition) => {
                let (action, closed) = (self.action(action), not(condition.clone()));
                // What nobody can follow holds back by ending the run; nothing else may count on that.
                let reach = if part.kind == "unclear" { &self.run } else { &self.reach };
                let mut runs = self.changes(reach).filter(|(_, run)| run.id == action);
                let open = runs.any(|(step, _)| {
                    let done = self.allowed_after(step, &action, self.understood());
                    !implies(&done, &closed, self.judged())
                });
                return if open {
                    missing("does not hold the action back")
                } else {
                    None
                };
            }
            Does::MayRun(_) => return None,
            Does::WordsOnly => {
                return (!self.rules(part).is_empty()).then(|| "holds an action back".to_owned());
            }
            Does::AdvisesAtMost(times) => {
                let advice = |arm: &&&Arm| {
                    let given = arm
                        .steps
                        .iter()
                        .filter(|step| matches!(step.kind, StepKind::Inform { .. }));
                    arm.span.start < part.span.start && given.count() > *times as usize
                };
                return if self.reach.arms.iter().any(|arm| advice(&arm)) {
                    missing("gives more advice")
                } else {
                    None
                };
            }
            Does::NeverSays(words) => {
                let said = self
                    .reach
                    .steps
                    .iter()
                    .any(|step| said(step.kind).contains(&plain(words)));
                return if said {
                    missing("says words that only show the form")
                } else {
                    None
                };
            }
            _ => {}
        }
        let Some(under) = self.under(part, when) else {
            return missing("what it stands under is not read");
        };
        self.step_for(part, does, &under)
    }

    fn step_for(&self, part: &Part, does: &Does, under: &Condition) -> Option<String> {
        if let Does::Asks(attributes) = does {
            return self.asks(part, attributes, under);
        }
        let steps: Vec<_> = self
            .steps(part)
            .into_iter()
            .filter(|step| self.does(step.kind, does))
            .collect();
        if steps.is_empty() {
            return Some(format!("no step for “{}”", name_of(does)));
        }
        let reached = steps.iter().any(|step| self.are_reached(&[step], under)) || self.are_reached(&steps, under);
        (!reached).then(|| format!("“{}” under another condition", name_of(does)))
    }

    /// What is missing of the questions: for these values, in this order, and for no others under their condition.
    fn asks(&self, part: &Part, attributes: &[String], under: &Condition) -> Option<String> {
        let questions: Vec<_> = self
            .steps(part)
            .into_iter()
            .filter(|step| !asked_in(step.kind).is_empty())
            .collect();
        let mut asked: Vec<&str> = Vec::new();
        for question in &questions {
            for attribute in asked_in(question.kind) {
                let about: Vec<_> = questions
                    .iter()
                    .copied()
                    .filter(|it| asked_in(it.kind).contains(&attribute))
                    .collect();
                let reached = self.are_reached(&[question], under) || self.are_reached(&about, under);
                if reached && !asked.contains(&attribute) {
                    asked.push(attribute);
                }
            }
        }
        if asked == attributes {
            return None;
        }
        let found = if asked.is_empty() {
            "nothing".to_owned()
        } else {
            asked.join(", ")
        };
        Some(format!("asks for {found} instead of {}", attributes.join(", ")))
    }

    /// Whether a step does what is asked for.
    fn does(&self, kind: &StepKind, does: &Does) -> bool {
        match (does, kind) {
            (Does::Runs(name, bound), StepKind::Run { action, inputs }) => {
                *action == self.action(name)
                    && bound
                        .iter()
                        .all(|(key, to)| inputs.get(key).is_some_and(|found| is(found, to)))
            }
            (Does::TriesAgain(name, times), StepKind::Repeat { steps, at_most, .. }) => {
                at_most == times
                    && steps
                        .iter()
                        .any(|step| matches!(&step.kind, StepKind::Run { action, .. } if *action == self.action(name)))
            }
            (Does::TriesAgain(name, 1), StepKind::Run { action, .. }) => *action == self.action(name),
            (Does::Says(fragments), _) => {
                let said = said(kind);
                let mut from = 0;
                fragments.iter().all(|fragment| {
                    let at = said[from..].find(&plain(fragment));
                    from += at.unwrap_or_default();
                    at.is_some()
                })
            }
            (
                Does::Offers(key, first, part),
                StepKind::Ask {
                    attribute,
                    among: Some(among),
                    ..
                },
            ) => attribute == key && among.at_most == Some(*first) && among.part.as_ref() == Some(part),
            (
                Does::ForEach(key),
                StepKind::Ask {
                    attribute,
                    among: Some(among),
                    ..
                },
            ) => attribute == key && among.each,
            (Does::HandsOff(None), StepKind::HandOff { .. }) => true,
            (Does::HandsOff(Some(name)), StepKind::HandOff { team: Some(team), .. }) => {
                self.judged().team(team).is_some_and(|team| team.name == *name)
            }
            (Does::Finishes, StepKind::Finish { .. }) => true,
            (Does::ConfirmsAction(name), StepKind::Confirm { action, .. }) => {
                action.as_ref() == Some(&self.action(name))
            }
            (Does::ConfirmsIn(words), StepKind::Confirm { question, .. }) => {
                question.as_ref().is_some_and(|it| it.0 == *words)
            }
            (Does::Sets(key, to), StepKind::Set { attribute, value }) => {
                attribute == key && to.as_ref().is_none_or(|to| is(value, to))
            }
            (Does::Classifies(key, of), StepKind::Classify { attribute, from }) => {
                attribute == key && (of.is_none() || from == of)
            }
            (Does::Tags(tag), StepKind::Tag { add, .. }) => add.contains(tag),
            (Does::Notes(of), StepKind::Note { text } | StepKind::HandOff { note: Some(text), .. }) => {
                of.iter().all(|wanted| text.references().any(|found| found == wanted))
            }
            (Does::Waits(wanted, until), StepKind::Wait { key, limit }) => {
                wanted == key && until.is_none_or(|until| *limit == Some(until))
            }
            (Does::Repeats(times), StepKind::Repeat { at_most, .. } | StepKind::Jump { at_most, .. }) => {
                times == at_most
            }
            (Does::GoesTo(id), StepKind::Jump { to, .. }) => {
                let span = self.fixture.part(id).span;
                (span.start.saturating_sub(3)..span.end).contains(to)
            }
            _ => false,
        }
    }
}

/// The values that a step asks for.
fn asked_in(kind: &StepKind) -> Vec<&str> {
    match kind {
        StepKind::Need { attributes } => attributes.iter().map(String::as_str).collect(),
        StepKind::Ask { attribute, .. } => vec![attribute],
        _ => Vec::new(),
    }
}

fn is(operand: &Operand, said: &str) -> bool {
    match operand {
        Operand::Constant { value } => match value.plain() {
            taskwright_domain::Value::Integer(number) => number.to_string() == said,
            other => other.as_text() == Some(said),
        },
        other => other.reference() == Some(said),
    }
}

/// Everything that a step says to the customer.
fn said(kind: &StepKind) -> String {
    let words: Vec<&str> = match kind {
        StepKind::Inform { words } => vec![&words.0],
        StepKind::Ask { question, preface, .. } => {
            preface.iter().chain(question).map(|words| words.0.as_str()).collect()
        }
        StepKind::HandOff { words, .. } | StepKind::Confirm { question: words, .. } => {
            words.iter().map(|words| words.0.as_str()).collect()
        }
        _ => Vec::new(),
    };
    plain(&words.join(" "))
}

/// Words without what says nothing: case and the shape of apostrophes.
fn plain(words: &str) -> String {
    words.to_lowercase().replace('’', "'").replace("cannot", "can't")
}

fn name_of(does: &Does) -> String {
    match does {
        Does::Says(fragments) => format!("says {}", fragments.join(" … ")),
        Does::Runs(action, bound) if bound.is_empty() => format!("runs {action}"),
        Does::HandsOff(team) => format!("hands off to {}", team.as_deref().unwrap_or("a person")),
        Does::Asks(attributes) => format!("asks {}", attributes.join(", ")),
        Does::Offers(attribute, first, _) => format!("offers the first {first} for {attribute}"),
        Does::ForEach(attribute) => format!("goes on for each {attribute}"),
        Does::Runs(action, bound) => {
            let bound: Vec<_> = bound.iter().map(|(key, to)| format!("{key} = {to}")).collect();
            format!("runs {action} with {}", bound.join(", "))
        }
        Does::TriesAgain(action, _) => format!("tries {action} again"),
        Does::Finishes => "finishes".to_owned(),
        Does::ConfirmsAction(action) => format!("asks for a yes to {action}"),
        Does::ConfirmsIn(words) => format!("asks for a yes: {words}"),
        Does::Sets(attribute, to) => format!("sets {attribute} to {}", to.as_deref().unwrap_or("it")),
        Does::Classifies(attribute, _) => format!("sorts into {attribute}"),
        Does::Tags(tag) => format!("tags {tag}"),
        Does::Notes(of) => format!("notes {}", of.join(", ")),
        Does::Waits(key, _) => format!("waits for {key}"),
        Does::Repeats(times) => format!("repeats {times} times"),
        Does::GoesTo(id) => format!("goes to {id}"),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use taskwright_language::read::read;

    use super::{Judge, Verdict};
    use crate::fixture::Fixture;

    const CATALOGUE: &str = "\
        | Get order | Looks up an order | `order_number` | `order.status` (choice: shipped, delivered, cancelled) |\n\
        | Refund order (changes data) | Pays money back | `order_number` | `refund.id` (identifier) |\n\n\
        - Attributes: `order_number` (identifier), `reason` (choice: broken, other)\n\
        - Teams: Returns\n";

    /// What becomes of the last of these parts of a text.
    fn verdict(text: &str, parts: &[&str]) -> Verdict {
        let rows: String = parts.iter().map(|part| format!("| {part} |\n")).collect();
        let markdown = format!(
            "# Title\n\n## Catalogue\n\n{CATALOGUE}\n## Instructions\n\n```text\n{text}\n```\n\n## Parts\n\n|#|\n|-|\n{rows}"
        );
        let fixture = Fixture::of("fixture.md".into(), markdown);
        let reading = read(&fixture.text, &fixture.catalogue);
        Judge::new(&fixture, &reading).verdict(fixture.parts.last().unwrap())
    }

    #[test]
    fn a_run_is_right_under_its_own_condition_only() {
        let text = "Get the order. If the order's status is delivered, refund the order.";
        let run = "2 | refund the order | run | *Refund order* | | 1 | runs *Refund order*";
        let check =
            |status| format!("1 | If the order's status is delivered | check | | `order.status` is {status} | |");
        assert_eq!(verdict(text, &[&check("delivered"), run]), Verdict::Right);
        assert_eq!(verdict(text, &[&check("shipped"), run]).word(), "wrong");
        assert_eq!(verdict(text, &[&check("delivered")]), Verdict::Right);
        assert_eq!(verdict(text, &[&check("not cancelled")]).word(), "otherwise");
    }

    #[test]
    fn an_early_end_is_as_good_as_an_otherwise() {
        let text = "Get the order. If the order's status is shipped, tell the customer \"It is on its way.\" and finish. \
                    Refund the order.";
        let check = "1 | If the order's status is shipped | check | `order.status` | `order.status` is shipped | |";
        let run = |under| format!("2 | Refund the order | run | *Refund order* | | {under} | runs *Refund order*");
        assert_eq!(verdict(text, &[check, &run("else 1")]), Verdict::Right);
        assert_eq!(verdict(text, &[check, &run("1")]).word(), "wrong");
    }

    #[test]
    fn a_run_that_nobody_asked_for_is_wrong() {
        let text = "Get the order. Refund the order.";
        assert_eq!(
            verdict(text, &["1 | Refund the order. | context | | | |"]).word(),
            "wrong"
        );
        let unconfirmed = "1 | Refund the order. | run | *Refund order* | | | runs *Refund order* when confirmed";
        assert_eq!(verdict(text, &[unconfirmed]).word(), "wrong");
        let never =
            "1 | Refund the order. | rule | *Refund order* | | | *Refund order* never if `order.status` is shipped";
        assert_eq!(verdict(text, &[never]).word(), "wrong");
    }

    #[test]
    fn a_rule_is_right_when_it_allows_exactly_as_much() {
        let text = "Never refund the order if the order's status is shipped.";
        let rule = |condition| format!("1 | {text} | rule | *Refund order* | | | *Refund order* {condition}");
        assert_eq!(
            verdict(text, &[&rule("never if `order.status` is shipped")]),
            Verdict::Right
        );
        let same = rule("only if `order.status` is one of delivered, cancelled");
        assert_eq!(verdict(text, &[&same]), Verdict::Right);
        let stricter = rule("only if `order.status` is delivered");
        assert_eq!(verdict(text, &[&stricter]).word(), "wrong");
        let looser = rule("never if `order.status` is shipped and `reason` is other");
        assert_eq!(verdict(text, &[&looser]).word(), "otherwise");
    }

    #[test]
    fn what_is_said_not_to_be_understood_is_unread() {
        let text = "Frobnicate the widget unless Karen minds.";
        let run = format!("1 | {text} | run | *Refund order* | | | runs *Refund order*");
        assert_eq!(verdict(text, &[&run]).word(), "unread");
        assert_eq!(
            verdict(text, &[&format!("1 | {text} | unclear | | | |")]),
            Verdict::Right
        );
    }
}
