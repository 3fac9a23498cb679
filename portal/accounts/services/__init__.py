"""What is done to people and accounts: registering, proving an address, claiming."""

from portal.accounts.services.addresses import (
    ask_for_change,
    ask_for_proof,
    end_change,
    follow_address,
    make_way,
    may_send_link,
    send_link_again,
)
from portal.accounts.services.claims import NotYours, refuse_record, take_record, tell_of_records
from portal.accounts.services.profile import update_profile
from portal.accounts.services.registration import register, registered_just_now
from portal.accounts.services.roles import grant_role
from portal.accounts.services.sessions import end_other_sessions, end_session

__all__ = [
    "NotYours",
    "ask_for_change",
    "ask_for_proof",
    "end_change",
    "end_other_sessions",
    "end_session",
    "follow_address",
    "grant_role",
    "make_way",
    "may_send_link",
    "refuse_record",
    "register",
    "registered_just_now",
    "send_link_again",
    "take_record",
    "tell_of_records",
    "update_profile",
]
