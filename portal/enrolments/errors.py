"""Why somebody cannot have, give up or change a place. Each says what to do."""

from django.utils.translation import gettext as _t

from pluc.deeds import Refused


class EnrolmentError(Refused):
    """Refused; `sentence` tells whoever asked what they can do, in the active language."""

    @property
    def sentence(self) -> str:
        return _t("That is not possible any more. Load the page again to see what is.")


class Closed(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("Enrolment for this meeting is closed. Choose another date, or call us.")


class Cancelled(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("This meeting is cancelled. Choose another date.")


class AlreadyEnrolled(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t(
            "You are enrolled in this meeting already. You find it under “My meetings”, or at"
            " “Found at your address” on your first page."
        )


class CannotReplace(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("This person cannot come in your place. Choose somebody else, or e-mail us.")


class StaleForm(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("Something about this meeting has changed. Look at it again, then send the form.")


class JustFull(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t(
            "While you filled in the form the last places were taken. Look at what is still "
            "possible, then send it again."
        )


class PlacesHeld(EnrolmentError):
    """They are kept for somebody who fills in the form, and may come free again."""

    @property
    def sentence(self) -> str:
        return _t(
            "Somebody else is enrolling in the last places right now. Look again in a few minutes: "
            "then you know whether there is one for you."
        )


class InvoiceMissing(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("Fill in whom the invoice is for.")


class AlreadyInvoiced(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("The invoice has been made, so its details stay as they are. Call us.")


class NothingToInvoice(EnrolmentError):
    """Free, given up in time, or settled with the client who bought the meeting."""

    @property
    def sentence(self) -> str:
        return _t("Nothing is invoiced for this place, so there is nothing to correct.")


class ThereAlready(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("There is a place in this name on that date already. Choose another date.")


class NoPlace(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("That meeting has no place left. Choose another date.")


class TooLate(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t(
            "It is too late to change this here. Give us a call and we’ll see what we can do."
        )


class OfferIsOver(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("The time to take this place is over. You may enrol again.")
