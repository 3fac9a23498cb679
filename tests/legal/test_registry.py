"""Every table is declared, and every column of one with personal data (STANDARDS 3.1, 3.2)."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache as shared_cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from legal.consent.models import Choice, Group, OptOut
from legal.rights.queries import retention_table
from legal.rights.registry import (
    REGISTRY,
    Address,
    Anonymise,
    Basis,
    Delete,
    Keep,
    NotPersonal,
    Path,
    Personal,
    Recipient,
    Registry,
    Retention,
    Source,
    WholePerson,
)
from legal.rights.registry import Group as DataGroup
from legal.rights.registry.endings import faults_of_claims
from legal.rights.registry.faults import faults
from legal.rights.services import purge
from legal.statements.blocks import table_choices
from legal.statements.services import put_in_force
from pluc.frozen import Freeze, freeze, frozen_tables
from pluc.periods import YEAR
from portal.accounts.claims import MOVERS
from portal.accounts.models import Person, Registration, Title, User
from tests.legal.versions import days_from_now, text_of, write_version

MONTH = timedelta(days=30)
MONTHLY = Retention(period=MONTH, fact="it was said", fields=("since",))
UNTIL_THEN = Retention(period=MONTH, fact="it was said", ends="since")
OPT_OUT = Personal(
    table="consent.OptOut",
    owners=(Path("user__person"),),
    title="That you are not measured",
    group=DataGroup.CHOICES,
    purpose="To leave you out.",
    basis=Basis.DUTY,
    source=Source.YOU,
    recipients=(Recipient.HOST,),
    retention=Retention(),
    shown={"since": "Since"},
    internal=("user",),
    erasure=Delete(),
)


@cache
def all_frozen() -> dict[str, Freeze]:
    return frozen_tables()


def real_faults(registry: Registry) -> list[str]:
    """What is wrong with declarations of the tables that are really there."""
    tables = connection.introspection.table_names()
    models = apps.get_models(include_auto_created=True)
    return faults(registry, models=models, tables=tables, frozen=all_frozen(), claims=MOVERS)


def faults_of(*models: Any, personal: Any = (), others: Any = (), **known: Any) -> str:
    """What is wrong with made-up declarations of a few models."""
    registry = Registry(list(personal), list(others))
    found = faults(registry, models=models, **{"tables": (), **known})
    return "\n".join(found)


def faults_with(freeze: Freeze | None = None, **changes: Any) -> str:
    """What is wrong with the declaration of opt-outs, changed, in a table that is frozen so."""
    frozen = {"consent_optout": freeze} if freeze else {}
    return faults_of(OptOut, personal=[replace(OPT_OUT, **changes)], frozen=frozen)


# --- The real one --------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.promise("P10", "P12")
def test_every_table_and_every_column_with_personal_data_is_declared():
    assert real_faults(REGISTRY) == []


@pytest.mark.either_database
@pytest.mark.django_db
def test_a_declaration_that_is_removed_is_missed():
    tables = {one.table for one in REGISTRY.personal}
    tables |= {one.table for one in REGISTRY.others if not one.may_be_absent}
    for table in tables:
        missed = real_faults(REGISTRY.without(table))
        assert any(table in fault and "not declared" in fault for fault in missed), table


@pytest.mark.promise("P10")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_declaration_says_how_long_and_from_when(language: str):
    with translation.override(language):
        assert all(str(one.retention) for one in REGISTRY.personal)
    timed = [one.retention for one in REGISTRY.personal if one.retention.period is not None]
    assert timed
    assert all(str(rule.fact or rule.instead) for rule in timed)


@pytest.mark.promise("P12")
def test_what_the_statement_names_can_be_stored_and_is_shown():
    shown = {
        name for one in REGISTRY.personal if "accounts.Person" in one.table for name in one.shown
    }
    named = {"first_name", "last_name", "title__code", "organisation", "street", "city", "phone"}
    assert named | {"email", "invoice_name", "invoice_street"} <= shown


# --- What is refused -----------------------------------------------------------------------------


def test_a_good_declaration_has_no_fault():
    assert faults_of(OptOut, personal=[OPT_OUT], tables=["consent_optout"]) == ""


def test_a_model_that_nobody_declared_is_refused():
    assert "consent.OptOut is not declared" in faults_of(OptOut)


def test_a_table_without_a_model_that_nobody_declared_is_refused():
    assert "old_leads has no model" in faults_of(tables=["old_leads"])
    declared = NotPersonal(table="old_leads", reason="Totals.")
    assert faults_of(others=[declared], tables=["old_leads"]) == ""


def test_a_declared_model_that_is_gone_is_refused():
    assert "no such model" in faults_of(personal=[OPT_OUT])
    declared = NotPersonal(table="home.Gone", reason="Texts.")
    assert "no such model" in faults_of(others=[declared])
    assert faults_of(others=[replace(declared, may_be_absent=True)]) == ""


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"internal": ()}, "OptOut.user is neither shown nor internal"),
        ({"shown": {}}, "OptOut.since is neither shown nor internal"),
        ({"internal": ("user", "shoe_size")}, "shoe_size is declared, but there is no such column"),
        ({"shown": {"since": "", "hat": ""}}, "hat is shown, but there is no such column"),
        ({"shown": {"since": "", "user__hat": ""}}, "user__hat is shown"),
        ({"shown": {"since": "", "user__password": ""}}, "user__password looks like a secret"),
        ({"owners": ()}, "does not say whose data it is"),
        ({"owners": (Path("user"),)}, "user does not lead to a person"),
        ({"owners": (Path("user__friend"),)}, "user__friend does not lead to a person"),
        ({"owners": (Address(field="email"),)}, "no column email"),
        ({"title": " "}, "has no title"),
        ({"purpose": ""}, "has no purpose"),
        ({"retention": replace(MONTHLY, fields=("said_at",))}, "'said_at'"),
        ({"retention": replace(MONTHLY, fields=("user",))}, "'user'"),
        ({"retention": Retention(period=MONTH, fields=("since",))}, "runs from no fact"),
        ({"erasure": Anonymise({"hat": ""})}, "hat is to be anonymised"),
        ({"erasure": Keep(until=Retention(), ground="")}, "without a ground"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(changes: dict[str, Any], fault: str):
    assert fault in faults_with(**changes)


@pytest.mark.parametrize(
    ("freeze_it", "changes", "fault"),
    [
        (freeze("t"), {}, "frozen for ever, and its rows are to be deleted"),
        (freeze("t", deletable=True), {}, ""),
        (freeze("t", deletable_after="since"), {}, ""),
        (
            freeze("t"),
            {"erasure": Keep(until=MONTHLY, ground="Law."), "retention": MONTHLY},
            "frozen for ever, and its rows are to be deleted",
        ),
        (freeze("t"), {"erasure": Keep(until=Retention(), ground="Law.")}, ""),
        (freeze("t", deletable_after="since"), {"retention": UNTIL_THEN}, "has to keep it"),
        (
            freeze("t", deletable_after="since"),
            {"erasure": Keep(until=UNTIL_THEN, ground="Law."), "retention": UNTIL_THEN},
            "",
        ),
        (freeze("t", deletable_after="other"), {"retention": MONTHLY}, "its retention ends"),
        (freeze("t"), {"erasure": Anonymise({"since": None})}, "since is frozen"),
        (freeze("t", lets_go=("since",)), {"erasure": Anonymise({"since": None})}, ""),
        (freeze("t", lets_go=("since",)), {"erasure": Anonymise({"since": ""})}, "since is frozen"),
    ],
)
def test_a_table_that_is_frozen_against_its_retention_is_refused(
    freeze_it: Freeze, changes: dict[str, Any], fault: str
):
    found = faults_with(freeze_it, **changes)
    assert fault in found
    assert bool(found) == bool(fault), found


def test_facts_are_frozen_and_let_go_of_what_was_agreed():
    """Whether a row may go at any moment, or after which one, and what it forgets."""
    told = {
        table: (one.deletable, one.deletable_after, one.lets_go)
        for table, one in all_frozen().items()
    }
    assert told == {
        "accounts_claimdecision": (False, "decided_at", ()),
        "attendance_attendancestep": (True, "", ("by_id",)),
        "attendance_earnedhours": (True, "", ()),
        "attendance_mark": (True, "", ("by_id",)),
        "certificates_certificatestep": (True, "", ("by_id",)),
        "consent_choice": (False, "kept_until", ()),
        "consent_question": (False, "", ()),
        "enrolments_billingexport": (False, "kept_until", ("by_id",)),
        "enrolments_billingline": (False, "kept_until", ("enrolment_id",)),
        "materials_handedout": (True, "", ()),
        "newsletter_mailingtext": (True, "", ()),
        "newsletter_subscriptionstep": (False, "at", ("by_id",)),
        "rights_disclosure": (True, "", ()),
        "statements_edition": (False, "", ()),
        "statements_versioninforce": (False, "", ()),
    }


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Retention(period=MONTH, fact="it was said"), "nothing purges it"),
        (Retention(period=MONTH, instead="for %(period)s"), "nothing purges it"),
        (Retention(instead="thirty days at most"), "a period in words"),
        (Retention(instead="until 30 of them"), "a period in words"),
        (Retention(instead="a week"), "a period in words"),
        (Retention(instead="as long as you like"), ""),
        (replace(MONTHLY, fields=(), goes_with="since"), "nothing purges it"),
        (replace(MONTHLY, fields=(), goes_with="user"), "does not take it along"),
        (MONTHLY, ""),
    ],
)
def test_a_period_without_a_job_is_refused(rule: Retention, fault: str):
    found = faults_with(retention=rule)
    assert fault in found
    assert bool(found) == bool(fault), found


def test_a_period_of_what_is_not_personal_needs_a_job_too():
    rule = Retention(period=MONTH, fact="it was said")
    declared = NotPersonal(table="consent.Choice", reason="No one.", retention=rule)
    assert "nothing purges it" in faults_of(Choice, others=[declared])


def test_what_goes_with_a_row_that_is_purged_has_its_job():
    logins = replace(OPT_OUT, table="accounts.User", owners=(Path("person"),), retention=MONTHLY)
    opt_outs = replace(OPT_OUT, retention=replace(MONTHLY, fields=(), goes_with="user"))
    assert "take it along" not in faults_of(OptOut, User, personal=[logins, opt_outs])


def test_rows_that_end_in_two_ways_are_refused():
    one = replace(OPT_OUT, retention=MONTHLY)
    for ending, is_fault in ((Delete(), False), (WholePerson(), True)):
        found = faults_of(OptOut, personal=[one, replace(one, shown={}, at_end=ending)])
        assert ("end in two ways" in found) == is_fault


def test_a_key_that_holds_on_to_what_is_to_be_deleted_is_refused():
    people = replace(OPT_OUT, table="accounts.Person", owners=(Path("pk"),))
    holds = "accounts.User.person holds on to accounts.Person"
    assert holds in faults_of(Person, User, personal=[people])
    logins = replace(OPT_OUT, table="accounts.User", owners=(Path("person"),))
    assert holds not in faults_of(Person, User, personal=[people, logins])
    for erasure in (Keep(until=Retention(), ground="Law."), Anonymise({"email": ""})):
        kept = replace(logins, erasure=erasure)
        assert holds in faults_of(Person, User, personal=[people, kept])
    let_be = replace(people, erasure=Delete(where_held=Anonymise({"email": ""})))
    assert holds not in faults_of(Person, User, personal=[let_be])


def test_a_key_to_a_person_without_a_rule_for_claims_is_refused():
    """Also to a row that leads to one; what hangs on a login needs none."""
    models = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    for label in MOVERS:
        found = list(faults_of_claims(models, MOVERS.keys() - {label}))
        assert any(fault.startswith(label) for fault in found), label


def test_what_is_said_twice_is_refused():
    assert "shown 2 times" in faults_of(OptOut, personal=[OPT_OUT, OPT_OUT])
    other = NotPersonal(table="consent.OptOut", reason="Texts.")
    twice = faults_of(OptOut, personal=[OPT_OUT], others=[other])
    assert "as personal and as not personal" in twice


@pytest.mark.parametrize(
    ("model", "column"), [(Title, "name"), (Registration, "user"), (User, "email")]
)
def test_a_column_that_looks_personal_needs_an_excuse(model: Any, column: str):
    declared = NotPersonal(table=model._meta.label, reason="Texts.")
    assert f"{column} looks personal" in faults_of(model, others=[declared])
    looks = tuple(field.name for field in model._meta.concrete_fields)
    excused = faults_of(model, others=[replace(declared, despite=looks)])
    assert "looks personal" not in excused


def test_an_excuse_for_nothing_is_refused():
    declared = NotPersonal(table="consent.Choice", reason="No one.", despite=("email",))
    assert "email is excused for nothing" in faults_of(Choice, others=[declared])


def test_a_table_that_is_not_personal_says_why():
    declared = NotPersonal(table="consent.Group", reason=" ", despite=("name_en",))
    assert "but why?" in faults_of(Group, others=[declared])


# --- What it says --------------------------------------------------------------------------------


def test_a_retention_says_how_long_after_what():
    rule = Retention(period=2 * YEAR, fact="your last letter", fields=("sent_at",))
    with translation.override("en"):
        assert str(rule) == "2 years after your last letter"
        assert str(Retention()) == "as long as you have an account"


@pytest.mark.promise("P10")
def test_the_retention_table_covers_every_declaration():
    with translation.override("en"):
        rows = retention_table().rows
        told = [one for one in REGISTRY.personal if not one.group.is_for_staff]
        titles = {str(one.title) for one in told}
    assert all(len(row) == 4 and all(row) for row in rows)
    staff = {str(one.title) for one in REGISTRY.personal} - titles
    shown = {title for row in rows for title in row[0].partition(": ")[2].split("; ")}
    assert titles <= shown
    assert not staff & shown, "what is only about who works on the site"


def test_editors_are_offered_the_retention_table():
    assert "retention" in dict(table_choices())


@pytest.mark.either_database
@pytest.mark.django_db
def test_the_retention_table_is_frozen_into_an_edition(visitor: Client):
    today = days_from_now(0)
    place = {"type": "registry_table", "value": {"table": "retention"}}
    pages = write_version(today, languages=["nl"], body=[*text_of("nl"), place])
    key = pages["nl"].translation_key
    write_version(today, languages=["en"], body=[*text_of("en"), place], translation_key=key)
    editions = put_in_force(page=pages["nl"], by=None)
    with translation.override("nl"):
        rows = retention_table().rows
    dutch = next(edition for edition in editions if edition.language == "nl")
    assert dutch.tables["retention"]["rows"] == rows
    assert rows[0][3] in visitor.get("/privacyverklaring/").text


# --- What has run out ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.promise("P10")
def test_counters_per_network_address_go_when_they_have_run_out(fresh_cache):
    shared_cache.set("allauth:rl:login:ip:203.0.113.9", [1.0], timeout=60)
    shared_cache.set("generation", "peer", timeout=None)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert [str(purged) for purged in purge(short_lived=True)] == ["pluc_cache 1"]
        assert purge(short_lived=True) == []
    assert shared_cache.get("generation") == "peer"
