"""Pages with everything in them, for the tests of the content API."""

import json
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from home.models import StandardPage
from pluc.content.models import Download, Picture
from tests.factories import PictureFactory, StandardPageFactory, image_file
from tests.houses import browser_at


def asked(path: str, *, status: int = 200, **query: Any) -> Any:
    """What the API answers, as data."""
    answer = api(path, **query)
    assert answer.status_code == status, answer.content.decode()
    return json.loads(answer.content)


def api(path: str, **query: Any) -> Any:
    return browser().get(f"/api/v2{path}", query)


def browser() -> Client:
    return browser_at(settings.SITE_URL)


def link(target: Any) -> dict[str, Any]:
    return {"page": target.pk, "url": ""}


def a_document(title: str = "Programma") -> Download:
    return Download.objects.create(title=title, file=ContentFile(b"%PDF-1.4", name="programma.pdf"))


def every_block(target: Any, picture: Picture, document: Download) -> list[dict[str, Any]]:
    """One of each block, with links to `target` wherever a link can stand."""
    html = (
        f'<p>Zie <a linktype="page" id="{target.pk}">daar</a>, '
        f'<a linktype="document" id="{document.pk}">het programma</a>, '
        '<a href="/blog/">de blog</a>, <a href="https://elders.example/">elders</a>. '
        '<embed embedtype="image" id="1" format="left" alt="x"/></p>'
    )
    elsewhere = {"page": None, "url": "https://elders.example/"}
    values: list[tuple[str, Any]] = [
        ("heading", {"level": "2", "text": "Een kop"}),
        ("text", html),
        (
            "picture",
            {
                "picture": {"image": picture.pk, "alt_text": "Een mand", "decorative": False},
                "caption": "Zomer",
            },
        ),
        ("quote", {"text": "Zo is het.", "name": "Puck", "role": "controller"}),
        ("button", {"label": "Verder", "link": link(target)}),
        (
            "call_to_action",
            {"heading": "Doe mee", "text": "", "label": "Ja", "link": elsewhere},
        ),
        (
            "cards",
            {
                "cards": [
                    {"heading": "Een", "text": "Eerste", "link": link(target)},
                    {"heading": "Twee", "text": "Tweede", "link": {"page": None, "url": ""}},
                ]
            },
        ),
        ("questions", {"questions": [{"question": "Hoe?", "answer": html}]}),
        ("table", {"caption": "Uren", "header": "both", "cells": "Dag | Uren\nma | 4"}),
        ("video", {"title": "Film", "url": "https://video.example/1", "description": ""}),
    ]
    return [
        {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-00000000000{place}"}
        for place, (kind, value) in enumerate(values)
    ]


def focused_picture() -> Picture:
    """One of 1600 by 900, of which the middle matters."""
    size = {"focal_point_width": 160, "focal_point_height": 90}
    picture: Picture = PictureFactory(focal_point_x=800, focal_point_y=450, **size)
    return picture


def small_picture() -> Picture:
    """One that takes little time to scale."""
    picture: Picture = PictureFactory(file=image_file(size=(16, 9)))
    return picture


def full_page(target: Any, picture: Picture | None = None, **fields: Any) -> StandardPage:
    """A page with one of each block."""
    shown = picture or small_picture()
    body = every_block(target, shown, a_document())
    page: StandardPage = StandardPageFactory(
        body=body, picture=shown, picture_alt="Abrikozen", **fields
    )
    return page
