"""Site, portal, staff screens and worker, in the foreground, as production would."""

import ctypes
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.db import connections
from django.urls import get_resolver
from django_q.tasks import async_task

from pluc.checks import TAG
from pluc.links import portal_origin
from pluc.preparation import prepare, require_free_port
from pluc.start import one_line

PR_SET_PDEATHSIG = 1
PATIENCE = 20  # seconds for requests and tasks in hand to end well


def serve_web() -> None:
    """Granian, with one blocking thread a worker (DESIGN, Components)."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "pluc.wsgi:application",
        address=settings.BIND,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WEB_WORKERS,
        blocking_threads=1,
        log_level=LogLevels.warning,
    )
    server.serve()


def serve_web_in_development() -> None:
    """Django's own server: reloads when a file changes."""
    call_command("runserver", f"{settings.BIND}:{settings.PORT}", use_reloader=False)


def serve_tasks() -> None:
    call_command("qcluster", verbosity=0)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = [TAG]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="start empty")
        parser.add_argument("--dev", action="store_true", help="reload on change")

    def handle(self, *args: Any, no_demo: bool, dev: bool, **options: Any) -> None:
        require_free_port(settings.BIND, settings.PORT)
        prepare()
        with one_line():
            if not (no_demo or settings.HTTPS or get_user_model().objects.exists()):
                self.stdout.write("First run: loading the demo content.")
                call_command("load_demo", verbosity=0)
            async_task("pluc.health.beat")  # ready at once, not at the first minute
            self.announce()
        web = serve_web_in_development if dev else serve_web
        sys.exit(run_together([web, serve_tasks]))

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


def run_together(targets: list[Callable[[], None]]) -> int:
    """Runs each target in a process of its own until one ends or we are told to stop.

    Returns the exit status: 0 after a signal, 1 when a process ended by itself.
    """
    get_resolver().url_patterns  # noqa: B018  loads all code once, before the processes part
    connections.close_all()
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=run_apart, args=[target]) for target in targets]
    for process in processes:
        process.start()
    told_to_stop = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal told_to_stop
        told_to_stop = True
        end(processes, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    multiprocessing.connection.wait([process.sentinel for process in processes])
    end(processes, signal.SIGTERM)
    for process in processes:
        process.join(PATIENCE)
    end(processes, signal.SIGKILL)
    return 0 if told_to_stop else 1


def run_apart(target: Callable[[], None]) -> None:
    """Runs a target in a process group of its own, so that Ctrl-C reaches our parent alone."""
    os.setpgid(0, 0)
    end_with_parent()
    target()


def end_with_parent() -> None:
    """Has this process told to stop when its parent is killed outright (Linux, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(processes: list[ForkProcess], signal_number: signal.Signals) -> None:
    """Signals every process that still runs; the last signal goes to its descendants as well."""
    for process in processes:
        if process.pid and process.is_alive():
            send = os.killpg if signal_number == signal.SIGKILL else os.kill
            send(process.pid, signal_number)
