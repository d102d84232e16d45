//! The HTTP interface.

mod customers;
mod faults;
mod identity;
mod ledger;
mod orders;
mod photos;
mod refunds;
mod sessions;
mod status;
mod tickets;

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::app::App;
use crate::error::Refusal;
use crate::fault;

/// All routes. What only tests use (`/ledger`, `/faults`) is neither counted nor made to fail.
pub(crate) fn router(app: App) -> Router {
    let shop = Router::new()
        .route("/orders/{number}", get(orders::show))
        .route("/orders/{number}/refunds", post(refunds::issue))
        .route("/orders/{number}/cancel", post(orders::cancel))
        .route("/customers/{email}", get(customers::show).patch(customers::update))
        .route("/identity_checks", post(identity::begin))
        .route("/identity_checks/{id}/complete", post(identity::complete))
        .route("/photos", post(photos::keep))
        .route("/photos/{id}", get(photos::show))
        .route("/sessions/{session_id}", get(sessions::show))
        .route("/tickets", get(tickets::list).post(tickets::create))
        .route("/status", get(status::show).put(status::set))
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(app.clone(), fault::count_and_fail));
    Router::new()
        .route("/ledger", get(ledger::list))
        .route("/ledger/count", get(ledger::count))
        .route("/faults", post(faults::add).delete(faults::clear))
        .merge(shop)
        .with_state(app)
}

async fn nothing_here() -> Refusal {
    Refusal::not_found("no_such_path", "nothing is found at this path")
}

async fn wrong_method() -> Refusal {
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong_method",
        "this path does not take this method",
    )
}
