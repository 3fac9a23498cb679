"""The newsletter in the staff screens' menu and addresses."""

from django.urls import path

from pluc.staff_screens.menu import register_screens
from portal.newsletter import sending_views, staff_views

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
register_screens(
    sending_views.SCREENS,
    "nieuwsbrief/verzending/",
    [
        path("", sending_views.MailingListing.as_view(), name="newsletter_mailings"),
        path("<int:number>/", sending_views.show, name="newsletter_mailing"),
        path("<int:number>/stand/", sending_views.stand, name="newsletter_mailing_stand"),
        path("<int:number>/<slug:slug>/", sending_views.deed, name="newsletter_mailing_deed"),
    ],
    order=347,
)
