"""Django's settings; what may differ between two houses comes from the environment (`environment.SETTINGS`)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from daihoi import __version__
from daihoi.web.site.environment import data_folder, database, given, secret_key

HERE = Path(__file__).parent
DATA = data_folder()
SECRET_KEY = secret_key(DATA)
DEBUG = bool(given("DAIHOI_DEBUG"))
TLS = bool(given("DAIHOI_TLS"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *given("DAIHOI_HOSTS")]  # type: ignore[misc]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "treebeard",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "daihoi.web.audit",
    "daihoi.web.lists",
    "daihoi.web.accounts",
    "daihoi.web.organisations",
    "daihoi.web.members",
    "daihoi.web.congresses",
    "daihoi.web.elections",
    "daihoi.web.counting",
    "daihoi.web.hall",
    "daihoi.web.reporting",
    "daihoi.web.site",
]

MIDDLEWARE = [
    "daihoi.web.site.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "daihoi.web.accounts.again.AgainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "daihoi.web.accounts.middleware.ViewerMiddleware",
    "daihoi.web.site.addresses.AddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last: it looks at what the sign-in said.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "daihoi.web.site.urls"
WSGI_APPLICATION = "daihoi.web.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "daihoi.web.site.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "daihoi.web.site.templatetags.show"],
        },
    }
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
AXES_FAILURE_LIMIT = given("DAIHOI_SIGN_IN_TRIES")
AXES_COOLOFF_TIME = timedelta(minutes=int(str(given("DAIHOI_LOCKED_MINUTES"))))
# A hall shares one address: a name is locked at that address, never the whole hall.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "daihoi.web.site.views.locked_out"
OTP_TOTP_ISSUER = "Daihoi"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [HERE.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["daihoi.web.site.formats"]

# The address of static files changes with the version, so that browsers may keep them for good.
STATIC_URL = f"/static/{__version__}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 365 * 24 * 3600

SESSION_COOKIE_AGE = int(str(given("DAIHOI_SESSION_HOURS"))) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS or bool(given("DAIHOI_BEHIND_PROXY"))
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "daihoi.web.site.views.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0
X_FRAME_OPTIONS = "DENY"
if given("DAIHOI_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "daihoi.web.lists.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
