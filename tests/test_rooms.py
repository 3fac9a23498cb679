"""What each room must have, and nothing else would notice (docs/a-new-room.md)."""

import re
import tomllib

from django.conf import settings

from tests.run import ROOT

WITH_LAYERS = ("legal.", "portal.", "pluc.outbox")
POSTS = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>(.*?)</form>", re.DOTALL)


def contracts() -> list[dict[str, list[str]]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found: list[dict[str, list[str]]] = config["tool"]["importlinter"]["contracts"]
    return found


def rooms() -> list[str]:
    """Our rooms, as they are installed: those above before those below."""
    names = (name.split(".apps.")[0] for name in settings.INSTALLED_APPS)
    return list(dict.fromkeys(one for one in names if (ROOT / one.replace(".", "/")).is_dir()))


def test_every_room_stands_in_the_import_contracts_and_is_installed_in_their_order():
    layers = [re.split(r" [|:] ", layer) for layer in contracts()[0]["layers"]]
    place = {room: number for number, layer in enumerate(layers) for room in layer}
    assert set(rooms()) - place.keys() == set()
    assert sorted(rooms(), key=place.__getitem__) == rooms()
    inside = {one for one in rooms() if one.startswith(WITH_LAYERS)}
    assert inside - set(contracts()[2]["containers"]) == set()


def test_every_form_of_portal_and_staff_that_is_posted_holds_the_token():
    """Django's test client asks for none, so no other test would notice."""
    without = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        knows_who = "portal/base.html" in text or "wagtailadmin" in path.parts
        if knows_who and any("csrf_token" not in form for form in POSTS.findall(text)):
            without.append(str(path.relative_to(ROOT)))
    assert without == []
