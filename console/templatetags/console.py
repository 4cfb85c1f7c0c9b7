"""How the pages say stored values."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.utils.translation import gettext

from cases.documents.countries import name_in
from cases.documents.letter import phrases
from console.forms import states_by_name
from console.reader_words import wording_of_reader

register = template.Library()

_MONTH, _DAY = len("2013-01"), len("2013-01-23")


@register.filter
def words(value: object) -> str:
    """Return a stored word as people read it in the reader's language: `light_weapon` is light weapon."""
    plain = str(value or "").replace("_", " ")
    # What the empty message stands for is the head of the catalogue.
    return gettext(plain) if plain else ""


@register.filter
def country(code: str | None) -> str:
    """Return the name of a State in the reader's language; the code where it has none."""
    return name_in(wording_of_reader().language, code) if code else ""


@register.filter
def regime_name(name: str) -> str:
    """Return the name of a regime in the reader's language, or as the rulebook has it."""
    return phrases.regime(wording_of_reader(), name)


@register.filter
def countries(codes: Iterable[str]) -> str:
    """Return the names of States in the reader's language, one after another."""
    return ", ".join(country(code) for code in codes)


@register.inclusion_tag("console/states.html")
def states(chosen: str | None = "") -> dict[str, object]:
    """Return every State as a choice, by name; one that is no choice of ours stays what was chosen."""
    known = states_by_name()
    other = ((chosen, chosen),) if chosen and chosen not in dict(known) else ()
    return {"states": (*other, *known), "chosen": chosen}


@register.filter
def number(value: float | None) -> str:
    """Return a number with the separators of the reader's language."""
    return "" if value is None else wording_of_reader().number(value)


@register.filter
def day(value: str | date | None) -> str:
    """Return a day as the reader's language writes it, as far as it is known: 23 January 2013, January 2013, 2013."""
    stated = "" if value is None else str(value)[:_DAY]
    try:
        if len(stated) == _DAY:
            return wording_of_reader().day(date.fromisoformat(stated))
        if len(stated) == _MONTH:
            return wording_of_reader().month(date.fromisoformat(f"{stated}-01"))
    except ValueError:
        return stated
    return stated


@register.filter
def moment(value: str | datetime | None) -> str:
    """Return a moment in UTC, and first as it was written where that was in another zone; a bare date as a day."""
    if value is None or (isinstance(value, str) and len(value) <= _DAY):
        return day(value)
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    if at.tzinfo is None:
        return gettext("%(day)s, %(time)s") % {"day": day(at.date()), "time": f"{at:%H:%M}"}
    universal = at.astimezone(UTC)
    said = gettext("%(day)s, %(time)s UTC") % {"day": day(universal.date()), "time": f"{universal:%H:%M}"}
    if not at.utcoffset():
        return said
    local = {"day": day(at.date()), "time": f"{at:%H:%M}", "universal": said}
    return gettext("%(day)s, %(time)s local time (%(universal)s)") % local


@register.filter
def sentence(value: Any) -> str:
    """Return the text of a reason or question, given alone or with its rule."""
    return str(value.get("text", "") if isinstance(value, Mapping) else value)


@register.filter
def by_outcome(findings: Iterable[Mapping[str, str]]) -> list[tuple[str, list[str]]]:
    """Return each outcome once, with the regimes that it concerns."""
    grouped: dict[str, list[str]] = {}
    for finding in findings:
        regimes = grouped.setdefault(finding["outcome"], [])
        if finding["regime"] not in regimes:
            regimes.append(finding["regime"])
    return sorted(grouped.items())


@register.filter
def facts(incident: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the facts of a record that a reader asks first, unknown ones included."""
    return list(_facts(incident))


def _facts(incident: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    conveyance, route, recipient = (incident.get(name) or {} for name in ("conveyance", "route", "recipient"))
    yield gettext("Agency's reference"), incident.get("agency_reference") or ""
    yield gettext("Position"), _position(incident)
    yield gettext("Acting agency"), _joined(incident.get("agency") or {}, "name", "country")
    yield gettext("Conveyance"), _joined(conveyance, "mode", "name", "description", "imo", "registration")
    yield gettext("Flag"), gettext("stateless") if conveyance.get("stateless") else conveyance.get("flag") or ""
    yield gettext("Route"), _route(route)
    yield gettext("Recipient"), _joined(recipient, "kind", "name", "country")
    yield gettext("Basis"), words(incident.get("basis"))


def _position(incident: Mapping[str, Any]) -> str:
    if not (location := incident.get("location")):
        return ""
    longitude, latitude = location["coordinates"]
    accuracy = incident.get("location_accuracy_m")
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    where = f"\u2066{abs(latitude):g}° {north}, {abs(longitude):g}° {east}\u2069"
    if accuracy is None:
        return gettext("%(where)s, accuracy not known") % {"where": where}
    return gettext("%(where)s, within %(metres)s m") % {"where": where, "metres": number(accuracy)}


def _route(route: Mapping[str, Any]) -> str:
    if not (route.get("origin") or route.get("destination")):
        return ""
    stops = [route.get("origin") or "?", *(route.get("transit") or ()), route.get("destination") or "?"]
    return " → ".join(stops)


def _joined(part: Mapping[str, Any], *names: str) -> str:
    return ", ".join(words(part[name]) for name in names if part.get(name))
