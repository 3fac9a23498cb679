"""What the back office fills in. Shapes only: services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.announcements.models import Announcement
from portal.announcements.services import Texts


class RevisionForm(forms.Form):
    """Which text somebody saw when they pressed a button."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NoteForm(RevisionForm):
    """Why it goes back to who wrote it."""

    note = forms.CharField(
        label=_("What should be different?"), max_length=500, widget=forms.Textarea({"rows": 4})
    )


class AnnouncementForm(WagtailAdminModelForm):
    """Both languages, both required."""

    revision = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Announcement
        fields = ["subject", "text", "subject_en", "text_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    @property
    def texts(self) -> Texts:
        """What was filled in, with the line ends that we keep."""
        names = self._meta.fields
        values = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in names}
        return Texts(**values)
