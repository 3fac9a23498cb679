"""What cannot be done about a subscription, with the sentence that says what can."""

from django.utils.translation import gettext as _t

from pluc.deeds import Refused


class LinkEnded(Refused):
    """The link that confirms was used, is too old, or is none of ours."""

    @property
    def sentence(self) -> str:
        return _t("This link has been used, or is too old. Ask for a new one.")


class NotBackAtOnce(Refused):
    """Coming back needs a new confirmation by mail."""

    @property
    def sentence(self) -> str:
        return _t("That can no longer be undone. Subscribe again, and confirm it by e-mail.")


class NotProven(Refused):
    """The login has not proven that its mailbox is its own."""

    @property
    def sentence(self) -> str:
        return _t("Confirm your e-mail address first, under Security.")


class HasToStay(Refused):
    """Their data is restricted, so nothing of it may be deleted."""

    @property
    def sentence(self) -> str:
        return _t("You asked us to restrict your data, so we have to keep it. Write to us first.")
