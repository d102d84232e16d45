//! The people, orders and sessions the service begins with. Days are counted back from today.

use rusqlite::{Connection, params};

/// An order: number, e-mail, status, days since ordered, days since shipped, currency, refunded.
type Order = (
    &'static str,
    &'static str,
    &'static str,
    i64,
    Option<i64>,
    &'static str,
    i64,
);
/// An item: order number, article, name, price, quantity.
type Item = (&'static str, &'static str, &'static str, i64, i64);

const MAYA: &str = "maya.lindqvist@example.com";
const TOM: &str = "tom.becker@example.com";
const PRIYA: &str = "priya.nair@example.com";
const OMAR: &str = "omar.haddad@example.com";
const GRACE: &str = "grace.okafor@example.com";

const CUSTOMERS: [(&str, &str, &str, &str, &str); 5] = [
    (
        "C-101",
        MAYA,
        "Maya Lindqvist",
        "12 Harbour Street, Cork T12 X2P7, Ireland",
        "+353 21 555 0101",
    ),
    (
        "C-102",
        TOM,
        "Tom Becker",
        "Lindenallee 8, 50968 Cologne, Germany",
        "+49 221 555 0102",
    ),
    (
        "C-103",
        PRIYA,
        "Priya Nair",
        "5 Rue des Carmes, 31000 Toulouse, France",
        "+33 5 55 55 01 03",
    ),
    (
        "C-104",
        OMAR,
        "Omar Haddad",
        "210 West 9th Street, Austin, TX 78701, USA",
        "+1 512 555 0104",
    ),
    (
        "C-105",
        GRACE,
        "Grace Okafor",
        "44 Canal Walk, Leeds LS1 4AP, United Kingdom",
        "+44 113 555 0105",
    ),
];

const ORDERS: [Order; 11] = [
    ("4512", MAYA, "delivered", 12, Some(11), "EUR", 0),
    ("4711", TOM, "delivered", 60, Some(58), "EUR", 0),
    ("4801", PRIYA, "delivered", 15, Some(13), "EUR", 4550),
    ("4802", PRIYA, "delivered", 20, Some(18), "EUR", 6000),
    ("4900", GRACE, "processing", 1, None, "EUR", 0),
    ("4950", OMAR, "shipped", 6, Some(4), "USD", 0),
    ("4960", TOM, "cancelled", 9, None, "EUR", 0),
    ("4970", MAYA, "delivered", 40, Some(39), "EUR", 0),
    ("4971", MAYA, "delivered", 41, Some(40), "EUR", 0),
    ("4980", GRACE, "delivered", 3, Some(2), "EUR", 0),
    ("4990", OMAR, "processing", 0, None, "USD", 0),
];

const ITEMS: [Item; 14] = [
    ("4512", "LAMP-02", "Reading lamp", 4900, 1),
    ("4512", "BULB-11", "Warm light bulb", 1500, 2),
    ("4711", "CHAIR-07", "Folding chair", 6000, 2),
    ("4801", "MUG-03", "Stoneware mug", 910, 5),
    ("4802", "SHELF-01", "Oak shelf", 15000, 1),
    ("4802", "HOOK-05", "Brass hook", 1000, 6),
    ("4900", "BOOK-21", "Sketchbook", 3200, 2),
    ("4950", "BAG-09", "Canvas backpack", 9900, 1),
    ("4960", "PEN-14", "Fineliner set", 2500, 1),
    ("4970", "RUG-02", "Cotton rug", 5800, 1),
    ("4971", "RUG-02", "Cotton rug", 5800, 1),
    ("4980", "DESK-01", "Standing desk", 109_000, 1),
    ("4980", "MAT-04", "Floor mat", 16000, 1),
    ("4990", "CABLE-01", "Charging cable", 1200, 1),
];

const SESSIONS: [(&str, &str, &str, Option<&str>, i64); 4] = [
    ("S-20418", "iPhone 15", "5.2.1", Some("E-104"), 1),
    ("S-20533", "Pixel 8", "5.2.0", Some("E-207"), 0),
    ("S-20677", "Windows PC", "5.1.4", None, 2),
    ("S-20790", "MacBook Air", "5.2.1", Some("E-500"), 0),
];

/// Fills an empty database; one that was filled before stays as it is. `None` for today means the machine's day.
/// Answers `false` when `today` is no day.
pub(crate) fn fill(connection: &mut Connection, today: Option<&str>) -> rusqlite::Result<bool> {
    let day: Option<String> = connection.query_row("SELECT date(?1)", [today.unwrap_or("now")], |row| row.get(0))?;
    let Some(day) = day.filter(|day| today.is_none_or(|today| today == day)) else {
        return Ok(false);
    };
    let customers: i64 = connection.query_row("SELECT count(*) FROM customers", [], |row| row.get(0))?;
    if customers == 0 {
        let transaction = connection.transaction()?;
        people(&transaction, &day)?;
        orders(&transaction, &day)?;
        support(&transaction, &day)?;
        transaction.commit()?;
    }
    Ok(true)
}

fn people(connection: &Connection, day: &str) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare("INSERT INTO customers VALUES (?1, ?2, ?3, ?4, ?5, date(?6, '-90 days') || 'T09:00:00.000Z')")?;
    for (id, email, name, address, phone) in CUSTOMERS {
        insert.execute(params![id, email, name, address, phone, day])?;
    }
    Ok(())
}

fn orders(connection: &Connection, day: &str) -> rusqlite::Result<()> {
    let mut insert = connection.prepare(
        "INSERT INTO orders (number, customer_email, status, ordered_on, shipped_on, currency, total, refunded)
         VALUES (?1, ?2, ?3, date(?4, '-' || ?5 || ' days'), date(?4, '-' || ?6 || ' days'), ?7, ?8, ?9)",
    )?;
    for (number, email, status, ordered, shipped, currency, refunded) in ORDERS {
        let total: i64 = ITEMS
            .iter()
            .filter(|item| item.0 == number)
            .map(|item| item.3 * item.4)
            .sum();
        insert.execute(params![
            number, email, status, day, ordered, shipped, currency, total, refunded
        ])?;
        if status == "cancelled" {
            connection.execute("INSERT INTO cancellations (order_number) VALUES (?1)", [number])?;
        }
    }
    let mut insert = connection.prepare("INSERT INTO order_items VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, (number, sku, name, price, quantity)) in ITEMS.iter().enumerate() {
        insert.execute(params![
            number,
            i64::try_from(position).unwrap_or(i64::MAX),
            sku,
            name,
            price,
            quantity
        ])?;
    }
    Ok(())
}

fn support(connection: &Connection, day: &str) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare("INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, date(?5, '-' || ?6 || ' days') || 'T08:30:00.000Z')")?;
    for (id, device, version, error, days) in SESSIONS {
        insert.execute(params![id, device, version, error, day, days])?;
    }
    connection.execute(
        "INSERT INTO tickets (number, email, subject, description, severity, status, created_at)
         VALUES (1000, ?1, 'App closes when I upload a photo', 'It happens on every upload.', 'normal', 'open',
                 date(?2, '-3 days') || 'T14:20:00.000Z')",
        [OMAR, day],
    )?;
    connection.execute(
        "INSERT INTO service_status VALUES (1, 'ok', 'All systems are running.')",
        [],
    )?;
    Ok(())
}
