"""Made-up content for the page of components, so that every state can be seen."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from home.queries import posts_in
from pluc.content.models import Picture
from pluc.content.tree import Crumb


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As it should stand on your certificate."))
    email = forms.EmailField(label=_("E-mail address"))
    title = forms.CharField(
        label=_("Title"), required=False, help_text=_("RA, AA, RB or RE, for example.")
    )
    region = forms.ChoiceField(
        label=_("Region"), choices=[("n", _("North")), ("m", _("Middle")), ("s", _("South"))]
    )
    day = forms.ChoiceField(
        label=_("When do you come?"),
        choices=[("a", _("In the afternoon")), ("e", _("In the evening"))],
        widget=forms.RadioSelect,
    )
    question = forms.CharField(label=_("Your question"), required=False, widget=forms.Textarea)
    news = forms.BooleanField(
        label=_("Send me the newsletter"),
        required=False,
        help_text=_("Six times a year. You can stop with one click."),
    )


def samples() -> dict[str, Any]:
    """The context of `components/index.html`."""
    date = timezone.localdate() + timedelta(days=12)
    return {
        "form": SampleForm(prefix="empty"),
        "wrong_form": SampleForm({"wrong-email": "anna@", "wrong-region": "m"}, prefix="wrong"),
        "meetings": sample_meetings(date),
        "facts": sample_facts(),
        "table_head": [_t("Part"), _t("From"), _t("Until"), _t("PE hours")],
        "table_rows": [
            [_t("Case"), "18.30", "19.45", "1,25"],
            [_t("Theory"), "20.00", "20.45", "0,75"],
        ],
        "table_total": [_t("Total"), "", "", "2,00"],
        "sample_questions": [
            {
                "question": _t("May I send a colleague in my place?"),
                "answer": _t("Yes, until an hour before."),
            },
            {"question": _t("What does it cost?"), "answer": "€ 195,00"},
        ],
        "middle_page": Paginator(range(40), 8).page(2),
        "crumbs": [Crumb(_t("Home"), "#"), Crumb(_t("Courses"), "#")],
        "picture": Picture.objects.order_by("id").first(),
        "posts": list(posts_in(Locale.get_active().pk)[:2]),
    }


def sample_meetings(date: Any) -> list[dict[str, Any]]:
    return [
        {
            "date": date,
            "title": _t("Deferred tax that you can explain"),
            "place": "Utrecht",
            "places": _t("9 places left"),
        },
        {
            "date": date + timedelta(days=6),
            "title": _t("PE-café: the fraud that nobody looked for"),
            "place": "Zwolle",
            "places": _t("2 places left"),
            "state": "few",
        },
        {
            "date": date + timedelta(days=20),
            "title": _t("Reporting in one sentence"),
            "place": "Eindhoven",
            "places": _t("Full, waiting list"),
            "state": "full",
        },
    ]


def sample_facts() -> list[tuple[str, str]]:
    return [
        (_t("When"), "donderdag 12 mei 2026, 13.30 tot 17.00 uur"),
        (_t("Where"), "Domplein 4, Utrecht"),
        (_t("PE hours"), "4 (NBA), 3,5 (RB)"),
        (_t("Price"), "€ 195,00"),
        (_t("Places"), _t("9 places left")),
        (_t("Closes"), "11 mei 2026"),
    ]
