"""What names a geography: the packaged reference, the widths of its belts, and the imported zones over it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geo.borders import BELT_WIDTHS_M, kilometres

# The validity of a zone whose file states no beginning: on every day.
SINCE_EVER = date.min


@dataclass(frozen=True, slots=True)
class GeographyName:
    """The version and digest under which a geography answers."""

    version: str
    digest: str


def zone_identity(*, code: str, checksum: str, valid_from: date, valid_until: date | None, accuracy_m: float) -> str:
    """Return everything that decides what an imported zone answers, as one line."""
    until = valid_until.isoformat() if valid_until else ""
    return "|".join((code, checksum, valid_from.isoformat(), until, f"{accuracy_m:g}"))


def zones_digest(identities: Iterable[str]) -> str:
    """Return the SHA-256 of imported zones in hexadecimal, whatever their order; "" where there are none."""
    lines = sorted(identities)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def geography_name(*, version: str, digest: str, belt_widths_m: Sequence[int], zones: str) -> GeographyName:
    """Return the name of a packaged reference with belts of these widths and imported zones of this digest."""
    parts = [digest]
    if tuple(belt_widths_m) != BELT_WIDTHS_M:
        widths = "-".join(kilometres(width) for width in belt_widths_m)
        version, parts = f"{version}+belts-{widths}", [*parts, widths]
    if zones:
        version, parts = f"{version}+zones-{zones[:12]}", [*parts, zones]
    if len(parts) == 1:
        return GeographyName(version, digest)
    return GeographyName(version, "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest())
