"""The real settings, on data of the tests' own. Loaded before anything else of ours."""

import gc
import os

from tests import built_assets, databases, run

# Python looks less often for what is in no use: by default it goes through all modules and tests
# every few hundred objects, and finds nothing. A twentieth of the time of these tests.
gc.set_threshold(50_000, 20, 100)
for name in run.VARIABLES:
    os.environ.pop(name, None)
run.own_folder().mkdir(exist_ok=True)
os.environ["DATA_DIR"] = str(run.own_folder())
os.environ["DATABASE_URL"] = databases.own_address()
# Playwright keeps an event loop in the thread of the tests; Django would refuse to query there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"

from pluc.settings import *  # noqa: E402, F403
from pluc.settings import ROOT, STATIC_ROOT, STORAGES  # noqa: E402
from pluc.translations import compile_messages  # noqa: E402

# Hashed names need collected files: those are the browser tests' part.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT.mkdir(exist_ok=True)
ASSETS_DIR = built_assets.folder()
# As a start does: otherwise the first run would speak English.
with databases.one_at_a_time("messages"):
    compile_messages(ROOT / "locale")
PASSWORD_HASHERS = ["tests.hashers.QuickArgon2PasswordHasher"]
