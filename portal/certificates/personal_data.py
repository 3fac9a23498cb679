"""What this room holds of people: their certificates, and who issued or revoked them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Recipient,
    Retention,
    Source,
    not_personal,
    personal,
    work_of_staff,
)
from pluc import periods
from portal.certificates.facts import Facts

AFTER_ISSUING = Retention(
    period=periods.CERTIFICATE,
    fact=_("it was issued"),
    fields=("issued_at", "asked_at"),
)
WITH_THE_CERTIFICATE = replace(AFTER_ISSUING, fields=(), goes_with="certificate")
AFTER_ASKING = Retention(period=periods.PLACE, fact=_("it was noted"), fields=("asked_at",))
TO_TELL = _("To be able to tell who changed what, and when.")

personal(
    "certificates.Certificate",
    owner="person",
    title=_("Your certificates"),
    group=Group.MEETINGS,
    purpose=_("To prove what you followed, to you and to whom you show it."),
    basis=Basis.CONTRACT,
    source=Source.US,
    recipients=[Recipient.HOST, Recipient.CLIENTS],
    retention=AFTER_ISSUING,
    shown=[("meeting__course__title", _("Meeting")), "facts", "state", "issued_at"],
    render={"facts": lambda value: Facts.from_json(value).in_words},
    known_by=["meeting__course__title", "state", "issued_at"],
    internal=[
        *("id", "person", "enrolment", "meeting", "issuing", "language", "asked_at", "file"),
        *("sha256", "size", "signed_with", "has_timestamp", "credential", "status_position"),
        "replaces",
    ],
    # The file goes too; the address then answers 410 (`GoneCertificate`).
    erasure=Delete(),
)
personal(
    "certificates.CertificateStep",
    owner="certificate__person",
    title=_("What happened to your certificates"),
    group=Group.MEETINGS,
    purpose=TO_TELL,
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=WITH_THE_CERTIFICATE,
    shown=[
        ("certificate__meeting__course__title", _("Meeting")),
        *("kind", "at", "reason"),
    ],
    is_log=True,
    known_by=["certificate__meeting__course__title", "kind", "at"],
    internal=["id", "certificate"],
    erasure=Delete(),
)
work_of_staff(
    "certificates.CertificateStep",
    "by",
    title=_("Certificates that you issued, revoked or replaced"),
    purpose=TO_TELL,
    retention=WITH_THE_CERTIFICATE,
    shown=["kind", "at"],
)
work_of_staff(
    "certificates.Issuing",
    "asked_by",
    title=_("Meetings for which you had certificates made"),
    purpose=TO_TELL,
    retention=AFTER_ASKING,
    shown=["asked_at"],
    internal=["id", "meeting", "step", "number", "dropped", "reason", "trouble"],
    at_end=Delete(),
)
not_personal(
    "certificates.SigningCertificate",
    reason="The public part of PLUC!’s own key.",
)
not_personal(
    "certificates.GoneCertificate",
    reason="A random number of a certificate that is gone; nothing leads from it to anybody.",
)
