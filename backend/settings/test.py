"""The test suite: servers of its own, the unprivileged role as `default`, the owner beside it."""

from backend import env
from backend.settings.base import *  # noqa: F403
from backend.settings.base import database

# Opens nothing outside the test suite.
SECRET_KEY = "only-for-tests"  # noqa: S105  # nosec B105
REFERENCE_KEY = SECRET_KEY
SECOND_FACTOR_KEY = SECRET_KEY
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEBUG = False

DATABASES = {"default": database(env.database_url()), "owner": database(env.owner_database_url())}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
