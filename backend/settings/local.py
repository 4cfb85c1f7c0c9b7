"""One machine, one person: what `make run` uses."""

import hashlib

from backend import env
from backend.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text("DJANGO_SECRET_KEY", "local-only-not-secret")
REFERENCE_KEY = env.text("REFERENCE_KEY", SECRET_KEY)
AUDIT_SEAL_KEYS = env.secret("AUDIT_SEAL_KEY", f"seal:{SECRET_KEY}").split(",")
AUDIT_SIGNING_KEY = env.secret("AUDIT_SIGNING_KEY", hashlib.sha256(f"sign:{SECRET_KEY}".encode()).hexdigest())
SECOND_FACTOR_KEY = env.text("SECOND_FACTOR_KEY", SECRET_KEY)
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
