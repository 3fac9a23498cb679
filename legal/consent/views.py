"""The cookie settings: the page, and the one address that every choice is posted to."""

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from legal.consent.browsers import browsers_in
from legal.consent.decision import decision_about
from legal.consent.models import Choice, Question
from legal.consent.queries import groups_in, id_in, same_choice, table_of
from legal.consent.services import (
    InvalidChoice,
    forget_measurement,
    read_choice,
    record_choice,
    remember_choice,
)
from pluc.content.tree import home_crumb
from pluc.counting import Deed, count, too_many
from pluc.hosts import is_same_origin
from pluc.links import site_base

NOT_MEASURED = "not-measured"  # in templates/consent/footer.html


@csrf_exempt  # judged by its origin instead, on both doors alike (CONTRACT, Forms)
def settings_page(request: HttpRequest) -> HttpResponse:
    """Shows the choices (GET), or takes one (POST)."""
    if request.method == "POST":
        return choose(request)
    return show(request)


def show(request: HttpRequest, *, error: bool = False) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    question = decision_about(request).question
    context = {
        "browsers": browsers_in(language),
        "cookie_tables": [table_of(group) for group in groups_in(language, question)],
        "error": error,
        "next": safe_path(request, request.GET.get("next", "")),
        "saved": "saved" in request.GET,
        "breadcrumbs": [home_crumb(site_base(request))],
    }
    response = render(request, "consent/cookies.html", context, status=400 if error else 200)
    response["Cache-Control"] = "no-store"
    return response


def choose(request: HttpRequest) -> HttpResponse:
    """Records a clear answer and goes back to the page it came from."""
    if not is_same_origin(request):
        return HttpResponseForbidden()
    question = decision_about(request).question
    if question is None:
        raise Http404
    try:
        answers = read_choice(request.POST, question)
    except InvalidChoice:
        return show(request, error=True)
    choice = choice_made_before(request, answers, question)
    if choice is None:
        if refusal := count(request, Deed(name="choice")):
            return too_many(request, refusal.seconds)
        choice = record_choice(answers=answers, question=question, how=how_of(request))
    response = HttpResponseRedirect(way_back(request))
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    remember_choice(response, choice)
    if not answers.get("analytics", False):
        forget_measurement(request, response)
    return response


def way_back(request: HttpRequest) -> str:
    """To the page that one came from; from its foot, to the sentence there that says it is so."""
    path = safe_path(request, request.POST.get("next", ""))
    if path and how_of(request) is Choice.How.FOOTER:
        return f"{path}#{NOT_MEASURED}"
    return path or "?saved"


def choice_made_before(
    request: HttpRequest, answers: dict[str, bool], question: Question
) -> Choice | None:
    """The proof that this browser carries, where it gives the same answer again."""
    cookie = request.COOKIES.get(settings.COOKIE_CONSENT_NAME, "")
    return same_choice(consent_id=id_in(cookie), answers=answers, question=question)


def how_of(request: HttpRequest) -> Choice.How:
    """Where the choice was made; from the page itself if the form does not say."""
    how = request.POST.get("how", "")
    return Choice.How(how) if how in Choice.How.values else Choice.How.PAGE


def safe_path(request: HttpRequest, path: str) -> str:
    """A path on this host, or nothing."""
    local = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if local else ""
