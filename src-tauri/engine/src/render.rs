//! Words with values in them, and words as values.

use taskwright_domain::{EventKind, Template, TemplatePart, Value};

use crate::machine::{Flow, Machine, Obtained};
use crate::plain::one_line;
use crate::program::{Compiled, Op};

impl Machine<'_> {
    /// The words with their values, or the flow that gets a missing one first.
    pub(crate) fn render(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
    ) -> Result<String, Flow> {
        let references: Vec<&str> = template.references().collect();
        self.get_all(compiled, op, index, &references)?;
        Ok(self.fill_in(compiled, op, index, template, str::to_owned))
    }

    /// As above for words that only colleagues read: no customer is asked for them, and no value begins a line that could
    /// be taken for the author's.
    pub(crate) fn render_for_colleagues(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
    ) -> Result<String, Flow> {
        let of_systems = |reference: &&str| compiled.program.attribute(reference).is_none();
        let references: Vec<&str> = template.references().filter(of_systems).collect();
        self.get_all(compiled, op, index, &references)?;
        Ok(self.fill_in(compiled, op, index, template, one_line))
    }

    /// Gets those that are missing, as far as anything gives them.
    fn get_all(&mut self, compiled: &Compiled, op: &Op, index: usize, references: &[&str]) -> Result<(), Flow> {
        for reference in references {
            if self.value(reference).is_none() {
                match self.obtain(compiled, op, index, reference) {
                    Obtained::Pending => return Err(Flow::Wait),
                    Obtained::Settled | Obtained::Impossible => {}
                }
            }
        }
        Ok(())
    }

    /// Fills in what is known; a sentence with a value that is not there is left out and logged, never printed blank.
    pub(crate) fn fill_in(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
        written: fn(&str) -> String,
    ) -> String {
        let missing: Vec<_> = template
            .references()
            .filter(|reference| self.value(reference).is_none())
            .collect();
        if missing.is_empty() {
            return self.join(compiled, template, written);
        }
        let labels: Vec<_> = missing
            .iter()
            .map(|reference| self.label(compiled, reference))
            .collect();
        let at = Some(self.here(op, index));
        let reason = format!("Left out a sentence: {} is not known", labels.join(", "));
        self.emit(EventKind::Faulted { place: at, reason });
        let whole = |sentence: &&str| {
            let sentence = Template::new(*sentence);
            sentence.references().all(|reference| self.value(reference).is_some())
        };
        let kept: String = template
            .0
            .split_inclusive(['.', '!', '?', '\n'])
            .collect::<Vec<_>>()
            .into_iter()
            .filter(whole)
            .collect();
        self.join(compiled, &Template::new(kept.trim()), written)
    }

    fn join(&self, compiled: &Compiled, template: &Template, written: fn(&str) -> String) -> String {
        let parts = template.parts().into_iter().map(|part| match part {
            TemplatePart::Words(words) => words.to_owned(),
            TemplatePart::Reference(reference) => self
                .value(reference)
                .map(|value| written(&self.format_as(compiled, reference, &value)))
                .unwrap_or_default(),
        });
        parts.collect()
    }

    /// A template as a value: a lone pill keeps its type.
    pub(crate) fn render_value(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
    ) -> Result<Value, Flow> {
        let text = self.render(compiled, op, index, template)?;
        match template.parts().as_slice() {
            [TemplatePart::Reference(reference)] => Ok(self.value(reference).unwrap_or(Value::Text(text))),
            _ => Ok(Value::Text(text)),
        }
    }

    /// A value read as another type, where its words allow.
    pub(crate) fn as_type(&self, kind: &taskwright_domain::AttributeType, value: &Value) -> Option<Value> {
        let Value::Text(text) = value else {
            return Some(value.clone());
        };
        let settings = self.settings();
        let context = taskwright_language::values::ValueContext {
            settings: &settings,
            now: self.now(),
        };
        taskwright_language::values::parse(kind, text, &context)
    }
}
