"""The generator's list as a file in the Security Council's format, to be imported as the real one is."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby

from cases.generate.listed import MadeUpName, made_up_list

# The Council's own file names no vessels.
_TAGS = {"person": "INDIVIDUAL", "organization": "ENTITY"}
_QUALITIES = {
    "person": {"good": "Good", "low": "Low", "original": "Good"},
    "organization": {"good": "a.k.a.", "low": "f.k.a.", "original": "a.k.a."},
}


def made_up_file(day: date) -> bytes:
    """Return the list as XML, generated on that day."""
    entries = [list(names) for _, names in groupby(made_up_list(), key=lambda name: name.key)]
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{day}T00:00:00.000Z">'
        f"<INDIVIDUALS>{_entries(entries, 'person', day)}</INDIVIDUALS>"
        f"<ENTITIES>{_entries(entries, 'organization', day)}</ENTITIES></CONSOLIDATED_LIST>"
    )
    return text.encode()


def _entries(entries: Iterable[Sequence[MadeUpName]], kind: str, day: date) -> str:
    return "".join(_entry(names[0], names[1:], day) for names in entries if names[0].kind == kind)


def _entry(first: MadeUpName, others: Sequence[MadeUpName], day: date) -> str:
    tag = _TAGS[first.kind]
    aliases = "".join(_alias(tag, name) for name in others)
    return (
        f"<{tag}><FIRST_NAME>{escape(first.text)}</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>QD{tag[0].lower()}.{first.key + 1:04}</REFERENCE_NUMBER>"
        f"<LISTED_ON>{day}</LISTED_ON>{aliases}</{tag}>"
    )


def _alias(tag: str, name: MadeUpName) -> str:
    quality = _QUALITIES[name.kind][name.quality]
    return f"<{tag}_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{escape(name.text)}</ALIAS_NAME></{tag}_ALIAS>"
