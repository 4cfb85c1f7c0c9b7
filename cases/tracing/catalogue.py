"""Makes, models and calibres as officers type them, in one name each; the table is the screening engine's own.

It says what is commonly made where and in which calibre, never what an item is: copies, licences and misreadings exist.
"""

from typing import Final, NamedTuple

from cases.choices import Answer
from cases.screening.known_models import KnownModel, calibre_of, known_model
from cases.tracing.mark_text import folded, in_one_script

# How much speaks for a reading: the model's name and nothing else, its name among other words, or only together with
# the make; half of it where other things bear the name too.
_BY_NAME: Final = 1.0
_AMONG_WORDS: Final = 0.9
_BY_MAKE: Final = 0.8
_SHARED: Final = 0.5
# A calibre with the length of its case, by a name of its own, or by its bore alone.
_WHOLE, _NAMED, _BORE = 1.0, 0.95, 0.5
# States of which marks still speak, with those whose makers they were.
_SUCCESSORS: Final = {
    "SUN": frozenset({"RUS"}),
    "DDR": frozenset({"DEU"}),
    "CSK": frozenset({"CZE", "SVK"}),
    "YUG": frozenset({"SRB"}),
    "SCG": frozenset({"SRB"}),
}


class Asked(NamedTuple):
    """A make and model as somebody typed them; empty where nothing was."""

    make: str
    model: str


class Recognised(NamedTuple):
    """The model that is meant, in its common name, and how much speaks for that."""

    name: str
    confidence: float
    calibres: tuple[str, ...]
    made_in: tuple[str, ...]
    source: str


class CalibreRead(NamedTuple):
    """A calibre in one form, 7.62x39, or its bore alone, and how much speaks for that."""

    name: str
    confidence: float


def recognise(make: str, model: str) -> Recognised | None:
    """Return the model that is typed so; None where it is not among those known."""
    make, model = in_one_script(make), in_one_script(model)
    known = known_model(make, model)
    if known is None:
        return None
    confidence = _confidence(known, model) * (_SHARED if known.shares_name else 1)
    return Recognised(known.name, confidence, known.calibres, tuple(sorted(known.made_in)), known.source)


def read_calibre(text: str) -> CalibreRead | None:
    """Return a calibre as it is commonly written; None where none can be read."""
    name = calibre_of(text)
    if name is None:
        return None
    if "x" not in name:
        return CalibreRead(name, _BORE)
    bore, _, case = name.rstrip("R").partition("x")
    is_written_out = bore in text.replace(",", ".") and case in text
    return CalibreRead(name, _WHOLE if is_written_out else _NAMED)


def may_be_manufacturer(country: str, make: str, model: str) -> Answer:
    """Return whether the State can be that of manufacture; unknown where the model, or who else made it, is."""
    known = known_model(in_one_script(make), in_one_script(model))
    if known is None or known.shares_name:
        return Answer.UNKNOWN
    if known.made_in & ({country} | _SUCCESSORS.get(country, frozenset())):
        return Answer.YES
    return Answer.UNKNOWN if known.made_elsewhere else Answer.NO


def is_of_model(asked: Asked, *, make: str, model: str) -> bool:
    """Return whether an item can be of the make and model asked for, by any of their names; nothing asked fits all."""
    if not asked.make and not asked.model:
        return True
    meant = recognise(*asked)
    if meant is not None:
        found = recognise(make, model)
        return found is not None and found.name == meant.name
    return folded(asked.make) in folded(make) and folded(asked.model) in folded(model)


def _confidence(known: KnownModel, model: str) -> float:
    if known.pattern.fullmatch(model.strip()):
        return _BY_NAME
    return _AMONG_WORDS if known.pattern.search(model) else _BY_MAKE
