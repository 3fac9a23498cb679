"""What the back office may read of a mail: never an address that opens a door."""

from email.message import EmailMessage as Parsed

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from pluc.outbox.reading import LINK, read, without_links
from tests.houses import House


def read_message(message: EmailMessage | Parsed):
    return read(message.message().as_bytes() if hasattr(message, "message") else bytes(message))


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/mijn/bevestigen/MTox:1wJxyz:cNq9/",
        "http://localhost:8000/mijn/account/wachtwoord/nieuw/4fz-d0f8k3/",
        "HTTP://LOCALHOST:8000/mijn/x/",
        "https://pluc.nl/nieuwsbrief/afmelden/0123456789abcdef/",
        "https://pluc.nl/evaluatie/0123456789abcdef/",
        "https://mijn.pluc.nl",
        "https://elders.example/?token=abc",
        "http://localhost:8000/privacyverklaring/?token=abc",
        "http://localhost:8000/privacyverklaring/../mijn/",
        "ftp://elders.example/x",
        "www.elders.example/x",
        "localhost:8000/mijn/bevestigen/MTox:1wJxyz:cNq9/",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Ga naar {} toe.", "<{}>", "({})", "zie:{}\r\n\r\nDag"])
def test_an_address_is_left_out(address: str, around: str):
    text = without_links(around.format(address))
    assert LINK in text
    assert not any(part in text for part in ("MTox", "cNq9", "d0f8k3", "0123", "token", "mijn"))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_address_of_the_statement_stays(language: str):
    address = f"{settings.SITE_URL}{language}/privacyverklaring/"
    assert without_links(f"Privacy: {address}\n") == f"Privacy: {address}\n"


def test_a_portal_on_a_host_of_its_own_is_known_without_its_scheme(two_hosts: House):
    assert without_links("mijn.pluc.localhost:8000/bevestigen/abc/") == LINK
    assert without_links("Je account bij mijn.pluc.nl") == "Je account bij mijn.pluc.nl"


def test_text_is_read_before_html():
    message = EmailMultiAlternatives("Peren", "Ze zijn rijp.", to=["anna@klant.example"])
    message.attach_alternative("<p>Anders</p>", "text/html")
    assert read_message(message).text.strip() == "Ze zijn rijp."


def test_html_alone_is_read_without_its_tags():
    message = EmailMessage("Peren", '<p>Ze zijn <a href="http://x.example/token">rijp</a>.</p>')
    message.content_subtype = "html"
    assert read_message(message).text.strip() == "Ze zijn rijp."


def test_attachments_are_named_and_not_shown():
    message = EmailMessage("Peren", "Rijp.")
    message.attach("peren.csv", "naam;adres", "text/csv")
    reading = read_message(message)
    assert reading.attachments == ["peren.csv"]
    assert "naam;adres" not in reading.text


def test_headers_hold_no_link_either():
    headers = {"List-Unsubscribe": "<https://pluc.nl/nieuwsbrief/afmelden/abc/>, <mailto:x@y.nl>"}
    message = EmailMessage("Zie https://pluc.nl/abc/", "", to=["a@b.nl"], headers=headers)
    shown = dict(read_message(message).headers)
    assert shown["List-Unsubscribe"] == f"<{LINK}>, <mailto:x@y.nl>"
    assert shown["Subject"] == f"Zie {LINK}"
    assert shown["To"] == "a@b.nl"


def test_a_message_without_any_text_is_empty():
    message = Parsed()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="x.pdf")
    assert read_message(message).text == ""
