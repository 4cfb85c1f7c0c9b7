"""The one text of an audit entry: what its seal and its link cover."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from cases.canonical import canonical_json
from cases.models import AuditEntry

# What may tell of persons and so may be erased one day: the text holds its digest.
ERASABLE: Final = ("reason", "on_behalf_of", "address", "user_agent", "payload")
# Every column but the key, the seal and what erasure leaves, in the order of the text.
_SEALED: Final = (
    *("recorded_at", "officer_id", "agency_id", "action", "object_type", "object_reference", "incident_id", "case_id"),
    *("reason", "request_id", "through", "on_behalf_of", "address", "user_agent", "payload"),
)
COLUMNS: Final = ("id", *_SEALED, "seal", "salt", "digests", "erased_in")
_NONCE: Final = 16

Columns = Mapping[str, Any]


def columns_of(entry: AuditEntry) -> Columns:
    """Return an entry as its columns."""
    return {name: getattr(entry, name) for name in COLUMNS}


def text_of_entry(columns: Columns) -> str:
    """Return the canonical text of a whole entry.

    Of the payload, and of whatever else may tell of persons, it holds the digest: who exports a history may leave out
    what the reader may not see, and erasure leaves the chain whole.
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


def digests_of(columns: Columns) -> dict[str, str]:
    """Return the digests by which the link of the entry holds, whatever is erased from it.

    Salted, so that nobody can try names against them once the salt is gone; nothing needs no digest. In entries from
    before salts only the payload is covered so.
    """
    if (kept := columns["digests"]) is not None:
        # Plain SQL gives JSON as text.
        return dict(json.loads(kept) if isinstance(kept, str) else kept)
    if not columns["salt"]:
        return {"payload": _sha256(str(columns["payload"]))}
    return {name: covered(columns["salt"], name, columns[name]) for name in ERASABLE}


def covered(salt: str, name: str, value: str) -> str:
    """Return the digest that stands for a value in the text of its entry."""
    return _sha256(f"{salt}\n{name}\n{value}") if value else ""


def covered_by(entry: AuditEntry) -> dict[str, Any]:
    """Return what the digests in the text of an entry stand for; of an erased entry, that it is."""
    return {
        "salt": entry.salt,
        "values": {name: getattr(entry, name) for name in ERASABLE},
        "is_erased": entry.erased_in is not None,
    }


def digest_of_what_stands(columns: Columns) -> str:
    """Return the digest of what erasure left in an entry; the entry that tells of the erasure names it."""
    return _sha256(canonical_json({name: columns[name] for name in ERASABLE}))


def _sealed(columns: Columns) -> dict[str, Any]:
    text = {name: columns[name] for name in _SEALED}
    text["recorded_at"] = columns["recorded_at"].astimezone(UTC).isoformat(timespec="microseconds")
    return text | digests_of(columns)


def _sha256(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
