"""Archiving the question, recording answers, opting out."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from http.cookies import Morsel
from typing import Any

from cookie_consent.util import dict_to_cookie_str
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from legal.consent.models import (
    AnalyticsId,
    BarTexts,
    Choice,
    Group,
    OptOut,
    Question,
    SetCookie,
    random_id,
)
from legal.consent.queries import DECLINED, ID_KEY, REVISION_KEY, optional_groups
from pluc import periods
from pluc.periods import in_words

ACCEPT, DECLINE = "accept", "decline"
MEASUREMENT_COOKIE = re.compile(r"_ga[A-Za-z0-9_-]*")
# Cookies whose lifetime the software decides, by their names in the table.
LIFETIMES = {
    "pluc_consent": periods.CONSENT_COOKIE,
    "pluc_optout": periods.OPT_OUT_COOKIE,
    "sessionid": periods.SIGNED_IN,
    "csrftoken": periods.CSRF_COOKIE,
    "_ga": periods.MEASUREMENT_COOKIE,
    "_ga_*": periods.MEASUREMENT_COOKIE,
}
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
# Who must know of recipients registers here what an answer is about beyond cookies and purposes.
RECIPIENTS_OF_MEASUREMENT: list[Callable[[], list[str]]] = []


class InvalidChoice(ValueError):
    """What was posted is no answer to the question."""


def digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def pick(row: Any, name: str, language: str) -> str:
    """A text of a row that holds Dutch in `name` and English in `name_en`."""
    return str(getattr(row, name if language == settings.LANGUAGE_CODE else f"{name}_{language}"))


def question_in(language: str, groups: Iterable[Group], bar: BarTexts | None) -> dict[str, Any]:
    """All texts of the question in one language."""
    return {
        "heading": pick(bar, "heading", language) if bar else "",
        "sentence": pick(bar, "sentence", language) if bar else "",
        "groups": [group_in(language, group) for group in groups],
    }


def group_in(language: str, group: Group) -> dict[str, Any]:
    cookies = SetCookie.objects.filter(cookiegroup_id=group.pk).order_by("name")
    return {
        "key": group.varname,
        "required": group.is_required,
        "name": pick(group, "name", language),
        "description": pick(group, "description", language),
        "cookies": [
            {
                "name": cookie.name,
                "description": pick(cookie, "description", language),
                "lifetime": lifetime_of(cookie, language),
                "provider": cookie.provider,
            }
            for cookie in cookies
        ],
    }


def lifetime_of(cookie: SetCookie, language: str) -> str:
    """What the table says of a cookie's lifetime, with the period that the software gives it."""
    text = pick(cookie, "lifetime", language)
    if cookie.name not in LIFETIMES:
        return text
    with translation.override(language):
        return text.replace("{period}", in_words(LIFETIMES[cookie.name]))


@transaction.atomic
def archive_question() -> Question:
    """Archives the texts as they are now, if they differ from the newest archived ones."""
    groups, bar = list(Group.objects.all()), BarTexts.objects.first()
    content = {code: question_in(code, groups, bar) for code, _ in settings.LANGUAGES}
    recipients = [name for names in RECIPIENTS_OF_MEASUREMENT for name in names()]
    subject = {"groups": [texts["groups"] for texts in content.values()], "to": recipients}
    revision = digest(subject)[:16]
    newest = Question.objects.first()
    if newest and newest.content == content and newest.revision == revision:
        return newest
    return Question.objects.create(content=content, text_hash=digest(content), revision=revision)


def read_choice(data: QueryDict, question: Question) -> dict[str, bool]:
    """The answer per optional group. Raises `InvalidChoice` unless it is clear and complete.

    `data` is what was posted: `all`, or a field per group. Of one answer every field must say the
    same: a group that is answered twice, or otherwise than by `all`, is answered not at all.
    """
    optional = optional_groups(question)
    for_all = set(data.getlist("all"))
    answers = {name: for_all | set(data.getlist(name)) for name in optional}
    if not all(given in ({ACCEPT}, {DECLINE}) for given in answers.values()):
        raise InvalidChoice
    return {name: given == {ACCEPT} for name, given in answers.items()}


def record_choice(*, answers: dict[str, bool], question: Question, how: Choice.How) -> Choice:
    """Appends the proof of an answer."""
    return Choice.objects.create(
        consent_id=random_id(),
        groups=answers,
        text_hash=question.text_hash,
        revision=question.revision,
        how=how,
    )


def remember_choice(response: HttpResponse, choice: Choice) -> None:
    """Writes the choice cookie: per group the revision that was accepted, or a refusal."""
    values = {name: choice.revision if yes else DECLINED for name, yes in choice.groups.items()}
    values |= {REVISION_KEY: choice.revision, ID_KEY: choice.consent_id}
    response.set_cookie(
        settings.COOKIE_CONSENT_NAME,
        dict_to_cookie_str(values),
        max_age=settings.COOKIE_CONSENT_MAX_AGE,
        domain=settings.COOKIE_CONSENT_DOMAIN,
        secure=settings.COOKIE_CONSENT_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_measurement(request: HttpRequest, response: HttpResponse) -> None:
    """Expires Google's cookies, which the library cannot: their names vary (STANDARDS 1.7)."""
    for name in filter(MEASUREMENT_COOKIE.fullmatch, request.COOKIES):
        for domain in [None, *domains_of(request.get_host().partition(":")[0])]:
            expire(response, name, domain)


def domains_of(host: str) -> list[str]:
    """The host and its parents: `a.pluc.nl`, `pluc.nl`. Google sets its cookies on the last one."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]


def expire(response: HttpResponse, name: str, domain: str | None) -> None:
    """Deletes one cookie on one domain. Django's own method keeps one domain per name."""
    cookie: Morsel[str] = Morsel()
    cookie.set(name, "", "")
    cookie.update({"path": "/", "max-age": "0", "expires": LONG_AGO, "domain": domain or ""})
    response.cookies[f"{name} on {domain}"] = cookie


def opt_out(user_id: int) -> None:
    """This user is no longer measured; the id that measurement knew is gone for good."""
    with transaction.atomic():
        OptOut.objects.get_or_create(user_id=user_id)
        AnalyticsId.objects.filter(user_id=user_id).delete()


def opt_in(user_id: int) -> None:
    """This user may be measured again, under a new id, if they accept that."""
    OptOut.objects.filter(user_id=user_id).delete()


def remember_opt_out(request: HttpRequest, response: HttpResponse, *, opted_out: bool) -> None:
    """The cookie that says only that this browser is not measured; Google's own go."""
    domain: str | None = settings.COOKIE_CONSENT_DOMAIN
    if opted_out:
        response.set_cookie(
            settings.OPT_OUT_COOKIE_NAME,
            "1",
            max_age=settings.OPT_OUT_MAX_AGE,
            secure=settings.COOKIE_CONSENT_SECURE,
            httponly=True,
            domain=domain,
            samesite="Lax",
        )
        forget_measurement(request, response)
    else:
        response.delete_cookie(settings.OPT_OUT_COOKIE_NAME, domain=domain, samesite="Lax")
