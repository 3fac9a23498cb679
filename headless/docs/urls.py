from django.urls import path
from django.views.generic import RedirectView

from headless.docs import views

urlpatterns = [
    path("docs", views.reference, name="api_docs"),
    # For whoever types it like our other addresses.
    path("docs/", RedirectView.as_view(pattern_name="api_docs")),
]
