//! A catalogue of a car rental, where most look-ups give lists.

use taskwright_domain::{AttributeType, Calculation, Catalogue, InputFrom};

use super::fixture::{action, attribute, field, team};

/// The items of a list.
const RENTALS: [(&str, &str); 5] = [
    ("number", "id"),
    ("car", "text"),
    ("starts", "date"),
    ("price", "amount"),
    ("insured", "yes-no"),
];
const CARS: [(&str, &str); 3] = [("model", "text"), ("branch", "choice:city/airport"), ("rate", "amount")];
const LINES: [(&str, &str); 3] = [("name", "text"), ("price", "amount"), ("disputed", "yes-no")];
const COMPLAINTS: [(&str, &str); 3] = [("number", "id"), ("subject", "text"), ("plate", "id")];

fn fields(of: &[(&str, &str)]) -> Vec<taskwright_domain::Field> {
    of.iter().map(field).collect()
}

fn with_list(mut look_up: taskwright_domain::Action, key: &str, of: &[(&str, &str)]) -> taskwright_domain::Action {
    look_up.outputs.push(taskwright_domain::Field {
        kind: AttributeType::List { fields: fields(of) },
        ..field(&(key, "text"))
    });
    look_up
}

fn picked(name: &str, kind: AttributeType, from: &str) -> taskwright_domain::Attribute {
    taskwright_domain::Attribute {
        kind,
        picked_from: Some(from.to_owned()),
        ..attribute(name, "text", "")
    }
}

fn group() -> AttributeType {
    AttributeType::Object { fields: Vec::new() }
}

pub(crate) fn catalogue() -> Catalogue {
    let mut cancel = action(
        "Cancel rental",
        "Cancels a rental",
        true,
        "cancellation",
        &[("number", "id")],
        &[("reference", "id")],
    );
    cancel.inputs[0].from = InputFrom::Reference {
        reference: "rental.number".to_owned(),
    };
    let rentals = action(
        "List rentals",
        "The customer's rentals",
        false,
        "rentals",
        &[("how_many", "integer")],
        &[],
    );
    let cars = action("List cars", "Free cars", false, "cars", &[], &[]);
    let invoice = action(
        "Get invoice",
        "An invoice by its number",
        false,
        "invoice",
        &[("invoice_number", "id")],
        &[
            ("total", "amount"),
            ("pay_by", "datetime"),
            ("late_fee", "amount"),
            ("plate", "id"),
        ],
    );
    let complaints = action("Find complaints", "Open complaints", false, "complaints", &[], &[]);
    let lines = AttributeType::List { fields: fields(&LINES) };
    Catalogue {
        actions: vec![
            with_list(rentals, "list", &RENTALS),
            with_list(cars, "list", &CARS),
            with_list(invoice, "lines", &LINES),
            with_list(complaints, "list", &COMPLAINTS),
            action(
                "Get profile",
                "The customer's profile",
                false,
                "profile",
                &[],
                &[("branch", "choice:city/airport")],
            ),
            cancel,
            action(
                "Extend rental",
                "Makes a rental longer",
                true,
                "extension",
                &[("days", "integer")],
                &[("until", "date")],
            ),
            action(
                "Credit lines",
                "Pays lines of an invoice back",
                true,
                "credit",
                &[("lines_to_credit", "list"), ("credit_total", "amount")],
                &[("reference", "id")],
            ),
            action(
                "Open complaint",
                "Opens a complaint",
                true,
                "complaint",
                &[("urgency", "choice:low/high")],
                &[("number", "id")],
            ),
            action(
                "Update complaint",
                "Adds to an open complaint",
                true,
                "complaint",
                &[("complaint_number", "id")],
                &[("number", "id")],
            ),
        ],
        attributes: vec![
            picked("Rental", group(), "rentals.list"),
            picked("Car", group(), "cars.list"),
            picked("Lines to credit", lines, "invoice.lines"),
            taskwright_domain::Attribute {
                worked_out: Some(Calculation::Sum {
                    of: "lines_to_credit".to_owned(),
                    field: "price".to_owned(),
                }),
                ..attribute("Credit total", "amount", "")
            },
            attribute("Invoice number", "id", ""),
            attribute("Start day", "date", "The day the rental starts"),
            attribute("Expected total", "amount", "What the customer expected to pay"),
            attribute("Urgency", "choice:low/high", ""),
            attribute("Stranded", "yes-no", "Whether the customer is stranded"),
            attribute("Reason", "choice:card declined/branch closed/other", "Why it is late"),
        ],
        teams: vec![team("Billing"), team("Roadside")],
        ..Catalogue::default()
    }
}
