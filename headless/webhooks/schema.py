"""What the schema of the API tells of the messages (OpenAPI 3.1, `webhooks`)."""

from typing import Any

from headless.webhooks.models import Event

ID = {
    "page": {"type": "integer", "description": "The page's number in the API."},
    "meeting": {"type": "string", "description": "The meeting's code."},
    "statement": {"type": "string", "description": "The version, a date."},
    "webhook": {"type": "string", "description": "A random one."},
}
WHAT = {
    Event.PAGE_PUBLISHED: "A page was published, or published again.",
    Event.PAGE_UNPUBLISHED: "The API no longer shows a page: it was taken offline, or expired.",
    Event.PAGE_DELETED: "A page that the API showed was deleted.",
    Event.PAGE_MOVED: "A page has another address: its own, or that of a page above it.",
    Event.MEETING_CHANGED: "A meeting is new or changed; it may no longer be in the offer.",
    Event.MEETING_CANCELLED: "A meeting is cancelled.",
    Event.STATEMENT_IN_FORCE: "Another version of the privacy statement is in force.",
    Event.TEST: "A test, which a colleague of ours sent.",
}
HEADERS = {
    "webhook-id": "The message's id: the same at each attempt. Take each once.",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970.",
    "webhook-signature": "`v1,` and a signature (HMAC with SHA-256); several, with spaces.",
}


def webhooks() -> dict[str, Any]:
    """The `webhooks` of the schema: one for each kind of event."""
    return {event.value: {"post": operation(event)} for event in Event}


def operation(event: Event) -> dict[str, Any]:
    return {
        "operationId": event.value.replace(".", "_"),
        "summary": WHAT[event],
        "tags": ["webhooks"],
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": description,
                "schema": {"type": "string"},
            }
            for name, description in HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": message(event)}},
        },
        "responses": {
            "2XX": {"description": "Taken. Anything else, or no answer, is tried again."},
            "410": {"description": "Nobody listens here any more: we stop at once."},
        },
    }


def message(event: Event) -> dict[str, Any]:
    kind = event.value.partition(".")[0]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": event.value},
            "timestamp": {
                "type": "string",
                "format": "date-time",
                "description": "When it happened.",
            },
            "data": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "address"],
                "properties": {
                    "id": ID[kind],
                    "address": {
                        "type": "string",
                        "format": "uri",
                        "description": "Where the API tells of it; 404 where it is gone.",
                    },
                },
            },
        },
    }
