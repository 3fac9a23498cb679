"""What it takes to queue an issue, and to send it (`script/bench newsletter`).

Run in a process of its own with an empty folder: migrates a database in it, fills it with
subscribers, and prints rows as JSON. The mail server is `sink.py`, in another process; the ways to
send take turns at it, and medians are compared, since machines are noisy.
"""

import json
import os
import resource
import smtplib
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

if TYPE_CHECKING:
    from portal.newsletter.models import Mailing

SUBSCRIBERS, SENT, ROUNDS, LOOP = 100_000, 1_000, 5, 100
GOALS = {"queued within, s": 60, "times the loop": 5, "of the sink's limit": 0.5}
HTML = """<!doctype html><html lang="nl"><head><title>{title}</title></head><body>
<p><a href="{leave}">Afmelden</a></p>{body}<p><a href="{leave}">Afmelden</a></p></body></html>"""
STORY = "<h2>Kop {n}</h2><p>{text}</p>"
SENTENCE = "Geen cijfer zonder verhaal, en geen verhaal zonder cijfer: € 195,00 per dagdeel. "


@contextmanager
def sink() -> Iterator[int]:
    """A mail server that takes everything and keeps nothing; yields its port."""
    command = [sys.executable, str(Path(__file__).with_name("sink.py"))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()


def body_of_an_issue() -> str:
    """Some 30 kB, as an issue with ten stories has."""
    return "".join(STORY.format(n=n, text=SENTENCE * 35) for n in range(10))


def subscribe(number: int) -> None:
    from portal.newsletter.models import Subscription

    now = timezone.now()
    for start in range(0, number, 5_000):
        emails = (f"lezer-{one}@domein-{one % 50}.example" for one in range(start, start + 5_000))
        Subscription.objects.bulk_create(
            Subscription(
                email=email, normal_email=email, state="active", asked_at=now, confirmed_at=now
            )
            for email in emails
        )


def issue() -> "Mailing":
    """An issue that may go now."""
    from portal.newsletter.models import Mailing, MailingText
    from portal.newsletter.models.mailings import LEAVE

    now = timezone.now()
    mailing = Mailing.objects.create(
        issue_key=uuid.uuid4(), title="Oogst", state="scheduled", approved_at=now, starts_at=now
    )
    html = HTML.format(title="Oogst", leave=LEAVE, body=body_of_an_issue())
    text = f"Afmelden: {LEAVE}\n\n" + (SENTENCE + "\n") * 300 + f"\nAfmelden: {LEAVE}\n"
    for language in ("nl", "en"):
        MailingText.objects.create(
            mailing=mailing,
            language=language,
            subject="Oogst",
            html=html,
            text=text,
            sha256="0" * 64,
        )
    return mailing


def memory() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def queue_all(mailing: "Mailing") -> dict[str, object]:
    from portal.newsletter.services import sending

    sending.start(mailing_id=mailing.pk)
    sending.queue_batch(mailing_id=mailing.pk)  # what is loaded once is loaded
    before, start = memory(), time.perf_counter()
    while sending.queue_batch(mailing_id=mailing.pk):
        pass
    seconds = time.perf_counter() - start
    return {
        "benchmark": "newsletter-queue",
        "recipients": SUBSCRIBERS,
        "seconds": round(seconds, 1),
        "goal, s": GOALS["queued within, s"],
        "memory before, MB": round(before),
        "it grew by, MB": round(memory() - before, 1),
        "load": load(),
    }


def load() -> float:
    return round(os.getloadavg()[0], 1)


# --- Ways to send -------------------------------------------------------------------------------


def ours(mailing: "Mailing") -> int:
    """The outbox, as the worker does it: claimed, made, handed over and settled."""
    from pluc.outbox import batches
    from pluc.outbox.models import Mail
    from portal.newsletter.composing import TEMPLATE

    before = Mail.objects.filter(event=mailing.event, state="sent").count()
    for _ in range(SENT // batches.BATCH):
        batches.send_batch(event=mailing.event, template=TEMPLATE, until=time.monotonic() + 1_000)
    return Mail.objects.filter(event=mailing.event, state="sent").count() - before


def loop(mailing: "Mailing") -> int:
    """A connection for each recipient, and both parts rendered each time: as one mails a person,
    by a template of the house with as much text (`pluc.outbox.letters`)."""
    from django.core.mail.backends.smtp import EmailBackend

    from pluc.outbox.letters import surroundings, written

    stories = "\n\n".join(SENTENCE * 35 for _ in range(10))
    for one in range(LOOP):
        context = {"announcement_subject": "Oogst", "text": stories, "first_name": f"Lezer {one}"}
        message = written(
            "announcements/announcement",
            context | surroundings("nl"),
            to=f"lezer-{one}@domein.example",
            headers=None,
        )
        EmailBackend(**settings.MAIL_SERVER).send_messages([message])
    return LOOP


def limit(mailing: "Mailing") -> int:
    """The sink's own limit: a ready message, on one connection."""
    from portal.newsletter.composing import casts_of
    from portal.newsletter.queries.audience import Recipient

    reader = Recipient(uuid.uuid4(), "lezer@domein.example", "nl", "t" * 32)
    message = casts_of(mailing.event)["nl"].message_to(
        reader, mail_id=uuid.uuid4(), at=timezone.now()
    )
    with smtplib.SMTP(settings.MAIL_SERVER["host"], settings.MAIL_SERVER["port"]) as server:
        for _ in range(SENT):
            server.sendmail("bounce@pluc.example", ["lezer@domein.example"], message)
    return SENT


WAYS: dict[str, Callable[["Mailing"], int]] = {"outbox": ours, "loop": loop, "sink": limit}


def per_second(way: Callable[["Mailing"], int], mailing: "Mailing") -> float:
    start = time.perf_counter()
    number = way(mailing)
    return number / (time.perf_counter() - start)


def compare(mailing: "Mailing") -> list[dict[str, object]]:
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for number in range(ROUNDS + 1):
        for name, way in WAYS.items():
            figure = per_second(way, mailing)
            if number:  # the first is to warm up
                found[name].append(figure)
    medians = {name: statistics.median(figures) for name, figures in found.items()}
    return [
        row_against("loop", "a connection and a rendering each", "times the loop", medians),
        row_against("sink", "a ready message, one connection", "of the sink's limit", medians),
    ]


def row_against(name: str, told: str, goal: str, medians: dict[str, float]) -> dict[str, object]:
    return {
        "benchmark": "newsletter-send",
        "mails per second": round(medians["outbox"]),
        "baseline": told,
        "baseline's": round(medians[name]),
        "ratio": round(medians["outbox"] / medians[name], 2),
        "goal": GOALS[goal],
        "load": load(),
    }


def main() -> list[dict[str, object]]:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    settings.NEWSLETTER_RATE = settings.NEWSLETTER_DOMAIN_RATE = 0
    subscribe(SUBSCRIBERS)
    mailing = issue()
    rows = [queue_all(mailing)]
    mailing.refresh_from_db()
    with sink() as port:
        settings.MAIL_SERVER = {"host": "127.0.0.1", "port": port, "timeout": 20}
        return rows + compare(mailing)


if __name__ == "__main__":
    print(json.dumps(main()))
