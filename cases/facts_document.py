"""The facts of an incident as a plain document and back, so that a screening can be repeated on what it weighed."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import orjson

from cases.canonical import canonical_json
from cases.screening.facts import IncidentFacts

Read = Callable[[Any], Any]

_AS_IT_IS: Final = frozenset({str, int, float, bool, type(None)})


def facts_document(facts: IncidentFacts) -> dict[str, Any]:
    """Return the facts whole, every field named, days as ISO 8601 text."""
    document: dict[str, Any] = orjson.loads(facts_text(facts))
    return document


def facts_text(facts: IncidentFacts) -> str:
    """Return the one text of the facts; its digest names them."""
    return canonical_json(facts)


def facts_from_document(document: Mapping[str, Any]) -> IncidentFacts:
    """Return the facts of a document; what it does not name was not known to those who wrote it."""
    facts: IncidentFacts = _reader_of(IncidentFacts)(document)
    return facts


@cache
def _reader_of(kind: type[Any]) -> Read:
    """Return what reads documents of that kind of facts."""
    hints = get_type_hints(kind)
    plain = tuple(each.name for each in fields(kind) if _reader(hints[each.name]) is None)
    nested = tuple((name, read) for name in hints if (read := _reader(hints[name])) is not None)
    required = frozenset(each.name for each in fields(kind) if each.default is each.default_factory is MISSING)

    def read_whole(document: Mapping[str, Any]) -> Any:
        values = {name: document[name] for name in plain if name in document}
        for name, read_part in nested:
            if name in document:
                values[name] = read_part(document[name])
        if missing := required - values.keys():
            raise ValueError(f"{kind.__name__} without {', '.join(sorted(missing))}")
        return kind(**values)

    return read_whole


def _reader(hint: Any) -> Read | None:
    """Return what reads a value of that type; None where it stands in the document as it is."""
    if hint in _AS_IT_IS:
        return None
    if get_origin(hint) is tuple:
        return _tuple_reader(_reader(get_args(hint)[0]))
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        read = _reader(inner)
        return None if read is None else _optional(read)
    if hint in (date, datetime):
        return _moment_reader(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        whole: Read = _reader_of(hint)
        return whole
    raise TypeError(f"no way to read {hint}")


def _tuple_reader(read: Read | None) -> Read:
    if read is None:
        return tuple
    return lambda values: tuple([read(value) for value in values]) if values else ()


def _optional(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _moment_reader(kind: type[date]) -> Read:
    return kind.fromisoformat
