"""Changing to another address."""

from typing import Any

from allauth.account.views import EmailView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t

from pluc.signed_in import SignedInRequest, for_members
from portal.accounts import services
from portal.accounts.queries import address_change


class AddressView(EmailView):
    """allauth's, for one change at a time that ends after a day (docs/decisions/0015)."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        self.say_it_is_sent(form.cleaned_data["email"])
        return answer

    def say_it_is_sent(self, email: str) -> None:
        words = _t("An e-mail is on its way to %(email)s. Follow the link in it.")
        messages.info(self.request, words % {"email": email})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"change": address_change(user=self.request.user)}

    def _action_send(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> None:
        change = address_change(user=request.user)
        if change is None:
            return
        if services.send_link_again(address=change.address):
            self.say_it_is_sent(change.address.email)
        else:
            messages.info(
                request,
                _t("We sent an e-mail there a moment ago. Look for it, or try again later."),
            )

    def _action_remove(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> None:
        """Takes the change back. Asks for no password: it leaves everything as it is."""
        change = address_change(user=request.user)
        if services.end_change(user=request.user) and change:
            words = _t("The change to %(email)s has been called off. Your address stays as it was.")
            messages.success(request, words % {"email": change.address.email})

    def _action_primary(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Nothing: the proven address is the one that counts, and proving is what changes it."""


change_address = for_members(AddressView.as_view())
