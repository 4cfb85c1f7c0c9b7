"""What the list of incidents is asked in its address: the API's own filters, an order, and how a person reads them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.api.incident_filters import RECORD_STATES, IncidentFilter
from cases.choices import ItemCategory
from cases.queries.regimes import regime_rows
from cases.screening.findings import Outcome
from console.forms import states_by_name
from console.templatetags.console import country, regime_name, words

# Before an address gets longer than servers between here and there take.
LONGEST: Final = 8_000
FILTERS: Final = tuple(IncidentFilter.base_filters)
LABELS: Final[Mapping[str, Promise]] = {
    "q": _("Text"),
    "occurred_after": _("On or after"),
    "occurred_before": _("On or before"),
    "country": _("Country"),
    "zone": _("Zone"),
    "regime": _("Regime"),
    "outcome": _("Outcome"),
    "category": _("Goods"),
    "make": _("Make"),
    "origin": _("Said to come from"),
    "transit": _("Said to have passed"),
    "destination": _("Said to be bound for"),
    "agency": _("Agency"),
    "state": _("State of the record"),
    "leg": _("Leg of the way"),
    "bbox": _("Box on the map"),
    "near": _("Near a position"),
    "distance_m": _("Within metres"),
    "within": _("Area on the map"),
    "counted_in": _("Counted in"),
    "cut_off": _("As known on"),
}
# Set on the map or by a figure; the form carries them along.
CARRIED: Final = ("leg", "bbox", "near", "distance_m", "within", "counted_in", "cut_off")


_OF_STATES: Final = ("country", "origin", "transit", "destination")


class Sort(NamedTuple):
    """An order of the list: the moment that decides, and whether the earliest comes first."""

    name: Promise
    moment: str
    is_rising: bool


SORTS: Final[Mapping[str, Sort]] = {
    "": Sort(_("Latest record first"), "recorded_at", is_rising=False),
    "recorded": Sort(_("Earliest record first"), "recorded_at", is_rising=True),
    "-occurred": Sort(_("Latest day first"), "occurred_moment", is_rising=False),
    "occurred": Sort(_("Earliest day first"), "occurred_moment", is_rising=True),
}


class Chip(NamedTuple):
    """A filter that is set, and the list without it."""

    label: Promise | str
    value: str
    without: str


class Field(NamedTuple):
    """A filter in the form."""

    name: str
    label: Promise | str
    value: str
    # Value and words of each; none for what is typed.
    choices: tuple[tuple[str, str], ...]
    hint: Promise | str
    errors: tuple[str, ...]


def asked_in(query: Mapping[str, Any]) -> QueryDict:
    """Return the filters that a query sets; a field left empty sets none."""
    asked = QueryDict(mutable=True)
    for name, value in query.items():
        if name not in {"sort", "cursor", "page_size"} and (text := str(value).strip()):
            asked[name] = text
    return asked


def address_of(asked: Mapping[str, Any], sort: str = "") -> str:
    """Return the query of an address that asks the same."""
    pairs = [(name, value) for name, value in asked.items() if value]
    return urlencode([*pairs, *([("sort", sort)] if sort else [])])


def chips(asked: Mapping[str, str], sort: str) -> list[Chip]:
    """Return what is set, each with the list without it; a distance goes with its position."""
    shown = [name for name in FILTERS if name in asked and name not in {"distance_m", "cut_off"}]
    return [
        Chip(LABELS.get(name, name), _value_of(name, asked), address_of(_without(asked, name), sort)) for name in shown
    ]


def fields(asked: Mapping[str, str], errors: Mapping[str, list[str]]) -> list[Field]:
    """Return the form, each field with what it is set to and what is wrong with that."""
    day = _("A year, a month or a day: 2013, 2013-01, 2013-01-23")
    hints = {
        "occurred_after": day,
        "occurred_before": day,
        "make": _("As it was recorded"),
        "zone": _("Its code, as in the list of zones"),
        "agency": _("The name of an agency that recorded or acted"),
    }
    choices = _choices()
    return [
        Field(
            name,
            LABELS[name],
            asked.get(name, ""),
            _with_other(choices.get(name, ()), asked.get(name, "")),
            hints.get(name, ""),
            tuple(errors.get(name, ())),
        )
        for name in LABELS
        if name in FILTERS and name not in CARRIED and name != "q"
    ]


def _choices() -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        **dict.fromkeys(_OF_STATES, states_by_name()),
        "regime": tuple(
            sorted(((row["id"], regime_name(row["name"])) for row in regime_rows()), key=lambda each: each[1])
        ),
        "outcome": tuple((each.value, words(each.value)) for each in Outcome),
        "category": tuple((each.value, words(each.value)) for each in ItemCategory),
        "state": tuple((word, words(word)) for word in RECORD_STATES),
    }


def _with_other(known: tuple[tuple[str, str], ...], asked: str) -> tuple[tuple[str, str], ...]:
    """Return the choices; an address may ask for another, which the form shows rather than asking for less."""
    return ((asked, asked), *known) if known and asked and asked not in dict(known) else known


def _without(asked: Mapping[str, str], name: str) -> dict[str, str]:
    gone = {"near": {"near", "distance_m"}, "counted_in": {"counted_in", "cut_off"}}.get(name, {name})
    return {other: value for other, value in asked.items() if other not in gone}


def _value_of(name: str, asked: Mapping[str, str]) -> str:
    value = asked[name]
    if name in {"outcome", "category", "state"}:
        return words(value)
    if name == "near":
        return gettext("%(position)s, within %(metres)s m") % {
            "position": value,
            "metres": asked.get("distance_m", "?"),
        }
    if name in {"within", "bbox"}:
        return gettext("drawn")
    return next(_named(name, value), value)


def _named(name: str, value: str) -> Iterator[str]:
    if name in _OF_STATES:
        yield country(value)
    if name == "regime":
        yield from (regime_name(row["name"]) for row in regime_rows() if row["id"] == value)
