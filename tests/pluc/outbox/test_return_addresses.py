"""Where mail comes back: the address names one row, and nobody else can write it."""

import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluc.outbox import return_addresses
from pluc.outbox.return_addresses import (
    bounce_address,
    leave_address,
    mail_of_bounce,
    subscription_of_leave,
)


@given(row=st.uuids(), seed=st.integers())
def test_an_address_is_read_back_whatever_case_its_letters_get_on_the_way(row, seed):
    chance = random.Random(seed)
    for make, read in ((bounce_address, mail_of_bounce), (leave_address, subscription_of_leave)):
        address = make(row)
        cased = "".join(chance.choice([sign.upper(), sign]) for sign in address)
        assert address == address.lower()
        assert len(address.partition("@")[0]) < 64
        assert read(cased) == row


@given(row=st.uuids(), at=st.integers(0, 200), sign=st.characters(), cut=st.booleans())
def test_a_damaged_address_means_nothing(row, at, sign, cut):
    address = bounce_address(row)
    at %= len(address)
    damaged = address[:at] + ("" if cut else sign) + address[at + 1 :]
    read = mail_of_bounce(damaged)
    assert read == (row if damaged.isascii() and damaged.lower() == address else None)


@given(text=st.text(max_size=400))
def test_whatever_is_no_address_of_ours_means_nothing(text):
    assert mail_of_bounce(text) is None
    assert subscription_of_leave(text) is None
    assert mail_of_bounce(f"bounce-{text}@pluc.example") is None


def test_an_address_for_one_thing_does_not_do_another():
    row = uuid.uuid4()
    assert subscription_of_leave(bounce_address(row).replace("bounce-", "leave-")) is None
    assert mail_of_bounce(leave_address(row).replace("leave-", "bounce-")) is None


def test_addresses_outlive_a_change_of_key_until_the_old_key_is_gone(settings):
    row = uuid.uuid4()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key of at least so many letters"
    before = bounce_address(row)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = old, [settings.SECRET_KEY]
    assert mail_of_bounce(before) == row
    assert bounce_address(row) != before
    settings.SECRET_KEY_FALLBACKS = []
    assert mail_of_bounce(before) is None


@pytest.mark.parametrize("ours", ["plüc.example", "xn--plc-ioa.example"])
@pytest.mark.parametrize("theirs", ["PLÜC.example", "xn--PLC-ioa.EXAMPLE."])
def test_the_domain_may_be_written_either_way(settings, ours, theirs):
    settings.MAIL_DOMAIN = ours
    row = uuid.uuid4()
    name = bounce_address(row).partition("@")[0]
    assert mail_of_bounce(f"{name}@{theirs}") == row
    assert mail_of_bounce(f"{name}@other.example") is None


def test_what_was_never_written_is_not_read():
    """The last letter of 45 has a bit to spare: of its two writings only ours counts."""
    letters = bounce_address(uuid.uuid4()).removeprefix("bounce-").partition("@")[0]
    others = [letters[:-1] + sign for sign in "abcdefghijklmnopqrstuvwxyz234567"]
    assert [one for one in others if return_addresses.as_bytes(one) == b""] != []
    assert return_addresses.as_bytes(letters) != b""
