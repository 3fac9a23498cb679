"""Registering, also from a partner's page."""

from typing import Any

from allauth.account.views import SignupView

from portal.accounts.partners import partner_or_none


class RegistrationView(SignupView):
    """allauth's, which remembers through whose page somebody came (`?partner=`)."""

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        return initial | {"partner": partner_or_none(self.request.GET.get("partner", ""))}
