//! What the page says, section by section.

use std::collections::BTreeSet;

use taskwright_domain::{
    Action, ActionId, Attribute, AttributeType, BlockKind, Catalogue, LinkTarget, Problem, Severity, Step, StepKind,
    Task, TeamId,
};
use taskwright_language::read::describe;

use super::{PageItem, PageSection};
use crate::check::Checked;
use crate::plan::{Plan, PlanKind, PlanNode, PlanWay, PlanWhen, capital, listed};

/// What a page is made from.
pub(super) struct Sections<'a> {
    pub(super) task: &'a Task,
    pub(super) checked: &'a Checked,
    pub(super) catalogue: &'a Catalogue,
    pub(super) plan: &'a Plan,
}

fn said(words: impl Into<String>) -> PageItem {
    PageItem {
        words: words.into(),
        ..PageItem::default()
    }
}

fn about(lead: impl Into<String>, words: impl Into<String>) -> PageItem {
    PageItem {
        lead: lead.into(),
        words: words.into(),
        ..PageItem::default()
    }
}

fn section(heading: &str, items: Vec<PageItem>) -> PageSection {
    PageSection {
        heading: heading.to_owned(),
        paragraphs: Vec::new(),
        numbered: false,
        items,
    }
}

impl Sections<'_> {
    /// Sections that have nothing to say are left out, but for those a colleague would miss.
    pub(super) fn all(&self) -> Vec<PageSection> {
        let mut sections = vec![self.start(), self.needs(), self.happens()];
        sections.push(self.listeners());
        sections.push(self.rules());
        sections.push(self.actions());
        sections.push(self.teams());
        sections.push(self.problems());
        sections.retain(|section| !section.items.is_empty() || !section.paragraphs.is_empty());
        sections
    }

    fn start(&self) -> PageSection {
        let task = self.task;
        let mut found = section("When it starts", Vec::new());
        let lines = task.description.lines().map(str::trim).filter(|line| !line.is_empty());
        found.paragraphs.extend(lines.map(str::to_owned));
        if task.only_used_by_other_tasks {
            found
                .paragraphs
                .push("Only other tasks run it; no message starts it.".to_owned());
        }
        let messages = |lead: &str, words: &str, messages: &[String]| {
            let quotes = messages
                .iter()
                .map(|message| said(format!("\u{201c}{}\u{201d}", message.trim())));
            (!messages.is_empty()).then(|| PageItem {
                items: quotes.collect(),
                ..about(lead, words)
            })
        };
        found
            .items
            .extend(messages("Starts with", "messages like these:", &task.examples));
        found
            .items
            .extend(messages("Does not start with", "these:", &task.counter_examples));
        let audience = match &task.audience {
            Some(audience) => format!("only where {}.", describe(audience, self.catalogue)),
            None => "every customer.".to_owned(),
        };
        found.items.push(about("Who it is for:", audience));
        if found.paragraphs.is_empty() {
            found.paragraphs.push("There is no description yet.".to_owned());
        }
        found
    }

    fn needs(&self) -> PageSection {
        let used = self.references();
        let attributes = self.catalogue.attributes.iter();
        let items = attributes
            .filter(|attribute| used.contains(attribute.key.as_str()))
            .map(needed);
        section("What it needs to know", items.collect())
    }

    /// The keys of the values that the task names.
    fn references(&self) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = self
            .task
            .attributes
            .iter()
            .map(|attribute| attribute.key.clone())
            .collect();
        for reading in self.checked.readings.values() {
            for link in reading.sentences.iter().flat_map(|sentence| &sentence.links) {
                if let LinkTarget::Reference { reference } = &link.target {
                    found.insert(owner(reference));
                }
            }
        }
        for block in self.task.all_blocks() {
            match &block.kind {
                BlockKind::CollectAttribute { attributes } => found.extend(attributes.iter().cloned()),
                BlockKind::SetAttribute { attribute, .. } => drop(found.insert(attribute.clone())),
                BlockKind::Branch { arms, .. } => {
                    let conditions = arms.iter().filter_map(|arm| arm.condition.as_ref());
                    found.extend(conditions.flat_map(|condition| condition.references()).map(owner));
                }
                _ => {}
            }
        }
        found
    }

    fn happens(&self) -> PageSection {
        let mut found = section("What happens", nodes(&self.plan.nodes));
        found.numbered = true;
        if found.items.is_empty() {
            found.paragraphs.push("Nothing yet: the task has no blocks.".to_owned());
        }
        found
    }

    fn listeners(&self) -> PageSection {
        let listened = |node: &PlanNode| {
            let lead = node.words.strip_prefix("At any time, ").unwrap_or(&node.words);
            let mut note = if node.off {
                "switched off".to_owned()
            } else {
                String::new()
            };
            if !node.ends && !node.off {
                note.push_str("then it goes on where it was");
            }
            let missing = node.missing.iter().map(|missing| PageItem {
                warning: true,
                ..said(missing)
            });
            let steps = node.ways.iter().flat_map(way);
            PageItem {
                note,
                items: missing.chain(steps).collect(),
                ..about(format!("{}:", capital(lead)), "")
            }
        };
        let mut found = section("At any time", self.plan.listeners.iter().map(listened).collect());
        if !found.items.is_empty() {
            let words = "Every message of the customer is listened to for these words, whatever was asked. Heard in a \
                         message, they come before its answer.";
            found.paragraphs.push(words.to_owned());
        }
        found
    }

    fn rules(&self) -> PageSection {
        let items = self.plan.rules.iter().map(|rule| said(format!("{}.", rule.words)));
        let mut found = section("Rules that always hold", items.collect());
        if !found.items.is_empty() {
            let words = "They guard the action wherever it is called from. Where one cannot be checked, the action does \
                         not run.";
            found.paragraphs.push(words.to_owned());
        }
        found
    }

    fn actions(&self) -> PageSection {
        let used = self.used_actions();
        let actions = self.catalogue.actions.iter().filter(|action| used.contains(&action.id));
        section("Actions it uses", actions.map(|action| self.action(action)).collect())
    }

    fn used_actions(&self) -> BTreeSet<ActionId> {
        let mut found = BTreeSet::new();
        for reading in self.checked.readings.values() {
            for link in reading.sentences.iter().flat_map(|sentence| &sentence.links) {
                if let LinkTarget::Action { action } = &link.target {
                    found.insert(action.clone());
                }
            }
        }
        for block in self.task.all_blocks() {
            if let BlockKind::RunAction {
                action: Some(action), ..
            } = &block.kind
            {
                found.insert(action.clone());
            }
        }
        found
    }

    fn action(&self, action: &Action) -> PageItem {
        let name = if action.name.trim().is_empty() {
            "Untitled action"
        } else {
            &action.name
        };
        let mut notes = vec![if action.changes_data {
            "changes data"
        } else {
            "only looks something up"
        }];
        if action.needs_confirmation {
            notes.push("the customer must say yes first");
        }
        if action.request.is_none() {
            notes.push("not connected yet");
        }
        let mut items = Vec::new();
        let inputs: Vec<_> = action
            .inputs
            .iter()
            .map(taskwright_domain::ActionInput::label)
            .collect();
        if !inputs.is_empty() {
            items.push(about("Needs", listed(&inputs, "and")));
        }
        let outputs: Vec<_> = action.outputs.iter().map(taskwright_domain::Field::label).collect();
        if !outputs.is_empty() {
            items.push(about("Gives", listed(&outputs, "and")));
        }
        let team = action
            .on_failure
            .team
            .as_ref()
            .or(self.catalogue.settings.default_team.as_ref());
        let team = team
            .and_then(|id| self.catalogue.team(id))
            .map_or("a person", |team| team.name.as_str());
        items.push(about("If it fails,", format!("{team} takes over")));
        PageItem {
            note: notes.join("; "),
            items,
            ..about(name, action.description.trim())
        }
    }

    fn teams(&self) -> PageSection {
        let mut used = BTreeSet::new();
        for block in self.task.all_blocks() {
            if let BlockKind::HandOff { team, .. } = &block.kind {
                used.extend(team.clone().or_else(|| self.catalogue.settings.default_team.clone()));
            }
            if let Some(reading) = self.checked.readings.get(&block.id) {
                self.teams_of(&reading.plan, &mut used);
                for listener in &reading.listeners {
                    self.teams_of(&listener.steps, &mut used);
                }
            }
        }
        let teams = self.catalogue.teams.iter().filter(|team| used.contains(&team.id));
        let items = teams.map(|team| about(&team.name, team.description.trim()));
        section("Teams it hands off to", items.collect())
    }

    fn teams_of(&self, steps: &[Step], used: &mut BTreeSet<TeamId>) {
        for step in steps {
            match &step.kind {
                StepKind::HandOff { team, .. } => {
                    used.extend(team.clone().or_else(|| self.catalogue.settings.default_team.clone()));
                }
                StepKind::Check { arms, otherwise } => {
                    arms.iter().for_each(|arm| self.teams_of(&arm.steps, used));
                    self.teams_of(otherwise, used);
                }
                StepKind::Confirm { declined, .. } => self.teams_of(declined, used),
                StepKind::Repeat { steps, .. } => self.teams_of(steps, used),
                _ => {}
            }
        }
    }

    fn problems(&self) -> PageSection {
        let items = self.checked.problems.iter().map(|problem| self.problem(problem));
        let mut found = section("Problems", items.collect());
        if found.items.is_empty() {
            found
                .paragraphs
                .push("None: nothing stands in the way of publishing it.".to_owned());
        }
        found
    }

    fn problem(&self, problem: &Problem) -> PageItem {
        let blocks = self.task.all_blocks();
        let named = blocks
            .iter()
            .enumerate()
            .find(|(_, block)| problem.place.block.as_ref() == Some(&block.id));
        let lead = named.map_or(String::new(), |(at, block)| {
            let name = block.name.trim();
            if name.is_empty() {
                format!("Block {}:", at + 1)
            } else {
                format!("{name}:")
            }
        });
        let stops = problem.severity == Severity::Blocks;
        PageItem {
            note: if stops { "stops publishing" } else { "could be better" }.to_owned(),
            warning: stops,
            ..about(lead, problem.message.replace('*', ""))
        }
    }
}

fn owner(reference: impl AsRef<str>) -> String {
    let reference = reference.as_ref();
    reference.split('.').next().unwrap_or(reference).to_owned()
}

fn needed(attribute: &Attribute) -> PageItem {
    let mut notes = Vec::new();
    if !attribute.customer_may_fill {
        notes.push("only a system fills it");
    }
    if attribute.sensitive {
        notes.push("sensitive: masked everywhere");
    }
    let words = match attribute.description.trim() {
        "" => type_words(&attribute.kind),
        description => format!("{}. {description}", type_words(&attribute.kind)),
    };
    PageItem {
        note: notes.join("; "),
        ..about(format!("{}:", attribute.name), words)
    }
}

fn type_words(kind: &AttributeType) -> String {
    match kind {
        AttributeType::Text => "text".into(),
        AttributeType::Integer => "a whole number".into(),
        AttributeType::Decimal => "a number".into(),
        AttributeType::Amount => "an amount of money".into(),
        AttributeType::Boolean => "yes or no".into(),
        AttributeType::Date => "a date".into(),
        AttributeType::Time => "a time of day".into(),
        AttributeType::DateTime => "a date and time".into(),
        AttributeType::Email => "an e-mail address".into(),
        AttributeType::Phone => "a phone number".into(),
        AttributeType::PersonName => "a person\u{2019}s name".into(),
        AttributeType::Identifier { .. } => "a number or code".into(),
        AttributeType::Choice { options } => format!("one of {}", listed(options, "or")),
        AttributeType::Address => "a postal address".into(),
        AttributeType::Place => "a place".into(),
        AttributeType::Image => "a picture".into(),
        AttributeType::File => "a file".into(),
        AttributeType::Object { .. } => "a group of fields".into(),
        AttributeType::List { .. } => "a list".into(),
    }
}

/// Nodes as lines; what leads nowhere special stands on one line, what branches has its ways below.
fn nodes(nodes: &[PlanNode]) -> Vec<PageItem> {
    nodes.iter().flat_map(node).collect()
}

fn node(node: &PlanNode) -> Vec<PageItem> {
    let mut notes = Vec::new();
    if node.changes_data {
        notes.push("changes data");
    }
    if node.off {
        notes.push("switched off");
    }
    let whole = node.kind == PlanKind::Instructions;
    let mut items: Vec<_> = node.guards.iter().map(|guard| about("Rule:", guard)).collect();
    items.extend(node.missing.iter().map(|missing| PageItem {
        warning: true,
        ..said(missing)
    }));
    let ways: Vec<_> = node.ways.iter().flat_map(way).collect();
    // The ways of a check say all there is to say.
    if node.kind == PlanKind::Check && node.name.is_empty() && items.is_empty() && notes.is_empty() {
        return ways;
    }
    items.extend(ways);
    let words = if whole && !node.name.is_empty() {
        String::new()
    } else {
        node.words.clone()
    };
    vec![PageItem {
        lead: node.name.clone(),
        words,
        note: notes.join("; "),
        warning: node.kind == PlanKind::Unclear,
        items,
    }]
}

fn way(way: &PlanWay) -> Vec<PageItem> {
    let steps = nodes(&way.steps);
    match way.when {
        PlanWhen::Always | PlanWhen::Repeat => steps,
        // Going on is what everyone expects of an otherwise that says nothing.
        PlanWhen::Otherwise | PlanWhen::Answer | PlanWhen::Condition if steps.is_empty() => match way.when {
            PlanWhen::Condition => vec![about(format!("{},", way.words), "it goes on")],
            _ => Vec::new(),
        },
        _ => vec![PageItem {
            items: steps,
            ..about(format!("{}:", way.words), "")
        }],
    }
}
