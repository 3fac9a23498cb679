"""Shows who gets which mail before it goes, with a reason or without mail (docs/decisions/0028)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.deeds import AskedFirst, Reconsidered
from pluc.outbox.guards import objection
from pluc.outbox.models import Mail
from pluc.outbox.reading import read
from pluc.outbox.telling import Heard, Posted, Telling, heard_meanwhile
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


def reason_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=help_text,
    )


class TellingForm(forms.Form):
    """Why it is done, for who is mailed of it. `telling_shown`: how many mails were shown."""

    telling_reason = reason_field(
        _("Why?"), _("Stands in the mail, word for word. It may stay empty.")
    )
    telling_reason_en = reason_field(
        _("Why, in English?"),
        _("For those who read English: without it their mail gives no reason."),
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


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a colleague answered on the screen before the mails go; an empty one asks it first."""

    choice: str
    form: TellingForm

    @property
    def is_given(self) -> bool:
        return self.form.is_bound and self.form.is_valid()

    @property
    def telling(self) -> Telling:
        return self.form.telling(by_mail=self.choice == MAIL) if self.is_given else Telling()

    def settles(self, posted: list[Posted]) -> bool:
        """Whether it was given of as many mails as go now: somebody may have enrolled since."""
        if not self.is_given:
            return False
        return self.choice == SILENT or self.form.cleaned_data["telling_shown"] == len(posted)

    def form_for(self, letters: list[Letter], number: int, *, asks_why: bool) -> TellingForm:
        """The form as it is shown: as it was sent where it is wrong, else a new one."""
        wrong = self.form.is_bound and not self.form.is_valid()
        shown = self.form if wrong else TellingForm()
        shown.initial["telling_shown"] = number
        shown.keep_only({letter.language for letter in letters} if asks_why else ())
        return shown


def answer_in(request: HttpRequest, *, may_be_silent: bool) -> Answer:
    """Raises `Reconsidered` for who goes back."""
    choice = request.POST.get("telling", "")
    if choice == BACK:
        raise Reconsidered
    is_open = choice == MAIL or (choice == SILENT and may_be_silent)
    return Answer(choice=choice, form=TellingForm(request.POST if is_open else None))


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
    would lack. Afterwards a message says what is left to be told by phone.
    """
    answer = answer_in(request, may_be_silent=may_be_silent)
    with transaction.atomic():
        with heard_meanwhile() as heard:
            done = do(answer.telling)
        if not heard.posted or answer.settles(heard.posted):
            say_what_is_untold(request, heard)
            return done
        letters, comparisons = letters_of(heard.posted), list(compared())
        transaction.set_rollback(True)
    foreseen = {
        "letters": letters,
        "untold": heard.untold,
        "number": len({name for letter in letters for name in letter.to}),
        "compared": comparisons,
        "only_in_dutch": only_in_dutch if {one.language for one in letters} - {DUTCH} else (),
        "form": answer.form_for(letters, len(heard.posted), asks_why=asks_why),
        "sent_before": sent_before(request),
        **(silence(do, heard.posted) if may_be_silent else {"may_be_silent": False}),
    }
    raise AskedFirst(screens.show(request, "kit/telling", title, **foreseen, **context))


def silence(do: Callable[[Telling], Any], posted: list[Posted]) -> dict[str, Any]:
    """Whether fewer are mailed when it is done without mail, and how many are all the same."""
    silent = mails_of(do, SILENTLY)
    return {"may_be_silent": silent < len(posted), "silent": silent}


def say_what_is_untold(request: HttpRequest, heard: Heard) -> None:
    """Tells a colleague, on the screen where they land, what nobody is mailed."""
    if heard.untold:
        intro = _t("Nobody is mailed this, for there is no e-mail address. Tell it by phone:")
        items = format_html_join("", "<li>{}</li>", ((str(one),) for one in heard.untold))
        messages.warning(request, format_html("{}<ul>{}</ul>", intro, items))


def mails_of(do: Callable[[Telling], Any], telling: Telling) -> int:
    """How many mails go all the same: a place that comes free is offered by mail. It is undone."""
    with transaction.atomic(), heard_meanwhile() as heard:
        do(telling)
        transaction.set_rollback(True)
    return len(heard.posted)


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
