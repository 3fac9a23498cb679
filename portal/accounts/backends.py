"""Who a password lets in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password

from portal.accounts import services
from portal.accounts.models import User
from portal.accounts.models.users import writings_of
from portal.accounts.queries import address_to_sign_in_with, login_with_rooms


class ProvenAddressBackend(AuthenticationBackend):
    """A login whose address is not proven is answered like a wrong password.

    Otherwise registering an address and then signing in would tell whether it had an account
    already (STANDARDS 6.9). A new link goes to the mailbox; the message says that it may.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Who a session is of, with what every page shows of them: a name, and ways to rooms."""
        user = login_with_rooms(user_id=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def _mitigate_timing_attack(self, password: str) -> None:
        """In the place of allauth's: as many hashes as for a login that is there."""
        for one in writings_of(password):
            make_password(one)

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        """In the place of allauth's look-up, which also finds addresses that are not proven.

        One password is tried, whoever was found: the time tells nothing.
        """
        address = address_to_sign_in_with(email=email)
        found = self._check_password(address.user if address else None, password)
        if found is None or address is None or address.verified:
            return found
        services.send_link_again(address=address)
        return None
