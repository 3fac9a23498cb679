"""`manage.py purge [--dry-run]`: what the worker does each night, and what it would do now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from legal.rights.services import purge


class Command(BaseCommand):
    help = "Deletes or anonymises what is past its time, as the registry declares it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for purged in purge(dry_run=dry_run):
            self.stdout.write(f"{purged.number:7} {purged.one.table}: {purged.one.retention}")
