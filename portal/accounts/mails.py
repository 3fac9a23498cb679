"""One function per mail about an account. All are of the kind that is always sent.

Each says what happened, when, and what to do if it was somebody else; none shows an IP address or
a browser. `address` is where the mail leads to: absolute, from the settings, never from a request.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import get_language

from pluc.links import portal_address
from pluc.outbox.letters import post_letter
from pluc.outbox.models import Mail
from pluc.periods import ADDRESS_CHANGE
from portal.accounts.models import Person, User
from portal.accounts.plain_text import is_name
from portal.accounts.queries import login_at


def plain_name(text: str) -> str:
    """What was typed, where it is a name and nothing else (`is_name`)."""
    name = text.strip()
    return name if is_name(name) else ""


def greeted(person: Person) -> str:
    """The first name, where it is one."""
    return plain_name(person.first_name)


def masked(email: str) -> str:
    """An address that only its owner recognises: `d…@firma.example`."""
    return f"{email[:1]}…@{email.rpartition('@')[2]}"


def to_user(name: str, user: User, *, to: str = "", **context: Any) -> Mail | None:
    """Posts a letter to the mailbox of a login, or to another one that it is about."""
    return post_letter(
        template=f"accounts/{name}",
        to=to or user.email,
        language=user.person.language,
        context={"first_name": greeted(user.person), **context},
        kind=Mail.Kind.SECURITY,
        person_id=user.person_id,
    )


def to_unproven(name: str, user: User, *, to: str, **context: Any) -> Mail | None:
    """Posts a letter to a mailbox that may be anybody's: without the name of who typed it."""
    return to_user(name, user, to=to, **context, first_name="")


def to_stranger(name: str, *, to: str, language: str, **context: Any) -> Mail | None:
    """Posts a letter to a mailbox of which we know nothing else."""
    return post_letter(
        template=f"accounts/{name}",
        to=to,
        language=language,
        context=context,
        kind=Mail.Kind.SECURITY,
    )


def link_for(user: User, name: str) -> str:
    """The absolute address of a named portal view, in the language of the letter."""
    with translation.override(user.person.language):
        return portal_address(name)


# --- Asking for something ------------------------------------------------------------------------


def verify_address(*, user: User, to: str, address: str, at: datetime) -> Mail | None:
    """Asks whoever has the mailbox of a new account to confirm it."""
    days = settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS
    return to_unproven("verify_address", user, to=to, address=address, at=at, days=days)


def verify_new_address(*, user: User, to: str, address: str, at: datetime) -> Mail | None:
    """Asks whoever has the mailbox that an account wants to change to, to confirm it."""
    days = ADDRESS_CHANGE.days
    return to_unproven("verify_new_address", user, to=to, address=address, at=at, days=days)


def account_exists(*, user: User, to: str, address: str, at: datetime) -> Mail | None:
    """To whoever registers with an address that has an account; they saw the usual answer."""
    return to_user("account_exists", user, to=to, address=address, at=at)


def unknown_account(*, to: str, language: str, address: str, at: datetime) -> Mail | None:
    """To whoever asks for a new password at an address that has no account."""
    return to_stranger("unknown_account", to=to, language=language, address=address, at=at)


def reset_password(*, user: User, to: str, address: str, at: datetime) -> Mail | None:
    """Sends the link to choose a new password."""
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    return to_user("reset_password", user, to=to, address=address, at=at, hours=hours)


def claims_found(*, user: User, address: str, at: datetime) -> Mail | None:
    """Tells that there are records with the address that was just proven (DESIGN, "People")."""
    return to_user("claims_found", user, address=address, at=at)


# --- Telling what was done -----------------------------------------------------------------------


def password_changed(*, user: User, at: datetime) -> Mail | None:
    address = link_for(user, "account_reset_password")
    return to_user("password_changed", user, address=address, at=at)


def password_reset_done(*, user: User, at: datetime) -> Mail | None:
    """A password was set by a link, or where there was none."""
    address = link_for(user, "account_reset_password")
    return to_user("password_reset_done", user, address=address, at=at)


def address_changed(*, user: User, old: str, new: str, at: datetime) -> Mail | None:
    """Tells the old mailbox, without the new address: whoever broke into it may read along."""
    return to_user("address_changed", user, to=old, masked_address=masked(new), at=at)


def address_confirmed(*, user: User, at: datetime) -> Mail | None:
    return to_user("address_confirmed", user, at=at)


def address_removed(*, user: User, removed: str, at: datetime) -> Mail | None:
    return to_user("address_removed", user, masked_address=masked(removed), at=at)


def passkey_added(*, user: User, at: datetime) -> Mail | None:
    return factor_changed("passkey_added", user, at)


def passkey_removed(*, user: User, at: datetime) -> Mail | None:
    return factor_changed("passkey_removed", user, at)


def app_added(*, user: User, at: datetime) -> Mail | None:
    """An app that makes codes (TOTP)."""
    return factor_changed("app_added", user, at)


def app_removed(*, user: User, at: datetime) -> Mail | None:
    return factor_changed("app_removed", user, at)


def recovery_codes_made(*, user: User, at: datetime) -> Mail | None:
    return factor_changed("recovery_codes_made", user, at)


def factor_changed(name: str, user: User, at: datetime) -> Mail | None:
    return to_user(name, user, address=link_for(user, "account_security"), at=at)


# --- What allauth calls them ---------------------------------------------------------------------

Context = dict[str, Any]


def user_at(email: str) -> User:
    """Who has proven an address. Raises `User.DoesNotExist`."""
    if user := login_at(email=email):
        return user
    raise User.DoesNotExist


def active_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def moment_of(context: Context) -> datetime:
    moment: datetime = context.get("timestamp") or timezone.now()
    return moment


def confirmation(email: str, context: Context) -> None:
    """allauth's mail for a changed address is also its reminder at sign-in."""
    user: User = context["user"]
    ask = verify_address if email.lower() == user.email.lower() else verify_new_address
    ask(user=user, to=email, address=context["activate_url"], at=timezone.now())


def existing(email: str, context: Context) -> None:
    """An address that somebody only claimed is told no name: it may be another's mailbox."""
    address = portal_address("account_reset_password")
    now = timezone.now()
    if user := login_at(email=email):
        account_exists(user=user, to=email, address=address, at=now)
    else:
        language = active_language()
        to_stranger("account_exists", to=email, language=language, address=address, at=now)


def unknown(email: str, context: Context) -> None:
    address = portal_address("account_signup")
    unknown_account(to=email, language=active_language(), address=address, at=timezone.now())


def reset(email: str, context: Context) -> None:
    address = context["password_reset_url"]
    reset_password(user=context["user"], to=email, address=address, at=timezone.now())


def changed(email: str, context: Context) -> None:
    new = context["to_email"]
    address_changed(user=user_at(new), old=email, new=new, at=moment_of(context))


def removed(email: str, context: Context) -> None:
    gone = context["deleted_email"]
    address_removed(user=user_at(email), removed=gone, at=moment_of(context))


def notice(mail: Callable[..., Mail | None]) -> Callable[[str, Context], None]:
    """For a mail that says that something was done, to the address of the account."""

    def send(email: str, context: Context) -> None:
        mail(user=user_at(email), at=moment_of(context))

    return send


MAILS: dict[str, Callable[[str, Context], None]] = {
    "account/email/email_confirmation_signup": confirmation,
    "account/email/email_confirmation": confirmation,
    "account/email/account_already_exists": existing,
    "account/email/unknown_account": unknown,
    "account/email/password_reset_key": reset,
    "account/email/password_changed": notice(password_changed),
    "account/email/password_reset": notice(password_reset_done),
    "account/email/password_set": notice(password_reset_done),
    "account/email/email_changed": changed,
    "account/email/email_confirm": notice(address_confirmed),
    "account/email/email_deleted": removed,
    "mfa/email/totp_activated": notice(app_added),
    "mfa/email/totp_deactivated": notice(app_removed),
    "mfa/email/recovery_codes_generated": notice(recovery_codes_made),
    "mfa/email/webauthn_added": notice(passkey_added),
    "mfa/email/webauthn_removed": notice(passkey_removed),
}
