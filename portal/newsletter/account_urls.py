"""The newsletter's place among one's account, in the portal."""

from django.urls import path

from portal.newsletter.views import account

urlpatterns = [path("account/nieuwsbrief/", account, name="account_newsletter")]
