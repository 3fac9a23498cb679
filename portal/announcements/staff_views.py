"""Announcements in the staff screens: the list, writing, reading, and what is done with them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from pluc.deeds import Done, Refused, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.deeds import deed_named, open_to
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Crumb, Screens
from portal.announcements import services
from portal.announcements.deeds import DEEDS
from portal.announcements.forms import AnnouncementForm
from portal.announcements.mails import preview
from portal.announcements.models import Announcement
from portal.announcements.permissions import may_read, may_write
from portal.announcements.queries import (
    account_holders,
    announcement_with_id,
    announcements_to_list,
    steps_of,
)

SCREENS = Screens(
    folder="announcements",
    title=_("Announcements"),
    icon="openquote",
    start="announcements",
    may=may_read,
)


class AnnouncementListing(Listing):
    """All announcements, newest first, each with its state."""

    model = Announcement
    screens = SCREENS
    columns: list[BaseColumn] = [
        TitleColumn("subject", label=_("Subject"), url_name="announcement"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == Announcement.State.SUBMITTED,
        ),
        Column("changed_by", label=_("Last changed by"), accessor="changed_by.person.full_name"),
        DateColumn("written_at", label=_("Written")),
        DateColumn("sent_at", label=_("Sent")),
    ]

    def get_base_queryset(self) -> "QuerySet[Announcement]":
        return announcements_to_list()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_write(self.request.user):
            return []
        address = reverse("announcement_write")
        return [HeaderButton(_t("Write an announcement"), address, icon_name="plus")]


def crumb_of(announcement: Announcement) -> Crumb:
    return reverse("announcement", args=[announcement.pk]), capfirst(str(announcement))


@for_staff(may_write)
def write(request: SignedInRequest) -> HttpResponse:
    """A new draft."""
    form = AnnouncementForm(posted(request))

    def do() -> Done:
        announcement = services.write(texts=form.texts, by=request.user)
        return Done(_t("Saved as a draft."), crumb_of(announcement)[0])

    return SCREENS.deed(request, do, form=form, title=_t("New announcement"), **asked())


@for_staff(may_write)
def change(request: SignedInRequest, announcement_id: int) -> HttpResponse:
    """Changes the text. What was submitted becomes a draft again, and the screen says so."""
    announcement = or_not_found(announcement_with_id(announcement_id=announcement_id))
    form = AnnouncementForm(posted(request), instance=announcement)

    def do() -> Done:
        revision = form.cleaned_data["revision"] or 0
        services.change(
            announcement_id=announcement_id, revision=revision, texts=form.texts, by=request.user
        )
        return Done(_t("Saved as a draft."), crumb_of(announcement)[0])

    return SCREENS.deed(
        request,
        do,
        form=form,
        title=_t("Change"),
        announcement=announcement,
        why_not=[str(services.FROZEN)] if announcement.is_final else [],
        **asked(below=announcement),
    )


def asked(*, below: Announcement | None = None) -> dict[str, Any]:
    """What the form of a text says, and where one goes back to."""
    crumbs = [crumb_of(below)] if below else []
    return {
        "template": "form",
        "below": crumbs,
        "back": (crumbs or [SCREENS.crumb])[0][0],
        "button": _t("Save as a draft"),
        "question": _t(
            "It goes to everybody with an account, whatever they chose about the newsletter. So it "
            "holds no offer and no advertisement."
        ),
    }


@for_staff(may_read)
def show(request: SignedInRequest, announcement_id: int) -> HttpResponse:
    """Both mails as they will arrive, how far it is, and who did what."""
    announcement = or_not_found(announcement_with_id(announcement_id=announcement_id))
    return SCREENS.show(
        request,
        "announcement",
        capfirst(str(announcement)),
        announcement=announcement,
        mails=[
            (name, code, *preview(announcement=announcement, language=code))
            for code, name in settings.LANGUAGES
        ],
        steps=steps_of(announcement=announcement),
        deeds=open_to(request.user, announcement, DEEDS),
        may_write=may_write(request.user),
        is_own_work=request.user.pk in announcement.makers,
    )


@for_staff(may_read)
def deed(request: SignedInRequest, announcement_id: int, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the deeds."""
    announcement = or_not_found(announcement_with_id(announcement_id=announcement_id))
    chosen = deed_named(slug, DEEDS)
    is_open = chosen.is_open(request.user, announcement)
    not_now = _t("That cannot be done now, or not by you.")
    form = chosen.form(posted(request), initial={"revision": announcement.revision})
    address = crumb_of(announcement)[0]

    def do() -> Done:
        if not is_open:
            raise Refused(not_now)
        chosen.do(announcement_id=announcement.pk, by=request.user, **form.cleaned_data)
        return Done(str(chosen.done), SCREENS.crumb[0] if chosen.leaves_nothing else address)

    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=str(chosen.label),
        below=[crumb_of(announcement)],
        question=chosen.question,
        is_serious=chosen.leaves_nothing,
        back=address,
        why_not=[] if is_open else [not_now],
        recipients=account_holders().count() if slug == "goedkeuren" else None,
    )
