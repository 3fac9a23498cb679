"""The one screen of the API's tokens: making them, seeing them, revoking them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton

from headless.tokens import services
from headless.tokens.forms import TokenForm
from headless.tokens.models import ApiToken, ApiTokenQuerySet
from headless.tokens.permissions import may_manage
from headless.tokens.queries import token_numbered, tokens_to_list
from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.listing import KeyPagedMixin, Listing
from pluc.staff_screens.once import show_once, value_to_show
from pluc.staff_screens.screens import Screens

SCREENS = Screens(
    folder="tokens", title=_("Tokens"), icon="key", start="api_tokens", may=may_manage
)


class RevokeColumn(Column):
    """Leads to revoking a token that is in force."""

    cell_template_name = "wagtailadmin/tokens/revoke_cell.html"


class TokenListing(KeyPagedMixin, Listing):
    """All tokens, the newest first."""

    model = ApiToken
    screens = SCREENS
    default_ordering = ordering = "-made_at"

    def get_base_queryset(self) -> ApiTokenQuerySet:
        return tokens_to_list()

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            Column("name", label=_("Name of the program")),
            Column("organisation", label=_("Organisation")),
            Column("prefix", label=_("Begins with")),
            Column("scopes", label=_("What it may do"), accessor="scopes_in_words"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="state_in_words",
                primary=lambda row: row.is_in_force,
            ),
            Column("last_used_on", label=_("Last used"), accessor="last_use_in_words"),
            Column("last_day", label=_("Until and including"), accessor="last_day_in_words"),
            RevokeColumn("revoke", label="", accessor="is_in_force"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_t("New token"), url=reverse("api_token_new"), icon_name="plus")]


@for_staff(may_manage)
def make(request: SignedInRequest) -> HttpResponse:
    """Asks whose it is; then leads to the page that shows the token, once."""
    form = TokenForm(posted(request))

    def do() -> Done:
        row, token = services.make_token(**form.cleaned_data, by=request.user)
        made = reverse("api_token_made", args=[row.pk])
        return Done(_t("The token is made."), show_once(request, token, at=made))

    return SCREENS.deed(request, do, form=form, title=_t("New token"), button=_t("Make the token"))


@for_staff(may_manage)
def made(request: SignedInRequest, number: int) -> HttpResponse:
    """The token that was just made, once; whoever comes back is told that it is not shown again."""
    row = or_not_found(token_numbered(number=number))
    return SCREENS.show(
        request, "made", _t("Your new token"), row=row, token=value_to_show(request)
    )


@for_staff(may_manage)
def revoke(request: SignedInRequest, number: int) -> HttpResponse:
    """Asks once more, and revokes."""
    row = or_not_found(token_numbered(number=number))

    def do() -> Done:
        services.revoke_token(token_id=row.pk, by=request.user)
        return Done(_t("The token is revoked."), reverse(SCREENS.start))

    question = _t(
        "Programs of %(organisation)s that use “%(name)s” (%(prefix)s…) are refused from then on. "
        "It cannot be taken back; you can make a new one."
    )
    told = {"organisation": row.organisation, "name": row.name, "prefix": row.prefix}
    return SCREENS.deed(
        request,
        do,
        title=_t("Revoke the token"),
        question=question % told,
        is_serious=True,
        why_not=[] if row.is_in_force or request.method == "POST" else [row.state_in_words],
    )
