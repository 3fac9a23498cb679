"""Public addresses behind the links in mails; each language has its own path.

The page at `/nieuwsbrief/` itself, with the form and past issues, is the site's.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.newsletter import views

urlpatterns = [
    path(_("newsletter/confirm/<str:token>/"), views.confirm, name="newsletter_confirm"),
    path(_("newsletter/unsubscribe/<str:token>/"), views.leave, name="newsletter_leave"),
    path(_("newsletter/your-data/<str:token>/"), views.held, name="newsletter_held"),
]
