"""Links to the draft of one page: signed, for an hour since somebody last edited the page.

A link shows nothing more once its editor may not edit the page any more, whatever it says.
"""

import uuid
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from wagtail.models import Page

from headless.content.addresses import api_address
from headless.content.models import PreviewLink
from pluc import periods
from pluc.content.for_api import is_for_api
from pluc.content.models import BasePage
from pluc.signed_in import Permitted

SIGNER = Signer(salt="headless.content.drafts")
MARGIN = periods.PREVIEW_LINK / 60  # a link that was renewed within it is not written again


def make_link(*, page: BasePage, editor: Any) -> str:
    """The address of the page's draft, for whoever has it."""
    link = PreviewLink.objects.create(page=page, editor=editor)
    return api_address("content_draft", token=SIGNER.sign(link.pk.hex))


def draft_by(token: str) -> Any:
    """The page as its editor has it now; `None` for a token that shows nothing (any more)."""
    link = link_by(token)
    if link is None or link.editor is None:
        return None
    page = link.page.specific
    if not may_show(link.editor, page):
        return None
    draft = page.get_latest_revision_as_object()
    return draft if is_for_api(draft) else None


def link_by(token: str) -> PreviewLink | None:
    try:
        number = uuid.UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    valid = PreviewLink.objects.valid_at(timezone.now())
    return valid.select_related("page", "editor").filter(pk=number).first()


def may_show(editor: Permitted, page: Page) -> bool:
    """Whether somebody may show the draft of a page: who may edit it on the staff screens."""
    if not getattr(editor, "is_active", False) or not editor.has_perm("wagtailadmin.access_admin"):
        return False
    rights = page.permissions_for_user(editor)
    return bool(rights.can_edit() or rights.can_publish())


def renew(page_id: int) -> None:
    """Keeps the links to a page valid: somebody edits it. One that has ended stays so."""
    now = timezone.now()
    until = now + periods.PREVIEW_LINK
    links = PreviewLink.objects.valid_at(now).filter(page_id=page_id)
    links.filter(expires_at__lt=until - MARGIN).update(expires_at=until)
