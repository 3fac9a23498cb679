"""One certificate: what it says, what happened to it, and ending it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _t

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.certificates.facts import Facts
from portal.certificates.forms import ReasonForm, ReplaceForm
from portal.certificates.models import Certificate
from portal.certificates.permissions import may_issue
from portal.certificates.queries.issuing import candidate_of
from portal.certificates.queries.staff import certificate_to_show
from portal.certificates.refusals import NotInForce
from portal.certificates.rendering import verification_address
from portal.certificates.services import ending
from portal.certificates.staff_views.screens import SCREENS, crumb_of, screen_of


def title_of(certificate: Certificate) -> str:
    facts = Facts.from_json(certificate.facts)
    return _t("Certificate of %(name)s") % {"name": facts.name}


@for_staff(may_issue)
def show(request: SignedInRequest, certificate: UUID) -> HttpResponse:
    found = or_not_found(certificate_to_show(key=certificate))
    facts = Facts.from_json(found.facts)
    return SCREENS.show(
        request,
        "certificate",
        title_of(found),
        below=[crumb_of(found.meeting)],
        certificate=found,
        facts=facts,
        steps=found.steps.select_related("by__person"),
        address=verification_address(found.pk, language=found.language),
    )


@for_staff(may_issue)
def revoke(request: SignedInRequest, certificate: UUID) -> HttpResponse:
    return end(
        request,
        certificate,
        ReasonForm(posted(request)),
        do=ending.revoke,
        title=_t("Revoke the certificate"),
        question=_t(
            "Whoever checks it is told that it was revoked, within the hour also in wallets. Whose "
            "it is gets an e-mail with your reason. It cannot be taken back; a new one can be "
            "issued."
        ),
        done=_t("The certificate is revoked."),
    )


@for_staff(may_issue)
def replace(request: SignedInRequest, certificate: UUID) -> HttpResponse:
    """Shows what the new one would say, and where to put that right."""
    one = candidate_of(or_not_found(certificate_to_show(key=certificate)))
    language = get_language_info(one.facts.language)["name_translated"] if one else ""
    name = one.account_name if one else ""
    return end(
        request,
        certificate,
        ReplaceForm(posted(request), account_name=name),
        do=ending.replace,
        title=_t("Replace the certificate"),
        question=_t(
            "Once the new one is ready the old one says that it was replaced, and whose it is gets "
            "an e-mail."
        ),
        done=_t("A new certificate is being made."),
        template="replace",
        one=one,
        language=language,
    )


def end(
    request: SignedInRequest,
    certificate: UUID,
    form: Form,
    *,
    do: Callable[..., Any],
    title: str,
    question: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Asks why, and does it. `context` is for a template of its own."""
    found = or_not_found(certificate_to_show(key=certificate))

    def carry_out() -> Done:
        do(certificate_id=found.pk, by=request.user, **form.cleaned_data)
        return Done(done, screen_of(found.meeting))

    own = reverse("certificate_screen", args=[found.pk])
    return SCREENS.deed(
        request,
        carry_out,
        form=form,
        title=title,
        question=question,
        is_serious=True,
        below=[crumb_of(found.meeting), (own, title_of(found))],
        back=own,
        why_not=[] if found.is_in_force or request.method == "POST" else [NotInForce().sentence],
        **context,
    )
