"""What this room holds of people: who may see what for an organisation."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Retention,
    Source,
    not_personal,
    personal,
)
from pluc import periods

SCOPES = {"client": _("in-company meetings"), "bureau": _("the people that the bureau supplied")}

personal(
    "organisations.Contact",
    owner="person",
    is_for_all=False,
    title=_("What you may see for an organisation"),
    group=Group.LOGIN,
    purpose=_("To show an organisation its own meetings, and nothing else."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=Retention(period=periods.ACCESS, fact=_("your access ended"), fields=("ends_on",)),
    shown={
        "organisation__name": _("Organisation"),
        "scope": _("What"),
        "starts_on": _("From"),
        "ends_on": _("Until and including"),
    },
    internal=["id", "person"],
    erasure=Delete(),
    render={"scope": SCOPES.get},
)
not_personal(
    "organisations.Organisation",
    reason="Organisations, with their own invoice addresses.",
    despite=[
        "name",
        "invoice_name",
        "invoice_street",
        "invoice_postal_code",
        "invoice_city",
    ],
)
