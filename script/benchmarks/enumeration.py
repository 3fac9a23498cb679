"""Does the time of an answer tell whether an address has an account? (STANDARDS 6.9)

Run in a process of its own, with an empty database in `DATA_DIR`; prints one JSON list. Known and
unknown addresses take turns at each form, each address once, rate limits off. Two clocks run: the
one on the wall, which a stranger has, and processor time, which a busy machine disturbs less.
Beside the ratio of the medians stands the Kolmogorov-Smirnov distance between the two
distributions, and the distance that chance alone exceeds once in twenty times.
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
CLOCKS = {"clock": time.perf_counter, "processor": time.process_time}
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


def address(kind: str, number: int) -> str:
    """As long for either kind: a longer mail takes longer to write."""
    return f"{kind:x<7}{number}@kantoor.example"


def make_account(email: str) -> None:
    person = Person.objects.create(first_name="Bea", last_name="Bekend", email=email)
    user = User.objects.create_user(email, PASSWORD, person=person)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)


def seconds_for(path: str, form: dict[str, str]) -> dict[str, float]:
    """What an answer takes, by clock."""
    browser = Client(headers={"host": "localhost"})
    start = {name: clock() for name, clock in CLOCKS.items()}
    response = browser.post(f"/mijn/{path}", form)
    taken = {name: clock() - start[name] for name, clock in CLOCKS.items()}
    assert response.status_code in {200, 302}, response.status_code
    return taken


def distance(first: list[float], second: list[float]) -> float:
    """The greatest difference between two empirical distribution functions, from 0 to 1."""

    def share(values: list[float], limit: float) -> float:
        return sum(value <= limit for value in values) / len(values)

    return max(abs(share(first, limit) - share(second, limit)) for limit in [*first, *second])


def measure(name: str) -> list[dict[str, object]]:
    """A row for each clock."""
    path, field, rest = FORMS[name]
    times: dict[str, list[dict[str, float]]] = {"known": [], "unknown": []}
    for number in range(ROUNDS + 5):
        order = ("known", "unknown") if number % 2 else ("unknown", "known")
        for kind in order:
            taken = seconds_for(path, rest | {field: address(kind, number)})
            if number >= 5:
                times[kind].append(taken)
    return [
        row(
            f"{name}, {clock}",
            [taken[clock] for taken in times["known"]],
            [taken[clock] for taken in times["unknown"]],
        )
        for clock in CLOCKS
    ]


def row(what: str, known: list[float], unknown: list[float]) -> dict[str, object]:
    middle, baseline = statistics.median(known), statistics.median(unknown)
    return {
        "benchmark": "enumeration",
        "what": what,
        "known, ms": round(middle * 1000, 1),
        "baseline": "unknown address",
        "baseline's": round(baseline * 1000, 1),
        "ratio": round(middle / baseline, 3),
        "KS distance": round(distance(known, unknown), 3),
        "chance": round(1.36 * math.sqrt(2 / ROUNDS), 3),
    }


def main() -> None:
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for number in range(ROUNDS + 5):
        make_account(address("known", number))
    with override_settings(ACCOUNT_RATE_LIMITS=False, STORAGES=settings.STORAGES | PLAIN_FILES):
        json.dump([row for name in FORMS for row in measure(name)], sys.stdout)


if __name__ == "__main__":
    main()
