"""The official client for Python drives the channel: its four calls, synchronous and not, and its classes of errors."""

import asyncio
import os
import sys

from intercom import AsyncIntercom, CustomChannelAttribute, CustomChannelContact, Intercom
from intercom.errors import BadRequestError, NotFoundError, UnauthorizedError, UnprocessableEntityError

BASE = sys.argv[1]
KEY = os.environ["TASKWRIGHT_KEY"]
CONTACT = CustomChannelContact(type="user", external_id="user_1", name="Ada", email="ada@example.com")
VISITOR = CustomChannelContact(type="lead", external_id="visitor_1")


def event(number: str, conversation: str, contact: CustomChannelContact = CONTACT) -> dict:
    return {"event_id": number, "external_conversation_id": conversation, "contact": contact}


def refused(kind: type, call, **sent) -> None:
    try:
        call(**sent)
    except kind as error:
        # The client types the bodies of some errors and hands the others on as they came.
        body = error.body if isinstance(error.body, dict) else error.body.model_dump()
        assert body["type"] == "error.list" and body["errors"][0]["message"], body
        return
    raise AssertionError(f"{kind.__name__} is what it should answer to {sent}")


def drive() -> None:
    events = Intercom(token=KEY, base_url=BASE).custom_channel_events
    begun = events.notify_new_conversation(**event("p-1", "python"))
    assert begun.external_conversation_id == "python" and begun.external_contact_id == "user_1", begun
    assert begun.conversation_id.startswith("conversation_"), begun
    again = events.notify_new_conversation(**event("p-1", "python"))
    assert again == begun, "the same event is answered as before"
    said = events.notify_new_message(**event("p-2", "python"), body="I want to talk to a person")
    assert said == begun, said
    assert events.notify_quick_reply_selected(**event("p-3", "python"), quick_reply_option_id="1") == begun
    attribute = CustomChannelAttribute(id="reason_for_return", value="It does not fit")
    assert events.notify_attribute_collected(**event("p-4", "python"), attribute=attribute) == begun

    stranger = Intercom(token="wrong", base_url=BASE).custom_channel_events
    refused(UnauthorizedError, stranger.notify_new_conversation, **event("p-5", "other"))
    refused(NotFoundError, events.notify_new_message, **event("p-6", "nowhere"), body="hi")
    refused(BadRequestError, events.notify_new_message, **event("p-7", "python"), body="  ")
    refused(UnprocessableEntityError, events.notify_new_conversation, **event("p-8", "python"))


async def drive_async() -> None:
    events = AsyncIntercom(token=KEY, base_url=BASE).custom_channel_events
    names = [f"async-{number}" for number in range(10)]
    begun = await asyncio.gather(
        *(events.notify_new_conversation(**event(name, name, VISITOR)) for name in names)
    )
    assert [one.external_conversation_id for one in begun] == names
    assert len({one.conversation_id for one in begun}) == len(names)
    assert len({one.contact_id for one in begun}) == 1, "one person"


drive()
asyncio.run(drive_async())
