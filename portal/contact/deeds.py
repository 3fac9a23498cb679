"""The buttons of a message, besides answering it: whose it is, spam, notes, and the way back."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.deeds import RowDeed
from portal.accounts.models import User
from portal.contact import services
from portal.contact.forms import NoteForm
from portal.contact.models import ContactMessage

State = ContactMessage.State


def is_another(user: User, message: ContactMessage) -> bool:
    """Whether a colleague is at it."""
    return message.is_open and message.taken_by not in (None, user)


DEEDS: tuple[RowDeed[ContactMessage], ...] = (
    RowDeed(
        slug="oppakken",
        label=_("Take it on"),
        question=_("Colleagues see that you are at it."),
        done=_("It is yours: colleagues see that."),
        is_open=lambda user, one: one.is_open and one.taken_by is None,
        do=services.take_on,
    ),
    RowDeed(
        slug="overnemen",
        label=_("Take it over"),
        question=_("A colleague is at it. Do you take it over?"),
        done=_("It is yours: colleagues see that."),
        is_open=is_another,
        do=services.take_over,
    ),
    RowDeed(
        slug="loslaten",
        label=_("Let it go"),
        question=_("Then it is for any colleague again."),
        done=_("It is for any colleague again."),
        is_open=lambda user, one: one.is_open and one.taken_by == user,
        do=services.let_go,
    ),
    RowDeed(
        slug="notitie",
        label=_("Write a note"),
        question=_("For colleagues. Whoever wrote does not get it."),
        done=_("Noted."),
        is_open=lambda user, one: True,
        do=services.write_note,
        form=NoteForm,
    ),
    RowDeed(
        slug="beantwoord",
        label=_("Mark as answered"),
        question=_("Did you answer it by phone, or from your own mailbox? Then it waits no more."),
        done=_("Marked as answered."),
        is_open=lambda user, one: one.is_open,
        do=services.mark_answered,
    ),
    RowDeed(
        slug="heropenen",
        label=_("Open it again"),
        question=_("Then it waits for an answer again."),
        done=_("It waits for an answer again."),
        is_open=lambda user, one: one.state == State.ANSWERED,
        do=services.reopen,
    ),
    RowDeed(
        slug="spam",
        label=_("This is spam"),
        question=_("It leaves the list; you find it back under spam. Nobody gets a mail."),
        done=_("It is among the spam."),
        is_open=lambda user, one: one.state != State.SPAM,
        do=partial(services.mark_spam, is_spam=True),
    ),
    RowDeed(
        slug="geen-spam",
        label=_("This is no spam"),
        question=_("Then it stands in the list again."),
        done=_("It stands in the list again."),
        is_open=lambda user, one: one.state == State.SPAM,
        do=partial(services.mark_spam, is_spam=False),
    ),
)
