//! Teams that people are handed off to.

use serde::{Deserialize, Serialize};
use taskwright_domain::{Team, TeamId};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::app::{App, json_of, new_id};
use crate::error::CommandError;
use crate::list::{Done, Nothing};

/// A team by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneTeam {
    /// Which.
    pub team: TeamId,
}

/// What a new team starts with.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// Its name.
    pub name: String,
}

/// The team that was made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MadeTeam {
    /// Its id.
    pub id: TeamId,
}

/// A team as it shall be.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveTeam {
    /// It.
    pub team: Team,
}

pub(crate) async fn list_teams(app: &App, _origin: &str, _: Nothing) -> Result<Vec<Team>, CommandError> {
    Ok(app.snapshot().content.teams.clone())
}

pub(crate) async fn create_team(app: &App, origin: &str, args: NewTeam) -> Result<MadeTeam, CommandError> {
    let name = args.name.trim();
    let team = Team {
        id: TeamId::new(new_id()),
        name: if name.is_empty() { "New team" } else { name }.to_owned(),
        description: String::new(),
        opening_hours: None,
        words_open: String::new(),
        words_closed: String::new(),
    };
    let id = team.id.clone();
    write(app, origin, &team).await?;
    Ok(MadeTeam { id })
}

pub(crate) async fn save_team(app: &App, origin: &str, args: SaveTeam) -> Result<Done, CommandError> {
    if args.team.name.trim().is_empty() {
        return Err(CommandError::bad_request("A team needs a name.").at("/name"));
    }
    exists(app, &args.team.id)?;
    write(app, origin, &args.team).await
}

async fn write(app: &App, origin: &str, team: &Team) -> Result<(), CommandError> {
    let write = DocumentWrite {
        kind: DocumentKind::Team,
        id: team.id.to_string(),
        json: json_of(team)?,
    };
    app.put(vec![write], origin).await
}

pub(crate) async fn delete_team(app: &App, origin: &str, args: OneTeam) -> Result<Done, CommandError> {
    exists(app, &args.team)?;
    app.set_deleted(args.team.as_str(), true, origin).await
}

pub(crate) async fn restore_team(app: &App, origin: &str, args: OneTeam) -> Result<Done, CommandError> {
    app.set_deleted(args.team.as_str(), false, origin).await
}

fn exists(app: &App, id: &TeamId) -> Result<(), CommandError> {
    let known = app.snapshot().content.teams.iter().any(|team| team.id == *id);
    known.then_some(()).ok_or_else(|| CommandError::not_found("This team"))
}
