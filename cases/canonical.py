"""The one JSON text of a value: what is digested, stored and compared."""

import orjson


def canonical_json(value: object) -> str:
    """Return the text of plain values, frozen dataclasses and dates: the same bytes on any machine, in any process."""
    return orjson.dumps(value).decode()
