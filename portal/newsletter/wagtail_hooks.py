"""The newsletter in the staff screens: its issues, on their pages too, and its subscribers."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from pluc.staff_screens.menu import register_addresses, register_screens
from portal.newsletter import issue_views, sending_views, staff_views
from portal.newsletter.models import IssuePage
from portal.newsletter.permissions import may_see_issues

register_screens(
    issue_views.SCREENS,
    "nieuwsbrief/",
    [
        path("", issue_views.IssueListing.as_view(), name="newsletter_issues"),
        path("<int:page_id>/", issue_views.show, name="newsletter_issue"),
        path("<int:page_id>/als/<slug:mode>/", issue_views.mail, name="newsletter_issue_mail"),
        path("<int:page_id>/<slug:slug>/", issue_views.deed, name="newsletter_issue_deed"),
    ],
    order=346,
)

register_screens(
    staff_views.SCREENS,
    "abonnees/",
    [
        path("", staff_views.SubscriptionListing.as_view(), name="newsletter_subscriptions"),
        path(
            "lijst/",
            staff_views.SubscriptionListing.as_view(results_only=True),
            name="newsletter_subscriptions_results",
        ),
        path("nieuw/", staff_views.add, name="newsletter_add"),
        path("<uuid:subscription_id>/", staff_views.show, name="newsletter_subscription"),
        path("<uuid:subscription_id>/stoppen/", staff_views.stop, name="newsletter_stop"),
    ],
    order=420,
)
register_addresses(
    "nieuwsbrief/verzending/",
    [
        path("", sending_views.MailingListing.as_view(), name="newsletter_mailings"),
        path("<int:number>/", sending_views.show, name="newsletter_mailing"),
        path("<int:number>/stand/", sending_views.stand, name="newsletter_mailing_stand"),
        path("<int:number>/<slug:slug>/", sending_views.deed, name="newsletter_mailing_deed"),
    ],
)


@hooks.register("register_page_header_buttons")
def issue_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From an issue's page to its screen: what is checked, approval, the test copy."""
    if isinstance(page, IssuePage) and page.pk and may_see_issues(user):
        address = reverse("newsletter_issue", args=[page.pk])
        yield Button(_t("Check and send"), address, icon_name="mail", priority=5)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_to_issue(request: HttpRequest, page: Page) -> None:
    """Once an issue was saved by hand, the way on is one click away."""
    autosave = "application/json" in request.headers.get("Accept", "")
    if autosave or not isinstance(page, IssuePage) or not may_see_issues(request.user):
        return
    address = reverse("newsletter_issue", args=[page.pk])
    buttons = [messages.button(address, _t("Check and send"))]
    messages.info(request, _t("Is the issue as it should be?"), buttons=buttons)
