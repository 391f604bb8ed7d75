"""Settings of a Forecite installation: everything that differs between two of them is an environment variable."""

import secrets
from pathlib import Path

import dj_database_url

from reader.core import environment, sqlite
from reader.horizons import By

sqlite.use_bundled_sqlite()

ROOT = Path(__file__).resolve().parent.parent
DATA = environment.folder("FORECITE_DATA", ROOT / "data")
DEBUG = environment.flag("FORECITE_DEBUG", default=False)
SIGNUP = environment.choice("FORECITE_SIGNUP", "closed", ("closed", "open"))
BY_MEANS: By = "start" if environment.choice("FORECITE_BY_MEANS", "end", ("end", "start")) == "start" else "end"
SITE_URL = environment.site_address("FORECITE_URL", f"http://localhost:{environment.number('PORT', 8000, 1, 65535)}")


def secret_key() -> str:
    """The installation's own key: given, or made once and kept beside the data."""
    given = environment.text("FORECITE_SECRET_KEY", "")
    return given or environment.kept_secret(DATA / "secret-key", lambda: secrets.token_urlsafe(50))


SECRET_KEY = secret_key()
ALLOWED_HOSTS = environment.words("FORECITE_HOSTS", "localhost 127.0.0.1 [::1]")
SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_COOKIE_HTTPONLY = (
    False  # a page outlives its token when somebody signs in in another tab; `app.js` sends the newer one
)
CSRF_FAILURE_VIEW = "reader.core.errors.csrf_failure"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("FORECITE_BEHIND_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 7 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000  # a folder of letters

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "reader",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reader.core.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reader.core.middleware.private_pages",
    "reader.core.middleware.words_for_wrong_methods",
]

ROOT_URLCONF = "reader.urls"
WSGI_APPLICATION = "reader.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reader.core.frontend.context",
                "reader.notices.masthead.context",
            ],
            "builtins": ["django.templatetags.static", "reader.templatetags.forecite"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
        },
    }
]

FORM_RENDERER = "reader.core.fields.FieldRenderer"

DATABASES = {
    "default": dj_database_url.parse(
        environment.database_address("DATABASE_URL", f"sqlite:///{DATA / 'forecite.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = dict(sqlite.OPTIONS)
    # Threads of the browser tests' live server need one file; an in-memory database would be locked by its readers.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
else:
    # Pages ask for little, by an index. PostgreSQL expects a disk that turns: it rather reads all of a large table,
    # with code compiled for it, than fifteen thousand of its rows, and takes a second where 40 ms are enough.
    planning = "-c random_page_cost=1.1 -c jit=off"
    given = DATABASES["default"].setdefault("OPTIONS", {}).get("options", "")
    DATABASES["default"]["OPTIONS"]["options"] = f"{planning} {given}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "clock"]}}

AUTH_USER_MODEL = "reader.User"
AUTHENTICATION_BACKENDS = ["reader.accounts.backend.AuthenticationBackend"]
SESSION_ENGINE = "reader.core.sessions"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "reader.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "reader.accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "reader.accounts.entrance.SignIn",
    "signup": "reader.accounts.entrance.SignUp",
    "add_email": "reader.accounts.entrance.AddEmail",
    "change_password": "reader.accounts.entrance.ChangePassword",
    "set_password": "reader.accounts.entrance.SetPassword",
    "reset_password": "reader.accounts.entrance.ResetPassword",
    "reset_password_from_key": "reader.accounts.entrance.ResetPasswordFromKey",
    "reauthenticate": "reader.accounts.entrance.Reauthenticate",
}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "reader.accounts.entrance.SecondStep",
    "reauthenticate": "reader.accounts.entrance.ReauthenticateSecondStep",
    "activate_totp": "reader.accounts.entrance.ActivateApp",
    "add_webauthn": "reader.accounts.entrance.AddPasskey",
}
MFA_TOTP_ISSUER = "Forecite"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

MAIL_SERVER = environment.mail_server("FORECITE_SMTP_URL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'console'}.EmailBackend"
if MAIL_SERVER:
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starts_tls, MAIL_SERVER.speaks_tls
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("FORECITE_MAIL_FROM", "Forecite <forecite@localhost>")

INBOX_HOST = environment.text("FORECITE_INBOX_HOST", "").lower()
MAILBOX = environment.mailbox("FORECITE_IMAP_URL")

ALLOW_PRIVATE_FETCH = environment.flag("FORECITE_ALLOW_PRIVATE_FETCH", default=False)
PICTURES = environment.choice("FORECITE_IMAGES", "on", ("on", "off", "home"))
IMAGES = PICTURES != "off"
# Apart from pages, for which a reader asks: whoever writes a mail chooses what its pictures make this machine ask.
IMAGES_OF_HOME = ALLOW_PRIVATE_FETCH and PICTURES == "home"

LANGUAGE_CODE = "en"
TIME_ZONE = environment.time_zone("FORECITE_TIME_ZONE", "UTC")
USE_I18N = False  # one language: nothing is looked up in any other
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "reader.core.frontend.HashedStaticFiles"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"refusals": {"()": "reader.core.errors.Refusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"reader": {"level": "INFO"}},
}
