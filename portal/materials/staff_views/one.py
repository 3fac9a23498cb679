"""One material: its facts, its versions and who has them, and what is done with it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Done, Refused, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.deeds import deed_named, open_to
from pluc.uploads import Outcome
from portal.materials import uploading
from portal.materials.deeds import DEEDS
from portal.materials.forms import FactsForm, LinkForm, VersionForm
from portal.materials.models import Material
from portal.materials.permissions import may_manage
from portal.materials.queries import staff
from portal.materials.queries.lines import state_of
from portal.materials.release import period_of
from portal.materials.services import adding, managing
from portal.materials.staff_views.screens import SCREENS, crumb_of_place, crumbs_of, place_of


def found(material_id: UUID) -> Material:
    return or_not_found(staff.material_with_id(material_id=material_id))


@for_staff(may_manage)
def show(request: SignedInRequest, material_id: UUID) -> HttpResponse:
    material = found(material_id)
    versions = staff.versions_of(material=material)
    now = timezone.now()
    return SCREENS.show(
        request,
        "material",
        str(material),
        below=[crumb_of_place(place_of(material))],
        material=material,
        state=state_of(material, material.meeting, now),
        period=period_of(material, material.meeting),
        versions=versions,
        can_check_again=any(one.can_be_checked_again for one in versions),
        who_has=staff.who_has(material=material),
        readers=staff.readers_of(material, now=now),
        deeds=open_to(request.user, material, DEEDS),
    )


@for_staff(may_manage)
def change(request: SignedInRequest, material_id: UUID) -> HttpResponse:
    """Title, moments, and whom it is for."""
    material = found(material_id)
    kind = LinkForm if material.kind == Material.Kind.LINK else FactsForm
    form = kind(posted(request), initial=vars(material))
    form.fields["title"].required = True
    back = crumbs_of(material)[-1][0]

    def do() -> Done:
        url = form.cleaned_data.get("url", "")
        managing.change(material_id=material_id, facts=form.facts, url=url, by=request.user)
        return Done(_t("Saved."), back)

    below = crumbs_of(material)
    return SCREENS.deed(
        request, do, form=form, title=_t("Change"), below=below, back=back, button=_t("Save")
    )


@for_staff(may_manage)
def deed(request: SignedInRequest, material_id: UUID, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the deeds. Releasing shows first who will see it."""
    material = found(material_id)
    chosen = deed_named(slug, DEEDS)
    is_open = chosen.is_open(request.user, material)
    not_now = _t("That cannot be done now.")
    back = crumbs_of(material)[-1][0]

    def do() -> Done:
        if not is_open:
            raise Refused(not_now)
        chosen.do(material_id=material_id, by=request.user)
        return Done(str(chosen.done), back)

    return SCREENS.deed(
        request,
        do,
        template="deed",
        title=str(chosen.label),
        below=crumbs_of(material),
        question=chosen.question,
        back=back,
        why_not=[] if is_open else [not_now],
        material=material,
        readers=staff.readers_of(material, now=timezone.now()) if slug == "vrijgeven" else None,
    )


@for_staff(may_manage)
def new_version(request: SignedInRequest, material_id: UUID) -> HttpResponse:
    """A new file in the place of the one before."""
    material = found(material_id)
    if material.kind == Material.Kind.LINK:
        return or_not_found(None)
    form = VersionForm(posted(request), request.FILES or None)
    back = crumbs_of(material)[-1][0]

    def page(outcomes: list[Outcome], status: int = 200) -> HttpResponse:
        return SCREENS.show(
            request,
            "version",
            _t("New version"),
            below=crumbs_of(material),
            status=status,
            form=form,
            back=back,
            outcomes=outcomes,
        )

    def add(judged: Any) -> None:
        adding.add_version(material_id=material_id, judged=judged, by=request.user)

    if request.method != "POST":
        return page([])
    return uploading.answer(request, form, add, back=back, show=page)


@for_staff(may_manage)
def try_again(request: SignedInRequest, material_id: UUID) -> HttpResponse:
    """Asks the scanner anew about the files that could not be checked."""
    material = found(material_id)
    back = crumbs_of(material)[-1][0]
    held = [one for one in staff.versions_of(material=material) if one.can_be_checked_again]

    def do() -> Done:
        for one in held:
            managing.try_again(version_id=one.pk, by=request.user)
        return Done(_t("The virus scanner is asked again."), back)

    return SCREENS.deed(
        request,
        do,
        title=_t("Check again"),
        below=crumbs_of(material),
        question=_t("The virus scanner is asked again, within a minute or so."),
        back=back,
        why_not=[] if held else [_t("There is no file that could not be checked.")],
    )
