"""Why something cannot be done with a message now. Each says what to do."""

from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from portal.contact.models import ContactMessage


class MessageError(Refused):
    @property
    def sentence(self) -> str:
        return _t("That is no longer possible. Reload the page to see what is.")


class AnsweredMeanwhile(MessageError):
    field = "text"

    @property
    def sentence(self) -> str:
        return _t(
            "A colleague answered while you were writing. Read that answer below; what you typed is"
            " still here, and goes out if you send it again."
        )


class TakenBy(MessageError):
    """Another colleague is at it."""

    def __init__(self, message: ContactMessage) -> None:
        super().__init__()
        self.name = message.taken_by.person.full_name if message.taken_by else ""

    @property
    def sentence(self) -> str:
        return _t("%(name)s is at it already. Take it over if you agreed on that.") % {
            "name": self.name
        }


class MailWithheld(MessageError):
    @property
    def sentence(self) -> str:
        return _t("The data of whoever has this address is restricted: no mail goes there.")
