"""Names and addresses that are the same, found, and sorted (docs/decisions/0029)."""

import string
import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from pluc.folding import TURNING, clean_address, clean_line, fold, plain
from pluc.mail_addresses import AddressFormField
from pluc.name_order import in_two, order_of

# Each line is one name, typed in different ways.
SAME = [
    ("Coën", "Coe\u0308n", "COËN", " Coën\u00a0"),
    ("d'Ancona", "d’Ancona", "d‘Ancona", "d´Ancona", "dʼAncona"),
    ("Jan", "Ja\u200bn", "J\u00adan", "\ufeffJan", "Ja\u034fn"),
    ("Dijk", "D\u0133k", "D\u0132K", "DĲK"),
    ("Jansen-de Boer", "Jansen\u2010de Boer", "Jansen – de Boer", "Jansen\u2011de  boer"),
    ("Groß", "Gross", "GROẞ"),
    ("Ｊａｎ", "Jan"),
]
OTHERS = [("Coën", "Coen"), ("de Boer", "Boer"), ("Jan-Piet", "Janpiet"), ("Jan", "Ján")]


@pytest.mark.parametrize("names", SAME, ids=[names[0] for names in SAME])
def test_one_name_typed_in_many_ways_is_one(names: tuple[str, ...]):
    assert {fold(name) for name in names} == {fold(names[0])}


def test_other_names_stay_others():
    assert all(fold(one) != fold(other) for one, other in OTHERS)


NAMES = st.text(max_size=30)


@given(NAMES)
def test_folding_twice_is_folding_once(name: str):
    assert fold(fold(name)) == fold(name)
    assert plain(plain(name)) == plain(name)
    assert clean_address(clean_address(name)) == clean_address(name)


@given(st.text(string.ascii_letters + "éëç'-", max_size=20), st.sampled_from("\u200b\u00ad\ufeff"))
def test_a_sign_that_nobody_sees_changes_no_name(name: str, unseen: str):
    assert fold(unseen.join(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "found"),
    [("Sørensen", "sorensen"), ("Çelik", "celik"), ("Łukasz", "lukasz"), ("Æble", "aeble")],
)
def test_letters_that_a_keyboard_lacks_are_found_by_those_that_it_has(name: str, found: str):
    assert plain(name) == found


# --- Addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "jan@kantoor.example",
        "jan\u200b@kantoor.example ",
        "\u202ajan@kantoor.example\u202c",
        "ｊａｎ＠ｋａｎｔｏｏｒ．ｅｘａｍｐｌｅ",
        "jan@kantoor。example",
        "\ufeffjan@kan\u00adtoor.example",
    ],
)
def test_an_address_is_stored_in_one_writing(typed: str):
    assert AddressFormField().clean(typed) == "jan@kantoor.example"


@pytest.mark.parametrize(
    "typed", ["jan@\u212aantoor.example", "ı@kantoor.example", "jan@ﬁn.example"]
)
def test_an_address_that_may_lead_elsewhere_is_refused(typed: str):
    with pytest.raises(forms.ValidationError):
        AddressFormField().clean(typed)


# --- Order ---------------------------------------------------------------------------------------


def test_names_sort_as_in_dutch_lists():
    names = [
        ("Jan", "de Boer"),
        ("Piet", "Boer"),
        ("Anna", "Boerma"),
        ("Dirk", "van Éclair"),
        ("Eva", "Éclair"),
        ("Fem", "Edelman"),
        ("Gijs", "’t Hooft"),
        ("Huub", "van 't Hooft"),
        ("Ina", "IJzer"),
        ("Jet", "O'Brien"),
        ("Kim", "Obrink"),
        ("Lot", "Van"),
        ("Max", "van der Wal"),
    ]
    keys = [order_of(first_name=first, last_name=last) for first, last in names]
    assert keys == sorted(keys)


@given(first=NAMES, last=NAMES)
def test_the_order_is_that_of_the_name_and_not_of_its_writing(first: str, last: str):
    key = order_of(first_name=first, last_name=last)
    assert key == order_of(first_name=fold(first), last_name=fold(last))


WHOLE = {
    "Hanneke Roodbeen": ("Hanneke", "Roodbeen"),
    "Coën de Boer": ("Coën", "de Boer"),
    "prof. dr. Els van den Berg RA": ("Els", "van den Berg"),
    "Jan Piet 't Hooft, MSc": ("Jan Piet", "'t Hooft"),
    "drs. Ada Jansen-de Vries": ("Ada", "Jansen-de Vries"),
    "Yo-Yo Ma": ("Yo-Yo", "Ma"),
    "Redactie": ("", "Redactie"),
    "": ("", ""),
}


def test_a_name_in_one_field_is_sorted_by_its_surname():
    assert {name: in_two(name) for name in WHOLE} == WHOLE
    keys = {name: order_of(first_name=a, last_name=b) for name, (a, b) in WHOLE.items() if name}
    assert sorted(keys, key=lambda name: keys[name]) == [
        "prof. dr. Els van den Berg RA",
        "Coën de Boer",
        "Jan Piet 't Hooft, MSc",
        "drs. Ada Jansen-de Vries",
        "Yo-Yo Ma",
        "Redactie",
        "Hanneke Roodbeen",
    ]


@given(NAMES)
def test_a_name_in_one_field_loses_no_surname(name: str):
    assert bool(name.replace(",", " ").split()) == bool(in_two(name)[1])


@given(st.text(max_size=30))
def test_a_line_is_stored_without_what_nobody_sees_and_is_the_same_name(text: str):
    line = clean_line(text)
    assert clean_line(line) == line
    assert fold(line) == fold(text)
    assert all(sign in TURNING for sign in line if unicodedata.category(sign) == "Cf")


def test_a_line_keeps_what_its_form_must_refuse():
    assert clean_line("Jan\u202e") == "Jan\u202e"
    assert clean_line("Jan\r\nBcc: x") == "Jan\r\nBcc: x"
    assert clean_line(" Jan \u00a0 de\u200b  Boer ") == "Jan de Boer"
