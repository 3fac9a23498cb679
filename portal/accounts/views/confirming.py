"""Proving an address by the link in a mail."""

from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.account.views import ConfirmEmailView
from django.http import Http404, HttpRequest, HttpResponse

from portal.accounts.forms.access import ConfirmForm
from portal.accounts.models import User
from portal.accounts.queries import may_be_proven


class ConfirmView(ConfirmEmailView):
    """Proves that mailbox and account have one owner.

    A stranger may have registered with this address. So a browser that did not register (or is not
    signed in) gives the account's password as well: whoever only has the mailbox registers it for
    themselves, and proves that. Opening the link changes nothing, nor does it sign out.
    """

    object: Any

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=self.form())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(self.request.POST)
        if self.object is None or (form and not form.is_valid()):
            return self.show(form=form)
        try:
            answer: HttpResponse = super().post(*args, **kwargs)
        except Http404:  # it looks the link up again: somebody else's proof has ended it meanwhile
            return self.respond(False)
        return answer

    def form(self, data: Any = None) -> ConfirmForm | None:
        """The question for the password, where it has to be asked; sets `object`."""
        try:
            self.object = self.get_object()
        except Http404:
            self.object = None
            return None
        address = self.object.email_address
        if not may_be_proven(address=address):
            self.object = None
            return None
        if is_known_here(self.request, address.user):
            return None
        return ConfirmForm(data, address=address, request=self.request)

    def is_change(self) -> bool:
        """Whether the link proves another address than the one that its login has now."""
        address = self.object and self.object.email_address
        return bool(address and address.email != address.user.email.lower())

    def respond(self, success: bool) -> HttpResponse:
        """Says that the link has ended where somebody else proved the mailbox at this moment."""
        if not success:
            self.object = None
            return self.show(form=None)
        answer: HttpResponse = super().respond(success)
        return answer

    def show(self, form: ConfirmForm | None) -> HttpResponse:
        status = 422 if form is not None and form.is_bound else 200
        context = self.get_context_data() | {"form": form, "is_change": self.is_change()}
        return self.render_to_response(context, status=status)


def is_known_here(request: HttpRequest, user: User) -> bool:
    """Whether this browser registered this login a moment ago, or is signed in as it."""
    if request.user.is_authenticated:
        return bool(request.user.pk == user.pk)
    login = unstash_login(request, peek=True)
    return login is not None and login.user is not None and login.user.pk == user.pk


confirm = ConfirmView.as_view()
