"""What no document can say: which conversation is there. Whatever fits the document is sent to the one that is."""

import schemathesis

CONVERSATION = "external_abc123"
CONTACT = "user_42"


@schemathesis.hook
def before_call(context, case, kwargs):
    begins = case.operation.path.endswith("notify_new_conversation")
    fits = case.meta is not None and case.meta.generation.mode.is_positive
    if fits and not begins and isinstance(case.body, dict):
        contact = {**case.body["contact"], "external_id": CONTACT}
        case.body = {**case.body, "external_conversation_id": CONVERSATION, "contact": contact}
