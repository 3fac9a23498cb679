from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from home import course_pages
        from home.models import Author
        from home.notifications import mail_once
        from home.redirects import use_our_form
        from home.roles import sync_roles
        from pluc.generation import renew_on_commit
        from portal.meetings.on_site import SHELVES

        SHELVES.append(course_pages)
        for signal in (post_save, post_delete):
            signal.connect(renew_on_commit, sender=Author)
        mail_once()
        use_our_form()
        post_migrate.connect(sync_roles, sender=self)
