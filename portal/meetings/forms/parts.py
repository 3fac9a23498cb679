"""Forms for courses, speakers, venues and terms."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from pluc.mail_addresses import AddressFormField
from pluc.outbox.telling import BY_MAIL
from portal.accounts.postal_codes import checked_postal_code
from portal.accounts.roles import SPEAKERS
from portal.meetings.models import Course, Policy, Speaker, Venue
from portal.meetings.services import save_course, save_venue
from portal.organisations.forms import AddressedForm, ByAddressForm

A_YEAR = 365
USUAL = ("payment_days", "button", "button_en")
DAYS = ("closing_days", "cancelling_days", "moving_days", "substituting_days", "payment_days")


class CourseForm(AddressedForm):
    """The facts of a course."""

    class Meta:
        model = Course
        fields = ["title", "title_en", "slug", "subject", "level", "vat"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vat"].required = False  # there is always one, and it has no empty choice
        if not self.instance.pk:
            slug = self.fields["slug"]
            slug.required = False
            slug.help_text = _("In the address of its page, for good. Empty: made of the title.")

    def save(self, commit: bool = True) -> Course:
        """Stores it. `commit` is there for Wagtail, which always asks for it."""
        return save_course(course=self.instance, by=self.for_user)


class SpeakerForm(ByAddressForm):
    """How a speaker is introduced, and whom we know them as, if they sign in."""

    role = SPEAKERS

    email = AddressFormField(
        label=_("E-mail address"),
        required=False,
        help_text=_("The address that this person signs in with. Empty: they do not sign in."),
    )

    class Meta:
        model = Speaker
        fields = ["name", "role", "role_en", "picture"]

    def clean_email(self) -> str:
        email = super().clean_email()
        if self.others_of_this_person().exists():
            raise forms.ValidationError(_t("Another speaker signs in with this address."))
        return email


class VenueForm(WagtailAdminModelForm):
    """An address, and what one must know to get in."""

    telling = BY_MAIL

    class Meta:
        model = Venue
        fields = ["name", "street", "postal_code", "city", "region", "route", "route_en"]
        fields += ["asks_access"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"].help_text = _(
            "Who has a place in a meeting to come is told of another name or address."
        )

    def clean_postal_code(self) -> str:
        """Meetings are held in the Netherlands."""
        return checked_postal_code(self.cleaned_data["postal_code"], country="")

    def save(self, commit: bool = True) -> Venue:
        """Stores it. `commit` is there for Wagtail, which always asks for it."""
        return save_venue(venue=self.instance, telling=self.telling, by=self.for_user)


class PolicyForm(WagtailAdminModelForm):
    """Terms. A number of days beyond a year is a slip of the hand, and no date to reckon with."""

    class Meta:
        model = Policy
        fields = [
            "name",
            *DAYS,
            *("button", "button_en", "withdrawal", "withdrawal_en"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DAYS:
            self.fields[name].validators.append(MaxValueValidator(A_YEAR))
        for name in USUAL:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """What was emptied is as usual again: a button cannot say nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in USUAL:
            if cleaned.get(name) in ("", None) and name not in self.errors:
                cleaned[name] = getattr(Policy(), name)
        return cleaned
