"""Names of every kind, read once each."""

from functools import lru_cache

from cases.screening.names.companies import company_reading
from cases.screening.names.parts import Reading
from cases.screening.names.persons import person_reading
from cases.screening.names.scripts import latin, script_of
from cases.screening.names.vessels import vessel_reading


@lru_cache(maxsize=1 << 16)
def read_name(text: str, kind: str) -> Reading:
    """Return the name as read; a kind other than person and vessel is read as an organization's."""
    if kind == "person":
        return person_reading(latin(text), script_of(text))
    if kind == "vessel":
        return vessel_reading(latin(text), script_of(text))
    return company_reading(latin(text), script_of(text), kind)
