//! Handing a conversation to people, with all they need to know.

use std::collections::BTreeMap;

use taskwright_domain::{
    EventKind, HandOffReason, Known, Outcome, Resolution, Source, Speaker, Team, TeamId, Template, Value,
};

use crate::machine::{Flow, Machine};
use crate::plain::one_line;
use crate::program::{Compiled, Op};
use crate::state::Run;
use crate::words;

impl Machine<'_> {
    pub(crate) fn hand_off_by_step(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        team: &Option<TeamId>,
        said: &Option<Template>,
        note: &Option<Template>,
    ) -> Flow {
        let said = match said
            .as_ref()
            .map(|said| self.render(compiled, op, index, said))
            .transpose()
        {
            Ok(said) => said,
            Err(flow) => return flow,
        };
        let note = match note
            .as_ref()
            .map(|note| self.render_for_colleagues(compiled, op, index, note))
            .transpose()
        {
            Ok(note) => note,
            Err(flow) => return flow,
        };
        self.hand_off(team.as_ref(), said, note, HandOffReason::Task);
        Flow::Over
    }

    /// Says so, leaves a note with what is known, and falls silent.
    pub(crate) fn hand_off(
        &mut self,
        team: Option<&TeamId>,
        said: Option<String>,
        note: Option<String>,
        reason: HandOffReason,
    ) {
        let compiled = self.compiled();
        let settings = self.settings();
        let wanted = team.or(settings.default_team.as_ref());
        let team = wanted.and_then(|id| {
            compiled
                .as_ref()
                .and_then(|compiled| compiled.catalogue().team(id).cloned())
        });
        let text = said
            .filter(|said| !said.trim().is_empty())
            .unwrap_or_else(|| self.words_of(team.as_ref()));
        self.say(text, None, Speaker::Assistant);
        let team_name = team
            .as_ref()
            .map_or_else(|| "Support".to_owned(), |team| team.name.clone());
        let note = self.note_for_team(&team_name, note, &reason);
        self.emit(EventKind::NoteAdded { text: note.clone() });
        let led = self.state.workflow().is_some();
        while let Some(task) = self.running_task() {
            let title = self.run().map(|run| run.title.clone()).unwrap_or_default();
            self.emit(EventKind::TaskFinished {
                task,
                title,
                outcome: Outcome::HandedOff,
            });
        }
        self.emit(EventKind::ResolutionChanged {
            state: Resolution::RoutedToTeam,
        });
        self.emit(EventKind::HandedOff {
            team: team.map(|team| team.id),
            team_name,
            reason,
            note,
        });
        if led {
            self.emit(EventKind::WorkflowFinished);
        }
    }

    fn words_of(&self, team: Option<&Team>) -> String {
        let open = self.within_opening_hours(team.and_then(|team| team.opening_hours.as_ref()));
        let own = team.map(|team| if open { &team.words_open } else { &team.words_closed });
        match own {
            Some(own) if !own.trim().is_empty() => own.clone(),
            _ if open => words::HAND_OFF.to_owned(),
            _ => words::HAND_OFF_CLOSED.to_owned(),
        }
    }

    /// Team, reason, task and the values so far, each on a line of its own; sensitive ones masked.
    fn note_for_team(&self, team: &str, own: Option<String>, reason: &HandOffReason) -> String {
        let mut lines = Vec::new();
        lines.extend(own.filter(|own| !own.trim().is_empty()));
        lines.push(format!("For {team}: {}", reason_in_words(reason)));
        if let Some(run) = self.run().filter(|run| run.workflow.is_none()) {
            lines.push(format!("Task: {}", run.title));
        }
        // What the workflow asked for before, and what is kept for the conversation, comes first.
        let below = self.state.workflow().filter(|_| self.state.runs.len() > 1);
        let kept = self.known_lines(&self.state.values, self.run());
        let collected = below.map(|run| self.known_lines(&run.values, Some(run)));
        let own = self.run().map(|run| self.known_lines(&run.values, Some(run)));
        lines.extend([Some(kept), collected, own].into_iter().flatten().flatten());
        lines.extend(self.also_asked());
        lines.join("\n")
    }

    fn known_lines(&self, values: &BTreeMap<String, Known>, run: Option<&Run>) -> Vec<String> {
        let compiled = run.and_then(|run| self.library(&run.revision));
        let known = values.iter().filter(|(_, known)| known.source != Source::Computed);
        known
            .flat_map(|(key, known)| {
                let label = compiled
                    .as_ref()
                    .map_or_else(|| key.clone(), |compiled| self.label(compiled, key));
                self.value_lines(&label, &known.value)
            })
            .collect()
    }

    fn value_lines(&self, label: &str, value: &Value) -> Vec<String> {
        match value {
            Value::Object(fields) => fields
                .iter()
                .filter(|(_, value)| !matches!(value, Value::Object(_) | Value::List(_)))
                .map(|(key, value)| {
                    format!(
                        "{label} {}: {}",
                        taskwright_domain::key_in_words(key),
                        one_line(&self.format(value))
                    )
                })
                .collect(),
            value => vec![format!("{label}: {}", one_line(&self.format(value)))],
        }
    }
}

/// The reason as a colleague reads it.
fn reason_in_words(reason: &HandOffReason) -> String {
    match reason {
        HandOffReason::Task => "as the task says".into(),
        HandOffReason::CustomerAsked => "the customer asked for a person".into(),
        HandOffReason::Blocked { rule } => format!("held back by the rule \"{rule}\""),
        HandOffReason::ActionFailed { action } => format!("{action} failed"),
        HandOffReason::ActionUnresolved { action } => {
            format!("nobody knows whether {action} went through; check before it is done again")
        }
        HandOffReason::NotUnderstood => "the customer was not understood".into(),
        HandOffReason::CouldNotFollow { sentence } => format!("could not follow \"{sentence}\""),
        HandOffReason::WaitExpired => "nothing came back in time".into(),
        HandOffReason::Fault => "something failed in the program".into(),
    }
}
