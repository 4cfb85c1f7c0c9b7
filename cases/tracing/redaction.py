"""Leaving names out of a referral: a withheld name stands nowhere in it, not in a reason or a typed text either."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter

from cases.choices import RedactionLevel, ReferralKind, WithheldFact
from cases.redaction import LEFT_OUT, names_pattern
from cases.redaction_levels import REFERRAL, Redacted, redacted
from cases.tracing.content import IncidentTold, ReferralContent, Withheld

Value = TypeVar("Value")
Told = TypeVar("Told", ReferralContent, IncidentTold)
_CONTENT = TypeAdapter(ReferralContent)

# The letter's own ends stay named. Of an item only typed text changes: marks are evidence, and a maker's name
# on a receiver is no nominal data.
_UNTOUCHED = frozenset(
    {"items", "issuing_body", "addressee", "mandate", "versions", "withheld", "replaces", "template_pack"}
)


class _Names(NamedTuple):
    sought: frozenset[str]
    shown: frozenset[str | None]


def content_at(content: ReferralContent, level: RedactionLevel, values: Iterable[str] = ()) -> ReferralContent:
    """Return the content as the level shows it, saying which kinds of facts are left out.

    `values` stand in the record and may have been typed into the referral as well.
    """
    found = _redacted(content, level)
    told = [_names_in(_redacted(part, level)) for part in content.by_incident()]
    # What one incident withholds is withheld where another would show it.
    sought = {name for part in told for name in part.sought}
    shown = {name for part in told for name in part.shown} - sought
    at_level = without_names(_CONTENT.validate_python(found.document), {*values, *sought} - shown)
    kinds = {entry.what for entry in content.withheld} | {fact.value for fact in found.withheld}
    withheld = tuple(Withheld(what=fact.value, why="redaction") for fact in WithheldFact if fact.value in kinds)
    return replace(at_level, redaction=level.value, withheld=withheld)


def _redacted(content: ReferralContent, level: RedactionLevel) -> Redacted:
    return redacted(_CONTENT.dump_python(content, mode="json"), REFERRAL, level)


def _names_in(found: Redacted) -> _Names:
    """Return which names what is told of one incident withholds, and which it shows."""
    observation = found.document["observation"]
    shown = frozenset(part.get("name") for part in (observation["conveyance"] or {}, observation["recipient"]))
    return _Names(found.values - shown, shown)


def without_names(content: ReferralContent, names: Iterable[str]) -> ReferralContent:
    """Return the content with every occurrence of the names left out of what is told of the incident."""
    pattern = names_pattern(names)
    if pattern is None:
        return content
    # Whether a certificate was issued cannot be asked without the end user it names.
    untouched = _UNTOUCHED | ({"papers"} if content.kind == ReferralKind.LICENCE_ENQUIRY else set())
    return replace(
        _told_without(content, untouched | {"further"}, pattern),
        addressee=replace(content.addressee, reasons=_without(content.addressee.reasons, pattern)),
        items=tuple(replace(item, description=_without(item.description, pattern)) for item in content.items),
        further=tuple(_told_without(told, untouched, pattern) for told in content.further),
    )


def _told_without(told: Told, untouched: Iterable[str], pattern: re.Pattern[str]) -> Told:
    texts = {field.name: getattr(told, field.name) for field in fields(told) if field.name not in untouched}
    return replace(told, **{name: _without(value, pattern) for name, value in texts.items()})


def _without(value: Value, pattern: re.Pattern[str]) -> Value:
    if isinstance(value, str):
        return pattern.sub(LEFT_OUT, value)  # type: ignore[return-value]  # a string for a string
    if isinstance(value, tuple):
        return tuple(_without(part, pattern) for part in value)  # type: ignore[return-value]  # a tuple for a tuple
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: _without(part, pattern) for name, part in parts.items()})
    return value
