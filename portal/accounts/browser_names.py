"""By which name a browser keeps something for an account: it says nothing about whose it is."""

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, _User

SIZE = 32  # letters, of four bits


def browser_name(user: "_User | AnonymousUser") -> str:
    """The same in every session of an account; nothing for whoever is not signed in."""
    if not user.is_authenticated:
        return ""
    return salted_hmac("portal.accounts.browser", str(user.pk), algorithm="sha256").hexdigest()[
        :SIZE
    ]
