"""Do the goods fall within what the measure covers? (R12)."""

import re
from collections.abc import Callable
from functools import lru_cache

from cases.screening.coded_goods import Coded, customs_heading, munitions_entry, un_number
from cases.screening.facts import IncidentFacts, ItemFacts
from cases.screening.findings import Answer, Condition, Reason
from cases.screening.rulebook import Measure
from cases.screening.worded_goods import categories_named

NAME = "goods"

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

# What an item is called of which neither category nor code nor words say anything.
UNSPECIFIED = "unspecified_goods"

ARMS = frozenset(
    {
        "ammunition",
        "armoured_vehicle",
        "arms_unspecified",
        "artillery",
        "attack_helicopter",
        "battle_tank",
        "combat_aircraft",
        "grenade",
        "light_weapon",
        "military_equipment",
        "military_vehicle",
        "mine",
        "missile",
        "part",
        "small_arm",
        "uav",
        "warship",
    }
)
NOT_BY_ITSELF_MILITARY = frozenset({"small_arm", "arms_unspecified", "blank_firing"})
NEVER_ARMS = frozenset({"other_goods", "narcotics", "minerals", "cash"})
# Goods with civil and military kinds, of which a munitions-list entry says which.
DECIDED_BY_LIST = frozenset({"communications", "dual_use", "explosive", "military_vehicle", "optics", "uav"})
EQUIPMENT = frozenset({"optics", "communications", "protective_equipment"})
# Equipment that civilians have as well: near a border or in a cache only a munitions-list entry makes it military.
CIVIL_TOO = EQUIPMENT | {"dual_use"}
# "Arms and related materiel of all types" takes in military and paramilitary equipment, whether or not a text lists it.
EQUIPMENT_CLASSES = frozenset(
    {"arms_and_related_materiel", "military_vehicles_equipment", "paramilitary_equipment", "police_equipment"}
)
SERVICE_CLASSES: dict[str, frozenset[str]] = {
    "training": frozenset({"training", "hosting_trainers"}),
    "technical_assistance": frozenset({"technical_assistance", "maintenance", "licensing"}),
    "brokering": frozenset({"brokering"}),
    "transport_service": frozenset(),
    "financing": frozenset({"financing", "investment"}),
    "mercenary": frozenset({"mercenaries", "personnel"}),
}
# Every ban reaches supply "directly or indirectly": who arranges or carries it may take part in one.
PART_OF_SUPPLY = frozenset({"brokering", "transport_service"})
TEACHING = frozenset({"training", "technical_assistance"})
WIDE_SERVICES = frozenset({"other_assistance", "general_services"})
REGISTER_MAJOR = frozenset({"battle_tank", "armoured_vehicle", "combat_aircraft", "attack_helicopter", "warship"})
LIGHT_MORTAR_MM = 100
REGISTER_CALIBRE_MM = 75
HEAVY = REGISTER_MAJOR | {"artillery", "missile"}

_MILITARY_EXPLOSIVE = re.compile(
    r"\b(rdx|hmx|tnt|petn|c-?4|semtex|comp(osition)?\s?b|plastic explosives?|propell[ae]nts?|gunpowder|"
    r"smokeless|high[- ]explosive|(?<!non-)(?<!non )military|warheads?|"
    r"(propelling|shaped|demolition) charges?|torpex|hexogen|"
    r"octogen|trotyl)\b",
    re.IGNORECASE,
)
_ARMED_DRONE = re.compile(
    r"\b((?<!un)armed|attack|combat|loitering|kamikaze|one-way|munition|warhead|(?<!non-)(?<!non )military|"
    r"strike|suicide)\b",
    re.IGNORECASE,
)
_CIVIL_VEHICLE = re.compile(r"\b(pick-?ups?|4\s?[x×]\s?4|land cruisers?|unarmou?red|civilian)\b", re.IGNORECASE)
_ARMED_VEHICLE = re.compile(r"\b(armou?red|gun|turret|technical|mounted|combat|military)\b", re.IGNORECASE)
_MILITARY_USE = re.compile(r"\b((?<!non-)(?<!non )military|army|weapon|combat)\b", re.IGNORECASE)
_SPORTING = re.compile(r"\b(shotguns?|hunting|sporting|cartridges? \(?12|12[- ]gauge|air (rifle|gun))\b", re.IGNORECASE)
_MAJOR_PART = re.compile(
    r"\b(tank|mig|su-?\d\d|aircraft|fighter|helicopter|missile|howitzer|warship|frigate|submarine|armou?red|sa-\d|s-\d00)",
    re.IGNORECASE,
)
_HEAVY_AMMUNITION = re.compile(
    r"\b(artillery|mortar|tank|rockets?|rpg|pg-7|grenades?|howitzer|bombs?|shells?|(8[1-9]|9\d|[12]\d\d) ?mm)\b",
    re.IGNORECASE,
)
_ARTILLERY_AMMUNITION = re.compile(r"\b(artillery|tank|howitzer|[12]\d\d ?mm)\b", re.IGNORECASE)
_SMALL_AMMUNITION = re.compile(
    r"\b(cartridges?|small[- ]arms|rifle|pistol|(5\.45|5\.56|7\.62|9|12\.7|14\.5) ?(x\d+ ?)?mm)\b", re.IGNORECASE
)
_CALIBRE_MM = re.compile(r"(\d{2,3}(?:[.,]\d+)?)\s*mm", re.IGNORECASE)
# Words by which a description tells the kind of missile where no subtype is recorded; the first that occurs decides.
_MISSILE_WORDS = (
    (
        "manpads",
        re.compile(r"manpads|man[- ]portable|misagh|igla|strela|stinger|\bsa-(7|14|16|18|24)\b", re.IGNORECASE),
    ),
    ("anti_tank", re.compile(r"anti[- ]tank|kornet|konkurs|dehlavieh|\batgm\b|milan|\btow\b|toophan", re.IGNORECASE)),
    ("ballistic", re.compile(r"ballistic|scud|fateh|no-?dong|hwasong|burkan|zelzal", re.IGNORECASE)),
    ("anti_ship", re.compile(r"anti[- ]ship|\bc-80[12]\b|noor|silkworm", re.IGNORECASE)),
    ("cruise", re.compile(r"cruise", re.IGNORECASE)),
    (
        "surface_to_air",
        re.compile(r"surface[- ]to[- ]air|air[- ]defence|\bsa-\d|\bs-\d00\b|volga|pechora", re.IGNORECASE),
    ),
    ("rocket", re.compile(r"rocket|katyusha|grad|m-302", re.IGNORECASE)),
)


def goods(facts: IncidentFacts, measure: Measure) -> Condition:
    """At least one of the goods falls within what the measure covers."""
    why_none = "" if facts.items else _why_none(facts)
    return goods_condition(tuple(map(_traits, facts.items)), why_none, measure.goods, measure.services)


def _why_none(facts: IncidentFacts) -> str:
    """Return the rule for an incident without goods: none found, none seen as inspection was refused, or not told."""
    if facts.kind != "inspection":
        return "goods.not_recorded"
    boarding = facts.boarding
    is_refused = boarding is not None and (boarding.consent == "refused" or boarding.cooperation == "none")
    return "goods.not_inspected" if is_refused else "goods.none_found"


# What decides an item's class: index, category, subtype, description, calibre, lethality, customs heading.
Traits = tuple[int, str, str | None, str, str, str | None, str | None]


def _traits(item: ItemFacts) -> Traits:
    return (
        item.index,
        item.category,
        item.subtype,
        item.description,
        item.calibre or "",
        item.lethality,
        item.hs_code,
    )


@lru_cache(maxsize=32_768)
def goods_condition(
    items: tuple[Traits, ...],
    why_none: str,
    classes: frozenset[str],
    services: frozenset[str],
) -> Condition:
    """Return the condition for goods of these traits; the same goods recur, and are judged once."""
    if not items and why_none == "goods.none_found":
        return Condition(name=NAME, answer=NO, reason=Reason(why_none, {}), fact="no items")
    if not items:
        return Condition(name=NAME, answer=UNKNOWN, reason=Reason(why_none, {}), fact="no items", unknown="goods")
    judged = [(traits, _covered(traits[1:], classes, services)) for traits in items]
    for answer, rule in ((YES, "goods.covered"), (UNKNOWN, "goods.undecided"), (NO, "goods.not_covered")):
        chosen = [traits for traits, given in judged if given is answer]
        if chosen:
            return _condition(answer, rule, chosen)
    raise AssertionError("every item is judged yes, unknown or no")


def _condition(answer: Answer, rule: str, chosen: list[Traits]) -> Condition:
    categories = sorted({category for traits in chosen for category in _categories(traits)})
    if answer is YES and all(category in SERVICE_CLASSES for category in categories):
        rule = "goods.service_covered"
    return Condition(
        name=NAME,
        answer=answer,
        reason=Reason(rule, {"goods": ", ".join(categories)}),
        fact="; ".join(_fact(traits) for traits in chosen),
        unknown="goods" if answer is UNKNOWN else None,
        items=tuple(traits[0] for traits in chosen),
    )


def _categories(traits: Traits) -> list[str]:
    return [traits[1]] if traits[1] else [named.category for named in _named(traits[3], traits[6])]


def _fact(traits: Traits) -> str:
    """Say what the item's class was read from: its category, else the code or the words that stand for one."""
    index, category, description, hs_code = traits[0], traits[1], traits[3], traits[6]
    if category:
        return f"items[{index}].category = {category}"
    named = _named(description, hs_code)
    if hs_code and named[0].code == hs_code:
        return f"items[{index}].hs_code = {hs_code}"
    if named[0].category == UNSPECIFIED:
        return f"items[{index}].category = unknown"
    return f"items[{index}].description names {named[0].code or ', '.join(each.category for each in named)}"


def covered(item: ItemFacts, classes: frozenset[str], services: frozenset[str]) -> Answer:
    """Return whether the item falls within any of the goods classes, or within the services, of a measure."""
    return _covered(_traits(item)[1:], classes, services)


def category_of(item: ItemFacts) -> str:
    """Return the item's category, or what its code or its words say where none is recorded."""
    return item.category or _named(item.description, item.hs_code)[0].category


def categories_of(item: ItemFacts) -> frozenset[str]:
    """Return every category that the item has or that its description names, where its category leaves that open."""
    if item.category and item.category != "arms_unspecified":
        return frozenset((item.category,))
    return frozenset((category_of(item), *(named.category for named in _named(item.description, item.hs_code))))


@lru_cache(maxsize=16_384)
def _named(description: str, hs_code: str | None) -> tuple[Coded, ...]:
    """Return what codes and words say of goods without a category, what was found before what was declared (R12)."""
    entry = munitions_entry(description)
    if entry is not None:
        return (entry,)
    words = tuple(Coded(category, "", "") for category in categories_named(description))
    coded = un_number(description) or customs_heading(hs_code, description)
    is_narrower = coded is not None and coded.category not in NEVER_ARMS
    if words and not (is_narrower and words == (Coded("arms_unspecified", "", ""),)):
        return words
    return (coded or Coded(UNSPECIFIED, "", ""),)


def is_military(item: ItemFacts) -> bool:
    """Whether the item is of a military kind whatever its number (R2, R7)."""
    return any(_is_military_kind(category, item) for category in categories_of(item))


def _is_military_kind(category: str, item: ItemFacts) -> bool:
    if category in {"ammunition", "part"}:
        return bool(_HEAVY_AMMUNITION.search(item.description) or _MAJOR_PART.search(item.description))
    if category in NOT_BY_ITSELF_MILITARY:
        return False
    if category in CIVIL_TOO:
        return munitions_entry(item.description) is not None
    kind = _Item(category, item.subtype, item.description, item.calibre or "", item.lethality)
    return _judged(kind, frozenset({"arms_and_related_materiel"}), frozenset()) is YES


def is_civilian_type(item: ItemFacts) -> bool:
    """Hunting and sporting arms and cartridges are arms; panels have treated them so."""
    return _is_for_sport(item.description) and category_of(item) in {"small_arm", "ammunition", "arms_unspecified"}


@lru_cache(maxsize=32_768)
def _is_for_sport(description: str) -> bool:
    return _SPORTING.search(description) is not None


@lru_cache(maxsize=65_536)
def _covered(
    traits: tuple[str, str | None, str, str, str | None, str | None],
    classes: frozenset[str],
    services: frozenset[str],
) -> Answer:
    category, subtype, description, calibre, lethality, hs_code = traits
    if category:
        item = _Item(category, subtype, description, calibre, lethality)
        answer = _judged(item, classes, services)
        # Whoever recorded only "arms" may have written which: words may decide for a narrower class, never against it.
        if category != "arms_unspecified" or answer is not UNKNOWN:
            return answer
    named = [
        _judged(
            _Item(each.category, subtype, f"{description} {each.words}".strip(), calibre, lethality), classes, services
        )
        for each in _named(description, hs_code)
    ]
    best = next(answer for answer in (YES, UNKNOWN, NO) if answer in named)
    return UNKNOWN if category and best is NO else best


def _judged(item: "_Item", classes: frozenset[str], services: frozenset[str]) -> Answer:
    if item.category in NEVER_ARMS:
        return NO
    if item.category == UNSPECIFIED:
        return UNKNOWN
    if item.category in SERVICE_CLASSES:
        return _service(item.category, services)
    answers = {_CLASS_RULES[name](item, classes) for name in classes if name in _CLASS_RULES}
    if YES in answers:
        return YES
    return UNKNOWN if UNKNOWN in answers else NO


class _Item:
    """The facts of an item that decide its class."""

    __slots__ = ("calibre_mm", "category", "description", "lethality", "missile")

    def __init__(
        self, category: str, subtype: str | None, description: str, calibre: str, lethality: str | None
    ) -> None:
        self.category = category
        self.description = description
        self.lethality = lethality
        self.missile = subtype or next((kind for kind, words in _MISSILE_WORDS if words.search(description)), None)
        millimetres = [float(found.replace(",", ".")) for found in _CALIBRE_MM.findall(f"{calibre} {description}")]
        self.calibre_mm = max(millimetres, default=None)


def _service(category: str, services: frozenset[str]) -> Answer:
    if SERVICE_CLASSES[category] & services:
        return YES
    # A text on technical training speaks of assistance with the items; whether instruction of troops is meant is open.
    is_akin = category in TEACHING and bool(services & TEACHING)
    return UNKNOWN if is_akin or services & WIDE_SERVICES or category in PART_OF_SUPPLY else NO


def _all_arms(item: _Item, classes: frozenset[str]) -> Answer:
    """Arms and related materiel of all types."""
    category = item.category
    if category in DECIDED_BY_LIST and munitions_entry(item.description) is not None:
        return YES  # a munitions-list entry is a State's own statement that the goods are military
    if category == "uav":
        is_armed = item.lethality == "lethal" or bool(_ARMED_DRONE.search(item.description))
        return YES if is_armed else UNKNOWN
    is_civil = _CIVIL_VEHICLE.search(item.description) and not _ARMED_VEHICLE.search(item.description)
    if category == "military_vehicle" and is_civil:
        return UNKNOWN
    if category in ARMS:
        return YES
    if category == "explosive":
        return YES if _MILITARY_EXPLOSIVE.search(item.description) else UNKNOWN
    if category in EQUIPMENT:
        return YES if classes & EQUIPMENT_CLASSES else UNKNOWN
    if category == "dual_use":
        return YES if classes & EQUIPMENT_CLASSES and _MILITARY_USE.search(item.description) else UNKNOWN
    return UNKNOWN


def _equipment(item: _Item, classes: frozenset[str]) -> Answer:
    """Paramilitary or police equipment, where the text names it beside arms."""
    if item.category in EQUIPMENT:
        return YES
    return UNKNOWN if item.category in {"dual_use", "military_equipment", "part"} else NO


def _small_arms(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category in {"small_arm", "light_weapon"}:
        return YES
    if item.category == "missile" and item.missile in {"manpads", "anti_tank"}:
        return YES  # portable launchers are light weapons (ITI 4 b)
    if item.category == "artillery":
        # Mortars of less than 100 mm are light weapons (ITI 4 b).
        return UNKNOWN if item.calibre_mm is None or item.calibre_mm < LIGHT_MORTAR_MM else NO
    return UNKNOWN if item.category in {"arms_unspecified", "part", "blank_firing", "grenade", "missile"} else NO


def _ammunition(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category in {"ammunition", "grenade", "mine"}:
        return YES
    return UNKNOWN if item.category in {"explosive", "arms_unspecified"} else NO


def _except_small_arms(item: _Item, classes: frozenset[str]) -> Answer:
    """DPRK 2009-2016: small arms, light weapons and their related materiel were excepted (Panel of Experts, 2010)."""
    if item.category in {"small_arm", "light_weapon"}:
        return NO
    if item.category == "missile" and item.missile == "anti_tank":
        return UNKNOWN  # portable launchers of such missiles are light weapons
    if item.category == "ammunition":
        if _ARTILLERY_AMMUNITION.search(item.description):
            return YES
        if _HEAVY_AMMUNITION.search(item.description):
            # Rocket-propelled grenades and light mortars are light weapons: their rounds may be excepted with them.
            return UNKNOWN
        return NO if _SMALL_AMMUNITION.search(item.description) else UNKNOWN
    if item.category in {"arms_unspecified", "part", "grenade"}:
        return YES if _MAJOR_PART.search(item.description) else UNKNOWN
    return _all_arms(item, classes)


def _register_major(item: _Item, classes: frozenset[str]) -> Answer:
    """The seven categories of the United Nations Register of Conventional Arms."""
    category = item.category
    if category in REGISTER_MAJOR:
        return YES
    if category == "artillery" or (category == "light_weapon" and item.calibre_mm is not None):
        if item.calibre_mm is None:
            return UNKNOWN
        return YES if item.calibre_mm >= REGISTER_CALIBRE_MM else NO
    if category == "missile":
        return _register_missile(item.missile)
    if category == "military_equipment":
        return NO if item.description else UNKNOWN
    if category == "military_vehicle":
        return NO if _CIVIL_VEHICLE.search(item.description) else UNKNOWN
    return UNKNOWN if category in {"uav", "arms_unspecified", "part", "light_weapon", "dual_use"} else NO


def _register_missile(kind: str | None) -> Answer:
    if kind in {"ballistic", "cruise", "anti_ship", "manpads"}:
        return YES
    return NO if kind == "anti_tank" else UNKNOWN


def _register_parts(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category == "missile" and item.missile == "components":
        return YES
    if item.category != "part":
        return NO
    return YES if _MAJOR_PART.search(item.description) else UNKNOWN


def _missile_technology(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category == "missile":
        if item.missile in {"ballistic", "cruise", "anti_ship", "components"}:
            return YES
        return NO if item.missile in {"anti_tank", "manpads"} else UNKNOWN
    if item.category in {"part", "dual_use", "military_equipment"}:
        is_named = any(
            words.search(item.description) for kind, words in _MISSILE_WORDS if kind in {"ballistic", "cruise"}
        )
        return YES if is_named and item.category == "part" else UNKNOWN
    return UNKNOWN if item.category in {"arms_unspecified", "uav", "chemical_precursor"} else NO


def _heavy(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category in HEAVY:
        return YES
    return UNKNOWN if item.category in {"light_weapon", "arms_unspecified", "part", "ammunition", "uav"} else NO


def _lethal(item: _Item, classes: frozenset[str]) -> Answer:
    if item.lethality == "non_lethal":
        return NO
    if item.lethality == "less_lethal":
        return UNKNOWN
    if item.category in {"part", "military_equipment", "military_vehicle", "arms_unspecified"}:
        return YES if item.lethality == "lethal" else UNKNOWN
    answer = _all_arms(item, frozenset())
    return UNKNOWN if item.category in EQUIPMENT or item.category == "dual_use" else answer


def _ied(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category == "ied_component":
        return YES
    return UNKNOWN if item.category in {"explosive", "chemical_precursor", "dual_use"} else NO


def _vehicles(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category in {"battle_tank", "armoured_vehicle", "military_vehicle"}:
        return _all_arms(item, classes)
    return YES if item.category in EQUIPMENT | {"military_equipment"} else NO


def _mines(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category == "mine":
        return YES
    return UNKNOWN if item.category in {"arms_unspecified", "explosive"} else NO


def _military_aircraft(item: _Item, classes: frozenset[str]) -> Answer:
    if item.category in {"combat_aircraft", "attack_helicopter"}:
        return YES
    return UNKNOWN if item.category in {"uav", "part", "arms_unspecified", "dual_use"} else NO


def _capability_items(item: _Item, classes: frozenset[str]) -> Answer:
    """Any item that could contribute to the armed forces' capability: decided case by case (2270 (2016) ¶8)."""
    return UNKNOWN


def _manufacture_materials(item: _Item, classes: frozenset[str]) -> Answer:
    return UNKNOWN if item.category in {"dual_use", "chemical_precursor", "explosive", "part"} else NO


_CLASS_RULES: dict[str, Callable[[_Item, frozenset[str]], Answer]] = {
    "all_goods": _all_arms,  # a trade embargo gives findings by its arms limb only
    "ammunition": _ammunition,
    "armed_forces_capability_items": _capability_items,
    "arms_and_related_materiel": _all_arms,
    "arms_except_small_arms_light_weapons": _except_small_arms,
    "arms_manufacture_materials": _manufacture_materials,
    "ballistic_missiles": _missile_technology,
    "heavy_weapons": _heavy,
    "helicopters": _military_aircraft,
    "ied_components": _ied,
    "lethal_arms": _lethal,
    "military_aircraft": _military_aircraft,
    "military_vehicles_equipment": _vehicles,
    "mines": _mines,
    "paramilitary_equipment": _equipment,
    "police_equipment": _equipment,
    "register_major_arms": _register_major,
    "register_parts": _register_parts,
    "small_arms_light_weapons": _small_arms,
    "spare_parts": _manufacture_materials,
}
GOODS_CLASSES = frozenset(_CLASS_RULES)
