"""Frozen tables: triggers that refuse changes of rows, as a migration operation.

Facts are appended, not edited (DESIGN, idea 4). The database refuses what
code should not try: ORM, raw SQL and the database's own console alike.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

SQLITE = """
CREATE TRIGGER {table}_frozen_{event} BEFORE {event} ON {table} {condition}
BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END
"""
# REPLACE deletes the row in its way without asking the trigger for deletions.
SQLITE_IN_THE_WAY = "WHEN EXISTS (SELECT 1 FROM {table} WHERE {is_same})"
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


# Without it, a session in the role of a replica passes the triggers by.
POSTGRESQL_ALWAYS = "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_frozen_{event}"


def sqlite_statements(table: str, keys: list[list[str]], deletable_after: str) -> list[str]:
    """The SQL that freezes a table in SQLite; `keys` are its unique columns, the id among them."""
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"  # as Django writes a moment, to the millisecond
    age = f"WHEN OLD.{deletable_after} > {now}" if deletable_after else ""
    same = (" AND ".join(f"{name} = NEW.{name}" for name in names) for names in keys)
    in_the_way = SQLITE_IN_THE_WAY.format(table=table, is_same=" OR ".join(same))
    return [
        SQLITE.format(table=table, event="update", condition=""),
        SQLITE.format(table=table, event="delete", condition=age),
        SQLITE.format(table=table, event="insert", condition=in_the_way),
    ]


def postgresql_statements(table: str, deletable_after: str) -> list[str]:
    """The SQL that freezes a table in PostgreSQL."""
    age = f"WHEN (OLD.{deletable_after} > now())" if deletable_after else ""
    events = ("update", "delete", "truncate")
    return [
        POSTGRESQL_FUNCTION.format(table=table),
        POSTGRESQL_ROW.format(table=table, event="update", condition=""),
        POSTGRESQL_ROW.format(table=table, event="delete", condition=age),
        POSTGRESQL_TRUNCATE.format(table=table),
        *(POSTGRESQL_ALWAYS.format(table=table, event=event) for event in events),
    ]


def unique_columns(editor: BaseDatabaseSchemaEditor, table: str) -> list[list[str]]:
    """The columns of each key and unique constraint of a table."""
    with editor.connection.cursor() as cursor:
        constraints = editor.connection.introspection.get_constraints(cursor, table)
    keys = (found for found in constraints.values() if found["unique"] or found["primary_key"])
    return [found["columns"] for found in keys]


def freeze(table: str, *, deletable_after: str = "") -> RunPython:
    """A migration operation that freezes the rows of `table`.

    `deletable_after` names a column of moments after which a row may go (but not change); empty
    for rows that stay for ever.
    """

    def apply(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            keys = unique_columns(schema_editor, table)
            commands = sqlite_statements(table, keys, deletable_after)
        else:
            commands = postgresql_statements(table, deletable_after)
        for sql in commands:
            # Without parameters: a `%` is no placeholder.
            schema_editor.execute(sql, params=None)

    return RunPython(apply, RunPython.noop)
