"""The mails about a message: that it arrived, to both sides, and the answer."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pluc.links import portal_origin
from pluc.outbox.letters import post_letter
from pluc.outbox.reading import without_links
from portal.contact.models import ContactMessage, MessageStep


def tell_back_office(message: ContactMessage) -> None:
    """Mails the back office where a new message can be read; its text stays out (P04, P10)."""
    path = reverse("contact_message", urlconf=settings.PORTAL_URLCONF, args=[message.pk])
    post_letter(
        template="contact/arrived",
        to=settings.BACK_OFFICE_ADDRESS,
        language=settings.LANGUAGE_CODE,
        context={"address": portal_origin() + path},
        event=f"contact:{message.pk}",
    )


def confirm(message: ContactMessage, hour: datetime) -> None:
    """Confirms to the sender that their message arrived, with what they wrote.

    Anybody can fill in somebody else's address, so web addresses are left out: as advertising the
    mail is of no use. The hour in the event keeps two messages of the same moment from sending two.
    """
    with translation.override(message.language):
        topic = message.get_topic_display()
    post_letter(
        template="contact/received",
        to=message.email,
        language=message.language,
        context={"topic": topic, "text": without_links(message.text)},
        event=f"contact-received:{hour:%Y-%m-%dT%H}",
    )


def answer(message: ContactMessage, step: MessageStep) -> None:
    """What a colleague answers, with the question below it."""
    post_letter(
        template="contact/answer",
        to=message.email,
        language=message.language,
        context={"answer": step.text, "question": message.text, "at": message.received_at},
        event=f"contact-answer:{step.pk}",
    )
