//! The one list of commands: it makes the router and the TypeScript map. A new command is one line here.

use serde_json::Value;
use ts_rs::{Config, TS};

use crate::app::App;
use crate::error::CommandError;
use crate::follow::{SubscribeRequest, WorkspaceMessage};
use crate::{
    actions, bundles, channel, clock, conditions, connections, environments, explain, importing, inbox, instructions,
    knowledge, log, plan, preview, publishing, renaming, replay, reports, secrets, settings, sweep, tasks, teams,
    triggers, trying, webhooks, wishes, workflows,
};

/// Arguments of a command that takes none.
#[derive(Debug, Clone, Copy, serde::Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What came of a command that gives nothing back.
pub type Done = ();

macro_rules! commands {
    ($($name:ident ( $args:ty ) -> $result:ty = $function:path;)*) => {
        /// Does one command.
        pub(crate) async fn dispatch(app: &App, origin: &str, name: &str, args: Value) -> Result<Value, CommandError> {
            match name {
                $(stringify!($name) => {
                    let args: $args = arguments(name, args)?;
                    let result: $result = $function(app, origin, args).await?;
                    answer(result)
                })*
                _ => Err(CommandError::bad_request(format!("There is no command \"{name}\"."))),
            }
        }

        /// Writes the TypeScript of every type that crosses, and the map of commands, into the folder of `config`.
        ///
        /// # Errors
        /// When a file cannot be written.
        pub fn export_types(config: &Config) -> Result<(), ts_rs::ExportError> {
            let mut map = String::new();
            let mut names = std::collections::BTreeSet::new();
            $(
                <$args as TS>::export_all(config)?;
                <$result as Exported>::export(config)?;
                map.push_str(&format!(
                    "  {}: {{ args: {}; result: {} }};\n",
                    stringify!($name),
                    <$args as TS>::name(config),
                    <$result as TS>::name(config),
                ));
                imports::<$args>(config, &mut names);
                imports::<$result>(config, &mut names);
            )*
            <CommandError as TS>::export_all(config)?;
            <SubscribeRequest as TS>::export_all(config)?;
            <WorkspaceMessage as TS>::export_all(config)?;
            write_map(config, &names, &map)?;
            write_index(config)
        }
    };
}

commands! {
    read_workspace(Nothing) -> settings::WorkspaceView = settings::read_workspace;
    read_settings(Nothing) -> taskwright_domain::Settings = settings::read_settings;
    save_settings(settings::SaveSettings) -> Done = settings::save_settings;
    backup_workspace(Nothing) -> bundles::NamedFile = settings::backup_workspace;
    encoder_state(Nothing) -> crate::meaning::EncoderState = triggers::read_encoder_state;
    read_webhook_server(Nothing) -> webhooks::WebhookServerView = webhooks::read_webhook_server;
    save_webhook_server(webhooks::SaveWebhookServer) -> Done = webhooks::save_webhook_server;
    list_waits(Nothing) -> Vec<taskwright_domain::ConversationId> = settings::list_waits;

    read_channel(Nothing) -> channel::ChannelView = channel::read_channel;
    save_channel(channel::SaveChannel) -> Done = channel::save_channel;
    make_channel_key(Nothing) -> channel::MadeChannelKey = channel::make_channel_key;
    save_channel_token(channel::SaveChannelToken) -> Done = channel::save_channel_token;
    read_signing_secret(Nothing) -> channel::SigningSecret = channel::read_signing_secret;
    rotate_signing_secret(Nothing) -> channel::SigningSecret = channel::rotate_signing_secret;
    resume_channel(Nothing) -> Done = channel::resume_channel;
    read_traffic(channel::ReadTraffic) -> Vec<channel::TrafficEntry> = channel::read_traffic;
    read_queue(Nothing) -> Vec<channel::QueueRow> = channel::read_queue;
    resend_event(channel::ResendEvent) -> Done = channel::resend_event;
    send_test_event(Nothing) -> channel::TestEventResult = channel::send_test_event;

    list_tasks(Nothing) -> Vec<tasks::TaskRow> = tasks::list_tasks;
    create_task(tasks::NewTask) -> tasks::MadeTask = tasks::create_task;
    duplicate_task(tasks::OneTask) -> tasks::MadeTask = tasks::duplicate_task;
    delete_task(tasks::OneTask) -> Done = tasks::delete_task;
    restore_task(tasks::OneTask) -> Done = tasks::restore_task;
    read_task(tasks::OneTask) -> tasks::TaskView = tasks::read_task;
    read_instructions(instructions::ReadInstructions) -> taskwright_domain::Reading = instructions::read_instructions;
    read_plan(plan::ReadPlan) -> plan::Plan = plan::read_plan;
    describe_condition(conditions::DescribeCondition) -> String = conditions::describe_condition;
    read_condition(conditions::ReadCondition) -> conditions::ConditionRead = conditions::read_condition;
    rewrite_condition(conditions::RewriteCondition) -> conditions::Rewriting = conditions::rewrite_condition;
    explain_task(tasks::OneTask) -> explain::ExplainedTask = explain::explain_task;
    save_task_page(explain::SaveTaskPage) -> bundles::NamedFile = explain::save_task_page;
    save_edit(tasks::SaveEdit) -> tasks::SavedEdit = tasks::save_edit;
    try_messages(triggers::TryMessages) -> triggers::TriedMessages = triggers::try_messages;
    study_triggers(triggers::StudyTriggers) -> triggers::TriggerStudy = triggers::study_triggers;
    undo(tasks::OneDocument) -> Done = tasks::undo;
    redo(tasks::OneDocument) -> Done = tasks::redo;

    list_workflows(Nothing) -> Vec<workflows::WorkflowRow> = workflows::list_workflows;

    publish_task(tasks::OneTask) -> Done = publishing::publish_task;
    pause_task(tasks::OneTask) -> Done = publishing::pause_task;
    resume_task(tasks::OneTask) -> Done = publishing::resume_task;
    list_revisions(tasks::OneTask) -> Vec<publishing::RevisionRow> = publishing::list_revisions;
    restore_revision(publishing::RestoreRevision) -> Done = publishing::restore_revision;

    list_actions(Nothing) -> Vec<actions::ActionRow> = actions::list_actions;
    read_action(actions::OneAction) -> actions::ActionView = actions::read_action;
    create_action(actions::NewAction) -> actions::MadeAction = actions::create_action;
    delete_action(actions::OneAction) -> Done = actions::delete_action;
    rename_answer(renaming::RenameAnswer) -> Done = renaming::rename_answer;
    restore_action(actions::OneAction) -> Done = actions::restore_action;
    read_api(importing::OneDocumentFile) -> importing::ApiOutline = importing::read_api;
    preview_import(importing::PreviewImport) -> Vec<importing::DraftAction> = importing::preview_import;
    import_actions(importing::ImportActions) -> importing::ImportedActions = importing::import_actions;
    show_request(trying::TryAction) -> trying::ShownRequest = trying::show_request;
    try_action(trying::TryAction) -> trying::TriedAction = trying::try_action;
    list_connections(Nothing) -> Vec<connections::ConnectionRow> = connections::list_connections;
    save_connections(connections::SaveConnections) -> Done = connections::save_connections;
    list_secrets(Nothing) -> secrets::SecretsView = secrets::list_secrets;
    save_secret(secrets::SaveSecret) -> Done = secrets::save_secret;
    remove_secret(secrets::OneSecret) -> Done = secrets::remove_secret;
    restore_secret(secrets::SaveSecret) -> Done = secrets::restore_secret;
    unlock_secrets(secrets::UnlockSecrets) -> Done = secrets::unlock_secrets;
    try_keychain_again(Nothing) -> Done = secrets::try_keychain_again;
    list_environments(Nothing) -> Vec<environments::EnvironmentSettings> = environments::list_environments;
    save_environment(environments::EnvironmentSettings) -> Done = environments::save_environment;

    list_articles(Nothing) -> knowledge::ArticleList = knowledge::list_articles;
    read_article(knowledge::OneArticle) -> knowledge::ArticleView = knowledge::read_article;
    create_article(knowledge::NewArticle) -> knowledge::MadeArticle = knowledge::create_article;
    delete_article(knowledge::OneArticle) -> Done = knowledge::delete_article;
    restore_article(knowledge::OneArticle) -> Done = knowledge::restore_article;
    import_articles(knowledge::ImportArticles) -> knowledge::ImportedArticles = knowledge::import_articles;
    ask_knowledge(knowledge::AskKnowledge) -> knowledge::KnowledgeTrial = knowledge::ask_knowledge;

    list_teams(Nothing) -> Vec<taskwright_domain::Team> = teams::list_teams;
    create_team(teams::NewTeam) -> teams::MadeTeam = teams::create_team;
    save_team(teams::SaveTeam) -> Done = teams::save_team;
    delete_team(teams::OneTeam) -> Done = teams::delete_team;
    restore_team(teams::OneTeam) -> Done = teams::restore_team;

    start_preview(preview::StartPreview) -> preview::PreviewView = preview::start_preview;
    say(preview::Say) -> Done = preview::say;
    select_option(preview::SelectOption) -> Done = preview::select_option;
    fill_field(preview::FillField) -> Done = preview::fill_field;
    attach_file(preview::AttachFile) -> Done = preview::attach_file;
    start_task_anyway(preview::StartTaskAnyway) -> Done = preview::start_task_anyway;
    webhook_address(webhooks::OneWebhook) -> webhooks::WebhookAddress = webhooks::webhook_address;
    send_webhook(webhooks::SendWebhook) -> Vec<webhooks::SentAnswer> = webhooks::send_webhook;
    move_time(clock::MoveTime) -> clock::ClockView = clock::move_time;
    sweep_task(sweep::SweepTask) -> sweep::SweepTable = sweep::sweep_task;
    read_sweep(sweep::ReadSweep) -> Vec<taskwright_domain::LogEvent> = sweep::read_sweep;
    read_clock(log::OneConversation) -> clock::ClockView = clock::read_clock;
    rewind(preview::Rewind) -> preview::PreviewView = preview::rewind;
    set_stub(preview::SetStub) -> Done = preview::set_stub;
    set_calls(preview::SetCalls) -> Done = preview::set_calls;
    stop_preview(log::OneConversation) -> Done = preview::stop_preview;
    read_log(log::ReadLog) -> log::LogPage = log::read_log;
    read_values(log::OneConversation) -> Vec<log::ValueRow> = log::read_values;

    list_conversations(inbox::ListConversations) -> inbox::ConversationList = inbox::list_conversations;
    read_summary(log::OneConversation) -> taskwright_domain::ConversationSummary = inbox::read_summary;
    list_filter_choices(Nothing) -> taskwright_domain::FilterChoices = inbox::list_filter_choices;
    list_views(Nothing) -> Vec<inbox::ViewRow> = inbox::list_views;
    save_view(inbox::SaveView) -> taskwright_domain::SavedView = inbox::save_view;
    delete_view(inbox::OneView) -> Done = inbox::delete_view;
    restore_view(inbox::OneView) -> Done = inbox::restore_view;
    erase_customer(inbox::OneCustomer) -> inbox::Erased = inbox::erase_customer;
    read_retention(Nothing) -> taskwright_domain::Retention = inbox::read_retention;
    save_retention(inbox::SaveRetention) -> inbox::Erased = inbox::save_retention;
    replay_on_draft(log::OneConversation) -> replay::Replayed = replay::replay_on_draft;
    read_report(reports::ReadReport) -> taskwright_domain::Report = reports::read_report;
    save_report_table(reports::SaveReportTable) -> bundles::NamedFile = reports::save_report_table;
    list_wishes(wishes::ListWishes) -> wishes::WishList = wishes::list_wishes;

    export_bundle(bundles::ExportBundle) -> bundles::ExportedBundle = bundles::export_bundle;
    inspect_bundle(bundles::OneFile) -> bundles::ImportPreview = bundles::inspect_bundle;
    import_bundle(bundles::ImportBundle) -> bundles::Imported = bundles::import_bundle;
    undo_import(bundles::UndoImport) -> Done = bundles::undo_import;
}

fn arguments<T: serde::de::DeserializeOwned>(name: &str, args: Value) -> Result<T, CommandError> {
    serde_json::from_value(args)
        .map_err(|error| CommandError::bad_request(format!("\"{name}\" does not take these arguments: {error}.")))
}

fn answer(result: impl serde::Serialize) -> Result<Value, CommandError> {
    serde_json::to_value(result)
        .map_err(|error| CommandError::new(crate::error::ErrorCode::Internal, error.to_string()))
}

/// Types with a file of their own, and those without (lists, nothing).
trait Exported {
    fn export(config: &Config) -> Result<(), ts_rs::ExportError>;
}

impl<T: TS + 'static> Exported for T {
    fn export(config: &Config) -> Result<(), ts_rs::ExportError> {
        if T::output_path().is_some() {
            return T::export_all(config);
        }
        struct Each<'a>(&'a Config, Result<(), ts_rs::ExportError>);
        impl ts_rs::TypeVisitor for Each<'_> {
            fn visit<T: TS + 'static + ?Sized>(&mut self) {
                if self.1.is_ok() && T::output_path().is_some() {
                    self.1 = T::export_all(self.0);
                }
            }
        }
        let mut each = Each(config, Ok(()));
        T::visit_dependencies(&mut each);
        T::visit_generics(&mut each);
        each.1
    }
}

/// The names of the exported types that a command's arguments or result are spelled with.
fn imports<T: TS + 'static>(config: &Config, names: &mut std::collections::BTreeSet<String>) {
    struct Each<'a>(&'a Config, &'a mut std::collections::BTreeSet<String>);
    impl ts_rs::TypeVisitor for Each<'_> {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_some() {
                self.1.insert(T::ident(self.0));
            }
        }
    }
    if T::output_path().is_some() {
        names.insert(T::ident(config));
    } else {
        T::visit_generics(&mut Each(config, names));
    }
}

fn write_map(config: &Config, names: &std::collections::BTreeSet<String>, map: &str) -> Result<(), ts_rs::ExportError> {
    use std::fmt::Write as _;
    let mut text = String::from("// Written by `npm run types`; do not edit.\n");
    for name in names {
        let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
    }
    let _ = write!(text, "\nexport interface Commands {{\n{map}}}\n");
    std::fs::write(config.out_dir().join("commands.ts"), text).map_err(ts_rs::ExportError::Io)
}

/// One file that hands on all types.
fn write_index(config: &Config) -> Result<(), ts_rs::ExportError> {
    let mut names: Vec<String> = std::fs::read_dir(config.out_dir())
        .map_err(ts_rs::ExportError::Io)?
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .into_string()
                .ok()?
                .strip_suffix(".ts")
                .map(str::to_owned)
        })
        .filter(|name| name != "index")
        .collect();
    names.sort();
    let lines = names.iter().map(|name| format!("export type * from \"./{name}\";\n"));
    let text = format!(
        "// Written by `npm run types`; do not edit.\n{}",
        lines.collect::<String>()
    );
    std::fs::write(config.out_dir().join("index.ts"), text).map_err(ts_rs::ExportError::Io)
}
