"""What was sent to whom, for the back office: a list, one mail, and sending it again.

No screen shows a token (`pluc.outbox.reading`), and no address holds more than a random id.
"""

import uuid
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.views.generic import BaseListingView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from pluc.outbox import queries, services
from pluc.outbox.models import Mail, MailQuerySet
from pluc.outbox.reading import read, without_links

POLICY = ModelPermissionPolicy(Mail)
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


class MailsView(PermissionCheckedMixin, BaseListingView):
    """All mails, newest first."""

    permission_policy = POLICY
    permission_required = "read"
    page_title = _("Mail")
    header_icon = "mail"
    index_url_name = "outbox_mails"
    index_results_url_name = "outbox_mails_results"
    filterset_class = MailFilterSet
    is_searchable = True
    search_fields = ["recipient"]
    default_ordering = "-created_at"
    paginate_by = 50
    verbose_name_plural = _("e-mails")

    def get_base_queryset(self) -> MailQuerySet:
        return queries.mails_to_list()

    @cached_property
    def columns(self) -> list[Column]:
        return columns(
            TitleColumn("recipient", label=_("To"), url_name="outbox_mail"),
            Column("subject", label=_("Subject"), accessor=subject_of),
        )


class MailMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A screen about one mail. It is looked up once one may know that it exists."""

    permission_policy = POLICY
    permission_required = "read"
    header_icon = "mail"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def mail(self) -> Mail:
        return get_object_or_404(queries.mails_to_read(), pk=self.kwargs["mail_id"])

    def get_page_title(self) -> str:
        return subject_of(self.mail) or _t("Mail")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("outbox_mails"), "label": _t("Mail")},
            {"url": "", "label": self.get_page_title()},
        ]


class MailView(MailMixin, TemplateView):
    """One mail as it went, but for its links, and what became of it."""

    template_name = "wagtailadmin/outbox/mail.html"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("resend") or services.why_not_again(self.mail):
            return []
        address = reverse("outbox_again", args=[self.mail.pk])
        return [HeaderButton(_t("Send again"), url=address, icon_name="rotate")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        again = queries.sent_again(self.mail)
        copied = TitleColumn(
            "subject", label=_("Sent again"), accessor=subject_of, url_name="outbox_mail"
        )
        return super().get_context_data(**kwargs) | {
            "mail": self.mail,
            "reading": read(bytes(self.mail.message)),
            "first": queries.first_of(self.mail),
            "again": Table(columns(copied), again) if again else None,
        }


class AgainView(MailMixin, TemplateView):
    """Asks whether a mail is to be sent again (GET), and does it (POST)."""

    permission_required = "resend"
    template_name = "wagtailadmin/outbox/again.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        why_not = services.why_not_again(self.mail)
        return super().get_context_data(**kwargs) | {"mail": self.mail, "why_not": why_not}

    def post(self, request: HttpRequest, mail_id: uuid.UUID) -> HttpResponse:
        try:
            copied = services.send_again(mail=self.mail, by=request.user.pk)
        except services.NotAgain as refusal:
            messages.error(request, str(refusal))
            return redirect("outbox_mail", self.mail.pk)
        messages.success(request, _t("This is the copy that is sent now."))
        return redirect("outbox_mail", copied.pk)
