"""Frozen tables: editions, questions and answers cannot be changed (STANDARDS 4.1, 1.10)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from legal.consent.models import Choice, Question
from legal.consent.services import record_choice
from legal.rights.services import purge
from legal.statements.models import Edition

pytestmark = pytest.mark.django_db

FROZEN = ["statements_edition", "consent_question", "consent_choice"]
# A column of each table that holds a text.
COLUMN = {
    "statements_edition": "title",
    "consent_question": "text_hash",
    "consent_choice": "revision",
}


@pytest.fixture
def rows(second: dict[str, Edition], question: Question) -> dict[str, models.Model]:
    """A row of each frozen table."""
    choice = record_choice(answers={"analytics": True}, question=question, how=Choice.How.BAR)
    return {
        "statements_edition": second["nl"],
        "consent_question": question,
        "consent_choice": choice,
    }


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(action) -> None:
    """Whether the database refuses, and leaves the row as it was."""
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        action()


def stored(row: models.Model) -> dict[str, object]:
    values = type(row)._default_manager.filter(pk=row.pk).values().get()
    return {name: bytes(v) if isinstance(v, memoryview) else v for name, v in values.items()}


@pytest.fixture(params=FROZEN)
def row(request: pytest.FixtureRequest, rows: dict[str, models.Model]) -> models.Model:
    return rows[request.param]


def save(row: models.Model) -> None:
    setattr(row, COLUMN[row._meta.db_table], "anders")
    row.save()


def update(row: models.Model) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{COLUMN[row._meta.db_table]: "anders"})


def bulk_update(row: models.Model) -> None:
    column = COLUMN[row._meta.db_table]
    setattr(row, column, "anders")
    type(row)._default_manager.bulk_update([row], [column])


def upsert(row: models.Model) -> None:
    column = COLUMN[row._meta.db_table]
    setattr(row, column, "anders")
    type(row)._default_manager.bulk_create(
        [row], update_conflicts=True, update_fields=[column], unique_fields=["id"]
    )


def raw_update(row: models.Model) -> None:
    table = row._meta.db_table
    run(f"UPDATE {table} SET {COLUMN[table]} = 'anders' WHERE id = %s", row.pk)


def raw_update_of_all(row: models.Model) -> None:
    run(f"UPDATE {row._meta.db_table} SET id = id + 1000")


CHANGES = [save, update, bulk_update, upsert, raw_update, raw_update_of_all]


@pytest.mark.promise("P39")
@pytest.mark.parametrize("change", CHANGES)
def test_a_frozen_row_cannot_be_changed(row: models.Model, change):
    before = stored(row)
    refused(lambda: change(row))
    assert stored(row) == before


def delete(row: models.Model) -> None:
    type(row)._default_manager.get(pk=row.pk).delete()


def delete_all(row: models.Model) -> None:
    type(row)._default_manager.all().delete()


def delete_fast(row: models.Model) -> None:
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows._raw_delete(rows.db)


def raw_delete(row: models.Model) -> None:
    run(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


def raw_delete_of_all(row: models.Model) -> None:
    run(f"DELETE FROM {row._meta.db_table}")


DELETIONS = [delete, delete_all, delete_fast, raw_delete, raw_delete_of_all]


@pytest.mark.promise("P39")
@pytest.mark.parametrize("deletion", DELETIONS)
def test_a_frozen_row_cannot_be_deleted(row: models.Model, deletion):
    before = stored(row)
    refused(lambda: deletion(row))
    assert stored(row) == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE")
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
def test_sqlites_replace_does_not_go_around_it(row: models.Model, verb: str):
    before = stored(row)
    table, column = row._meta.db_table, COLUMN[row._meta.db_table]
    names = [field.column for field in row._meta.local_fields]
    values = ", ".join("'anders'" if name == column else name for name in names)
    sql = f"{verb} INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE id = %s"
    refused(lambda: run(sql, row.pk))
    assert stored(row) == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE")
def test_sqlites_replace_does_not_go_around_it_by_version_and_language(rows):
    names = [f.column for f in Edition._meta.local_fields]
    values = ", ".join({"id": "id + 1000", "title": "'anders'"}.get(n, n) for n in names)
    into = f"statements_edition ({', '.join(names)})"
    sql = f"REPLACE INTO {into} SELECT {values} FROM statements_edition"
    refused(lambda: run(sql))
    assert not Edition.objects.filter(title="anders").exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("how", ["", "CASCADE", "RESTART IDENTITY"])
def test_a_frozen_table_cannot_be_truncated(row: models.Model, how: str):
    # A table that others refer to is refused before our trigger is asked, but with CASCADE.
    with pytest.raises(DatabaseError, match=r"is frozen|referenced"), transaction.atomic():
        run(f"TRUNCATE {row._meta.db_table} {how}")
    assert stored(row)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has roles for it")
def test_a_replicas_role_does_not_go_around_it(row: models.Model):
    run("SET LOCAL session_replication_role = 'replica'")
    refused(lambda: raw_update(row))
    refused(lambda: raw_delete(row))


def test_a_frozen_table_takes_new_rows(rows, question: Question):
    record_choice(answers={"analytics": False}, question=question, how=Choice.How.PAGE)
    assert Choice.objects.count() == 2


def old_choice(question: Question, **age: int) -> Choice:
    """An answer whose time has been over for so long."""
    return Choice.objects.create(
        consent_id="0" * 32,
        groups={"analytics": True},
        text_hash=question.text_hash,
        revision=question.revision,
        how=Choice.How.BAR,
        kept_until=timezone.now() - timedelta(**age),
    )


@pytest.mark.promise("P10")
@pytest.mark.parametrize("age", [{"days": 1}, {"seconds": 1}, {"milliseconds": 20}])
def test_an_answer_goes_when_its_time_is_over(question: Question, rows, age: dict[str, int]):
    old = old_choice(question, **age)
    assert [str(purged) for purged in purge()] == ["consent.Choice 1"]
    assert not Choice.objects.filter(pk=old.pk).exists()
    assert Choice.objects.filter(pk=rows["consent_choice"].pk).exists()
    assert purge() == []


def test_an_answer_whose_time_is_over_can_still_not_be_changed(question: Question):
    refused(lambda: raw_update(old_choice(question, days=1)))


def test_an_answer_is_kept_for_three_years(rows):
    choice = rows["consent_choice"]
    assert (choice.kept_until - choice.made_at).days in {3 * 365 - 1, 3 * 365}
