"""Lists of rows among Wagtail's screens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.generic import BaseListingView, IndexView

from pluc.paging import page_by_key
from pluc.signed_in import permitted
from pluc.staff_screens.screens import Screens


class Listing(IndexView):
    """Wagtail's list, for whoever may see the room's screens. It needs `model`, `columns` and
    `get_base_queryset`."""

    screens: Screens
    any_permission_required = None  # Wagtail knows the default permissions only
    paginate_by = 20

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.page_title, self.header_icon = self.screens.title, self.screens.icon
        self.index_url_name = self.screens.start

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(
            permitted(request, self.screens.may), *args, **kwargs
        )
        return response


class KeyPagedMixin(BaseListingView):
    """A list of Wagtail's, paged by key. Its `ordering` is one of indexed columns."""

    results_template_name = "wagtailadmin/key_paged_results.html"

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[None, None, list[Any], bool]:
        """In place of Wagtail's, which counts all rows and skips those before."""
        chosen = self.ordering if isinstance(self.ordering, list | tuple) else (self.ordering,)
        self.shown = page_by_key(
            queryset, order=(*chosen, "pk"), request=self.request, size=page_size
        )
        return None, None, self.shown.rows, False

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"shown": self.shown}
