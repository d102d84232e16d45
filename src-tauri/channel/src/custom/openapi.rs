//! The OpenAPI 3.1 document of the custom channel, made of the very types that are read and written: the four calls in, and
//! as a webhook what is told.

use taskwright_commands::channel::wire::{ErrorList, OutboundEvent, Taken};
use utoipa::openapi::path::{OperationBuilder, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, HttpMethod, OpenApi, Ref, Response};
use utoipa::{Modify, OpenApi as Documented};

use super::route;

#[derive(Documented)]
#[openapi(
    info(
        title = "Taskwright custom channel",
        description = "Your product sends what happens at its side, and is told what happens in its conversations. \
                       Every event is answered once it is kept; one that is sent again with the same event_id is answered as before.",
        license(name = "MIT", identifier = "MIT"),
    ),
    paths(
        route::notify_new_conversation,
        route::notify_new_message,
        route::notify_quick_reply_selected,
        route::notify_attribute_collected,
    ),
    components(schemas(OutboundEvent, Taken, ErrorList)),
    modifiers(&Key, &Told),
)]
struct Channel;

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    Channel::openapi()
}

struct Key;

impl Modify for Key {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The key of the channel, from its page in Taskwright."))
            .build();
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

struct Told;

impl Modify for Told {
    fn modify(&self, document: &mut OpenApi) {
        let schema = Ref::from_schema_name("CustomChannelOutboundEvent");
        let body = RequestBodyBuilder::new()
            .content("application/json", ContentBuilder::new().schema(Some(schema)).build())
            .build();
        let operation = OperationBuilder::new()
            .summary(Some("Something happened in a conversation"))
            .description(Some(
                "Posted to the callback URL, in order for each conversation, again and again for up to 24 hours until it is \
                 answered with 2xx. `X-Delivery-Id` stays the same over all attempts; `X-Signature-256` is \
                 `sha256=` and the HMAC-SHA256 of the body under the signing secret, in hexadecimal digits. \
                 410 pauses the channel.",
            ))
            .request_body(Some(body))
            .response("200", Response::new("It has arrived; so has it with any other status of 2xx."))
            .build();
        let paths = PathsBuilder::new().path("custom_channel_event", PathItem::new(HttpMethod::Post, operation));
        document.webhooks = Some(paths.build());
    }
}
