"""Well-known makes and models with the calibres and kinds they are made in; what is not here is passed over.

They stand in known_models.txt; the pairs are those of makers' own data, service manuals and reference works.
Conversions, licence copies and misreadings exist, so a pair that does not fit is a reason to look again, never a
finding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# A recorded category that says which weapon it is; "arms", parts and ammunition leave that open.
WEAPONS = frozenset({"small_arm", "light_weapon", "artillery", "missile", "mine", "grenade", "battle_tank", "uav"})


_COMMENT, _SHARED, _AND_OTHERS = "#", "~", "+"
# A bar inside a pattern is written with a backslash before it.
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class KnownModel:
    """One model: its name, how that is written, the calibres it is made in, its kinds, and by whom it is made."""

    name: str
    pattern: re.Pattern[str]
    calibres: tuple[str, ...]
    kinds: frozenset[str]
    maker: str | None  # where there is but one
    shares_name: bool  # other things than arms of these kinds bear the name
    made_in: frozenset[str]
    made_elsewhere: bool  # or may have been
    source: str


def _model(line: str) -> KnownModel:
    name, pattern, calibres, kinds, maker, made_in, source = _BAR.split(line)
    written = pattern.replace(r"\|", "|").replace("-?", "[- ]?")
    compiled = re.compile(rf"\b(?:{written})\b", re.IGNORECASE)
    countries = made_in.split()
    return KnownModel(
        name.removeprefix(_SHARED),
        compiled,
        tuple(calibres.split()),
        frozenset(kinds.split()),
        maker or None,
        name.startswith(_SHARED),
        frozenset(countries) - {_AND_OTHERS},
        _AND_OTHERS in countries,
        source,
    )


MODELS = tuple(
    _model(line)
    for line in files("cases.screening").joinpath("known_models.txt").read_text("utf-8").splitlines()
    if line and not line.startswith(_COMMENT)
)
_NAMED_CALIBRES = (
    (re.compile(r"7[.,]65.{0,4}(para|luger)|\.30 ?luger", re.IGNORECASE), "7.65x21"),
    (re.compile(r"7[.,]65.{0,4}browning|\.32 ?acp", re.IGNORECASE), "7.65x17"),
    (re.compile(r"9.{0,4}(short|kurz|corto|browning court)|\.380", re.IGNORECASE), "9x17"),
    (re.compile(r"7[.,]62.{0,4}tokarev", re.IGNORECASE), "7.62x25"),
    (re.compile(r"12[.,]7.{0,4}(dshk|soviet)", re.IGNORECASE), "12.7x108"),
    (re.compile(r"9.{0,4}(para|luger)|parabellum", re.IGNORECASE), "9x19"),
    (re.compile(r"9.{0,4}makarov", re.IGNORECASE), "9x18"),
    (re.compile(r"5[.,]56.{0,4}nato|\.223", re.IGNORECASE), "5.56x45"),
    (re.compile(r"7[.,]62.{0,4}nato|\.308", re.IGNORECASE), "7.62x51"),
    (re.compile(r"\.50 ?(bmg|browning)", re.IGNORECASE), "12.7x99"),
    (re.compile(r"\.45 ?acp", re.IGNORECASE), "11.43x23"),
    (re.compile(r"\.40 ?s&w", re.IGNORECASE), "10x22"),
    (re.compile(r"\.303", re.IGNORECASE), "7.7x56R"),
    (re.compile(r"\.30-06", re.IGNORECASE), "7.62x63"),
)
_METRIC = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:mm)?(?:\s*[x×*]\s*(\d{2,3})\s*(?:mm)?\s*(r\b)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Misfit:
    """What a record says of a model that is not usual for it."""

    model: str
    usual: str
    stated: str


@lru_cache(maxsize=8192)
def known_model(make: str, model: str) -> KnownModel | None:
    """Return the model that is written so; None where it is not among those known, or none is given."""
    return next((entry for entry in MODELS if entry.pattern.search(f"{make} {model}")), None) if model else None


@lru_cache(maxsize=8192)
def misfit(make: str, model: str, calibre: str, category: str) -> Misfit | None:
    """Return what does not go together, as calibre, kind or maker; None where all fits or the model is not known."""
    known = known_model(make, model)
    if known is None or (known.shares_name and category not in known.kinds):
        return None
    return next(_misfits(known, make, model, calibre, category), None)


def _misfits(known: KnownModel, make: str, model: str, calibre: str, category: str) -> Iterator[Misfit]:
    stated = calibre_of(calibre)
    if stated is not None and not any(_same(stated, usual) for usual in known.calibres):
        yield Misfit(model, ", ".join(known.calibres), calibre)
    if category in WEAPONS and category not in known.kinds:
        yield Misfit(model, ", ".join(sorted(known.kinds)), category)
    if known.maker is not None and make and known.maker not in make.lower():
        yield Misfit(model, known.maker.capitalize(), make)


def calibre_of(text: str) -> str | None:
    """Return a calibre in one form, "7.62x39", or its bore alone, "7.62"; None where none can be read."""
    named = next((calibre for words, calibre in _NAMED_CALIBRES if words.search(text)), None)
    if named is not None:
        return named
    found = _METRIC.search(text) if not text.lstrip().startswith(".") else None
    if found is None:
        return None
    bore = f"{float(found[1].replace(',', '.')):g}"
    return f"{bore}x{found[2]}{'R' if found[3] else ''}" if found[2] else bore


def _same(stated: str, usual: str) -> bool:
    """Whether two calibres agree as far as both are told; a rim left out by the writer is no difference."""
    if "x" not in stated or "x" not in usual:
        return stated.partition("x")[0] == usual.partition("x")[0]
    return stated.rstrip("R") == usual.rstrip("R")
