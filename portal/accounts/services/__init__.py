"""What is done to people and accounts: registering, proving an address, choosing, claiming."""

from portal.accounts.services.choices import NEWSLETTER_TEXT, choose_newsletter
from portal.accounts.services.claims import NotYours, refuse_record, take_record, tell_of_records
from portal.accounts.services.profile import tell_old_address, update_profile
from portal.accounts.services.registration import (
    ask_for_proof,
    follow_address,
    is_proven,
    make_room_for,
    purge_unproven,
    register,
    send_link_again,
)
from portal.accounts.services.roles import grant_role
from portal.accounts.services.sessions import end_other_sessions, end_session

__all__ = [
    "NEWSLETTER_TEXT",
    "NotYours",
    "ask_for_proof",
    "choose_newsletter",
    "end_other_sessions",
    "end_session",
    "follow_address",
    "grant_role",
    "is_proven",
    "make_room_for",
    "purge_unproven",
    "refuse_record",
    "register",
    "send_link_again",
    "take_record",
    "tell_of_records",
    "tell_old_address",
    "update_profile",
]
