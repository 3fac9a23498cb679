"""The roles of the public site and their rights. Groups are set by it after every migration."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.accounts.roles import permissions_named

EDITORS = "Redactie"
WRITERS = "Schrijvers"

PAGE_RIGHTS = {
    EDITORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    WRITERS: ["add_page", "change_page"],
}
# Who may add files may change and delete those of their own; "change" is about everybody's.
FILE_RIGHTS = {EDITORS: ["add", "change", "choose"], WRITERS: ["add", "choose"]}
# Wagtail asks for the rights to its own models, whatever a site calls its pictures.
FILE_MODELS = ["image", "document"]
# Whole models, as app_label.model; editors alone.
EDITORS_MODELS = [
    "home.author",
    "home.topic",
    "content.navigation",
    "content.notice",
    "wagtailredirects.redirect",
    "consent.bartexts",
    "consent.group",
    "consent.setcookie",
    "statements.recipient",
]
OTHER_RIGHTS = {
    EDITORS: [
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "newsletter.approve_issue",
        "newsletter.compose_issue",
        "statements.put_in_force",
    ],
    WRITERS: ["wagtailadmin.access_admin"],
}


def permissions_of_models(models: Iterable[str]) -> list[Permission]:
    """All permissions of models given as `app_label.model`."""
    wanted = Q(pk=None)
    for name in models:
        app_label, model = name.split(".")
        wanted |= Q(content_type__app_label=app_label, content_type__model=model)
    return list(Permission.objects.filter(wanted))


def grant_pages(group: Group, codenames: list[str]) -> None:
    root = Page.objects.get(depth=1)
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def grant_files(group: Group, actions: list[str]) -> None:
    """Gives a group these rights to files everywhere, and takes any other back."""
    root = Collection.get_first_root_node()
    codenames = [f"{action}_{model}" for action in actions for model in FILE_MODELS]
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    )
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(permission__in=wanted, collection=root).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def sync_roles(**kwargs: Any) -> None:
    """Makes the groups and grants them what the tables above say. Runs after every migration."""
    for config in apps.get_app_configs():  # those that migrate after this app have none yet
        create_permissions(config, verbosity=0)
    for name, page_rights in PAGE_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        grant_pages(group, page_rights)
        grant_files(group, FILE_RIGHTS[name])
        group.permissions.add(*permissions_named(OTHER_RIGHTS[name]))
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.add(*permissions_of_models(EDITORS_MODELS))
