"""Rows of an agency's own register: one piece of arms a row, with whose it is or was."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel, ConfigDict

from cases.canonical import canonical_json
from cases.intake.fields import CountryCode, Line, When
from cases.intake.problems import Problem
from cases.registers.fields import Key, Stated
from cases.registers.serials import SHORTEST_KEY, register_key
from cases.tables.columns import Columns

COLUMNS: Final = Columns(
    {
        "serial": ("serial number", "serial no", "serial #", "weapon number", "numéro de série", "número de serie"),
        "key": ("record number", "record id", "id", "registration number", "register number", "numéro"),
        "make": ("maker", "manufacturer", "brand", "marque", "fabricant", "fabricante"),
        "model": ("type", "modèle", "modelo"),
        "calibre": ("caliber", "cal"),
        "country_of_manufacture": ("country of origin", "made in", "pays de fabrication"),
        "country": ("holder country", "country of holder", "delivered to", "pays"),
        "holder": ("owner", "holder name", "licensee", "détenteur", "propriétaire", "titular"),
        "holder_address": ("address", "owner address", "adresse"),
        "holder_paper": ("licence", "license", "permit", "licence number", "permit number", "permis"),
        "unit": ("contingent", "formation", "post", "unité"),
        "status": ("state", "statut", "estado"),
        "registered_on": ("registration date", "date of registration", "acquired on", "date"),
        "lost_on": ("date lost", "date of loss", "stolen on", "date stolen", "date of theft", "reported on"),
    },
    required=("serial",),
)


class EntryRow(BaseModel):
    """One piece as the register has it; who holds it is nominal data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    serial: Stated
    key: Key | None = None
    make: Line = None
    model: Line = None
    calibre: Line = None
    country_of_manufacture: CountryCode | None = None
    # Where the last lawful holder is, as the register has it.
    country: CountryCode | None = None
    holder: Line = None
    holder_address: Line = None
    holder_paper: Line = None
    unit: Line = None
    status: Line = None
    registered_on: When | None = None
    lost_on: When | None = None

    @property
    def serial_key(self) -> str:
        """Return the key under which it is looked up."""
        return register_key(self.serial)

    @property
    def entry_key(self) -> str:
        """Return by which key the register tells its entries apart: its own, else what the piece bears."""
        borne = (self.serial_key, register_key(self.make or ""), register_key(self.model or ""))
        return self.key or "/".join((*borne, register_key(self.calibre or "")))[:200]

    def content(self) -> str:
        """Return all that the row says as one text; another text is another version of the entry."""
        return canonical_json(self.model_dump(mode="json", exclude_none=True))


def entry_problems(entry: EntryRow) -> Iterator[Problem]:
    """Yield what is wrong with an entry that reads well: a serial number by which nothing can be looked up."""
    if len(entry.serial_key) < SHORTEST_KEY:
        yield Problem("/serial", "serial_too_short", {"value": entry.serial, "least": SHORTEST_KEY})
