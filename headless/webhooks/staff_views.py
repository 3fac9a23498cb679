"""Webhooks in the staff screens: the list, one of them with its messages, and what is done."""

import json
import uuid
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    BaseColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    Table,
    TitleColumn,
)
from wagtail.admin.widgets.button import HeaderButton

from headless.webhooks import queries
from headless.webhooks.deeds import DEEDS
from headless.webhooks.forms import EndpointForm
from headless.webhooks.models import Delivery, Endpoint, Event
from headless.webhooks.permissions import may_manage
from headless.webhooks.services import endpoints
from headless.webhooks.subjects import subjects_of
from pluc.deeds import Done, Refused, posted
from pluc.errors import or_not_found
from pluc.paging import page_by_key
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.deeds import deed_named, open_to
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.once import show_once, value_to_show
from pluc.staff_screens.screens import Crumb, Screens

SCREENS = Screens(
    folder="webhooks", title=_("Webhooks"), icon="link-external", start="webhooks", may=may_manage
)
A_PAGE = 50
UNHAPPY = {Delivery.State.GIVEN_UP}


class EndpointListing(Listing):
    """All webhooks, by name."""

    model = Endpoint
    screens = SCREENS
    columns: list[BaseColumn] = [
        TitleColumn("name", label=_("Name"), url_name="webhook"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == Endpoint.State.ACTIVE,
        ),
        Column("waiting", label=_("Waiting")),
        DateColumn("last_delivered", label=_("Last delivered")),
        Column("address", label=_("Address")),
    ]

    def get_base_queryset(self) -> "QuerySet[Endpoint]":
        return queries.endpoints_to_list()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_t("Add a webhook"), reverse("webhook_make"), icon_name="plus")]


class AboutColumn(Column):
    """Leads to what a message is about, where it is there."""

    cell_template_name = "wagtailadmin/webhooks/about_cell.html"


MESSAGES: list[BaseColumn] = [
    TitleColumn("event", label=_("What"), accessor="event_in_words", url_name="webhook_delivery"),
    AboutColumn("about", label=_("About")),
    StatusTagColumn(
        "state",
        label=_("State"),
        accessor="get_state_display",
        primary=lambda row: row.state not in UNHAPPY,
    ),
    Column("status", label=_("Answer")),
    Column("attempts", label=_("Attempts"), accessor="times_tried"),
    DateColumn("created_at", label=_("Happened")),
    Column("next_attempt", label=_("Next attempt")),  # a `DateColumn` tells the past only
]


def crumb_of(endpoint: Endpoint) -> Crumb:
    return reverse("webhook", args=[endpoint.pk]), endpoint.name


def next_attempt_of(delivery: Delivery, endpoint: Endpoint) -> datetime | None:
    """When a message is tried next; nothing where it is settled, or its endpoint gets nothing."""
    if delivery.state != Delivery.State.WAITING or endpoint.state != Endpoint.State.ACTIVE:
        return None
    return max(filter(None, (delivery.due_at, endpoint.rests_until)))


# --- Endpoints -----------------------------------------------------------------------------------


@for_staff(may_manage)
def show(request: SignedInRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    """One webhook: what it is told, and its messages, the newest first."""
    endpoint = or_not_found(queries.endpoint_with_id(endpoint_id=endpoint_id))
    messages = queries.deliveries_of(endpoint=endpoint)
    shown = page_by_key(messages, order=("-id",), request=request, size=A_PAGE)
    subjects = subjects_of(shown.rows, user=request.user)
    for row in shown.rows:
        vars(row)["about"] = subjects.get(row.subject)
        moment = next_attempt_of(row, endpoint)
        vars(row)["next_attempt"] = (
            date_format(localtime(moment), "DATETIME_FORMAT") if moment else ""
        )
    return SCREENS.show(
        request,
        "endpoint",
        endpoint.name,
        endpoint=endpoint,
        events=[event for event in Event if event in endpoint.events],
        deeds=open_to(request.user, endpoint, DEEDS),
        shown=shown,
        table=Table(MESSAGES, shown.rows),
    )


@for_staff(may_manage)
def make(request: SignedInRequest) -> HttpResponse:
    """A new webhook; then leads to the page that shows its secret, once."""
    form = EndpointForm(posted(request))

    def do() -> Done:
        endpoint, secret = endpoints.make_endpoint(typed=form.typed, by=request.user)
        return Done(_t("The webhook is there."), shown_at(request, endpoint, secret))

    title = _t("New webhook")
    return SCREENS.deed(request, do, form=form, title=title, button=_t("Add and show its secret"))


@for_staff(may_manage)
def change(request: SignedInRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    endpoint = or_not_found(queries.endpoint_with_id(endpoint_id=endpoint_id))
    form = EndpointForm.of(endpoint, posted(request))
    back = crumb_of(endpoint)

    def do() -> Done:
        endpoints.change_endpoint(endpoint_id=endpoint.pk, typed=form.typed, by=request.user)
        return Done(_t("Saved."), back[0])

    return SCREENS.deed(
        request, do, form=form, title=_t("Change"), below=[back], back=back[0], button=_t("Save")
    )


@for_staff(may_manage)
def renew_secret(request: SignedInRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    """Another secret; then leads to the page that shows it, once."""
    endpoint = or_not_found(queries.endpoint_with_id(endpoint_id=endpoint_id))
    back = crumb_of(endpoint)

    def do() -> Done:
        renewed, secret = endpoints.renew_secret(endpoint_id=endpoint.pk, by=request.user)
        return Done(_t("There is another secret."), shown_at(request, renewed, secret))

    question = _t(
        "The receiver gets messages with two signatures for a day, so that nothing is missed. "
        "After that only the new secret counts. An earlier former secret ends at once."
    )
    return SCREENS.deed(
        request,
        do,
        title=_t("Make another secret"),
        below=[back],
        question=question,
        back=back[0],
    )


def shown_at(request: SignedInRequest, endpoint: Endpoint, secret: str) -> str:
    """The address of the page that shows a secret, once."""
    return show_once(request, secret, at=reverse("webhook_secret_made", args=[endpoint.pk]))


@for_staff(may_manage)
def secret_made(request: SignedInRequest, endpoint_id: uuid.UUID) -> HttpResponse:
    """The secret that was just made, once; whoever comes back is told that it was shown."""
    endpoint = or_not_found(queries.endpoint_with_id(endpoint_id=endpoint_id))
    return SCREENS.show(
        request,
        "secret",
        _t("The secret"),
        below=[crumb_of(endpoint)],
        endpoint=endpoint,
        secret=value_to_show(request),
    )


@for_staff(may_manage)
def deed(request: SignedInRequest, endpoint_id: uuid.UUID, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the deeds."""
    endpoint = or_not_found(queries.endpoint_with_id(endpoint_id=endpoint_id))
    chosen = deed_named(slug, DEEDS)
    is_open = chosen.is_open(request.user, endpoint)
    not_now = _t("That cannot be done now, or not by you.")
    back = crumb_of(endpoint)

    def do() -> Done:
        if not is_open:
            raise Refused(not_now)
        chosen.do(endpoint_id=endpoint.pk, by=request.user)
        return Done(str(chosen.done), SCREENS.crumb[0] if chosen.leaves_nothing else back[0])

    return SCREENS.deed(
        request,
        do,
        title=str(chosen.label),
        below=[back],
        question=chosen.question,
        is_serious=chosen.leaves_nothing,
        back=back[0],
        why_not=[] if is_open else [not_now],
    )


# --- Messages ------------------------------------------------------------------------------------


@for_staff(may_manage)
def delivery(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """One message as it goes, and what became of it."""
    message = or_not_found(queries.delivery_with_id(delivery_id=delivery_id))
    buttons = []
    if not endpoints.why_not_again(message, message.endpoint):
        address = reverse("webhook_again", args=[message.pk])
        buttons.append(HeaderButton(_t("Send again"), url=address, icon_name="rotate"))
    return SCREENS.show(
        request,
        "delivery",
        message.event_in_words,
        below=[crumb_of(message.endpoint)],
        header_buttons=buttons,
        delivery=message,
        about=subjects_of([message], user=request.user).get(message.subject),
        body=json.dumps(json.loads(message.body), indent=2, ensure_ascii=False),
        next_attempt=next_attempt_of(message, message.endpoint),
    )


@for_staff(may_manage)
def send_again(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    message = or_not_found(queries.delivery_with_id(delivery_id=delivery_id))
    back = reverse("webhook_delivery", args=[message.pk])

    def do() -> Done:
        endpoints.send_again(delivery_id=message.pk, by=request.user)
        return Done(_t("It is on its way once more."), back)

    why_not = endpoints.why_not_again(message, message.endpoint)
    return SCREENS.deed(
        request,
        do,
        title=_t("Send again"),
        below=[crumb_of(message.endpoint), (back, message.event_in_words)],
        question=_t(
            "The receiver gets the same message under the same id: who has it already can tell."
        ),
        back=back,
        why_not=[why_not] if why_not else [],
    )
