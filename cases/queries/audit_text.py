"""The one text of an audit entry: what its seal and its link cover."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from cases.canonical import canonical_json
from cases.models import AuditEntry

# Every column but the key and the seal, in the order of the text.
_SEALED: Final = (
    *("recorded_at", "officer_id", "agency_id", "action", "object_type", "object_reference", "incident_id", "case_id"),
    *("reason", "request_id", "through", "on_behalf_of", "address", "user_agent", "payload"),
)
COLUMNS: Final = ("id", *_SEALED, "seal")
_NONCE: Final = 16

Columns = Mapping[str, Any]


def columns_of(entry: AuditEntry) -> Columns:
    """Return an entry as its columns."""
    return {name: getattr(entry, name) for name in COLUMNS}


def text_of_entry(columns: Columns) -> str:
    """Return the canonical text of a whole entry.

    Of the payload it holds the digest: who exports a history may leave out what the reader may not see, and erasure of
    a name from a payload leaves the chain whole.
    """
    return canonical_json({"id": columns["id"], **_sealed(columns), "seal": columns["seal"]})


def seal_of(columns: Columns, *, nonce: str, key: str) -> str:
    """Return the seal: only who has the key, which the database has not, can write an entry that carries a true one.

    The number is left out, for the database gives it only with the row; the nonce makes a copied entry show.
    """
    text = f"{nonce}\n{canonical_json(_sealed(columns))}"
    return f"{nonce}:{hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()}"


def has_true_seal(columns: Columns, keys: Sequence[str]) -> bool:
    """Return whether the application wrote the entry, under any of the keys that it has used."""
    seal = str(columns["seal"])
    nonce = seal[:_NONCE]
    return any(hmac.compare_digest(seal, seal_of(columns, nonce=nonce, key=key)) for key in keys)


def _sealed(columns: Columns) -> dict[str, Any]:
    text = {name: columns[name] for name in _SEALED}
    text["recorded_at"] = columns["recorded_at"].astimezone(UTC).isoformat(timespec="microseconds")
    text["payload"] = "sha256:" + hashlib.sha256(str(columns["payload"]).encode()).hexdigest()
    return text
