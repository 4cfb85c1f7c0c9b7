"""The goods of one incident: what, how many, how made, how marked."""

from dataclasses import dataclass

from cases.generate.arms import CALIBRES, QUANTITIES, SMALL, Model
from cases.generate.days import dated
from cases.generate.draws import Draw, Fields, spread
from cases.generate.serials import Serials, numbered
from cases.generate.situation import Situation

ALONE, UNCOUNTED = "single", "none"
# What may well be recorded without any goods.
SEEN_WITHOUT_GOODS = frozenset({"inspection", "denial"})
# A few of many weapons are numbered one by one in the record.
MOST_MARKS = 4
# A maker's model in a calibre it was never made in: a slip of the pen, or a counterfeit.
ODD_CALIBRE = 0.012

_QUANTITY_BASES = spread((("counted", 7), ("estimated", 2), ("reported", 2), ("declared", 1)))
_WEIGHT_BASES = spread((("weighed", 7), ("estimated", 3), ("declared", 2)))
_MANNERS = spread((("industrial", 12), ("unknown", 3)))
# How goods that no factory made came about, by the first word of their description.
_OWN_MANNERS = {"Craft-made": "craft", "Converted": "converted", "Printed": "printed"}
_STATES = spread(
    (("intact", 66), ("partial", 9), ("obliterated", 9), ("restored", 3), ("unknown", 9), ("never_marked", 4))
)
_READ = frozenset({"intact", "partial", "restored"})
_POSITIONS = ("receiver, left side", "receiver, right side", "bolt carrier", "slide", "frame", "barrel", "trunnion")
_METHODS = spread((("stamped", 6), ("engraved", 3), ("laser", 2), ("dot_peen", 1), ("painted", 1)))
_CERTAINTIES = spread((("certain", 7), ("probable", 2), ("doubtful", 1)))
_DISPOSITIONS = spread((("held", 8), ("stored", 5), ("destroyed", 3), ("transferred", 1), ("unknown", 2), ("sunk", 1)))
_LETHALITIES = {"optics": "non_lethal", "communications": "non_lethal", "protective_equipment": "non_lethal"}
_IMPORTERS = ("LBN", "SAU", "YEM", "JOR", "ARE", "KEN", "UGA", "LBY", "NGA", "USA", "DEU", "FRA")
_FIREARMS = frozenset({"small_arm", "light_weapon", "blank_firing"})


@dataclass(slots=True)
class Goods:
    """One line of goods while it is being drawn."""

    model: Model
    situation: Situation
    quantity: int
    made: int | None  # the year, where the model has any
    state: str

    @property
    def serials(self) -> Serials:
        """The numbers given so far."""
        return self.situation.serials


def items(draw: Draw, situation: Situation) -> list[dict[str, object]]:
    """Return the goods; none where an inspection found nothing, and mostly none where passage was refused."""
    if situation.kind == "inspection" and draw.chance(0.8):
        return []
    if situation.kind == "denial" and draw.chance(0.3):
        return []
    count = draw.one(situation.scene.item_counts)
    return [_item(draw, _goods(draw, situation)) for _ in range(count)]


def _goods(draw: Draw, situation: Situation) -> Goods:
    model = draw.one(draw.one(situation.scene.goods))
    return Goods(
        model, situation, _quantity(draw, model, situation.scale), _made(draw, model, situation.year), draw.one(_STATES)
    )


def _quantity(draw: Draw, model: Model, scale: int) -> int:
    if model.counts == UNCOUNTED:
        return 0
    return 1 if model.counts == ALONE else draw.heavy(QUANTITIES[model.counts][scale])


def _made(draw: Draw, model: Model, found: int) -> int | None:
    """Return a year of manufacture that the model allows and that lies before the find."""
    if not model.first_year or model.first_year > found:
        return None
    return draw.between(model.first_year, min(model.last_year, found))


def _item(draw: Draw, goods: Goods) -> dict[str, object]:
    model = goods.model
    record: dict[str, object] = {"category": model.category}
    if goods.quantity and draw.random() < 0.9:
        record["quantity"], record["unit"] = goods.quantity, model.unit
    record.update(ITEM.filled(draw, goods))
    if model.unit == "round":
        record.update(ROUNDS.filled(draw, goods))
    elif model.numbering and draw.random() < 0.7:
        record.update(_marked(draw, goods))
    return record


def _calibre(draw: Draw, goods: Goods) -> str | None:
    if goods.model.category == "small_arm" and draw.random() < ODD_CALIBRE:
        return draw.one(CALIBRES)
    return goods.model.calibre or None


def _quantity_basis(draw: Draw, goods: Goods) -> str | None:
    if not goods.quantity:
        return None
    return draw.one(_WEIGHT_BASES if goods.model.counts == "weight" else _QUANTITY_BASES)


def _manner(draw: Draw, goods: Goods) -> str:
    own = _OWN_MANNERS.get(goods.model.description.partition(" ")[0])
    return own or draw.one(_MANNERS)


def _import_mark(draw: Draw, goods: Goods) -> dict[str, object] | None:
    if goods.model.category not in _FIREARMS or goods.made is None:
        return None
    return {"country": draw.one(_IMPORTERS), "year": draw.between(goods.made, goods.situation.year)}


def _disposition(draw: Draw, goods: Goods) -> dict[str, object]:
    record: dict[str, object] = {"status": draw.one(_DISPOSITIONS)}
    if draw.random() < 0.5:
        record["on"] = dated(draw, goods.situation.day + draw.between(0, 200))
    return record


def _lot(draw: Draw, goods: Goods) -> dict[str, object]:
    year = goods.made or goods.situation.year
    record: dict[str, object] = {}
    if goods.made is not None and draw.random() < 0.75:
        record["year"] = year
    if draw.random() < 0.5:
        record["lot"] = numbered(draw, goods.model.numbering or "99-Y", year)
    if goods.model.counts == "rounds" and draw.random() < 0.7:
        maker = f"{draw.between(10, 945)}" if draw.random() < 0.7 else goods.model.make[:3].upper()
        record["headstamp"] = [{"text": maker, "clock": 12}, {"text": f"{year % 100:02}", "clock": 6}]
    return record


def _marked(draw: Draw, goods: Goods) -> dict[str, object]:
    """Return the marking of a weapon, or of the first few of many."""
    record: dict[str, object] = {"marking_state": goods.state}
    if goods.state not in _READ:
        return record
    year, numbering = goods.made or goods.situation.year, goods.model.numbering
    if goods.quantity <= 1 and draw.random() < 0.6:
        record["serial_number"] = _worn(draw, goods, goods.serials.serial(draw, numbering, year))
        return record
    count = min(goods.quantity, draw.between(1, MOST_MARKS)) if goods.situation.scale != SMALL else 1
    record["marks"] = [_mark(draw, goods, goods.serials.serial(draw, numbering, year)) for _ in range(max(1, count))]
    return record


def _worn(draw: Draw, goods: Goods, number: str) -> str:
    """Return the number as far as it can be read."""
    if goods.state != "partial":
        return number
    at = draw.between(0, len(number) - 1)
    return f"{number[:at]}?{number[at + 1 :]}"


def _mark(draw: Draw, goods: Goods, number: str) -> dict[str, object]:
    record: dict[str, object] = {"kind": "serial", "text": _worn(draw, goods, number), "state": goods.state}
    record.update(MARK.filled(draw, goods))
    return record


MARK: Fields[Goods] = Fields(
    (0.5, "position", lambda draw, _: draw.one(_POSITIONS)),
    (0.4, "method", lambda draw, _: draw.one(_METHODS)),
    (0.4, "certainty", lambda draw, _: draw.one(_CERTAINTIES)),
)
ITEM: Fields[Goods] = Fields(
    (0.35, "id", lambda draw, _: draw.uuid()),
    (0.55, "subtype", lambda _, goods: goods.model.subtype or None),
    (0.82, "description", lambda _, goods: goods.model.description),
    (0.5, "quantity_basis", _quantity_basis),
    (0.5, "make", lambda _, goods: goods.model.make or None),
    (0.6, "model", lambda _, goods: goods.model.model or None),
    (0.7, "calibre", _calibre),
    (0.25, "manufacture", _manner),
    (0.2, "lethality", lambda _, goods: _LETHALITIES.get(goods.model.category, "lethal")),
    (0.4, "country_of_manufacture", lambda _, goods: goods.model.country or None),
    (0.3, "year_of_manufacture", lambda _, goods: goods.made),
    (0.06, "import_mark", _import_mark),
    (0.25, "hs_code", lambda _, goods: goods.model.hs_code or None),
    (0.2, "disposition", _disposition),
)
ROUNDS: Fields[Goods] = Fields((0.6, "ammunition", _lot))
