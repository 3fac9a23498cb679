"""Programs of the write storm: `python -m tests.faults.writers visit|work NUMBER MAIL_FOLDER`.

Each is a process that was started, not forked: a fork would take along what SQLite remembers of
the locks of the process that runs the tests, without holding them.
"""

import sys
from pathlib import Path

import django

ROUNDS = 150  # for each writer; every round writes half a dozen times


def visit(writer: int, number: int) -> None:
    """What a request does: reads, posts a mail, wakes the worker, keeps a session and a count."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.cache import cache
    from django.core.mail import EmailMessage
    from django.db import transaction

    from pluc.outbox import services
    from pluc.outbox.models import Mail

    with transaction.atomic():
        assert Mail.objects.filter(event=f"visit:{writer}:{number}").count() == 0
        message = EmailMessage("Peren", "Ze zijn rijp.", to=[f"anna{number}@klant.example"])
        services.post(message=message, event=f"visit:{writer}:{number}", template="pears")
        session = SessionStore()
        session["visit"] = number
        session.save()
    cache.set(f"visit:{writer}", number)


def work(writer: int, number: int) -> None:
    """What a task does: claims a mail, sends it and writes that down; beats, and tidies up."""
    from django.core.cache import cache
    from django_q.models import OrmQ

    from pluc import health
    from pluc.outbox import queries, services

    services.recover()
    if (mail := queries.most_urgent()) is not None:
        services.send(mail_id=mail.pk)
    health.beat()
    OrmQ.objects.filter(pk__lte=number).delete()
    cache.set(f"task:{writer}", number)


def main(kind: str, writer: str, folder: str) -> None:
    """Round after round, until the last or an error."""
    django.setup()
    from django.conf import settings

    settings.MAIL_SERVER, settings.MAIL_DIR = None, Path(folder)
    for number in range(ROUNDS):
        {"visit": visit, "work": work}[kind](int(writer), number)


if __name__ == "__main__":
    main(*sys.argv[1:])
