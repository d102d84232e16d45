//! From a revision's blocks and plans to a flat program.

mod needs;

use std::collections::BTreeSet;

use taskwright_domain::{
    Block, BlockId, BlockKind, Condition, Listener, Operand, OptionId, Period, Reading, Revision, Span, Speaker, Step,
    StepKind, Task, TaskId, Template,
};
use taskwright_language::read::describe;

use crate::program::{Compiled, Given, Listens, Op, OpKind, Program};

/// How deep shared parts may run one another.
const DEEPEST_PART: usize = 8;

/// Compiles a revision. Total: what cannot run becomes an operation that says so when it is reached.
#[must_use]
pub fn compile(revision: Revision) -> Compiled {
    let mut compiler = Compiler {
        revision: &revision,
        program: Program::default(),
        depth: 0,
        parts: BTreeSet::new(),
    };
    compiler.task(&revision.task);
    compiler.listeners();
    let mut program = compiler.program;
    program.rules = revision
        .readings
        .values()
        .flat_map(|reading| reading.rules.clone())
        .collect();
    program.attributes = needs::attributes(&revision, &program);
    program.picks = needs::picks(&revision, &program);
    program.worked_out = needs::worked_out(&program.attributes);
    needs::note_what_is_asked(&mut program, &revision);
    needs::note_what_is_handled(&mut program);
    Compiled { revision, program }
}

struct Compiler<'a> {
    revision: &'a Revision,
    program: Program,
    depth: usize,
    /// The shared parts it runs.
    parts: BTreeSet<TaskId>,
}

/// Where operations come from while a block is compiled.
#[derive(Clone, Copy)]
struct Origin<'a> {
    block: &'a BlockId,
    reading: Option<&'a Reading>,
}

impl Compiler<'_> {
    fn task(&mut self, task: &Task) {
        self.blocks(task, &task.blocks);
    }

    fn blocks(&mut self, task: &Task, blocks: &[Block]) {
        for block in blocks.iter().filter(|block| !block.off) {
            let from = Origin {
                block: &block.id,
                reading: None,
            };
            self.push(from, None, OpKind::EnterBlock { task: task.id.clone() });
            self.block(task, block, from);
        }
    }

    fn push(&mut self, from: Origin<'_>, span: Option<Span>, kind: OpKind) -> usize {
        let (meaning, words) = said_of(from, span, &kind);
        self.program.ops.push(Op {
            block: from.block.clone(),
            span,
            meaning,
            words,
            kind,
        });
        self.program.ops.len() - 1
    }

    fn here(&self) -> usize {
        self.program.ops.len()
    }

    fn block(&mut self, task: &Task, block: &Block, from: Origin<'_>) {
        match &block.kind {
            BlockKind::Instructions { .. } => {
                if let Some(reading) = self.revision.readings.get(&block.id) {
                    self.steps(
                        Origin {
                            reading: Some(reading),
                            ..from
                        },
                        &reading.plan,
                    );
                }
            }
            BlockKind::RunAction {
                action: Some(action),
                inputs,
            } => {
                let inputs = inputs
                    .iter()
                    .map(|(key, words)| (key.clone(), Given::Words(words.clone())))
                    .collect();
                self.push(
                    from,
                    None,
                    OpKind::Run {
                        action: action.clone(),
                        inputs,
                    },
                );
            }
            BlockKind::WaitForWebhook {
                key,
                fields,
                limit,
                what_then,
                ..
            } => {
                self.wait(task, from, &block.name, key, fields, *limit, what_then);
            }
            BlockKind::Message { text } => {
                self.push(
                    from,
                    None,
                    OpKind::Say {
                        words: text.clone(),
                        by: Speaker::Block,
                    },
                );
            }
            BlockKind::Buttons { text, options } => {
                let at = self.push(
                    from,
                    None,
                    OpKind::Buttons {
                        text: text.clone(),
                        options: Vec::new(),
                    },
                );
                let ways = options
                    .iter()
                    .map(|option| (option.id.clone(), option.label.clone(), &option.blocks));
                let targets = self.ways(task, from, ways);
                if let OpKind::Buttons { options, .. } = &mut self.program.ops[at].kind {
                    *options = targets;
                }
            }
            BlockKind::CollectAttribute { attributes } => {
                for attribute in attributes {
                    let ask = OpKind::Ask {
                        attribute: attribute.clone(),
                        form: attributes.clone(),
                        question: None,
                        preface: None,
                        again: false,
                        among: None,
                    };
                    self.push(from, None, ask);
                }
            }
            BlockKind::SetAttribute { attribute, value } => {
                let value = Given::Words(value.clone());
                self.push(
                    from,
                    None,
                    OpKind::Set {
                        attribute: attribute.clone(),
                        value,
                    },
                );
            }
            BlockKind::Branch { arms, otherwise } => {
                let mut exits = Vec::new();
                for arm in arms {
                    // An arm without a condition is never taken; publishing asks for one.
                    let Some(condition) = &arm.condition else { continue };
                    let at = self.branch(from, None, condition);
                    self.blocks(task, &arm.blocks);
                    exits.push(self.push(from, None, OpKind::Goto { to: 0 }));
                    self.otherwise(at);
                }
                self.blocks(task, otherwise);
                self.land(&exits);
            }
            BlockKind::Note { text } => {
                self.push(from, None, OpKind::Note { text: text.clone() });
            }
            BlockKind::Tags { add, remove } => {
                self.push(
                    from,
                    None,
                    OpKind::Tag {
                        add: add.clone(),
                        remove: remove.clone(),
                    },
                );
            }
            BlockKind::HandOff { team, words, note } => {
                let hand_off = OpKind::HandOff {
                    team: team.clone(),
                    words: unless_empty(words),
                    note: unless_empty(note),
                };
                self.push(from, None, hand_off);
            }
            BlockKind::AskForRating { question } => {
                self.push(
                    from,
                    None,
                    OpKind::Rate {
                        question: question.clone(),
                    },
                );
            }
            BlockKind::LetAssistantAnswer { idle, follow_up } => {
                self.push(
                    from,
                    None,
                    OpKind::Listen {
                        idle: *idle,
                        follow_up: follow_up.clone(),
                    },
                );
            }
            // A workflow starts what customers get then, not a copy.
            BlockKind::RunTask {
                task: Some(part),
                inputs,
                outputs,
            } if self.revision.workflow().is_some() => {
                let start = OpKind::StartTask {
                    task: part.clone(),
                    name: self.name_of(part),
                    inputs: inputs.clone(),
                    outputs: outputs.clone(),
                };
                self.push(from, None, start);
            }
            BlockKind::RunTask {
                task: Some(part),
                inputs,
                outputs,
            } => {
                for (key, words) in inputs {
                    let value = Given::Words(words.clone());
                    self.push(
                        from,
                        None,
                        OpKind::Set {
                            attribute: key.clone(),
                            value,
                        },
                    );
                }
                self.part(from, None, part);
                for (key, reference) in outputs {
                    let value = Given::Operand(Operand::Reference {
                        reference: reference.clone(),
                    });
                    self.push(
                        from,
                        None,
                        OpKind::Set {
                            attribute: key.clone(),
                            value,
                        },
                    );
                }
            }
            BlockKind::End { outcome } => {
                self.push(from, None, OpKind::Finish { outcome: *outcome });
            }
            BlockKind::RunAction { action: None, .. } | BlockKind::RunTask { task: None, .. } => {
                let text = if block.name.is_empty() {
                    "An unfinished block"
                } else {
                    &block.name
                };
                self.push(from, None, OpKind::Unclear { text: text.to_owned() });
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "they are the fields of one block kind")]
    fn wait(
        &mut self,
        task: &Task,
        from: Origin<'_>,
        name: &str,
        key: &str,
        fields: &[taskwright_domain::Field],
        limit: Period,
        what_then: &[Block],
    ) {
        let wait = OpKind::Wait {
            key: key.to_owned(),
            name: if name.is_empty() {
                taskwright_domain::key_in_words(key)
            } else {
                name.to_owned()
            },
            block: from.block.clone(),
            fields: fields.to_vec(),
            limit,
            expired: None,
        };
        let at = self.push(from, None, wait);
        if what_then.is_empty() {
            return;
        }
        let skip = self.push(from, None, OpKind::Goto { to: 0 });
        let path = self.here();
        if let OpKind::Wait { expired, .. } = &mut self.program.ops[at].kind {
            *expired = Some(path);
        }
        self.blocks(task, what_then);
        self.land(&[skip]);
    }

    fn ways<'b>(
        &mut self,
        task: &Task,
        from: Origin<'_>,
        ways: impl Iterator<Item = (OptionId, String, &'b Vec<Block>)>,
    ) -> Vec<(OptionId, String, usize)> {
        let mut exits = Vec::new();
        let mut targets = Vec::new();
        for (id, label, blocks) in ways {
            targets.push((id, label, self.here()));
            self.blocks(task, blocks);
            exits.push(self.push(from, None, OpKind::Goto { to: 0 }));
        }
        self.land(&exits);
        targets
    }

    fn name_of(&self, task: &TaskId) -> String {
        let named = self.revision.catalogue.tasks.iter().find(|named| named.id == *task);
        named.map_or_else(|| task.0.clone(), |named| named.title.clone())
    }

    fn part(&mut self, from: Origin<'_>, span: Option<Span>, part: &taskwright_domain::TaskId) {
        let found = self.revision.parts.get(part);
        match found {
            Some(task) if self.depth < DEEPEST_PART => {
                self.parts.insert(part.clone());
                self.depth += 1;
                self.blocks(task, &task.blocks);
                self.depth -= 1;
            }
            _ => {
                let text = "A task that runs another task which is missing or runs itself".to_owned();
                self.push(from, span, OpKind::Unclear { text });
            }
        }
    }

    fn steps(&mut self, from: Origin<'_>, steps: &[Step]) {
        let first = self.here();
        let mut jumps = Vec::new();
        self.steps_in(from, steps, &mut jumps);
        for (at, to) in jumps {
            let target = (first..self.here())
                .find(|op| self.program.ops[*op].span.is_some_and(|span| span.start >= to))
                .unwrap_or(first);
            if let OpKind::Jump { to, .. } = &mut self.program.ops[at].kind {
                *to = target;
            }
        }
    }

    /// What is listened for, wherever it was written: behind all else, so that nothing runs into it.
    fn listeners(&mut self) {
        let revision = self.revision;
        let parts = self.parts.clone();
        let parts = parts.iter().filter_map(|part| revision.parts.get(part));
        let mut found = Vec::new();
        for task in std::iter::once(&revision.task).chain(parts) {
            listening(&task.blocks, revision, &mut found);
        }
        for (at, (block, reading, listener)) in found.into_iter().enumerate() {
            let from = Origin {
                block,
                reading: Some(reading),
            };
            if at == 0 {
                self.push(from, None, OpKind::End);
            }
            let begins = self.push(from, Some(listener.span), OpKind::Interrupt);
            self.steps(from, &listener.steps);
            self.push(from, Some(listener.span), OpKind::Return { begins });
            self.program.listeners.push(Listens {
                begins,
                text: listener.text.clone(),
                mentions: listener.mentions.clone(),
            });
        }
    }

    fn steps_in(&mut self, from: Origin<'_>, steps: &[Step], jumps: &mut Vec<(usize, u32)>) {
        for step in steps {
            self.step(from, step, jumps);
        }
    }

    fn step(&mut self, from: Origin<'_>, step: &Step, jumps: &mut Vec<(usize, u32)>) {
        let span = Some(step.span);
        match &step.kind {
            StepKind::Need { attributes } => {
                for attribute in attributes {
                    let ask = OpKind::Ask {
                        attribute: attribute.clone(),
                        form: Vec::new(),
                        question: None,
                        preface: None,
                        again: false,
                        among: None,
                    };
                    self.push(from, span, ask);
                }
            }
            StepKind::Ask {
                attribute,
                question,
                preface,
                again,
                among,
            } => {
                let ask = OpKind::Ask {
                    attribute: attribute.clone(),
                    form: Vec::new(),
                    question: question.clone(),
                    preface: preface.clone(),
                    again: *again,
                    among: among.clone(),
                };
                self.push(from, span, ask);
            }
            StepKind::Run { action, inputs } => {
                let inputs = inputs
                    .iter()
                    .map(|(key, operand)| (key.clone(), Given::Operand(operand.clone())))
                    .collect();
                self.push(
                    from,
                    span,
                    OpKind::Run {
                        action: action.clone(),
                        inputs,
                    },
                );
            }
            StepKind::RunTask { task } => self.part(from, span, task),
            StepKind::Set { attribute, value } => {
                let value = Given::Operand(value.clone());
                self.push(
                    from,
                    span,
                    OpKind::Set {
                        attribute: attribute.clone(),
                        value,
                    },
                );
            }
            StepKind::Classify { attribute, from: text } => {
                self.push(
                    from,
                    span,
                    OpKind::Classify {
                        attribute: attribute.clone(),
                        from: text.clone(),
                    },
                );
            }
            StepKind::Check { arms, otherwise } => {
                let mut exits = Vec::new();
                for arm in arms {
                    let at = self.branch(from, Some(arm.span), &arm.condition);
                    self.steps_in(from, &arm.steps, jumps);
                    exits.push(self.push(from, span, OpKind::Goto { to: 0 }));
                    self.otherwise(at);
                }
                self.steps_in(from, otherwise, jumps);
                self.land(&exits);
            }
            StepKind::Confirm {
                question,
                action,
                declined,
            } => self.confirm(from, step, question, action, declined, jumps),
            StepKind::Inform { words } => {
                self.push(
                    from,
                    span,
                    OpKind::Say {
                        words: words.clone(),
                        by: Speaker::Assistant,
                    },
                );
            }
            StepKind::Repeat { steps, at_most, until } => {
                self.repeat(from, step, steps, *at_most, until.as_ref(), jumps)
            }
            StepKind::Jump { to, at_most } => {
                let at = self.push(
                    from,
                    span,
                    OpKind::Jump {
                        to: 0,
                        at_most: *at_most,
                    },
                );
                jumps.push((at, *to));
            }
            StepKind::HandOff { team, words, note } => {
                let hand_off = OpKind::HandOff {
                    team: team.clone(),
                    words: words.clone(),
                    note: note.clone(),
                };
                self.push(from, span, hand_off);
            }
            StepKind::Tag { add, remove } => {
                self.push(
                    from,
                    span,
                    OpKind::Tag {
                        add: add.clone(),
                        remove: remove.clone(),
                    },
                );
            }
            StepKind::Note { text } => {
                self.push(from, span, OpKind::Note { text: text.clone() });
            }
            StepKind::Wait { key, limit } => self.wait_by_key(from, span, key, *limit),
            StepKind::Finish { outcome } => {
                self.push(from, span, OpKind::Finish { outcome: *outcome });
            }
            StepKind::Unclear { text } => {
                self.push(from, span, OpKind::Unclear { text: text.clone() });
            }
        }
    }

    fn confirm(
        &mut self,
        from: Origin<'_>,
        step: &Step,
        question: &Option<Template>,
        action: &Option<taskwright_domain::ActionId>,
        declined: &[Step],
        jumps: &mut Vec<(usize, u32)>,
    ) {
        let confirm = OpKind::Confirm {
            question: question.clone(),
            action: action.clone(),
            declined: None,
        };
        let at = self.push(from, Some(step.span), confirm);
        if declined.is_empty() {
            return;
        }
        let skip = self.push(from, Some(step.span), OpKind::Goto { to: 0 });
        let path = self.here();
        if let OpKind::Confirm { declined, .. } = &mut self.program.ops[at].kind {
            *declined = Some(path);
        }
        self.steps_in(from, declined, jumps);
        self.land(&[skip]);
    }

    fn repeat(
        &mut self,
        from: Origin<'_>,
        step: &Step,
        steps: &[Step],
        at_most: u32,
        until: Option<&Condition>,
        jumps: &mut Vec<(usize, u32)>,
    ) {
        let span = Some(step.span);
        let pass = self.push(
            from,
            span,
            OpKind::Pass {
                at_most,
                exit: 0,
                forget: Vec::new(),
            },
        );
        self.steps_in(from, steps, jumps);
        let asked: BTreeSet<_> = self.program.ops[pass..]
            .iter()
            .filter_map(|op| needs::asked_by(&op.kind))
            .collect();
        let mut leave = None;
        if let Some(condition) = until {
            let at = self.branch(from, span, condition);
            leave = Some(self.push(from, span, OpKind::Goto { to: 0 }));
            self.otherwise(at);
        }
        self.push(from, span, OpKind::Goto { to: pass });
        let end = self.here();
        if let OpKind::Pass { exit, forget, .. } = &mut self.program.ops[pass].kind {
            *exit = end;
            *forget = asked.into_iter().collect();
        }
        self.land(leave.as_slice());
    }

    /// A wait named in instructions: the block of that key, wherever it stands.
    fn wait_by_key(&mut self, from: Origin<'_>, span: Option<Span>, wanted: &str, own: Option<Period>) {
        let tasks = std::iter::once(&self.revision.task).chain(self.revision.parts.values());
        let found = tasks.flat_map(Task::all_blocks).find_map(|block| match &block.kind {
            BlockKind::WaitForWebhook { key, fields, limit, .. } if key == wanted => {
                Some((block.id.clone(), block.name.clone(), fields.clone(), *limit))
            }
            _ => None,
        });
        let kind = match found {
            Some((block, name, fields, limit)) => OpKind::Wait {
                key: wanted.to_owned(),
                name,
                block,
                fields,
                limit: own.unwrap_or(limit),
                expired: None,
            },
            None => OpKind::Unclear {
                text: format!("Wait for {wanted}"),
            },
        };
        self.push(from, span, kind);
    }

    fn branch(&mut self, from: Origin<'_>, span: Option<Span>, condition: &Condition) -> usize {
        let words = describe(condition, &self.revision.catalogue);
        self.push(
            from,
            span,
            OpKind::Branch {
                condition: condition.clone(),
                words,
                otherwise: 0,
            },
        )
    }

    fn otherwise(&mut self, branch: usize) {
        let here = self.here();
        if let OpKind::Branch { otherwise, .. } = &mut self.program.ops[branch].kind {
            *otherwise = here;
        }
    }

    /// Lets the open ends go on from here.
    fn land(&mut self, exits: &[usize]) {
        let here = self.here();
        for exit in exits {
            if let OpKind::Goto { to } = &mut self.program.ops[*exit].kind {
                *to = here;
            }
        }
    }
}

/// The listeners in these blocks and those inside, in reading order; what is switched off listens to nothing.
fn listening<'r>(
    blocks: &'r [Block],
    revision: &'r Revision,
    found: &mut Vec<(&'r BlockId, &'r Reading, &'r Listener)>,
) {
    for block in blocks.iter().filter(|block| !block.off) {
        if let Some(reading) = revision.readings.get(&block.id) {
            found.extend(reading.listeners.iter().map(|listener| (&block.id, reading, listener)));
        }
        for inner in block.kind.children() {
            listening(inner, revision, found);
        }
    }
}

fn unless_empty(words: &Template) -> Option<Template> {
    (!words.0.trim().is_empty()).then(|| words.clone())
}

/// The kind and the plain words the log shows for an operation.
fn said_of(from: Origin<'_>, span: Option<Span>, kind: &OpKind) -> (&'static str, String) {
    let silent = matches!(
        kind,
        OpKind::EnterBlock { .. }
            | OpKind::Goto { .. }
            | OpKind::Branch { .. }
            | OpKind::Pass { .. }
            | OpKind::Jump { .. }
            | OpKind::End
            | OpKind::Interrupt
            | OpKind::Return { .. }
    );
    if silent {
        return ("", String::new());
    }
    let sentence = from.reading.zip(span).and_then(|(reading, span)| {
        let exact = reading.sentences.iter().find(|sentence| sentence.span == span);
        exact.or_else(|| {
            let around = reading.sentences.iter().filter(|sentence| sentence.span.covers(span));
            around.min_by_key(|sentence| sentence.span.end - sentence.span.start)
        })
    });
    match sentence {
        Some(sentence) => (sentence.meaning.kind(), sentence.words.clone()),
        None => ("", String::new()),
    }
}
