"""Shows who gets which mail before it goes, with a reason or without mail (docs/decisions/0028)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pluc.deeds import AskedFirst, Reconsidered
from pluc.outbox.guards import objection
from pluc.outbox.models import Mail
from pluc.outbox.reading import read
from pluc.outbox.telling import Posted, Telling, posted_meanwhile
from pluc.staff_screens.screens import Screens

T = TypeVar("T")
SILENTLY = Telling(by_mail=False)
DUTCH = settings.LANGUAGE_CODE
MAIL, SILENT, BACK = "mail", "silent", "back"
LONGEST_REASON = 500
REASONS = {"nl": "telling_reason", "en": "telling_reason_en"}  # by language
Comparison = tuple[str, str, str]  # what, as it was, as it will be


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter as it will go, and to whom. `withheld` get none: their data is restricted."""

    subject: str
    text: str
    language: str
    to: list[str]
    withheld: list[str]


class TellingForm(forms.Form):
    """Why it is done, for who is mailed of it. `telling_shown`: how many mails were shown."""

    telling_reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands in the mail, word for word. It may stay empty."),
    )
    telling_reason_en = forms.CharField(
        label=_("Why, in English?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For those who read English: without it their mail gives no reason."),
    )
    telling_shown = forms.IntegerField(widget=forms.HiddenInput)

    def keep_only(self, languages: Iterable[str]) -> None:
        """Leaves out the reason in a language that nobody here reads."""
        for code, name in REASONS.items():
            if code not in languages:
                del self.fields[name]

    def telling(self, *, by_mail: bool) -> Telling:
        reasons = {code: self.cleaned_data.get(name, "") for code, name in REASONS.items()}
        return Telling(by_mail=by_mail, reasons=reasons)


def telling_first(
    screens: Screens,
    request: HttpRequest,
    do: Callable[[Telling], T],
    *,
    title: str,
    asks_why: bool = True,
    may_be_silent: bool = True,
    compared: Callable[[], Sequence[Comparison]] = list,
    only_in_dutch: Sequence[str] = (),
    **context: Any,
) -> T:
    """Does `do`, where it mails nobody or a colleague has seen whom it mails.

    Else it is undone, and `AskedFirst` is raised with a screen that shows the mails as they would
    go; `Reconsidered` is, for whoever goes back from there. `asks_why` is off where the form before
    asked it. `compared` is asked before it is undone. `only_in_dutch` names what English mails
    would lack.
    """
    choice = request.POST.get("telling", "")
    if choice == BACK:
        raise Reconsidered
    form = TellingForm(request.POST if choice in (MAIL, SILENT) else None)
    answered = form.is_bound and form.is_valid() and (choice == MAIL or may_be_silent)
    telling = form.telling(by_mail=choice == MAIL) if answered else Telling()
    with transaction.atomic():
        with posted_meanwhile() as posted:
            done = do(telling)
        if not posted or (answered and has_seen(form, posted, choice)):
            return done
        letters, comparisons = letters_of(posted), list(compared())
        transaction.set_rollback(True)
    silent = mails_of(do, SILENTLY) if may_be_silent else 0
    languages = {letter.language for letter in letters}
    shown = form if form.is_bound and not form.is_valid() else TellingForm()
    shown.initial["telling_shown"] = len(posted)
    shown.keep_only(languages if asks_why else ())
    page = screens.show(
        request,
        "kit/telling",
        title,
        form=shown,
        letters=letters,
        number=sum(len(letter.to) for letter in letters),
        may_be_silent=may_be_silent and silent < len(posted),
        silent=silent,
        compared=comparisons,
        only_in_dutch=only_in_dutch if languages - {DUTCH} else (),
        sent_before=sent_before(request),
        **context,
    )
    raise AskedFirst(page)


def mails_of(do: Callable[[Telling], Any], telling: Telling) -> int:
    """How many mails go all the same: a place that comes free is offered by mail. It is undone."""
    with transaction.atomic(), posted_meanwhile() as posted:
        do(telling)
        transaction.set_rollback(True)
    return len(posted)


def has_seen(form: TellingForm, posted: list[Posted], choice: str) -> bool:
    """Whether the screen told of as many mails as go now: somebody may have enrolled since."""
    return choice == SILENT or form.cleaned_data["telling_shown"] == len(posted)


def letters_of(posted: list[Posted]) -> list[Letter]:
    """Letters that read alike but for a name, as one: each subject in each language."""
    prefetch_related_objects([one.mail for one in posted], "person")
    groups: defaultdict[tuple[str, str, str], list[Mail]] = defaultdict(list)
    for one in posted:
        groups[one.mail.template, one.language, one.mail.subject].append(one.mail)
    return [
        Letter(
            subject=subject,
            text=read(bytes(mails[0].message)).text,
            language=language,
            to=[addressee(mail) for mail in mails if not objection(mail)],
            withheld=[addressee(mail) for mail in mails if objection(mail)],
        )
        for (_template, language, subject), mails in groups.items()
    ]


def addressee(mail: Mail) -> str:
    name = mail.person.full_name if mail.person else ""
    return f"{name} <{mail.recipient}>" if name else mail.recipient


def sent_before(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form before this screen said, to be sent along with the answer."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if not name.startswith("telling") and name != "csrfmiddlewaretoken"
    ]
