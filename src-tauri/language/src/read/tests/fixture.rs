//! A catalogue of a parcel, subscription and booking service.

use taskwright_domain::{
    Accepts, Action, ActionId, ActionInput, Attribute, AttributeId, AttributeType, BlockId, Catalogue, Field, HowToAsk,
    InputFrom, OnFailure, Scope, TaskId, TaskName, Team, TeamId, WebhookName, key_for,
};

fn kind(said: &str) -> AttributeType {
    let (name, options) = said.split_once(':').unwrap_or((said, ""));
    match name {
        "integer" => AttributeType::Integer,
        "decimal" => AttributeType::Decimal,
        "amount" => AttributeType::Amount,
        "date" => AttributeType::Date,
        "datetime" => AttributeType::DateTime,
        "email" => AttributeType::Email,
        "phone" => AttributeType::Phone,
        "person" => AttributeType::PersonName,
        "id" => AttributeType::Identifier { pattern: None },
        "yes-no" => AttributeType::Boolean,
        "choice" => AttributeType::Choice {
            options: options.split('/').map(str::to_owned).collect(),
        },
        "address" => AttributeType::Address,
        "image" => AttributeType::Image,
        "list" => AttributeType::List { fields: Vec::new() },
        _ => AttributeType::Text,
    }
}

pub(super) fn field((key, said): &(&str, &str)) -> Field {
    Field {
        key: (*key).to_owned(),
        name: String::new(),
        kind: kind(said),
        path: String::new(),
        redacted: false,
        optional: false,
    }
}

pub(super) fn action(
    name: &str,
    description: &str,
    changes_data: bool,
    result: &str,
    inputs: &[(&str, &str)],
    outputs: &[(&str, &str)],
) -> Action {
    let input = |(key, said): &(&str, &str)| ActionInput {
        key: (*key).to_owned(),
        name: String::new(),
        kind: kind(said),
        description: String::new(),
        optional: false,
        from: InputFrom::default(),
        accepts: Accepts::default(),
        default: None,
        allowed: Vec::new(),
    };
    Action {
        id: ActionId::new(key_for(name)),
        key: key_for(name),
        name: name.to_owned(),
        description: description.to_owned(),
        result_name: result.to_owned(),
        inputs: inputs.iter().map(input).collect(),
        outputs: outputs.iter().map(field).collect(),
        changes_data,
        needs_confirmation: false,
        receiver_honours_key: false,
        answers_on_its_own: false,
        examples: Vec::new(),
        reply: taskwright_domain::Template::default(),
        condition: None,
        request: None,
        stubs: Vec::new(),
        on_failure: OnFailure::default(),
    }
}

pub(super) fn attribute(name: &str, said: &str, description: &str) -> Attribute {
    Attribute {
        id: AttributeId::new(key_for(name)),
        key: key_for(name),
        name: name.to_owned(),
        description: description.to_owned(),
        kind: kind(said),
        scope: Scope::Temporary,
        sensitive: false,
        how_to_ask: HowToAsk::default(),
        customer_may_fill: true,
        picked_from: None,
        worked_out: None,
    }
}

pub(super) fn team(name: &str) -> Team {
    Team {
        id: TeamId::new(key_for(name)),
        name: name.to_owned(),
        description: String::new(),
        opening_hours: None,
        words_open: String::new(),
        words_closed: String::new(),
    }
}

pub(crate) fn catalogue() -> Catalogue {
    let parcel = [
        ("status", "choice:in transit/out for delivery/delivered/lost"),
        ("sent_on", "date"),
        ("delivered_on", "date"),
        ("value", "amount"),
        ("insured", "yes-no"),
        ("carrier", "choice:DHL/UPS/Royal Post"),
    ];
    let subscription = [
        ("plan", "choice:basic/plus/team"),
        ("status", "choice:trialing/active/paused/cancelled"),
        ("started_on", "date"),
        ("renews_on", "date"),
        ("price", "amount"),
        ("seats", "integer"),
    ];
    let booking = [
        ("starts_at", "datetime"),
        ("guests", "integer"),
        ("times_moved", "integer"),
        ("price", "amount"),
        ("paid", "yes-no"),
    ];
    Catalogue {
        actions: vec![
            action(
                "Find parcel",
                "Looks up a parcel by its tracking number",
                false,
                "parcel",
                &[("tracking_number", "id")],
                &parcel,
            ),
            action(
                "Redirect parcel",
                "Sends a parcel to another address",
                true,
                "redirection",
                &[("tracking_number", "id"), ("new_address", "address")],
                &[("reference", "id")],
            ),
            action(
                "Open claim",
                "Opens a claim for a lost or damaged parcel",
                true,
                "claim",
                &[
                    ("tracking_number", "id"),
                    ("claim_reason", "choice:lost/damaged/late"),
                    ("claim_amount", "amount"),
                ],
                &[("number", "id")],
            ),
            action(
                "Get subscription",
                "The account's plan and billing dates",
                false,
                "subscription",
                &[("account_email", "email")],
                &subscription,
            ),
            action(
                "Pause subscription",
                "Pauses billing for a while",
                true,
                "pause",
                &[("account_email", "email")],
                &[("until", "date")],
            ),
            action(
                "Cancel subscription",
                "Ends a subscription",
                true,
                "cancellation",
                &[("account_email", "email")],
                &[("reference", "id")],
            ),
            action(
                "Refund payment",
                "Pays money back to the card",
                true,
                "refund",
                &[("account_email", "email"), ("refund_amount", "amount")],
                &[("reference", "id")],
            ),
            action(
                "List invoices",
                "The account's unpaid invoices",
                false,
                "invoices",
                &[("account_email", "email")],
                &[("unpaid", "list")],
            ),
            action(
                "Find booking",
                "Finds a booking by its number",
                false,
                "booking",
                &[("booking_number", "id")],
                &booking,
            ),
            action(
                "Move booking",
                "Moves a booking to another day",
                true,
                "move",
                &[("booking_number", "id"), ("new_date", "date")],
                &[("new_time", "datetime")],
            ),
            action(
                "Send code",
                "Sends a one-time code to the account's e-mail",
                false,
                "code",
                &[("account_email", "email")],
                &[("id", "id")],
            ),
        ],
        attributes: vec![
            attribute("Tracking number", "id", "The number on the parcel's label"),
            attribute("Account e-mail", "email", ""),
            attribute("Booking number", "id", ""),
            attribute("New address", "address", ""),
            attribute("New date", "date", "The day the customer wants to come"),
            attribute("Claim reason", "choice:lost/damaged/late", "Why the customer claims"),
            attribute("Claim amount", "amount", ""),
            attribute("Refund amount", "amount", "How much goes back"),
            attribute("Photo", "image", "A picture of the damage"),
            attribute("Solved", "yes-no", "Whether the problem is gone"),
            attribute("Wants pause", "yes-no", "Whether the customer would rather pause"),
            attribute("Story", "text", "What happened, in the customer's words"),
            attribute("Topic", "choice:delivery/billing/other", "What the question is about"),
        ],
        teams: vec![team("Claims"), team("Accounts"), team("Night Desk")],
        tasks: vec![TaskName {
            id: TaskId::new("lost_parcel"),
            title: "Report a lost parcel".to_owned(),
        }],
        webhooks: vec![WebhookName {
            block: BlockId::new("payment_check"),
            key: "payment_check".to_owned(),
            name: "Payment check".to_owned(),
            fields: vec![
                field(&("status", "choice:approved/declined")),
                field(&("amount", "amount")),
            ],
        }],
        ..Catalogue::default()
    }
}
