//! The catalogue of a fixture as the program's own types.

use taskwright_domain::{
    Accepts, Action, ActionId, ActionInput, Attribute, AttributeId, AttributeType, BlockId, Calculation, Catalogue,
    Field, HowToAsk, InputFrom, OnFailure, Scope, Settings, Team, TeamId, Template, WebhookName, key_for, key_in_words,
};

/// `` `key` (what is said of it) ``, as the tables list them.
struct Listed {
    key: String,
    said: Option<String>,
}

fn listed(text: &str) -> Vec<Listed> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('`') {
        let Some((key, after)) = after.split_once('`') else {
            break;
        };
        let said = after.strip_prefix(" (").and_then(|inner| inner.split_once(')'));
        found.push(Listed {
            key: key.to_owned(),
            said: said.map(|(said, _)| said.to_owned()),
        });
        rest = said.map_or(after, |(_, after)| after);
    }
    found
}

fn fields_of(said: &str) -> Vec<Field> {
    let one = |part: &str| {
        let (key, kind) = part.trim().split_once(' ').unwrap_or((part.trim(), "text"));
        field(key, type_of(&kind.replacen("choice ", "choice: ", 1).replace('/', ",")))
    };
    said.split(',').map(one).collect()
}

fn options_of(said: &str) -> AttributeType {
    AttributeType::Choice {
        options: said.split(',').map(|option| option.trim().to_owned()).collect(),
    }
}

/// A type as the tables write it, e.g. `choice: a, b` or `list of name text, price amount`.
fn type_of(said: &str) -> AttributeType {
    let said = said.split(';').next().unwrap_or_default().trim();
    if let Some(options) = said.strip_prefix("choice: ") {
        return options_of(options);
    }
    if let Some(options) = said.strip_prefix("list of choice: ") {
        return AttributeType::List {
            fields: vec![field("", options_of(options))],
        };
    }
    if let Some(fields) = said.strip_prefix("list of ") {
        return AttributeType::List {
            fields: fields_of(fields),
        };
    }
    if let Some(fields) = said.strip_prefix("one with ") {
        return AttributeType::Object {
            fields: fields_of(fields),
        };
    }
    match said.split(',').next().unwrap_or_default() {
        "text" => AttributeType::Text,
        "integer" => AttributeType::Integer,
        "amount" => AttributeType::Amount,
        "boolean" => AttributeType::Boolean,
        "date" => AttributeType::Date,
        "datetime" => AttributeType::DateTime,
        "email" => AttributeType::Email,
        "phone" => AttributeType::Phone,
        "person_name" => AttributeType::PersonName,
        "identifier" => AttributeType::Identifier { pattern: None },
        "address" => AttributeType::Address,
        "image" => AttributeType::Image,
        "file" => AttributeType::File,
        other => panic!("no type is called {other:?}"),
    }
}

fn field(key: &str, kind: AttributeType) -> Field {
    Field {
        key: key.to_owned(),
        name: String::new(),
        kind,
        path: String::new(),
        redacted: false,
        optional: false,
    }
}

fn flagged(said: Option<&str>, flag: &str) -> bool {
    said.is_some_and(|said| said.split([',', ';']).any(|part| part.trim() == flag))
}

/// `sum of price over items_to_refund`.
fn calculation(said: &str) -> Option<Calculation> {
    let (_, sum) = said.split_once("sum of ")?;
    let (field, of) = sum.split_once(" over ")?;
    Some(Calculation::Sum {
        of: of.to_owned(),
        field: field.to_owned(),
    })
}

fn attribute(listed: &Listed) -> Attribute {
    let said = listed.said.as_deref();
    Attribute {
        id: AttributeId::new(&listed.key),
        key: listed.key.clone(),
        name: key_in_words(&listed.key),
        description: said
            .and_then(|said| said.split_once(';'))
            .map_or_else(String::new, |(_, what)| what.trim().to_owned()),
        kind: type_of(said.unwrap_or("text")),
        scope: if flagged(said, "known") {
            Scope::Customer
        } else {
            Scope::Temporary
        },
        sensitive: false,
        how_to_ask: HowToAsk::default(),
        customer_may_fill: !flagged(said, "known"),
        picked_from: None,
        worked_out: said.and_then(calculation),
    }
}

fn input(listed: &Listed, attributes: &[Attribute]) -> ActionInput {
    let said = listed.said.as_deref();
    let key = listed.key.rsplit('.').next().unwrap_or_default().to_owned();
    let known = attributes.iter().find(|attribute| attribute.key == listed.key);
    let kind = match (known, said) {
        (Some(attribute), _) => attribute.kind.clone(),
        (None, Some(said)) => type_of(said),
        (None, None) => panic!("nothing says what {} holds", listed.key),
    };
    let from = if flagged(said, "fixed") {
        InputFrom::Fixed {
            value: Template::new(format!("the {key}")),
        }
    } else if listed.key.contains('.') {
        InputFrom::Reference {
            reference: listed.key.clone(),
        }
    } else {
        InputFrom::SameName
    };
    ActionInput {
        key,
        name: String::new(),
        kind,
        description: String::new(),
        optional: flagged(said, "optional"),
        from,
        accepts: Accepts::default(),
        default: None,
        allowed: Vec::new(),
    }
}

fn output(listed: &Listed) -> Field {
    let key = listed.key.split_once('.').map_or(listed.key.as_str(), |(_, key)| key);
    let said = listed.said.as_deref();
    Field {
        optional: flagged(said, "optional"),
        ..field(key, type_of(said.unwrap_or("text")))
    }
}

fn action(row: &str, attributes: &[Attribute]) -> Option<Action> {
    let mut cells = row.strip_prefix('|')?.split('|').map(str::trim);
    let named = cells.next()?;
    let name = named.trim_end_matches(" (changes data)");
    if name == "action" || name.starts_with("---") {
        return None;
    }
    let description = cells.next()?.to_owned();
    let needs = listed(cells.next()?);
    let gives = listed(cells.next()?);
    let result = gives.first()?.key.split('.').next()?.to_owned();
    Some(Action {
        id: ActionId::new(key_for(name)),
        key: key_for(name),
        name: name.to_owned(),
        description,
        result_name: result,
        inputs: needs.iter().map(|listed| input(listed, attributes)).collect(),
        outputs: gives.iter().map(output).collect(),
        changes_data: named != name,
        needs_confirmation: false,
        receiver_honours_key: false,
        answers_on_its_own: false,
        examples: Vec::new(),
        reply: Template::default(),
        condition: None,
        request: None,
        stubs: Vec::new(),
        on_failure: OnFailure::default(),
    })
}

fn team(name: &str) -> Team {
    Team {
        id: TeamId::new(key_for(name)),
        name: name.to_owned(),
        description: String::new(),
        opening_hours: None,
        words_open: String::new(),
        words_closed: String::new(),
    }
}

fn wait(said: &str) -> Option<WebhookName> {
    let (name, gives) = said.strip_prefix('*')?.split_once("* gives ")?;
    let gives = listed(gives);
    Some(WebhookName {
        block: BlockId::new(key_for(name)),
        key: gives.first()?.key.split('.').next()?.to_owned(),
        name: name.to_owned(),
        fields: gives.iter().map(output).collect(),
    })
}

/// The catalogue that `## Catalogue` of a fixture describes.
pub(crate) fn catalogue(section: &str) -> Catalogue {
    let said = |what: &str| {
        let start = format!("- {what}: ");
        section.lines().find_map(|line| line.strip_prefix(&start))
    };
    let attributes: Vec<_> = said("Attributes").map(listed).unwrap_or_default();
    let attributes: Vec<_> = attributes.iter().map(attribute).collect();
    Catalogue {
        actions: section.lines().filter_map(|row| action(row, &attributes)).collect(),
        teams: said("Teams")
            .map(|teams| teams.split(", ").map(team).collect())
            .unwrap_or_default(),
        webhooks: said("Waits").and_then(wait).into_iter().collect(),
        settings: Settings {
            currency: said("Currency").unwrap_or("EUR").to_owned(),
            ..Settings::default()
        },
        tasks: Vec::new(),
        attributes,
    }
}
