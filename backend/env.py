"""The environment, read in one place; every name here is described in docs."""

import os
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent


class SettingsUnusable(Exception):
    """The installation may not run with its settings; the message names the setting and the remedy."""


class SettingMissing(SettingsUnusable):
    """A setting without which this installation may not run."""

    def __init__(self, name: str, remedy: str) -> None:
        super().__init__(f"{name} is not set: {remedy}")


class SettingUnreadable(SettingsUnusable):
    """A setting that is there and cannot be understood; what it says is not repeated, for it may be a secret."""

    def __init__(self, name: str, remedy: str) -> None:
        super().__init__(f"{name} cannot be read: {remedy}")


def text(name: str, default: str = "") -> str:
    """Return the variable, stripped; empty counts as absent."""
    return os.environ.get(name, "").strip() or default


def required(name: str, remedy: str) -> str:
    """Return the variable; raises SettingMissing with the remedy."""
    value = text(name)
    if not value:
        raise SettingMissing(name, remedy)
    return value


def words(name: str) -> list[str]:
    """Return a comma-separated variable as a list."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def metres(name: str) -> tuple[int, ...]:
    """Return a comma-separated variable in kilometres as whole metres, the widest first; empty when it is not set.

    Raises SettingUnreadable.
    """
    try:
        widths = {round(float(word) * 1_000) for word in words(name)}
    except ValueError as error:
        raise SettingUnreadable(name, "write kilometres with commas between them, such as 20,50,80.") from error
    return tuple(sorted((width for width in widths if width > 0), reverse=True))


def flag(name: str, *, default: bool) -> bool:
    """Return whether the variable says yes."""
    return text(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def count(name: str, default: int) -> int:
    """Return the variable as a whole number; raises SettingUnreadable."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise SettingUnreadable(name, "write a whole number, such as 1.")
    return int(value)


def openid_provider(issuer: str) -> dict[str, Any]:
    """Return how to reach the OpenID provider of that issuer; without one there is no single sign-on.

    Raises SettingMissing where the provider is named and what it knows us by is not.
    """
    if not issuer:
        return {"APPS": []}
    app = {
        "provider_id": "sso",
        "name": text("OIDC_NAME", "Single sign-on"),
        "client_id": required("OIDC_CLIENT_ID", "give the name under which the provider knows this installation"),
        "secret": required("OIDC_CLIENT_SECRET", "give the secret that belongs to OIDC_CLIENT_ID"),
        "settings": {"server_url": issuer},
    }
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


def database_url() -> str:
    """Return the database of this process: the owner's for migrations, else the unprivileged application role's."""
    owner = text("DATABASE_URL", "postgres:///cordon")
    if text("CORDON_DATABASE_ROLE") == "owner":
        return owner
    return text("DATABASE_APP_URL", owner)


def owner_database_url() -> str:
    """Return the database as its owner reaches it."""
    return text("DATABASE_URL", "postgres:///cordon")
