"""The newsletter's public pages, and its place among one's account."""

from portal.newsletter.views.account import account
from portal.newsletter.views.confirming import confirm
from portal.newsletter.views.held import held
from portal.newsletter.views.leaving import leave
from portal.newsletter.views.subscribing import Visit, answer, visit_of

__all__ = ["Visit", "account", "answer", "confirm", "held", "leave", "visit_of"]
