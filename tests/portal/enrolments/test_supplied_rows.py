"""The columns of a file with participants, and what becomes of each row, without a database."""

from string import ascii_lowercase
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluc.documents.uploaded import HowToRead, Line, read_table
from portal.enrolments.supplies.columns import (
    Columns,
    Guess,
    NameOrder,
    Part,
    Remembered,
    guess,
    letter,
    to_remember,
)
from portal.enrolments.supplies.fates import Fate, Why
from portal.enrolments.supplies.people import Named, people_of
from portal.enrolments.supplies.plan import Known, decide
from tests.tables import text

pytestmark = pytest.mark.promise("P18")
NOTHING = Remembered()


def lines_of(head: str, *rows: str) -> list[Line]:
    return read_table(text(*rows, head=head), HowToRead(separator=";")).lines


def guessed(head: str, *rows: str, remembered: Remembered = NOTHING) -> Guess:
    return guess(lines_of(head, *rows), remembered)


def people(head: str, *rows: str, **columns: str) -> list[Named]:
    found = guessed(head, *rows)
    places = found.columns.places
    return people_of(found.rows, Columns(places=places, **columns))


def told(named: Named) -> tuple[str, ...]:
    return named.first_name, named.last_name, named.email, str(named.why or "")


# --- Columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "voornaam;tussenvoegsel;achternaam;e-mail",
        "E-mailadres;Achternaam;Roepnaam;Tussenvoegsels;BSN",
        "First name;Last name;E-mail address;Phone",
        "Naam;Voornaam;Achternaam;Mail",  # its own parts tell more than the whole name
    ],
)
def test_columns_are_found_by_their_headings(head: str) -> None:
    found = guessed(head, "a;b;c;d")
    assert found.is_clear
    assert {Part.FIRST, Part.LAST, Part.EMAIL} <= found.columns.places.keys()
    assert Part.WHOLE not in found.columns.places


@pytest.mark.parametrize(
    "head",
    [
        "naam;e-mail",  # a combined name is asked about, never split silently
        "voornaam;achternaam",
        "voornaam;achternaam;e-mail;e-mail",
        "achternaam;e-mail",
        "a;b;c",
    ],
)
def test_what_is_not_clear_is_asked(head: str) -> None:
    assert not guessed(head, "a;b;c;d").is_clear


def test_headings_may_stand_below_a_title_or_be_missing() -> None:
    below = guessed("Deelnemers 2027;;", "voornaam;achternaam;e-mail", "Saar;Vries;s@b.example")
    assert (below.is_clear, [row.number for row in below.rows]) == (True, [3])
    without = guessed("Saar;Vries;s@b.example", "Sem;Boer;x@b.example")
    assert (without.head, len(without.rows), without.is_clear) == (("A", "B", "C"), 2, False)
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_an_organisations_headings_are_known_again() -> None:
    first = guessed("Kolom 1;Kolom 2", "Saar de Vries;s@b.example")
    chosen = Columns(places={Part.WHOLE: 0, Part.EMAIL: 1}, name_order=NameOrder.FIRST_LAST)
    remembered = to_remember(first.head, chosen)
    again = guessed("x;Kolom 2;Kolom 1", "1;s@b.example;Sem Boer", remembered=remembered)
    assert (again.is_clear, again.columns.places) == (True, {Part.WHOLE: 2, Part.EMAIL: 1})
    assert not guessed("Kolom 1;Anders", "a;b", remembered=remembered).is_clear


# --- People --------------------------------------------------------------------------------------


def test_a_tussenvoegsel_joins_the_last_name() -> None:
    rows = [
        "Saar;van der;Berg;s@b.example",
        "Hugo;'t;Hooft;h@b.example",
        "Ans;de;de Wit;a@b.example",
    ]
    found = people("voornaam;tussenvoegsel;achternaam;e-mail", *rows)
    assert [one.last_name for one in found] == ["van der Berg", "'t Hooft", "de Wit"]


def test_a_combined_name_is_parted_as_somebody_said() -> None:
    head, rows = "naam;e-mail", ["Saar van der Berg;s@b.example"]
    assert told(people(head, *rows, name_order=NameOrder.FIRST_LAST)[0])[:2] == (
        "Saar",
        "van der Berg",
    )
    turned = people(
        head,
        "Berg, Saar van der;s@b.example",
        "Saar Berg;x@b.example",
        name_order=NameOrder.LAST_FIRST,
    )
    assert told(turned[0])[:2] == ("Saar", "van der Berg")
    assert turned[1].why == Why.PARTED


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("Saar;;s@b.example", ("Saar", "", "s@b.example", "no name")),
        ("Saar;Vries;", ("Saar", "Vries", "", "no address")),
        ("Saar;Vries;geen adres", ("Saar", "Vries", "", "bad address")),
        ("Saar;Vries;s@localhost", ("Saar", "Vries", "", "bad address")),
        ("Saar;12-05-2026;s@b.example", ("Saar", "", "s@b.example", "bad name")),
        ("123456782;Vries;s@b.example", ("", "Vries", "s@b.example", "bad name")),
        ("Saar;=1+1;s@b.example", ("Saar", "", "s@b.example", "bad name")),
        (f"{'a' * 101};Vries;s@b.example", ("", "Vries", "s@b.example", "too long")),
        ("SaÃ«r;Vries;s@b.example", ("", "", "", "garbled")),
        ("Saar;Vries;s@b.example;meer", ("", "", "", "columns")),
        (" Saar\u00a0;  de   Vries ;mailto:S@B.example", ("Saar", "de Vries", "S@B.example", "")),
    ],
)
def test_of_what_is_wrong_only_what_is_right_is_kept(row: str, kept: tuple[str, ...]) -> None:
    assert told(people("voornaam;achternaam;e-mail", row)[0]) == kept


def test_one_mailbox_may_be_of_many_and_a_person_stands_there_once() -> None:
    found = people(
        "voornaam;achternaam;e-mail",
        *("Saar;Vries;groep@b.example", "Sem;Boer;groep@b.example"),
        *("saar;VRIES;Groep@B.example", "Bo;Wit;ander@b.example"),
        *("B.;Wit;ander@b.example", "Jan;Janssen;twee@b.example", "Jan;Jansen;twee@b.example"),
    )
    whys = [str(one.why or "") for one in found]
    assert whys == ["", "", "twice", "alike", "alike", "alike", "alike"]


@given(
    st.lists(
        st.tuples(
            *[st.text(ascii_lowercase + " '-é;,\"=\n", max_size=9)] * 2, st.sampled_from("abc")
        ),
        max_size=8,
    )
)
def test_every_row_has_one_fate_and_nobody_is_taken_twice(rows: list[tuple[str, ...]]) -> None:
    lines = [
        Line(number, (first, last, f"{box}@b.example"))
        for number, (first, last, box) in enumerate(rows, start=2)
    ]
    places = {Part.FIRST: 0, Part.LAST: 1, Part.EMAIL: 2}
    found = people_of(lines, Columns(places=places))
    assert [one.number for one in found] == [line.number for line in lines]
    taken = [one.identity for one in found if decide(one, Known()).gets_place]
    assert len(taken) == len(set(taken))
    for one in found:
        decision = decide(one, Known())
        assert (decision.fate in {Fate.ERROR, Fate.CONFLICT}) == (one.why is not None)


# --- What is known -------------------------------------------------------------------------------

SAAR = Named(number=2, first_name="Saar", last_name="Vries", email="s@b.example")
WHO = uuid4()


@pytest.mark.parametrize(
    ("known", "fate", "why", "person"),
    [
        (Known(), Fate.NEW, None, None),
        (Known(records={SAAR.identity: WHO}), Fate.MATCHED, Why.RECORD, WHO),
        (Known(accounts={SAAR.identity: WHO}), Fate.MATCHED, Why.ACCOUNT, WHO),
        (Known(standing={SAAR.identity: True}), Fate.MATCHED, Why.THERE, None),
        (Known(standing={SAAR.identity: False}), Fate.CONFLICT, Why.ENROLLED, None),
        (
            Known(accounts={SAAR.identity: WHO}, standing_people={WHO: False}),
            *(Fate.CONFLICT, Why.ENROLLED, None),
        ),
        (
            Known(records={SAAR.identity: WHO}, restricted={SAAR.identity}),
            *(Fate.CONFLICT, Why.RESTRICTED, None),
        ),
    ],
)
def test_what_becomes_of_a_row_follows_from_what_is_known(known, fate, why, person) -> None:
    decision = decide(SAAR, known)
    assert (decision.fate, decision.why, decision.person_id) == (fate, why, person)
    assert decision.gets_place == (fate in {Fate.NEW, Fate.MATCHED} and why != Why.THERE)
