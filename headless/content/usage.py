"""Which pictures and documents are public: those that something public shows.

A file that was uploaded for a draft, or that nothing uses any more, leaves no trace.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.query import PageQuerySet

from headless.content.pointers import public_documents
from home.models import Author, BlogPostPage, CoursePage, PartnerPage
from pluc.content.models import Download, Picture
from portal.meetings.models import Meeting, Speaker
from portal.organisations.models import Organisation


def references_to(model: type[Model], **which: Any) -> Any:
    kind = ContentType.objects.get_for_model(model)
    return ReferenceIndex.objects.filter(to_content_type=kind, **which)


def shown_documents(public: PageQuerySet) -> Any:
    """Documents that public pages link to."""
    pages = ContentType.objects.get_for_model(Page)
    pairs = references_to(Download, base_content_type=pages).values_list(
        "object_id", "to_object_id"
    )
    found = [(int(page), int(document)) for page, document in pairs]
    shown = set(public.filter(pk__in={page for page, _ in found}).values_list("pk", flat=True))
    numbers = {document for page, document in found if page in shown}
    return public_documents().filter(pk__in=numbers).order_by("title", "pk")


def shown_picture(number: int, public: PageQuerySet) -> Picture | None:
    """A picture that the site shows somewhere, to everybody."""
    pictures = Picture.objects.filter(pk=number)
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        pictures = pictures.exclude(collection__path__startswith=restriction.collection.path)
    picture = pictures.first()
    return picture if picture and is_shown(picture, public) else None


def is_shown(picture: Picture, public: PageQuerySet) -> bool:
    used: dict[Any, set[int]] = {}
    rows = references_to(Picture, to_object_id=str(picture.pk))
    for kind, number in rows.values_list("base_content_type", "object_id"):
        used.setdefault(kind, set()).add(int(number))
    return any(
        ask(used[ContentType.objects.get_for_model(model).pk], public)
        for model, ask in ASKED.items()
        if ContentType.objects.get_for_model(model).pk in used
    )


def pages(numbers: set[int], public: PageQuerySet) -> bool:
    return bool(public.filter(pk__in=numbers).exists())


def authors(numbers: set[int], public: PageQuerySet) -> bool:
    posts = BlogPostPage.objects.filter(author__in=numbers, author__awaits_translation=False)
    return bool(posts.filter(pk__in=public.values("pk")).exists())


def partners(numbers: set[int], public: PageQuerySet) -> bool:
    told = PartnerPage.objects.filter(organisation__in=numbers, pk__in=public.values("pk"))
    return bool(told.exists())


def speakers(numbers: set[int], public: PageQuerySet) -> bool:
    courses = CoursePage.objects.filter(pk__in=public.values("pk")).values("course")
    told = Meeting.objects.public().filter(speakers__in=numbers, course__in=courses)
    return told.exists()


ASKED = {Page: pages, Author: authors, Organisation: partners, Speaker: speakers}
