"""The rules by which minutes become hours, in the staff screens; reached from attendance."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from pluc.staff_screens.viewsets import RowsViewSet
from portal.attendance.models import HoursRule


def confirmed(rule: HoursRule) -> str:
    return _t("yes") if rule.is_confirmed else _t("PLUC! has yet to confirm it")


class HoursRuleViewSet(RowsViewSet):
    model = HoursRule
    url_prefix = "pe-regels"
    icon = "sliders"
    add_to_admin_menu = False
    add_item_label = _("New rule")
    list_display = [
        *("scheme", "minutes_per_hour", "step", "rounding", "breaks_cost"),
        Column("is_confirmed", label=_("confirmed"), accessor=confirmed),
    ]
    form_fields = [
        *("scheme", "minutes_per_hour", "step", "rounding"),
        *("least_minutes", "breaks_cost", "is_confirmed"),
    ]
