"""One's own account, as its owner sees and changes it."""

from portal.accounts.views.claims import claim, claims
from portal.accounts.views.profile import measurement, profile, security
from portal.accounts.views.sessions import session_end

__all__ = ["claim", "claims", "measurement", "profile", "security", "session_end"]
