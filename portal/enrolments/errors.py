"""Why somebody cannot have, give up or change a place. Each says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _t

from pluc.deeds import Refused


class EnrolmentError(Refused):
    """Refused; `sentence` tells whoever asked what they can do, in the active language."""

    @property
    def sentence(self) -> str:
        return _t("That is no longer possible. Reload the page to see what is.")

    @property
    def staff_sentence(self) -> str:
        """The same for a colleague, who acts for somebody else."""
        return self.sentence


class Closed(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("Enrolment for this meeting is closed. Choose another date, or call us.")

    @property
    def staff_sentence(self) -> str:
        return _t("This meeting is over, or not to be enrolled in. Choose another date.")


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

    @property
    def staff_sentence(self) -> str:
        return _t("This person is enrolled in this meeting already: look at its list.")


class CannotReplace(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("This person cannot come in your place. Choose somebody else, or e-mail us.")

    @property
    def staff_sentence(self) -> str:
        return _t("This person is enrolled in this meeting already. Choose somebody else.")


class StaleForm(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("Something about this meeting has changed. Look at it again, then send the form.")

    @property
    def staff_sentence(self) -> str:
        return _t("The meeting has changed meanwhile. Look at it again, then send the form.")


class JustFull(EnrolmentError):
    field = "instead"  # of a colleague's form, which asks what to do then

    @property
    def sentence(self) -> str:
        return _t(
            "While you filled in the form the last places were taken. Look at what is still "
            "possible, then send it again."
        )

    @property
    def staff_sentence(self) -> str:
        return _t("There is no place left. Choose: on the waiting list, or a place all the same.")


class PlacesHeld(EnrolmentError):
    """They are kept for somebody who fills in the form, and may come free again."""

    field = "instead"

    @property
    def sentence(self) -> str:
        return _t(
            "Somebody else is enrolling in the last places right now. Look again in a few minutes: "
            "then you know whether there is one for you."
        )

    @property
    def staff_sentence(self) -> str:
        return _t(
            "The last places are held while somebody fills in the form. Wait a few minutes, or "
            "choose: on the waiting list, or a place all the same."
        )


class InvoiceMissing(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("Fill in whom the invoice is for.")


class AlreadyInvoiced(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t(
            "The invoice has already been made out, so its details can no longer be changed here."
            " Please give us a call."
        )


class NothingToInvoice(EnrolmentError):
    """Free, given up in time, or settled with the client who bought the meeting."""

    @property
    def sentence(self) -> str:
        return _t("Nothing is invoiced for this place, so there is nothing to correct.")


class ThereAlready(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("There is already a place in this name on that date. Choose another date.")


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

    @property
    def staff_sentence(self) -> str:
        return _t(
            "That is no longer possible: the meeting has begun, or the place has been given up."
        )


class AttendanceIsFinal(EnrolmentError):
    """It is settled who came to a meeting (`portal.enrolments.settled`)."""

    @property
    def sentence(self) -> str:
        return _t("Attendance of this meeting is final. Open it again first, and say why.")


class OfferIsOver(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("The offer of this place has ended. You can enrol again.")

    @property
    def staff_sentence(self) -> str:
        return _t("The offer of this place has ended. Enrol this person again.")


class ReasonMissing(EnrolmentError):
    """A place over the line or above capacity, without saying why."""

    field = "because"

    @property
    def sentence(self) -> str:
        return _t("Write why this person gets a place all the same. It is kept with the place.")


class MayNotExceed(EnrolmentError):
    @property
    def sentence(self) -> str:
        return _t("You may not give a place above capacity. Ask a colleague who may.")


@contextmanager
def told_to_staff() -> Iterator[None]:
    """Says to a colleague why something cannot be done to somebody else's place."""
    try:
        yield
    except EnrolmentError as error:
        refusal = Refused(error.staff_sentence)
        refusal.field = error.field
        raise refusal from error
