"""One settings file, read from the environment, that fails loudly (CONTRACT, Commands)."""

import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pluc.environment import read_or_make_key
from tests import databases
from tests.houses import read_settings
from tests.run import ROOT, manage

pytestmark = pytest.mark.thorough

PRODUCTION = {
    "SITE_URL": "https://pluc.nl",
    "PORTAL_URL": "https://mijn.pluc.nl",
    "SECRET_KEY": "a-key-that-is-long-enough-for-production-and-has-Many-different-characters-0123",
    "EMAIL_URL": "smtps://post:geheim@mail.pluc.example:465",
    "SCANNER_URL": "tcp://127.0.0.1:3310",
}

# What is set, and what the one line must name.
MALFORMED = {
    "a port that is no number": ({"PORT": "abc"}, "PORT"),
    "a port out of range": ({"PORT": "99999"}, "PORT must lie between 1 and 65535"),
    "port nought": ({"PORT": "0"}, "PORT must lie between 1 and 65535"),
    "a database address that is none": ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    "a database that we do not know": ({"DATABASE_URL": "mysql://localhost/pluc"}, "DATABASE_URL"),
    "a database port that is no number": ({"DATABASE_URL": "postgres://h:x/pluc"}, "DATABASE_URL"),
    "a mail address that is none": ({"EMAIL_URL": "nonsense"}, "EMAIL_URL"),
    "a mail port that is none": ({"EMAIL_URL": "smtp://localhost:99999"}, "EMAIL_URL"),
    "a mail host that is none": ({"EMAIL_URL": "smtp://[x"}, "EMAIL_URL"),
    "a mail key that is not there": (
        {"DKIM_KEY_FILE": "/nowhere/dkim.pem", "DKIM_SELECTOR": "november"},
        "DKIM_KEY_FILE cannot be read",
    ),
    "a mailbox that is none": ({"RETURNS_IMAP_URL": "nonsense"}, "RETURNS_IMAP_URL"),
    "a secret that is none": ({"RETURNS_WEBHOOK_SECRET": "x"}, "RETURNS_WEBHOOK_SECRET"),
    "a store of files that is none": ({"PRIVATE_FILES_URL": "nonsense"}, "PRIVATE_FILES_URL"),
    "a scanner that is none": ({"SCANNER_URL": "nonsense"}, "SCANNER_URL"),
    "a redis address that is none": ({"REDIS_URL": "nonsense"}, "REDIS_URL"),
    "a redis port that is none": ({"REDIS_URL": "redis://127.0.0.1:99999999"}, "REDIS_URL"),
    "a site whose host is none": ({"SITE_URL": "https://[x"}, "SITE_URL"),
    "a switch that is neither on nor off": ({"DEBUG": "maybe"}, "DEBUG"),
    "a rate below nought": ({"NEWSLETTER_RATE": "-1"}, "NEWSLETTER_RATE"),
    "no workers": ({"WEB_WORKERS": "0"}, "WEB_WORKERS"),
    "a site without scheme": ({"SITE_URL": "pluc.nl"}, "SITE_URL"),
    "a site with another scheme": ({"SITE_URL": "ftp://localhost"}, "SITE_URL"),
    "a site with an impossible port": ({"SITE_URL": "http://localhost:99999"}, "SITE_URL"),
    "a site with a path": ({"SITE_URL": "http://localhost:8000/site"}, "SITE_URL"),
    "a site with a slash at the end": ({"SITE_URL": "http://localhost:8000/"}, "SITE_URL"),
    "a public host over http": ({"SITE_URL": "http://pluc.nl"}, "pluc.nl"),
    "a portal elsewhere over http": (
        {"SITE_URL": "http://localhost:8000", "PORTAL_URL": "http://mijn.pluc.nl"},
        "mijn.pluc.nl",
    ),
    "a portal at another path": ({"PORTAL_URL": "http://localhost:8000/portaal"}, "PORTAL_URL"),
    "a portal with another scheme": ({"PORTAL_URL": "https://localhost:8000/mijn"}, "PORTAL_URL"),
    "https without a key": (PRODUCTION | {"SECRET_KEY": ""}, "SECRET_KEY"),
    "https with a short key": (PRODUCTION | {"SECRET_KEY": "k" * 31}, "SECRET_KEY"),
    "https with a short fallback": (
        PRODUCTION | {"SECRET_KEY_FALLBACKS": "k" * 31},
        "SECRET_KEY_FALLBACKS",
    ),
    "https without a mail server": (PRODUCTION | {"EMAIL_URL": ""}, "EMAIL_URL"),
    "https with debug on": (PRODUCTION | {"DEBUG": "1"}, "DEBUG"),
}


def start_with(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py`, which reads the settings before anything else."""
    return manage("version", **({"DATA_DIR": str(folder)} | variables))


@pytest.mark.parametrize(("variables", "named"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_value_stops_the_start_with_one_clear_line(
    tmp_path: Path, variables: dict[str, str], named: str
):
    result = start_with(tmp_path, **variables)
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("PLUC! cannot start: ")
    assert named in line


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path):
    # Root may write anywhere, but nobody can make a folder below a file.
    (tmp_path / "file").write_text("")
    result = start_with(tmp_path / "file" / "data")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "DATA_DIR" in line


def test_the_line_never_shows_a_password(tmp_path: Path):
    for name in ("DATABASE_URL", "EMAIL_URL", "REDIS_URL"):
        result = start_with(tmp_path, **{name: "nonsense://iemand:hunter2@localhost:x"})
        assert result.returncode == 1
        assert "hunter2" not in result.stderr


def test_a_port_in_use_stops_the_start_before_anything_is_made(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = manage("serve", "--no-demo", DATA_DIR=str(tmp_path), PORT=port)
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert f"PORT {port}" in line
    assert not (tmp_path / "pluc.sqlite3").exists()


def test_nothing_set_gives_one_host_on_loopback():
    values = read_settings(PORT="8123", SITE_URL="http://localhost:8123")
    assert values["ONE_HOST"] is True
    assert values["PORTAL_URL"] == "http://localhost:8123/mijn"
    assert values["ALLOWED_HOSTS"] == ["localhost", ".localhost", "127.0.0.1"]


def test_production_cookies_are_bound_to_their_host():
    values = read_settings(**PRODUCTION)
    assert values["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert values["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert values["SESSION_COOKIE_SECURE"] is values["CSRF_COOKIE_SECURE"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert values["ALLOWED_HOSTS"] == ["pluc.nl", "mijn.pluc.nl"]


def test_the_deployment_check_is_clean_with_production_settings(tmp_path: Path):
    arguments = ("check", "--deploy", "--fail-level", "WARNING")
    result = manage(*arguments, DATA_DIR=str(tmp_path), **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_the_development_key_is_made_once_and_for_its_owner_only(tmp_path: Path):
    first = read_settings(DATA_DIR=str(tmp_path))["SECRET_KEY"]
    second = read_settings(DATA_DIR=str(tmp_path))["SECRET_KEY"]
    assert first == second == (tmp_path / "secret-key").read_text()
    assert len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_commands_that_start_together_have_one_key(tmp_path: Path):
    folders = [tmp_path / str(number) for number in range(40)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(8) as commands:
        made = [list(commands.map(read_or_make_key, [folder] * 8)) for folder in folders]
    assert all(len(set(keys)) == 1 for keys in made)


@pytest.mark.parametrize(
    ("address", "host", "port", "starttls", "tls"),
    [
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
        ("smtp+tls://u:p%40ss@mail.example:587", "mail.example", 587, True, False),
        ("smtps://u:p%40ss@mail.example", "mail.example", 465, False, True),
    ],
)
def test_a_mail_address_becomes_a_mail_server(
    address: str, host: str, port: int, starttls: bool, tls: bool
):
    server = read_settings(EMAIL_URL=address)["MAIL_SERVER"]
    assert (server["host"], server["port"]) == (host, port)
    assert (server["use_tls"], server["use_ssl"]) == (starttls, tls)
    assert server["password"] in {"", "p@ss"}


def test_site_is_a_source_root_and_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()
    assert (ROOT / "site" / "pluc" / "settings.py").exists()
    # Python's own module of that name must stay in reach.
    import site

    assert ROOT not in Path(str(site.__file__)).parents


def test_git_does_not_ignore_the_source_root():
    command = ["git", "check-ignore", "--quiet", "--no-index", "site/pluc/settings.py"]
    result = subprocess.run(command, cwd=ROOT, check=False)
    assert result.returncode == 1  # 0 would mean ignored, 128 an error


def test_no_model_lacks_a_migration(tmp_path: Path):
    result = manage("makemigrations", "--check", "--dry-run", DATA_DIR=str(tmp_path))
    assert result.returncode == 0, result.stdout


@pytest.mark.skipif(databases.POSTGRES, reason="about SQLite alone")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 1), ("foreign_keys", 1), ("busy_timeout", 20_000)],
)
def test_sqlite_is_set_up_for_several_processes(pragma: str, value: object):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


@pytest.mark.skipif(databases.POSTGRES, reason="about SQLite alone")
def test_sqlite_takes_its_lock_when_a_transaction_begins(committed: None):
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        pass
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


@pytest.mark.skipif(not databases.POSTGRES, reason="about PostgreSQL alone")
@pytest.mark.django_db
def test_the_suite_really_runs_on_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL")
