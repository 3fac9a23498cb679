"""Staff screens of what other rooms hold on to."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView


class SafeDeleteView(DeleteView):
    """Deletes what nothing holds on to; says so where something does."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self.usage and self.usage.is_protected:  # Wagtail would say that one may not
            return self.refuse()
        try:
            return super().form_valid(form)
        except ProtectedError:
            return self.refuse()

    def refuse(self) -> HttpResponse:
        messages.error(self.request, _t("It is in use, so it stays."))
        return redirect(self.get_success_url())
