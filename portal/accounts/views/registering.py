"""Registering, also from a partner's page; and signing in. Both know what another form asked."""

from typing import Any

from allauth.account.views import LoginView, SignupView
from django.http import HttpResponse

from portal.accounts.partners import partner_or_none
from portal.accounts.requests import forget_who, typed_who


class RegistrationView(SignupView):
    """allauth's, which remembers through whose page somebody came (`?partner=`)."""

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        partner = partner_or_none(self.request.GET.get("partner", ""))
        return initial | typed_who(self.request) | {"partner": partner}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        forget_who(self.request)
        return answer


class SignInView(LoginView):
    """allauth's, with the address that was typed elsewhere."""

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        return initial | {"login": typed_who(self.request).get("email", "")}
