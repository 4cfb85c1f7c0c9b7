"""Signed heads of the audit chain, in the database and in their file: a line a head, the oldest first."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from cases.canonical import canonical_json
from cases.models import AuditHead

# Longer than any line of ours.
LONGEST_LINE: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain at a moment, as it was signed."""

    position: int
    digest: str
    signed_at: str
    key_id: str
    signature: str

    @property
    def text(self) -> str:
        """Return what the signature covers."""
        return text_of_head(self.position, self.digest, self.signed_at)

    @property
    def line(self) -> str:
        """Return the head as a line of the file."""
        return canonical_json({"chain": "audit", **asdict(self)})


def text_of_head(position: int, digest: str, signed_at: str) -> str:
    """Return what the signature of a head covers."""
    return canonical_json({"chain": "audit", "position": position, "digest": digest, "signed_at": signed_at})


def moment_of(at: datetime) -> str:
    """Return a moment as heads say it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def head_of(row: AuditHead) -> Head:
    """Return a head as it stands in the database."""
    return Head(
        position=row.position,
        digest=row.digest,
        signed_at=moment_of(row.signed_at),
        key_id=row.key_id,
        signature=row.signature,
    )


def heads_after(position: int) -> Iterator[Head]:
    """Yield the heads in the database beyond a position, in their order."""
    for row in AuditHead.objects.filter(position__gt=position).order_by("position").iterator(chunk_size=1000):
        yield head_of(row)


def last_position_in_database() -> int:
    """Return how far the newest head in the database reaches; 0 where there is none."""
    newest = AuditHead.objects.order_by("-position").first()
    return 0 if newest is None else newest.position


def heads_in_file(path: Path, *, end: int) -> Iterator[Head | int]:
    """Yield the heads of a file up to that byte; for a line that is no head, its number."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            if file.tell() > end:
                return
            yield read_head(line) or number


def read_head(line: bytes) -> Head | None:
    """Return the head that a line says; None for any other line."""
    try:
        said: Any = orjson.loads(line)
        return Head(**{name: said[name] for name in Head.__dataclass_fields__})
    except (orjson.JSONDecodeError, TypeError, KeyError):
        return None
