"""What was sent to whom, for the back office: a list, one mail, and sending it again.

No screen shows a token (`pluc.outbox.reading`), and no address holds more than a random id.
"""

import uuid

import django_filters
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from pluc.deeds import Done
from pluc.errors import or_not_found
from pluc.outbox import mailbox, queries, services
from pluc.outbox.bulk import message_of
from pluc.outbox.models import Mail, MailQuerySet
from pluc.outbox.permissions import may_read, may_resend
from pluc.outbox.reading import read, without_links
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Screens

SCREENS = Screens(folder="outbox", title=_("Mail"), icon="mail", start="outbox_mails", may=may_read)
UNHAPPY = {Mail.State.UNKNOWN, Mail.State.GIVEN_UP, Mail.State.WITHHELD}


class MailFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=Mail.State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Mail.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Mail
        fields = ["state", "kind"]


def subject_of(mail: Mail) -> str:
    return without_links(mail.subject)


def columns(*first: Column) -> list[Column]:
    """What a list of mails shows, after its first column."""
    return [
        *first,
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda mail: mail.state not in UNHAPPY,
        ),
        DateColumn("created_at", label=_("Posted"), sort_key="created_at"),
        Column("attempts", label=_("Attempts")),
        Column("reason", label=_("Why"), accessor="reason_in_words"),
    ]


class MailListing(Listing):
    """All mails, newest first."""

    model = Mail
    screens = SCREENS
    index_results_url_name = "outbox_mails_results"
    filterset_class = MailFilterSet
    is_searchable = True
    search_fields = ["recipient"]
    default_ordering = "-created_at"
    paginate_by = 50

    def get_base_queryset(self) -> MailQuerySet:
        return queries.mails_to_list()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        address = reverse("outbox_returns")
        came_back = HeaderButton(_t("What came back"), url=address, icon_name="history")
        return [*super().header_buttons, came_back]

    @cached_property
    def columns(self) -> list[Column]:
        return columns(
            TitleColumn("recipient", label=_("To"), url_name="outbox_mail"),
            Column("subject", label=_("Subject"), accessor=subject_of),
        )


@for_staff(may_read)
def show(request: SignedInRequest, mail_id: uuid.UUID) -> HttpResponse:
    """One mail as it went, but for its links, and what became of it."""
    mail = or_not_found(queries.mails_to_read().filter(pk=mail_id).first())
    again = queries.sent_again(mail)
    copied = TitleColumn(
        "subject", label=_("Sent again"), accessor=subject_of, url_name="outbox_mail"
    )
    buttons = []
    if may_resend(request.user) and not services.why_not_again(mail):
        address = reverse("outbox_again", args=[mail.pk])
        buttons.append(HeaderButton(_t("Send again"), url=address, icon_name="rotate"))
    return SCREENS.show(
        request,
        "mail",
        subject_of(mail) or _t("Mail"),
        header_buttons=buttons,
        mail=mail,
        reading=read(message_of(mail)),
        first=queries.first_of(mail),
        returns=mail.returns.order_by("at"),
        again=Table(columns(copied), again) if again else None,
    )


@for_staff(may_resend)
def send_again(request: SignedInRequest, mail_id: uuid.UUID) -> HttpResponse:
    mail = or_not_found(queries.mails_to_read().filter(pk=mail_id).first())

    def do() -> Done:
        copied = services.send_again(mail=mail, by=request.user.pk)
        told = _t("This is the copy that is sent now.")
        return Done(told, reverse("outbox_mail", args=[copied.pk]))

    why_not = services.why_not_again(mail)
    question = _t(
        "Send this mail to %(recipient)s once more? It goes as it was: links in it may have been "
        "used, or be too old."
    )
    return SCREENS.deed(
        request,
        do,
        title=_t("Send again"),
        question=question % {"recipient": mail.recipient},
        why_not=[why_not] if why_not else [],
        back=reverse("outbox_mail", args=[mail.pk]),
    )


TALLIED = [
    Column("label", label=_("What")),
    Column("day", label=_("24 hours")),
    Column("week", label=_("7 days")),
    Column("month", label=_("30 days")),
]


@for_staff(may_read)
def came_back(request: SignedInRequest) -> HttpResponse:
    """How often mail came back, in figures: what was in those mails is stored nowhere."""
    return SCREENS.show(
        request,
        "returns",
        _t("What came back"),
        figures=Table(TALLIED, queries.tallies(timezone.now())),
        is_read=settings.RETURNS_MAILBOX is not None,
        is_told=bool(settings.RETURNS_WEBHOOK_KEYS),
        fault=mailbox.fault(),
    )
