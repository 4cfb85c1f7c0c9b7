"""Which column of a file holds what, by its heading as people write it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.tables.errors import TableRefused


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read: our name of each column to the headings that mean it, and the columns without which none is."""

    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...] = ()

    def placed(self, heading_row: Sequence[str]) -> "Placed":
        """Return where each column stands; raises TableRefused for one that is missing or stands there twice."""
        ours = {_plain(heading): name for name, said in self.headings.items() for heading in (name, *said)}
        places: dict[int, str] = {}
        ignored = []
        for place, heading in enumerate(heading_row):
            name = ours.get(_plain(heading))
            if name is None:
                ignored += [heading.strip()] if heading.strip() else []
            elif name in places.values():
                raise TableRefused(why=f"two columns mean “{name}”; the second is headed “{heading.strip()}”.")
            else:
                places[place] = name
        if missing := [name for name in self.required if name not in places.values()]:
            named = "; ".join(f"{name} (or {', '.join(self.headings[name])})" for name in missing)
            raise TableRefused(why=f"the first row must head these columns as well: {named}.")
        return Placed(places, tuple(ignored), len(heading_row))


@dataclass(frozen=True, slots=True)
class Placed:
    """The columns of one file: our name of each by its place, and the headings of those that are not read."""

    places: Mapping[int, str]
    ignored: tuple[str, ...]
    width: int

    def cells(self, values: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row that are read and not blank."""
        return {
            name: values[place] for place, name in self.places.items() if place < len(values) and values[place].strip()
        }

    def has_more(self, values: Sequence[str]) -> bool:
        """Return whether something stands beyond the last heading: a separator too many has moved the cells."""
        return any(value.strip() for value in values[self.width :])


def _plain(heading: str) -> str:
    """Return the heading without case, accents, spaces and signs."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
