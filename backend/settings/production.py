"""A real installation: refuses to start without its secret, its hosts and its two database roles."""

from backend import env
from backend.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.required("DJANGO_SECRET_KEY", "give 50 random characters, the same on every host")
REFERENCE_KEY = env.text("REFERENCE_KEY", SECRET_KEY)
SECOND_FACTOR_KEY = env.text("SECOND_FACTOR_KEY", SECRET_KEY)
env.required("ALLOWED_HOSTS", "give the host names, separated by commas")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
_KEPT_APART = "the same on every host, kept apart from the database, or name a file with it in "
AUDIT_SEAL_KEYS = env.required_secret(
    "AUDIT_SEAL_KEY", f"give 50 random characters, {_KEPT_APART}AUDIT_SEAL_KEY_FILE"
).split(",")
AUDIT_SIGNING_KEY = env.ed25519_key(
    env.required_secret("AUDIT_SIGNING_KEY", f"give 64 random hexadecimal digits, {_KEPT_APART}AUDIT_SIGNING_KEY_FILE"),
    "AUDIT_SIGNING_KEY",
)
env.required("AUDIT_HEADS_FILE", "give a path where the worker keeps the signed heads of the audit chain")
if env.text("CORDON_DATABASE_ROLE") == "owner":
    # Only what migrates knows the owner's password.
    env.required("DATABASE_URL", "give the owner's connection, e.g. postgres://cordon_owner:…@host/cordon")
env.required("DATABASE_APP_URL", "give the unprivileged role's connection; the application never runs as owner")
env.required("BUNDLE_KEY_FILE", "give a file on storage that lasts, the same on every host; the first start makes it")
env.required("REDIS_URL", "give the broker, e.g. redis://:…@host:6379/0")

SITE_URL = env.required("SITE_URL", "give the address at which people reach Cordon, e.g. https://cordon.example")
if not SITE_URL.startswith("https://"):
    raise env.SettingUnreadable("SITE_URL", "write https://host; links in letters must not lead over plain HTTP.")

DEMO_ALLOWED = False

# Who leads or administers can do most harm: a password alone is not enough. "none" leaves it to each agency.
SECOND_FACTOR_ROLES = env.words("SECOND_FACTOR_ROLES") or ["supervisor", "administrator"]
if SECOND_FACTOR_ROLES == ["none"]:
    SECOND_FACTOR_ROLES = []
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://"):  # noqa: F405
    raise env.SettingUnreadable("OIDC_ISSUER", "write https://…; a provider over plain HTTP can be anybody.")
# TLS ends at a proxy of the operator's.
TRUSTED_PROXIES = env.whole_number("TRUSTED_PROXIES", 1, least=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
