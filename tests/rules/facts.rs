//! What the shop itself knows, and what was really done there: all that a check may look at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value as Json;
use taskwright_tests::Shop;

/// The orders anybody may ask about.
const ORDERS: [&str; 11] = [
    "4512", "4711", "4801", "4802", "4900", "4950", "4960", "4970", "4971", "4980", "4990",
];
/// Whose records the shop keeps.
const PEOPLE: [&str; 5] = [
    "maya.lindqvist@example.com",
    "tom.becker@example.com",
    "priya.nair@example.com",
    "omar.haddad@example.com",
    "grace.okafor@example.com",
];
/// The app sessions it has seen.
const SESSIONS: [&str; 4] = ["S-20418", "S-20533", "S-20677", "S-20790"];

/// Money in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    pub(crate) minor: i64,
    pub(crate) currency: String,
}

impl Money {
    /// `{"amount":"79.00","currency":"EUR"}`
    pub(crate) fn of(json: &Json) -> Option<Self> {
        let amount = json["amount"].as_str()?;
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<2}").parse().ok()?;
        Some(Self {
            minor: whole * 100 + part,
            currency: json["currency"].as_str()?.to_owned(),
        })
    }
}

/// An order as it was before the conversation.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) ordered_on: Date,
    pub(crate) status: String,
    pub(crate) total: Money,
    pub(crate) refunded: Money,
}

/// What the shop knew before the conversation.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) orders: BTreeMap<String, Order>,
    /// Names by e-mail address.
    pub(crate) names: BTreeMap<String, String>,
    /// Last error codes by session, of the sessions that have one.
    pub(crate) codes: BTreeMap<String, String>,
}

impl Facts {
    pub(crate) async fn of(shop: &Shop) -> Result<Self, String> {
        let (mut orders, mut names) = (BTreeMap::new(), BTreeMap::new());
        for number in ORDERS {
            let json = shop.look_up(&format!("/orders/{number}")).await?;
            orders.insert(number.to_owned(), order(&json).ok_or("an order cannot be read")?);
        }
        for email in PEOPLE {
            let json = shop.look_up(&format!("/customers/{email}")).await?;
            let name = json["name"].as_str().ok_or("a customer without a name")?;
            names.insert(email.to_owned(), name.to_owned());
        }
        let mut codes = BTreeMap::new();
        for session in SESSIONS {
            let json = shop.look_up(&format!("/sessions/{session}")).await?;
            let code = json["last_error_code"].as_str();
            codes.extend(code.map(|code| (session.to_owned(), code.to_owned())));
        }
        Ok(Self { orders, names, codes })
    }
}

fn order(json: &Json) -> Option<Order> {
    Some(Order {
        ordered_on: json["ordered_on"].as_str()?.parse().ok()?,
        status: json["status"].as_str()?.to_owned(),
        total: Money::of(&json["total"])?,
        refunded: Money::of(&json["refunded"])?,
    })
}

/// A change that the shop's ledger holds, and how it stood when it was made.
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) kind: String,
    pub(crate) subject: String,
    /// What was asked for.
    pub(crate) body: Json,
    /// The day by the conversation's clock.
    pub(crate) on: Date,
    /// The question that the customer had said yes to, where nothing was done on that yet.
    pub(crate) agreed: Option<String>,
    /// What the customer last answered to whether the app works.
    pub(crate) works: Option<bool>,
    /// All that the customer had written.
    pub(crate) heard: String,
}
