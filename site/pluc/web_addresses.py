"""Reads and validates web addresses that somebody typed."""

import ipaddress
import re
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.folding import TURNING

is_a_url = URLValidator(schemes=["http", "https"])
PHONE_NUMBER = re.compile(r"\+?[\d().\- ]*\d[\d().\- ]*", re.ASCII)
WITHIN_THE_SITE = re.compile(r"/(?![/\\])[^\s\\]*")


def read_address(text: str) -> SplitResult | None:
    """The parts of an address, or `None` where Python finds none in it, as in `https://[here]`."""
    try:
        parts = urlsplit(text)
        _port = parts.port  # read only now; more than 65535 is none
    except ValueError:
        return None
    return parts


def is_turned(text: str) -> bool:
    """Whether signs in it turn the direction of reading, so that it looks like another address."""
    return not TURNING.isdisjoint(text) or not TURNING.isdisjoint(unquote(text))


def is_web_address(text: str) -> bool:
    """Whether it is a whole address of the web, `http` or `https`, that reads as it leads."""
    try:
        is_a_url(text)
    except ValidationError:
        return False
    return read_address(text) is not None and not is_turned(text)


def can_be_followed(href: str) -> bool:
    """Whether a link in a text leads somewhere: web, our own site, a mailbox or a phone."""
    if is_turned(href):
        return False
    scheme, _colon, rest = href.partition(":")
    match scheme.lower():
        case "mailto":
            return is_mailbox(unquote(rest.partition("?")[0]))
        case "tel":
            return PHONE_NUMBER.fullmatch(unquote(rest)) is not None
    is_within = WITHIN_THE_SITE.fullmatch(href) and read_address(href) is not None
    return href.startswith("#") or bool(is_within) or is_web_address(href)


def is_mailbox(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def validate_web_address(text: str) -> None:
    """Raises `ValidationError` for what is no address of the web."""
    if is_turned(text):
        raise ValidationError(
            _("There are signs in it that make it look like another address. Type it yourself."),
            code="turned",
        )
    if not is_web_address(text):
        raise ValidationError(_("This is no address that a browser can follow."), code="invalid")


# Names of a network of one's own (RFC 6761, 6762, 8375; ICANN's `internal`).
NOT_PUBLIC = (".local", ".localhost", ".internal", ".home.arpa", ".lan", ".intranet", ".corp")


def validate_public_address(text: str) -> None:
    """Raises `ValidationError` for an address with a password in it, or of a network of one's own,
    which is somebody else's machine for whoever follows it."""
    validate_web_address(text)
    parts = urlsplit(text)
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.username is not None or parts.password is not None:
        raise ValidationError(_("Leave out the name and password before the @."), code="secret")
    if not is_public_host(host):
        raise ValidationError(_("Only this network knows that address."), code="private")


def is_public_host(host: str) -> bool:
    """Whether a name or number can be the same machine for everybody. Asks no name server."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        is_number = last.isdigit() or last.startswith("0x")  # as browsers read 127.1 and 0x7f.1
        return "." in host and not host.endswith(NOT_PUBLIC) and not is_number


class WebAddressFormField(forms.URLField):
    """Where an address is typed: what is wrong with it is told once, with what to type."""

    default_validators = [validate_web_address]
    default_error_messages = {
        "invalid": _("Type a whole web address, such as https://www.example.nl/page.")
    }


class PublicAddressFormField(WebAddressFormField):
    """The same for an address that is the same machine for everybody."""

    default_validators = [validate_public_address]


class WebAddressField(models.URLField):  # type: ignore[type-arg]  # takes none when it runs
    """An address; who types no scheme means https (Django's own default from 6.0 on)."""

    default_validators = [validate_web_address]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{"form_class": WebAddressFormField, "assume_scheme": "https", **kwargs}
        )

    def deconstruct(self) -> Any:
        """As Django's own field: there is no difference in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
