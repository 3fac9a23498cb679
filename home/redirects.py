"""Redirects by our own addresses: from one, to one, as a path or in full."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects import forms as wagtail_forms
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.models import Redirect

from pluc.content.addresses import absolute
from pluc.content.tree import trail_to
from pluc.language import language_of_path
from pluc.web_addresses import WITHIN_THE_SITE, is_web_address, read_address

OURS = {urlsplit(address).netloc for address in (settings.SITE_URL, settings.PORTAL_URL)}


def own_path(typed: str) -> str | None:
    """What follows the host in one of our own addresses; `None` for any other text."""
    if WITHIN_THE_SITE.fullmatch(typed):
        return typed
    parts = read_address(typed if "://" in typed else f"//{typed}")
    if parts is None or parts.netloc.lower() not in OURS:
        return None
    return parts._replace(scheme="", netloc="").geturl() or "/"


def whole_address(typed: str) -> str | None:
    """An address of ours in full, on the host that was typed; `None` for any other text."""
    path = own_path(typed)
    if path is None or "://" in typed:
        return typed if path is not None else None
    return absolute(path)


class RedirectForm(wagtail_forms.RedirectForm):
    """Takes own addresses as one copies them, and refuses what could never lead anywhere."""

    redirect_link = forms.CharField(
        required=False,
        max_length=255,
        label=_("Or to an address"),
        help_text=_("One of ours, as in /bijeenkomsten/agenda.ics, or a full one elsewhere."),
    )

    def clean_old_path(self) -> str:
        path = own_path(self.cleaned_data["old_path"].strip())
        if path is None and "/" not in self.cleaned_data["old_path"]:
            path = f"/{self.cleaned_data['old_path'].strip()}"
        if path is None:
            raise ValidationError(_("We can only lead on from an address of ours, as in /oud/."))
        return Redirect.normalise_path(path)

    def clean_redirect_link(self) -> str:
        typed: str = self.cleaned_data["redirect_link"].strip()
        address = whole_address(typed) or typed
        if address and not is_web_address(address):
            raise ValidationError(_("Fill in a path of ours, as in /blog/, or a full address."))
        return address

    def clean(self) -> dict[str, Any]:
        super().clean()
        data: dict[str, Any] = self.cleaned_data
        link, page = data.get("redirect_link"), data.get("redirect_page")
        if link and not page and (page := page_at(link)):
            data |= {"redirect_page": page, "redirect_link": ""}
        if not (link or page or self.errors):
            raise ValidationError(_("Choose a page to lead to, or fill in an address."))
        if link and own_path(link) and Redirect.normalise_path(link) == data.get("old_path"):
            raise ValidationError(_("This would lead to itself."))
        return data


def page_at(link: str) -> Any:
    """Our page at an address, which the redirect then follows when it moves; `None` elsewhere."""
    path = own_path(link) or ""
    parts = urlsplit(path)
    if not path or parts.query or parts.fragment:
        return None
    page = trail_to(parts.path, language_of_path(parts.path)).page
    return page if page and page.live else None


def use_our_form() -> None:
    """Puts our form in the place of Wagtail's: for one redirect, and for many from a file."""
    views.CreateView.form_class = views.EditView.form_class = views.RedirectForm = RedirectForm
