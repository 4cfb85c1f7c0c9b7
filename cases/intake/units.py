"""Units of quantity: what people type, and the word it is kept under."""

from cases.choices import Unit
from cases.intake.text import read_line

_TYPED: dict[Unit, str] = {
    Unit.PIECE: "piece pieces pc pcs pce ea each unit units item items no nos number u st stk",
    Unit.ROUND: "round rounds rd rds rnd rnds cartridge cartridges shot shots",
    Unit.PAIR: "pair pairs pr prs",
    Unit.SET: "set sets kit kits",
    Unit.MAGAZINE: "magazine magazines mag mags",
    Unit.BELT: "belt belts",
    Unit.BOX: "box boxes bx bxs",
    Unit.CASE: "case cases cs",
    Unit.CRATE: "crate crates crt",
    Unit.BAG: "bag bags sack sacks",
    Unit.PACKAGE: "package packages pkg pkgs parcel parcels carton cartons ctn ctns",
    Unit.PALLET: "pallet pallets plt",
    Unit.DRUM: "drum drums",
    Unit.BARREL: "barrel barrels bbl bbls",
    Unit.CONTAINER: "container containers cntr teu feu",
    Unit.TRUCKLOAD: "truckload truckloads truck trucks lorry lorries lorryload lorryloads",
    Unit.GRAM: "gram grams gramme grammes g gm",
    Unit.KILOGRAM: "kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs",
    Unit.TONNE: "tonne tonnes ton tons t mt",
    Unit.POUND: "pound pounds lb lbs",
    Unit.LITRE: "litre litres liter liters l lt ltr",
    Unit.METRE: "metre metres meter meters m",
    Unit.CUBIC_METRE: "cubic_metre cubic_metres cubic_meter cbm m3 m³",
}
_UNITS: dict[str, str] = {typed: unit.value for unit, words in _TYPED.items() for typed in words.split()}


def read_unit(value: object) -> str | None:
    """Return the unit's own word for what was typed; a unit not known here stays as typed."""
    typed = read_line(value)
    if typed is None or typed in _UNITS:
        return typed and _UNITS[typed]
    return _UNITS.get(typed.lower().rstrip(".").replace(" ", "_"), typed)
