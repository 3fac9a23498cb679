"""Announcements in the staff screens: the list, writing, reading, and what is done with them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from pluc.staff_screens import require, staff_screen
from portal.announcements import services
from portal.announcements.deeds import DEEDS, Deed, open_to
from portal.announcements.forms import AnnouncementForm
from portal.announcements.mails import preview
from portal.announcements.models import Announcement
from portal.announcements.permissions import may_read, may_write
from portal.announcements.queries import account_holders, announcements_to_list, steps_of

ICON = "openquote"


class Listing(IndexView):
    """All announcements, newest first, each with its state."""

    model = Announcement
    any_permission_required = None  # Wagtail knows the default permissions only
    header_icon = ICON
    index_url_name = "announcements"
    paginate_by = 20
    columns: list[BaseColumn] = [
        TitleColumn("subject", label=_("Subject"), url_name="announcement"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda row: row.get_state_display(),
            primary=lambda row: row.state == Announcement.State.SUBMITTED,
        ),
        Column("changed_by", label=_("Last changed by"), accessor="changed_by.person.full_name"),
        DateColumn("written_at", label=_("Written")),
        DateColumn("sent_at", label=_("Sent")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_read, request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> "QuerySet[Announcement]":
        return announcements_to_list()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_write(self.request.user):
            return []
        return [
            HeaderButton(
                _t("Write an announcement"), reverse("announcement_write"), icon_name="plus"
            )
        ]


def found(announcement_id: int) -> Announcement:
    """Raises `Http404` where there is none."""
    announcement = announcements_to_list().filter(pk=announcement_id).first()
    if announcement is None:
        raise Http404
    return announcement


def screen(
    request: HttpRequest,
    name: str,
    title: str,
    *,
    below: Announcement | None = None,
    **context: Any,
) -> HttpResponse:
    """A screen of this room; `below` is the announcement that it belongs to."""
    trail = [(reverse("announcements"), _t("Announcements"))]
    if below:
        trail.append((reverse("announcement", args=[below.pk]), str(below)))
    return staff_screen(
        request, f"announcements/{name}", title=capfirst(title), icon=ICON, trail=trail, **context
    )


def write(request: HttpRequest) -> HttpResponse:
    """A new one."""
    require(may_write, request)
    form = AnnouncementForm(request.POST or None)
    if form.is_valid():
        announcement = services.write(texts=form.texts, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _t("Saved as a draft."))
        return redirect("announcement", announcement.pk)
    return screen(request, "form", _t("New announcement"), form=form)


def change(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """Another text. What was submitted becomes a draft again, and the screen says so."""
    require(may_write, request)
    announcement = found(announcement_id)
    if announcement.is_final:
        messages.error(request, _t("It has been approved, so its text stays as it is."))
        return redirect("announcement", announcement_id)
    form = AnnouncementForm(request.POST or None, instance=found(announcement_id))
    if form.is_valid() and save(request, announcement, form):
        return redirect("announcement", announcement_id)
    return screen(
        request, "form", _t("Change"), below=announcement, form=form, announcement=announcement
    )


def save(request: HttpRequest, announcement: Announcement, form: AnnouncementForm) -> bool:
    """Whether it could be saved; if not, the form says why and keeps what was typed."""
    try:
        services.change(
            announcement_id=announcement.pk,
            revision=form.cleaned_data["revision"] or 0,
            texts=form.texts,
            by=request.user,  # type: ignore[arg-type]
        )
    except services.Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _t("Saved as a draft."))
    return True


def show(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """Both mails as they will arrive, how far it is, and who did what."""
    user = require(may_read, request)
    announcement = found(announcement_id)
    return screen(
        request,
        "announcement",
        str(announcement),
        announcement=announcement,
        mails=[
            (name, code, *preview(announcement=announcement, language=code))
            for code, name in settings.LANGUAGES
        ],
        steps=steps_of(announcement=announcement),
        deeds=open_to(user, announcement),
        may_write=may_write(user),
        is_own_work=user.pk in announcement.makers,
    )


def deed(request: HttpRequest, announcement_id: int, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the deeds."""
    require(may_read, request)
    announcement = found(announcement_id)
    chosen = deed_named(slug)
    if not chosen.is_open(request.user, announcement):  # type: ignore[arg-type]
        messages.error(request, _t("That cannot be done now, or not by you."))
        return redirect("announcement", announcement_id)
    form = chosen.form(request.POST or None, initial={"revision": announcement.revision})
    if form.is_valid():
        return do(request, announcement, chosen, form.cleaned_data)
    return screen(
        request,
        "deed",
        str(chosen.label),
        below=announcement,
        announcement=announcement,
        deed=chosen,
        form=form,
        recipients=account_holders().count() if slug == "goedkeuren" else None,
    )


def deed_named(slug: str) -> Deed:
    """Raises `Http404` for none of ours."""
    for one in DEEDS:
        if one.slug == slug:
            return one
    raise Http404


def do(
    request: HttpRequest, announcement: Announcement, chosen: Deed, data: dict[str, Any]
) -> HttpResponse:
    try:
        chosen.do(announcement_id=announcement.pk, by=request.user, **data)
    except services.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("announcement", announcement.pk)
    messages.success(request, str(chosen.done))
    if chosen.leaves_nothing:
        return redirect("announcements")
    return redirect("announcement", announcement.pk)
