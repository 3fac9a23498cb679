"""The page editor's form. What a draft may lack is checked when it is published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from pluc.content.pictures import can_be_shown

NO_PICTURE = _("This picture cannot be shown. Upload it anew, or choose another.")


class PageForm(WagtailAdminPageForm):
    """Asks for alt text, and keeps the addresses that the outside relies on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Wagtail sends no hidden initial value along: a field with a computed default would
            # always count as changed, and an approval as an edit that has to be approved again.
            field.show_hidden_initial = False
        if self.instance.pk and self.instance.slug_is_locked and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("Others rely on this address: it cannot change.")
        if self.instance.pk and self.instance.is_fixed:
            self.keep_online()

    def keep_online(self) -> None:
        """Offers no plan by which a page that the site relies on would go offline."""
        names = ["expire_at"] if self.instance.live_revision_id else ["expire_at", "go_live_at"]
        for name in filter(self.fields.__contains__, names):
            self.fields[name].disabled = True
            self.fields[name].help_text = _("The site relies on this page: it stays online.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and lacks_alt_text(cleaned):
            message = _("Describe the picture, or mark it as decorative.")
            self.add_error("picture_alt", ValidationError(message))
        if not self.is_deferred_validation and not can_be_shown(cleaned.get("picture")):
            self.add_error("picture", ValidationError(NO_PICTURE))
        return cleaned


def lacks_alt_text(data: dict[str, Any]) -> bool:
    """Whether the lead picture is neither described nor decorative."""
    described = data.get("picture_alt") or data.get("picture_is_decorative")
    return bool(data.get("picture")) and not described
