#!/usr/bin/env python3
"""Django's command line, with the two source roots on the path: this folder and `site/`."""

import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# New objects after which Python looks for some that hold each other and nobody else (usually 700):
# most of what a command makes stays, and looking anew each time is a seventh of `migrate`.
LOOKED_THROUGH_AFTER = 50_000


def main() -> None:
    gc.set_threshold(LOOKED_THROUGH_AFTER)
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluc.settings")

    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018  reading any setting loads them all
    except ImproperlyConfigured as error:
        sys.exit(f"PLUC! cannot start: {error}")

    from pluc.outages import outage

    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        if why := outage(error):
            sys.exit(f"PLUC! cannot go on: {why}.")
        raise


if __name__ == "__main__":
    main()
