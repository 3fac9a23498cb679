"""Frozen tables: triggers that refuse changes of rows, as a migration operation.

Facts are appended, not edited (DESIGN, idea 4). The database refuses what
code should not try: ORM, raw SQL and the database's own console alike.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState, StateApps

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


EVENTS = ("update", "delete", "insert", "truncate")


class OnTriggers(RunPython):
    """A migration operation on a table's triggers.

    It asks for no models: Django would make all of them first, which takes long.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.code(StateApps([], {}), schema_editor)


class Freeze(OnTriggers):
    """A migration operation that freezes the rows of a table; `freeze` says how."""

    def __init__(
        self, table: str, *, deletable: bool, deletable_after: str, lets_go: tuple[str, ...]
    ) -> None:
        super().__init__(self.apply, RunPython.noop)
        self.table, self.deletable = table, deletable
        self.deletable_after, self.lets_go = deletable_after, lets_go

    @property
    def is_for_ever(self) -> bool:
        return not (self.deletable or self.deletable_after)

    def apply(self, apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        commands = self.sqlite(schema_editor) if is_sqlite else self.postgresql(schema_editor)
        for sql in commands:
            # Without parameters: a `%` is no placeholder.
            schema_editor.execute(sql, params=None)

    def sqlite(self, editor: BaseDatabaseSchemaEditor) -> list[str]:
        now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"  # as Django writes a moment
        age = f"WHEN OLD.{self.deletable_after} > {now}" if self.deletable_after else ""
        keys = unique_columns(editor, self.table)
        same = (" AND ".join(f"{name} = NEW.{name}" for name in names) for names in keys)
        in_the_way = SQLITE_IN_THE_WAY.format(table=self.table, is_same=" OR ".join(same))
        conditions = {"update": self.unless_let_go(editor), "delete": age, "insert": in_the_way}
        if self.deletable:
            del conditions["delete"]
        return [
            SQLITE.format(table=self.table, event=event, condition=condition)
            for event, condition in conditions.items()
        ]

    def postgresql(self, editor: BaseDatabaseSchemaEditor) -> list[str]:
        age = (
            f"WHEN (OLD.{self.deletable_after} > clock_timestamp())" if self.deletable_after else ""
        )
        rows = {"update": self.unless_let_go(editor), "delete": age}
        if self.deletable:
            del rows["delete"]
        return [
            POSTGRESQL_FUNCTION.format(table=self.table),
            *(
                POSTGRESQL_ROW.format(table=self.table, event=event, condition=condition)
                for event, condition in rows.items()
            ),
            POSTGRESQL_TRUNCATE.format(table=self.table),
            *(
                POSTGRESQL_ALWAYS.format(table=self.table, event=event)
                for event in (*rows, "truncate")
            ),
        ]

    def unless_let_go(self, editor: BaseDatabaseSchemaEditor) -> str:
        """The condition of the trigger for updates: all but emptying columns of `lets_go`."""
        if not self.lets_go:
            return ""
        same = "IS" if editor.connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
        stays = [
            f"NEW.{name} {same} OLD.{name}"
            for name in columns(editor, self.table)
            if name not in self.lets_go
        ]
        goes = [f"(NEW.{name} IS NULL OR NEW.{name} {same} OLD.{name})" for name in self.lets_go]
        emptied = " OR ".join(f"(NEW.{n} IS NULL AND OLD.{n} IS NOT NULL)" for n in self.lets_go)
        return f"WHEN (NOT ({' AND '.join([*stays, *goes, f'({emptied})'])}))"


def columns(editor: BaseDatabaseSchemaEditor, table: str) -> list[str]:
    with editor.connection.cursor() as cursor:
        found = editor.connection.introspection.get_table_description(cursor, table)
    return [column.name for column in found]


def unique_columns(editor: BaseDatabaseSchemaEditor, table: str) -> list[list[str]]:
    """The columns of each key and unique constraint of a table."""
    with editor.connection.cursor() as cursor:
        constraints = editor.connection.introspection.get_constraints(cursor, table)
    keys = (found for found in constraints.values() if found["unique"] or found["primary_key"])
    return [found["columns"] for found in keys]


def freeze(
    table: str,
    *,
    deletable: bool = False,
    deletable_after: str = "",
    lets_go: tuple[str, ...] = (),
) -> Freeze:
    """A migration operation that freezes the rows of `table`.

    `deletable`: a row may go at any moment, but not change. `deletable_after` names a column of
    moments after which it may. Without either it stays for ever. `lets_go` names columns that may
    be emptied: a key to a row that goes. On SQLite the triggers go when Django remakes the table.
    """
    return Freeze(table, deletable=deletable, deletable_after=deletable_after, lets_go=lets_go)


class Thaw(OnTriggers):
    """A migration operation that takes the triggers of a table away."""

    def __init__(self, table: str) -> None:
        super().__init__(self.apply, RunPython.noop)
        self.table = table

    def apply(self, apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in EVENTS:
            name = f"{self.table}_frozen_{event}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


def thaw(table: str) -> Thaw:
    """A migration operation that thaws `table`: to alter it and freeze it, or to let it go."""
    return Thaw(table)


def frozen_tables() -> dict[str, Freeze]:
    """How each frozen table is frozen, by the last migration that says so; one thawed is none."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    plan: list[Any] = loader.graph.leaf_nodes()
    ordered = dict.fromkeys(node for leaf in plan for node in loader.graph.forwards_plan(leaf))
    operations = [one for node in ordered for one in loader.graph.nodes[node].operations]
    last = {one.table: one for one in operations if isinstance(one, Freeze | Thaw)}
    return {table: one for table, one in last.items() if isinstance(one, Freeze)}
