"""What follows when an issue comes back, or somebody complains or leaves (STANDARDS 2.12)."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from pluc.outbox.incoming import Bounce, Complaint, LeaveRequest, understand
from pluc.outbox.models import Mail, Return
from pluc.outbox.receiving import take_in
from pluc.outbox.return_addresses import leave_address
from portal.newsletter import tasks
from portal.newsletter.address_keys import normal, suppression_keys
from portal.newsletter.models import Mailing, Subscription, Suppression
from tests.mails import newest_to, text_of
from tests.pluc.outbox.reports import letter

pytestmark = pytest.mark.django_db

ANNA = "Anna@klant.example"
State, Reason = Subscription.State, Suppression.Reason


@pytest.fixture
def anna():
    asked = timezone.now() - timedelta(days=100)
    return Subscription.objects.create(
        email=ANNA,
        normal_email=normal(ANNA),
        state=State.ACTIVE,
        asked_at=asked,
        confirmed_at=asked,
    )


@pytest.fixture
def mailing():
    return Mailing.objects.create(issue_key=uuid.uuid4(), title="Finance updates")


def issue(mailing, *, days_ago=0, state=Mail.State.SENT):
    moment = timezone.now() - timedelta(days=days_ago)
    return Mail.objects.create(
        event=f"{mailing.event}" if not days_ago else f"newsletter:{uuid.uuid4()}",
        template="newsletter/issue",
        recipient=ANNA,
        kind=Mail.Kind.NEWSLETTER,
        state=state,
        created_at=moment,
        sent_at=moment,
    )


def comes_back(mail, *, hard=False):
    status = "5.1.1" if hard else "4.2.2"
    take_in(said=Bounce(mail.pk, is_hard=hard, status=status), source=f"test:{uuid.uuid4()}")


def end_of(subscription):
    """State, form of the last step, and why the address is suppressed."""
    subscription.refresh_from_db()
    step = subscription.steps.last()
    kept_away = Suppression.objects.filter(key__in=suppression_keys(ANNA)).first()
    return subscription.state, step and step.form, kept_away and kept_away.reason


def test_a_final_failure_ends_it_at_once_and_counts_once(anna, mailing):
    mail = issue(mailing)
    comes_back(mail)
    comes_back(mail, hard=True)
    comes_back(mail, hard=True)
    assert end_of(anna) == (State.LEFT, "bounce", Reason.BOUNCED)
    mailing.refresh_from_db()
    assert (mailing.bounced, mailing.complained) == (1, 0)
    assert mail.returns.count() == 2
    assert not Mail.objects.exclude(kind=Mail.Kind.NEWSLETTER).exists(), "nobody is written to"


def test_five_issues_in_a_row_that_fail_for_now_end_it_and_four_do_not(anna, mailing):
    for days_ago in (90, 60, 30, 8):
        mail = issue(mailing, days_ago=days_ago)
        comes_back(mail)
        comes_back(mail)
        tasks.end_rows()
    assert end_of(anna) == (State.ACTIVE, None, None)
    assert anna.soft_bounces == 4
    comes_back(issue(mailing))
    assert end_of(anna) == (State.LEFT, "bounce", Reason.BOUNCED)
    assert anna.soft_bounces == 0


def test_an_issue_that_arrived_ends_the_row(anna, mailing):
    for days_ago in (40, 30):
        comes_back(issue(mailing, days_ago=days_ago))
    issue(mailing, days_ago=9, state=Mail.State.WITHHELD)
    issue(mailing, days_ago=6)  # may come back yet
    tasks.end_rows()
    anna.refresh_from_db()
    assert anna.soft_bounces == 2
    issue(mailing, days_ago=8)
    tasks.end_rows()
    anna.refresh_from_db()
    assert anna.soft_bounces == 0


def test_who_complains_gets_no_more(anna, mailing):
    mail = issue(mailing)
    for _ in range(2):
        take_in(said=Complaint(mail.pk), source=f"test:{uuid.uuid4()}")
    assert end_of(anna) == (State.LEFT, "complaint", Reason.COMPLAINED)
    mailing.refresh_from_db()
    assert mailing.complained == 1


def test_a_complaint_that_names_the_subscription_alone_ends_it(anna):
    take_in(said=Complaint(None, anna.pk), source="test:1")
    assert end_of(anna) == (State.LEFT, "complaint", Reason.COMPLAINED)


def test_an_old_failure_says_nothing_of_who_has_confirmed_since(anna, mailing):
    mail = issue(mailing, days_ago=2)
    Subscription.objects.filter(pk=anna.pk).update(confirmed_at=timezone.now())
    comes_back(mail, hard=True)
    assert end_of(anna) == (State.ACTIVE, None, None)


def test_an_address_that_fails_is_kept_away_though_nobody_subscribes_with_it_now(mailing):
    comes_back(issue(mailing), hard=True)
    assert Suppression.objects.get().reason == Reason.BOUNCED


def test_other_mail_that_comes_back_changes_nothing(anna, mailing):
    mail = issue(mailing)
    Mail.objects.update(kind=Mail.Kind.SERVICE)
    comes_back(mail, hard=True)
    take_in(said=Complaint(mail.pk), source="test:1")
    assert end_of(anna) == (State.ACTIVE, None, None)
    assert Return.objects.count() == 2


def test_who_writes_leaves_and_hears_so_once_a_day(anna):
    content = letter(leave_address(anna.pk), From="Iemand anders <ander@elders.example>")
    for number in range(3):
        take_in(said=understand(content), source=f"imap:1:{number}")
    assert end_of(anna) == (State.LEFT, "reply", Reason.LEFT)
    (told,) = Mail.objects.all()
    assert (told.recipient, told.kind) == (ANNA, Mail.Kind.SERVICE)
    message = newest_to(ANNA)
    assert message["Subject"] == "Je krijgt onze nieuwsbrief niet meer"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "/nieuwsbrief/" in text_of(message)
    assert anna.steps.count() == 1


def test_a_request_about_a_subscription_that_is_gone_breaks_nothing():
    take_in(said=LeaveRequest(uuid.uuid4()), source="imap:1:1")
    assert not Mail.objects.exists()
