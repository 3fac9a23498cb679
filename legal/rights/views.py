"""My data: everything that is held of the viewer, and of nobody else (P13, P24)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from legal.rights.queries import sections_of
from legal.rights.registry import Group
from pluc.signed_in import SignedInRequest, for_members


@for_members
def my_data(request: SignedInRequest) -> HttpResponse:
    """What, why, how long, from where, for whom, and who has seen it."""
    sections = sections_of(person_id=request.user.person_id)
    held = [one for one in sections if one.group is not Group.DISCLOSURES]
    context = {
        "sections": held,
        "empty": [one for one in held if not one.count],
        "seen": next(one for one in sections if one.group is Group.DISCLOSURES),
        "total": sum(one.count for one in held),
        "back_office": settings.BACK_OFFICE_ADDRESS,
    }
    return render(request, "rights/my_data.html", context)
