"""Messages in the staff screens' menu and addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.contact import staff_views
from portal.contact.permissions import may_read

ADDRESSES = [
    path("", staff_views.Listing.as_view(), name="contact_messages"),
    path("<int:number>/", staff_views.show, name="contact_message"),
    path("<int:number>/beantwoord/", staff_views.mark_answered, name="contact_answered"),
]


class MessagesMenuItem(MenuItem):
    """For whoever may read them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)  # type: ignore[arg-type]


@hooks.register("register_admin_urls")
def message_urls() -> list[URLPattern | URLResolver]:
    return [path("berichten/", include(ADDRESSES))]


@hooks.register("register_admin_menu_item")
def messages_item() -> MenuItem:
    address = reverse("contact_messages")
    return MessagesMenuItem(_("Messages"), address, icon_name="comment", order=410)
