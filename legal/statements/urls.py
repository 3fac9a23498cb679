"""A version is named by its date, as in `2018-05-16` (CONTRACT, Public addresses)."""

from django.urls import path, re_path

from legal.statements import views

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

urlpatterns = [
    path("", views.current, name="statement"),
    path("versies/", views.versions, name="statement_versions"),
    re_path(rf"^(?P<version>{DATE})/$", views.version, name="statement_version"),
    re_path(rf"^(?P<version>{DATE})\.pdf$", views.pdf, name="statement_pdf"),
    re_path(
        rf"^verschil/(?P<old>{DATE})/(?P<new>{DATE})/$", views.changes, name="statement_changes"
    ),
]
