"""Search over the public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from home.offer import row_of
from pluc.content.tree import home_crumb
from pluc.paging import numbered_page
from search.queries import MAX_LENGTH, as_results, find, suggestions

RESULTS_A_PAGE = 10
MEETINGS_SHOWN = 12


def search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=`, in the language of the address; help where there are none."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_LENGTH]
    language, now = get_language() or "", timezone.now()
    found = find(request, query, language=language, now=now)
    results = numbered_page(request, found.pages, size=RESULTS_A_PAGE)
    results.object_list = as_results(list(results.object_list))
    meetings = found.meetings if results.number == 1 else []
    context = {
        "query": query,
        "found": found,
        "rows": [row_of(meeting, now) for meeting in meetings[:MEETINGS_SHOWN]],
        "more_meetings": len(meetings) > MEETINGS_SHOWN,
        "results": results,
        "suggestions": [] if found.count else suggestions(language=language),
        "breadcrumbs": [home_crumb()],
    }
    return render(request, "search/search.html", context)
