"""Tables that others send are read line by line, or refused with a sentence that says why."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluc.documents.uploaded import Fault, HowToRead, NotReadable, Table, read_table
from pluc.documents.uploaded.tables import SENTENCES
from tests.tables import sheet, text, with_part

SHEET = "xl/worksheets/sheet1.xml"
SAAR = ("Saar", "Vries", "saar@bureau.example")


def read(content: bytes, **how: Any) -> Table:
    return read_table(content, HowToRead(**how))


def refusal(content: bytes, **how: Any) -> str:
    with pytest.raises(NotReadable) as refused:
        read(content, **how)
    return refused.value.sentence


def test_rows_after_gaps_are_read_with_the_numbers_of_their_program() -> None:
    def far_below(target: Any) -> None:
        target.cell(5000, 1, "Sem")
        target.cell(5000, 2, "Boer")

    lines = read(sheet(SAAR, change=far_below)).lines
    assert [(line.number, line.cells[:2]) for line in lines[1:]] == [
        (2, ("Saar", "Vries")),
        (5000, ("Sem", "Boer")),
    ]


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    for lie in (b"A1:XFD1048576", b"A1"):
        content = with_part(sheet(SAAR), SHEET, lambda xml, lie=lie: xml.replace(b"A1:C2", lie))
        assert [line.cells for line in read(content).lines][1:] == [SAAR]


def test_hidden_rows_are_left_out_and_counted_until_they_are_asked_for() -> None:
    def hide(target: Any) -> None:
        target.row_dimensions[3].hidden = True

    content = sheet(SAAR, ("Geheim", "Agent", "g@a.example"), change=hide)
    table = read(content)
    assert ([line.number for line in table.lines], table.hidden) == ([1, 2], 1)
    assert [line.number for line in read(content, with_hidden=True).lines] == [1, 2, 3]


def test_formulas_merged_cells_dates_and_numbers_are_what_they_show() -> None:
    def fill(target: Any) -> None:
        target["A3"] = "=1+1"
        target.merge_cells("B2:B3")
        target["A4"], target["B4"] = dt.date(2026, 5, 12), 7.0

    lines = read(sheet(SAAR, (), change=fill)).lines
    assert lines[2].faults == {0: Fault.FORMULA, 1: Fault.MERGED}
    assert lines[3].cells == ("2026-05-12", "7")

    stored = with_part(
        sheet(SAAR, change=lambda one: one.__setitem__("A2", "=1+1")),
        SHEET,
        lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"),
    )
    assert (read(stored).lines[1].cells[0], read(stored).lines[1].faults) == ("2", {})


def test_another_sheet_can_be_chosen_and_a_hidden_one_cannot() -> None:
    def more(target: Any) -> None:
        target.parent.create_sheet("Tweede").append(["x"])
        target.parent.create_sheet("Weg").sheet_state = "hidden"

    content = sheet(SAAR, change=more)
    assert read(content).sheets == ("Sheet", "Tweede")
    assert read(content, sheet="Tweede").lines[0].cells == ("x",)
    assert refusal(content, sheet="Weg") == SENTENCES["no sheet"]


def test_bombs_are_refused_without_being_unpacked() -> None:
    zeros = with_part(sheet(SAAR), "xl/media/a.bin", lambda _: bytes(70 * 1024 * 1024))
    assert len(zeros) < 100_000
    assert refusal(zeros) == SENTENCES["bomb"]

    entities = b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    laughing = with_part(sheet(SAAR), SHEET, lambda xml: xml.replace(b"<worksheet", entities, 1))
    assert refusal(laughing) == SENTENCES["broken"]

    ranges = b"<mergeCells>" + b'<mergeCell ref="A1:GR10001"/>' * 10_000 + b"</mergeCells>"
    rows = [SAAR] * 2_000
    merged = with_part(
        sheet(*rows), SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + ranges)
    )
    assert refusal(merged) == SENTENCES["bomb"]


def test_more_rows_than_we_take_are_refused_soon() -> None:
    assert refusal(text(*["a;b;c@d.example"] * 10_001)) == SENTENCES["too many"]
    million = b"<row/>" * 1_000_000
    empty = with_part(
        sheet(SAAR), SHEET, lambda xml: xml.replace(b"</sheetData>", million + b"</sheetData>")
    )
    assert refusal(empty) == SENTENCES["too many"]
    assert refusal(b"x" * (5 * 1024 * 1024 + 1)) == SENTENCES["too large"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"PK\x03\x04 and nothing more", "broken"),
        (sheet(SAAR)[:-400], "broken"),
        (with_part(sheet(SAAR), SHEET, lambda xml: xml[: len(xml) // 2]), "broken"),
        (b"\xd0\xcf\x11\xe0 an old one", "old"),
        (b"\x00\x01\x02\x00" * 99, "no table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, reason: str) -> None:
    assert refusal(content) == SENTENCES[reason]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_found(encoding: str, separator: str) -> None:
    rows = [
        one.replace(";", separator)
        for one in ("André;Citroën;a@b.example", "Zoë;Müller;z@b.example")
    ]
    content = text(*rows, head=f"naam{separator}achternaam{separator}mail", encoding=encoding)
    lines = read(content).lines
    assert [line.cells[:2] for line in lines[1:]] == [("André", "Citroën"), ("Zoë", "Müller")]
    assert all(not line.faults for line in lines)


def test_they_can_be_chosen_and_what_is_garbled_then_is_a_fault() -> None:
    content = text("André;Vries;a@b.example", "Jan;Boer;j@b.example")
    lines = read(content, encoding="cp1252").lines
    assert (lines[1].cells[0], lines[1].faults) == ("AndrÃ©", {0: Fault.GARBLED})
    assert lines[2].faults == {}
    assert read(content, separator=",").lines[1].cells == ("André;Vries;a@b.example",)
    latin = text("André;Vries;a@b.example", encoding="latin-1")
    assert read(latin, encoding="utf-8").lines[1].faults == {0: Fault.GARBLED}


def test_lines_that_do_not_fit_their_headings_are_faults() -> None:
    lines = read(text('"Saar;Vries;s@b.example', "Sem;Boer;x@b.example", "a;b;c;d;e")).lines
    assert lines[1].faults == {0: Fault.GARBLED}  # a quotation mark that nobody closed
    assert read(text("a;b;c;d")).lines[1].faults == {-1: Fault.COLUMNS}
    declared = read(b"sep=|\r\na|b\r\n1|2\r\n")
    assert (declared.separator, [line.number for line in declared.lines]) == ("|", [2, 3])


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        table = read(content)
    except NotReadable:
        return
    assert all(any(line.cells) for line in table.lines)
