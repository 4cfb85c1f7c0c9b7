"""How the page of an incident says what is particular to it."""

from collections.abc import Mapping

from django import template

from cases.documents.letter import phrases
from console.reader_words import wording_of_reader
from console.templatetags.console import words

register = template.Library()


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """Return the name that goes with a code; the code where none does."""
    return names.get(code, code)


@register.filter
def distance(metres: float) -> str:
    """Return a distance as letters say it: in kilometres from a kilometre on."""
    return phrases.distance(wording_of_reader(), metres)


@register.filter
def act(action: str) -> str:
    """Return what was done, of an audit entry: `incident.amended` is incident amended."""
    return words(action.replace(".", "_"))
