"""Wagtail's own screens for the rows of a table, as our rooms use them."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet


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
    pass


class RowsViewSet(ModelViewSet):
    """List, form and deletion for the rows of a table. `form_class` is for adding and changing."""

    form_class: type[Any] | None = None
    delete_view_class = SafeDeleteView
    copy_view_enabled = False
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return self.form_class or super().get_form_class(for_update)
