"""Messages in the staff screens: the list, one of them, and that it was answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from pluc.periods import MESSAGE, in_words
from pluc.staff_screens import require, staff_screen
from portal.contact import services
from portal.contact.models import ContactMessage, ContactMessageQuerySet
from portal.contact.permissions import may_read
from portal.contact.queries import message_numbered, messages_to_list

ICON = "comment"


def state_of(message: ContactMessage) -> str:
    return _t("answered") if message.is_answered else _t("new")


class Listing(IndexView):
    """All messages, those without an answer first."""

    model = ContactMessage
    any_permission_required = None  # Wagtail knows the default permissions only
    header_icon = ICON
    index_url_name = "contact_messages"
    paginate_by = 20
    columns: list[BaseColumn] = [
        TitleColumn("name", label=_("From"), url_name="contact_message"),
        Column("topic", label=_("Subject"), accessor=lambda row: row.get_topic_display()),
        DateColumn("received_at", label=_("Received")),
        StatusTagColumn(
            "state", label=_("State"), accessor=state_of, primary=lambda row: not row.is_answered
        ),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_read, request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> ContactMessageQuerySet:
        return messages_to_list()


def found(request: HttpRequest, number: int) -> ContactMessage:
    """The message. Raises `PermissionDenied` or `Http404`."""
    require(may_read, request)
    message = message_numbered(number=number)
    if message is None:
        raise Http404
    return message


def show(request: HttpRequest, number: int) -> HttpResponse:
    """One message, with the way to answer it."""
    message = found(request, number)
    return staff_screen(
        request,
        "contact/message",
        title=_t("Message from %(name)s") % {"name": message.name},
        icon=ICON,
        trail=[(reverse("contact_messages"), _t("Messages"))],
        message=message,
    )


@require_POST
def mark_answered(request: HttpRequest, number: int) -> HttpResponse:
    message = found(request, number)
    services.mark_answered(message_id=message.pk, by=request.user)  # type: ignore[arg-type]
    messages.success(
        request,
        _t("Marked as answered. The message is deleted %(period)s from now.")
        % {"period": in_words(MESSAGE)},
    )
    return redirect("contact_messages")
