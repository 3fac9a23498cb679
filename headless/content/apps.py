from typing import Any

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "headless.content"
    label = "headless_content"

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.admin.models import EditingSession
        from wagtail.models import Revision

        from headless.content.previews import API_ANSWER
        from pluc.content.previews import PREVIEW_MODES

        PREVIEW_MODES.append(API_ANSWER)
        post_save.connect(renew_for_draft, sender=Revision)
        post_save.connect(renew_for_editor, sender=EditingSession)


def renew_for_draft(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A draft was saved."""
    from wagtail.models import Page

    from headless.content.drafts import renew

    if issubclass(instance.base_content_type.model_class() or object, Page):
        renew(int(instance.object_id))


def renew_for_editor(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Somebody has changed a page on their screen, and has not saved it yet."""
    from wagtail.models import Page

    from headless.content.drafts import renew

    if instance.is_editing and issubclass(instance.content_type.model_class() or object, Page):
        renew(int(instance.object_id))
