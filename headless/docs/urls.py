from django.urls import path
from django.views.generic import RedirectView

from headless.docs import views

urlpatterns = [
    path("docs", views.reference, name="api_docs"),
    path("docs/objects", views.objects, name="api_docs_objects"),
    # For whoever types it like our other addresses.
    path("docs/", RedirectView.as_view(pattern_name="api_docs")),
]
