"""What still stands in the way of an issue, a sentence each that says where and what.

Asked before it is submitted and again before it is approved; shown on its screen at any time.
"""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from pluc.content.findings import body_findings
from pluc.content.translating import quoted, untranslated_segments
from pluc.outbox.signing import misalignment
from portal.newsletter.answering import dead_links
from portal.newsletter.finishing import leave_link
from portal.newsletter.models import IssuePage
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.models.pages import PREHEADER_IS_AT_MOST, SUBJECT_IS_AT_MOST
from portal.newsletter.models.subscriptions import TOKEN_BYTES
from portal.newsletter.parts import Dates
from portal.newsletter.queries.issues import followers_of, recipients_by_language
from portal.newsletter.rendering import Rendered, parts_in, render

# Gmail cuts a mail off behind its first 102 kB, and the way to leave with it.
LARGEST = 100_000  # bytes of the HTML as it is sent
LONGEST_TOKEN = TOKEN_BYTES * 4 // 3
Drafts = dict[str, IssuePage]


def obstacles(drafts: Drafts) -> list[str]:
    """Why these drafts of an issue cannot go; empty when they can."""
    if lacking := [str(name) for code, name in settings.LANGUAGES if code not in drafts]:
        written = {"languages": ", ".join(lacking)}
        return [_t("It is not written in %(languages)s yet. Translate it first.") % written]
    found: list[str] = []
    for code, name in settings.LANGUAGES:
        found += (f"{name}: {sentence}" for sentence in in_one_language(drafts[code]))
    return [*found, *untranslated(drafts), *about_sending()]


def about_sending() -> Iterator[str]:
    """What is about no language: whether anybody gets it, and whether it may go from here."""
    if not recipients_by_language():
        yield _t("Nobody subscribes yet, so there is nobody to send it to.")
    if why_not := misalignment():
        yield why_not


# --- One language --------------------------------------------------------------------------------


def in_one_language(draft: IssuePage) -> Iterator[str]:
    """The faults of one language, in the order of the page."""
    yield from about_inbox(draft)
    faults = list(body_findings(draft.body))
    yield from faults
    if faults:  # what cannot be shown cannot be judged
        return
    empty = list(about_taken_over(draft))
    yield from empty
    if not empty and not says_something(draft):
        yield _t("There is nothing in it yet.")
    yield from about_mail(render(draft))


def about_inbox(draft: IssuePage) -> Iterator[str]:
    """Subject and preheader: there, on one line, and short enough to be read."""
    fields = (
        (_t("subject"), draft.subject, SUBJECT_IS_AT_MOST),
        (_t("preheader"), draft.preheader, PREHEADER_IS_AT_MOST),
    )
    for name, text, most in fields:
        if not text.strip():
            yield capfirst(_t("It has no %(field)s.") % {"field": name})
        elif len(text.splitlines()) > 1:
            yield capfirst(_t("Its %(field)s has a line break.") % {"field": name})
        elif len(text) > most:
            told = {"field": name, "most": most}
            yield capfirst(_t("Its %(field)s is longer than %(most)d characters.") % told)


def about_taken_over(draft: IssuePage) -> Iterator[str]:
    """Posts that are not there in this language, and an offer that is empty by now."""
    for number, block in enumerate(draft.body, start=1):
        place = {"number": number, "label": block.block.label}
        for post in block.value if block.block_type == "posts" else ():
            if post.locale_id != draft.locale_id:
                yield _t("Block %(number)d (%(label)s): “%(title)s” is in another language.") % (
                    place | {"title": post.title}
                )
        if block.block_type in {"courses", "cafes"} and not shows_dates(draft, number - 1):
            yield _t("Block %(number)d (%(label)s): there is nothing to join now.") % place


def says_something(draft: IssuePage) -> bool:
    """Whether a reader finds more in it than an empty paragraph."""
    blocks = range(len(draft.body))
    return any(part.text.strip() for number in blocks for part in parts_in(draft, only=number))


def shows_dates(draft: IssuePage, position: int) -> bool:
    return any(isinstance(part, Dates) for part in parts_in(draft, only=position))


def about_mail(mail: Rendered) -> Iterator[str]:
    """Links that lead nowhere, and a mail that is too large."""
    for address in dead_links(mail.html):
        yield _t("This link leads nowhere: %(address)s") % {"address": address}
    if (size := encoded_size(mail)) > LARGEST:
        told = {"size": size // 1000, "most": LARGEST // 1000}
        yield _t("The mail is %(size)d kB; more than %(most)d is cut off. Leave something out.") % (
            told
        )


def encoded_size(mail: Rendered) -> int:
    """The bytes of the HTML part for whoever has the longest address for leaving."""
    longest = leave_link("x" * LONGEST_TOKEN, mail.language)
    message = EmailMessage(policy=SMTP)
    message.set_content(mail.html.replace(LEAVE, longest), subtype="html", cte="quoted-printable")
    return len(message.as_bytes())


# --- Languages together --------------------------------------------------------------------------


def untranslated(drafts: Drafts) -> Iterator[str]:
    """What the translation screen has not translated, or has not seen yet."""
    page = next(iter(drafts.values()))
    for translation in followers_of(page):
        source = drafts.get(translation.source.locale.language_code)
        if source is None:
            continue
        lacking = [*changed_since(source, translation), *lacking_in(translation)]
        if lacking:
            yield lacks(translation.target_locale, lacking)


def lacks(locale: Locale, pieces: list[str]) -> str:
    told = ngettext(
        "%(language)s: %(count)d piece is not translated (%(texts)s).",
        "%(language)s: %(count)d pieces are not translated (%(texts)s).",
        len(pieces),
    )
    return told % {
        "language": locale.get_display_name(),
        "count": len(pieces),
        "texts": quoted(pieces),
    }


def lacking_in(translation: Translation) -> list[str]:
    return list(untranslated_segments(translation).values_list("string__data", flat=True))


def changed_since(source: IssuePage, translation: Translation) -> list[str]:
    """Texts of the last draft that the translation screen has not been given."""
    rows = StringSegment.objects.filter(source_id=translation.source_id)
    given = set(rows.values_list("context__path", "string__data"))
    now = (part for part in extract_segments(source) if isinstance(part, StringSegmentValue))
    return [
        part.string.data
        for part in now
        if part.path != "slug" and (part.path, part.string.data) not in given
    ]
