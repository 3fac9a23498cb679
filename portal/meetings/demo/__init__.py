"""The demo's planning (CONTRACT, Demo content): organisations, courses, and meetings around today.

May run again: what exists is brought back to the demo's facts, with dates that follow today.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from portal.accounts.models import Person
from portal.meetings.models import (
    Accreditation,
    Course,
    Meeting,
    Policy,
    Region,
    Scheme,
    Session,
    Speaker,
    Subject,
    Venue,
)
from portal.meetings.models.meetings import ZONE
from portal.organisations.models import Contact, Organisation

FOLDER = Path(__file__).parent
Facts = dict[str, Any]
State, Format = Meeting.State, Meeting.Format
TERMS = {Format.CAFE: "PE-café", Format.IN_COMPANY: "In company"}


def facts() -> Facts:
    text = (FOLDER / "planning.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def load_planning(courses: dict[str, Facts]) -> None:
    """Makes everything that can be enrolled in; `courses` by short name."""
    known = facts()
    for model, name in ((Region, "regions"), (Subject, "subjects")):
        load_named(model, "slug", known[name])
    load_named(Scheme, "code", known["schemes"])
    for one in known["policies"]:
        Policy.objects.update_or_create(name=one["name"], defaults=one)
    venues = {one["key"]: load_venue(one) for one in known["venues"]}
    speakers = [load_speaker(one) for one in known["speakers"]]
    organisations = [load_organisation(one) for one in known["organisations"]]
    rows = zip(known["organisations"], organisations, strict=True)
    parties = {one["key"]: row for one, row in rows if "key" in one}
    for slug, one in courses.items():
        load_course(slug, one)
    for one in known["meetings"]:
        load_meeting(one, venues, speakers, parties)


def load_named(model: Any, key: str, rows: list[Facts]) -> None:
    for position, row in enumerate(rows):
        model.objects.update_or_create(**{key: row[key]}, defaults={**row, "position": position})


def load_venue(one: Facts) -> Venue:
    fields = {name: value for name, value in one.items() if name not in {"key", "region"}}
    fields["region"] = Region.objects.get(slug=one["region"])
    venue, _ = Venue.objects.update_or_create(name=one["name"], defaults=fields)
    return venue


def load_speaker(one: Facts) -> Speaker:
    fields = {name: one[name] for name in ("role", "role_en")}
    if "email" in one:
        fields["person"] = Person.objects.get(email=one["email"], user__isnull=False)
    speaker, _ = Speaker.objects.update_or_create(name=one["name"], defaults=fields)
    return speaker


def load_organisation(one: Facts) -> Organisation:
    outside = {"key", "contact", "scope"}
    fields = {name: value for name, value in one.items() if name not in outside}
    fields.setdefault("slug", one["name"].lower().replace(" & ", "-").replace(" ", "-"))
    organisation, _ = Organisation.objects.update_or_create(name=one["name"], defaults=fields)
    if "contact" in one:
        person = Person.objects.get(email=one["contact"], user__isnull=False)
        Contact.objects.get_or_create(organisation=organisation, person=person, scope=one["scope"])
    return organisation


def load_course(slug: str, one: Facts) -> None:
    fields = {
        "title": one["nl"]["title"],
        "title_en": one["en"]["title"],
        "subject": Subject.objects.get(slug=one["subject"]),
        "level": one.get("level", Course.Level.ADVANCED),
    }
    Course.objects.update_or_create(slug=slug, defaults=fields)


def load_meeting(
    one: Facts, venues: dict[str, Venue], speakers: list[Speaker], parties: dict[str, Organisation]
) -> None:
    """A meeting with its sessions. How many come is for the enrolments to say."""
    form = one.get("format", Format.OPEN)
    starts = days_of(one)
    fields = {
        "course": Course.objects.get(slug=one["course"]),
        "format": form,
        "state": one.get("state", State.DEFINITE if one["day"] < 45 else State.PLANNED),
        "is_listed": form != Format.IN_COMPANY,
        "language": one.get("language", "nl"),
        "venue": venues.get(one.get("venue", "")),
        "region": Region.objects.filter(slug=one.get("region", "")).first(),
        "is_online": one.get("online", False),
        "online_link": "https://vergaderen.example/pluc" if one.get("online") else "",
        "capacity": one["capacity"],
        "price": Decimal(one.get("price", 0)),
        "policy": Policy.objects.get(name=TERMS.get(form, "Open bijeenkomst")),
        "client": parties.get(one.get("client", "")),
        "partner": parties.get(one.get("partner", "")),
        "starts_at": starts[0],
        "ends_at": starts[-1] + length_of(one),
        "days": [day.date().isoformat() for day in starts],
        **practical_of(one),
        "has_meal": form == Format.CAFE,
        **(WHY_CANCELLED if one.get("state") == "cancelled" else {}),
    }
    meeting, _ = Meeting.objects.update_or_create(code=one["code"], defaults=fields)
    meeting.speakers.set([speakers[number] for number in one["speakers"]])
    load_sessions(meeting, starts, length_of(one))
    load_accreditations(meeting, Decimal(str(one["hours"])) * len(starts), one["day"] < 45)


def days_of(one: Facts) -> list[dt.datetime]:
    """The starts of its days, on the clock; no weekend and no Christmas, but for today's."""
    if one["at"] == "now":
        return [going_on(dt.datetime.now(ZONE), length_of(one))]
    hour, minute = (int(part) for part in one["at"].split("."))
    day = first_day_of(one["day"], today=dt.datetime.now(ZONE).date())
    days = [day]
    while len(days) < one.get("days", 1):
        days.append(without_christmas(days[-1] + dt.timedelta(days=7), forward=True))
    return [dt.datetime.combine(each, dt.time(hour, minute), tzinfo=ZONE) for each in days]


def going_on(now: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """When something began an hour ago, on a quarter; all of it within today."""
    midnight = dt.datetime.combine(now.date(), dt.time(), tzinfo=ZONE)
    began = now - dt.timedelta(hours=1)
    began = began.replace(minute=began.minute // 15 * 15, second=0, microsecond=0)
    return min(max(began, midnight), midnight + dt.timedelta(hours=23, minutes=45) - length)


def first_day_of(offset: int, *, today: dt.date) -> dt.date:
    """So many days from today, or the nearest day after it on which one could meet.

    What has been moves back from Christmas, so that it stays in the past.
    """
    day = today + dt.timedelta(days=offset)
    if not offset:
        return day
    if day.weekday() > 4:
        day += dt.timedelta(days=7 - day.weekday())
    return without_christmas(day, forward=offset > 0)


def without_christmas(day: dt.date, *, forward: bool) -> dt.date:
    """The same day of the week outside the days that the office is closed."""
    while (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        day += dt.timedelta(days=7 if forward else -7)
    return day


def length_of(one: Facts) -> dt.timedelta:
    """The hours that count, and a break."""
    return dt.timedelta(minutes=int(one["hours"] * 60) + 30)


WHY_CANCELLED = {
    "cancelled_because": "De docent is ziek.",
    "cancelled_because_en": "The teacher is ill.",
}


def practical_of(one: Facts) -> dict[str, str]:
    if one.get("online"):
        dutch = "Test je geluid een paar minuten van tevoren. De opname delen we niet."
        english = "Test your sound a few minutes beforehand. We do not share the recording."
    elif one.get("format") == Format.CAFE:
        dutch = "Er is eten tussen de twee onderwerpen. Vul bij je plek in wat je niet eet."
        english = (
            "There is food between the two subjects. Fill in at your place what you do not eat."
        )
    else:
        dutch = "Neem een laptop mee, en een vraag uit je eigen praktijk."
        english = "Bring a laptop, and a question from your own practice."
    return {"practical": dutch, "practical_en": english}


def load_sessions(meeting: Meeting, starts: list[dt.datetime], length: dt.timedelta) -> None:
    """One a day; kept as they are where they still fit, so that calendars know them again."""
    sessions = list(meeting.sessions.order_by("starts_at"))
    for session in sessions[len(starts) :]:
        session.delete()
    new = [Session(meeting=meeting) for _ in starts[len(sessions) :]]
    pairs = list(zip([*sessions, *new], starts, strict=False))
    # No two sessions begin at once: what moves on makes way from the last one.
    if sessions and sessions[0].starts_at < starts[0]:
        pairs.reverse()
    for session, start in pairs:
        session.starts_at, session.ends_at, session.break_minutes = start, start + length, 30
        session.save()


def load_accreditations(meeting: Meeting, hours: Decimal, is_granted: bool) -> None:
    codes = {"fiscaal": ["NBA", "RB"], "data": ["NBA", "NOREA"]}
    for code in codes.get(meeting.course.subject.slug, ["NBA"]):
        scheme = Scheme.objects.get(code=code)
        granted = meeting.starts_at.date() - dt.timedelta(days=60) if meeting.starts_at else None
        defaults = {"hours": hours, "number": f"{code}-{meeting.pk:05d}" if is_granted else ""}
        Accreditation.objects.update_or_create(
            meeting=meeting,
            scheme=scheme,
            defaults=defaults | {"granted_on": granted if is_granted else None},
        )
