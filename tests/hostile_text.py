"""Records in which every text that anybody may write carries an attack on the page that shows it."""

from typing import Any

from cases.intake.reading import read_incident
from tests.sent_documents import full_document

MARK = "pwned"
# Out of an attribute, an element, a script, a comment, a template, and a link.
HOSTILE = (
    "\"'><img src=x onerror=window.pwned=1></script><script>window.pwned=1</script><!--{{7*191}}{% load x %}"
    "javascript:window.pwned=1"
)
Path = tuple[str | int, ...]


def hostile_document() -> tuple[dict[str, Any], list[Path]]:
    """Return a full record with the attack wherever the reading of records lets it through, and where that is.

    Drawn from a record with every field, so that a new text field is attacked without a word here.
    """
    document = full_document()
    attacked = []
    for path in list(_texts(document)):
        was = _at(document, path)
        _put(document, path, HOSTILE)
        if read_incident(document).submission is None:
            _put(document, path, was)
        else:
            attacked.append(path)
    return document, attacked


def _texts(value: Any, path: Path = ()) -> Any:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place))
    elif isinstance(value, str):
        yield path


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _put(document: Any, path: Path, value: Any) -> None:
    _at(document, path[:-1])[path[-1]] = value
