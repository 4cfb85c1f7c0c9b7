"""How the pages say stored values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def words(value: object) -> str:
    """Return a stored word as people read it: `light_weapon` is light weapon."""
    return str(value or "").replace("_", " ")


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
    yield "Agency's reference", incident.get("agency_reference") or ""
    yield "Position", _position(incident)
    yield "Acting agency", _joined(incident.get("agency") or {}, "name", "country")
    yield "Conveyance", _joined(conveyance, "mode", "name", "description", "imo", "registration")
    yield "Flag", "stateless" if conveyance.get("stateless") else conveyance.get("flag") or ""
    yield "Route", _route(route)
    yield "Recipient", _joined(recipient, "kind", "name", "country")
    yield "Basis", words(incident.get("basis"))


def _position(incident: Mapping[str, Any]) -> str:
    if not (location := incident.get("location")):
        return ""
    longitude, latitude = location["coordinates"]
    accuracy = incident.get("location_accuracy_m")
    doubt = "accuracy not known" if accuracy is None else f"within {accuracy:,.0f} m"
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):g}° {north}, {abs(longitude):g}° {east}, {doubt}"


def _route(route: Mapping[str, Any]) -> str:
    if not (route.get("origin") or route.get("destination")):
        return ""
    stops = [route.get("origin") or "?", *(route.get("transit") or ()), route.get("destination") or "?"]
    return " → ".join(stops)


def _joined(part: Mapping[str, Any], *names: str) -> str:
    return ", ".join(words(part[name]) for name in names if part.get(name))
