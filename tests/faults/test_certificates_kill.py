"""The worker is killed while it makes certificates: each exists once, and is mailed once.

Once between the file and its row, where a second file could come of it, and once at any moment. A
short form runs always; `--long` has three hundred.
"""

import hashlib
from collections.abc import Iterator

import pytest

from pluc.outbox.models import Mail
from portal.certificates.models import Certificate, CertificateStep, Issuing, SigningCertificate
from portal.certificates.services.issuing import issue
from tests.certificates import final_meeting
from tests.faults.workers import Worker, dies_at, wait_until
from tests.post_offices import PostOffice, open_office

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("committed")]


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("keep_making(); send_due()")
    yield made
    made.kill()


def number_in_force() -> int:
    return Certificate.objects.in_force().count()


@pytest.mark.promise("P03")
@pytest.mark.parametrize("number", [12, pytest.param(300, marks=pytest.mark.long)])
def test_each_certificate_exists_once_and_is_mailed_once(number: int, worker: Worker):
    meeting = final_meeting(*(f"Saar Vries {n}" for n in range(number)))
    Mail.objects.all().delete()  # those about their places
    issue(meeting_id=meeting.pk, by=None)
    with open_office(worker.mail_port) as office:
        between = dies_at("portal.certificates.services.making", "put", call=number // 6)
        worker.start(between)
        worker.dies()
        assert number_in_force() == number // 6 - 1
        worker.start()
        wait_until(lambda: number_in_force() >= number // 2)
        worker.kill()
        assert number_in_force() < number
        worker.start()
        wait_until(lambda: Mail.objects.filter(state=Mail.State.SENT).count() == number)
        worker.kill()
    assert_once_each(worker, office, number)


def assert_once_each(worker: Worker, office: PostOffice, number: int) -> None:
    rows = Certificate.objects.all()
    assert number_in_force() == len(rows) == len({row.enrolment_id for row in rows}) == number
    assert CertificateStep.objects.count() == number
    assert Issuing.objects.get().trouble == ""
    assert SigningCertificate.objects.count() == 1
    stored = [path for path in (worker.folder / "private").rglob("*.pdf") if path.is_file()]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in stored}
    assert len(stored) == number, "no file but theirs is left"
    assert digests == {row.sha256 for row in rows}
    assert set(office.times.values()) == {1}
    assert set(office.times) == {row.person.email for row in rows.select_related("person")}
