"""Search over the public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from pluc.content.tree import home_crumb
from pluc.paging import numbered_page
from search.queries import MAX_LENGTH, as_results, find_pages, suggestions

RESULTS_A_PAGE = 10


def search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=`, in the language of the address; help where there are none."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_LENGTH]
    language = get_language() or ""
    found = find_pages(query, language=language)
    results = numbered_page(request, found, size=RESULTS_A_PAGE)
    results.object_list = as_results(list(results.object_list))
    context = {
        "query": query,
        "results": results,
        "suggestions": [] if results.object_list else suggestions(language=language),
        "breadcrumbs": [home_crumb()],
    }
    return render(request, "search/search.html", context)
