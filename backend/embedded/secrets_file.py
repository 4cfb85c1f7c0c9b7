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
    audit_seal: str
    # Any 32 bytes are an Ed25519 key.
    audit_signing: str

    @classmethod
    def drawn(cls) -> Self:
        """Return fresh ones; hexadecimal, so that they need no quoting in URLs, SQL or configuration."""
        return cls(
            superuser=secrets.token_hex(24),
            owner=secrets.token_hex(24),
            app=secrets.token_hex(24),
            redis=secrets.token_hex(24),
            secret_key=secrets.token_hex(40),
            audit_seal=secrets.token_hex(40),
            audit_signing=secrets.token_hex(32),
        )


def secrets_of(folder: DataFolder) -> Secrets:
    """Return the folder's secrets, drawn at the first call; what an older version did not know is drawn now."""
    path = folder.path / "secrets.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    whole = {**asdict(Secrets.drawn()), **kept}
    if whole != kept:
        write_private(path, json.dumps(whole))
    return Secrets(**whole)
