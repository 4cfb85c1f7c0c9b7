"""Chosen incidents as files: a table for spreadsheets, and whole records, one a line."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cases.canonical import canonical_json

# By which a spreadsheet takes a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_TYPED: Final = ("agency_reference", "place", "conveyance")
_AS_THEY_ARE: Final = ("reference", "state", "kind", "occurred_on", "country", "nearest_country", "location_accuracy_m")
COLUMNS: Final = (
    *("reference", "agency_reference", "state", "kind", "occurred_on", "latitude", "longitude"),
    *("location_accuracy_m", "place", "country", "nearest_country", "conveyance", "categories", "findings"),
    *("screening", "recorded_at"),
)


def rows_as_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows of the list as CSV with a header; what was typed never becomes a formula."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_flat(row) for row in rows)
    return written.getvalue().encode()


def records_as_ndjson(records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return whole records, one a line, as they can be imported again."""
    return "".join(f"{canonical_json(record)}\n" for record in records).encode()


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    longitude, latitude = row["location"]["coordinates"] if row["location"] else (None, None)
    return {
        **{name: row[name] for name in _AS_THEY_ARE},
        **{name: _harmless(row[name]) for name in _TYPED},
        "latitude": latitude,
        "longitude": longitude,
        "categories": " ".join(row["categories"]),
        "findings": " ".join(f"{each['measure']}:{each['outcome']}" for each in row["outcomes"]),
        "screening": row["screening"]["status"],
        "recorded_at": row["recorded_at"].isoformat(),
    }


def _harmless(text: str | None) -> str | None:
    return f"'{text}" if text and text.startswith(_FORMULA) else text
