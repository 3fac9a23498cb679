"""All settings, read from the environment (see the table in README.md).

Every variable is optional on one's own machine. A malformed or dangerous value raises
`ImproperlyConfigured` with one sentence; `manage.py` prints it and exits with status 1.
The scheme of `SITE_URL` decides how strict we are: `https` is production, `http` is loopback only.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

from pluc import assets, content_security_policy, limits, periods
from pluc.environment import (
    common_domain,
    parts_of,
    read_mail_server,
    read_mailbox,
    read_or_make_key,
    read_signing_key,
    read_webhook_secrets,
    require_strong_keys,
    require_timestamp_server,
    require_writable,
    seconds,
    split_origin,
)
from pluc.private_files import storage_of
from pluc.scanning import read_scanner

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = "PLUC!"
DEMO_PASSWORD = "mijn-pluc-demo"  # noqa: S105  public on purpose (CONTRACT, Demo content)
DEMO_DOMAIN = "@pluc.example"  # of its accounts; nobody can have a mailbox there (RFC 2606)

# --- The environment ---------------------------------------------------------------------------

env = Env()
try:
    DEBUG = env.bool("DEBUG", False)
    PORT = env.int("PORT", 8000)
    BIND = env.str("BIND", "127.0.0.1")
    WEB_WORKERS = env.int("WEB_WORKERS", 1)
    DATA_DIR = require_writable(Path(env.str("DATA_DIR", str(ROOT / "var"))).resolve())
    SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}")
    PORTAL_URL = env.str("PORTAL_URL", f"{SITE_URL}/mijn")
    DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'pluc.sqlite3'}")
    REDIS_URL = env.str("REDIS_URL", "")
    EMAIL_URL = env.str("EMAIL_URL", "")
    DKIM_KEY_FILE = env.str("DKIM_KEY_FILE", "")
    DKIM_SELECTOR = env.str("DKIM_SELECTOR", "")
    RETURNS_IMAP_URL = env.str("RETURNS_IMAP_URL", "")
    RETURNS_WEBHOOK_SECRET: list[str] = env.list("RETURNS_WEBHOOK_SECRET", [])
    PRIVATE_FILES_URL = env.str("PRIVATE_FILES_URL", "")
    CERTIFICATE_KEY_FILE = env.str("CERTIFICATE_KEY_FILE", "")
    CERTIFICATE_TIMESTAMP_URL = env.str("CERTIFICATE_TIMESTAMP_URL", "")
    CERTIFICATE_SIGNATORY = env.str("CERTIFICATE_SIGNATORY", "")
    SCANNER_URL = env.str("SCANNER_URL", "")
    GOOGLE_ANALYTICS_ID = env.str("GOOGLE_ANALYTICS_ID", "")
    SECRET_KEY = env.str("SECRET_KEY", "")
    SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
    NEWSLETTER_KEY = env.str("NEWSLETTER_KEY", "")
    NEWSLETTER_KEY_FALLBACKS: list[str] = env.list("NEWSLETTER_KEY_FALLBACKS", [])
    # Mails of the newsletter within a minute, and to one domain; 0 for as many as go.
    NEWSLETTER_RATE = env.int("NEWSLETTER_RATE", 600)
    NEWSLETTER_DOMAIN_RATE = env.int("NEWSLETTER_DOMAIN_RATE", 200)
    # In production a proxy stands in front: it speaks https.
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1 if SITE_URL.startswith("https:") else 0)
    POSTAL_ADDRESS = env.str("POSTAL_ADDRESS", "PLUC! B.V., Vruchtenkade 12, 3511 ZZ Utrecht")
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from error

if not 1 <= PORT <= 65535:
    raise ImproperlyConfigured(f"PORT must lie between 1 and 65535, not {PORT}.")
if not 1 <= WEB_WORKERS <= 64:
    raise ImproperlyConfigured(f"WEB_WORKERS must lie between 1 and 64, not {WEB_WORKERS}.")
if not 0 <= TRUSTED_PROXIES <= 8:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES must lie between 0 and 8, not {TRUSTED_PROXIES}.")
if NEWSLETTER_RATE < 0 or NEWSLETTER_DOMAIN_RATE < 0:
    raise ImproperlyConfigured("NEWSLETTER_RATE and NEWSLETTER_DOMAIN_RATE must be 0 or more.")
if REDIS_URL and parts_of("REDIS_URL", REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")

SITE_SCHEME, SITE_HOST = split_origin("SITE_URL", SITE_URL)
PORTAL_SCHEME, PORTAL_HOST = split_origin("PORTAL_URL", PORTAL_URL)
if urlsplit(SITE_URL).path:
    raise ImproperlyConfigured(f"SITE_URL must have no path: {SITE_URL!r}.")
if PORTAL_SCHEME != SITE_SCHEME:
    raise ImproperlyConfigured("SITE_URL and PORTAL_URL must have the same scheme.")

# One host serves both doors, or the portal and the staff screens have a host of their own.
ONE_HOST = urlsplit(PORTAL_URL).netloc == urlsplit(SITE_URL).netloc
if ONE_HOST and urlsplit(PORTAL_URL).path != "/mijn":
    raise ImproperlyConfigured("PORTAL_URL on the host of SITE_URL must end in /mijn.")
if not ONE_HOST and urlsplit(PORTAL_URL).path:
    raise ImproperlyConfigured("PORTAL_URL on a host of its own must have no path.")

HTTPS = SITE_SCHEME == "https"
if HTTPS:
    for name, value in (("SECRET_KEY", SECRET_KEY), ("EMAIL_URL", EMAIL_URL)):
        if not value:
            raise ImproperlyConfigured(f"{name} must be set when SITE_URL is https.")
    require_strong_keys([SECRET_KEY, *SECRET_KEY_FALLBACKS])
    require_strong_keys([key for key in (NEWSLETTER_KEY, *NEWSLETTER_KEY_FALLBACKS) if key])
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off when SITE_URL is https.")
else:
    for host in (SITE_HOST, PORTAL_HOST):
        if host not in {"localhost", "127.0.0.1"} and not host.endswith(".localhost"):
            raise ImproperlyConfigured(
                f"Over http only loopback names are served, and {host} is none: use https."
            )
    SECRET_KEY = SECRET_KEY or read_or_make_key(DATA_DIR)
    NEWSLETTER_KEY = NEWSLETTER_KEY or read_or_make_key(DATA_DIR, name="newsletter-key")

# By which addresses are known that get no newsletter, the one in use first. They are never the
# SECRET_KEY: that one may be replaced, and who left stays away. Without one no newsletter goes.
SUPPRESSION_KEYS = [key for key in (NEWSLETTER_KEY, *NEWSLETTER_KEY_FALLBACKS) if key]

ALLOWED_HOSTS = [SITE_HOST, PORTAL_HOST] if HTTPS else ["localhost", ".localhost", "127.0.0.1"]

# --- The rooms ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "headless.docs",
    "headless.embed",
    "headless.content",
    "headless.offer",
    "headless.webhooks",
    "headless.tokens",
    "search",
    "home",
    "portal.desk",
    "portal.announcements",
    "portal.contact",
    "portal.newsletter",
    "portal.certificates",
    "portal.materials",
    "portal.attendance",
    "portal.enrolments",
    "portal.meetings",
    "portal.organisations",
    "portal.accounts",
    "legal.statements",
    "legal.consent",
    "legal.rights",
    "pluc.content",
    "pluc.outbox",
    "pluc",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.StaffUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_q",
    "cookie_consent",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "headless.answers.doorway.DoorwayMiddleware",
    "pluc.hosts.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "pluc.headers.HeadersMiddleware",
    "legal.consent.decision.ConsentMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pluc.hosts.SessionMiddleware",
    "pluc.language.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "pluc.hosts.CsrfViewMiddleware",
    "pluc.hosts.AuthenticationMiddleware",
    "pluc.hosts.MessageMiddleware",
    "pluc.requests.SoundRequestMiddleware",
    "pluc.counting.LimitMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.StaffDoorMiddleware",
    "pluc.content.refusals.RefusalMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "pluc.urls.one_host" if ONE_HOST else "pluc.urls.public"
PORTAL_URLCONF = ROOT_URLCONF if ONE_HOST else "pluc.urls.portal"
WSGI_APPLICATION = "pluc.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pluc.content.frame.site_frame",
                "legal.consent.decision.consent",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------------------------

try:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600)}
except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
    raise ImproperlyConfigured("DATABASE_URL is no database address.") from error

LOCK_PATIENCE = 20  # seconds
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if SQLITE:
    # Writers queue at BEGIN instead of failing halfway (STANDARDS 7.1).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_PATIENCE,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A meeting comes with eight tables beside its own. All orders in which they could be joined
    # take PostgreSQL 4 ms to weigh up, and the one that is written is the right one.
    # And whoever waits for a lock waits as long as with SQLite.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", f"-c join_collapse_limit=4 -c lock_timeout={LOCK_PATIENCE}s"
    )
else:
    raise ImproperlyConfigured("DATABASE_URL must be sqlite:// or postgres://.")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits and invalidation must reach every process, so the cache is never local memory.
DATABASE_CACHE: dict[str, Any] = {
    "BACKEND": "pluc.caches.DatabaseCache",
    "LOCATION": "pluc_cache",
    "OPTIONS": {"MAX_ENTRIES": 50_000},
}
REDIS_PATIENCE = 5  # seconds
REDIS_CACHE: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": "pluc",
    "OPTIONS": {"socket_connect_timeout": REDIS_PATIENCE, "socket_timeout": REDIS_PATIENCE},
}
CACHES: dict[str, dict[str, Any]] = {
    "default": REDIS_CACHE if REDIS_URL else DATABASE_CACHE,
    # Its table is there with Redis too: one can do without Redis from one start to the next, and
    # readiness writes a row in it.
    "database": DATABASE_CACHE,
    # A page reads its renditions in one query (`pluc.content.pictures`); a cache would only write.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# Originals and documents are private; what a visitor's browser may fetch stands apart.
MEDIA_ROOT = DATA_DIR / "private"
MEDIA_URL = "/nooit/"  # nothing is served from it: private files leave through views
RENDITIONS_ROOT = DATA_DIR / "renditions"
RENDITIONS_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
ROOT_STATIC = ROOT / "static"
STATICFILES_DIRS = [ROOT_STATIC]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pluc.assets.BuiltAssetsFinder",
]
ASSETS_DIR = DATA_DIR / "assets"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # A text: whoever deletes a file later is handed these options as JSON (django-tasks).
        "OPTIONS": {"location": str(RENDITIONS_ROOT), "base_url": RENDITIONS_URL},
    },
    # Material, and photographs of lists. In `DATA_DIR`, or in a bucket that speaks S3.
    "private_files": storage_of(PRIVATE_FILES_URL, DATA_DIR / "private"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
# Who issues certificates; which key signs them is read when one is signed (docs/decisions/0045).
CERTIFICATE_PROVIDER = POSTAL_ADDRESS.partition(",")[0]
require_timestamp_server(CERTIFICATE_TIMESTAMP_URL)
# Without one nothing that was uploaded is served over https (docs/decisions/0043).
SCANNER = read_scanner(SCANNER_URL)
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing asks for the others, and each is compressed
WHITENOISE_ADD_HEADERS_FUNCTION = assets.add_headers
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page has many form fields

# --- Tasks -------------------------------------------------------------------------------------

# `pluc.checks` refuses values with which tasks would run twice or for ever (STANDARDS 7.4).
Q_CLUSTER: dict[str, Any] = {
    "name": "pluc",
    "workers": 1,
    "queue_limit": 2,
    "timeout": 60,
    "retry": 240,
    "max_attempts": 4,
    "catch_up": False,
    "ack_failures": True,
    "bulk": 1,
    "poll": 1,
    "guard_cycle": 1,
    "recycle": 200,
    "save_limit": 250,
    "label": "Tasks",
    "log_level": "WARNING",
}
Q_CLUSTER |= (
    {"redis": REDIS_URL, "broker_class": "pluc.queues.RedisQueue"}
    if REDIS_URL
    else {"orm": "default", "broker_class": "pluc.queues.DatabaseQueue"}
)

# --- Mail --------------------------------------------------------------------------------------

# Everything leaves through the outbox: by this server, or as files where none is set.
EMAIL_BACKEND = "pluc.outbox.backend.OutboxBackend"
MAIL_SERVER = read_mail_server(EMAIL_URL) if EMAIL_URL else None
MAIL_DIR = DATA_DIR / "mail"
# Read once; None leaves mail unsigned, as where the mail server signs.
DKIM_KEY = read_signing_key(DKIM_KEY_FILE, DKIM_SELECTOR)
# What comes back is read from a mailbox, or told by the mail server's operator, or neither.
RETURNS_MAILBOX = read_mailbox(RETURNS_IMAP_URL)
RETURNS_WEBHOOK_KEYS = read_webhook_secrets(RETURNS_WEBHOOK_SECRET)
# RFC 2606: a demo never writes to a real mailbox.
MAIL_DOMAIN = "pluc.nl" if HTTPS else "pluc.example"
BACK_OFFICE_ADDRESS = f"backoffice@{MAIL_DOMAIN}"  # mails come from it, and answers go to it
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"{PRODUCT} <{BACK_OFFICE_ADDRESS}>"

# --- Webhooks ----------------------------------------------------------------------------------

# Others' endpoints are told of changes by https, on machines that everybody can reach. On one's own
# machine also on that machine itself, without https, so that they can be tried.
WEBHOOKS_TO_LOOPBACK = not HTTPS

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.ProvenAddressBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.passwords.SimilarityValidator"},
    {"NAME": "portal.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "portal.accounts.passwords.CommonValidator"},
    {"NAME": "portal.accounts.passwords.RepetitionValidator"},
    {"NAME": "portal.accounts.passwords.ContextWordValidator"},
]
# Sign-in, registration and proof of an address: django-allauth, by e-mail address alone.
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.signing_in.LoginForm",
    "signup": "portal.accounts.forms.registration.RegistrationForm",
    "add_email": "portal.accounts.forms.access.AddEmailForm",
    "change_password": "portal.accounts.forms.access.ChangePasswordForm",
    "set_password": "portal.accounts.forms.access.SetPasswordForm",
    "reset_password": "portal.accounts.forms.access.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.access.ResetPasswordKeyForm",
    "reauthenticate": "portal.accounts.forms.access.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = periods.REGISTRATION.days
ACCOUNT_CHANGE_EMAIL = True  # one address at a time; the new one counts once it is proven
ACCOUNT_PREVENT_ENUMERATION = "strict"  # an address that is not proven keeps nobody from it
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that registered, and in no other
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
PASSWORD_RESET_TIMEOUT = seconds(periods.RESET_LINK)
# Who is signed in has limits of their own; the others stand in `pluc.limits`.
ACCOUNT_RATE_LIMITS = limits.account_rates(https=HTTPS) | {
    "confirm_email": None,  # per address: a stranger's link would keep the owner's away
    "change_password": "5/m/user",
    "manage_email": "10/h/user",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": limits.rates_of("webauthn_login", https=HTTPS)}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "portal.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.access.AuthenticateFactorForm",
    "reauthenticate": "portal.accounts.forms.access.ReauthenticateFactorForm",
    "activate_totp": "portal.accounts.forms.access.ActivateTOTPForm",
    "add_webauthn": "portal.accounts.forms.access.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.access.EditPasskeyForm",
}
# Else who has a factor could not change their address. What the library fears, a factor on an
# account whose address was never proven, cannot be: nobody signs in to one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = PRODUCT
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- Sessions, cookies, transport --------------------------------------------------------------

# `__Host-` cookies need https; a browser then binds them to this very host (CONTRACT, Commands).
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_AGE = seconds(periods.SIGNED_IN)
CSRF_COOKIE_AGE = seconds(periods.CSRF_COOKIE)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "pluc.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's editor reads it
CSRF_TRUSTED_ORIGINS = [SITE_URL, f"{PORTAL_SCHEME}://{urlsplit(PORTAL_URL).netloc}"]
SECURE_SSL_REDIRECT = False  # the proxy in front does it
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # addresses are unique once they are proven (docs/decisions/0015)
    "security.W002",  # pluc.headers sets X-Frame-Options, per door
    "security.W003",  # pluc.hosts has our own subclass of the csrf middleware
    "security.W008",  # the proxy in front redirects to https
]

CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_security_policy.PUBLIC}

# --- Consent and measurement -------------------------------------------------------------------

COOKIE_CONSENT_NAME = "__Secure-pluc_consent" if HTTPS else "pluc_consent"
COOKIE_CONSENT_MAX_AGE = seconds(periods.CONSENT_COOKIE)
COOKIE_CONSENT_DOMAIN = common_domain(SITE_HOST, PORTAL_HOST)
COOKIE_CONSENT_SECURE = HTTPS
COOKIE_CONSENT_DECLINE = "-1"
COOKIE_CONSENT_LOG_ENABLED = False  # it is no proof: `legal.consent` keeps its own
OPT_OUT_COOKIE_NAME = "__Secure-pluc_optout" if HTTPS else "pluc_optout"
OPT_OUT_MAX_AGE = seconds(periods.OPT_OUT_COOKIE)
if GOOGLE_ANALYTICS_ID and not re.fullmatch(r"G-[A-Z0-9]{4,20}", GOOGLE_ANALYTICS_ID):
    raise ImproperlyConfigured("GOOGLE_ANALYTICS_ID must look like G-ABC123.")
DEMO_ANALYTICS_ID = "G-PLUCDEMO01"
DEMO_MARK = DATA_DIR / "demo-content"  # there when the demo has been loaded

# --- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_OF_WAGTAIL = ROOT / "locale" / "wagtail"  # its Dutch put right (docs/decisions/0031)
LOCALE_PATHS = [ROOT / "locale", LOCALE_OF_WAGTAIL]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["pluc.formats"]

# --- Wagtail -----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = PRODUCT
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = f"{PORTAL_SCHEME}://{urlsplit(PORTAL_URL).netloc}"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # with the next: nobody else is asked (STANDARDS 6.21)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation is published apart
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# The public door knows no one, so a page cannot be for some people only.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "pluc.content.uploads.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_WEBP_QUALITY = 82
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pluc.content.uploads.DownloadForm"
WAGTAILDOCS_DOCUMENT_MODEL = "content.Download"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "pluc.content.search_backend" if SQLITE else "wagtail.search.backends.database",
        "SEARCH_CONFIG": "dutch",
    }
}
TAGGIT_CASE_INSENSITIVE = True

# --- Logs: to the console, for whatever collects them ------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "tokens": {"()": "pluc.logs.TokenFilter"},
        "outages": {"()": "pluc.logs.OutageFilter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["outages", "tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A request that waits a moment for its turn is no news.
    "loggers": {"pluc": {"level": "INFO"}, "waitress.queue": {"level": "ERROR"}},
}
