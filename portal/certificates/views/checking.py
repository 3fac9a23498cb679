from uuid import UUID
from django.http import HttpRequest, HttpResponse


def check(request: HttpRequest, certificate: UUID) -> HttpResponse:
    return HttpResponse()
