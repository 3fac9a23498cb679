"""How often who may do what without signing in, and how much one mailbox gets: the one table.

`docs/limits.md` shows it with the reasons; `tests/test_limits.py` holds the two together and goes
over every limit. A rate is written as allauth writes it: most, per period, per whom. "ip" is a
network (an IPv4 address, or the first 64 bits of an IPv6 address), "key" what the limit is about
besides (a mailbox, a booking, a meeting), "user" who is signed in.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Rates, separated by commas.

    Those of `loopback` are wide, since on one's own machine everything comes from one address:
    the demo, the tests, and sixty sign-ins a minute (CONTRACT, Commands).
    """

    production: str
    loopback: str


LIMITS = {
    # Asked by django-allauth itself (`ACCOUNT_RATE_LIMITS`, `MFA_RATE_LIMITS`).
    "login": Limit(production="30/m/ip", loopback="60/m/ip"),
    "login_failed": Limit(production="5/5m/key", loopback="5/5m/key"),
    "signup": Limit(production="20/h/ip", loopback="60/m/ip"),
    "reset_password": Limit(production="20/h/ip,5/h/key", loopback="60/m/ip,5/m/key"),
    "reset_password_from_key": Limit(production="20/h/ip", loopback="60/m/ip"),
    "prove_address": Limit(production="1/1m/key", loopback="1/1m/key"),
    "webauthn_login": Limit(production="30/m/ip", loopback="60/m/ip"),
    # Asked by `pluc.counting`.
    "logout": Limit(production="60/m/ip", loopback="600/m/ip"),
    "prove": Limit(production="30/h/ip", loopback="60/m/ip"),
    "register": Limit(production="5/h/key", loopback="60/m/key"),
    "second_step": Limit(production="30/m/ip", loopback="60/m/ip"),
    "contact": Limit(production="20/h/ip,5/h/key", loopback="60/m/ip,5/m/key"),
    "newsletter": Limit(production="20/h/ip,5/h/key", loopback="60/m/ip,5/m/key"),
    "newsletter_link": Limit(production="60/h/ip,20/h/key", loopback="600/m/ip,60/m/key"),
    "choice": Limit(production="60/15m/ip,300/d/ip", loopback="600/m/ip"),
    "form": Limit(production="240/h/ip", loopback="600/m/ip"),
    "away": Limit(production="60/h/ip", loopback="600/m/ip"),
    "hold": Limit(production="12/15m/ip", loopback="120/m/ip"),
    "hold_in_meeting": Limit(production="10/15m/key", loopback="120/m/key"),
    "enrol": Limit(production="60/h/ip", loopback="600/m/ip"),
    "named": Limit(production="20/h/key", loopback="60/m/key"),
    "unproven": Limit(production="10/d/key", loopback="600/m/key"),
    "vouched": Limit(production="20/d/key", loopback="600/m/key"),
    "place": Limit(production="60/h/ip,20/h/key", loopback="600/m/ip,60/m/key"),
    # Asked of who is signed in, too: whoever scans the code in a room.
    "check_in": Limit(production="2400/15m/ip,40/15m/key", loopback="2400/m/ip,120/m/key"),
    "certificate": Limit(production="120/h/ip", loopback="600/m/ip"),
    "returns": Limit(production="1200/m/ip", loopback="1200/m/ip"),
    # Asked by the API, of all its addresses together.
    "api_read": Limit(production="600/m/ip", loopback="600000/m/ip"),
    "api_write": Limit(production="60/m/ip", loopback="600000/m/ip"),
    "api_token": Limit(production="600/m/key", loopback="600000/m/key"),
    # Asked by the outbox, of its own rows: mails that left for one mailbox.
    "mailbox": Limit(production="20/h/key", loopback="600/h/key"),
    "mailbox_security": Limit(production="20/h/key", loopback="600/h/key"),
    "mailbox_office": Limit(production="300/h/key", loopback="3000/h/key"),
}
ALLAUTH = (
    "login",
    "login_failed",
    "signup",
    "reset_password",
    "reset_password_from_key",
    "prove_address",
)


def rates_of(name: str, *, https: bool) -> str:
    """The rates of a limit, in production or on one's own machine."""
    limit = LIMITS[name]
    return limit.production if https else limit.loopback


def account_rates(*, https: bool) -> dict[str, str]:
    """For allauth: those that it asks of who is not signed in."""
    return {name: rates_of(name, https=https) for name in ALLAUTH}
