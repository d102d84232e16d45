//! Asking again: "ask again", "if the date is in the past, ask for another one".

use taskwright_domain::{Meaning, Step, StepKind, Template};

use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    pub(super) fn ask_again(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let last = self.said.asks.last().map(|(key, _)| key.clone());
        let last = last.or_else(|| self.input_of_look_up());
        let Some(key) = last else {
            return self.unclear(whole, "What should be asked again?", None, steps);
        };
        self.again(whole, &key, None, steps);
    }

    /// The first value that the last look-up needs.
    fn input_of_look_up(&self) -> Option<String> {
        let (id, _) = self.said.looked_up.as_ref()?;
        let action = self.catalogue().action(id)?;
        let input = action.inputs.iter().find(|input| !input.optional)?;
        input.reference().map(str::to_owned)
    }

    /// Asks anew; after a look-up that found nothing, looks up again.
    pub(super) fn again(
        &mut self,
        whole: &'t [Token<'a>],
        key: &str,
        preface: Option<Template>,
        steps: &mut Vec<Step>,
    ) {
        let attribute = key.to_owned();
        let ask = StepKind::Ask {
            attribute: attribute.clone(),
            question: None,
            preface,
            again: true,
            among: None,
        };
        steps.push(self.step(whole, ask));
        let not_found = self.under.last().is_some_and(|c| {
            matches!(
                c,
                taskwright_domain::Condition::Action {
                    state: taskwright_domain::ActionState::NotFound | taskwright_domain::ActionState::Failed,
                    ..
                }
            )
        });
        if let Some((_, span)) = self.said.looked_up.as_ref().filter(|_| not_found) {
            let at_most = self.times_in(whole).unwrap_or(2);
            steps.push(self.step(
                whole,
                StepKind::Jump {
                    to: span.start,
                    at_most,
                },
            ));
        }
        let label = self.label(&attribute);
        let links = self.linked(whole, &attribute);
        self.note(
            whole,
            Spoken::new(
                Meaning::Ask {
                    attributes: vec![attribute],
                },
                format!("Asks for {label} again"),
            )
            .links(links),
        );
    }

    /// "If the e-mail is missing, ask for it", "if the date is in the past, ask for another one": the value that the
    /// condition was about, and whether it is asked for anew.
    pub(super) fn just_tested(&self, words: &[Token<'_>]) -> Option<(String, bool)> {
        let about = self.said.about.as_deref()?;
        let tested = self.under.last()?.references().contains(&about);
        let value = self
            .names
            .values
            .iter()
            .find(|value| value.reference == about && value.askable() && tested)?;
        let words: Vec<_> = trimmed(words)
            .iter()
            .filter(|t| !t.any(&["a", "an", "please", "again"]))
            .collect();
        let anew = words
            .first()
            .is_some_and(|t| t.any(&["another", "different", "new", "other"]));
        let head = &words[usize::from(anew).min(words.len())..];
        let names_it = match head {
            [] => anew,
            [one] => {
                one.any(&["it", "one", "them", "that"])
                    || anew && value.field_stems.last().is_some_and(|stem| stem.same(one))
            }
            _ => false,
        };
        names_it.then(|| (about.to_owned(), anew))
    }

    pub(super) fn ask_tested(&mut self, whole: &'t [Token<'a>], key: String, anew: bool, steps: &mut Vec<Step>) {
        if anew {
            return self.again(whole, &key, None, steps);
        }
        if let Some(at) = self.names.values.iter().position(|value| value.reference == key) {
            self.ask_value(whole, at, steps);
        }
    }
}
