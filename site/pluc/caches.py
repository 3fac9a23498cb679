"""Django's cache in the database, which here raises errors instead of hiding them."""

import base64
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends import db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import connections, router
from django.utils import timezone

# In one statement, so that the database decides between two who write at once.
SET = """INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s)
    ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"""
ADD = SET + " WHERE {table}.expires < %s"
NEVER = datetime.max.replace(tzinfo=UTC)
TOUCH = "UPDATE {table} SET expires = %s WHERE cache_key = %s"


class DatabaseCache(db.DatabaseCache):
    """Raises `DatabaseError` where nothing can be written, and never writes when it is read.

    Django's own takes a failure for "somebody else was first". A rate limit would then refuse a
    person (429) where it is we who cannot count (`docs/decisions/0019`).
    """

    _table: str
    _cull: Callable[[str, Any, datetime, int], None]

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Writes a row: `mode` is "set", "add" or "touch". Returns whether a row changed."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        adapt = connection.ops.adapt_datetimefield_value
        seconds = self.get_backend_timeout(timeout)
        end = NEVER if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
        expires, now = adapt(end.replace(microsecond=0)), timezone.now().replace(microsecond=0)
        table = connection.ops.quote_name(self._table)
        with connection.cursor() as cursor:
            if mode == "touch":
                cursor.execute(TOUCH.format(table=table), [expires, key])
                return bool(cursor.rowcount)
            self.make_room(cursor, table, now)
            stored = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1")
            if mode == "set":
                cursor.execute(SET.format(table=table), [key, stored, expires])
            else:
                cursor.execute(ADD.format(table=table), [key, stored, expires, adapt(now)])
            return bool(cursor.rowcount)

    def make_room(self, cursor: Any, table: str, now: datetime) -> None:
        """Drops rows once there are more than `MAX_ENTRIES`, as Django does."""
        cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608  our own name
        number = cursor.fetchone()[0]
        if number > self._max_entries:
            self._cull(router.db_for_write(self.cache_model_class), cursor, now, number)

    def _base_delete_many(self, keys: list[str]) -> bool:
        """Deletes nothing: Django calls it while reading. An hourly task deletes expired rows."""
        return False

    def delete(self, key: str, version: int | None = None) -> bool:
        key = self.make_and_validate_key(key, version=version)
        return self.delete_rows([key])

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self.delete_rows([self.make_and_validate_key(key, version=version) for key in keys])

    def delete_rows(self, keys: list[str]) -> bool:
        """Deletes rows by key; returns whether there were any."""
        deleted: bool = super()._base_delete_many(keys)  # type: ignore[misc]  # Django's own
        return deleted
