"""Which addresses an endpoint may have, and to which machines a message may go.

A message leaves from inside our own network, so an address decides what it reaches (server-side
request forgery). The form refuses what can be seen in the text; what the name resolves to is
checked at each attempt, when it counts (`headless.webhooks.calling`).
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from pluc.web_addresses import NOT_PUBLIC, is_public_host, read_address, validate_web_address

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
HTTPS_PORT, HTTP_PORT = 443, 80
FIRST_FREE_PORT = 1024  # those below belong to other services, such as mail and shells
# Names that nobody can have (RFC 6761, 7686, 9476), beside those of a network of one's own.
OF_NOBODY = (".test", ".example", ".invalid", ".onion", ".alt")
# What Python 3.11 takes for a machine that everybody can reach, and is none (IANA's registries of
# special-purpose addresses): kept for protocols, and the former relay of 6to4.
SPECIAL = [ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")]
GIVEN_OUT = ipaddress.ip_network("2000::/3")  # of IPv6: nobody has what lies outside
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True)
class Target:
    """The parts of an address that a call needs. `host` is in ASCII."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = HTTPS_PORT if self.is_secure else HTTP_PORT
        return name if self.port == usual else f"{name}:{self.port}"

    @property
    def address(self) -> str:
        return f"{'https' if self.is_secure else 'http'}://{self.host_header}{self.path}"

    @property
    def is_own_machine(self) -> bool:
        return self.host in LOOPBACK_NAMES


def target_of(text: str) -> Target:
    """Reads an address. Raises `ValidationError` for one that no message may go to."""
    validate_web_address(text)
    parts = urlsplit(text)
    if parts.username is not None or parts.password is not None:
        raise ValidationError(_("Leave out the name and password before the @."), code="secret")
    if "#" in text:
        raise ValidationError(_("Leave out what follows the #."), code="fragment")
    is_secure = parts.scheme == "https"
    usual = HTTPS_PORT if is_secure else HTTP_PORT
    target = Target(
        is_secure=is_secure,
        host=host_in_ascii(parts.hostname or ""),
        port=usual if parts.port is None else parts.port,
        path=iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else "")),
    )
    check(target)
    return target


def check(target: Target) -> None:
    """Raises `ValidationError` where the scheme, the host or the port is not allowed."""
    if target.is_own_machine and settings.WEBHOOKS_TO_LOOPBACK:
        return
    if not target.is_secure:
        raise ValidationError(_("Only an address that starts with https:// is safe."), code="http")
    if not is_public_host(target.host) or not may_be_reached(target.host):
        raise ValidationError(_("Only this network knows that address."), code="private")
    if target.port != HTTPS_PORT and target.port < FIRST_FREE_PORT:
        raise ValidationError(
            _("Use port 443, or one from 1024 on: the others belong to other services."),
            code="port",
        )
    own = {read_address(one) for one in (settings.SITE_URL, settings.PORTAL_URL)}
    if target.host in {parts.hostname for parts in own if parts is not None}:
        raise ValidationError(_("This is our own address."), code="own")


def require_name_of_somebody(target: Target) -> None:
    """Raises `ValidationError` for a name of tests and examples, where this site is in earnest."""
    if not settings.WEBHOOKS_TO_LOOPBACK and f".{target.host}".endswith(OF_NOBODY):
        raise ValidationError(_("Nobody can have that name: it is for examples."), code="nobody")


def host_in_ascii(host: str) -> str:
    """A host as a resolver asks for it: what looks like a digit or a dot becomes one.

    Raises `ValidationError` for what is no host.
    """
    small = host.rstrip(".").lower()
    if ":" in small:
        return small
    try:
        return small.encode("idna").decode("ascii").rstrip(".").lower()
    except UnicodeError as error:
        message = _("This is no address that a browser can follow.")
        raise ValidationError(message, code="invalid") from error


def may_be_reached(host: str) -> bool:
    """Whether a host is a name, or a number of a machine that everybody can reach."""
    try:
        return is_allowed(ipaddress.ip_address(host), to_loopback=False)
    except ValueError:
        return not f".{host}".endswith(NOT_PUBLIC)


def is_allowed(address: Address, *, to_loopback: bool) -> bool:
    """Whether a message may go to this machine: reached by everybody, or this one in tests."""
    meant = unmapped(address)
    if to_loopback and meant.is_loopback:
        return True
    is_given_out = isinstance(meant, ipaddress.IPv4Address) or meant in GIVEN_OUT
    is_special = meant.is_multicast or meant.is_reserved or any(meant in one for one in SPECIAL)
    return meant.is_global and is_given_out and not is_special


def unmapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4, or by NAT64; else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
