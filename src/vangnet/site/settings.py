"""Settings, all from the environment; docs/reference/settings.md names each."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from vangnet.site.database import database_of
from vangnet.site.logs import LINE

VAR = Path(os.environ.get("VANGNET_VAR", "var")).resolve()
PACKAGE = Path(__file__).resolve().parent
DEBUG = False
DEMO = os.environ.get("VANGNET_DEMO", "") == "1"
VANGNET_MASTER_KEY_FILE = Path(os.environ.get("VANGNET_MASTER_KEY_FILE", VAR / "keys" / "master.key"))
VANGNET_ANCHOR_FILE = Path(os.environ.get("VANGNET_ANCHOR_FILE", VAR / "keys" / "ledger.anchors.jsonl"))
VANGNET_SESSION_KEY_FILE = Path(os.environ.get("VANGNET_SESSION_KEY_FILE", VAR / "keys" / "session.key"))
SECRET_KEY = (
    VANGNET_SESSION_KEY_FILE.read_text().strip()
    if VANGNET_SESSION_KEY_FILE.exists()
    else os.urandom(48).hex()  # nobody stays logged in over a restart until `vangnet init` wrote a key
)
ALLOWED_HOSTS = os.environ.get("VANGNET_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": database_of(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'vangnet.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "vangnet.trust.keys",
    "vangnet.trust.access",
    "vangnet.trust.ledger",
    "vangnet.chain.persons",
    "vangnet.chain.encounters",
    "vangnet.chain.duties",
    "vangnet.chain.crosscheck",
    "vangnet.chain.handovers",
    "vangnet.chain.referrals",
    "vangnet.site.pages",
    "vangnet.site.accounts",
    "vangnet.site.encounters",
    "vangnet.site.handovers",
    "vangnet.site.crosscheck",
    "vangnet.site.referrals",
    "vangnet.site.work",
    "vangnet.site.ledger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vangnet.site.pages.legible.OnlyUtf8",
    "allauth.account.middleware.AccountMiddleware",
    "vangnet.site.accounts.staying.Staying",
    "vangnet.site.accounts.first_things.FirstThings",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "vangnet.site.urls"
WSGI_APPLICATION = "vangnet.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "vangnet.site.accounts.guessing.Door"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # a whole organisation comes from one address
    "login_failed": "60/15m/ip,5/15m/key",  # the key is a name at an address, or a person's codes
    "own_password": "5/15m/user",
}
_PROXIES = os.environ.get("VANGNET_PROXIES", "0")
if not (_PROXIES.isascii() and _PROXIES.isdecimal()):
    raise ImproperlyConfigured("VANGNET_PROXIES is a number")
ALLAUTH_TRUSTED_PROXY_COUNT = int(_PROXIES)
MFA_FORMS = {"authenticate": "vangnet.site.accounts.codes.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "vangnet.site.accounts.sealing.SealedSecrets"
MFA_TOTP_TOLERANCE = 1  # a clock that runs half a minute off
VANGNET_SECOND_PROOF = os.environ.get("VANGNET_SECOND_PROOF", "0" if DEMO else "1") == "1"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # wrong tries are counted in it: nobody may push them out
    }
}
AXES_CLIENT_IP_CALLABLE = "vangnet.site.accounts.guessing.address_of"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "vangnet.site.pages.errors.locked_out"
CSRF_FAILURE_VIEW = "vangnet.site.pages.errors.csrf_failure"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 15 * 60  # after the last renewal: accounts.staying
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("VANGNET_HTTPS", "") == "1"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer browsers send Origin: null, and every form is refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE.parents[2] / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["bare"], "formatter": "line"}},
    "formatters": {"line": {"format": LINE}},
    "filters": {"bare": {"()": "vangnet.site.logs.WithoutPersons"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
