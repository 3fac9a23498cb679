"""What is asked, and what this browser and this user answered."""

from dataclasses import dataclass, field
from typing import Any

from cookie_consent.util import parse_cookie_str
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from legal.consent.models import AnalyticsId, Choice, OptOut, Question
from pluc.content.tables import Table

ANALYTICS = "analytics"
DECLINED = settings.COOKIE_CONSENT_DECLINE
REVISION_KEY = "revision"
ID_KEY = "id"


def current_question() -> Question | None:
    """The newest archived question; `None` before the first."""
    return Question.objects.first()


@dataclass(frozen=True)
class Consent:
    """A browser's answer to the present question. Nothing is accepted that was not."""

    has_chosen: bool = False
    accepted: frozenset[str] = field(default_factory=frozenset)

    @property
    def measurement_is_accepted(self) -> bool:
        return ANALYTICS in self.accepted


def consent_in(cookie: str, question: Question | None) -> Consent:
    """Reads the choice cookie. A damaged, old or foreign one counts as no choice at all."""
    answers = parse_cookie_str(cookie)
    if question is None or answers.get(REVISION_KEY) != question.revision:
        return Consent()
    optional = optional_groups(question)
    if not optional <= answers.keys():
        return Consent()
    accepted = {name for name in optional if answers[name] == question.revision}
    declined = {name for name in optional if answers[name] == DECLINED}
    if accepted | declined != optional:
        return Consent()
    return Consent(has_chosen=True, accepted=frozenset(accepted))


def id_in(cookie: str) -> str:
    """Which proof the choice cookie belongs to; empty where it names none."""
    return str(parse_cookie_str(cookie).get(ID_KEY, ""))


def same_choice(*, consent_id: str, answers: dict[str, bool], question: Question) -> Choice | None:
    """The kept proof of this very answer to this very question, by the id in the choice cookie."""
    kept = Choice.objects.filter(consent_id=consent_id) if consent_id else Choice.objects.none()
    choice = kept.first()
    asked = (question.revision, question.text_hash)
    is_same = choice and (choice.revision, choice.text_hash) == asked and choice.groups == answers
    return choice if is_same else None


def optional_groups(question: Question) -> frozenset[str]:
    """Names of the groups that one may decline."""
    groups = question.content[settings.LANGUAGE_CODE]["groups"]
    return frozenset(group["key"] for group in groups if not group["required"])


def groups_in(language: str, question: Question | None) -> list[dict[str, Any]]:
    """The question's groups with their cookies, in a language."""
    content = question.content if question else {}
    return list(content.get(language, {}).get("groups", []))


def table_of(group: dict[str, Any]) -> Table:
    """A group's cookies: name, purpose, who gets it, how long it is kept."""
    rows = [[c["name"], c["description"], c["provider"], c["lifetime"]] for c in group["cookies"]]
    head = [_t("Cookie"), _t("What for"), _t("Who gets it"), _t("Kept for")]
    return Table(caption=group["name"], head=head, rows=rows)


def cookies_table() -> Table:
    """All cookies in one table, in the active language (P35, P36)."""
    groups = groups_in(get_language() or settings.LANGUAGE_CODE, current_question())
    tables = [table_of(group) for group in groups]
    head = tables[0].head if tables else []
    rows = [row for table in tables for row in table.rows]
    return Table(caption=_t("What each cookie does"), head=head, rows=rows)


def browser_opted_out(request: HttpRequest) -> bool:
    return request.COOKIES.get(settings.OPT_OUT_COOKIE_NAME) == "1"


def account_opted_out(user_id: int) -> bool:
    return OptOut.objects.filter(user_id=user_id).exists()


def analytics_id_of(user_id: int) -> str:
    """The user's random id, made when it is first needed."""
    return AnalyticsId.objects.get_or_create(user_id=user_id)[0].value
