"""What the site's Atom feeds share."""

from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed

EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


class SteadyAtom(Atom1Feed):
    """Atom that is the same for as long as nothing changes: Django dates an empty feed now."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EMPTY_SINCE
