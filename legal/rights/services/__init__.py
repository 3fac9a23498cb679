"""Restricting, disclosing, erasing a person, and purging what is past its time."""

from legal.rights.services.disclosing import (
    hand_over_disclosures,
    hand_over_restrictions,
    record_disclosure,
)
from legal.rights.services.erasing import NotNow, PlanChanged, carry_out
from legal.rights.services.purging import purge
from legal.rights.services.restricting import AlreadyRestricted, NotRestricted, lift, restrict

__all__ = [
    "AlreadyRestricted",
    "NotNow",
    "NotRestricted",
    "PlanChanged",
    "carry_out",
    "hand_over_disclosures",
    "hand_over_restrictions",
    "lift",
    "purge",
    "record_disclosure",
    "restrict",
]
