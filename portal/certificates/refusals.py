"""Why something cannot be done with certificates, in sentences that say what can."""

from django.utils.translation import gettext as _t

from pluc.deeds import Refused


class NotFinal(Refused):
    @property
    def sentence(self) -> str:
        return _t("Attendance is not final. Declare it final first: certificates follow from it.")


class NobodyDue(Refused):
    @property
    def sentence(self) -> str:
        return _t("Nobody gets a certificate now: whoever was there has one, or it is being made.")


class WasAbsent(Refused):
    @property
    def sentence(self) -> str:
        return _t(
            "By the final attendance this person was not there, so there is nothing to prove."
        )


class NotInForce(Refused):
    @property
    def sentence(self) -> str:
        return _t("This certificate is not in force any more.")


class IsBeingReplaced(Refused):
    @property
    def sentence(self) -> str:
        return _t("A new one is being made already.")


class HasNoPlace(Refused):
    @property
    def sentence(self) -> str:
        return _t("The place that this certificate is about is gone, so no new one can be made.")


class ReasonMissing(Refused):
    field = "reason"

    @property
    def sentence(self) -> str:
        return _t("Write why. It is kept with the certificate.")
