"""One table stays one table for who hears a document read, also where it runs over several pages.

WeasyPrint tags what stands on each page as a table of its own. All our tables have a caption, so
one without is the rest of the one before it.
"""

from typing import Any


def join_tables(document: Any, pdf: Any) -> None:
    """Moves the rows of each rest into the table that it belongs to. A finisher of WeasyPrint's."""
    by_reference = {bytes(one.reference): one for one in pdf.objects if hasattr(one, "reference")}

    def parts_of(element: Any) -> list[Any]:
        found = (by_reference.get(child) for child in element.get("K", []) if is_reference(child))
        return [one for one in found if is_element(one)]

    first = None
    for table in in_reading_order(by_reference[pdf.catalog["StructTreeRoot"]], parts_of):
        parts = parts_of(table)
        if first is None or any(part["S"] == "/Caption" for part in parts):
            first = table
            continue
        homes = {part["S"]: part for part in parts_of(first)}
        for part in parts:
            move_rows(part, homes.get(part["S"], first), parts_of(part))
        parent = by_reference[bytes(table["P"])]
        parent["K"].remove(table.reference)


def in_reading_order(element: Any, parts_of: Any) -> list[Any]:
    """The tables below an element, from the first page to the last."""
    found: list[Any] = []
    for part in parts_of(element):
        found += [part] if part["S"] == "/Table" else in_reading_order(part, parts_of)
    return found


def move_rows(part: Any, home: Any, rows: list[Any]) -> None:
    for row in rows:
        row["P"] = home.reference
        home["K"].append(row.reference)
    part["K"].clear()


def is_reference(child: Any) -> bool:
    """Whether a child is another object, not a number of content on the page."""
    return isinstance(child, bytes)


def is_element(found: Any) -> bool:
    return isinstance(found, dict) and "S" in found
