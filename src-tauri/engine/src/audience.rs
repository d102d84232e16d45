//! Who a task is for, told from what is known of a customer when they write.

use taskwright_domain::{ConversationId, ConversationStart, Input, InputId, InputKind, Offer};
use taskwright_language::read::describe;

use crate::condition::Verdict;
use crate::machine::Machine;
use crate::program::{Compiled, Library};
use crate::state::State;

/// Why a task is not for the customer of a conversation, at an instant (UTC milliseconds since 1970); none where it is for
/// them. Who a task is for is told from facts alone: what is not known does not let anybody in.
#[must_use]
pub fn not_for(compiled: &Compiled, start: &ConversationStart, at: i64) -> Option<String> {
    let audience = compiled.revision.task.audience.as_ref()?;
    let input = Input {
        id: InputId::new("audience"),
        at,
        kind: InputKind::Start {
            // Nothing is to begin.
            start: Box::new(ConversationStart {
                offer: Offer::FromTheStart,
                ..start.clone()
            }),
        },
    };
    let (library, state) = (Library::new(), State::new(ConversationId::new("audience")));
    let mut machine = Machine::new(&library, &state, &input);
    machine.take(&input);
    let only = format!(
        "it is only for customers where {}",
        describe(audience, compiled.catalogue())
    );
    match machine.evaluate(compiled, audience) {
        Verdict::Known { result: true, .. } => None,
        Verdict::Known { .. } => Some(only),
        Verdict::Missing { reference } => {
            let label = machine.label(compiled, &reference);
            Some(format!("{only}, and {label} is not known"))
        }
        Verdict::Fault { reason } => Some(format!("{only}, and that cannot be told: {reason}")),
    }
}
