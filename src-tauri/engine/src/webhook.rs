//! Webhooks: what comes must match what the block expects, field by field.

use std::collections::BTreeMap;

use taskwright_domain::{BlockId, Difference, EventKind, Field, Value};
use taskwright_language::values::ValueContext;

use crate::fields::{difference, kept, redact};
use crate::machine::Machine;
use crate::program::{Compiled, OpKind};

impl Machine<'_> {
    pub(crate) fn webhook_received(&mut self, block: &BlockId, body: &serde_json::Value) {
        let Some(compiled) = self.compiled() else { return };
        let Some((key, fields)) = awaited(&compiled, block) else {
            return;
        };
        let settled = self.run().and_then(|run| run.webhooks.get(&key)).copied();
        let mut body = body.clone();
        let data = match body.get_mut("data") {
            Some(data) => data,
            None => &mut body,
        };
        redact(data, &fields);
        let result = match settled {
            Some(true) => Err(vec![whole("one callback", "a second one")]),
            Some(false) => Err(vec![whole("a callback in time", "one that came too late")]),
            None => self.read_fields(&fields, data),
        };
        let block = block.clone();
        match result {
            Ok(values) => {
                self.emit(EventKind::WebhookReceived {
                    block,
                    key,
                    fields: values,
                    body,
                });
                self.advance();
            }
            Err(difference) => self.emit(EventKind::WebhookRejected {
                block,
                key,
                difference,
                body,
            }),
        }
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

fn awaited(compiled: &Compiled, wanted: &BlockId) -> Option<(String, Vec<Field>)> {
    compiled.program.ops.iter().find_map(|op| match &op.kind {
        OpKind::Wait { key, block, fields, .. } if block == wanted => Some((key.clone(), fields.clone())),
        _ => None,
    })
}

fn whole(expected: &str, found: &str) -> Difference {
    Difference {
        path: "$".into(),
        expected: expected.into(),
        found: found.into(),
    }
}
