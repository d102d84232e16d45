//! Where a value comes from. What holds any of the customer's words counts as the customer's, whoever put it together.

use taskwright_domain::{Accepts, ActionInput, Operand, Source, Template};

use crate::machine::Machine;
use crate::program::{Compiled, Given};

impl Machine<'_> {
    /// Where what a step sets comes from: out of the customer's words it is worked out, never the author's own.
    pub(crate) fn source_of_step(&self, compiled: &Compiled, given: &Given) -> Source {
        match self.source_given(compiled, given) {
            Some(Source::Customer) => Source::Computed,
            _ => Source::Author,
        }
    }

    /// Whose word a step's value is.
    pub(crate) fn source_given(&self, compiled: &Compiled, given: &Given) -> Option<Source> {
        match given {
            Given::Operand(operand) => self.joined(compiled, decisive(operand)),
            Given::Words(words) => self.source_of_words(compiled, words),
        }
    }

    pub(crate) fn source_of_words(&self, compiled: &Compiled, words: &Template) -> Option<Source> {
        self.joined(compiled, words.references().collect())
    }

    fn joined(&self, compiled: &Compiled, references: Vec<&str>) -> Option<Source> {
        let mut sources = references
            .into_iter()
            .filter_map(|reference| self.source_of_value(compiled, reference));
        let first = sources.next()?;
        let said = first == Source::Customer || sources.any(|source| source == Source::Customer);
        Some(if said { Source::Customer } else { first })
    }

    /// Whose word a value is: what was sorted or put together from the customer's words is theirs, what is reckoned from
    /// a system's list is not.
    pub(crate) fn source_of_value(&self, compiled: &Compiled, reference: &str) -> Option<Source> {
        let source = self.source(reference)?;
        let reckoned = || compiled.program.worked_out.contains_key(reference);
        Some(if source == Source::Computed && !reckoned() {
            Source::Customer
        } else {
            source
        })
    }
}

/// The references that the value is made of: a found item is its list's, whatever it was found by.
fn decisive(operand: &Operand) -> Vec<&str> {
    match operand {
        Operand::Found { list, .. } => vec![list],
        operand => operand.references(),
    }
}

/// Whether an input takes a value of such a source.
pub(crate) fn accepts(input: &ActionInput, source: Option<&Source>) -> bool {
    match input.accepts {
        Accepts::Anyone => true,
        Accepts::NotCustomer => source != Some(&Source::Customer),
        Accepts::SystemsOnly => matches!(
            source,
            Some(Source::Action { .. } | Source::Webhook { .. } | Source::Chosen { .. })
        ),
    }
}
