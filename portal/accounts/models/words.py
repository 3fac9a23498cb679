"""The words that people are found by (`portal.accounts.search`)."""

from typing import Any

from django.db import models

from portal.accounts.models.people import Person


class WordField(models.CharField):  # type: ignore[type-arg]  # takes none when it runs
    """A word that is looked up by its beginning."""


@WordField.register_lookup
class Begins(models.Lookup):
    """`word__begins="jan"`, by the index on either database, which `startswith` is not on SQLite.

    SQLite compares letters by their numbers, so that words that begin alike stand together.
    """

    lookup_name = "begins"
    LAST = "\U0010ffff"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [
            *params,
            self.rhs,
            *params,
            self.rhs + self.LAST,
        ]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", [*params, f"{connection.ops.prep_for_like_query(self.rhs)}%"]


class PersonWord(models.Model):
    """A word that a person is found by (`portal.accounts.search`), made from their own row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = WordField(max_length=60, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "word"], name="accounts_person_word_once")
        ]

    def __str__(self) -> str:
        return self.word
