"""Rows that nothing may change: triggers for both databases, as a migration operation.

Facts are appended, not edited (DESIGN, "Ideas that carry the whole"). The database refuses what
code should not try: ORM, raw SQL and the database's own console alike.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

SQLITE = """
CREATE TRIGGER {table}_frozen_{event} BEFORE {event} ON {table} {condition}
BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is frozen' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL_ROW = """
CREATE TRIGGER {table}_frozen_{event} BEFORE {event} ON {table}
FOR EACH ROW {condition} EXECUTE FUNCTION {table}_frozen()
"""
POSTGRESQL_TRUNCATE = """
CREATE TRIGGER {table}_frozen_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_frozen()
"""


def statements(vendor: str, table: str, deletable_after: str) -> list[str]:
    """The SQL that freezes a table.

    `deletable_after` names a column of dates after which a row may go (but not change); empty
    for rows that stay for ever.
    """
    if vendor == "sqlite":
        age = f"WHEN OLD.{deletable_after} > datetime('now')" if deletable_after else ""
        return [
            SQLITE.format(table=table, event="update", condition=""),
            SQLITE.format(table=table, event="delete", condition=age),
        ]
    age = f"WHEN (OLD.{deletable_after} > now())" if deletable_after else ""
    return [
        POSTGRESQL_FUNCTION.format(table=table),
        POSTGRESQL_ROW.format(table=table, event="update", condition=""),
        POSTGRESQL_ROW.format(table=table, event="delete", condition=age),
        POSTGRESQL_TRUNCATE.format(table=table),
    ]


def freeze(table: str, *, deletable_after: str = "") -> RunPython:
    """A migration operation that freezes the rows of `table` (see `statements`)."""

    def apply(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for sql in statements(schema_editor.connection.vendor, table, deletable_after):
            schema_editor.execute(sql)

    return RunPython(apply, RunPython.noop)
