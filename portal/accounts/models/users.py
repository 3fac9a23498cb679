"""The login of one person."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.folding import clean_password
from pluc.mail_addresses import AddressField, validate_address
from portal.accounts.models.people import Person


class UserManager(BaseUserManager["User"]):
    """Makes a login for a person who has none."""

    def create_user(
        self, email: str, password: str | None = None, *, person: Person, **fields: Any
    ) -> "User":
        """A login that asks for the address `email`, which counts once its mailbox proves it."""
        user = self.model(email=self.normalize_email(email), person=person, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        person = Person.objects.create(last_name=email.partition("@")[0], email=email)
        from allauth.account.models import EmailAddress

        user = self.create_user(
            email, password, person=person, is_staff=True, is_superuser=True, **fields
        )
        EmailAddress.objects.create(user=user, email=user.email.lower(), primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The login that has proven an address. Raises `User.DoesNotExist`."""
        proven = {"emailaddress__email": (username or "").lower(), "emailaddress__verified": True}
        return self.get(**proven)


def writings_of(password: str) -> list[str]:
    """What a password is checked as: in one writing, then as it was typed if that is another."""
    return list(dict.fromkeys([clean_password(password), password]))


class User(AbstractBaseUser, PermissionsMixin):
    """The login of exactly one person.

    `email` is its proven address; where nothing is proven yet, the one that it asks for. Several
    logins may ask for the same address: allauth's `unique_verified_email` lets one of them have it
    (docs/decisions/0015). Who may do something by an address is asked of the proven ones, by
    `queries.login_at`.
    """

    person = models.OneToOneField(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="user"
    )
    email = AddressField(_("e-mail address"), validators=[validate_address])
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    # Whether the login is in the groups of speakers and of contacts: of `login_with_rooms` only.
    is_speaker: bool = False
    is_contact: bool = False

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [models.Index(Lower("email"), name="accounts_user_address")]

    def __str__(self) -> str:
        return self.email

    def set_password(self, raw_password: str | None) -> None:
        """Stores the hash of a password in one writing (NIST SP 800-63B, 3.1.1.2)."""
        super().set_password(raw_password and clean_password(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Also as it was typed: passwords set before 2026-11 were hashed so."""
        return any(super(User, self).check_password(one) for one in writings_of(raw_password or ""))

    @property
    def first_name(self) -> str:
        return self.person.first_name

    @property
    def last_name(self) -> str:
        return self.person.last_name

    def get_full_name(self) -> str:
        return self.person.full_name

    def get_short_name(self) -> str:
        return self.person.first_name
