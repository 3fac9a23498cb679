from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class ContentConfig(AppConfig):
    name = "pluc.content"
    label = "content"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from pluc.content.models import Navigation, Notice, Picture
        from pluc.generation import renew_on_commit

        page_published.connect(bring_followers_along)
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(renew_on_commit)
        post_delete.connect(renew_on_commit, sender=Page)
        for model in (Navigation, Notice, Picture):
            post_save.connect(renew_on_commit, sender=model)
            post_delete.connect(renew_on_commit, sender=model)


def bring_followers_along(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The drafts that follow a page say what it says since it was published."""
    from pluc.content.translating import bring_drafts_along

    bring_drafts_along(instance)
