"""Messages in the staff screens: the list, one of them with its answer, and other deeds."""

from typing import Any

import django_filters
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.periods import MESSAGE, in_words
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.deeds import deed_named, open_to
from pluc.staff_screens.listing import Listing
from pluc.staff_screens.screens import Screens
from portal.contact import services
from portal.contact.deeds import DEEDS
from portal.contact.errors import MailWithheld
from portal.contact.forms import AnswerForm
from portal.contact.models import ContactMessage, ContactMessageQuerySet
from portal.contact.permissions import may_read
from portal.contact.queries import (
    answers_to,
    is_mail_withheld,
    message_numbered,
    messages_to_list,
    steps_of,
)

State = ContactMessage.State
SCREENS = Screens(
    folder="contact",
    title=_("Messages"),
    icon="comment",
    start="contact_messages",
    may=may_read,
)


class MessageFilterSet(WagtailFilterSet):
    """Which messages the list shows: spam only where one asks for it."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices, method="in_state", empty_label=_("all but spam")
    )

    class Meta:
        model = ContactMessage
        fields = ["state", "topic"]

    def in_state(self, found: ContactMessageQuerySet, _name: str, state: str) -> Any:
        chosen = {State.OPEN: found.without_answer, State.ANSWERED: found.answered}
        return chosen.get(State(state), found.spam)()

    def filter_queryset(self, queryset: ContactMessageQuerySet) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(spam_at=None)


class MessageListing(Listing):
    """All messages but spam, those without an answer first."""

    model = ContactMessage
    screens = SCREENS
    index_results_url_name = "contact_messages_results"
    filterset_class = MessageFilterSet
    is_searchable = True
    search_fields = ["name", "email"]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn("name", label=_("From"), url_name="contact_message"),
            Column("topic", label=_("Subject"), accessor="get_topic_display"),
            DateColumn("received_at", label=_("Received")),
            Column("taken_by", label=_("Taken on by"), accessor="taken_by.person.full_name"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda row: State(row.state).label,
                primary=lambda row: row.is_open,
            ),
        ]

    def get_base_queryset(self) -> ContactMessageQuerySet:
        return messages_to_list()


@for_staff(may_read)
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """One message with all that was done with it; POST sends an answer."""
    message = or_not_found(message_numbered(number=number))
    form = AnswerForm(posted(request))

    def do() -> Done:
        services.answer(message_id=message.pk, by=request.user, **form.cleaned_data)
        told = _t("Your answer is on its way. The message is deleted %(period)s from now.")
        return Done(told % {"period": in_words(MESSAGE)}, reverse("contact_messages"))

    def page(status: int) -> HttpResponse:
        fresh = or_not_found(message_numbered(number=number))
        can_mail = fresh.state != State.SPAM and not is_mail_withheld(fresh)
        return SCREENS.show(
            request,
            "message",
            _t("Message from %(name)s") % {"name": message.name},
            status=status,
            message=fresh,
            steps=steps_of(fresh),
            deeds=open_to(request.user, fresh, DEEDS),
            form=form if can_mail else None,
            answers=answers_to(fresh),
            withheld="" if can_mail or fresh.state == State.SPAM else MailWithheld().sentence,
        )

    return carry_out(request, form, do, show=page)


@for_staff(may_read)
def deed(request: SignedInRequest, number: int, slug: str) -> HttpResponse:
    """Asks (GET) and does (POST) one of the other things; the services have the last word."""
    message = or_not_found(message_numbered(number=number))
    chosen = deed_named(slug, DEEDS)
    is_open = chosen.is_open(request.user, message)
    not_now = _t("That cannot be done now, or not by you.")
    form = chosen.form(posted(request))
    address = reverse("contact_message", args=[number])

    def do() -> Done:
        chosen.do(message_id=message.pk, by=request.user, **form.cleaned_data)
        return Done(str(chosen.done), address)

    return SCREENS.deed(
        request,
        do,
        form=form,
        title=str(chosen.label),
        below=[(address, _t("Message from %(name)s") % {"name": message.name})],
        question=chosen.question,
        back=address,
        why_not=[] if is_open or request.method == "POST" else [not_now],
    )
