"""The site on one host, and with the portal on a host of its own (DESIGN, "What it is")."""

import os
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from tests.run import ROOT

TWO_HOSTS = {
    "SITE_URL": "http://pluc.localhost:8000",
    "PORTAL_URL": "http://mijn.pluc.localhost:8000",
}


# What a browser says of an address that somebody typed or pressed (W3C, Fetch Metadata).
OPENED = {
    "sec-fetch-dest": "document",
    "sec-fetch-mode": "navigate",
    "sec-fetch-site": "none",
    "sec-fetch-user": "?1",
}


@contextmanager
def environment_set(variables: dict[str, str]) -> Iterator[None]:
    """The process's environment with `variables` added, for as long as the block lasts."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def read_settings(**variables: str) -> dict[str, Any]:
    """The settings that the settings file gives for an environment."""
    with environment_set(variables):
        values = runpy.run_path(str(ROOT / "site/pluc/settings.py"))
    return {name: value for name, value in values.items() if name.isupper()}


@cache
def changed_settings(**variables: str) -> dict[str, Any]:
    """The settings that an environment changes."""
    plain = read_settings()
    return {
        name: value for name, value in read_settings(**variables).items() if plain[name] != value
    }


@dataclass(frozen=True)
class House:
    """One of the two ways to serve the site, with a browser for each door."""

    name: str

    @property
    def one_host(self) -> bool:
        return bool(settings.ONE_HOST)

    def visitor(self, **headers: str) -> Client:
        """A browser at the public site, with no cookies yet."""
        return browser_at(settings.SITE_URL, **headers)

    def guest(self, **headers: str) -> Client:
        """A browser at the portal, not signed in."""
        return browser_at(settings.PORTAL_URL, **headers)

    def portal_path(self, path: str) -> str:
        """The path at which this house serves a portal address (CONTRACT, Portal addresses)."""
        return f"/mijn{path}" if self.one_host else path


class Browser(Client):
    """Django's client with the fetch metadata of a person who opens a page."""

    def get(self, *args: Any, headers: Any = None, **kwargs: Any) -> Any:
        return super().get(*args, headers=OPENED | (headers or {}), **kwargs)


def browser_at(address: str, **headers: str) -> Client:
    """A browser that asks the host of an address."""
    return Browser(headers={"host": urlsplit(address).netloc} | headers)
