"""Public addresses behind the links in mails; each language has its own path.

The page at `/nieuwsbrief/` itself, with the form and past issues, is the site's.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.newsletter import views
from portal.newsletter.models.pages import SUBSCRIBING

urlpatterns = [
    path(_("newsletter/confirm/<str:token>/"), views.confirm, name="newsletter_confirm"),
    path(_("newsletter/unsubscribe/<str:token>/"), views.leave, name="newsletter_leave"),
    path(_("newsletter/your-data/<str:token>/"), views.held, name="newsletter_held"),
]

# Here and not in `apps.py`: forms are made once all apps are ready.
SUBSCRIBING.append(views)
