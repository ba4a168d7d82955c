"""Every setting of the reading room; names in the environment start with DADKHAH_.

With nothing set, the case is the current folder and its store is SQLite inside it.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dadkhah.errors import SettingError
from dadkhah.web import environment

BASE = Path(__file__).resolve().parent
CASE = Path(environment.text("DADKHAH_CASE", ".")).resolve()
DEBUG = environment.flag("DADKHAH_DEBUG")
ALLOWED_HOSTS = environment.listed(
    "DADKHAH_ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]", "testserver")
)
CSRF_TRUSTED_ORIGINS = environment.listed("DADKHAH_TRUSTED_ORIGINS")
CONTRIBUTION_RECIPIENTS = environment.recipients("DADKHAH_CONTRIBUTION_RECIPIENTS")
CONTRIBUTIONS_PER_MINUTE = environment.whole_number(
    "DADKHAH_CONTRIBUTIONS_PER_MINUTE", 60, least=1, most=1_000_000
)
OTHER_CASE_URL = environment.text("DADKHAH_OTHER_CASE_URL")


def _secret_key() -> str:
    given = environment.secret("DADKHAH_SECRET_KEY")
    path = CASE / "secret.key"
    if given:
        return given
    return path.read_text(encoding="ascii").strip() if path.is_file() else secrets.token_urlsafe(48)


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": CASE / "store.sqlite3",
            # opening a store, with its journal, costs more than most pages
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
                    " PRAGMA cache_size=-65536;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(
            "setting-database",
            "The store is SQLite (leave this unset) or PostgreSQL.",
            where="DADKHAH_DATABASE_URL",
            todo="Write postgresql://user:password@host:port/name.",
        )
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database(environment.secret("DADKHAH_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
CSRF_FAILURE_VIEW = "dadkhah.web.views.forbidden"
LOGIN_URL = "/accounts/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "dadkhah.web.accounts",
    "dadkhah.web.custody",
    "dadkhah.web.sources",
    "dadkhah.web.claims",
    "dadkhah.web.people",
    "dadkhah.web.posts",
    "dadkhah.web.estimate",
    "dadkhah.web.memorial",
    "dadkhah.web.contributions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dadkhah.web.headers.security_headers",
    "dadkhah.web.headers.size_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "dadkhah.web.urls"
WSGI_APPLICATION = "dadkhah.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dadkhah.web.context.case",
            ],
        },
    }
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fa", "فارسی")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# A browser sends a host's cookies to each of its ports, and two cases may be open on one machine.
COOKIE_MARK = hashlib.blake2s(SECRET_KEY.encode(), person=b"cookies", digest_size=4).hexdigest()
SESSION_COOKIE_NAME = f"session-{COOKIE_MARK}"
CSRF_COOKIE_NAME = f"csrf-{COOKIE_MARK}"
DEVICE_COOKIE_NAME = f"device-{COOKIE_MARK}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = environment.flag("DADKHAH_HTTPS")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
X_FRAME_OPTIONS = "DENY"
# a file that somebody sends stays in memory until it is known what it is; none is larger than this
FILE_UPLOAD_MAX_MEMORY_SIZE = 34 << 20
DATA_UPLOAD_MAX_NUMBER_FILES = 8

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "dadkhah": {"handlers": ["console"], "level": "INFO"},
        # a request that asks for what is not ours is answered, and fills no log
        "django.security": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["console"], "level": "ERROR"},
}
