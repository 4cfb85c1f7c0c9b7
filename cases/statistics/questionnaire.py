"""Tables for what States report: the UNODC Illicit Arms Flows Questionnaire, the PoA/ITI report, the UN Register.

The questionnaire asks for small arms and light weapons by many facts, and for parts, ammunition and explosives beside.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from cases.choices import CustodyKind, DispositionStatus, ItemCategory, MissileSubtype
from cases.statistics.counting import Line, Person, acquisition_of, is_of_year, left_out, marked, tracing_of
from cases.statistics.tables import ARMS, UNKNOWN, Keys, Margin, Table, persons_table, table_of

# Categories of the UN Register of Conventional Arms, and what stands for each; small arms are reported beside them.
REGISTER_CATEGORIES: Final = {
    ItemCategory.BATTLE_TANK: "I",
    ItemCategory.ARMOURED_VEHICLE: "II",
    ItemCategory.ARTILLERY: "III",
    ItemCategory.COMBAT_AIRCRAFT: "IV",
    ItemCategory.UAV: "IV",
    ItemCategory.ATTACK_HELICOPTER: "V",
    ItemCategory.WARSHIP: "VI",
    ItemCategory.MISSILE: "VII a",
    ItemCategory.SMALL_ARM: "small arms",
    ItemCategory.LIGHT_WEAPON: "light weapons",
}
BESIDE_ARMS: Final = frozenset(
    {
        *(ItemCategory.PART, ItemCategory.AMMUNITION, ItemCategory.GRENADE, ItemCategory.MINE, ItemCategory.EXPLOSIVE),
        *(ItemCategory.IED_COMPONENT, ItemCategory.MISSILE, ItemCategory.ARMS_UNSPECIFIED, ItemCategory.BLANK_FIRING),
    }
)
BY_SEX: Final = "persons_by_sex"
BY_AGE: Final = "persons_by_age"
# Between the facts of a row that is drawn by two.
AND: Final = " / "


class Question(NamedTuple):
    """One table: by which facts of the arms it is drawn, and whether a line stands in one row only."""

    name: str
    keys: Keys
    adds_up: bool = True


QUESTIONS: Final = (
    Question("weapons", lambda line: [AND.join(filter(None, (line.category, line.subtype)))]),
    Question("legal_justification", lambda line: line.illicit_grounds, adds_up=False),
    Question("criminal_context", lambda line: line.context, adds_up=False),
    Question("marking", lambda line: [marked(line)]),
    Question("country_of_manufacture", lambda line: [line.country_of_manufacture]),
    Question("country_of_departure", lambda line: [line.origin]),
    Question("country_of_destination", lambda line: [line.destination]),
    Question("transport", lambda line: [line.mode]),
    Question("tracing", lambda line: [tracing_of(line)]),
)


def questionnaire(lines: Iterable[Line], *, year: int) -> list[Table]:
    """Return the tables of the questionnaire for one year: of arms, of other goods, of persons."""
    of_year = [line for line in lines if is_of_year(line, year) and acquisition_of(line) is not None]
    arms = [line for line in of_year if left_out(line) is None]
    goods = [line for line in of_year if line.category in BESIDE_ARMS]
    return [
        *(table_of(question.name, arms, question.keys, of=ARMS, adds_up=question.adds_up) for question in QUESTIONS),
        table_of("other_goods", goods, lambda line: [line.category], of="goods"),
        persons_table(BY_SEX, of_year, lambda person: person.sex),
        persons_table(BY_AGE, of_year, lambda person: person.age_group),
        persons_table(
            "persons_by_sex_and_age",
            of_year,
            _sex_and_age,
            margins=(Margin(BY_SEX, lambda key: key.split(AND)[0]), Margin(BY_AGE, lambda key: key.split(AND)[1])),
        ),
    ]


def _sex_and_age(person: Person) -> str:
    return AND.join((person.sex or UNKNOWN, person.age_group or UNKNOWN))


def significant(lines: Iterable[Line], *, year: int, arms_from: int) -> list[tuple[str, int]]:
    """Return the incidents with that many arms or more, most first: the questionnaire wants them one by one."""
    arms = [line for line in lines if is_of_year(line, year) and left_out(line) is None]
    table = table_of("incidents", arms, lambda line: [line.incident], of=ARMS)
    counts = [(key, row["total"].pieces) for key, row in table.rows.items()]
    return sorted((each for each in counts if each[1] >= arms_from), key=lambda each: (-each[1], each[0]))


def national_report(lines: Iterable[Line], *, year: int) -> list[Table]:
    """Return what reports on the Programme of Action and the ITI ask: arms of the year, by what was done with them."""
    arms = [line for line in lines if is_of_year(line, year) and left_out(line) is None]
    done = ["marked", "recorded", "destroyed", "traced"]
    return [
        table_of("actions", arms, _actions, of=ARMS, rows=done, adds_up=False),
        table_of("categories", arms, lambda line: [line.category], of=ARMS),
    ]


def _actions(line: Line) -> Iterable[str]:
    yield "recorded"
    if CustodyKind.MARKED in line.acts:
        yield "marked"
    if line.disposition == DispositionStatus.DESTROYED:
        yield "destroyed"
    if line.was_asked_abroad:
        yield "traced"


def register_categories(lines: Iterable[Line], *, year: int) -> list[Table]:
    """Return goods of the year by category of the UN Register of Conventional Arms."""
    majors = [
        line
        for line in lines
        if is_of_year(line, year) and acquisition_of(line) is not None and line.category in REGISTER_CATEGORIES
    ]
    return [table_of("un_register", majors, lambda line: [_register_category(line)], of="majors")]


def _register_category(line: Line) -> str:
    if line.subtype == MissileSubtype.MANPADS:
        return "VII b"
    return REGISTER_CATEGORIES[ItemCategory(line.category)]
