"""The addresses of the content API, below `/api/v2/`. All of it is reading."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router
from wagtail.contrib.redirects.models import Redirect

from headless.answers.problems import Problem, Refusal, there_is
from headless.answers.reading import reads
from headless.content import asking, missing, queries, usage
from headless.content.drafts import draft_by
from headless.content.json_answers import json_answer
from headless.content.schemas import others as told
from headless.content.schemas.answers import ContentPicture, ListInfo
from headless.content.schemas.pages import BY_KIND, PageList, PageOfAnyType
from headless.content.telling import others, statement
from headless.content.telling.lists import tell_list, tell_one
from headless.content.telling.pictures import tell_picture
from legal.statements.queries import edition_in_force, edition_of, history
from pluc.content.for_api import pages_for_api
from pluc.content.pictures import load_renditions
from portal.newsletter.models import IssuePage

router = Router(tags=["content"])
router.add_decorator(reads(), mode="view")
# A draft is shown to whom its editor gave the link, and nobody keeps it.
drafts = Router(tags=["content"])
drafts.add_decorator(reads(seconds=0), mode="view")

REFUSED: dict[Any, Any] = dict.fromkeys((401, 403, 422, 429), Problem)
ONE: dict[Any, Any] = {404: Problem, **REFUSED}
Version = Annotated[str, Path(pattern=asking.DATE, description="Its date.", example="2018-05-16")]
DraftToken = Annotated[
    str, Path(max_length=200, description="From the link that an editor was given.", example="x:y")
]
T = TypeVar("T")


@router.get("/pages/", response={200: PageList, **ONE}, url_name="content_pages")
def pages(request: HttpRequest, query: Query[asking.PageQuery]) -> Any:
    """Public pages, with the fields that are asked for."""
    public = pages_for_api()
    part = queries.pages_asked(public, query)
    items = tell_list(request, part.pages, query, public=public)
    meta = list_info(request, query, part.total)
    languages = ", ".join(sorted({page.locale.language_code for page in part.pages}))
    return json_answer({"meta": meta.model_dump(), "items": items}, languages)


@router.get("/pages/find/", response={200: PageOfAnyType, **ONE}, url_name="content_find")
def find_page(request: HttpRequest, query: Query[asking.PathQuery]) -> Any:
    """The page at a path of the site."""
    public = pages_for_api()
    page = there_is(queries.page_at_path(public, query.html_path), missing.no_page())
    return json_answer(tell_one(request, page, public=public), page.locale.language_code)


@router.get("/pages/{page_id}/", response={200: PageOfAnyType, **ONE}, url_name="content_page")
def page(request: HttpRequest, page_id: asking.PageNumber, query: Query[asking.WholePage]) -> Any:
    """A page, with all of its fields."""
    public = pages_for_api()
    found = there_is(queries.page_numbered(public, page_id), missing.no_page())
    return json_answer(tell_one(request, found, public=public), found.locale.language_code)


@router.get(
    "/images/{picture_id}/", response={200: ContentPicture, **ONE}, url_name="content_picture"
)
def picture(
    request: HttpRequest, picture_id: asking.PageNumber, query: Query[asking.Sentences]
) -> Any:
    """A picture that the site shows, in all sizes that there are."""
    found = there_is(usage.shown_picture(picture_id, pages_for_api()), missing.no_picture())
    load_renditions([found])
    return json_answer(there_is(tell_picture(found, found.description), missing.no_picture()))


@router.get("/documents/", response={200: told.Documents, **REFUSED}, url_name="content_documents")
def documents(request: HttpRequest, query: Query[asking.PartAndSentences]) -> Any:
    """Files that public pages offer, by title."""
    shown = usage.shown_documents(pages_for_api())
    items = [others.tell_document(one) for one in part_of(shown, query)]
    return json_answer(told.Documents(meta=list_info(request, query, shown.count()), items=items))


@router.get("/menus/", response={200: told.Menus, **REFUSED}, url_name="content_menus")
def menus(request: HttpRequest, query: Query[asking.InLanguage]) -> Any:
    """What the menu and the footer lead to."""
    return json_answer(others.tell_menus(query.locale, pages_for_api()))


@router.get("/notice/", response={200: told.NoticeNow, **REFUSED}, url_name="content_notice")
def notice(request: HttpRequest, query: Query[asking.InLanguage]) -> Any:
    """The notice above every page, if there is one now."""
    return json_answer(others.tell_notice(query.locale, pages_for_api()))


@router.get("/redirects/", response={200: told.Redirects, **REFUSED}, url_name="content_redirects")
def redirects(request: HttpRequest, query: Query[asking.PartAndSentences]) -> Any:
    """Old addresses of the site, and where they lead now."""
    every = others.tell_redirects(Redirect.objects.order_by("old_path", "pk"), pages_for_api())
    items = every[query.offset : query.offset + query.limit]
    return json_answer(told.Redirects(meta=list_info(request, query, len(every)), items=items))


@router.get("/redirects/find/", response={200: told.LeadingOn, **ONE}, url_name="content_redirect")
def find_redirect(request: HttpRequest, query: Query[asking.OldPath]) -> Any:
    """Where an old path of the site leads now."""
    found = Redirect.objects.filter(old_path=Redirect.normalise_path(query.html_path))
    told_one = first(others.tell_redirects(found[:1], pages_for_api()))
    return json_answer(there_is(told_one, missing.no_redirect()))


@router.get("/issues/", response={200: told.Issues, **REFUSED}, url_name="content_issues")
def issues(request: HttpRequest, query: Query[asking.PartInLanguage]) -> Any:
    """Issues of the newsletter that everybody has got, the newest first."""
    sent = IssuePage.objects.filter(
        pk__in=pages_for_api().values("pk"), locale__language_code=query.locale
    )
    newest = sent.select_related("locale").order_by("-first_published_at", "-pk")
    items = [others.tell_issue_in_short(one) for one in part_of(newest, query)]
    return json_answer(told.Issues(meta=list_info(request, query, sent.count()), items=items))


@router.get("/issues/{page_id}/", response={200: told.IssueAsSent, **ONE}, url_name="content_issue")
def issue(request: HttpRequest, page_id: asking.PageNumber, query: Query[asking.Sentences]) -> Any:
    """An issue of the newsletter as it was sent."""
    sent = IssuePage.objects.filter(pk__in=pages_for_api().values("pk"))
    found = there_is(sent.select_related("locale").filter(pk=page_id).first(), missing.no_issue())
    return json_answer(others.tell_issue(found), found.locale.language_code)


@router.get("/statement/", response={200: told.EditionInFull, **ONE}, url_name="content_statement")
def statement_in_force(request: HttpRequest, query: Query[asking.InLanguage]) -> Any:
    """The privacy statement in force, with its tables."""
    edition = there_is(edition_in_force(query.locale), missing.no_edition())
    return json_answer(statement.tell_edition(edition, edition.version, pages_for_api()))


@router.get(
    "/statement/editions/", response={200: told.Editions, **REFUSED}, url_name="content_editions"
)
def editions(request: HttpRequest, query: Query[asking.PartInLanguage]) -> Any:
    """All versions of the privacy statement, the newest first."""
    every, in_force = history(query.locale), statement.version_in_force(query.locale)
    shown = every[query.offset : query.offset + query.limit]
    items = [statement.tell_in_short(one, in_force) for one in shown]
    return json_answer(told.Editions(meta=list_info(request, query, len(every)), items=items))


@router.get(
    "/statement/editions/{version}/",
    response={200: told.EditionInFull, **ONE},
    url_name="content_edition",
)
def edition(request: HttpRequest, version: Version, query: Query[asking.InLanguage]) -> Any:
    """A version of the privacy statement, as it was put in force."""
    found = there_is(edition_of(version, query.locale), missing.no_edition())
    in_force = statement.version_in_force(query.locale)
    return json_answer(statement.tell_edition(found, in_force, pages_for_api()))


@router.get(
    "/statement/diff/",
    response={200: told.StatementDifference, **ONE},
    url_name="content_difference",
)
def statement_difference(request: HttpRequest, query: Query[asking.TwoVersions]) -> Any:
    """What changed between two versions of the privacy statement."""
    older, newer = (
        there_is(edition_of(version, query.locale), missing.no_edition())
        for version in (query.from_, query.to)
    )
    in_force = statement.version_in_force(query.locale)
    return json_answer(statement.tell_difference(older, newer, in_force))


@drafts.get("/preview/{token}/", response={200: PageOfAnyType, **ONE}, url_name="content_draft")
def draft(request: HttpRequest, token: DraftToken, query: Query[asking.Sentences]) -> Any:
    """The draft of one page, by the link that its editor made. Nobody may keep it."""
    found = draft_by(token)
    if found is None or found._meta.label not in BY_KIND:
        raise Refusal(HTTPStatus.NOT_FOUND, missing.no_draft())
    public = pages_for_api()
    told_draft = tell_one(request, found, public=public, is_draft=True)
    answer = json_answer(told_draft, found.locale.language_code)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def first(rows: Sequence[T]) -> T | None:
    return rows[0] if rows else None


def part_of(rows: Any, query: asking.Part) -> Any:
    return rows[query.offset : query.offset + query.limit]


def list_info(request: HttpRequest, query: asking.Part, total: int) -> ListInfo:
    """How many there are, and the same address with the next ones."""
    after = query.offset + query.limit
    asked = {**request.GET.dict(), "offset": after}
    address = f"{settings.SITE_URL}{request.path}?{urlencode(asked)}"
    return ListInfo(total_count=total, next=address if after < total else None)
