//! Webhooks: what comes must match what the block expects, field by field.

use std::collections::BTreeMap;

use taskwright_domain::{BlockId, Difference, EventKind, Field, Value};
use taskwright_language::values::ValueContext;

use crate::callback::wait_of;
use crate::fields::{difference, kept, redact};
use crate::machine::Machine;

impl Machine<'_> {
    /// Takes what another system sent for a block: in the run that has it, be it on top or below another one. What comes
    /// before the wait is reached is kept by the run, which then goes on at once.
    pub(crate) fn webhook_received(&mut self, block: &BlockId, body: &serde_json::Value) {
        let Some(wait) = self.wait_of(block) else { return };
        let on_top = wait.run + 1 == self.state.runs.len();
        let run = &self.state.runs[wait.run];
        let (settled, task) = (run.webhooks.get(&wait.key).copied(), run.task.clone());
        let task = (!on_top).then_some(task);
        let mut body = body.clone();
        let data = match body.get_mut("data") {
            Some(data) => data,
            None => &mut body,
        };
        redact(data, &wait.fields);
        let result = match settled {
            Some(true) => Err(vec![whole("one callback", "a second one")]),
            Some(false) => Err(vec![whole("a callback in time", "one that came too late")]),
            None => self.read_fields(&wait.fields, data),
        };
        let (block, key) = (block.clone(), wait.key);
        match result {
            Ok(fields) => {
                self.emit(EventKind::WebhookReceived {
                    block,
                    key,
                    task,
                    fields,
                    body,
                });
                if on_top {
                    self.advance();
                }
            }
            Err(difference) => self.emit(EventKind::WebhookRejected {
                block,
                key,
                task,
                difference,
                body,
            }),
        }
    }

    fn wait_of(&self, block: &BlockId) -> Option<crate::callback::Wait> {
        wait_of(&self.state, self.all(), block)
    }

    fn read_fields(
        &self,
        fields: &[Field],
        data: &serde_json::Value,
    ) -> Result<BTreeMap<String, Value>, Vec<Difference>> {
        let settings = self.settings();
        let context = ValueContext {
            settings: &settings,
            now: self.now(),
        };
        // A log that is run again has nothing of what is never kept, and must read the same.
        difference(&kept(fields), data, &context)
    }
}

fn whole(expected: &str, found: &str) -> Difference {
    Difference {
        path: "$".into(),
        expected: expected.into(),
        found: found.into(),
    }
}
