//! Three documents of the kind that services publish: their operations become actions that call what they describe.

use serde_json::{Value as Json, json};
use taskwright_domain::{Action, ActionResult, AttributeType, Authentication, Field, Settings, Value};
use taskwright_engine::{ValueContext, answer_from_stub};
use taskwright_import::openapi::Document;
use taskwright_import::{Draft, ImportError};

use crate::recorder::{Recorder, now};

const SHOP: &str = include_str!("../documents/shop.yaml");
const PAYMENTS: &str = include_str!("../documents/payments.json");
const BOOKINGS: &str = include_str!("../documents/bookings.yaml");

fn draft(text: &str, operation: &str) -> Draft {
    Document::read(text).unwrap().draft(operation).unwrap()
}

fn inputs(action: &Action) -> Vec<(&str, bool)> {
    action
        .inputs
        .iter()
        .map(|input| (input.key.as_str(), input.optional))
        .collect()
}

fn field<'a>(fields: &'a [Field], key: &str) -> &'a Field {
    fields
        .iter()
        .find(|field| field.key == key)
        .unwrap_or_else(|| panic!("no {key} in {fields:#?}"))
}

fn inside(field: &Field) -> &[Field] {
    match &field.kind {
        AttributeType::Object { fields } | AttributeType::List { fields } => fields,
        other => panic!("{} is {other:?}", field.key),
    }
}

fn given(result: &ActionResult) -> &std::collections::BTreeMap<String, Value> {
    match result {
        ActionResult::Succeeded { fields, .. } => fields,
        failed @ ActionResult::Failed { .. } => panic!("{failed:?}"),
    }
}

#[test]
fn a_document_tells_what_it_offers() {
    let document = Document::read(SHOP).unwrap();
    assert_eq!(document.title(), "Lantern Shop Admin API");
    let rows: Vec<_> = document
        .operations()
        .into_iter()
        .map(|row| (row.id, row.summary, row.group))
        .collect();
    let row = |id: &str, summary: &str, group: &str| (id.to_owned(), summary.to_owned(), group.to_owned());
    assert_eq!(
        rows,
        [
            row("GET /orders", "Find orders", "Orders"),
            row("GET /orders/{id}", "Get an order", "Orders"),
            row("POST /orders/{id}/returns", "Start a return", "Returns"),
        ]
    );
}

#[tokio::test]
async fn the_shops_lists_and_groups_arrive_in_their_styles_and_its_answer_is_read() {
    let service = Recorder::start().await;
    let draft = draft(SHOP, "GET /orders");
    assert_eq!(draft.base_url.as_deref(), Some("https://demo.lantern.example/admin/v3"));
    assert_eq!(
        inputs(&draft.action),
        [
            ("status", true),
            ("ids", true),
            ("filter_email", true),
            ("filter_placed_after", true)
        ]
    );
    assert!(
        draft.notes.iter().any(|note| note.contains("limit")),
        "told: {:?}",
        draft.notes
    );
    let example = serde_json::to_string(&json!({ "data": [{
        "id": "ord_4512", "number": 4512, "status": "shipped", "createdAt": "2026-11-02T09:30:00Z",
        "total": { "amount": "79.00", "currency": "EUR" }, "customer": { "email": "ada@example.com" },
        "lineItems": [{ "sku": "AB-1", "quantity": 2, "unitPrice": 39.5 }],
    }] }))
    .unwrap();
    service.answers(200, &example);
    let (result, arrived) = service
        .call(
            &draft,
            &[("ids", "[\"a\", \"b\"]"), ("filter_placed_after", "2026-11-01")],
            &[("LANTERN_SHOP_TOKEN", "s3cret")],
        )
        .await;
    assert_eq!(
        arrived.target,
        "/admin/v3/orders?status=paid&status=shipped&ids=a%2Cb&filter%5Bemail%5D=ada%40example.com&filter%5Bplaced_after%5D=2026-11-01"
    );
    assert_eq!(arrived.headers["x-lantern-access-token"], "s3cret");
    let Value::List(orders) = &given(&result)["data"] else {
        panic!("a list: {result:?}")
    };
    assert_eq!(orders[0].field("number"), Some(&Value::Integer(4512)));
    assert!(matches!(orders[0].field("total"), Some(Value::Amount(amount)) if amount.currency == "EUR"));
    let Some(Value::List(lines)) = orders[0].field("line_items") else {
        panic!("lines: {orders:?}")
    };
    assert_eq!(lines[0].field("sku"), Some(&Value::Text("AB-1".into())));
}

#[tokio::test]
async fn a_joined_schema_becomes_fields_and_what_leads_back_to_itself_is_left_out() {
    let draft = draft(SHOP, "GET /orders/{id}");
    assert_eq!(draft.action.name, "Get an order");
    assert_eq!(draft.action.result_name, "order");
    assert_eq!(inputs(&draft.action), [("order_id", false)]);
    let outputs = &draft.action.outputs;
    assert!(
        !field(outputs, "id").optional && !field(outputs, "status").optional,
        "both halves of allOf"
    );
    assert_eq!(field(outputs, "created_at").path, "$.createdAt");
    assert_eq!(field(outputs, "total").kind, AttributeType::Amount);
    assert!(matches!(&field(outputs, "status").kind, AttributeType::Choice { options } if options.len() == 4));
    let customer = inside(field(outputs, "customer"));
    assert!(
        customer.iter().all(|field| field.key != "referred_by"),
        "a person referred by a person: {customer:?}"
    );
    assert_eq!(draft.action.stubs[1].name, "There is no such order");
    let service = Recorder::start().await;
    let (_, arrived) = service
        .call(&draft, &[("order_id", "a/b c")], &[("LANTERN_SHOP_TOKEN", "x")])
        .await;
    assert_eq!(
        arrived.target, "/admin/v3/orders/a%2Fb%20c",
        "a value never leaves its place"
    );
}

#[tokio::test]
async fn a_body_is_written_with_its_types_and_without_what_was_not_given() {
    let service = Recorder::start().await;
    let draft = draft(SHOP, "POST /orders/{id}/returns");
    assert!(draft.action.changes_data && draft.action.needs_confirmation && draft.action.receiver_honours_key);
    assert_eq!(
        inputs(&draft.action),
        [
            ("order_id", false),
            ("items", false),
            ("reason", false),
            ("note", true),
            ("date", true),
            ("address_city", true),
            ("street", true),
        ]
    );
    service.answers(
        201,
        r#"{"id": "ret_1", "state": "open", "label": {"url": "https://l.example/1", "expires": null}}"#,
    );
    let (result, arrived) = service
        .call(&draft, &[("order_id", "ord_1")], &[("LANTERN_SHOP_TOKEN", "x")])
        .await;
    assert_eq!(
        arrived.headers["x-sales-channel"], "support",
        "a header with one value only"
    );
    let body: Json = serde_json::from_str(&arrived.body).unwrap();
    let expected = json!({
        "reason": "damaged", "note": "The glass is broken.", "items": [{ "sku": "AB-1", "quantity": 1 }],
        "pickup": { "date": "2026-12-01", "address": { "street": "Lindenweg 4", "city": "Wien" } },
    });
    assert_eq!(body, expected);
    assert_eq!(given(&result)["state"], Value::Choice("open".into()));
    let mut short = draft.clone();
    for key in ["note", "date", "street", "address_city"] {
        short.samples.remove(key);
    }
    let (_, arrived) = service
        .call(&short, &[("order_id", "ord_1")], &[("LANTERN_SHOP_TOKEN", "x")])
        .await;
    let body: Json = serde_json::from_str(&arrived.body).unwrap();
    assert_eq!(
        body,
        json!({ "reason": "damaged", "items": [{ "sku": "AB-1", "quantity": 1 }] }),
        "no empty groups"
    );
}

#[tokio::test]
async fn a_payment_is_unwrapped_whichever_way_it_was_paid() {
    let service = Recorder::start().await;
    let draft = draft(PAYMENTS, "GET /payments/{paymentId}");
    let outputs = &draft.action.outputs;
    assert_eq!(field(outputs, "state").path, "$.payment.state");
    assert!(field(outputs, "captured_on").optional && field(outputs, "captured_on").kind == AttributeType::Date);
    let method = inside(field(outputs, "method"));
    assert!(
        !field(method, "kind").optional && field(method, "card_last4").optional,
        "what both ways have: {method:?}"
    );
    let Authentication::OAuth2 {
        token_url,
        scope,
        client_secret,
        ..
    } = &draft.action.request.as_ref().unwrap().auth
    else {
        panic!("OAuth 2")
    };
    assert_eq!(
        (token_url.as_str(), scope.as_str(), client_secret.as_str()),
        (
            "https://api.harbor.example/oauth/token",
            "payments:write",
            "HARBOR_CLIENT_SECRET"
        )
    );
    // The token itself is the client's matter; here only what is asked and answered.
    let mut plain = draft.clone();
    plain.action.request.as_mut().unwrap().auth = Authentication::None;
    service.answers(200, r#"{"payment": {"id": "pay_9", "state": "captured", "amount_minor": 100, "created": "2026-11-19T08:00:00Z",
        "captured_on": "2026-11-19", "live": false, "method": {"kind": "transfer", "iban_last4": "9"}, "refunds": [{"id": "r", "amount_minor": 1}]}}"#);
    let (result, arrived) = service.call(&plain, &[("payment_id", "pay_9")], &[]).await;
    assert_eq!(arrived.target, "/v2/payments/pay_9");
    assert_eq!(given(&result)["amount_minor"], Value::Integer(100));
}

#[tokio::test]
async fn a_form_is_sent_as_a_form_and_files_as_parts() {
    let service = Recorder::start().await;
    let refund = draft(PAYMENTS, "POST /payments/{paymentId}/refunds");
    assert_eq!(refund.action.name, "Refund payment");
    assert!(refund.action.receiver_honours_key, "it takes an idempotency key");
    assert_eq!(
        inputs(&refund.action),
        [
            ("payment_id", false),
            ("amount_minor", false),
            ("ticket", true),
            ("reason", true)
        ]
    );
    let mut plain = refund.clone();
    plain.action.request.as_mut().unwrap().auth = Authentication::None;
    service.answers(201, r#"{"id": "ref_1", "amount_minor": 1900}"#);
    let (result, arrived) = service.call(&plain, &[("reason", "wish")], &[]).await;
    let mut sent = arrived.form();
    sent.sort_unstable();
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [
        field("amount_minor", "1900"),
        field("metadata[ticket]", "T-77"),
        field("reason", "wish"),
    ];
    assert_eq!(sent, expected);
    assert_eq!(arrived.headers["idempotency-key"], "effect_key");
    assert_eq!(given(&result)["id"], Value::Text("ref_1".into()));

    let evidence = draft(PAYMENTS, "POST /disputes/{id}/evidence");
    let request = evidence.action.request.as_ref().unwrap();
    assert_eq!(
        serde_json::to_value(&request.body).unwrap(),
        json!({ "type": "multipart", "parts": [
            { "type": "file", "name": "photo", "input": "photo" },
            { "type": "text", "name": "statement", "value": "{statement}" },
        ] })
    );
    let photo = evidence
        .action
        .inputs
        .iter()
        .find(|input| input.key == "photo")
        .unwrap();
    assert_eq!(photo.kind, AttributeType::Image);
    let names: Vec<_> = evidence.secrets.iter().map(|secret| secret.name.as_str()).collect();
    assert_eq!(
        names,
        ["HARBOR_USER", "HARBOR_PASSWORD"],
        "the operation's own way to prove oneself"
    );
}

#[tokio::test]
async fn bookings_need_two_keys_at_once_and_slots_none() {
    let service = Recorder::start().await;
    let booking = draft(BOOKINGS, "GET /bookings/{reference}");
    assert_eq!(
        inputs(&booking.action),
        [("reference", false), ("include_guests", false)]
    );
    assert!(
        booking.action.outputs.iter().all(|field| field.key != "secret_note"),
        "it is never answered"
    );
    assert!(field(&booking.action.outputs, "guest").optional, "it may be null");
    service.answers(
        200,
        r#"{"reference": "BK-1", "start": "2026-12-01T17:00:00Z", "seats": 2, "guest": null}"#,
    );
    let secrets = [("BOOKINGS_TOKEN", "b34r"), ("BOOKINGS_ACCOUNT", "k3y")];
    let names: Vec<_> = booking.secrets.iter().map(|secret| secret.name.clone()).collect();
    assert_eq!(names, ["BOOKINGS_TOKEN", "BOOKINGS_ACCOUNT"]);
    let (result, arrived) = service.call(&booking, &[("reference", "BK-1")], &secrets).await;
    assert_eq!(given(&result)["seats"], Value::Integer(2));
    assert!(
        arrived
            .headers
            .get("authorization")
            .is_some_and(|value| value == "Bearer b34r"),
        "{arrived:?}"
    );
    assert!(
        arrived.target.contains("account_key=k3y") && arrived.target.contains("include_guests=true"),
        "{arrived:?}"
    );

    let slots = draft(BOOKINGS, "GET /slots");
    assert!(slots.secrets.is_empty(), "this one is open to everybody");
    service.answers(
        200,
        r#"[{"start": "2026-12-01T17:00:00Z", "room": {"id": 3, "name": "Blue"}}]"#,
    );
    let (result, arrived) = service
        .call(&slots, &[("day", "2026-12-01"), ("room_ids", "[1, 3]")], &[])
        .await;
    assert_eq!(arrived.target, "/api/slots?day=2026-12-01&room_ids=1%7C3");
    let Value::List(rows) = &given(&result)["slots"] else {
        panic!("a list: {result:?}")
    };
    assert_eq!(rows[0].field("room.id"), Some(&Value::Integer(3)));
}

#[test]
fn every_operation_comes_with_sample_answers_that_fit_its_fields() {
    let settings = Settings::default();
    let mut seen = 0;
    for text in [SHOP, PAYMENTS, BOOKINGS] {
        let document = Document::read(text).unwrap();
        for operation in document.operations() {
            let draft = document.draft(&operation.id).unwrap();
            let action = &draft.action;
            let result = answer_from_stub(action, &std::collections::BTreeMap::new(), None, &settings, now());
            assert!(
                matches!(result, ActionResult::Succeeded { .. }),
                "{}: {result:?}",
                operation.id
            );
            let context = ValueContext {
                settings: &settings,
                now: now(),
            };
            for stub in &action.stubs {
                if let taskwright_domain::StubAnswer::Http { body, .. } = &stub.answer {
                    let read = taskwright_engine::difference(&action.outputs, body, &context);
                    assert!(read.is_ok(), "{} {}: {read:?}", operation.id, stub.name);
                }
            }
            assert!(
                action
                    .outputs
                    .iter()
                    .all(|field| taskwright_engine::check_path(field).is_ok()),
                "{}",
                operation.id
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 10);
}

#[test]
fn what_is_no_document_is_told_with_a_way_out() {
    for (text, words) in [
        ("swagger: '2.0'\npaths: {}", "Swagger 2"),
        ("openapi: 2.9\npaths: {}", "another version"),
        ("hello: world", "does not begin"),
        ("{\"openapi\": ", "neither JSON nor YAML"),
        ("openapi: 3.0.0\npaths: {}", "no operation"),
        ("a: [b", "neither JSON nor YAML"),
    ] {
        let told = Document::read(text).unwrap_err().to_string();
        assert!(told.contains(words), "{text}: {told}");
    }
    let unknown = Document::read(SHOP).unwrap().draft("GET /nothing").unwrap_err();
    assert!(matches!(unknown, ImportError::NoOperation { .. }));
}
