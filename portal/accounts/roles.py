"""The roles of the portal, and what each may do. The groups follow this table at every migration.

A participant is whoever has a login, and needs no group. Editors and writers are the site's
(`home.roles`). Superusers may do everything, and alone manage rights (STANDARDS 6.22).
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

BACK_OFFICE = "Backoffice"
SPEAKERS = "Sprekers"
CONTACTS = "Contactpersonen"


def all_on(app_label: str, *models: str) -> list[str]:
    """The right to see, make, change and delete rows of these models."""
    deeds = ("view", "add", "change", "delete")
    return [f"{app_label}.{deed}_{model}" for model in models for deed in deeds]


# Permissions by `app_label.codename`. Rights on one meeting follow from its own data.
RIGHTS: dict[str, list[str]] = {
    BACK_OFFICE: [
        "wagtailadmin.access_admin",
        "accounts.add_person",
        "accounts.change_person",
        "accounts.delete_person",
        "accounts.view_person",
        "announcements.approve_announcement",
        "announcements.write_announcement",
        "attendance.finalise_attendance",
        "attendance.take_attendance",
        "certificates.issue_certificate",
        "contact.read_message",
        "enrolments.change_enrolment",
        "enrolments.exceed_capacity",
        "enrolments.export_billing",
        "enrolments.export_enrolment",
        "enrolments.see_wishes",
        "enrolments.view_enrolment",
        "headless_tokens.manage_tokens",
        "headless_webhooks.manage_webhooks",
        "materials.manage_material",
        "newsletter.approve_issue",
        "newsletter.manage_subscription",
        "outbox.read_mail",
        "outbox.resend_mail",
        *all_on("attendance", "hoursrule"),
        *all_on("organisations", "organisation", "contact"),
        *all_on("meetings", "course", "meeting", "policy", "region"),
        *all_on("meetings", "scheme", "speaker", "subject", "venue"),
    ],
    SPEAKERS: ["accounts.enter_speakers_room"],
    CONTACTS: ["accounts.enter_organisations_room"],
}
# Who sees data of others signs in with a second factor (STANDARDS 6.10).
GUARDED_GROUPS = (BACK_OFFICE, SPEAKERS, CONTACTS)


def permissions_named(names: list[str]) -> list[Permission]:
    """Permissions by `app_label.codename`; those that do not exist are left out."""
    wanted = Q(pk=None)
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def sync_roles(**kwargs: Any) -> None:
    """Makes the groups and gives each exactly its rights. Runs after every migration."""
    for config in apps.get_app_configs():  # those that migrate after this app have none yet
        create_permissions(config, verbosity=0)
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions_named(rights))
