"""The environment, read in one place; every name here is described in docs."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

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


def secret(name: str, default: str = "") -> str:
    """Return a secret from the variable, or from the file that NAME_FILE names; raises SettingUnreadable."""
    if value := text(name):
        return value
    if path := text(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip() or default
        except (OSError, UnicodeDecodeError) as error:
            raise SettingUnreadable(f"{name}_FILE", "name a file that this process may read.") from error
    return default


def required_secret(name: str, remedy: str) -> str:
    """Return a secret from the variable or its file; raises SettingMissing with the remedy."""
    value = secret(name)
    if not value:
        raise SettingMissing(name, remedy)
    return value


def ed25519_key(key: str, name: str) -> str:
    """Return a private key as it was given; raises SettingUnreadable unless it is 64 hexadecimal digits."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        raise SettingUnreadable(name, "write 64 hexadecimal digits.")
    return key


def whole_number(name: str, default: int, *, least: int = 1, most: int | None = None) -> int:
    """Return a variable as a whole number within its bounds; raises SettingUnreadable."""
    written = text(name, str(default))
    if written.isascii() and written.isdigit() and least <= int(written) and (most is None or int(written) <= most):
        return int(written)
    bounds = f"from {least}" if most is None else f"from {least} to {most}"
    raise SettingUnreadable(name, f"write a whole number {bounds}, in digits.")


def application_role() -> str:
    """Return the database's unprivileged role: as named, else the one that the application signs in as."""
    address = urlsplit(text("DATABASE_APP_URL"))
    return text("CORDON_APPLICATION_ROLE") or unquote(address.username or "") or "cordon_app"


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


def path(name: str, default: str) -> Path:
    """Return a file's path; without the variable one of that name where the application may write."""
    return Path(text(name) or Path(text("CORDON_FILES") or CHECKOUT / ".cordon" / "files") / default)
