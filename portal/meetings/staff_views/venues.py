"""Changing a venue: who has a place there is told, once a colleague has seen whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.generic import EditView

from pluc.deeds import AskedFirst, Reconsidered
from pluc.outbox.telling import Telling
from pluc.signed_in import permitted
from pluc.staff_screens.telling import Comparison, telling_first
from portal.meetings.models import Venue
from portal.meetings.permissions import may_plan
from portal.meetings.staff_views.screens import SCREENS


class VenueEditView(EditView):
    """Wagtail's form, with a screen between it and the mails."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)
        except AskedFirst as asked:
            return asked.page
        except Reconsidered:
            return self.render_to_response(self.get_context_data(form=self.form))
        return answer

    def save_instance(self) -> Venue:
        before = Venue.objects.get(pk=self.object.pk).address
        venue: Venue = self.form.instance

        def store(telling: Telling) -> Venue:
            self.form.telling = telling
            saved: Venue = super(VenueEditView, self).save_instance()
            return saved

        def compared() -> list[Comparison]:
            return [(str(Venue._meta.verbose_name).capitalize(), before, venue.address)]

        request = permitted(self.request, may_plan)
        return telling_first(SCREENS, request, store, title=str(venue), compared=compared)
