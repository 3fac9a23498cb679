"""The terms under which a place is taken and given up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.typed_lines import LineField

# Nothing of the law hangs on these words but what they say: the back office may change them.
BUTTON, BUTTON_EN = "Aanmelden en betalen", "Enrol and pay"
WITHDRAWAL = (
    "Meld je je aan als consument, dus niet voor je werk of je bedrijf? Dan kun je je binnen 14"
    " dagen na je aanmelding zonder reden bedenken. Mail of bel ons; je betaalt dan niets. Is de"
    " bijeenkomst er binnen die 14 dagen al geweest, dan kan dat niet meer."
)
WITHDRAWAL_EN = (
    "Are you enrolling as a consumer, rather than for your job or business? If so, you can change"
    " your mind within 14 days of enrolling, without giving a reason. E-mail or call us, and you’ll"
    " pay nothing. This no longer applies once the meeting has taken place, even within those 14"
    " days."
)
ON_THE_BUTTON = _("What the button says that enrols where a place costs money.")


class Policy(models.Model):
    """One set of terms. All numbers are whole days before the first session's day.

    1 means: until the end of the day before. An enrolment keeps a copy of the terms of its moment.
    """

    name = LineField(_("name"), max_length=80, unique=True)
    closing_days = models.PositiveSmallIntegerField(
        _("enrolment closes"),
        default=1,
        help_text=_("Days before the meeting; 0 is the day itself."),
    )
    cancelling_days = models.PositiveSmallIntegerField(
        _("cancelling is free until"), default=7, help_text=_("Days before the meeting.")
    )
    moving_days = models.PositiveSmallIntegerField(
        _("moving to another date until"), default=7, help_text=_("Days before the meeting.")
    )
    substituting_days = models.PositiveSmallIntegerField(
        _("sending somebody else until"), default=0, help_text=_("Days before the meeting.")
    )

    payment_days = models.PositiveSmallIntegerField(
        _("to be paid within"), default=14, help_text=_("Days after the date of the invoice.")
    )
    button = LineField(_("button"), max_length=40, default=BUTTON, help_text=ON_THE_BUTTON)
    button_en = LineField(
        _("button in English"), max_length=40, default=BUTTON_EN, help_text=ON_THE_BUTTON
    )
    withdrawal = models.TextField(
        _("a consumer's right to withdraw"),
        max_length=600,
        blank=True,
        default=WITHDRAWAL,
        help_text=_(
            "Stands before the button where a place costs money. Empty: it does not apply."
        ),
    )
    withdrawal_en = models.TextField(
        _("a consumer's right to withdraw, in English"),
        max_length=600,
        blank=True,
        default=WITHDRAWAL_EN,
    )

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def button_text(self) -> str:
        """What the button says that enrols and pays, in the active language."""
        return in_active_language(self.button, self.button_en)

    @property
    def withdrawal_text(self) -> str:
        """What a consumer may do, in the active language; nothing where it does not apply."""
        return in_active_language(self.withdrawal, self.withdrawal_en)
