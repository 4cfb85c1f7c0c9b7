"""What is the same everywhere."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from backend import env
from backend.api_settings import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401
from backend.evidence_settings import evidence_storage, files_folder
from workers.app import app as celery_app  # noqa: F401 - so that all who read these settings send tasks through it
from workers.schedule import BEAT_SCHEDULE

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Before allauth, whose templates it replaces.
    "console",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "geo",
    "cases",
]

MIDDLEWARE = [
    "backend.middleware.RequestIds",
    "backend.middleware.SecurityHeaders",
    "backend.row_scopes.ShowNothing",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backend.session_guard.SessionGuard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "backend.row_scopes.ShowOwn",
    "backend.middleware.ProblemPages",
]
CSRF_FAILURE_VIEW = "backend.error_responses.csrf_failure"

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "console.context.unread",
                "console.context.frame",
            ]
        },
    }
]

AUTH_USER_MODEL = "cases.Officer"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/incidents/"
AUTHENTICATION_BACKENDS = ["console.sign_in_backend.OfficerBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]


# What the database shows to a connection that says nothing else: the web process sees nothing (backend/wsgi.py),
# workers and commands see everything.
ROW_SCOPE = env.text("CORDON_ROW_SCOPE", "system")


def database(url: str) -> dict[str, Any]:
    """Return one database's settings; a connection is kept a minute and tried before it is used again.

    Raises SettingUnreadable where the text is no address of a PostgreSQL database.
    """
    try:
        settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    except ValueError:
        settings = {}
    if settings.get("ENGINE") != "django.db.backends.postgresql":
        raise env.SettingUnreadable("DATABASE_URL or DATABASE_APP_URL", "write postgresql://role:password@host/name.")
    # A server that is gone must be a clear answer within seconds, not a request that hangs. Compiling queries is for
    # those that take seconds; what row-level security adds to them makes them look dearer than they are.
    given: dict[str, Any] = settings.get("OPTIONS", {})
    begins = f"{given.get('options') or env.text('PGOPTIONS')} -c cordon.scope={ROW_SCOPE} -c jit=off"
    settings["OPTIONS"] = {"connect_timeout": 3, **given, "options": begins.strip()}
    return settings


DATABASES = {"default": database(env.database_url())}

# Counts of calls, shared by all processes; without Redis each process counts by itself. Guesses are counted in the
# database (cases/services/take_attempt.py).
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "backend.steady_cache.SteadyCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"{env.text('CELERY_KEY_PREFIX')}cache",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}
# How often one token, or one session, may call the API.
API_CALLS_PER_MINUTE = env.whole_number("API_CALLS_PER_MINUTE", 60_000)
# The unprivileged role; append-only tables are closed to its changes where it exists.
DATABASE_APPLICATION_ROLE = env.application_role()

# Widths of the belts along land borders, in metres; without the variable those of the package. Rules weigh distances
# by themselves.
BORDER_BELTS_M = env.metres("CORDON_BORDER_BELTS_KM")

SECRET_KEY = env.text("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
# Shuffles the numbers in references, so that they count nothing; changing it is safe, numbers in use are passed over.
REFERENCE_KEY = env.text("REFERENCE_KEY", SECRET_KEY)

# Keys of the audit trail, unknown to the database. Entries are sealed with the first of these; entries sealed with the
# others are still known. The signing key signs the heads of the chain; public keys of earlier ones stay trusted.
AUDIT_SEAL_KEYS = env.secret("AUDIT_SEAL_KEY", f"seal:{SECRET_KEY}").split(",")
AUDIT_SIGNING_KEY = env.secret("AUDIT_SIGNING_KEY", hashlib.sha256(f"sign:{SECRET_KEY}".encode()).hexdigest())
AUDIT_TRUSTED_PUBLIC_KEYS = env.words("AUDIT_TRUSTED_PUBLIC_KEYS")
# Where signed heads are kept beside the database; best on another machine, or copied there.
AUDIT_HEADS_FILE = env.text("AUDIT_HEADS_FILE") or (
    str(Path(env.text("CORDON_FILES")) / "audit-heads.ndjson") if env.text("CORDON_FILES") else ""
)
# How many proxies of ours stand before the web server, each adding to X-Forwarded-For; what stands further left in
# that header anybody can write.
TRUSTED_PROXIES = env.whole_number("TRUSTED_PROXIES", 0, least=0)

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [env.CHECKOUT / "backend" / "locale"]

STATIC_URL = "/static/"
# Served from where the packages keep them; nothing has to be collected first.
WHITENOISE_USE_FINDERS = True

# A record may carry ten thousand items; photographs travel by themselves.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# Files attached to incidents: in a folder that no web server hands out, or in a bucket where one is named.
EVIDENCE_FOLDER = env.text("CORDON_EVIDENCE", str(files_folder(os.environ) / "evidence"))
# What is on its way through; on a disk with room for the largest picture.
EVIDENCE_SCRATCH = env.text("CORDON_EVIDENCE_SCRATCH", f"{EVIDENCE_FOLDER}-scratch")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": evidence_storage(EVIDENCE_FOLDER),
}
EVIDENCE_LARGEST_FILE_BYTES = env.whole_number("CORDON_EVIDENCE_LARGEST_MB", 2_048) * 1024 * 1024
# Half a dozen photographs of each weapon of a large seizure.
EVIDENCE_MOST_PER_INCIDENT = env.whole_number("CORDON_EVIDENCE_MOST_PER_INCIDENT", 5_000)
EVIDENCE_AGENCY_BYTES = env.whole_number("CORDON_EVIDENCE_AGENCY_GB", 500) * 1024 * 1024 * 1024
# A chunk lost on a bad line is sent again whole; chunks that are too small would be too many.
EVIDENCE_LARGEST_CHUNK_BYTES = 16 * 1024 * 1024
EVIDENCE_SMALLEST_CHUNK_BYTES = 256 * 1024
EVIDENCE_ABANDONED_DAYS = env.whole_number("CORDON_EVIDENCE_ABANDONED_DAYS", 7)
# The installation's own signatures of malware (cases/evidence/signatures.py), and ClamAV as host:port or socket path.
EVIDENCE_SIGNATURES = env.text("CORDON_MALWARE_SIGNATURES")
CLAMAV_ADDRESS = env.text("CLAMAV_ADDRESS")

# A shift; whoever is away longer signs in anew.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# How long a handover of an item waits for its answer before it lapses; until then who gives it holds it.
CUSTODY_HANDOVER_EXPIRES = timedelta(
    hours=env.whole_number("CUSTODY_HANDOVER_EXPIRES_HOURS", 72, least=1, most=24 * 90)
)
# Days of the clock of replies, where an agency has set none of its own: how long before the day on which a reply is
# requested its officer is reminded, how often after it, and after how long the focal points are told.
REPLY_CLOCK_DAYS = (
    env.whole_number("REPLY_REMIND_BEFORE_DAYS", 7, most=365),
    env.whole_number("REPLY_REMIND_AGAIN_DAYS", 30, most=365),
    env.whole_number("REPLY_ESCALATE_AFTER_DAYS", 45, most=730),
)
# After so many months a point of contact that nobody has confirmed since counts as stale.
CONTACT_STALE_MONTHS = env.whole_number("CONTACT_STALE_MONTHS", 12, most=120)
# Signs what is exported; made at the first start, readable by the application alone.
BUNDLE_KEY_FILE = env.path("BUNDLE_KEY_FILE", "bundle-signing.pem")

# Where people reach this installation, for links.
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{env.text('PORT', '8000')}")

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

ACCOUNT_ADAPTER = "console.sign_in_adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Guesses are counted by ourselves, in the database, with a Retry-After.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None}

MFA_ADAPTER = "console.sign_in_adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "console.sign_in_forms.SecondFactorForm",
    "reauthenticate": "console.sign_in_forms.SecondFactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Cordon"
# A clock on a tablet may be half a minute slow.
MFA_TOTP_TOLERANCE = 1
# The keys of second factors are encrypted with this; whoever changes it has them set up anew.
SECOND_FACTOR_KEY = env.text("SECOND_FACTOR_KEY", SECRET_KEY)
# Roles that must have a second factor, whatever their agency says.
SECOND_FACTOR_ROLES: list[str] = env.words("SECOND_FACTOR_ROLES")

# Single sign-on with one OpenID provider, that of the State or of the organisation.
OIDC_ISSUER = env.text("OIDC_ISSUER")
# Whom the provider knows and we do not is made an officer of this agency; without it nobody is.
OIDC_AGENCY = env.text("OIDC_AGENCY")
# Whether the provider itself demands a second factor, so that ours is not asked for as well.
OIDC_HAS_SECOND_FACTOR = env.flag("OIDC_HAS_SECOND_FACTOR", default=False)
SOCIALACCOUNT_ADAPTER = "console.sign_in_adapters.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "sso"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = {"openid_connect": env.openid_provider(OIDC_ISSUER)}

# Where letters to officers go out; without a host none do, and everything waits in the interface.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole_number("EMAIL_PORT", 25, most=65_535)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "cordon@localhost")

# Where letters to States leave, beside by mail: a folder that another system empties, and addresses to which they are
# pushed. None in a private network is reached unless its host is named here; certificates of a State's own authority
# take the place of the system's.
DROP_FOLDER = env.text("CORDON_DROP_FOLDER")
PUSH_PRIVATE_HOSTS = env.words("CORDON_PUSH_PRIVATE_HOSTS")
PUSH_CA_FILE = env.text("CORDON_PUSH_CA_FILE")
# How many letters of an agency leave for one State in a day, where the agency sets no number of its own.
LETTERS_A_STATE_A_DAY = env.whole_number("CORDON_LETTERS_A_STATE_A_DAY", 20)

# Demonstration officers and data may be made here.
DEMO_ALLOWED = True

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "batch"
# Where a message without a queue of its own goes, such as a retry.
CELERY_TASK_ROUTES = {
    "screening.*": {"queue": "interactive"},
    "upkeep.link_audit": {"queue": "interactive"},
    "letters.*": {"queue": "outbound"},
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# What a task did is in the database; nothing waits for its answer.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 30
CELERY_TASK_TIME_LIMIT = 45
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker waits for its broker as long as it takes.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Well above the hard time limit, so that no running task is handed out a second time.
    "visibility_timeout": 600,
    "global_keyprefix": env.text("CELERY_KEY_PREFIX"),
    # With the broker gone a caller is told at once: the queued row is there, and the sweeper sends later.
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "socket_keepalive": True,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "backend.log_lines.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        # A refused request is the client's affair, and its path may name a record.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# Of what leaves the house no cell from one to below this is shown, nor follows from the rest.
SMALLEST_CELL_SHOWN = env.whole_number("CORDON_SMALLEST_CELL_SHOWN", 5, least=1)
# From so many arms on the questionnaire of UNODC wants a seizure told by itself.
SIGNIFICANT_SEIZURE_ARMS = env.whole_number("CORDON_SIGNIFICANT_SEIZURE_ARMS", 10)
