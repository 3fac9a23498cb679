"""A course in the staff screens, with where it stands on the site."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.views.generic import CreateView, EditView

from pluc.staff_screens.deleting import Effects, Touched, effects_of_deleting
from pluc.staff_screens.viewsets import SafeDeleteView
from portal.meetings.on_site import drafts_of, drop_drafts, pages_of, why_not


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


class CourseDeleteView(SafeDeleteView):
    """Pages that were never published go along with a course: it made them."""

    @cached_property
    def effects(self) -> Effects:
        """Its drafts hold nothing: they go."""
        drafts = drafts_of(self.object)
        effects = effects_of_deleting(self.object, going=drafts)
        if drafts:
            kind, names = _t("Draft pages on the site"), [str(draft) for draft in drafts]
            effects.goes.append(Touched(kind=kind, number=len(drafts), names=names))
        return effects

    def get_usage_url(self) -> None:
        """Wagtail's own count of references knows nothing of what goes along."""

    def delete_action(self) -> None:
        with transaction.atomic():
            drop_drafts(self.object, self.request.user)
            super().delete_action()
