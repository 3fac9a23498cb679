"""A room's screens in Wagtail's frame, and the screen that asks before something is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

Crumb = tuple[str, str]  # an address, and its label


@dataclass(frozen=True, kw_only=True)
class Screens:
    """The screens of a room: `templates/wagtailadmin/<folder>/`, below the one named `start`."""

    folder: str
    title: str | Promise
    icon: str
    start: str
    # Who finds them in the menu, and sees the first one.
    may: "Callable[[_User], bool]"

    @property
    def crumb(self) -> Crumb:
        return reverse(self.start), str(self.title)

    def show(
        self,
        request: HttpRequest,
        template: str,
        title: str = "",
        *,
        below: Iterable[Crumb] = (),
        status: int = HTTPStatus.OK,
        **context: Any,
    ) -> HttpResponse:
        """A screen. Without a title it is the room's first one; `below` are those in between."""
        trail = [self.crumb, *below] if title else []
        crumbs = [(reverse("wagtailadmin_home"), _t("Home")), *trail, ("", title or self.title)]
        frame = {
            "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
            "header_title": title or self.title,
            "header_icon": self.icon,
        }
        name = template if "/" in template else f"{self.folder}/{template}"
        return render(request, f"wagtailadmin/{name}.html", frame | context, status=status)

    def deed(
        self,
        request: HttpRequest,
        do: Callable[[], Done],
        *,
        title: str,
        form: BaseForm | None = None,
        template: str = "kit/deed",
        **context: Any,
    ) -> HttpResponse:
        """A screen that asks (GET) and does (POST); see `pluc.deeds`.

        `kit/deed` shows `question`, the form, a button that says `button` (else the title),
        `is_serious` where it cannot be undone, and the way `back` (else the room's first screen).
        """
        asked = Form(posted(request)) if form is None else form
        given: dict[str, Any] = {"back": self.crumb[0], "form": asked} | context
        show = partial(self.show, request, template, title, **given)
        return carry_out(request, asked, do, show=show)
