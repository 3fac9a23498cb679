"""Addresses that are asked for, and proven by whoever has the mailbox (docs/decisions/0015)."""

from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.ratelimit import consume
from django.db import transaction
from django.utils import timezone

from portal.accounts.followers import tell_followers, tell_of_proof
from portal.accounts.models import AddressChange, Registration, User
from portal.accounts.queries import may_be_proven, own_unproven, unproven, waiting_addresses
from portal.accounts.services.registration import forget_logins


def may_send_link(*, address: EmailAddress) -> bool:
    """Counts a link to this row: at most one a minute.

    Counted per login and address. Per address alone, whoever asks for links to somebody else's
    mailbox would keep its owner's own link from arriving.
    """
    return consume(context.request, action="prove_address", key=str(address.pk))


def send_link_again(*, address: EmailAddress) -> bool:
    """Sends the link that proves an address, unless one went a moment ago or it is of no use."""
    if not may_be_proven(address=address) or not may_send_link(address=address):
        return False
    is_own = address.email == address.user.email.lower()
    address.send_confirmation(context.request, signup=is_own)
    return True


# --- Changing to another address -----------------------------------------------------------------


@transaction.atomic
def ask_for_change(*, user: User, email: str) -> EmailAddress:
    """Posts a link to the new mailbox; until that proves it, nothing changes.

    An earlier change that waited ends: a login waits for one at a time.
    """
    User.objects.select_for_update().get(pk=user.pk)
    waiting_addresses().filter(user=user).delete()
    address = EmailAddress.objects.create(user=user, email=email.lower())
    AddressChange.objects.create(address=address)
    may_send_link(address=address)
    address.send_confirmation(context.request)
    return address


def end_change(*, user: User) -> bool:
    """Takes back the change that waits; `False` where none does."""
    return waiting_addresses().filter(user=user).delete()[0] > 0


# --- Proving -------------------------------------------------------------------------------------


@transaction.atomic
def make_way(*, address: EmailAddress) -> bool:
    """Deletes the unproven claims of other logins to this address.

    Locks every row at the address first, so that of two proofs at one moment the second finds it
    taken. `False` where this row cannot be proven (any more).
    """
    rows = EmailAddress.objects.select_for_update().filter(email=address.email)
    locked = list(rows.order_by("pk"))
    if address.pk not in [row.pk for row in locked if not row.verified]:
        return False
    if not may_be_proven(address=address):
        return False
    claims = own_unproven(email=address.email).exclude(user=address.user_id)
    forget_logins(unproven().filter(pk__in=list(claims.values_list("user", flat=True))))
    waiting_addresses().filter(email=address.email).exclude(pk=address.pk).delete()
    waiting_addresses().filter(user=address.user_id).exclude(pk=address.pk).delete()
    return True


@transaction.atomic
def follow_address(*, user: User, email: str) -> None:
    """The person's address follows the one that their login has proven.

    So does what rooms above hold at the old one (`portal.accounts.followers`).
    """
    old = user.person.email
    user.person.email = email
    user.person.save(update_fields=["email"])
    if old.casefold() != email.casefold():
        tell_followers(user.person, old)
    tell_of_proof(user)
    Registration.objects.filter(user=user, proven_at=None).update(proven_at=timezone.now())


@transaction.atomic
def ask_for_proof(*, user: User) -> None:
    """A login's own address, typed by somebody else, is to be proven at the next sign-in."""
    email = user.email.lower()
    rows = EmailAddress.objects.filter(user=user)
    rows.filter(verified=False).exclude(email=email).delete()
    has_primary = rows.filter(primary=True).exists()
    rows.get_or_create(user=user, email=email, defaults={"primary": not has_primary})
