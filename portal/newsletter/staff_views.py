"""Subscribers in the staff screens: the list, one of them with the proof, adding and stopping.

Nobody here can confirm for somebody else (P21).
"""

from uuid import UUID

import django_filters
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.listing import KeyPagedMixin, Listing
from pluc.staff_screens.screens import Screens
from portal.newsletter.forms import AddForm, ReasonForm
from portal.newsletter.models import Form, Subscription
from portal.newsletter.models.subscriptions import SubscriptionQuerySet
from portal.newsletter.permissions import may_manage
from portal.newsletter.queries.subscriptions import (
    steps_of,
    subscription_with_id,
    subscriptions_to_list,
)
from portal.newsletter.services import leaving, subscribing, suppressing
from portal.newsletter.services.steps import Agreed

State = Subscription.State
SCREENS = Screens(
    folder="newsletter",
    title=_("Subscribers"),
    icon="list-ol",
    start="newsletter_subscriptions",
    may=may_manage,
)


class SubscriptionFilterSet(WagtailFilterSet):
    """By state, by language, and by when it was asked for."""

    asked_at = django_filters.DateFromToRangeFilter(
        label=_("Asked for"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Subscription
        fields = ["state", "language", "asked_at"]


class SubscriptionListing(KeyPagedMixin, Listing):
    """All subscriptions, the newest first."""

    model = Subscription
    screens = SCREENS
    index_results_url_name = "newsletter_subscriptions_results"
    filterset_class = SubscriptionFilterSet
    is_searchable = True
    search_fields = ["email"]
    default_ordering = ordering = "-asked_at"
    paginate_by = 50

    def get_base_queryset(self) -> SubscriptionQuerySet:
        return subscriptions_to_list()

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("email", label=_("E-mail address"), url_name="newsletter_subscription"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda row: row.state == State.ACTIVE,
            ),
            Column("language", label=_("Language"), accessor="get_language_display"),
            DateColumn("asked_at", label=_("Asked for")),
            DateColumn("confirmed_at", label=_("Confirmed")),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(_t("Add somebody"), url=reverse("newsletter_add"), icon_name="plus"),
        ]


@for_staff(may_manage)
def show(request: SignedInRequest, subscription_id: UUID) -> HttpResponse:
    """One subscription, with everything that proves it."""
    subscription = or_not_found(subscription_with_id(subscription_id=subscription_id))
    reason = suppressing.reason_at(email=subscription.email)
    return SCREENS.show(
        request,
        "subscription",
        subscription.email,
        subscription=subscription,
        steps=steps_of(subscription),
        suppressed=reason.label if reason else "",
        can_stop=subscription.state != State.LEFT,
    )


@for_staff(may_manage)
def add(request: SignedInRequest) -> HttpResponse:
    """Asks somebody by mail to confirm: for whoever asked for it by phone, say."""
    form = AddForm(posted(request))

    def do() -> Done:
        made = subscribing.ask(
            **form.cleaned_data, form=Form.BACK_OFFICE, agreed=Agreed(), by=request.user
        )
        told = (
            _t("They are subscribed already: nothing was changed.")
            if made.state == State.ACTIVE
            else _t("A mail is on its way. They are subscribed once they confirm it.")
        )
        return Done(told, reverse("newsletter_subscription", args=[made.pk]))

    return SCREENS.deed(
        request,
        do,
        form=form,
        title=_t("Add somebody"),
        question=_t(
            "They get one mail that asks whether they want the newsletter. Only they can confirm."
        ),
        button=_t("Send that mail"),
    )


@for_staff(may_manage)
def stop(request: SignedInRequest, subscription_id: UUID) -> HttpResponse:
    """Leaves for somebody who asked us to (P09)."""
    subscription = or_not_found(subscription_with_id(subscription_id=subscription_id))
    address = reverse("newsletter_subscription", args=[subscription_id])
    form = ReasonForm(posted(request))

    def do() -> Done:
        leaving.leave(
            subscription=subscription, form=Form.BACK_OFFICE, by=request.user, **form.cleaned_data
        )
        return Done(_t("Stopped. We won’t send the newsletter there any more."), address)

    return SCREENS.deed(
        request,
        do,
        form=form,
        title=_t("Stop the newsletter"),
        below=[(address, subscription.email)],
        question=_t("It stops at once. Only they can subscribe themselves again."),
        back=address,
    )
