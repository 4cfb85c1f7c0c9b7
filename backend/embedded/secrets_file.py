"""The passwords of the embedded servers and the application's secret key: drawn once, kept where only we read."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Self

from backend.embedded.data_folder import DataFolder, write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """One random value for each role and for signing."""

    superuser: str
    owner: str
    app: str
    redis: str
    secret_key: str

    @classmethod
    def drawn(cls) -> Self:
        """Return fresh ones; hexadecimal, so that they need no quoting in URLs, SQL or configuration."""
        return cls(
            superuser=secrets.token_hex(24),
            owner=secrets.token_hex(24),
            app=secrets.token_hex(24),
            redis=secrets.token_hex(24),
            secret_key=secrets.token_hex(40),
        )


def secrets_of(folder: DataFolder) -> Secrets:
    """Return the folder's secrets, drawn at the first call."""
    path = folder.path / "secrets.json"
    if path.exists():
        return Secrets(**json.loads(path.read_text(encoding="utf-8")))
    fresh = Secrets.drawn()
    write_private(path, json.dumps(asdict(fresh)))
    return fresh
