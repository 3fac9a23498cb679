"""Who a password lets in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context

from portal.accounts import services
from portal.accounts.models import User


class ProvenAddressBackend(AuthenticationBackend):
    """A login whose address is not proven is answered like a wrong password.

    Otherwise registering an address and then signing in would tell whether it had an account
    already (STANDARDS 6.9). A new link goes to the mailbox; the message says that it may.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Who a session is of, with their person: every page shows a name."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _check_password(self, user: Any, password: str) -> Any:
        found = super()._check_password(user, password)
        if found is None or services.is_proven(user=found):
            return found
        services.send_link_again(user=found, request=context.request)
        return None
