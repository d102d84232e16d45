//! What the customer says of a value that is not theirs to change.

use taskwright_domain::Attribute;

use super::{AskedFor, Listening, corrections};
use crate::values::{Line, Strength, ValueContext, candidates};

/// A value is spoken of by its name.
const NAMED: f32 = 0.9;

/// The attribute whose value is set by a step or a system, and for which the message gives another one. It must be named
/// more plainly than anything that the customer may answer or correct.
pub(super) fn spoken_of<'a>(
    line: &Line,
    listening: &Listening<'a>,
    context: &ValueContext<'_>,
) -> Option<&'a Attribute> {
    let asked = match listening.asked {
        Some(AskedFor::Attribute(asked)) => Some(asked),
        _ => None,
    };
    let own = listening.filled.iter().map(|(attribute, _)| *attribute);
    let own = own.chain(listening.wanted.iter().copied()).chain(asked);
    let rival = own
        .map(|attribute| corrections::named(line, attribute))
        .fold(0.0, f32::max);
    listening.fixed.iter().copied().find(|attribute| {
        let pull = corrections::named(line, attribute);
        pull >= NAMED && pull > rival && gives_one(line, attribute, context)
    })
}

fn gives_one(line: &Line, attribute: &Attribute, context: &ValueContext<'_>) -> bool {
    candidates(&attribute.kind, line, context, false)
        .iter()
        .any(|candidate| candidate.strength == Strength::Strong)
}
