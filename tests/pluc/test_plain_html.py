"""Documents are laid out without WeasyPrint's rules for notes, and come out the same."""

from weasyprint import HTML, UA_STYLESHEET

from pluc.documents.plain_html import OF_NOTES, PlainHTML, pseudo_element_of, without_notes

PAGE = """<!doctype html><html lang="nl"><title>Lijst</title><h1>Kop</h1>
<ul><li>een<li>twee</ul><ol><li>een</ol><p>Zij zei <q>ja</q>.<br>En <a href="#x">weg</a>.
<table><caption>Wie</caption><tr><th scope="col">Naam</th></tr>
<tr><td id="x">Saar</td></tr></table>"""


def pseudo_elements(sheet) -> set[str | None]:
    return {pseudo_element_of(one) for one in sheet.matcher.other_selectors}


def test_what_is_left_out_is_the_rules_for_notes_and_nothing_else():
    assert pseudo_elements(UA_STYLESHEET) - pseudo_elements(without_notes()) == OF_NOTES


def test_a_document_is_the_same_byte_for_byte():
    plain, whole = (
        kind(string=PAGE).write_pdf(pdf_variant="pdf/ua-1") for kind in (PlainHTML, HTML)
    )
    assert plain == whole
