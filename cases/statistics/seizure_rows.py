"""Seizures as customs authorities exchange them (WCO Customs Enforcement Network): one row a seized line, nobody named.

No row can name anybody: each field is a day, a number, a code of a standard or a word of a closed list, and what was
typed is read for such words and never passed on. What is not recorded is empty.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from cases.choices import ConveyanceMode, ItemCategory, MissileSubtype, QuantityBasis, Unit

# Recorded, and none of the words of the list.
OTHER: Final = "other"
# About eleven kilometres: the district, and no house in it.
DECIMALS: Final = 1

# The words by which a typed text is read, first match first.
CONCEALMENT: Final = {
    "not_concealed": "not concealed|unconcealed|no concealment|in plain (?:sight|view)|openly",
    "on_person": "on (?:the |his |her )?(?:body|person)|strapped|clothing|swallowed",
    "in_baggage": "baggage|luggage|suitcases?|rucksacks?|backpacks?",
    "in_post": "parcels?|envelopes?|letters?|postal|mail",
    "in_conveyance": (
        "compartments?|hull|tanks?|tyres?|tires?|panels?|cabin|engine|bulkheads?|seats?|chassis|bilge|"
        "false (?:floor|bottom)"
    ),
    "in_freight": "cargo|freight|load|containers?|crates?|boxes|among|beneath|under|behind|goods|sacks?|bales?",
}
PROCEDURE: Final = {
    "transhipment": "trans-?shipment",
    "transit": "transit",
    "temporary_admission": "temporary (?:admission|importation)",
    "warehousing": "warehous(?:e|ing)",
    "free_zone": "free zone",
    "import": "imports?|importation|home use|release for free circulation",
    "export": "exports?|exportation|re-?exports?",
    "postal": "postal|express",
    "passenger": "passengers?|travell?ers?",
}
DETECTION: Final = {
    "x_ray": "x[ _-]?ray|scanner|scanning|scan",
    "dog": "dogs?|canine|k9",
    "risk_profile": "profil(?:e|ing)|risk[ _](?:analysis|profile|assessment)|targeting|selectivity",
    "intelligence": "intelligence|tip(?:[ _]off)?|information|informant|warning",
    "patrol": "patrol(?:ling)?|surveillance|boarding",
    "search": "search|inspection|examination|routine|check|control|checkpoint",
    "investigation": "investigation",
}


class SeizedLine(NamedTuple):
    """One seized line as it is recorded; empty is not recorded."""

    reference: str
    number: int
    first_day: date | None = None
    last_day: date | None = None
    country: str = ""
    nearest_country: str = ""
    at_sea: bool | None = None
    longitude: float | None = None
    latitude: float | None = None
    procedure: str = ""
    detection: str = ""
    concealment: str = ""
    mode: str = ""
    origin: str = ""
    transit: tuple[str, ...] = ()
    destination: str = ""
    category: str = ""
    subtype: str = ""
    hs_code: str = ""
    quantity: float | None = None
    unit: str = ""
    quantity_basis: str = ""
    nationalities: tuple[str, ...] = ()


class SeizureRow(NamedTuple):
    """One row, as it is sent; None is not recorded."""

    reference: str
    line: int
    seized_from: str | None
    seized_until: str | None
    country: str | None
    place_kind: str | None
    nearest_country: str | None
    latitude: float | None
    longitude: float | None
    direction: str | None
    customs_procedure: str | None
    detection: str | None
    transport: str | None
    concealment: str | None
    origin: str | None
    transit: str | None
    destination: str | None
    hs_code: str | None
    goods: str | None
    quantity: float | None
    unit: str | None
    quantity_basis: str | None
    nationalities: str | None


def seizure_row(line: SeizedLine) -> SeizureRow:
    """Return the row of a seized line."""
    return SeizureRow(
        reference=line.reference,
        line=line.number,
        seized_from=line.first_day.isoformat() if line.first_day else None,
        seized_until=line.last_day.isoformat() if line.last_day else None,
        country=_code(line.country),
        place_kind={True: "sea", False: "land", None: None}[line.at_sea],
        nearest_country=_code(line.nearest_country),
        latitude=_rounded(line.latitude),
        longitude=_rounded(line.longitude),
        direction=_direction(line),
        customs_procedure=_read(line.procedure, PROCEDURE),
        detection=_read(line.detection, DETECTION),
        transport=_word(line.mode, ConveyanceMode),
        concealment=_read(line.concealment, CONCEALMENT),
        origin=_code(line.origin),
        transit=_codes(line.transit),
        destination=_code(line.destination),
        hs_code=line.hs_code if re.fullmatch("[0-9]{2,10}", line.hs_code) else None,
        goods=_goods(line),
        quantity=line.quantity,
        unit=_word(line.unit, Unit),
        quantity_basis=_word(line.quantity_basis, QuantityBasis),
        nationalities=_codes(sorted(set(line.nationalities))),
    )


def _direction(line: SeizedLine) -> str | None:
    """Return which way the goods went, seen from the State where they were seized."""
    if not (line.country and line.origin and line.destination) or line.origin == line.destination:
        return None
    if line.country == line.destination:
        return "inward"
    return "outward" if line.country == line.origin else "transit"


def _goods(line: SeizedLine) -> str | None:
    """Return the goods by their category, and what kind of missile."""
    category, subtype = _word(line.category, ItemCategory), _word(line.subtype, MissileSubtype)
    is_missile = category == ItemCategory.MISSILE and subtype not in {None, OTHER}
    return f"{category} / {subtype}" if is_missile else category


def _read(text: str, words: Mapping[str, str]) -> str | None:
    if not text.strip():
        return None
    found = (
        name for name, pattern in words.items() if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", text.casefold())
    )
    return next(found, OTHER)


def _word(text: str, words: Iterable[str]) -> str | None:
    return (text if text in set(words) else OTHER) if text else None


def _code(text: str) -> str | None:
    return text if re.fullmatch("[A-Z]{3}", text) else None


def _codes(texts: Iterable[str]) -> str | None:
    return " ".join(filter(None, map(_code, texts))) or None


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, DECIMALS)


def rows_as_csv(rows: Sequence[SeizureRow]) -> bytes:
    """Return rows as CSV with a header; no text in them is a formula, for none is a text that somebody typed."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(SeizureRow._fields)
    writer.writerows(rows)
    return written.getvalue().encode()


def rows_as_ndjson(rows: Sequence[SeizureRow]) -> bytes:
    """Return rows as JSON objects, one a line."""
    return "".join(f"{json.dumps(row._asdict())}\n" for row in rows).encode()
