"""Documents with active content are refused, whatever their parts are called."""

import zipfile
from io import BytesIO
from typing import Any

import olefile
import openpyxl
import pikepdf
import pytest
from django.core.exceptions import ValidationError

from pluc.content import active_content
from pluc.content.uploads import check_content

pytestmark = pytest.mark.thorough

OFFICE = "http://schemas.openxmlformats.org"
TYPES = f"{OFFICE}/package/2006/content-types"
RELATIONS = f"{OFFICE}/package/2006/relationships"
KIND = f"{OFFICE}/officeDocument/2006/relationships"
WORD = f"{OFFICE}/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
DOCX: dict[str, str | bytes] = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
    "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>',
}
ODT: dict[str, str | bytes] = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f'<o:document-content xmlns:o="{ODF}:office:1.0"/>',
}


def archive(parts: dict[str, str | bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return data.getvalue()


def docx(**more: str | bytes) -> bytes:
    parts = {name.replace("__", "/"): content for name, content in more.items()}
    return archive({**DOCX, **parts})


def declaring(content_type: str) -> bytes:
    part = f'<Override PartName="/word/onschuldig.xml" ContentType="{content_type}"/>'
    return archive(DOCX | {"[Content_Types].xml": f'<Types xmlns="{TYPES}">{part}</Types>'})


def relating(kind: str, target: str, mode: str = "External") -> bytes:
    one = f'<Relationship Id="a" Type="{KIND}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    relations = f'<Relationships xmlns="{RELATIONS}">{one}</Relationships>'
    return archive(DOCX | {"word/_rels/document.XML.RELS": relations})


def field(text: str) -> bytes:
    run = f"<w:p><w:fldSimple w:instr='{text}'><w:r/></w:fldSimple></w:p>"
    document = f'<w:document xmlns:w="{WORD}"><w:body>{run}</w:body></w:document>'
    return archive(DOCX | {"word/document.xml": document})


def odt(inner: str = "", **more: str | bytes) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="{ODF}:{name}:1.0"'
        for name in ("office", "script", "text", "draw", "presentation", "table")
    )
    link = ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f"<office:document-content{spaces}{link}>{inner}</office:document-content>"
    parts = {name.replace("__", "/"): part for name, part in more.items()}
    return archive(ODT | {"content.xml": content} | parts)


def pdf(change: Any = None) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def action(**entries: Any) -> Any:
    """An action of a page, written within other objects."""
    made = pikepdf.Dictionary({f"/{name}": value for name, value in entries.items()})

    def change(document: pikepdf.Pdf) -> None:
        document.pages[0]["/Annots"] = pikepdf.Array([pikepdf.Dictionary({"/A": made})])

    return change


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["virus.exe"] = b"MZ"


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"].hyperlink = "https://elders.example/"
    data = BytesIO()
    book.save(data)
    return data.getvalue()


OLE = olefile.MAGIC + bytes(1600)
MACRO = "application/vnd.ms-office.vbaProject"
WITHOUT = {
    "plain": ("docx", docx()),
    "a link to follow": ("docx", relating("hyperlink", "https://elders.example/?a=1")),
    "a mailbox to write to": ("docx", relating("hyperlink", "mailto:puck@pluc.example")),
    "a field of a date": ("docx", field("DATE")),
    "a workbook for a chart": ("docx", docx(word__embeddings__een=sheet())),
    "a sheet with a link": ("xlsx", sheet()),
    "plain open document": ("odt", odt()),
    "an open document with a link": ("odt", odt('<text:a xlink:href="https://elders.example/"/>')),
    "its own picture": ("odt", odt('<draw:image xlink:href="Pictures/a.png"/>')),
    "the next slide by a click": (
        "odt",
        odt('<presentation:event-listener presentation:action="next-page"/>'),
    ),
    "a PDF": ("pdf", pdf()),
    "a PDF with a link": ("pdf", pdf(action(S=pikepdf.Name.URI, URI="https://elders.example/"))),
}
WITH = {
    "a macro by another name": ("docx", docx(word__media__foto=OLE)),
    "a macro in capitals": ("docx", docx(WORD__VBAPROJECT=OLE)),
    "a declared macro": ("docx", declaring(MACRO)),
    "a document for macros": (
        "docx",
        declaring("application/vnd.ms-word.document.macroEnabled.main+xml"),
    ),
    "an Excel 4 macro": ("docx", declaring("application/vnd.ms-excel.MacroSheet+xml")),
    "an Excel 4 sheet by its root": (
        "docx",
        docx(xl__sheet="", **{"xl/a.xml": '<xm:macrosheet xmlns:xm="http://a"/>'}),
    ),
    "a control": ("docx", declaring("application/vnd.ms-office.activeX+xml")),
    "a related macro": ("docx", relating("vbaProject", "foto.png", "Internal")),
    "an OLE object": ("docx", relating("oleObject", "foto.png", "Internal")),
    "a remote template": ("docx", relating("attachedTemplate", "https://elders.example/a.dotm")),
    "a remote picture": ("docx", relating("image", "https://elders.example/a.png")),
    "a remote object": ("docx", relating("oleObject", "https://elders.example/a")),
    "another document": ("docx", relating("aFChunk", "a.html", "Internal")),
    "a link to a share": ("docx", relating("hyperlink", "\\\\elders.example\\a")),
    "a link to a script": ("docx", relating("hyperlink", "javascript:alert(1)")),
    "a link to a handler": ("docx", relating("hyperlink", "ms-msdt:/id")),
    "a DDE field": ("docx", field('DDEAUTO c:\\\\cmd.exe "/k calc"')),
    "DDE in a sheet": ("docx", docx(**{"xl/a.xml": '<x:ddeLink xmlns:x="http://a"/>'})),
    "a macro in a workbook within": (
        "docx",
        docx(een=archive(DOCX | {"b": OLE})),
    ),
    "documents within documents": (
        "docx",
        docx(a=docx(a=docx(a=docx()))),
    ),
    "entities": (
        "docx",
        docx(**{"word/a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
    ),
    "a damaged part": ("docx", docx(**{"word/a.xml": "<a><b></a>"})),
    "OpenDocument Basic": ("odt", odt(Basic__Standard__script="x")),
    "OpenDocument Basic in capitals": ("odt", odt(BASIC__a="x")),
    "OpenDocument Python": ("odt", odt(Scripts__python__a="x")),
    "a listener": ("odt", odt('<script:event-listener script:language="ooo:script"/>')),
    "a script": ("odt", odt("<office:scripts><office:script/></office:scripts>")),
    "a script in the text": ("odt", odt("<text:script/>")),
    "a program by a click": (
        "odt",
        odt('<presentation:event-listener presentation:action="execute"/>'),
    ),
    "a link to a macro": ("odt", odt('<text:a xlink:href="vnd.sun.star.script:a"/>')),
    "an OLE object in it": ("odt", odt("<draw:object-ole/>")),
    "a remote picture in it": ("odt", odt('<draw:image xlink:href="https://elders.example/a"/>')),
    "a remote section": ("odt", odt('<text:section-source xlink:href="//elders.example/a"/>')),
    "DDE in it": ("odt", odt("<office:dde-source/>")),
    "JavaScript": ("pdf", pdf(action(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))),
    "a launch": ("pdf", pdf(action(S=pikepdf.Name.Launch, F="calc.exe"))),
    "an attachment": ("pdf", pdf(attached)),
    "half a PDF": ("pdf", b"%PDF-1.7\nnothing more"),
}


DAMAGED = {"entities", "a damaged part", "half a PDF"}


@pytest.mark.parametrize("case", WITHOUT)
def test_a_document_that_does_nothing_is_taken(case: str):
    extension, content = WITHOUT[case]
    check_content(BytesIO(content), extension)


@pytest.mark.parametrize("case", WITH)
def test_a_document_that_acts_by_itself_is_refused(case: str):
    extension, content = WITH[case]
    with pytest.raises(ValidationError) as refusal:
        check_content(BytesIO(content), extension)
    assert refusal.value.code == ("invalid_document" if case in DAMAGED else "active_document")


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(active_content, "MOST_BYTES", 1024)
    bomb = docx(word__a="0" * 2048)
    with pytest.raises(ValidationError):
        check_content(BytesIO(bomb), "docx")
    twice = BytesIO(docx())
    with zipfile.ZipFile(twice, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("word/document.xml", DOCX["word/document.xml"])
    monkeypatch.undo()
    with pytest.raises(ValidationError):
        check_content(twice, "docx")
