"""A course in the staff screens, with where it stands on the site."""

from typing import Any

from django.urls import reverse
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.views.generic import CreateView, EditView

from portal.meetings.on_site import pages_of, why_not


class CourseCreateView(CreateView):
    """Leads on to the course, where its new pages are."""

    def get_success_url(self) -> str:
        return reverse(self.edit_url_name, args=[self.object.pk])


class CourseEditView(EditView):
    """Above the form: its pages on the site, and the way to its meetings."""

    template_name = "wagtailadmin/meetings/course.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pages = pages_of([self.object.pk])[self.object.pk]
        return context | {
            "course": self.object,
            "pages": pages,
            "off_site": why_not(pages),
            "writes_pages": user_has_any_page_permission(self.request.user),
        }
