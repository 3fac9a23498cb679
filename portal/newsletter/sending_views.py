"""Issues on their way, in the staff screens: the list, how far one is, and steering it."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn

from pluc.deeds import Done, Refused
from pluc.errors import or_not_found
from pluc.outbox.models import reason_in_words
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.deeds import deed_named, open_to
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Screens
from portal.newsletter.models import Mailing
from portal.newsletter.permissions import may_see_issues
from portal.newsletter.queries.audience import number_of_subscribers
from portal.newsletter.queries.mailings import (
    ON_THEIR_WAY,
    mailing_numbered,
    mailings_to_list,
    progress_of,
    steps_of,
)
from portal.newsletter.sending_deeds import DEEDS, STOPPING, how_many
from portal.newsletter.services.sending import take_over

State = Mailing.State
SCREENS = Screens(
    folder="newsletter",
    title=_("Sending the newsletter"),
    icon="form",
    start="newsletter_mailings",
    may=may_see_issues,
)


class MailingListing(Listing):
    """Issues that were approved, newest first, with their numbers."""

    model = Mailing
    screens = SCREENS
    columns: list[BaseColumn] = [
        TitleColumn("title", label=_("Issue"), url_name="newsletter_mailing"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state in ON_THEIR_WAY,
        ),
        DateColumn("started_at", label=_("Began")),
        Column("sent", label=_("Sent")),
        Column("bounced", label=_("Came back")),
        Column("left", label=_("Unsubscribed")),
    ]

    def get_base_queryset(self) -> "QuerySet[Mailing]":
        return mailings_to_list()


@for_staff(may_see_issues)
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """How far an issue is, what can be done about it, and who did what."""
    mailing = or_not_found(mailing_numbered(number=number))
    return SCREENS.show(
        request,
        "mailing",
        mailing.title,
        mailing=mailing,
        deeds=open_to(request.user, mailing, DEEDS),
        steps=steps_of(mailing),
        stopping=STOPPING,
        **standing_of(mailing),
    )


@for_staff(may_see_issues)
def stand(request: SignedInRequest, number: int) -> HttpResponse:
    """The part of that screen that changes by itself, which the browser fetches anew.

    205 once it says something else about what can be done: then the whole screen is fetched.
    """
    mailing = or_not_found(mailing_numbered(number=number))
    if mailing.state != request.GET.get("state"):
        return HttpResponse(status=HTTPStatus.RESET_CONTENT)
    context = {"mailing": mailing, **standing_of(mailing)}
    return render(request, "wagtailadmin/newsletter/stand.html", context)


def standing_of(mailing: Mailing) -> dict[str, Any]:
    """The numbers of an issue: while it goes those of this moment, later those that were kept."""
    is_going, is_planned = mailing.state in ON_THEIR_WAY, mailing.state == State.SCHEDULED
    found: dict[str, Any] = {
        "is_going": is_going,
        "is_planned": is_planned,
        "lacks_key": not settings.SUPPRESSION_KEYS and (is_going or is_planned),
        "subscribers": number_of_subscribers() if is_planned else None,
        "watched": mailing.state in {*ON_THEIR_WAY, State.SCHEDULED},
    }
    if is_going:
        progress = progress_of(mailing)
        found["progress"] = progress
        take_over(mailing, progress.tally)  # for this screen; the worker stores them
    withheld = [
        (reason_in_words(reason), number) for reason, number in mailing.withheld_because.items()
    ]
    return found | {"withheld": withheld}


@for_staff(may_see_issues)
def deed(request: SignedInRequest, number: int, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the deeds, and says how many it is about."""
    mailing = or_not_found(mailing_numbered(number=number))
    chosen = deed_named(slug, DEEDS)
    is_open = chosen.is_open(request.user, mailing)
    not_now = _t("That cannot be done now, or not by you.")
    address = reverse("newsletter_mailing", args=[mailing.pk])

    def do() -> Done:
        if not is_open:
            raise Refused(not_now)
        chosen.do(mailing_id=mailing.pk, by=request.user)
        return Done(str(chosen.done), address)

    progress = progress_of(mailing)
    return SCREENS.deed(
        request,
        do,
        template="mailing_deed",
        title=str(chosen.label),
        below=[(address, mailing.title)],
        question=chosen.question,
        is_serious=slug == STOPPING,
        back=address,
        why_not=[] if is_open else [not_now],
        numbers=how_many(progress.sent, progress.left),
    )
