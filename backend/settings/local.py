"""One machine, one person: what `make run` uses."""

from backend import env
from backend.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text("DJANGO_SECRET_KEY", "local-only-not-secret")
REFERENCE_KEY = env.text("REFERENCE_KEY", SECRET_KEY)
SECOND_FACTOR_KEY = env.text("SECOND_FACTOR_KEY", SECRET_KEY)
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
