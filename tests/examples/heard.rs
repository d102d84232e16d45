//! Listeners as the judge sees them: a case at the start of the plan, on a yes or no that tells whether its words were
//! heard, so that they are judged like every other condition.

use taskwright_domain::{
    Arm, Attribute, AttributeId, AttributeType, Catalogue, Comparison, Condition, HowToAsk, Meaning, Mention, Operand,
    Reading, Scope, Step, StepKind, Value, key_for,
};

/// The yes or no that stands for a mention: `heard_chest_pain`.
fn key_of(mention: &Mention) -> String {
    let text = match mention {
        Mention::Words { text, .. } | Mention::Phrase { text } => text,
    };
    format!("heard_{}", key_for(text))
}

/// The catalogue with every `heard_…` that a fixture's parts name.
pub(crate) fn with_heard(catalogue: &Catalogue, parts: &str) -> Catalogue {
    let mut catalogue = catalogue.clone();
    let named = parts.split('`').filter(|word| word.starts_with("heard_"));
    for key in named.collect::<std::collections::BTreeSet<_>>() {
        catalogue.attributes.push(Attribute {
            id: AttributeId::new(key),
            key: key.to_owned(),
            name: key.to_owned(),
            description: String::new(),
            kind: AttributeType::Boolean,
            scope: Scope::Temporary,
            sensitive: false,
            how_to_ask: HowToAsk::default(),
            customer_may_fill: false,
            picked_from: None,
            worked_out: None,
        });
    }
    catalogue
}

fn heard(mentions: &[Mention]) -> Condition {
    let one = |mention: &Mention| Condition::Test {
        subject: Operand::Reference {
            reference: key_of(mention),
        },
        comparison: Comparison::Is {
            to: Operand::Constant {
                value: Value::Boolean(true),
            },
        },
    };
    Condition::Any {
        parts: mentions.iter().map(one).collect(),
    }
}

/// A reading whose listeners stand in its plan.
pub(crate) fn as_cases(mut reading: Reading) -> Reading {
    for sentence in &mut reading.sentences {
        if let Meaning::Listen { mentions } = &sentence.meaning {
            sentence.meaning = Meaning::Check {
                condition: (!mentions.is_empty()).then(|| heard(mentions)),
            };
        }
    }
    let cases = reading.listeners.drain(..).map(|listener| {
        let arm = Arm {
            span: listener.span,
            condition: heard(&listener.mentions),
            steps: listener.steps,
        };
        Step {
            span: listener.span,
            kind: StepKind::Check {
                arms: vec![arm],
                otherwise: Vec::new(),
            },
        }
    });
    reading.plan = cases.collect::<Vec<_>>().into_iter().chain(reading.plan).collect();
    reading
}
