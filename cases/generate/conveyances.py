"""What carried the goods, how it was stopped, and what the papers of the cargo said."""

from cases.generate.draws import Draw, Fields, spread
from cases.generate.names import organization, vessel
from cases.generate.serials import LETTERS, numbered
from cases.generate.situation import Situation

# Flags that small traders fly; the identification digits that stand first in the radio number of each.
FLAGS = {
    "PAN": "352", "LBR": "636", "MHL": "538", "TGO": "671", "COM": "620", "TZA": "677", "BOL": "720", "SLE": "667",
    "KHM": "515", "MDA": "214", "TUR": "271", "IRN": "422", "YEM": "473", "SOM": "666", "PRK": "445", "HND": "334",
}  # fmt: skip
_FLAG_CODES = tuple(FLAGS)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Values of letters in a container number: from 10 on, leaving out the multiples of 11 (ISO 6346).
_VALUES = dict(zip(_LETTERS, (value for value in range(10, 39) if value % 11), strict=True))
# No shipper owns this prefix.
_OWNER = "ZZZU"

_AT_SEA = spread((("dhow", 5), ("fishing vessel", 3), ("general cargo vessel", 4), ("container ship", 2), ("skiff", 1)))
_IN_PORT = spread((("container ship", 6), ("general cargo vessel", 4), ("ro-ro vessel", 1)))
_ON_ROAD = spread((("pick-up truck", 5), ("lorry with trailer", 5), ("private car", 4), ("motorcycle", 2), ("bus", 1)))
_IN_AIR = spread(
    (("cargo aircraft", 4), ("passenger aircraft, hold", 3), ("Il-76 freighter", 2), ("An-12 freighter", 1))
)
_DESCRIPTIONS = {"sea": _AT_SEA, "road": _ON_ROAD, "air": _IN_AIR}
_AUTHORITIES = spread(
    (
        ("flag_state_consent", 3), ("right_of_visit", 4), ("security_council", 2), ("coastal_state", 3),
        ("host_state_request", 2), ("national_law", 2),
    )
)  # fmt: skip
_CONSENTS = spread((("given", 3), ("refused", 1), ("pending", 1), ("not_needed", 4), ("unknown", 1)))
_COOPERATIONS = spread((("full", 4), ("partial", 2), ("none", 1), ("unknown", 2)))
_GROUNDS = (
    "No flag flown and no papers shown.",
    "Information received beforehand.",
    "Routine verification of nationality.",
)
_PROCEDURES = ("transit", "import", "export", "transhipment", "temporary admission")
_DECLARED = (
    "spare parts", "household goods", "construction material", "foodstuffs", "used clothing", "machinery",
    "fish, frozen",
    "agricultural tools", "plastic ware", "hunting equipment",
)  # fmt: skip
_HEADINGS = ("8708", "6309", "7308", "1006", "8431", "0303", "8201", "3926", "9303")


def conveyance(draw: Draw, situation: Situation) -> dict[str, object]:
    """Return the conveyance as far as it is known."""
    record: dict[str, object] = {"mode": situation.mode}
    record.update(ANY.filled(draw, situation))
    if situation.mode == "sea":
        record.update(SHIP.filled(draw, situation))
        _fly(draw, record)
    elif situation.mode == "road":
        record.update(TRUCK.filled(draw, situation))
    elif situation.mode == "air":
        record.update(AIRCRAFT.filled(draw, situation))
    return record


def boarding(draw: Draw, situation: Situation) -> dict[str, object] | None:
    """Return on what ground a ship was boarded; None on land."""
    if situation.lane is None:
        return None
    return BOARDING.filled(draw, situation) or None


def consignment(draw: Draw, situation: Situation) -> dict[str, object] | None:
    """Return what was declared of a cargo; None where nothing is declared."""
    if situation.scene.name not in {"port", "airport", "border"}:
        return None
    record = CONSIGNMENT.filled(draw, situation)
    weight_kg = draw.heavy((2, 3, 3, 4))
    if draw.random() < 0.4:
        record["declared_weight_kg"] = weight_kg
        record["found_weight_kg"] = weight_kg + draw.between(0, 1 + weight_kg // 10)
    return record or None


def imo_number(draw: Draw) -> str:
    """Return a ship's number with its check digit, of a range that was never given to ships."""
    digits = f"{draw.between(200_000, 499_999)}"
    return digits + str(sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1), strict=True)) % 10)


def container_number(draw: Draw) -> str:
    """Return a container number with its check digit, of an owner that does not exist."""
    number = f"{_OWNER}{int(draw.random() * 1_000_000):06}"
    values = (_VALUES.get(sign) or int(sign) for sign in number)
    return number + str(sum(value << place for place, value in enumerate(values)) % 11 % 10)


def _description(draw: Draw, situation: Situation) -> str | None:
    table = _IN_PORT if situation.scene.name == "port" else _DESCRIPTIONS.get(situation.mode)
    return draw.one(table) if table else None


def _fly(draw: Draw, record: dict[str, object]) -> None:
    """Give the ship a flag with its radio number, or none at all."""
    chance = draw.random()
    if chance < 0.2:
        record["stateless"] = True
    elif chance < 0.6:
        flag = draw.one(_FLAG_CODES)
        record["flag"] = flag
        if draw.random() < 0.3:
            # The last four digits of numbers given to ships rarely begin with a nine.
            record["mmsi"] = f"{FLAGS[flag]}99{int(draw.random() * 10_000):04}"


def _plate(draw: Draw, _: Situation) -> str:
    return numbered(draw, "AA 9999 A", 0)


def _tail(draw: Draw, _: Situation) -> str:
    return f"{LETTERS[draw.between(0, 20)]}{draw.between(2, 9)}-{numbered(draw, 'AAA', 0)}"


def _containers(draw: Draw, situation: Situation) -> list[str] | None:
    if situation.scene.name != "port":
        return None
    return [container_number(draw) for _ in range(draw.between(1, 3))]


ANY: Fields[Situation] = Fields(
    (0.7, "description", _description),
    (0.12, "operator", lambda draw, _: organization(draw)),
    (0.12, "owner", lambda draw, _: organization(draw)),
    (0.05, "seals", lambda draw, _: [numbered(draw, "AA999999", 0)]),
)
SHIP: Fields[Situation] = Fields(
    (0.55, "name", lambda draw, _: vessel(draw)),
    (0.3, "imo", lambda draw, _: imo_number(draw)),
    (0.5, "containers", _containers),
    (0.1, "flight_or_voyage", lambda draw, _: numbered(draw, "999A", 0)),
)
TRUCK: Fields[Situation] = Fields((0.4, "registration", _plate))
AIRCRAFT: Fields[Situation] = Fields(
    (0.4, "registration", _tail), (0.4, "flight_or_voyage", lambda draw, _: numbered(draw, "AA 999", 0))
)
BOARDING: Fields[Situation] = Fields(
    (0.7, "authority", lambda draw, _: draw.one(_AUTHORITIES)),
    (0.3, "flag_state_consent", lambda draw, _: draw.one(_CONSENTS)),
    (0.4, "cooperation", lambda draw, _: draw.one(_COOPERATIONS)),
    (0.3, "grounds", lambda draw, _: draw.one(_GROUNDS)),
)
CONSIGNMENT: Fields[Situation] = Fields(
    (0.4, "customs_procedure", lambda draw, _: draw.one(_PROCEDURES)),
    (0.5, "declared_description", lambda draw, _: draw.one(_DECLARED)),
    (0.25, "declared_hs", lambda draw, _: draw.one(_HEADINGS)),
)
