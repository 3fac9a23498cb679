"""Search over the public site."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from home.models.blog import page_number
from pluc.content.tree import home_crumb
from search.queries import MAX_LENGTH, as_results, find_pages, suggestions

RESULTS_A_PAGE = 10


def search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=`, in the language of the address; help where there are none."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_LENGTH]
    language = get_language() or ""
    paginator = Paginator(find_pages(query, language=language), RESULTS_A_PAGE)
    number = page_number(request.GET.get("pagina", "1"))
    if number > paginator.num_pages:
        raise Http404
    results = paginator.page(number)
    results.object_list = as_results(list(results.object_list))
    context = {
        "query": query,
        "results": results,
        "suggestions": [] if results.object_list else suggestions(language=language),
        "breadcrumbs": [home_crumb()],
    }
    return render(request, "search/search.html", context)
