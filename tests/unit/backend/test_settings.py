import os
import subprocess
import sys

import pytest

from backend.env import CHECKOUT

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "backend.settings.production",
    "DJANGO_SECRET_KEY": "k" * 60 + "0123456789abcdef",
    "ALLOWED_HOSTS": "cordon.example, www.cordon.example",
    "DATABASE_URL": "postgres://owner@db/cordon",
    "DATABASE_APP_URL": "postgres://app@db/cordon",
    "REDIS_URL": "redis://broker:6379/0",
    "AUDIT_SEAL_KEY": "s" * 50,
    "AUDIT_SIGNING_KEY": "5e" * 32,
    "AUDIT_HEADS_FILE": "/var/lib/cordon/audit-heads.ndjson",
    "BUNDLE_KEY_FILE": "/keys/bundle-signing.pem",
    "SITE_URL": "https://cordon.example",
}


def production(**changes):
    """Start Python under the production settings and print a few of them."""
    code = (
        "from django.conf import settings as s;"
        "print(s.ALLOWED_HOSTS, s.DATABASES['default']['USER'], s.DEMO_ALLOWED, s.DEBUG, s.SESSION_COOKIE_SECURE)"
    )
    environment = {"PATH": os.environ["PATH"], **COMPLETE, **changes}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_production_starts_as_the_unprivileged_role_without_demonstration():
    started = production()

    assert started.stdout.strip() == "['cordon.example', 'www.cordon.example'] app False False True", started.stderr


def test_migrations_run_as_the_owner():
    assert "owner False" in production(CORDON_DATABASE_ROLE="owner").stdout


def test_only_what_migrates_needs_the_owners_connection():
    assert production(DATABASE_URL="").returncode == 0
    assert "DATABASE_URL is not set" in production(DATABASE_URL="", CORDON_DATABASE_ROLE="owner").stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_APP_URL", "nonsense"),
        ("DATABASE_APP_URL", "postgresql://app:a-secret@db:port/cordon"),
        ("DATABASE_APP_URL", "mysql://app:a-secret@db/cordon"),
        ("CORDON_BORDER_BELTS_KM", "twenty"),
        ("AUDIT_SIGNING_KEY", "a-secret"),
        ("TRUSTED_PROXIES", "one"),
        ("CUSTODY_HANDOVER_EXPIRES_HOURS", "-3"),
        ("SITE_URL", "http://cordon.example"),
        ("OIDC_ISSUER", "http://provider.example"),
        ("EMAIL_PORT", "a-secret"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_with_the_remedy_and_not_repeated(name, value):
    refused = production(OIDC_CLIENT_ID="cordon", OIDC_CLIENT_SECRET="a-secret", **{name: value})

    assert refused.returncode != 0
    said = refused.stderr.strip().splitlines()[-1]
    assert "SettingUnreadable" in said
    assert f"{name} cannot be read: write " in said
    assert "a-secret" not in said


@pytest.mark.parametrize(
    "name",
    [
        *("DJANGO_SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_APP_URL", "REDIS_URL"),
        *("AUDIT_SEAL_KEY", "AUDIT_SIGNING_KEY", "AUDIT_HEADS_FILE", "BUNDLE_KEY_FILE", "SITE_URL"),
    ],
)
def test_production_names_the_setting_that_is_missing(name):
    refused = production(**{name: ""})

    assert refused.returncode != 0
    assert f"SettingMissing: {name} is not set" in refused.stderr


def test_a_key_of_the_audit_trail_may_stand_in_a_file(tmp_path):
    key = tmp_path / "signing-key"
    key.write_text("5e" * 32 + "\n")

    assert production(AUDIT_SIGNING_KEY="", AUDIT_SIGNING_KEY_FILE=str(key)).returncode == 0
    assert (
        "AUDIT_SIGNING_KEY_FILE cannot be read"
        in production(AUDIT_SIGNING_KEY="", AUDIT_SIGNING_KEY_FILE=str(tmp_path / "none")).stderr
    )


def test_a_provider_that_is_named_needs_what_it_knows_us_by():
    refused = production(OIDC_ISSUER="https://provider.example", OIDC_CLIENT_ID="cordon")

    assert "SettingMissing: OIDC_CLIENT_SECRET is not set" in refused.stderr


def test_who_leads_or_administers_needs_a_second_factor_in_production_unless_it_is_left_to_agencies():
    code = "from django.conf import settings as s; print(s.SECOND_FACTOR_ROLES, s.TRUSTED_PROXIES)"
    for asked, expected in (("", "['supervisor', 'administrator'] 1"), ("expert", "['expert'] 1"), ("none", "[] 1")):
        environment = {"PATH": os.environ["PATH"], **COMPLETE, "SECOND_FACTOR_ROLES": asked}
        said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert said.stdout.strip() == expected


def test_djangos_own_check_of_a_deployment_finds_nothing():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {"PATH": os.environ["PATH"], **COMPLETE}

    checked = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=CHECKOUT)

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout
