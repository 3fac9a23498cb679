"""Photographs of signed lists, and which pages still lack one: for colleagues who take attendance.

A photograph holds names and signatures of many people, so nobody else ever gets one (P05, P17).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.attendance.models import ListPrint, Photograph, PrintedPage, PrintedRow
from portal.meetings.models import Session

RELATED = ("page__print__session", "meeting__course", "confirmed_by__person")
SIGNED = (ListPrint.Kind.SIGN_IN, ListPrint.Kind.SIGN_OUT)


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """A list of a meeting as the screen shows it."""

    kind: str
    label: str
    session: Session | None
    prints: tuple[ListPrint, ...]

    @property
    def last(self) -> ListPrint | None:
        return self.prints[0] if self.prints else None

    @property
    def photographed(self) -> list[ListPrint]:
        """Versions that somebody has photographed a page of: of those no page may be missing."""
        counted: list[Any] = list(self.prints)  # of `prints_of`
        return [one for one in counted if one.seen]


def lists_of(*, meeting_id: int, sessions: Iterable[Session]) -> list[ListLine]:
    """Each list that a meeting has, printed or not, its versions with the newest first; two
    queries, however many there are."""
    prints: dict[tuple[str, UUID | None], list[ListPrint]] = defaultdict(list)
    for one in prints_of(meeting_id):
        prints[one.kind, one.session_id].append(one)
    wanted: list[tuple[str, Session | None]] = [(ListPrint.Kind.PARTICIPANTS, None)]
    wanted += [(kind, session) for session in sessions for kind in SIGNED]
    return [
        ListLine(
            kind=kind,
            label=str(ListPrint.Kind(kind).label),
            session=session,
            prints=tuple(prints[kind, session.pk if session else None]),
        )
        for kind, session in wanted
    ]


def prints_of(meeting_id: int) -> QuerySet[ListPrint]:
    """With how many pages each has (`all`), and of how many there is a photograph (`seen`)."""
    seen = Count("pages", filter=Q(pages__photographs__isnull=False), distinct=True)
    counted = ListPrint.objects.filter(meeting=meeting_id).annotate(
        all=Count("pages", distinct=True), seen=seen
    )
    return counted.order_by("-version")


def photographs_of(*, meeting_id: int) -> QuerySet[Photograph]:
    """Those filed with a meeting: those without a page first, then by list and page."""
    found = Photograph.objects.filter(meeting=meeting_id).select_related(*RELATED)
    return found.annotate(is_done=is_done()).order_by(
        "page__print__session__starts_at",
        "page__print__kind",
        "page__print__version",
        "page__number",
        "uploaded_at",
    )


def is_done() -> Exists:
    """Whether the page was gone through, by this photograph or by another of it."""
    others = Photograph.objects.filter(page=OuterRef("page"), confirmed_at__isnull=False)
    return Exists(others)


def photographs_to_confirm() -> QuerySet[Photograph]:
    """What waits for a colleague: without a page, or of a signed page nobody has gone through."""
    waiting = Q(page=None) | (Q(page__print__kind__in=SIGNED) & Q(is_done=False))
    found = Photograph.objects.annotate(is_done=is_done()).filter(waiting)
    return found.select_related(*RELATED).order_by("uploaded_at")


def photograph_with_id(*, photograph_id: UUID) -> Photograph | None:
    found = Photograph.objects.select_related(*RELATED).annotate(is_done=is_done())
    return found.filter(pk=photograph_id).first()


def rows_on(*, page: PrintedPage) -> list[PrintedRow]:
    """The rows of a page as they were printed, with whose they are."""
    return list(
        PrintedRow.objects.filter(page=page).select_related("enrolment").order_by("position")
    )


def newer_than(*, one: ListPrint) -> ListPrint | None:
    """The newest version of a list, where it is not this one."""
    alike = ListPrint.objects.filter(meeting=one.meeting_id, session=one.session_id, kind=one.kind)
    last = alike.order_by("-version").first()
    return last if last is not None and last.version > one.version else None
