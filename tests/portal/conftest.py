"""The back office at its screens."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from portal.accounts.models import User


@pytest.fixture
def office(sign_in: Callable[[User], Client], back_office: User) -> Client:
    """Bas's browser, in English: the sentences are asserted as the sources have them."""
    profile = UserProfile.get_for_user(back_office)
    profile.preferred_language = "en"
    profile.save()
    return sign_in(back_office)


@pytest.fixture
def office_at_work(office: Client) -> Client:
    """The same, at its second screen: what is asked once a session is counted nowhere."""
    office.get("/beheer/bijeenkomsten/")
    return office
