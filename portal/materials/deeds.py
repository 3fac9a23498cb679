"""The buttons of material: releasing, its order, taking it away and putting it back."""

from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.deeds import RowDeed
from portal.materials.models import Material
from portal.materials.permissions import may_manage
from portal.materials.services import managing

DEEDS: tuple[RowDeed[Material], ...] = (
    RowDeed(
        slug="vrijgeven",
        label=_("Release"),
        question="",
        done=_("Released."),
        is_open=lambda user, one: (
            may_manage(user) and one.approved_at is None and one.withdrawn_at is None
        ),
        do=managing.release,
    ),
    RowDeed(
        slug="omhoog",
        label=_("Move up"),
        question=_("It comes before the one that stands above it."),
        done=_("Moved up."),
        is_open=lambda user, one: may_manage(user) and one.withdrawn_at is None,
        do=managing.move_up,
    ),
    RowDeed(
        slug="weghalen",
        label=_("Take away"),
        question=_("From now on nobody can get it, not even by an old link. You can put it back."),
        done=_("Taken away: nobody can get it any more."),
        is_open=lambda user, one: may_manage(user) and one.withdrawn_at is None,
        do=managing.withdraw,
    ),
    RowDeed(
        slug="terugzetten",
        label=_("Put back"),
        question=_("People can get it again, as before."),
        done=_("It is back."),
        is_open=lambda user, one: may_manage(user) and one.withdrawn_at is not None,
        do=managing.put_back,
    ),
)
