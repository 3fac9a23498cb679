"""Addresses in QR codes: a participant's own, and the one in the room."""

import datetime as dt
from uuid import UUID

from pluc.links import portal_address
from pluc.qr_codes import qr_svg
from portal.attendance.codes import person_code, room_code
from portal.enrolments.models import Enrolment


def door_link(enrolment: Enrolment) -> str:
    """What the QR code of a participant opens, on the phone of whoever stands at the door."""
    return portal_address("door_person", code=person_code(enrolment.pk))


def person_code_svg(enrolment: Enrolment) -> str:
    """The QR code of a participant's place, as an `<svg>` element for their own screen."""
    return qr_svg(door_link(enrolment))


def check_in_link(session_id: UUID, now: dt.datetime) -> str:
    """What the QR code in the room opens at a moment, on the phone of a participant."""
    code = room_code(session_id, now)
    return portal_address("check_in", session_id=session_id, code=code)
