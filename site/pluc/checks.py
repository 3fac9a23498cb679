"""System checks that stop a start which would go wrong later."""

from math import ceil
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as CheckWarning
from django.db.models import Model

OUR_ROOMS = ("home.", "legal.", "pluc.", "portal.", "search.")
TAG = "pluc"  # what a start checks; `manage.py check` checks everything


def queue_faults(cluster: dict[str, Any]) -> list[str]:
    """Faults in django-q2's settings (times in seconds), a sentence each (STANDARDS 7.4).

    The lock on a task starts when it is taken from the queue, so it must outlast the tasks that
    wait before it in the worker's own queue.
    """
    timeout, retry = cluster.get("timeout") or 0, cluster.get("retry") or 0
    workers, limit = cluster.get("workers") or 1, cluster.get("queue_limit") or 0
    longest_wait = timeout * (ceil(limit / workers) + 1)
    rules = [
        (0 < timeout < retry, "0 < timeout < retry does not hold"),
        (retry > longest_wait, f"retry must exceed {longest_wait} seconds"),
        (3 <= cluster.get("max_attempts", 0) <= 5, "max_attempts must be 3 to 5"),
        (cluster.get("catch_up") is False, "catch_up must be off"),
        (0 < limit <= 10, "queue_limit must be 1 to 10"),
    ]
    return [fault for holds, fault in rules if not holds]


@register(TAG)
def check_queue(**kwargs: Any) -> list[CheckMessage]:
    """Every fault in `Q_CLUSTER` is an error, so no cluster starts with one."""
    faults = queue_faults(settings.Q_CLUSTER)
    return [Error(f"Q_CLUSTER: {fault}.", id="pluc.E001") for fault in faults]


def hidden_names(model: type[Model]) -> list[str]:
    """Fields of a model that hide an attribute of its bases: `Page.route`, `Model.save`.

    Whoever calls the base's gets the field's value instead. A field that a base declares itself
    may be declared anew, and an abstract base's own fields hide nothing.
    """
    bases = [base for base in model.__mro__[1:] if base is not object]
    found = []
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        hidden = [vars(base)[field.name] for base in bases if field.name in vars(base)]
        if any(callable(one) or isinstance(one, property) for one in hidden):
            found.append(field.name)
    return found


@register(TAG)
def check_names(**kwargs: Any) -> list[CheckMessage]:
    """Every field of ours that hides a name of Django's or Wagtail's is an error."""
    return [
        Error(f"{model._meta.label}.{name} hides a name of its base.", obj=model, id="pluc.E002")
        for model in apps.get_models()
        if model.__module__.startswith(OUR_ROOMS)
        for name in hidden_names(model)
    ]


@register(deploy=True)
def check_scanner(**kwargs: Any) -> list[CheckMessage]:
    """Warns where nothing that is uploaded could ever be handed out (docs/decisions/0043)."""
    if settings.SCANNER is not None:
        return []
    message = "SCANNER_URL is not set: over https no material is handed out."
    return [CheckWarning(message, id="pluc.W001")]
