"""Wagtail's own screens for the rows of a table, as our rooms use them."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from pluc.staff_screens.deleting import Effects, effects_of_deleting


class SafeDeleteMixin(WagtailAdminTemplateMixin):
    """Deletes what nothing holds on to; says so where something does."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self.usage and self.usage.is_protected:  # Wagtail would say that one may not
            return self.refuse()
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            return self.refuse()
        return response

    def refuse(self, why: str = "") -> HttpResponse:
        messages.error(self.request, why or _t("It is in use, so it stays."))
        return redirect(self.get_success_url())


class SafeDeleteView(SafeDeleteMixin, DeleteView):
    """Tells what deleting would touch before one presses, and refuses what history needs."""

    template_name = "wagtailadmin/kit/delete.html"

    @cached_property
    def effects(self) -> Effects:
        return effects_of_deleting(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        if held := self.effects.holds:
            holders = ", ".join(f"{one.kind}: {one.number}" for one in held)
            told = _t("It is in use, so it stays. %(holders)s.") % {"holders": holders}
            return self.refuse(told)
        return super().form_valid(form)


class RowsViewSet(ModelViewSet):
    """List, form and deletion for the rows of a table. `form_class` is for adding and changing."""

    form_class: type[Any] | None = None
    delete_view_class = SafeDeleteView
    copy_view_enabled = False
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return self.form_class or super().get_form_class(for_update)
