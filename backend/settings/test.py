"""The test suite: servers of its own, the unprivileged role as `default`, the owner beside it."""

import secrets
import tempfile
from pathlib import Path

from backend import env
from backend.evidence_settings import evidence_storage
from backend.settings.base import *  # noqa: F403
from backend.settings.base import STORAGES, database

# Opens nothing outside the test suite.
SECRET_KEY = "only-for-tests"  # noqa: S105  # nosec B105
REFERENCE_KEY = SECRET_KEY
AUDIT_SEAL_KEYS = ["only-for-tests"]
AUDIT_SIGNING_KEY = "7e57" * 16
SECOND_FACTOR_KEY = SECRET_KEY
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEBUG = False

DATABASES = {"default": database(env.database_url()), "owner": database(env.owner_database_url())}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Below the session's own folder, which goes with it.
EVIDENCE_FOLDER = env.text("CORDON_TEST_FILES", f"{tempfile.gettempdir()}/cordon-test-files")
EVIDENCE_SCRATCH = f"{EVIDENCE_FOLDER}-scratch"
STORAGES = {**STORAGES, "evidence": evidence_storage(EVIDENCE_FOLDER)}
# What a person at this machine has set up has no say in the tests.
EVIDENCE_SIGNATURES = CLAMAV_ADDRESS = ""
# Drawn afresh for each run, so that no key of an installation ever signs what tests make.
BUNDLE_KEY_FILE = Path(tempfile.gettempdir()) / f"cordon-test-{secrets.token_hex(8)}.pem"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Each client of a test makes its own row of middleware; without this each looks through all static files first.
WHITENOISE_AUTOREFRESH = True
# What a person at this machine has set up sends no letters of the tests'.
DROP_FOLDER = f"{EVIDENCE_FOLDER}-letters"
PUSH_CA_FILE = ""
PUSH_PRIVATE_HOSTS = []
