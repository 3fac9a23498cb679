"""What the worker does: renders, signs and stores certificates that were asked for, once each.

Rendering and signing happen outside every transaction. Each certificate is stored in one of its
own, under a lock on its row: a worker that is killed leaves the others waiting, and who goes on
finds them so.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from pluc.documents.errors import DocumentNotMade
from portal.attendance.queries.hours import last_step
from portal.certificates import mails
from portal.certificates.credentials import credential_of, signed
from portal.certificates.facts import Facts
from portal.certificates.keys import KeyTrouble, SigningKey, signing_key
from portal.certificates.models import (
    Certificate,
    CertificateStep,
    Issuing,
    SigningCertificate,
)
from portal.certificates.rendering import Printed, render
from portal.certificates.signing import Signer
from portal.certificates.status_lists import forget

State, Kind, Trouble = Certificate.State, CertificateStep.Kind, Issuing.Trouble
BATCH = 20  # certificates in one layout: a few seconds, and little memory
log = logging.getLogger("pluc.certificates")


@dataclass(frozen=True, kw_only=True)
class Made:
    """A signed PDF, and the same facts as a credential."""

    certificate: Certificate
    pdf: bytes
    credential: str
    printed: Printed


def make_batch(*, issuing_id: UUID) -> bool:
    """Makes the next certificates of an issuing. Returns whether there is more to do now.

    What stands in the way is written down for staff and logged; the others wait, and nobody is
    mailed about them.
    """
    issuing = Issuing.objects.select_related("meeting").get(pk=issuing_id)
    if not is_in_force(issuing):
        drop(issuing)
        return False
    waiting = list(issuing.certificates.waiting().order_by("language", "pk")[:BATCH])
    if not waiting:
        return False
    try:
        make(waiting, signing_key(), issuing)
    except KeyTrouble as error:
        note(issuing, error.trouble, str(error))
        return False
    except DocumentNotMade as error:
        note(issuing, Trouble.NOT_MADE, str(error))
        return False
    note(issuing, "")
    return True


def make(waiting: list[Certificate], key: SigningKey, issuing: Issuing) -> None:
    """Raises `KeyTrouble` or `DocumentNotMade` at the first that fails; those before it stay."""
    signer, own = Signer(key), kept(key)
    for language, group in groupby(waiting, key=lambda one: one.language):
        for certificate, printed, pdf in rendered(list(group), language):
            credential = credential_of(
                printed.facts,
                certificate=certificate.pk,
                meeting=certificate.meeting_id,
                position=certificate.status_position,
                issued_at=printed.issued_at,
            )
            made = Made(
                certificate=certificate,
                pdf=signer.sign(pdf),
                credential=signed(credential, key),
                printed=printed,
            )
            store(made, issuing, own, has_timestamp=signer.has_timestamp)


def rendered(
    group: Sequence[Certificate], language: str
) -> Iterator[tuple[Certificate, Printed, bytes]]:
    """Each with its PDF. Where one of them cannot be made, the others are made one by one."""
    now = timezone.now()
    printed = [Printed(id=one.pk, facts=Facts.from_json(one.facts), issued_at=now) for one in group]
    try:
        yield from zip(group, printed, render(printed, language=language), strict=True)
        return
    except DocumentNotMade:
        if len(group) == 1:
            raise
    failed = None
    for certificate, one in zip(group, printed, strict=True):
        try:
            (pdf,) = render([one], language=language)
        except DocumentNotMade as error:
            failed = error
        else:
            yield certificate, one, pdf
    if failed is not None:
        raise failed


@transaction.atomic
def store(made: Made, issuing: Issuing, own: SigningCertificate, *, has_timestamp: bool) -> None:
    """Keeps the bytes, says that it is in force, and mails whose it is: all of it, or nothing.

    Does nothing for one that another worker has made, or that was dropped meanwhile.
    """
    rows = Certificate.objects.select_for_update(of=("self",)).waiting()
    row = rows.select_related("person", "replaces").filter(pk=made.certificate.pk).first()
    if row is None:
        return
    row.file.name = put(row.pk, made.pdf)
    row.sha256, row.size = hashlib.sha256(made.pdf).hexdigest(), len(made.pdf)
    row.issued_at, row.credential = made.printed.issued_at, made.credential
    row.signed_with, row.has_timestamp = own, has_timestamp
    row.state = State.IN_FORCE
    if row.replaces is not None:
        end_replaced(row.replaces, issuing)
    row.save()
    CertificateStep.objects.create(certificate=row, kind=Kind.ISSUED, by=issuing.asked_by)
    mails.issued(row, made.printed.facts)


def put(certificate: UUID, pdf: bytes) -> str:
    """Stores a file under the name that follows from the id; returns the name.

    What a worker left there that was killed before it could say so is put aside.
    """
    storage = Certificate._meta.get_field("file").storage
    name = f"certificates/{certificate.hex[:2]}/{certificate}.pdf"
    storage.delete(name)
    return str(storage.save(name, ContentFile(pdf)))


def end_replaced(old: Certificate, issuing: Issuing) -> None:
    Certificate.objects.filter(pk=old.pk).update(state=State.REPLACED)
    transaction.on_commit(partial(forget, old.status_position))
    CertificateStep.objects.create(
        certificate=old, kind=Kind.REPLACED, by=issuing.asked_by, reason=issuing.reason
    )


def kept(key: SigningKey) -> SigningCertificate:
    """The row of the key's certificate: its public part stays, to check what it signed."""
    row, _ = SigningCertificate.objects.get_or_create(
        fingerprint=key.fingerprint,
        defaults={
            "subject": key.subject[:300],
            "ends_at": key.ends_at,
            "pem": key.pem,
            "jwk": key.jwk,
        },
    )
    return row


def is_in_force(issuing: Issuing) -> bool:
    """Whether attendance is as it was when certificates were asked for."""
    step = last_step(meeting_id=issuing.meeting_id)
    return step is not None and step.pk == issuing.step_id


@transaction.atomic
def drop(issuing: Issuing) -> None:
    """Attendance was opened again: what was not made yet is not made by what it said."""
    rows = issuing.certificates.waiting()
    issuing.dropped += rows.count()
    rows.delete()
    issuing.save(update_fields=["dropped"])


def note(issuing: Issuing, trouble: str, detail: str = "") -> None:
    if trouble:
        left = issuing.certificates.waiting().count()
        log.error("Issuing %s: %d certificates wait: %s (%s)", issuing.pk, left, trouble, detail)
    Issuing.objects.filter(pk=issuing.pk).exclude(trouble=trouble).update(trouble=trouble)
