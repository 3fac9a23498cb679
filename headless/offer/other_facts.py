"""A course, a partner and a certificate as the API tells them: what their pages say."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.utils import timezone, translation

from headless.offer import schemas
from headless.offer.meeting_facts import course_in_short
from headless.offer.words import api_address
from home.models import CoursePage, PartnerPage
from pluc.content.addresses import absolute
from pluc.content.pictures import renditions_of
from portal.certificates.credentials import address_of
from portal.certificates.facts import EarnedFact, Facts
from portal.certificates.models import Certificate
from portal.certificates.rendering import verification_address
from portal.meetings.models import Course
from portal.meetings.on_site import SitePage
from portal.meetings.wording import label_of

LOGO = "max-480x160|format-webp"  # as on the partner's page


def course_told(page: CoursePage, *, pages: Iterable[SitePage]) -> schemas.Course:
    """A course, by its page in the active language; `pages` are those in all languages.

    How many meetings it has is filled in for each request.
    """
    course = page.course
    return schemas.Course(
        **course_in_short(course).model_dump(),
        level_name=label_of(Course.Level, course.level),
        intro=page.intro,
        goals=[str(goal.value) for goal in page.goals],
        audience=page.audience,
        meetings=0,
        meetings_url=api_address("meetings/", course=course.slug),
        translations={one.language: absolute(one.address) for one in pages if one.is_live},
    )


def partner_told(page: PartnerPage) -> schemas.Partner:
    partner = page.organisation
    return schemas.Partner(
        slug=partner.slug,
        name=partner.name,
        url=page.full_url,
        website=partner.website or None,
        intro=page.intro,
        colour=cast(Any, partner.colour),
        logo=logo_told(page),
        meetings_url=api_address("meetings/", partner=partner.slug),
    )


def logo_told(page: PartnerPage) -> schemas.Logo | None:
    """None where there is none, or where its file cannot be shown."""
    partner = page.organisation
    scaled = renditions_of(partner.logo, LOGO) if partner.logo else []
    if not scaled:
        return None
    one = scaled[0]
    return schemas.Logo(url=absolute(one.url), width=one.width, height=one.height, alt=partner.name)


def certificate_told(found: Certificate) -> schemas.Certificate:
    """What the page says on which a person checks it, and no more: in the language of the
    certificate, whatever was asked for, as its words were frozen."""
    facts = Facts.from_json(found.facts)
    with translation.override(facts.language):
        hours = [earned_told(one) for one in facts.earned]
    return schemas.Certificate(
        id=found.pk,
        status=cast(Any, found.state),
        replaced_by=replaced_by(found),
        language=cast(Any, facts.language),
        name=facts.name,
        titles=facts.titles,
        professional_number=facts.professional_number,
        course=facts.course,
        days=[date.fromisoformat(day) for day in facts.days],
        when=facts.when,
        place=facts.place,
        pe_hours=hours,
        speakers=list(facts.speakers),
        provider=facts.provider,
        signatory=facts.signatory,
        issued_on=timezone.localdate(found.issued_at),
        url=verification_address(found.pk, language=translation.get_language()),
        credential_url=address_of("certificate_credential", found.pk),
    )


def replaced_by(found: Certificate) -> str | None:
    """The new one, once that was made."""
    new = getattr(found, "replacement", None)
    if found.state != Certificate.State.REPLACED or new is None:
        return None
    return api_address(f"certificates/{new.pk}/")


def earned_told(one: EarnedFact) -> schemas.EarnedHours:
    return schemas.EarnedHours(
        scheme=one.scheme,
        hours=Decimal(one.hours),
        category=one.category,
        number=one.number,
        text=one.in_words,
    )
