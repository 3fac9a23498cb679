"""Servers to measure: each one ours (`pluc.serving`), one process with one thread, debug off."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
urlpatterns = [path("<int:size>/", lambda request, size: HttpResponse(b"x" * size))]
application = get_wsgi_application()
"""
BARE_JSON = """
import django
import json
from pathlib import Path
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path

settings.configure(SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
ANSWERS = {one.stem: json.loads(one.read_bytes()) for one in Path().glob("*.json")}
urlpatterns = [path("<slug:name>/", lambda request, name: JsonResponse(ANSWERS[name]))]
application = get_wsgi_application()
"""
# Our site as it is while nothing that was answered is known.
WITHOUT_MEMORY = """
from pluc.wsgi import application
from headless.answers import memory

memory.SECONDS = 0
"""
SERVE = """
import sys
from importlib import import_module
from pluc.serving.server import listen, serve

module, name = sys.argv[1].split(":")
serve(getattr(import_module(module), name), listen("127.0.0.1", int(sys.argv[2])))
"""
STARTER_SETTINGS = """
from .base import *
SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    target: str, folder: Path, environment: dict[str, str], first: str = ""
) -> Iterator[str]:
    """Serves a WSGI application from a folder; yields its address once the path `first` below it
    answers, and stops it at the end.
    """
    port = free_port()
    command = [sys.executable, "-c", SERVE, target, str(port)]
    paths = {"PYTHONPATH": str(ROOT / "site")}
    process = subprocess.Popen(command, cwd=folder, env=os.environ | paths | environment)
    address = f"http://localhost:{port}/"
    try:
        wait_for(f"{address}{first}")
        yield address
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, patience: float = 60) -> None:
    """Returns when the address answers. Raises `TimeoutError` after `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address).read()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


@contextmanager
def bare_view(folder: Path) -> Iterator[str]:
    """Django's least: one view, no middleware. Answers `/<n>/` with n bytes."""
    (folder / "bare.py").write_text(BARE)
    with serving("bare:application", folder, {}, first="1/") as address:
        yield address


@contextmanager
def bare_json(folder: Path, answers: dict[str, bytes]) -> Iterator[str]:
    """The same least, which answers `/<name>/` with that answer, made JSON anew each time."""
    (folder / "bare.py").write_text(BARE_JSON)
    for name, answer in answers.items():
        (folder / f"{name}.json").write_bytes(answer)
    with serving("bare:application", folder, {}, first=f"{next(iter(answers))}/") as address:
        yield address


@contextmanager
def starter(folder: Path) -> Iterator[str]:
    """The home page of a fresh `wagtail start`, with production settings."""
    wagtail = Path(sys.executable).with_name("wagtail")
    subprocess.run(
        [wagtail, "start", "starter", "."], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    (folder / "starter" / "settings" / "bench.py").write_text(STARTER_SETTINGS)
    environment = {"DJANGO_SETTINGS_MODULE": "starter.settings.bench"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=folder,
        env=os.environ | environment,
        check=True,
    )
    with serving("starter.wsgi:application", folder, environment) as address:
        yield address


@contextmanager
def our_site(folder: Path, meetings: int = 0) -> Iterator[str]:
    """Our site with the demo's content, as `script/server` serves it, and at least so many meetings
    on offer.
    """
    environment = environment_in(folder)
    for command in ("migrate", "load_demo"):
        manage(command, environment, "--verbosity", "0")
    manage("collectstatic", environment, "--verbosity", "0", "--noinput")
    subprocess.run(
        [sys.executable, ROOT / "script/benchmarks/offer.py", str(meetings)],
        env=os.environ | environment,
        cwd=ROOT,
        check=True,
    )
    with serving("pluc.wsgi:application", ROOT, environment) as address:
        yield address


@contextmanager
def forgetful_site(folder: Path) -> Iterator[str]:
    """The same site, in a folder that `our_site` has filled, which makes each answer anew."""
    (folder / "forgetful.py").write_text(WITHOUT_MEMORY)
    with serving("forgetful:application", folder, environment_in(folder)) as address:
        yield address


def environment_in(folder: Path) -> dict[str, str]:
    return {
        "DATA_DIR": str(folder),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "pluc.settings",
    }


def manage(command: str, environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, ROOT / "manage.py", command, *arguments],
        env=os.environ | environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
