"""Serves site, portal, staff screens and worker in the foreground, as production does."""

import gc
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.db import connections
from django.urls import get_resolver
from django_q.tasks import async_task

from pluc.checks import TAG
from pluc.links import portal_origin
from pluc.preparation import prepare
from pluc.serving.processes import Family
from pluc.serving.server import listen, serve
from pluc.start import one_line


def serve_web(listener: socket.socket) -> None:
    """One web process, with one thread for requests (docs/decisions/0014)."""
    from pluc.wsgi import application

    serve(application, listener)


def serve_web_in_development() -> None:
    """Django's own server as a program of its own: it restarts itself when a file changes."""
    address = f"{settings.BIND}:{settings.PORT}"
    program = [sys.executable, "manage.py", "runserver", address]
    subprocess.run(program, check=True)  # noqa: S603  our own


def serve_tasks(listener: socket.socket) -> None:
    """The worker."""
    listener.close()  # or the port would stay open for as long as a task takes
    call_command("qcluster", verbosity=0)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = [TAG]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="start empty")
        parser.add_argument("--dev", action="store_true", help="reload on change")

    def handle(self, *args: Any, no_demo: bool, dev: bool, **options: Any) -> None:
        listener = listen(settings.BIND, settings.PORT)
        prepare()
        with one_line():
            if not (no_demo or settings.HTTPS or get_user_model().objects.exists()):
                self.stdout.write("First run: loading the demo content.")
                call_command("load_demo", verbosity=0)
            async_task("pluc.health.beat")  # ready at once, not at the first minute
            self.announce()
        get_resolver().url_patterns  # noqa: B018  loads all code once, before the processes part
        gc.collect()
        gc.freeze()  # what stays is looked through for cycles no more, in no process
        connections.close_all()
        sys.exit(Family(processes(listener, dev=dev), on_stop=listener.close).run())

    def announce(self) -> None:
        self.stdout.write(f"\n  {settings.PRODUCT}")
        self.stdout.write(f"  site    {settings.SITE_URL}/")
        self.stdout.write(f"  portal  {settings.PORTAL_URL}/")
        self.stdout.write(f"  staff   {portal_origin()}/beheer/")
        demo = get_user_model().objects.filter(email__iendswith=settings.DEMO_DOMAIN)
        if not settings.HTTPS and demo.exists():
            self.stdout.write(f"\n  Demo accounts, all with the password {settings.DEMO_PASSWORD}:")
            for user in demo.order_by("pk"):
                self.stdout.write(f"    {user.email}")
        self.stdout.write("\n  Ctrl-C stops everything.\n")
        self.stdout.flush()


def processes(listener: socket.socket, *, dev: bool) -> dict[str, Callable[[], None]]:
    """The processes to run, by name. All web processes accept connections from one listener."""
    worker: dict[str, Callable[[], None]] = {"worker": partial(serve_tasks, listener)}
    if dev:
        listener.close()
        return {"web": serve_web_in_development} | worker
    numbers = range(1, settings.WEB_WORKERS + 1)
    names = [f"web {number}" for number in numbers] if settings.WEB_WORKERS > 1 else ["web"]
    return dict.fromkeys(names, partial(serve_web, listener)) | worker
