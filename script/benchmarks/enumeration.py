"""Does the time of an answer tell whether an address has an account? (STANDARDS 6.9)

Run in a process of its own, with an empty database in `DATA_DIR`; prints one JSON list. Known and
unknown addresses take turns at each form, each address once, rate limits off. Processor time is
measured: on a busy machine the clock on the wall hides more than it shows. Beside the ratio of
the medians stands the Kolmogorov-Smirnov distance between the two distributions, and the distance
that chance alone exceeds once in twenty times.
"""

import json
import logging
import math
import statistics
import sys
import time

import django

django.setup()

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from portal.accounts.models import Person, User

ROUNDS = 150
PASSWORD = "acht abrikozen op een rij"
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
FORMS = {
    "sign-in": ("inloggen/", "login", {"password": "iets heel anders"}),
    "registration": (
        "registreren/",
        "email",
        {"first_name": "Noor", "last_name": "Nieuw", "password1": PASSWORD},
    ),
    "reset": ("account/wachtwoord/vergeten/", "email", {}),
}


def make_account(email: str) -> None:
    person = Person.objects.create(first_name="Bea", last_name="Bekend", email=email)
    user = User.objects.create_user(email, PASSWORD, person=person)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)


def seconds_for(path: str, form: dict[str, str]) -> float:
    browser = Client(headers={"host": "localhost"})
    start = time.process_time()
    response = browser.post(f"/mijn/{path}", form)
    taken = time.process_time() - start
    assert response.status_code in {200, 302}, response.status_code
    return taken


def distance(first: list[float], second: list[float]) -> float:
    """The greatest difference between two empirical distribution functions, from 0 to 1."""

    def share(values: list[float], limit: float) -> float:
        return sum(value <= limit for value in values) / len(values)

    return max(abs(share(first, limit) - share(second, limit)) for limit in [*first, *second])


def measure(name: str) -> dict[str, object]:
    path, field, rest = FORMS[name]
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(ROUNDS + 5):
        order = ("known", "unknown") if number % 2 else ("unknown", "known")
        for kind in order:
            taken = seconds_for(path, rest | {field: f"{kind}{number}@kantoor.example"})
            if number >= 5:
                times[kind].append(taken)
    known, unknown = (statistics.median(times[kind]) for kind in ("known", "unknown"))
    return {
        "benchmark": "enumeration",
        "what": name,
        "known, ms": round(known * 1000, 1),
        "baseline": "unknown address",
        "baseline's": round(unknown * 1000, 1),
        "ratio": round(known / unknown, 3),
        "KS distance": round(distance(times["known"], times["unknown"]), 3),
        "chance": round(1.36 * math.sqrt(2 / ROUNDS), 3),
    }


def main() -> None:
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for number in range(ROUNDS + 5):
        make_account(f"known{number}@kantoor.example")
    with override_settings(ACCOUNT_RATE_LIMITS=False, STORAGES=settings.STORAGES | PLAIN_FILES):
        json.dump([measure(name) for name in FORMS], sys.stdout)


if __name__ == "__main__":
    main()
