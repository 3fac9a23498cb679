"""Messages in the staff screens: the list, one of them, and that it was answered."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn

from pluc.deeds import Done
from pluc.errors import or_not_found
from pluc.periods import MESSAGE, in_words
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Screens
from portal.contact import services
from portal.contact.models import ContactMessage, ContactMessageQuerySet
from portal.contact.permissions import may_read
from portal.contact.queries import message_numbered, messages_to_list

SCREENS = Screens(
    folder="contact",
    title=_("Messages"),
    icon="comment",
    start="contact_messages",
    may=may_read,
)


def state_of(message: ContactMessage) -> str:
    return _t("answered") if message.is_answered else _t("new")


class MessageListing(Listing):
    """All messages, those without an answer first."""

    model = ContactMessage
    screens = SCREENS
    columns: list[BaseColumn] = [
        TitleColumn("name", label=_("From"), url_name="contact_message"),
        Column("topic", label=_("Subject"), accessor="get_topic_display"),
        DateColumn("received_at", label=_("Received")),
        StatusTagColumn(
            "state", label=_("State"), accessor=state_of, primary=lambda row: not row.is_answered
        ),
    ]

    def get_base_queryset(self) -> ContactMessageQuerySet:
        return messages_to_list()


@for_staff(may_read)
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """One message, with the way to answer it."""
    message = or_not_found(message_numbered(number=number))
    title = _t("Message from %(name)s") % {"name": message.name}
    return SCREENS.show(request, "message", title, message=message)


@for_staff(may_read)
def mark_answered(request: SignedInRequest, number: int) -> HttpResponse:
    message = or_not_found(message_numbered(number=number))

    def do() -> Done:
        services.mark_answered(message_id=message.pk, by=request.user)
        told = _t("Marked as answered. The message is deleted %(period)s from now.") % {
            "period": in_words(MESSAGE)
        }
        return Done(told, reverse("contact_messages"))

    return SCREENS.deed(
        request,
        do,
        title=_t("Mark as answered"),
        question=_t("Did you answer it? Then it waits for nobody any more."),
        back=reverse("contact_message", args=[number]),
    )
