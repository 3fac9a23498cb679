"""Issues of the newsletter in the staff screens: the list, one of them, and its deeds."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from pluc.deeds import Done, Refused, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.deeds import deed_named, open_to
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Crumb, Screens
from portal.newsletter.issue_deeds import APPROVING, DEEDS, SUBMITTING
from portal.newsletter.models import IssuePage, Mailing, NewsletterPage
from portal.newsletter.permissions import may_compose, may_see_issues
from portal.newsletter.previews import MODES, as_page
from portal.newsletter.queries.issues import (
    Issue,
    draft_of,
    drafts_of,
    issue_to_show,
    issue_with_id,
    issues_to_list,
    recipients_by_language,
    steps_of,
)
from portal.newsletter.readiness import obstacles
from portal.newsletter.rendering import Rendered, render

SCREENS = Screens(
    folder="newsletter",
    title=_("Newsletter"),
    icon="form",
    start="newsletter_issues",
    may=may_see_issues,
)


def state_of(row: Any) -> str:
    return str(Mailing.State(row.mailing_state or Mailing.State.DRAFT).label)


class IssueListing(Listing):
    """All issues with how far they are, the newest first."""

    model = IssuePage
    screens = SCREENS
    default_ordering = None
    # A line a month: there is nothing to search, and one line is about all languages.
    is_searchable = False
    filterset_class = None
    columns: list[BaseColumn] = [
        TitleColumn("title", label=_("Issue"), accessor="draft_title", url_name="newsletter_issue"),
        StatusTagColumn(
            "mailing_state",
            label=_("State"),
            accessor=state_of,
            primary=lambda row: row.mailing_state == Mailing.State.SUBMITTED,
        ),
        Column("date", label=_("Meant for")),
        DateColumn("goes_at", label=_("Goes out at")),
        Column("recipients", label=_("Recipients"), accessor=lambda row: row.recipients or "–"),
    ]

    def get_base_queryset(self) -> PageQuerySet:
        return issues_to_list()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        sending = reverse("newsletter_mailings")
        buttons = [HeaderButton(_t("See how it goes out"), sending, icon_name="mail")]
        parent = NewsletterPage.objects.filter(locale=Locale.get_default()).first()
        if parent is not None and may_compose(self.request.user):
            address = reverse("wagtailadmin_pages:add", args=["newsletter", "issuepage", parent.pk])
            buttons.insert(0, HeaderButton(_t("Write an issue"), address, icon_name="plus"))
        return buttons


def crumb_of(issue: Issue) -> Crumb:
    return reverse("newsletter_issue", args=[issue.pk]), issue.page.get_admin_display_title()


@for_staff(may_see_issues)
def show(request: SignedInRequest, page_id: int) -> HttpResponse:
    """The mail in each language, what was checked, to whom it goes and when, who did what."""
    issue = or_not_found(issue_to_show(page_id=page_id))
    drafts = drafts_of(issue.page)
    mode = request.GET.get("als", MODES[0])
    if mode not in MODES:
        raise Http404
    return SCREENS.show(
        request,
        "issue",
        crumb_of(issue)[1],
        issue=issue,
        mailing=issue.mailing,
        mails=mails_of(drafts),
        modes=list(zip(MODES, (_t("Light"), _t("Dark"), _t("As text")), strict=True)),
        mode=mode,
        faults=obstacles(drafts) if issue.is_judged else [],
        counts=counts(),
        steps=steps_of(issue_key=issue.page.translation_key),
        deeds=open_to(request.user, issue, DEEDS),
        may_compose=may_compose(request.user),
        is_own_work=request.user.pk in issue.makers,
    )


def mails_of(drafts: dict[str, IssuePage]) -> list[tuple[str, IssuePage]]:
    """The drafts that there are, with the names of their languages."""
    return [(str(name), drafts[code]) for code, name in settings.LANGUAGES if code in drafts]


def counts() -> list[tuple[str, int]]:
    """How many subscribe now, by the name of their language."""
    known = recipients_by_language()
    return [(str(name), known.get(code, 0)) for code, name in settings.LANGUAGES]


@for_staff(may_see_issues)
def mail(request: SignedInRequest, page_id: int, mode: str) -> HttpResponse:
    """The mail in one language, as a page of its own: what is frozen, or else the draft."""
    page = or_not_found(issue_with_id(page_id=page_id))
    if mode not in MODES:
        raise Http404
    return as_page(frozen(page) or render(draft_of(page)), mode)


def frozen(page: IssuePage) -> Rendered | None:
    text = page.frozen
    if text is None:
        return None
    return Rendered(
        language=text.language,
        subject=text.subject,
        preheader=text.preheader,
        html=text.html,
        text=text.text,
    )


@for_staff(may_see_issues)
def deed(request: SignedInRequest, page_id: int, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the deeds."""
    issue = or_not_found(issue_to_show(page_id=page_id))
    chosen = deed_named(slug, DEEDS)
    not_now = _t("That cannot be done now, or not by you.")
    is_open = chosen.is_open(request.user, issue)
    form = chosen.form(posted(request))
    address = crumb_of(issue)[0]

    def do() -> Done:
        if not is_open:
            raise Refused(not_now)
        chosen.do(page_id=issue.pk, by=request.user, **form.cleaned_data)
        return Done(str(chosen.done), address)

    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=str(chosen.label),
        below=[crumb_of(issue)],
        question=chosen.question,
        back=address,
        why_not=in_the_way(issue, slug) if is_open else [not_now],
        counts=counts() if slug == APPROVING else [],
    )


def in_the_way(issue: Issue, slug: str) -> list[str]:
    """What has to be put right before it goes a step on."""
    return obstacles(drafts_of(issue.page)) if slug in {SUBMITTING, APPROVING} else []
