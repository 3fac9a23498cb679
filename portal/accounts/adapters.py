"""Where allauth asks us: how an account is made, what is mailed, what a factor looks like."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.counting import note_limit
from pluc.folding import clean_address
from pluc.links import portal_address
from pluc.mail_addresses import validate_address
from pluc.qr_codes import qr_svg
from pluc.signed_in import is_signed_in
from portal.accounts import services
from portal.accounts.errors import ACCOUNT_ERRORS, FACTOR_ERRORS
from portal.accounts.mails import MAILS
from portal.accounts.models import User
from portal.accounts.permissions import is_colleague
from portal.accounts.queries import proven_addresses
from portal.accounts.requests import way_back

TRIED_TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made, proven and told about in our own way."""

    error_messages = DefaultAccountAdapter.error_messages | ACCOUNT_ERRORS

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in TRIED_TOO_OFTEN:
            note_limit(self.request)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> User:
        data = form.cleaned_data
        return services.register(
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            password=data["password1"],
            language=get_language() or settings.LANGUAGE_CODE,
            newsletter=data["newsletter"],
            measured=not data["not_measured"],
            partner=data["partner"],
        )

    def clean_email(self, email: str) -> str:
        """Every address of allauth's forms comes by here."""
        cleaned: str = super().clean_email(clean_address(email))
        validate_address(cleaned)
        return cleaned

    def should_send_confirmation_mail(
        self, request: HttpRequest, email_address: EmailAddress, signup: bool
    ) -> bool:
        return services.may_send_link(address=email_address)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Goes to a proven address, or nowhere. allauth's own choice may be unproven."""
        proven = proven_addresses(user=user)
        if to := email or (proven[0] if proven else None):
            super().send_notification_mail(template_prefix, user, context, to)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        if not services.make_way(address=email_address):
            return False
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            services.follow_address(user=email_address.user, email=email_address.email)
            services.tell_of_records(user=email_address.user)
        return confirmed

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to what one was doing; else to the staff screens, or to one's own desk."""
        is_staffs = is_signed_in(request) and is_colleague(request.user)
        start = "wagtailadmin_home" if is_staffs else "desk"
        return way_back(request) or reverse(start)

    def is_safe_url(self, url: str) -> bool:
        """Our two doors, as the settings name them, and nothing else (STANDARDS 6.18)."""
        hosts = {urlsplit(base).netloc for base in (settings.SITE_URL, settings.PORTAL_URL)}
        return url_has_allowed_host_and_scheme(url, hosts, require_https=settings.HTTPS)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """From the settings: a request may name any host (STANDARDS 6.18)."""
        return portal_address("account_confirm_email", key=emailconfirmation.key)

    def get_reset_password_from_key_url(self, key: str) -> str:
        user, _, token = key.partition("-")
        return portal_address("account_reset_password_from_key", uidb36=user, key=token)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        MAILS[template_prefix](email, context)


def keys() -> Sequence[Fernet]:
    """Keys for the secrets of authenticator apps: from `SECRET_KEY`, then from its predecessors."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factor:{secret}".encode()).digest() for secret in secrets)
    return [Fernet(base64.urlsafe_b64encode(digest)) for digest in digests]


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are stored encrypted, their QR code is drawn by segno."""

    error_messages = DefaultMFAAdapter.error_messages | FACTOR_ERRORS

    def encrypt(self, text: str) -> str:
        return MultiFernet(keys()).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return MultiFernet(keys()).decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        return qr_svg(url)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are bound to the portal's host, and carry our name."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.PRODUCT}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  allauth's
        number = self.count(user, type) + 1
        return _t("Passkey %(number)d") % {"number": number}

    def count(self, user: Any, kind: Any) -> int:
        from allauth.mfa.models import Authenticator

        return Authenticator.objects.filter(user_id=user.pk, type=kind).count()
