"""Messages in the staff screens: the list, one of them, and that it was answered."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

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
        require_right(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> ContactMessageQuerySet:
        return messages_to_list()


def require_right(request: HttpRequest) -> None:
    if not may_read(request.user):  # type: ignore[arg-type]
        raise PermissionDenied


def found(request: HttpRequest, number: int) -> ContactMessage:
    """The message. Raises `PermissionDenied` or `Http404`."""
    require_right(request)
    message = message_numbered(number=number)
    if message is None:
        raise Http404
    return message


def show(request: HttpRequest, number: int) -> HttpResponse:
    """One message, with the way to answer it."""
    message = found(request, number)
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _t("Home")},
        {"url": reverse("contact_messages"), "label": _t("Messages")},
        {"url": "", "label": message.name},
    ]
    context = {
        "message": message,
        "breadcrumbs_items": crumbs,
        "header_title": _t("Message from %(name)s") % {"name": message.name},
        "header_icon": ICON,
    }
    return render(request, "wagtailadmin/contact/message.html", context)


@require_POST
def mark_answered(request: HttpRequest, number: int) -> HttpResponse:
    message = found(request, number)
    services.mark_answered(message_id=message.pk, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _t("Marked as answered. The message is deleted a year from now."))
    return redirect("contact_messages")
