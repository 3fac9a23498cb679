from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class WebhooksConfig(AppConfig):
    name = "headless.webhooks"
    label = "headless_webhooks"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from headless.webhooks.services import listening
        from legal.statements.services import AFTER_PUT_IN_FORCE
        from portal.meetings.changes import LISTENERS
        from portal.meetings.models import Meeting

        for signal in (page_published, page_unpublished, page_slug_changed):
            signal.connect(listening.page_changed)
        post_page_move.connect(listening.pages_moved)
        post_delete.connect(listening.page_changed, sender=Page)
        post_save.connect(listening.meeting_made, sender=Meeting)
        post_delete.connect(listening.meeting_deleted, sender=Meeting)
        LISTENERS.append(listening.meeting_changed)
        AFTER_PUT_IN_FORCE.append(listening.statement_put_in_force)
