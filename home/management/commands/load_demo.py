"""Fills an empty installation with the demo (CONTRACT, Demo content)."""

from typing import Any

from django.core.management import BaseCommand

from home.demo.load import load


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        load()
        self.stdout.write("The demo content is loaded.")
