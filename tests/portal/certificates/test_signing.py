"""A certificate is accessible, signed, and checked by anybody without us (STANDARDS 5.6)."""

import datetime as dt
import subprocess
import unicodedata
import uuid
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pluc.periods import YEAR
from portal.certificates.facts import EarnedFact, Facts
from portal.certificates.keys import KeyTrouble, self_signed, signing_key
from portal.certificates.models import Certificate, Issuing
from portal.certificates.queries.staff import key_state
from portal.certificates.rendering import Printed, render
from portal.certificates.services.issuing import issue
from portal.certificates.signing import Signer, as_asn1
from portal.certificates.tasks import keep_making
from tests.certificates import final_meeting
from tests.timestamps import timestamp_server
from tests.tools import verapdf

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
PLAIN = Facts(
    name="Saar de Vries",
    titles="RA",
    professional_number="123456",
    course="Actualiteiten jaarrekening",
    days=("2026-11-12",),
    place="Utrecht",
    hours=(
        EarnedFact(
            scheme="NBA", scheme_name="NBA", category="vaktechniek", hours="4.00", number="PE-1"
        ),
    ),
    speakers=("Pien Boomgaard",),
    provider="PLUC! B.V.",
    signatory="Fleur van Pruimen, directeur",
    language="nl",
)
LONG = replace(
    PLAIN,
    name="Alexandrina Josephina van der Hoeven-Schimmelpenninck van Nijenhuis tot Westerflier",
    titles="RA, RB, AA, RC, MSc",
    course="Van waarderingsgrondslag tot toelichting: de jaarrekening van middelgrote " * 2,
)
FULL = replace(
    LONG,
    name=("W" * 15 + " ") * 12,
    speakers=tuple(f"prof. mr. dr. Naamloos van Achternaam {n}" for n in range(8)),
    hours=PLAIN.hours * 5,
)


def printed(facts: Facts) -> Printed:
    return Printed(id=uuid.UUID(int=5), facts=facts, issued_at=timezone.now())


def a_key():
    """One on a curve: made at once."""
    return new_ec(SECP256R1())


def pem_of(private, certificate) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificate.public_bytes(serialization.Encoding.PEM)


def signature_of(document: bytes, key, *, at: dt.datetime | None = None):
    """What pyHanko's validator says of the one signature."""
    (embedded,) = PdfFileReader(BytesIO(document)).embedded_signatures
    trust = ValidationContext(trust_roots=[as_asn1(key.certificate)], moment=at)
    return validate_pdf_signature(embedded, signer_validation_context=trust)


@pytest.mark.thorough
@pytest.mark.promise("P03")
def test_certificates_with_whatever_names_are_accessible_also_once_signed():
    signer = Signer(signing_key())
    made = [*render([printed(one) for one in (PLAIN, LONG, FULL)], language="nl")]
    made += render([printed(replace(PLAIN, language="en"))], language="en")
    for report in verapdf.check(*map(signer.sign, made)):
        assert report.failures == []
        assert report.is_compliant


def test_two_renderings_of_the_same_facts_are_the_same():
    one, other = (render([printed(PLAIN)], language="nl") for _ in range(2))
    assert one == other


@pytest.mark.thorough
def test_others_find_the_signature_whole_and_broken_after_one_byte(tmp_path: Path):
    key = signing_key()
    (document,) = render([printed(PLAIN)], language="nl")
    signed = Signer(key).sign(document)
    status = signature_of(signed, key)
    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok is not False
    path = tmp_path / "certificaat.pdf"
    path.write_bytes(signed)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    assert "Total document signed" in told.stdout
    assert "Signature is Valid" in told.stdout
    changed = signed.replace(b"/Lang (nl)", b"/Lang (en)", 1)
    assert changed != signed
    assert not signature_of(changed, key).intact
    path.write_bytes(changed)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    assert "Signature is Valid" not in told.stdout


def test_a_key_on_a_curve_signs_as_well(tmp_path: Path, settings):
    private = a_key()
    file = tmp_path / "key.pem"
    file.write_bytes(pem_of(private, self_signed(private, "PLUC!")))
    settings.CERTIFICATE_KEY_FILE = str(file)
    key = signing_key()
    (document,) = render([printed(PLAIN)], language="nl")
    assert signature_of(Signer(key).sign(document), key).valid
    assert key.algorithm == "ES256"


BROKEN = ("none", "no file", "no key", "another's", "weak", "expired")


def break_key(what: str, file: Path, settings) -> None:
    """Makes the key one that cannot sign, in one of many ways; over https, where none is made."""
    settings.CERTIFICATE_KEY_FILE, settings.HTTPS = "" if what == "none" else str(file), True
    file.unlink(missing_ok=True)
    weak = what == "weak"
    private = generate_private_key(public_exponent=65537, key_size=1024) if weak else a_key()
    if what == "no key":
        file.write_bytes(b"niets")
    elif what == "another's":
        file.write_bytes(pem_of(private, self_signed(a_key(), "PLUC!")))
    elif what != "no file":
        was = timezone.now() - 2 * YEAR if what == "expired" else timezone.now()
        file.write_bytes(pem_of(private, self_signed(private, "PLUC!", now=was, lasts=YEAR)))


def test_without_a_key_that_can_sign_now_certificates_wait_unsigned_and_unsent(
    tmp_path: Path, settings, caplog
):
    meeting = final_meeting("Anna Appel")
    asked = issue(meeting_id=meeting.pk, by=None)
    for what in BROKEN:
        break_key(what, tmp_path / f"{what}.pem", settings)
        keep_making()
        asked.refresh_from_db()
        is_over = what == "expired"
        assert asked.trouble == (Issuing.Trouble.EXPIRED if is_over else Issuing.Trouble.NO_KEY)
        assert "1 certificates wait" in caplog.text
        assert Certificate.objects.get().state == Certificate.State.WAITING
        assert key_state(timezone.now()).trouble
        caplog.clear()
    settings.HTTPS, settings.CERTIFICATE_KEY_FILE = False, ""
    keep_making()
    assert Certificate.objects.get().is_in_force
    assert Issuing.objects.get().trouble == ""


def test_staff_see_ninety_days_ahead_when_the_key_ends():
    ends = signing_key().ends_at
    assert not key_state(ends - dt.timedelta(days=91)).ends_soon
    assert key_state(ends - dt.timedelta(days=90)).ends_soon
    with pytest.raises(KeyTrouble):
        signing_key(ends)


@pytest.mark.thorough
def test_with_a_timestamp_the_signature_holds_five_years_on_and_without_one_nothing_goes_out(
    settings, tmp_path: Path
):
    private = a_key()
    file = tmp_path / "key.pem"
    file.write_bytes(pem_of(private, self_signed(private, "PLUC!", lasts=YEAR)))
    settings.CERTIFICATE_KEY_FILE = str(file)
    key = signing_key()
    (document,) = render([printed(PLAIN)], language="nl")
    with timestamp_server() as server:
        settings.CERTIFICATE_TIMESTAMP_URL = server.address
        signed = Signer(key).sign(document)
    assert server.holds_in(signed, key.certificate, at=timezone.now() + 5 * YEAR)
    settings.CERTIFICATE_TIMESTAMP_URL = ""
    plain = Signer(key).sign(document)
    assert not server.holds_in(plain, key.certificate, at=timezone.now() + 5 * YEAR)
    settings.CERTIFICATE_TIMESTAMP_URL = server.address  # which has ended
    with pytest.raises(KeyTrouble) as told:
        Signer(key).sign(document)
    assert told.value.trouble == Issuing.Trouble.NO_TIME


def test_a_name_in_another_script_stands_in_latin_letters():
    """Boxes would stand for signs that no typeface here has; what it says stays as it was typed."""
    one = printed(replace(PLAIN, name="Иван 李"))
    assert one.name == "Ivan Li"
    assert "Иван" in one.title
    for name in ("Zoë Çelik", "Ștefan Țepeș", "Nguyễn Thị Hồng Ánh", "Siân Ŵyn"):
        apart = unicodedata.normalize("NFD", name)
        assert printed(replace(PLAIN, name=apart)).name == name
