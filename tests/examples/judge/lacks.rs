//! What is missing of a part.

use std::collections::BTreeSet;

use taskwright_domain::{Condition, Meaning, Span};

use super::{Judge, overlap, within};
use crate::condition::Stated;
use crate::fixture::{Does, Part};
use crate::reach::not;
use crate::worlds::same;

impl<'a> Judge<'a> {
    pub(super) fn lacks(&self, part: &Part) -> Vec<String> {
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

    pub(super) fn condition(&self, part: &Part) -> Option<String> {
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
}
