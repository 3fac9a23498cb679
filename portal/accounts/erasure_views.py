"""Erasing a person: a colleague reads what happens to every row, and agrees to exactly that."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView

from legal.rights.obstacles import obstacles_to_erasing
from legal.rights.queries import Plan, plan
from legal.rights.registry import Fate
from legal.rights.services import NotNow, PlanChanged, carry_out
from portal.accounts.staff_views import log_without_name


class PersonDeleteView(DeleteView):
    """Shows the plan to who may delete people. The post names the plan that was shown."""

    template_name = "wagtailadmin/accounts/erase.html"
    object: Any
    request: HttpRequest

    @cached_property
    def plan(self) -> Plan:
        return plan(person_id=self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fates = {
            _t("This is deleted"): self.plan.with_fate(Fate.DELETED),
            _t("This stays without leading to anybody"): self.plan.with_fate(Fate.ANONYMISED),
            _t("This has to be kept"): self.plan.with_fate(Fate.KEPT),
        }
        return super().get_context_data(**kwargs) | {
            "fates": [(heading, steps) for heading, steps in fates.items() if steps],
            "digest": self.plan.digest,
            "obstacles": obstacles_to_erasing(person_id=self.object.pk),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.POST.get("plan") != self.plan.digest:
            return self.ask_again(_t("Something changed meanwhile. Look at it once more."))
        try:
            carry_out(agreed=self.plan, by=self.request.user.pk)
        except NotNow as obstacles:
            return self.ask_again(*obstacles.args)
        except PlanChanged:
            return self.ask_again(_t("Something changed meanwhile. Look at it once more."))
        log_without_name(self.object, "wagtail.delete")
        messages.success(self.request, _t("Erased, as planned."))
        return redirect(self.get_success_url())

    def ask_again(self, *sentences: str) -> HttpResponse:
        for sentence in sentences:
            messages.error(self.request, sentence)
        return redirect(self.get_delete_url())
