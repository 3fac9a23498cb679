"""What people chose about the newsletter on their account becomes their subscription, with proof.

Only a yes at an address that its login has proven counts; one that waits for that proof goes on
waiting. Who said no after a yes has left.
"""

from typing import Any

from django.conf import settings
from django.db import migrations

from portal.newsletter.address_keys import keyed, normal

FORMS = {"registration": "registration", "account": "account"}


def take_over(apps: Any, schema_editor: Any) -> None:
    choices = apps.get_model("accounts", "NewsletterChoice").objects.order_by("pk")
    by_user: dict[int, list[Any]] = {}
    for choice in choices.select_related("user__person").iterator():
        by_user.setdefault(choice.user_id, []).append(choice)
    for made in by_user.values():
        if any(choice.wants for choice in made):
            take_over_one(apps, made)


def take_over_one(apps: Any, made: list[Any]) -> None:
    """The choices of one login, the newest last, of which one at least is a yes."""
    user, last = made[-1].user, made[-1]
    proven = apps.get_model("account", "EmailAddress").objects.filter(user_id=user.pk, verified=True)
    if user.email.lower() in [email.lower() for email in proven.values_list("email", flat=True)]:
        subscribe(apps, user, made)
    elif last.wants:
        apps.get_model("newsletter", "Asking").objects.create(
            email=user.email,
            user_id=user.pk,
            language=user.person.language,
            text=last.text,
            edition_id=last.edition_id,
            asked_at=last.chosen_at,
        )


def subscribe(apps: Any, user: Any, made: list[Any]) -> None:
    """A row of their own; where their address has one by now, that one stays what it is."""
    yes = [choice for choice in made if choice.wants][-1]
    last = made[-1]
    subscription, is_new = apps.get_model("newsletter", "Subscription").objects.get_or_create(
        normal_email=normal(user.email),
        defaults={
            "email": user.email,
            "person_id": user.person_id,
            "language": user.person.language,
            "state": "active" if last.wants else "left",
            "asked_at": yes.chosen_at,
            "confirmed_at": confirmed_at(apps, yes),
            "left_at": None if last.wants else last.chosen_at,
        },
    )
    if is_new:
        write_down(apps, subscription, made)
        if not last.wants and settings.SUPPRESSION_KEYS:
            apps.get_model("newsletter", "Suppression").objects.get_or_create(
                key=keyed(settings.SUPPRESSION_KEYS[0], user.email),
                defaults={"reason": "left", "at": last.chosen_at},
            )


def confirmed_at(apps: Any, yes: Any) -> Any:
    """When they said so; of who said so while registering, when the mailbox was proven."""
    registration = apps.get_model("accounts", "Registration").objects.filter(pk=yes.user_id).first()
    proven_at = registration.proven_at if registration else None
    return max(yes.chosen_at, proven_at) if proven_at else yes.chosen_at


def write_down(apps: Any, subscription: Any, made: list[Any]) -> None:
    steps = apps.get_model("newsletter", "SubscriptionStep").objects
    for choice in made:
        shared = {"subscription": subscription, "form": FORMS[choice.form]}
        proof = {"text": choice.text, "edition_id": choice.edition_id, "at": choice.chosen_at}
        if choice.wants:
            steps.create(kind="asked", **shared, **proof)
            steps.create(kind="confirmed", **shared, at=confirmed_at(apps, choice))
        else:
            steps.create(kind="left", **shared, at=choice.chosen_at)


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0003_pages"),
        ("accounts", "0009_one_person_typed_twice"),
        ("account", "0001_initial"),
    ]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
