from django.urls import include, path
from django.views.generic import RedirectView

from headless.docs import views

below = [
    # For whoever types it like our other addresses.
    path("", RedirectView.as_view(pattern_name="api_docs")),
    path("objects", views.objects, name="api_docs_objects"),
]
urlpatterns = [
    path("docs", views.reference, name="api_docs"),
    path("docs/", include(below)),
]
