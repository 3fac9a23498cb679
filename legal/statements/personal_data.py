"""What this room holds of people: who put a version in force, and nothing else."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Group,
    Keep,
    Lookup,
    Recipient,
    Retention,
    Source,
    Subject,
    not_personal,
    personal,
)

FOR_EVER = Retention(instead=_("for ever: it shows which statement was in force"))
GROUND = _("We must be able to show which statement was in force, and who decided so.")


def put_in_force_by(subject: Subject) -> Q:
    return Q(put_in_force_by=subject.user_id) if subject.user_id else Q(pk__in=[])


personal(
    "statements.Edition",
    owner=Lookup(put_in_force_by),
    title=_("Versions of the statement that you put in force"),
    group=Group.STAFF,
    purpose=_("To be able to show who decided about the statement."),
    basis=Basis.DUTY,
    source=Source.US,
    recipients=[Recipient.HOST],
    retention=FOR_EVER,
    shown={"version": _("Version"), "put_in_force_at": _("When")},
    internal=[
        "id",
        "language",
        "title",
        "intro",
        "summary",
        "key_points",
        "is_material",
        "effective_from",
        "text",
        "html",
        "tables",
        "pdf",
        "sha256",
        "put_in_force_by",
    ],
    erasure=Keep(until=FOR_EVER, ground=GROUND),
)
not_personal(
    "statements.Recipient",
    reason="Organisations that get data from us, as the statement names them.",
    despite=["name", "name_en"],
)
not_personal(
    "statements.StatementPage",
    "statements.VersionInForce",
    "statements.VersionPage",
    reason="The statement's text.",
)
