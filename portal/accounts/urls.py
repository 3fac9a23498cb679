"""Signing in and out. What else an account needs comes with the portal itself."""

from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("inloggen/", views.login, name="account_login"),
    path("uitloggen/", views.logout, name="account_logout"),
    # Whose login was closed is told no more than a stranger.
    path("inactief/", RedirectView.as_view(pattern_name="account_login"), name="account_inactive"),
]
