"""Pages whose address is a fact of the back office: the short name of what they are about."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from home.forms import NamedPageForm
from pluc.content.models import BasePage
from pluc.content.models.pages import PublicPagePermissionTester


class NamedPagePermissionTester(PublicPagePermissionTester):
    """A copy would have an address that is no one's."""

    def can_copy(self) -> bool:
        return False


class NamedPage(BasePage):
    """One page per language about a row of the planning, which gives it its slug.

    Kept here and not in the form alone: translations are made without it (wagtail-localize).
    """

    slug_is_locked = True
    base_form_class = NamedPageForm
    # The foreign key to what it is about.
    named_after = ""

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if getattr(self, f"{self.named_after}_id"):
            self.slug = getattr(self, self.named_after).slug
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: AbstractBaseUser) -> NamedPagePermissionTester:
        return NamedPagePermissionTester(user, self)
